"""The card at the top of My visits: the one visit to go on with, and a big button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.home import phrases
from auditor.ui.home.groups import title_of
from auditor.ui.home.rows import RowButton
from auditor.ui.kit.button import Kind
from auditor.ui.kit.card import Card
from auditor.ui.kit.chip import Chip, LeadIcon
from auditor.ui.kit.ring import Ring
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words

HEIGHT = 112


class Hero(Card):
    """``chosen(visit)``; with no visit to go on with the button asks for a new one: ``wanted``.
    ``first``: there was no visit yet."""

    chosen = Signal(object)
    wanted = Signal()

    def __init__(self, visit: VisitRecord | None, words: Words, *, first: bool = False) -> None:
        super().__init__(margins=(20, 12, 24, 12), spacing=20, across=True)
        self.visit = visit
        self.setMinimumHeight(current().px(HEIGHT))
        self.body.addWidget(_picture(visit))
        self.body.addLayout(_texts(visit, words, first=first), 1)
        self.button = self._button(words)
        self.body.addWidget(self.button)

    def _button(self, words: Words) -> RowButton:
        begun = self.visit is not None and self.visit.status is not VisitStatus.PLANNED
        verb = words("New visit") if self.visit is None else words("Start")
        verb = words("Continue") if begun else verb
        button = RowButton(verb, Kind.PRIMARY, hint="Enter", trailing="arrow-right", height=52,
                           type=Type.QUESTION)  # fmt: skip
        if self.visit is not None:
            button.set_caption(verb, f"{verb}: {title_of(self.visit)}")
        button.setMinimumWidth(current().px(180))
        button.clicked.connect(self._choose)
        return button

    def set_narrow(self, narrow: bool) -> None:
        """The key gives its room to the name of the place."""
        self.button.set_hint("" if narrow else "Enter")
        self.button.setMinimumWidth(current().px(130 if narrow else 180))

    def _choose(self) -> None:
        if self.visit is None:
            self.wanted.emit()
        else:
            self.chosen.emit(self.visit)


def _picture(visit: VisitRecord | None) -> QWidget:
    if visit is None or visit.status is VisitStatus.PLANNED:
        return LeadIcon("clipboard-check" if visit is None else "store", Tone.ACCENT, 56)
    ring = Ring(64, 6, text_type=Type.QUESTION, tick=False)
    share = 100 * visit.answered // visit.total if visit.total else 0
    ring.set(visit.answered, visit.total, f"{share}%")
    return ring


def _texts(visit: VisitRecord | None, words: Words, *, first: bool) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addStretch(1)
    if visit is None:
        title, text = words("Nothing is waiting"), words(
            "Every visit is handed in. Start the next one when you are there.")  # fmt: skip
        if first:
            title = words("Ready for the first visit")
            text = words("Start it when you are there, or plan a wave under Programs.")
        column.addWidget(ElidedLabel(title, Type.TITLE))
        column.addWidget(Label(text, Type.HELP, Ink.TEXT2, wrap=True))
    else:
        column.addLayout(_over_title(visit, words))
        column.addSpacing(2)
        column.addWidget(ElidedLabel(title_of(visit), Type.TITLE, title=True))
        column.addWidget(Label(_under_title(visit, words), Type.HELP, Ink.TEXT2, wrap=True))
    column.addStretch(1)
    return column


def _over_title(visit: VisitRecord, words: Words) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    planned = visit.status is VisitStatus.PLANNED
    row.addWidget(Label(words("Next") if planned else words("In progress"), Type.CHIP, Ink.ACCENT))
    chip = phrases.deadline(words, visit)
    if chip is not None:
        row.addWidget(Chip(chip.text, chip.tone, chip.icon))
    row.addStretch(1)
    return row


def _under_title(visit: VisitRecord, words: Words) -> str:
    if visit.status is VisitStatus.PLANNED:
        return phrases.task_line(words, visit)
    return phrases.draft_line(words, visit)
