"""What is read before the visit: scenario, the program's briefing, its document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from auditor.domain.facts import Briefing
from auditor.ui.commands.documents import open_document
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line, ScrollArea
from auditor.ui.kit.chip import Icon, LeadIcon
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.header import Header
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Type, colour, current

COLUMN = 760
_BULLET = re.compile(r"[-*•–]\s+")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: px that ↑ and ↓ scroll.
LINE = 60


class BriefingPage(QWidget):
    """``started()`` once it was read; ``closed()`` to go back. ``gate``: the visit is behind it,
    and opens when the person says that it was read. Else it is read again."""

    started = Signal()
    closed = Signal()

    def __init__(
        self, context: AppContext, place: str, program: str, briefing: Briefing, *, gate: bool
    ) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.context, self.words = context, context.words
        self._briefing, self._gate = briefing, gate
        words = self.words
        self.header = Header(
            words("Before the visit") if gate else words("Briefing"),
            back=words("My visits") if gate else words("Back to the visit"),
        )
        self.header.back.clicked.connect(self.closed)
        self.area = ScrollArea(margins=(24, 16, 24, 24), spacing=12, column=COLUMN + 48)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.area, 1)
        self._fill(place, program)
        self.tick = CheckBox(words("I have read it"))
        self.start = Button(words("Start the visit"), Kind.PRIMARY, hint="Enter", height=44)
        if gate:
            column.addWidget(self._foot())
        else:
            self.tick.hide()
            self.start.hide()

    def _fill(self, place: str, program: str) -> None:
        words, briefing, body = self.words, self._briefing, self.area.body
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(Label(place, Type.TITLE, wrap=True))
        if program:
            head.addWidget(Label(program, Type.HELP, Ink.TEXT2, wrap=True))
        body.addLayout(head)
        if briefing.scenario:
            body.addWidget(_reading(words("Scenario"), "map-pin", briefing.scenario))
        if briefing.text:
            body.addWidget(_reading(words("Briefing"), "book-open", briefing.text))
        if briefing.document is not None:
            body.addWidget(self._document())
        body.addStretch(1)

    def _document(self) -> Card:
        card = Card(across=True, spacing=12)
        card.body.addWidget(LeadIcon("file-text"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(self._briefing.document_name, Type.STRONG))
        said = self.words("It lies on this machine: no network is needed.")
        self.said = Label(said, Type.HELP, Ink.TEXT2, wrap=True)
        texts.addWidget(self.said)
        card.body.addLayout(texts, 1)
        self.open = Button(self.words("Open the document"), Kind.OUTLINE, icon="external-link")
        self.open.clicked.connect(self._open_document)
        card.body.addWidget(self.open)
        return card

    def _foot(self) -> QWidget:
        foot = _Foot()
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 11, 24, 10)
        row.setSpacing(16)
        row.addStretch(1)
        row.addWidget(self.tick)
        row.addWidget(self.start)
        self.start.setEnabled(False)
        self.tick.toggled.connect(self.start.setEnabled)
        self.start.clicked.connect(self.started)
        return foot

    # doing

    def _open_document(self) -> None:
        path, name = self._briefing.document_path, self._briefing.document_name
        if path is not None:
            open_document(self.context, Path(path), name, failed=self._not_opened)

    def _not_opened(self, error: Any) -> None:
        self.said.setText(self.context.sentence(error))
        self.said.set_ink(Ink.DANGER)

    def focus_first(self) -> None:
        first = self.tick if self._gate else self.header.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says that it was read, then starts; ↑ and ↓ read on."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in _ENTER and self._gate:
            self._enter()
        elif not scroll_by(self.area.verticalScrollBar(), key):
            super().keyPressEvent(event)

    def turn(self, delta: int) -> None:
        """A page on (1) or back (-1)."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + delta * bar.pageStep())

    def _enter(self) -> None:
        if self.tick.isChecked():
            self.start.click()
        else:
            self.tick.setChecked(True)
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)


def scroll_by(bar: QScrollBar, key: Qt.Key) -> bool:
    """Whether ``key`` scrolls; then it did."""
    steps = {
        Qt.Key.Key_Down: LINE,
        Qt.Key.Key_Up: -LINE,
        Qt.Key.Key_Home: -bar.maximum(),
        Qt.Key.Key_End: bar.maximum(),
    }
    if key not in steps:
        return False
    bar.setValue(bar.value() + steps[key])
    return True


class _Foot(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, self.width(), 1, colour(t.border))


def _reading(title: str, icon: str, text: str) -> Card:
    """A heading and its paragraphs. Plain text: nothing in it is markup."""
    card = Card(margins=(20, 16, 20, 18), spacing=10)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(Icon(icon, "text2", 20))
    head.addWidget(Label(title, Type.QUESTION), 1)
    card.body.addLayout(head)
    card.body.addWidget(Line())
    for paragraph, bullet in paragraphs(text):
        card.body.addLayout(_paragraph(paragraph, bullet=bullet))
    return card


def paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of ``text`` (blank lines part them), and whether each is a point of a list
    ("- " before its first line; the lines after it belong to it)."""
    held: list[str] = []
    bullet = False
    for line in (*text.splitlines(), ""):
        mark = _BULLET.match(line.strip())
        if held and (mark or not line.strip()):
            yield "\n".join(held), bullet
            held, bullet = [], False
        if mark:
            bullet = True
        if line.strip():
            held.append(line.strip()[mark.end() if mark else 0 :])


def _paragraph(text: str, *, bullet: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    if bullet:
        row.addSpacing(4)
        row.addWidget(Label("•", Type.BODY, Ink.TEXT2), 0, Qt.AlignmentFlag.AlignTop)
    label = Label(text, Type.ANSWER, wrap=True)
    label.setFont(current().font(Type.ANSWER, 400))
    label.setProperty("type", "")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    row.addWidget(label, 1)
    return row
