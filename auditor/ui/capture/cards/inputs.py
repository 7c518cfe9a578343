"""Fields for typed answers. They keep what an input method still holds (Vietnamese pre-edit),
leave undo to the form, and let the keys of the card through.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from auditor.ui.capture.cards.typed import clean
from auditor.ui.kit.text import restyle
from auditor.ui.theme import Type, current

_FORM_KEYS = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)
MOST_LINES = 14


def _is_of_form(event: QEvent) -> bool:
    """Undo and redo belong to the form: its stack is also on disk."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in _FORM_KEYS)
    )


def _take(field: QWidget, pending: str) -> None:
    """What an input method that does not answer still holds becomes text of the field."""
    taken = QInputMethodEvent()
    taken.setCommitString(pending)
    QApplication.sendEvent(field, taken)


def pastes_files(event: QKeyEvent) -> bool:
    """Ctrl+V of a picture or files, not of text: the card takes it as evidence."""
    if not event.matches(QKeySequence.StandardKey.Paste):
        return False
    data: QMimeData = QGuiApplication.clipboard().mimeData()
    files = any(url.isLocalFile() for url in data.urls())  # with their names as text, too
    return files or (data.hasImage() and not data.hasText())


class LineInput(QLineEdit):
    """``left()`` when the focus goes; ``typed(text)`` after each change by hand (NFC)."""

    #: What is typed is in the draft at once: undo and redo are the form's.
    of_form: ClassVar[bool] = True

    typed = Signal(str)
    left = Signal()

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pending = ""
        self._showing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(current().reach(40))
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Show what the draft holds, without ``typed``."""
        if text != clean(self.text()) and not self._pending:
            self._showing = True
            self.setText(text)
            self._showing = False

    def set_wrong(self, wrong: bool) -> None:
        if (self.property("invalid") == "true") != wrong:
            self.setProperty("invalid", "true" if wrong else "false")
            restyle(self)

    def commit_input(self) -> None:
        """Take what the input method still holds."""
        if self._pending:
            QGuiApplication.inputMethod().commit()
        if self._pending:
            _take(self, self._pending)

    def _changed(self, text: str) -> None:
        if not self._showing:
            self.typed.emit(clean(text))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._pending = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if self.of_form and _is_of_form(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        form = self.of_form and any(event.matches(key) for key in _FORM_KEYS)
        if pastes_files(event) or form:
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.accept()  # Qt passes it on, and the card would come back into the field

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_input()
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class OwnLine(LineInput):
    """A line that is not of the draft, or not yet: undo and redo stay in it."""

    of_form = False


class TextInput(QPlainTextEdit):
    """Grows with its text, from ``lines`` to ``most``; Tab leaves it."""

    typed = Signal(str)
    left = Signal()

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        *,
        lines: int = 2,
        most: int = MOST_LINES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pending = ""
        self._showing = False
        self._growing = False
        self._lines, self._most = lines, most
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFont(current().font(Type.BODY))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.textChanged.connect(self._changed)
        self._grow()

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show what the draft holds, without ``typed``; the caret stays where it can."""
        if clean(self.toPlainText()) == text or self._pending:
            return
        self._showing = True
        caret = min(self.textCursor().position(), len(text))
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(caret if self.hasFocus() else len(text))
        self.setTextCursor(cursor)
        self._showing = False

    def set_wrong(self, wrong: bool) -> None:
        if (self.property("invalid") == "true") != wrong:
            self.setProperty("invalid", "true" if wrong else "false")
            restyle(self)

    def commit_input(self) -> None:
        """Take what the input method still holds."""
        if self._pending:
            QGuiApplication.inputMethod().commit()
        if self._pending:
            _take(self, self._pending)

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit(clean(self.toPlainText()))

    def _grow(self) -> None:
        if self._growing:  # counting lines lays them out, which says that their number changed
            return
        self._growing = True
        self._fit_lines()
        self._growing = False

    def _fit_lines(self) -> None:
        line = self.fontMetrics().lineSpacing()
        count = self._count_lines()
        shown = min(max(count, self._lines), self._most)
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(needed if count > self._most else always)
        height = max(shown * line + current().px(20), current().reach(40))
        if height != self.height():
            self.setFixedHeight(height)

    def _count_lines(self) -> int:
        """Lines at the present width, as far as they matter. The document's own size counts a
        paragraph as one line until it is painted."""
        count, block = 0, self.document().firstBlock()
        while block.isValid() and count <= MOST_LINES:
            self.blockBoundingRect(block)
            count += max(block.layout().lineCount(), 1)
            block = block.next()
        return count

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._pending = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if _is_of_form(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        form = any(event.matches(key) for key in _FORM_KEYS)
        if page or form or pastes_files(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, unless the person is in a text that is longer than its box."""
        if self.hasFocus() and self.verticalScrollBar().isVisible():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_input()
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text only: files that are dropped on it go to the card."""
        return source.hasText() and not source.hasUrls()
