"""The groups of visits under the tabs, and the moves of the keyboard through their rows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.my_visits import PAGE, Group, Overview
from auditor.domain.records import VisitRecord
from auditor.ui.home import phrases
from auditor.ui.home.groups import group_of
from auditor.ui.home.rows import GroupCard, VisitRow
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState, clear
from auditor.ui.kit.chip import Chip, Icon
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import Words, mark

TITLES = {
    Group.SENT_BACK: mark("Sent back"),
    Group.DUE: mark("Due"),
    Group.DRAFTS: mark("Drafts"),
    Group.DONE: mark("Done"),
}


class VisitList(QWidget):
    """Signals: ``chosen(visit)``, ``answers(visit)``, ``done_wanted()`` (unfold what is done),
    ``more_wanted(group)``."""

    chosen = Signal(object)
    answers = Signal(object)
    done_wanted = Signal()
    more_wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.rows: list[VisitRow] = []
        #: Rows were left out that were read.
        self.cut = False
        #: Each row says whose it is.
        self.whose = False
        self._narrow = False
        self._only: Group | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_groups(self, overview: Overview, only: Group | None, most: int | None = None) -> None:
        """All open groups and a line for what is done, or one group alone. ``most``: rows of a
        group that are built now, None for all that were read."""
        self._only = only
        clear(self._column)
        self.rows, self.cut = [], False
        for group in Group:
            if only in (None, group):
                folded = only is None and group is Group.DONE
                self._add_group(overview, group, most, folded=folded)
        if not overview.count(only) if only else overview.empty:
            self._add_empty(only)
        self._column.addStretch(1)
        self.set_narrow(self._narrow)

    def _add_empty(self, only: Group | None) -> None:
        title = self.words("Nothing here now") if only else self.words("No visits yet")
        text = self.words("A visit that you start appears here, and stays on this computer.")
        self._column.addWidget(EmptyState("clipboard-check", title, text))

    def _add_group(
        self, overview: Overview, group: Group, most: int | None, *, folded: bool
    ) -> None:
        visits, count = overview.groups[group], overview.count(group)
        if self._has_hero(overview, group) and self._only is None:
            visits = tuple(visit for visit in visits if visit != overview.hero)
            count -= 1
        if not count:
            return
        if folded:
            self._column.addLayout(self._done_line(visits[0], count))
            return
        self._column.addLayout(self._heading(group, count, overview))
        rows = [self._row(visit, group) for visit in visits[:most]]
        self.rows += rows
        self.cut |= len(rows) < len(visits)
        card = GroupCard(rows)
        self._column.addWidget(card)
        card.setVisible(True)
        if count > len(rows):
            self._column.addLayout(self._more(group, count - len(rows)))
        self._column.addSpacing(4)

    def _has_hero(self, overview: Overview, group: Group) -> bool:
        """A draft that stands above the list."""
        hero = overview.hero
        return group is Group.DRAFTS and hero is not None and group_of(hero) is group

    def _row(self, visit: VisitRecord, group: Group) -> VisitRow:
        row = VisitRow(visit, group, self.words, whose=self.whose)
        row.chosen.connect(self.chosen)
        row.answers.connect(self.answers)
        return row

    def _heading(self, group: Group, count: int, overview: Overview) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(2, 2, 0, 0)
        row.setSpacing(8)
        others = self._has_hero(overview, group) and self._only is None
        title = self.words("Other drafts") if others else self.words(TITLES[group])
        row.addWidget(Label(title, Type.STRONG))
        ink = Ink.DANGER if group is Group.SENT_BACK else Ink.TEXT2
        row.addWidget(Label(self.words.figure(count), Type.STRONG, ink))
        late = overview.late.get(group, 0)
        if late:
            text = self.words("{count} overdue", count=self.words.figure(late))
            row.addWidget(Chip(text, Tone.DANGER, "alarm-clock"))
        row.addStretch(1)
        return row

    def _done_line(self, last: VisitRecord, count: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(Icon("circle-check", "success", 18))
        row.addWidget(Label(self.words("Done"), Type.STRONG))
        row.addWidget(Label(self.words.figure(count), Type.STRONG))
        text = self.words("latest: {number}, {status}", number=last.number,
                           status=phrases.status(self.words, last).text.lower())  # fmt: skip
        row.addWidget(ElidedLabel(text, Type.HELP, Ink.TEXT2), 1)
        unfold = Button(icon="chevron-down", kind=Kind.TEXT, name=self.words("Show what is done"))
        unfold.clicked.connect(self.done_wanted)
        row.addWidget(unfold)
        return row

    def _more(self, group: Group, hidden: int) -> QHBoxLayout:
        shown = min(hidden, PAGE)
        text = self.words.plural("Show {count} more", "Show {count} more", shown)
        if hidden > shown:
            text = self.words("Show {count} more of {rest}", count=shown,
                              rest=self.words.figure(hidden))  # fmt: skip
        button = Button(text, Kind.TEXT, icon="chevron-down")
        button.clicked.connect(partial(self.more_wanted.emit, group))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button)
        row.addStretch(1)
        return row

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        for row in self.rows:
            row.set_narrow(narrow)

    # keyboard

    def focused(self) -> int:
        """The index of the row whose button has the focus, -1 when none has."""
        return next((i for i, row in enumerate(self.rows) if row.button.hasFocus()), -1)

    def focus_row(self, index: int) -> bool:
        """Move the focus; False beyond either end."""
        if not 0 <= index < len(self.rows):
            return False
        self.rows[index].button.setFocus()
        return True

    def focus_visit(self, visit_id: int) -> bool:
        for index, row in enumerate(self.rows):
            if row.visit.id == visit_id:
                return self.focus_row(index)
        return False
