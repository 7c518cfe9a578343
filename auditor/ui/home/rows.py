"""A visit as a row of a group: state, place, number, deadline, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.my_visits import Group
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.ui.home import phrases
from auditor.ui.home.groups import title_of
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.chip import Chip, LeadIcon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.ring import Ring
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Tone, Type, colour, current
from auditor.words import Words

NUMBER, CHIP, DONE_CHIP, ACTION = 116, 156, 176, 112


class RowButton(Button):
    """The action of a row; up and down belong to the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)


class VisitRow(QFrame):
    """``chosen(visit)`` by click anywhere, or Enter on its button; ``answers(visit)`` opens a
    handed-in visit to read it."""

    chosen = Signal(object)
    answers = Signal(object)

    def __init__(
        self, visit: VisitRecord, group: Group, words: Words, *, whose: bool = False
    ) -> None:
        """``whose``: it says whose visit it is."""
        super().__init__()
        self.visit, self.group, self._whose = visit, group, whose
        theme = current()
        self.setFixedHeight(theme.px(56))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 0, 13, 0)
        row.setSpacing(0)
        row.addWidget(_lead(visit, group))
        row.addSpacing(12)
        row.addLayout(self._texts(words), 1)
        row.addSpacing(12)
        self.number = Label(phrases.number(words, visit), Type.HELP, Ink.TEXT2)
        self.number.setFixedWidth(theme.px(NUMBER))
        row.addWidget(self.number)
        row.addSpacing(8)
        row.addWidget(_marks(words, visit, group))
        row.addSpacing(8)
        self.button = self._action(words)
        if group is Group.DONE and not visit.score_hidden:
            row.addWidget(self._reader(words))
            row.addSpacing(4)
        row.addWidget(self.button)

    def _texts(self, words: Words) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(ElidedLabel(title_of(self.visit), Type.STRONG, title=True))
        second = phrases.second_line(words, self.visit, self.group, whose=self._whose)
        column.addWidget(ElidedLabel(second, Type.HELP, Ink.TEXT2))
        column.addStretch(1)
        return column

    def _action(self, words: Words) -> RowButton:
        verb = _verb(words, self.visit, self.group)
        button = RowButton(verb, Kind.SOFT, height=34)
        button.setMinimumWidth(current().px(ACTION))
        button.set_caption(verb, f"{verb}: {title_of(self.visit)}, {self.visit.number}")
        button.clicked.connect(self._choose)
        button.installEventFilter(self)
        return button

    def _reader(self, words: Words) -> RowButton:
        name = words("Read the answers: {place}", place=title_of(self.visit))
        button = RowButton(icon="eye", kind=Kind.TEXT, name=name)
        button.clicked.connect(self._read)
        return button

    def set_narrow(self, narrow: bool) -> None:
        self.number.setVisible(not narrow)

    def _choose(self) -> None:
        if self.group is Group.DONE and self.visit.score_hidden:
            self.answers.emit(self.visit)
        else:
            self.chosen.emit(self.visit)

    def _read(self) -> None:
        self.answers.emit(self.visit)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self._choose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        if self.button.hasFocus() or self.underMouse():
            box = QRectF(self.rect()).adjusted(3, 2, -3, -2)
            fill = t.accent_soft if self.button.hasFocus() else t.bg
            rounded(QPainter(self), box, RADIUS_CONTROL, colour(fill))


def _lead(visit: VisitRecord, group: Group) -> QWidget:
    if group is Group.DRAFTS:
        ring = Ring(34, 3, tick=False)
        share = 100 * visit.answered // visit.total if visit.total else 0
        ring.set(visit.answered, visit.total, str(share))
        return ring
    if group is Group.SENT_BACK:
        return LeadIcon("undo-2", Tone.DANGER)
    return LeadIcon("store" if group is Group.DUE else "check")


def _marks(words: Words, visit: VisitRecord, group: Group) -> QWidget:
    """The deadline; of a visit that is done its status and score."""
    holder = QWidget()
    holder.setFixedWidth(current().px(DONE_CHIP if group is Group.DONE else CHIP))
    inner = QHBoxLayout(holder)
    inner.setContentsMargins(0, 0, 0, 0)
    chip = phrases.status(words, visit) if group is Group.DONE else phrases.deadline(words, visit)
    if chip is not None:
        inner.addWidget(Chip(chip.text, chip.tone, chip.icon))
    inner.addStretch(1)
    if group is Group.DONE and visit.score is not None and not visit.score_hidden:
        inner.addWidget(Label(phrases.figure(words, visit.score), Type.STRONG))
    return holder


def _verb(words: Words, visit: VisitRecord, group: Group) -> str:
    if group is Group.DONE:
        return words("Read") if visit.score_hidden else words("Report")
    if visit.status is VisitStatus.PLANNED:
        return words("Start")
    return words("Mend") if group is Group.SENT_BACK else words("Open")


class GroupCard(Card):
    """The rows of one group in one card, hairlines between."""

    def __init__(self, rows: list[VisitRow]) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self.rows = rows
        for index, row in enumerate(rows):
            if index:
                self.body.addWidget(Line())
            self.body.addWidget(row)
