"""The caption under a photo: a quiet button that becomes a field in its place."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from auditor.ui.capture.cards.answers import MIDDLE
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

LONGEST = 200
HEIGHT, FIELD = 20, 22
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaptionField(LineInput):
    """``kept()`` by Enter, ``cancelled()`` by Esc; ``left()`` when the focus goes elsewhere."""

    kept = Signal()
    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None, *, small: bool = True) -> None:
        super().__init__(words("Caption"), words("Add a caption"), parent)
        self.setMaxLength(LONGEST)
        if small:
            size = current().px(12)
            self.setFixedHeight(current().px(FIELD))
            self.setStyleSheet(
                f"QLineEdit {{ font-size: {size}px; padding: 0 4px; min-height: 0;"
                " border-radius: 6px; }"
                "QLineEdit:focus { padding: 0 3px; }"
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in _ENTER and not event.modifiers():
            self.commit_input()
            self.kept.emit()
        else:
            super().keyPressEvent(event)


class CaptionLine(QWidget):
    """``typed(text)`` after each letter; ``ended()`` when the person has done with it. What was
    there before comes back by Esc."""

    typed = Signal(str)
    ended = Signal()

    def __init__(self, words: Words, parent: QWidget, *, writable: bool) -> None:
        super().__init__(parent)
        self.words = words
        self._text = self._before = ""
        self.button = _Shown(words, self, writable=writable)
        self.button.clicked.connect(self.edit)
        self.field: CaptionField | None = None

    def show_text(self, text: str) -> None:
        self._text = text
        self.button.show_text(text)
        if self.field is not None:
            self.field.show_text(text)

    def edit(self) -> None:
        if self.field is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._before = self._text
        field = self.field = CaptionField(self.words, self)
        field.show_text(self._text)
        field.typed.connect(self.typed)
        field.kept.connect(self._keep)
        field.cancelled.connect(self._cancel)
        field.left.connect(self._end)
        self._place()
        self.button.hide()
        field.show()
        field.raise_()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    @property
    def editing(self) -> bool:
        return self.field is not None

    def commit_input(self) -> None:
        if self.field is not None:
            self.field.commit_input()

    def _keep(self) -> None:
        self._end()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cancel(self) -> None:
        if self._text != self._before:
            self.typed.emit(self._before)
        self._keep()

    def _end(self) -> None:
        field, self.field = self.field, None
        if field is None:
            return
        self.button.show()
        field.hide()
        field.deleteLater()
        self.ended.emit()

    def _place(self) -> None:
        self.button.setGeometry(0, 0, self.width(), self.height())
        if self.field is not None:
            self.field.setGeometry(0, 0, self.width(), self.field.height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), current().px(FIELD))


class _Shown(QAbstractButton):
    def __init__(self, words: Words, parent: QWidget, *, writable: bool) -> None:
        super().__init__(parent)
        self.words = words
        self.setEnabled(writable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor if writable else Qt.CursorShape.ArrowCursor)
        self.show_text("")

    def show_text(self, text: str) -> None:
        self.setText(text)
        name = self.words("Caption: {words}", words=text) if text else self.words("Add a caption")
        self.setAccessibleName(name)
        self.setToolTip(text)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        said = self.text() or (self.words("Add a caption") if self.isEnabled() else "")
        painter.setFont(theme.font(Type.CHIP if self.text() else Type.HINT))
        t, hot = theme.tokens, self.underMouse() and self.isEnabled()
        painter.setPen(colour(t.text if self.text() else t.accent if hot else t.text2))
        line = QRect(0, 0, self.width(), theme.px(HEIGHT))
        cut = QFontMetrics(painter.font()).elidedText(
            said, Qt.TextElideMode.ElideRight, self.width() - 2
        )
        painter.drawText(line, MIDDLE, cut)
        if self.hasFocus():
            box = self.rect().adjusted(-1, 0, 0, 0).toRectF()
            box.setHeight(theme.px(HEIGHT))
            rounded(painter, box, 5, None, colour(theme.tokens.accent), 2)
