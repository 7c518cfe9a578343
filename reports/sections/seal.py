"""How the score was made, in plain words; and the seal: what this paper was made from."""

from __future__ import annotations

from forms.checklist import NaPolicy, SectionMode, TotalMode, UnansweredPolicy
from reports import text, theme
from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading, Lines
from reports.sheet import Sheet
from reports.theme import SMALL, SMALL_STRONG, TEXT, TEXT3
from reports.typeface import MISSING, fit, wrap
from reports.words import mark

INDENT = 38.0
#: How high the seal is on the summary's page.
ROW = 32.0


def blocks(sheet: Sheet) -> list[Block]:
    title = sheet.say(mark("How this score is made"))
    heading = Heading(title, "", sheet.page.inner, large=False)
    heading.before = 13.0
    lines = wrap(" ".join(method(sheet)), SMALL, sheet.page.inner)
    note = Lines(lines, SMALL, whole=True)
    note.keep = True
    return [heading, note, Seal(sheet)]


def row(sheet: Sheet) -> list[Block]:
    """The seal in two lines, for a report of one page."""
    return [SealRow(sheet)]


TOTALS = {
    TotalMode.POINTS: mark("The total is all points earned, in percent of all points possible."),
    TotalMode.WEIGHTED: mark(
        "Each section’s result counts by the section’s weight; a section without a score leaves "
        "its weight to the others."
    ),
}
SECTIONS = {
    SectionMode.POINTS: mark("A section’s result is its points earned of those possible."),
    SectionMode.MEAN: mark("A section’s result is the weighted mean of its questions’ results."),
}
NA = {
    NaPolicy.EXCLUDE: mark("Questions that did not apply are left out."),
    NaPolicy.ZERO: mark("Questions that did not apply count as 0."),
    NaPolicy.FULL: mark("Questions that did not apply count in full."),
}
BLANK = {
    UnansweredPolicy.EXCLUDE: mark("Optional questions left blank are left out."),
    UnansweredPolicy.ZERO: mark("Optional questions left blank count as 0."),
}


def method(sheet: Sheet) -> list[str]:
    """Sentences that tell the scoring rules of this checklist, and no others."""
    scoring, say = sheet.scoring, sheet.say
    said = [say(TOTALS[scoring.total])]
    if scoring.total is TotalMode.WEIGHTED:
        said.append(say(SECTIONS[scoring.section]))
    said += [say(NA[scoring.na]), say(BLANK[scoring.unanswered])]
    said.append(say(mark("Questions not asked never count.")))
    if any(entry.item.critical for entry in sheet.entries):
        said.append(say(mark("A failed critical question keeps the visit from passing.")))
    if scoring.pass_mark is not None:
        mark_words = sheet.figures.short(scoring.pass_mark)
        said.append(say(mark("The pass mark is {mark}."), mark=mark_words))
    said.append(say(mark("Figures are computed exactly and rounded half up once, at the end.")))
    said.append(
        say(
            mark(
                "One visit shows what happened that day; only several visits show how the "
                "location usually is."
            )
        )
    )
    return said


class Seal(Block):
    """Revision, snapshot, checklist and engine: enough to make the same file again."""

    before = 9.0
    height = 54.0

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Seal"))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top, x + self.sheet.page.inner, 0.5, theme.RULE)
        pen.icon("seal", x + 3, top + 13, 22, TEXT)
        left = x + INDENT
        room = (self.sheet.page.inner - INDENT) / 4
        pen.tags.open("L")
        for at, (label, value) in enumerate(self._cells()):
            pen.tags.open("LI")
            pen.tags.leaf("LBody")
            pen.put(left + at * room, top + 16, fit(label, SMALL, room - 8), SMALL.inked(TEXT3))
            pen.put(left + at * room, top + 27, fit(value, SMALL_STRONG, room - 8), SMALL_STRONG)
            pen.tags.close()
        pen.tags.close()
        words = mark("The same data and versions make this very file again, byte for byte.")
        pen.put(left, top + 41, self.sheet.say(words), SMALL)
        _lacking(self.sheet, pen, top + 41)
        pen.put(left, top + 51.5, _digest(self.sheet), SMALL.inked(TEXT3))

    def _cells(self) -> list[tuple[str, str]]:
        sheet, snapshot = self.sheet, self.sheet.snapshot
        made = f"{snapshot.visit.revision} · {sheet.figures.day(snapshot.created)}"
        version = text.line(snapshot.checklist_version)
        return [
            (sheet.say(mark("Revision")), made),
            (sheet.say(mark("Sealed data")), grouped(sheet.seal)),
            (
                sheet.say(mark("Checklist, version {version}"), version=version),
                grouped(snapshot.checklist_sha256),
            ),
            (sheet.say(mark("Scoring engine")), text.line(snapshot.engine)),
        ]


class SealRow(Block):
    """The seal where a report is one page: what it was made from, without how a score is made."""

    height = ROW

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Seal"))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        pen.rule(x, top, x + sheet.page.inner, 0.5, theme.RULE)
        pen.icon("seal", x + 1, top + 8, 17, TEXT)
        left = x + 26
        pen.tags.leaf("P")
        pen.put(left, top + 14.5, fit(self._words(), SMALL, sheet.page.inner - 26), SMALL)
        pen.put(left, top + 25, _digest(sheet), SMALL.inked(TEXT3))
        _lacking(sheet, pen, top + 25)
        pen.tags.end()

    def _words(self) -> str:
        sheet, snapshot = self.sheet, self.sheet.snapshot
        version = sheet.say(
            mark("Checklist, version {version}"), version=text.line(snapshot.checklist_version)
        )
        engine = sheet.say(mark("Scoring engine {version}"), version=text.line(snapshot.engine))
        data = sheet.say(mark("Sealed data"))
        return (
            f"{data}: {grouped(sheet.seal)} · {version}: {grouped(snapshot.checklist_sha256)} · "
            f"{engine}"
        )


def _digest(sheet: Sheet) -> str:
    return f"SHA-256 {sheet.seal}"


def _lacking(sheet: Sheet, pen: Pen, base: float) -> None:
    """What stands in for characters that cannot be printed, where there are any."""
    if pen.missing:
        words = mark("{sign} stands for a character that the typeface lacks.")
        pen.right(sheet.page.right, base, sheet.say(words, sign=MISSING), SMALL)


def grouped(digest: str) -> str:
    """The first twelve digits, in fours."""
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))
