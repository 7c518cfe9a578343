"""Reading a report back: what it says of itself, and what differs between two of them.

pikepdf is loaded on first use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reports.errors import ReportError
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

CREATOR: Final = "Mystery Auditor"
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


@dataclass(frozen=True, slots=True)
class Reading:
    """``pages`` are the words of each, line by line; ``marks`` a hash of all that is drawn there;
    ``extras`` name what a report never has: buttons, scripts, attachments."""

    claims: Claims
    pages: tuple[tuple[str, ...], ...] = field(repr=False)
    marks: tuple[str, ...] = field(repr=False)
    extras: tuple[str, ...] = ()

    @property
    def printed_seal(self) -> str:
        """The hash that stands on the paper; "" where none does."""
        return self.printed_seals[-1] if self.printed_seals else ""

    @property
    def printed_seals(self) -> tuple[str, ...]:
        """Of all pages: a pack has one for each of its reports."""
        found = (_PRINTED.search("\n".join(page)) for page in self.pages)
        return tuple(re.sub(r"\s", "", each[1])[:64] for each in found if each)


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a page (from 1) that only one of two files has; of both ``""`` where the words are
    the same and what is drawn is not."""

    page: int
    theirs: str
    ours: str


def read(data: bytes, password: str = "") -> Reading:
    """Raises ReportError ``unreadable``, ``password``, ``no_seal``, or ``several``: a pack of an
    older version, which has none."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), password=password) as pdf:
            claims = _claims(pdf)
            marks = tuple(_marks(page.obj) for page in pdf.pages)
            extras = tuple(_extras(pdf))
            info: Any = pdf.trailer.get("/Info", {})
            ours = str(info.get("/Creator", "")) == CREATOR
    except pikepdf.PasswordError as error:
        raise ReportError("password", PASSWORD) from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReportError("unreadable", UNREADABLE) from error
    if claims is None:
        raise ReportError("several", SEVERAL) if ours else ReportError("no_seal", NO_SEAL)
    return Reading(claims, _words(data, password), marks, extras)


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
    )


def _page_size(page: Any) -> PageSize | None:
    wide, high = (float(each) for each in list(page.MediaBox)[2:])
    for size, of in PAGES.items():
        if abs(of.width - wide) < 1 and abs(of.height - high) < 1:
            return size
    return None


def _marks(page: Any) -> str:
    """Of the operators, the pictures, the typefaces and the links of a page."""
    digest = hashlib.sha256()
    for stream in _streams(page.Contents):
        digest.update(stream.read_bytes())
    for kind in ("/XObject", "/Font"):
        for name, each in sorted(page.Resources.get(kind, {}).items()):
            digest.update(name.encode() + _resource(each))
    for key in ("/Rotate", "/CropBox", "/UserUnit", "/MediaBox"):
        digest.update(repr(page.get(key)).encode())
    for note in page.get("/Annots", []):
        if note.get("/FT") != "/Sig":
            digest.update(f"{note.get('/Subtype')} {list(note.get('/Rect', []))}".encode())
            digest.update(b"drawn" if "/AP" in note or "/A" in note else b"")
    return digest.hexdigest()


def _streams(contents: Any) -> list[Any]:
    """A page's operators are one stream, or several."""
    import pikepdf

    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


#: How the bytes of a picture become what is seen.
_SHOWN = ("/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/ImageMask")


def _resource(of: Any) -> bytes:
    import pikepdf

    if isinstance(of, pikepdf.Stream):
        told = repr([of.get(key) for key in _SHOWN]).encode()
        mask = of.get("/SMask")
        masked = b"" if mask is None else _resource(mask)
        return hashlib.sha256(told + masked + of.read_raw_bytes()).digest()
    program = of.get("/FontDescriptor", {}).get("/FontFile2")
    drawn = program.read_bytes() if program is not None else b""
    told = of.get("/ToUnicode")
    words = told.read_bytes() if told is not None else b""
    wide = repr([of.get("/FirstChar"), list(of.get("/Widths", [])), of.get("/Encoding")]).encode()
    return hashlib.sha256(drawn + words + wide).digest()


def _extras(pdf: Pdf) -> Iterator[str]:
    usual = {"/Type", "/Pages", "/Outlines", "/PageMode", "/ViewerPreferences", "/Lang"}
    usual |= {"/MarkInfo", "/StructTreeRoot", "/Metadata", "/Dests", "/Version"} | _SIGNED
    yield from sorted(set(pdf.Root.keys()) - usual)
    form: Any = pdf.Root.get("/AcroForm", {})
    fields = [each for each in form.get("/Fields", []) if each.get("/FT") != "/Sig"]
    yield from (str(each.get("/T", "")) for each in fields)


def _words(data: bytes, password: str) -> tuple[tuple[str, ...], ...]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError as error:
        raise ReportError("unreadable", UNREADABLE) from error
    try:
        return tuple(_lines(page) for page in document)
    finally:
        document.close()


def _lines(page: Any) -> tuple[str, ...]:
    text = page.get_textpage()
    try:
        lines = text.get_text_bounded().splitlines()
        return tuple(" ".join(line.split()) for line in lines if line.strip())
    finally:
        text.close()
        page.close()


def differences(theirs: Reading, ours: Reading) -> Iterator[Difference]:
    """Page by page; a page that only one has is one difference with its first words."""
    pages = max(len(theirs.pages), len(ours.pages))
    for at in range(pages):
        one = theirs.pages[at] if at < len(theirs.pages) else ()
        other = ours.pages[at] if at < len(ours.pages) else ()
        if one != other:
            yield from _changed(at + 1, one, other)
        elif theirs.marks[at] != ours.marks[at]:
            yield Difference(at + 1, "", "")


def _changed(page: int, one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield Difference(page, " ".join(one[a:b]), " ".join(other[c:d]))
