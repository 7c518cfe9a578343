"""How the figures are made, in plain words, and the seal: what this paper was made from."""

from __future__ import annotations

from reports import text, theme
from reports.flow import Block
from reports.pen import Pen
from reports.program.figures import LAST
from reports.program.sheet import ProgramSheet
from reports.sections.headings import Heading, Lines
from reports.sections.seal import INDENT, grouped
from reports.theme import SMALL, SMALL_STRONG, TEXT, TEXT3
from reports.typeface import fit, wrap
from reports.words import WORDS, mark


def blocks(sheet: ProgramSheet) -> list[Block]:
    title = sheet.say(mark("How these figures are made"))
    heading = Heading(title, "", sheet.page.inner, large=False)
    lines = wrap(" ".join(sentences(sheet)), SMALL, sheet.page.inner)
    note = Lines(lines, SMALL, whole=True)
    note.keep = True
    return [heading, note, Seal(sheet)]


def sentences(sheet: ProgramSheet) -> list[str]:
    """What holds of this report, and nothing else."""
    say, snapshot = sheet.say, sheet.snapshot
    said = [
        WORDS.plural(sheet.language,
            "{count} visit of {places} counts.",
            "{count} visits of {places} count.",
            snapshot.visits, places=_places(sheet),
        ),
        say(mark("A location’s result is the mean of its visits in the wave; means of the network "
                 "and of regions count each location once.")),
        say(mark("Intervals are Student’s, 95 %, over locations, from three locations on: where "
                 "the mean would lie if such visits were made again.")),
        say(mark("The league table goes by the last {count} visits of each location at most; a "
                 "location with one visit has no place."), count=LAST),
        say(mark("A question’s loss is what it took off the total of a visit, before limits.")),
    ]  # fmt: skip
    if snapshot.reviewed < snapshot.visits:
        said.append(
            WORDS.plural(
                sheet.language,
                "{count} visit is not reviewed yet and may still change.",
                "{count} visits are not reviewed yet and may still change.",
                snapshot.visits - snapshot.reviewed,
            )
        )
    if snapshot.unscored:
        said.append(
            WORDS.plural(
                sheet.language,
                "{count} visit has no score and is left out.",
                "{count} visits have no score and are left out.",
                snapshot.unscored,
            )
        )
    if snapshot.other:
        said.append(
            WORDS.plural(
                sheet.language,
                "{count} visit was made with another checklist and is left out.",
                "{count} visits were made with another checklist and are left out.",
                snapshot.other,
            )
        )
    if len(snapshot.versions) > 1:
        told = ", ".join(f"{text.line(each.version)} ({each.visits})" for each in snapshot.versions)
        said.append(say(mark("Versions of the checklist, with their visits: {told}."), told=told))
    said.append(say(mark("Figures are computed exactly and rounded half up once, at the end.")))
    said.append(say(mark("No evaluator is named in this report, nor told apart.")))
    return [each.replace(" %", "\u00a0%") for each in said]


def _places(sheet: ProgramSheet) -> str:
    return WORDS.plural(sheet.language, "{count} location", "{count} locations", sheet.of.now.n)


class Seal(Block):
    """Snapshot, checklist and engine: enough to make the same file again."""

    before = 9.0
    height = 54.0

    def __init__(self, sheet: ProgramSheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Seal"))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        pen.rule(x, top, x + sheet.page.inner, 0.5, theme.RULE)
        pen.icon("seal", x + 3, top + 13, 22, TEXT)
        left = x + INDENT
        cells = self._cells()
        room = (sheet.page.inner - INDENT) / len(cells)
        pen.tags.open("L")
        for at, (label, value) in enumerate(cells):
            pen.tags.open("LI")
            pen.tags.leaf("LBody")
            pen.put(left + at * room, top + 16, fit(label, SMALL, room - 8), SMALL.inked(TEXT3))
            pen.put(left + at * room, top + 27, fit(value, SMALL_STRONG, room - 8), SMALL_STRONG)
            pen.tags.close()
        pen.tags.close()
        words = sheet.say(
            mark("The same data and versions make this very file again, byte for byte.")
        )
        pen.put(left, top + 41, words, SMALL)
        pen.put(left, top + 51.5, f"SHA-256 {sheet.seal}", SMALL.inked(TEXT3))

    def _cells(self) -> list[tuple[str, str]]:
        sheet, snapshot = self.sheet, self.sheet.snapshot
        found = [
            (sheet.say(mark("Date")), sheet.figures.day(snapshot.created)),
            (sheet.say(mark("Sealed data")), grouped(sheet.seal)),
        ]
        if snapshot.versions:
            used = snapshot.versions[0]
            words = mark("Checklist, version {version}")
            version = text.line(used.version)
            found.append((sheet.say(words, version=version), grouped(used.sha256)))
        found.append((sheet.say(mark("Scoring engine")), text.line(snapshot.engine)))
        return found
