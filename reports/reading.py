"""Reading a report back: what it says of itself, and what differs between two of them.

pikepdf is loaded on first use.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import Enum, auto
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from reports.errors import ReportError
from reports.fingerprints import Fingerprints, inherited
from reports.snapshot import PageSize
from reports.stamp import Kind
from reports.theme import PAGES
from reports.words import mark

if TYPE_CHECKING:
    from pikepdf import Pdf

UNREADABLE = mark("This file is no PDF, or a damaged one.")
PASSWORD = mark("This file asks for a password, and it is not the one given.")
SEVERAL = mark("These are reports that an older version bound: the file bears no seal.")
NO_SEAL = mark("This file bears no seal of this program.")
PRINTED = mark(
    "Another program wrote this file, as when a report is printed to PDF: the seal {seal}… stands "
    "on its paper, and the pages cannot be compared. Ask for the file as it was sent."
)

CREATOR: Final = "Mystery Auditor"
#: Lines of an outline that are looked at: a pack of 300 reports has 3,000.
MOST_BOOKMARKS: Final = 20_000
#: The keywords of each kind: a pack is tried before a location, whose first word is the visit.
_KEYWORDS: Final = (
    (Kind.PROGRAM, re.compile(r"()([0-9a-f]{64})()")),
    (Kind.PACK, re.compile(rf"(){Kind.PACK} ([0-9a-f]{{64}})()")),
    (Kind.LOCATION, re.compile(r"(\S+) ([0-9a-f]{64})(?: (\S+))?")),
)
_PRINTED: Final = re.compile(r"SHA-256\s+([0-9a-f\s]{64,80})")
_DAY: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
#: What a signature adds to the catalog and to a page.
_SIGNED: Final = frozenset({"/AcroForm", "/DSS", "/Perms", "/Extensions"})
_FORM: Final = frozenset({"/Fields", "/SigFlags", "/DA", "/DR"})


#: The lines of each page.
Pages: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What a report says of itself in its properties; ``number`` and ``revision`` are "" in one of
    many visits."""

    kind: Kind
    number: str
    seal: str
    revision: str
    language: str
    page: PageSize
    created: date
    subject: str
    title: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """``page`` counts from 1; 0 where it leads to none, or does something else."""

    title: str
    level: int
    page: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """``pages`` are the words of each, line by line; ``marks`` a hash of all that is drawn there;
    ``extras`` name what a report never has: buttons, scripts, attachments. ``bookmarks`` are the
    lines of the outline with the page and the height they lead to; ``tags`` is a hash of what a
    screen reader is told, "" where that is nothing."""

    claims: Claims
    pages: Pages = field(repr=False)
    marks: tuple[str, ...] = field(repr=False)
    extras: tuple[str, ...] = ()
    bookmarks: tuple[Bookmark, ...] = field(default=(), repr=False)
    tags: str = field(default="", repr=False)

    @property
    def printed_seal(self) -> str:
        """The hash that stands on the paper; "" where none does."""
        return self.printed_seals[-1] if self.printed_seals else ""

    @property
    def printed_seals(self) -> tuple[str, ...]:
        """Of all pages: a pack has one for each of its reports."""
        return _printed_seals(self.pages)


class Differs(Enum):
    WORDS = auto()
    DRAWING = auto()  # the words are the same, and what is drawn is not
    MISSING = auto()  # the page of ours is not in theirs
    ADDED = auto()  # the page of theirs is not in ours
    MOVED = auto()  # the page of ours stands elsewhere in theirs


@dataclass(frozen=True, slots=True)
class Difference:
    """Of a page (from 1; of ours where it is MISSING or MOVED, else of theirs). ``theirs`` and
    ``ours`` are WORDS that only one of two files has."""

    page: int
    theirs: str = ""
    ours: str = ""
    differs: Differs = Differs.WORDS


def read(data: bytes, password: str = "") -> Reading:
    """Raises ReportError ``unreadable``, ``password``, ``no_seal``, or ``several``: a pack of an
    older version, which has none."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), password=password) as pdf:
            claims = _claims(pdf)
            prints = Fingerprints(pdf)
            marks, tags = prints.pages(), prints.tags()
            extras = tuple(_extras(pdf))
            info: Any = pdf.trailer.get("/Info", {})
            ours = str(info.get("/Creator", "")) == CREATOR
    except pikepdf.PasswordError as error:
        raise ReportError("password", PASSWORD) from error
    except (
        pikepdf.PdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        zlib.error,
    ) as error:
        raise ReportError("unreadable", UNREADABLE) from error
    if claims is None and ours:
        raise ReportError("several", SEVERAL)
    pages, bookmarks = _words(data, password)
    if claims is None:
        raise _not_ours(pages)
    if len(pages) != len(marks):  # damaged so that programs see different pages in it
        raise ReportError("unreadable", UNREADABLE)
    return Reading(claims, pages, marks, extras, bookmarks, tags)


def _not_ours(pages: Pages) -> ReportError:
    printed = _printed_seals(pages)
    if not printed:
        return ReportError("no_seal", NO_SEAL)
    return ReportError("printed", PRINTED, seal=printed[-1][:12])


def _printed_seals(pages: Pages) -> tuple[str, ...]:
    found = (_PRINTED.search("\n".join(page)) for page in pages)
    return tuple(re.sub(r"\s", "", each[1])[:64] for each in found if each)


def _claims(pdf: Pdf) -> Claims | None:
    info: Any = pdf.trailer.get("/Info", {})
    told = str(info.get("/Keywords", ""))
    kinds = ((kind, form.fullmatch(told)) for kind, form in _KEYWORDS)
    kind, found = next(((kind, match) for kind, match in kinds if match), (Kind.LOCATION, None))
    made = _DAY.match(str(info.get("/CreationDate", "")))
    page = _page_size(pdf.pages[0].obj) if len(pdf.pages) else None
    if found is None or made is None or page is None:
        return None
    return Claims(
        kind=kind,
        number=found[1],
        seal=found[2],
        revision=found[3] or "",
        language=str(pdf.Root.get("/Lang", "")),
        page=page,
        created=date(int(made[1]), int(made[2]), int(made[3])),
        subject=str(info.get("/Subject", "")),
        title=str(info.get("/Title", "")),
        author=str(info.get("/Author", "")),
    )


def _page_size(page: Any) -> PageSize | None:
    wide, high = (float(each) for each in list(inherited(page, "/MediaBox"))[2:])
    for size, of in PAGES.items():
        if abs(of.width - wide) < 1 and abs(of.height - high) < 1:
            return size
    return None


def _extras(pdf: Pdf) -> Iterator[str]:
    usual = {"/Type", "/Pages", "/Outlines", "/PageMode", "/ViewerPreferences", "/Lang"}
    usual |= {"/MarkInfo", "/StructTreeRoot", "/Metadata", "/Dests", "/Version"} | _SIGNED
    yield from sorted(set(pdf.Root.keys()) - usual)
    form: Any = pdf.Root.get("/AcroForm", {})
    yield from (f"/AcroForm{key}" for key in sorted(set(form.keys()) - _FORM))
    fields = [each for each in form.get("/Fields", []) if each.get("/FT") != "/Sig"]
    yield from (str(each.get("/T", "")) for each in fields)


def _words(data: bytes, password: str) -> tuple[Pages, tuple[Bookmark, ...]]:
    """The lines of each page, and the outline."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
        try:
            return tuple(_lines(page) for page in document), tuple(_bookmarks(document))
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ReportError("unreadable", UNREADABLE) from error


def _bookmarks(document: Any) -> Iterator[Bookmark]:
    for each in islice(document.get_toc(), MOST_BOOKMARKS):
        leads = each.get_dest()
        page = None if leads is None else leads.get_index()
        if page is None:
            yield Bookmark(each.get_title(), each.level)
            continue
        _, place = leads.get_view()
        yield Bookmark(each.get_title(), each.level, page + 1, round(place[1] if place[1:] else 0))


def _lines(page: Any) -> tuple[str, ...]:
    text = page.get_textpage()
    try:
        lines = text.get_text_bounded().splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())
    finally:
        text.close()
        page.close()


def differences(theirs: Reading, ours: Reading) -> Iterator[Difference]:
    """Page by page; pages that only one of them has are named as such."""
    matcher = SequenceMatcher(None, ours.pages, theirs.pages, autojunk=False)
    lost, more = list[int](), list[int]()
    for _, a, b, c, d in matcher.get_opcodes():
        both = min(b - a, d - c)
        for ahead in range(both):
            yield from _page(theirs, c + ahead, ours, a + ahead)
        lost += range(a + both, b)
        more += range(c + both, d)
    moved = {at for at in lost if any(ours.pages[at] == theirs.pages[to] for to in more)}
    stand = {ours.pages[at] for at in moved}
    for at in lost:
        yield Difference(at + 1, differs=Differs.MOVED if at in moved else Differs.MISSING)
    for at in more:
        if theirs.pages[at] not in stand:
            yield Difference(at + 1, differs=Differs.ADDED)


def _page(theirs: Reading, at: int, ours: Reading, place: int) -> Iterator[Difference]:
    one, other = theirs.pages[at], ours.pages[place]
    if one == other:
        if theirs.marks[at] != ours.marks[place]:
            yield Difference(at + 1, differs=Differs.DRAWING)
        return
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield Difference(at + 1, " ".join(one[a:b]), " ".join(other[c:d]))
