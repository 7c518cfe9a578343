"""The action plan: finding, cause, what is to be done, by whom, until when, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.tags import Cause
from reports import text, theme
from reports.findings import failed_entries
from reports.flow import Block
from reports.pen import Pen, chip_width
from reports.sections.failed import CAUSES
from reports.sections.headings import Heading
from reports.sheet import Sheet
from reports.snapshot import Action, ActionStatus
from reports.tagging import COLUMN, ROW
from reports.theme import (
    BODY,
    BODY_STRONG,
    CHIP,
    DANGER,
    RULE,
    SMALL,
    TEXT2,
    TEXT3,
    TOTAL_RULE,
    Style,
    Tone,
    Weight,
)
from reports.typeface import fit, width, wrap
from reports.words import WORDS, mark

STATUSES: dict[ActionStatus, tuple[str, Tone]] = {
    ActionStatus.OPEN: (mark("Not started"), theme.PLAIN._replace(icon="plain")),
    ActionStatus.UNDER_WAY: (mark("Under way"), theme.PARTLY),
    ActionStatus.DONE: (mark("Done"), theme.MET),
    ActionStatus.CLOSED: (mark("Closed"), theme.MET._replace(icon="seal")),
    ActionStatus.DROPPED: (mark("Dropped"), theme.NOT_APPLICABLE),
}
UNFINISHED = frozenset({ActionStatus.OPEN, ActionStatus.UNDER_WAY})

#: Parts of the width for finding, action and owner; the other columns are as wide as their words.
SHARES = (0.34, 0.42, 0.24)
GAP = 10.0
CAUSE_WIDE = 46.0
CHIP_HIGH = 14.0
PAD = 5.0
#: Room to write by hand.
BLANK_HIGH = 34.0
TABLE = "actions"
FINDING = Style(8.5, 12, Weight.MEDIUM)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns begin, from the left margin, and how wide they are; ``due`` is right
    aligned."""

    finding: tuple[float, float]
    cause: tuple[float, float]
    action: tuple[float, float]
    owner: tuple[float, float]
    due: tuple[float, float]
    status: tuple[float, float]


def columns(sheet: Sheet) -> Columns:
    due = max(width(sheet.figures.day(sheet.snapshot.created), BODY), 44.0)
    words = [(sheet.say(words), tone) for words, tone in STATUSES.values()]
    status = max(chip_width(each, tone, CHIP) for each, tone in words)
    room = sheet.page.inner - sheet.indent - CAUSE_WIDE - due - status - 5 * GAP
    finding, action, owner = (room * share for share in SHARES)
    found, x = [], sheet.indent
    for wide in (finding, CAUSE_WIDE, action, owner, due, status):
        found.append((x, wide))
        x += wide + GAP
    return Columns(*found)


def blocks(sheet: Sheet) -> list[Block]:
    actions = sheet.snapshot.actions
    where = columns(sheet)
    rows: list[Block] = [ActionRow(sheet, where, _cells(sheet, where, each)) for each in actions]
    waiting = [entry for entry in failed_entries(sheet) if entry.item.id not in _acted(sheet)]
    if sheet.snapshot.template.blank_actions:
        rows += [
            BlankRow(sheet, where, entry.ref, entry.short, entry.item.tags.cause)
            for entry in waiting
        ]
    if not rows:
        return []
    heading = Heading(
        sheet.say(mark("Action plan")), _counted(sheet, len(waiting)), sheet.page.inner
    )
    head = Head(sheet, where)
    for row in rows:
        row.repeat = Head(sheet, where)
    return [heading, head, *rows]


def _acted(sheet: Sheet) -> frozenset[str]:
    return frozenset(action.question for action in sheet.snapshot.actions)


def _counted(sheet: Sheet, waiting: int) -> str:
    """How many actions there are, how many are late, how many findings have none."""
    said = []
    actions = sheet.snapshot.actions
    if actions:
        said.append(WORDS.plural(sheet.language, "One action.", "{count} actions.", len(actions)))
    late = sum(days_late(sheet, action) > 0 for action in actions)
    if late:
        words = WORDS.plural(
            sheet.language,
            "{count} is overdue on {day}.",
            "{count} are overdue on {day}.",
            late,
            day=sheet.figures.day(sheet.snapshot.created),
        )
        said.append(words)
    if waiting:
        words = WORDS.plural(
            sheet.language,
            "One finding has no action yet.",
            "{count} findings have no action yet.",
            waiting,
        )
        said.append(words)
    return " ".join(said)


def days_late(sheet: Sheet, action: Action) -> int:
    """Days past the due date on the report's date; 0 when it is not late, or finished."""
    if action.due is None or action.status not in UNFINISHED:
        return 0
    return max(0, (sheet.snapshot.created - action.due).days)


@dataclass(frozen=True, slots=True)
class Cells:
    """The row's words on lines: (style, line) in columns that may be split over pages."""

    number: str
    finding: tuple[tuple[str, Style], ...]
    cause: tuple[tuple[str, Style], ...]
    action: tuple[tuple[str, Style], ...]
    owner: tuple[tuple[str, Style], ...]
    due: tuple[tuple[str, Style], ...]
    status: ActionStatus | None
    key: object

    def most(self) -> int:
        return max(map(len, (self.finding, self.cause, self.action, self.owner, self.due)))


def _cells(sheet: Sheet, where: Columns, of: Action) -> Cells:
    entry = sheet.entry(of.question) if of.question else None
    finding = _styled(text.clean(of.finding), FINDING, where.finding[1])
    if of.carried is not None:
        words = sheet.say(mark("from the visit of {day}"), day=sheet.figures.day(of.carried))
        finding += _styled(words, SMALL, where.finding[1])
    cause = of.cause or (entry.item.tags.cause if entry else None)
    late = days_late(sheet, of)
    due = []
    if of.due is not None:
        ink = BODY_STRONG.inked(DANGER) if late else BODY
        due.append((sheet.figures.day(of.due), ink))
    if late:
        words = WORDS.plural(sheet.language, "{count} day late", "{count} days late", late)
        due.append((words, SMALL.inked(DANGER)))
    return Cells(
        entry.ref if entry else text.line(of.number),
        finding,
        _styled(sheet.say(CAUSES[cause]) if cause else "", BODY.inked(TEXT2), where.cause[1]),
        _styled(text.clean(of.action), BODY, where.action[1]),
        _styled(text.clean(of.owner), BODY.inked(TEXT2), where.owner[1]),
        tuple(due),
        of.status,
        of,
    )


def _styled(words: str, style: Style, room: float) -> tuple[tuple[str, Style], ...]:
    return tuple((line, style) for line in wrap(words, style, room)) if words else ()


class Head(Block):
    keep = True
    height = 15.0

    def __init__(self, sheet: Sheet, where: Columns) -> None:
        self.sheet = sheet
        self.where = where

    def draw(self, pen: Pen, x: float, top: float) -> None:
        where, say = self.where, self.sheet.say
        named = (
            (0.0, mark("No.")),
            (where.finding[0], mark("Finding")),
            (where.cause[0], mark("Cause")),
            (where.action[0], mark("Action")),
            (where.owner[0], mark("Owner")),
            (where.due[0], mark("Due")),
            (where.status[0], mark("Status")),
        )
        pen.tags.open("Table", TABLE)
        pen.tags.open("TR")
        for at, words in named:
            pen.tags.leaf("TH", COLUMN)
            if at == where.due[0]:
                pen.right(x + at + where.due[1], top + 8, say(words), SMALL)
            else:
                pen.put(x + at, top + 8, say(words), SMALL)
        pen.tags.close(2)
        pen.rule(x, top + 15, x + self.sheet.page.inner, 0.7, TOTAL_RULE)


class ActionRow(Block):
    """Split between lines where it is long; every column goes on."""

    def __init__(self, sheet: Sheet, where: Columns, cells: Cells, *, on: bool = False) -> None:
        self.sheet = sheet
        self.where = where
        self.cells = cells
        self.on = on
        lines = cells.most()
        self.height = max(PAD + CHIP_HIGH + PAD, PAD + 12 * lines + PAD + 1)

    def least(self) -> float:
        return min(self.height, PAD + 12 * 4 + PAD)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - 2 * PAD) / 12), self.cells.most() - 1)
        if fits < 3:
            return None
        of = self.cells
        parts = []
        for span in (slice(None, fits), slice(fits, None)):
            parts.append(
                Cells(
                    of.number,
                    of.finding[span],
                    of.cause[span],
                    of.action[span],
                    of.owner[span],
                    of.due[span],
                    of.status if span.start is None else None,
                    of.key,
                )
            )
        first = ActionRow(self.sheet, self.where, parts[0], on=self.on)
        rest = ActionRow(self.sheet, self.where, parts[1], on=True)
        rest.repeat = self.repeat
        return first, rest

    def draw(self, pen: Pen, x: float, top: float) -> None:
        tags, of, where = pen.tags, self.cells, self.where
        tags.open("Table", TABLE)
        tags.open("TR", ("action", id(of.key)))
        base = top + PAD + 9
        tags.leaf("TH", ROW, "number")
        if self.on:
            tags.skip()
        pen.put(x, base, fit(of.number, BODY, self.sheet.indent - 4), BODY.inked(TEXT3))
        for name, lines, (at, wide) in (
            ("finding", of.finding, where.finding),
            ("cause", of.cause, where.cause),
            ("action", of.action, where.action),
            ("owner", of.owner, where.owner),
            ("due", of.due, where.due),
        ):
            tags.leaf("TD", "", name)
            self._column(pen, x + at, base, lines, wide if name == "due" else 0.0)
        tags.leaf("TD", "", "status")
        if of.status is not None:
            words, tone = STATUSES[of.status]
            words = self.sheet.say(words)
            pen.chip(x + where.status[0], top + PAD - 0.5, words, tone, CHIP, CHIP_HIGH)
        tags.close(2)
        pen.rule(x, top + self.height, x + self.sheet.page.inner, 0.5, RULE)

    def _column(
        self,
        pen: Pen,
        x: float,
        base: float,
        lines: Sequence[tuple[str, Style]],
        right: float,
    ) -> None:
        for at, (words, style) in enumerate(lines):
            if right:
                pen.right(x + right, base + 12 * at, words, style)
            else:
                pen.put(x, base + 12 * at, words, style)


class BlankRow(Block):
    """A finding without an action: lines to write on."""

    def __init__(
        self, sheet: Sheet, where: Columns, number: str, finding: str, cause: Cause | None
    ) -> None:
        self.sheet = sheet
        self.where = where
        self.number = number
        self.finding = wrap(finding, FINDING, where.finding[1])
        self.cause = sheet.say(CAUSES[cause]) if cause else ""
        self.height = max(BLANK_HIGH, PAD + 12 * len(self.finding) + PAD + 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        tags, where = pen.tags, self.where
        tags.open("Table", TABLE)
        tags.open("TR")
        tags.leaf("TH", ROW)
        pen.put(x, top + PAD + 9, self.number, BODY.inked(TEXT3))
        tags.leaf("TD")
        pen.lines(x + where.finding[0], top + PAD + 9, self.finding, FINDING)
        tags.leaf("TD")
        room = where.cause[1]
        pen.put(x + where.cause[0], top + PAD + 9, fit(self.cause, BODY, room), BODY.inked(TEXT2))
        for at, wide in (where.action, where.owner, where.due, where.status):
            tags.leaf("TD")
            foot = top + self.height - 8
            pen.line([(x + at, foot), (x + at + wide, foot)], TOTAL_RULE, 0.5, dashed=True)
        tags.close(2)
        pen.rule(x, top + self.height, x + self.sheet.page.inner, 0.5, RULE)
