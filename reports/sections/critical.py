"""The box of failed critical questions: what cannot wait, and what it does to the score."""

from __future__ import annotations

from collections.abc import Sequence

from forms.questions.base import Cap
from reports.flow import Block
from reports.pen import Pen
from reports.sections.phrases import sentence
from reports.sheet import Entry, Sheet
from reports.theme import BLOCK, BODY, DANGER, DANGER_SOFT, SMALL, TEXT, TEXT2, WHITE
from reports.typeface import fit, fit_lines, width
from reports.words import WORDS, mark

BADGE = 40.0
INDENT = 52.2
#: Named in the box; more are counted.
NAMED = 4


class CriticalBox(Block):
    def __init__(self, sheet: Sheet, entries: Sequence[Entry]) -> None:
        self.sheet = sheet
        self.entries = entries
        self.room = sheet.page.inner - INDENT - 12
        self.lines = self._one() if len(entries) == 1 else self._several()
        self.height = 44.0 + 12.0 * (len(self.lines) - 1)

    def _one(self) -> list[str]:
        entry = self.entries[0]
        said = sentence(entry.comment.replace("\n", " ")) if entry.comment else ""
        words = f"{said} {consequence(self.sheet, entry)}".strip()
        lines = fit_lines(words, BODY, self.room, 2)
        if lines[-1].endswith("…"):  # the consequence must not be what is cut off
            first = fit(entry.comment.replace("\n", " "), BODY, self.room)
            return [first, fit(consequence(self.sheet, entry), BODY, self.room)]
        return lines

    def _several(self) -> list[str]:
        named = self.entries if len(self.entries) <= NAMED else self.entries[: NAMED - 1]
        lines = [self._named(entry) for entry in named]
        left = len(self.entries) - len(named)
        if left:
            more = self.sheet.say(mark("and {count} more"), count=left)
            lines.append(more)
        return lines

    def _named(self, entry: Entry) -> str:
        """One line that never loses what the question does to the score."""
        after = f" {consequence(self.sheet, entry)}"
        words = f"{entry.ref}  {sentence(entry.short)}"
        return fit(words, BODY, self.room - width(after, BODY)) + after

    def draw(self, pen: Pen, x: float, top: float) -> None:
        wide = self.sheet.page.inner
        pen.box(x, top, wide, self.height, DANGER_SOFT, 3)
        pen.box(x, top, BADGE, self.height, DANGER, 3)
        pen.box(x + BADGE - 4, top, 4, self.height, DANGER)
        pen.icon("critical", x + BADGE / 2 - 10, top + self.height / 2 - 10, 20, WHITE)
        title, ref = self._title()
        right = x + wide - 12
        room = self.room - (width(ref, SMALL) + 10 if ref else 0)
        pen.tags.leaf("H2")
        pen.put(x + INDENT, top + 18, fit(title, BLOCK, room), BLOCK.inked(DANGER))
        pen.right(right, top + 17.5, ref, SMALL.inked(TEXT2))
        pen.tags.end()
        pen.lines(x + INDENT, top + 33, self.lines, BODY.inked(TEXT))

    def _title(self) -> tuple[str, str]:
        if len(self.entries) == 1:
            entry = self.entries[0]
            title = self.sheet.say(mark("Critical question failed: {short}"), short=entry.short)
            return title, self.sheet.say(mark("Question {number}"), number=entry.ref)
        return WORDS.plural(
            self.sheet.language,
            "{count} critical question failed",
            "{count} critical questions failed",
            len(self.entries),
        ), ""


def consequence(sheet: Sheet, entry: Entry) -> str:
    """What the failed critical question does to the score."""
    critical = entry.item.critical
    if isinstance(critical, Cap):
        limit = sheet.figures.short(critical.cap)
        return sheet.say(mark("The total is limited to {limit}."), limit=limit)
    if critical == "audit":
        return sheet.say(mark("The total counts as 0."))
    if critical == "section":
        return sheet.say(mark("Its section counts as 0."))
    return sheet.say(mark("The visit cannot pass."))
