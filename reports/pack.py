"""Location reports bound into one PDF: an index of them in front, an outline over all of them.

Each report is laid out and drawn before the next is asked for, so that memory holds one of them
and the pages that are done. Its own pages count as they do alone; "sheet" counts through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from reports import text, theme
from reports.container import Pdf, Told
from reports.document import (
    BRAND,
    FOOTER_BASE,
    FOOTER_RULE,
    HEADER_BASE,
    HEADER_RULE,
    LOGO,
    draw,
    draw_pages,
    finish,
)
from reports.errors import ReportError
from reports.flow import Block, Flow
from reports.location import story
from reports.marks import draw_mark
from reports.pen import Pen
from reports.protecting import Protection, protect
from reports.remarks import replaced
from reports.render import Made, RenderedReport, write_whole
from reports.sections.headings import Heading
from reports.sheet import Sheet
from reports.snapshot import ReportSnapshot
from reports.stamp import Kind, made_of, pack_seal, stamp
from reports.tagging import COLUMN, ROW
from reports.theme import BODY, BODY_STRONG, RULE, SMALL, TEXT2, Weight
from reports.typeface import fit, width
from reports.words import WORDS, mark

NOTHING = mark("There is no report to bind.")
HIGH = 16.6
#: Right ends of the columns of the index, counted from the right end of the page.
SHEET, SCORE, DAY, VISIT = 0.0, 60.0, 110.0, 176.0
CODE = 58.0


@dataclass(frozen=True, slots=True)
class Bound:
    """A report that is in the file, as the index has it; ``first`` is the page on which it begins,
    the index not counted."""

    anchor: str
    first: int
    code: str
    name: str
    number: str
    day: str
    score: str


class _All:
    """What tells the whole apart, for the stamp."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, made: str) -> None:
        self._digest.update(made.encode())

    @property
    def content_hash(self) -> str:
        return self._digest.hexdigest()


class Pack:
    """``add`` the reports in their order, then ``write``. ``reports`` is how many will come."""

    def __init__(self, key: str, reports: int) -> None:
        self._key = key
        self._whole = _All()
        self._index_pages = 0
        self._expected = reports
        self._bound: list[Bound] = []
        self._seals: list[str] = []
        self._created = date.min
        self._first: Sheet | None = None
        self._pen: Pen | None = None
        self._pages = 0

    def add(self, snapshot: ReportSnapshot, images: Mapping[str, Path]) -> int:
        """Draw a report; returns how many pages it has."""
        sheet = Sheet(snapshot, images)
        pen = self._pen or self._begin(sheet)
        flow = Flow(sheet.page)
        for blocks in story(sheet):
            flow.add(blocks)
        number = len(self._bound)
        pen.scope = f"r{number}."
        pen.resize(sheet.page)
        self._head(pen, sheet, number)
        draw(sheet, flow, pen)
        self._bound.append(_bound(sheet, f"r{number}", self._pages))
        self._pages += len(flow.pages)
        self._created = max(self._created, snapshot.created)
        self._seals.append(sheet.seal)
        self._whole.add(made_of(sheet, images))
        return len(flow.pages)

    def _begin(self, sheet: Sheet) -> Pen:
        pdf = Pdf(_told(sheet))
        pen = self._pen = Pen(pdf, sheet.page)
        self._first = sheet
        pen.level = 1
        pen.shift = self._index_pages = _index_pages(sheet, self._expected)
        pdf.outline(sheet.say(mark("Contents")), "index", 0, closed=True)
        return pen

    def _head(self, pen: Pen, sheet: Sheet, number: int) -> None:
        """The report in the outline and in the tree, its own parts below it."""
        place = sheet.snapshot.location
        name = f"{text.line(place.code)}  {text.line(place.name)}".strip()
        pen.tags.section(0)
        pen.pdf.target(f"r{number}", sheet.page.height)
        pen.pdf.outline(name, f"r{number}", 0, closed=True)

    def write(self, out: Path, protection: Protection | None = None) -> RenderedReport:
        """The file appears under its name only when it is whole. Raises ReportError."""
        made = self.to_bytes()
        data = made.data if protection is None else protect(made.data, protection)
        write_whole(out, data)
        digest = hashlib.sha256(data).hexdigest()
        return RenderedReport(out, made.pages, digest, made.warnings)

    def to_bytes(self) -> Made:
        """The file as it will stand on disk; once. Raises ReportError ``nothing``."""
        if self._pen is None or self._first is None:
            raise ReportError("nothing", NOTHING)
        data = self._data(self._pen, self._first)
        pages = self._pages + self._index_pages
        return Made(data, pages, tuple(replaced(self._pen.missing)))

    def _data(self, pen: Pen, first: Sheet) -> bytes:
        self._draw_index(pen, first)
        pen.pdf.move_to_front(self._index_pages)
        tree = pen.tags.root.kids
        tree.insert(0, tree.pop())
        pen.pdf.keywords(f"{Kind.PACK} {pack_seal(self._seals)}")
        data = finish(pen, self._created)
        return stamp(data, self._key, made_of(self._whole, {}), Kind.PACK)

    def _draw_index(self, pen: Pen, first: Sheet) -> None:
        pen.scope, pen.level, pen.shift = "", 0, 0
        pen.resize(first.page)
        pen.tags.section(0)
        pen.pdf.target("index", first.page.height)
        flow = Flow(first.page)
        flow.add(_index(first, self._bound, self._index_pages))
        assert len(flow.pages) == self._index_pages
        anchors = frozenset(each.anchor for each in self._bound)
        footer = partial(_footer, first)
        draw_pages(first.page, flow, pen, partial(_header, first), footer, anchors)


def _bound(sheet: Sheet, anchor: str, first: int) -> Bound:
    snapshot = sheet.snapshot
    score = snapshot.scorecard.score
    return Bound(
        anchor=anchor,
        first=first,
        code=text.line(snapshot.location.code),
        name=text.line(snapshot.location.name),
        number=text.line(snapshot.visit.number),
        day=sheet.figures.day(snapshot.visit.on),
        score="–" if score is None else sheet.score_text(score),
    )


def _told(sheet: Sheet) -> Told:
    snapshot = sheet.snapshot
    title = sheet.say(mark("Location reports, {wave}"), wave=_wave(sheet))
    return Told(
        title=text.line(f"{snapshot.brand.name} – {title}"),
        subject=text.line(snapshot.program),
        author=text.line(snapshot.brand.name),
        keywords="",
        language=snapshot.language,
    )


def _wave(sheet: Sheet) -> str:
    return text.line(sheet.snapshot.wave or sheet.snapshot.program)


# the index


def _index_pages(sheet: Sheet, reports: int) -> int:
    """Found by laying rows of the same height out."""
    flow = Flow(sheet.page)
    flow.add(_rows(sheet, [IndexRow(sheet, None, 0) for _ in range(reports)], reports))
    return len(flow.pages)


def _index(sheet: Sheet, bound: Sequence[Bound], shift: int) -> list[Block]:
    return _rows(sheet, [IndexRow(sheet, each, shift) for each in bound], len(bound))


def _rows(sheet: Sheet, rows: Sequence[IndexRow], count: int) -> list[Block]:
    title = sheet.say(mark("Location reports, {wave}"), wave=_wave(sheet))
    under = WORDS.plural(
        sheet.language,
        "{count} report. Each counts its own pages; sheets are counted through.",
        "{count} reports. Each counts its own pages; sheets are counted through.",
        count,
    )
    heading = Heading(title, under, sheet.page.inner, bookmark=False)
    again = IndexHead(sheet)
    for row in rows:
        row.repeat = again
    return [heading, IndexHead(sheet), *rows]


class IndexHead(Block):
    keep = True
    height = 17.0

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def draw(self, pen: Pen, x: float, top: float) -> None:
        say, right = self.sheet.say, x + self.sheet.page.inner
        tags, base = pen.tags, top + 10
        tags.open("Table", "index")
        tags.open("TR", "head")
        for at, words in ((x, say(mark("Code"))), (x + CODE, say(mark("Location")))):
            tags.leaf("TH", COLUMN)
            pen.put(at, base, words, SMALL)
        for end, words in (
            (VISIT, say(mark("Visit"))),
            (DAY, say(mark("Date"))),
            (SCORE, say(mark("Score"))),
            (SHEET, say(mark("Sheet"))),
        ):
            tags.leaf("TH", COLUMN)
            pen.right(right - end, base, words, SMALL)
        tags.close(2)
        pen.rule(x, top + 16, right, 0.5, RULE)


class IndexRow(Block):
    height = HIGH

    def __init__(self, sheet: Sheet, of: Bound | None, shift: int) -> None:
        self.sheet, self.of, self.shift = sheet, of, shift

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.of is None:
            return
        sheet, of, tags = self.sheet, self.of, pen.tags
        right, base = x + sheet.page.inner, top + 11.5
        tags.open("Table", "index")
        tags.open("TR", of.anchor)
        tags.leaf("TD")
        pen.put(x, base, fit(of.code, BODY, CODE - 6), BODY.inked(TEXT2))
        tags.leaf("TH", ROW)
        room = sheet.page.inner - VISIT - 52 - CODE
        name = fit(of.name, BODY.heavy(Weight.MEDIUM), room)
        pen.put(x + CODE, base, name, BODY.heavy(Weight.MEDIUM))
        pen.link(x, top, sheet.page.inner, HIGH, of.anchor, name)
        for end, words in ((VISIT, of.number), (DAY, of.day)):
            tags.leaf("TD")
            pen.right(right - end, base, words, BODY)
        tags.leaf("TD")
        pen.figures(right - SCORE, base, of.score, BODY_STRONG)
        tags.leaf("TD")
        pen.figures(right - SHEET, base, str(of.first + self.shift + 1), BODY)
        tags.close(2)
        pen.rule(x, top + HIGH, right, 0.35, RULE)


def _header(sheet: Sheet, pen: Pen, number: int) -> None:
    del number
    snapshot, page = sheet.snapshot, sheet.page
    taken = draw_mark(sheet, pen, page.left, HEADER_BASE - 15, LOGO, 18)
    left = page.left + (taken + 8 if taken else 0.0)
    name = fit(text.line(snapshot.brand.name), BRAND, page.inner / 2 - taken)
    pen.put(left, HEADER_BASE, name, BRAND.inked(sheet.brand.name))
    room = page.right - left - width(name, BRAND) - 18
    program = fit(text.line(snapshot.program), BODY, room)
    pen.right(page.right, HEADER_BASE, program, BODY.inked(theme.TEXT2))
    pen.rule(page.left, HEADER_RULE, page.right, 0.5, RULE)


def _footer(sheet: Sheet, pen: Pen, number: int, total: int) -> None:
    del total
    page = sheet.page
    base = page.height - FOOTER_BASE
    pen.rule(page.left, page.height - FOOTER_RULE, page.right, 0.5, RULE)
    words = sheet.say(mark("sheet {number}"), number=number)
    pen.right(page.right, base, words[:1].upper() + words[1:], SMALL)
    title = sheet.say(mark("Location reports, {wave}"), wave=_wave(sheet))
    pen.put(page.left, base, fit(title, SMALL, page.inner - width(words, SMALL) - 16), SMALL)
    own = fit(text.line(sheet.snapshot.brand.footer), SMALL, page.inner)
    pen.put(page.left, base + 10.5, own, SMALL.inked(theme.TEXT3))
