"""Why something that looks wrong stays as it is: one line, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from auditor.ui.capture.cards.inputs import OwnLine
from auditor.ui.capture.cards.typed import clean
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

LONGEST = 300
#: Below this width the line has no room beside its buttons.
ROOMY = 400
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class _Line(OwnLine):
    entered = Signal()
    escaped = Signal()
    gone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.accept()  # the rows around it are not gone to while one writes
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.gone.emit()


class ReasonField(QWidget):
    """``kept(reason)`` by Enter, its button, or leaving it with a reason in it; ``cancelled()`` by
    Esc, its button, or leaving it blank. It speaks once."""

    kept = Signal(str)
    cancelled = Signal()

    def __init__(self, words: Words, about: str, reason: str = "") -> None:
        super().__init__()
        self._over = False
        self._words = words
        self.line = _Line(words("Reason: {about}", about=about), words("Why is it right?"))
        self.line.setMaxLength(LONGEST)
        self.line.setFixedHeight(current().px(36))
        self.line.show_text(reason)
        self.line.entered.connect(self.keep)
        self.line.escaped.connect(self.cancel)
        self.line.gone.connect(self.leave)
        self.line.typed.connect(self._typed)
        self.keep_button = self._button(words("Keep"), Kind.SOFT, "Enter")
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button = self._button(words("Cancel"), Kind.TEXT, "Esc")
        self.cancel_button.clicked.connect(self.cancel)
        self._said = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self._said.hide()
        self._lay_out()

    def _button(self, caption: str, kind: Kind, hint: str) -> Button:
        button = Button(caption, kind, hint=hint, height=36)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click must not end the writing first
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.keep_button)
        buttons.addWidget(self.cancel_button)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the buttons go below the line."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if event.size().width() < current().px(ROOMY) else across)

    @property
    def text(self) -> str:
        return clean(self.line.text()).strip()

    def write(self) -> None:
        """The caret goes there, and it comes into view."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._into_view)

    def _into_view(self) -> None:
        """Once it has its place."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self, 0, 24)

    def keep(self) -> None:
        self.line.commit_input()
        if self.text:
            self._end(self.text)
        else:
            self._complain(self._words("Say in a few words why this is right."))

    def cancel(self) -> None:
        self._end(None)

    def leave(self) -> None:
        """What was written is not lost."""
        self.line.commit_input()
        self._end(self.text or None)

    def _end(self, reason: str | None) -> None:
        if self._over:
            return
        self._over = True
        if reason is None:
            self.cancelled.emit()
        else:
            self.kept.emit(reason)

    def drop(self) -> None:
        """It is taken away: nothing more is said."""
        self._over = True
        self.hide()
        self.deleteLater()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._complain("")

    def _complain(self, sentence: str) -> None:
        self.line.set_wrong(bool(sentence))
        self.line.setAccessibleDescription(sentence)
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
