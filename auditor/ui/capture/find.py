"""Ctrl+F: a bar over the page that goes from place to place while the focus stays in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.ui.capture.drafting.searching import places_of
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen

#: Typing jumps after this pause: a section is built only once for a word.
PAUSE_MS = 120
_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Finder(QObject):
    """The search of one screen; it outlives the bar, so that F3 goes on with the last words."""

    def __init__(self, screen: CaptureScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._query = ""
        self._from: str | None = None
        self.bar: FindBar | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    def open(self) -> None:
        """Ctrl+F."""
        screen = self._screen
        if screen.draft.handing_in:
            return
        screen.close_check()
        screen.commit_input()
        if screen.frame is not None:
            screen.frame.photos.dock.fold()
        if self.bar is None:
            self.put()
        if self.bar is not None:
            self._from = self._here()
            self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.field.selectAll()

    def put(self) -> None:
        """Into the frame that is shown now, with the words that were searched last."""
        frame = self._screen.frame
        if frame is None:
            return
        self.bar = bar = FindBar(self._screen.context.words, self._query, frame)
        frame.put_over(bar)
        bar.changed.connect(self._changed)
        bar.stepped.connect(self.step)
        bar.closed.connect(self.close)
        self._show()

    def close(self) -> None:
        """Esc: the focus is on the card that was found."""
        bar, self.bar = self.bar, None
        if bar is None:
            return
        self._flush()
        if self._screen.frame is not None:
            self._screen.frame.focus_page()  # before it hides: Qt would choose a card
        bar.hide()
        bar.deleteLater()

    def _changed(self, query: str) -> None:
        self._query = query
        self._pause.start()
        self._show()

    def _look(self) -> None:
        """Go to the first place at or after the card where the search began."""
        found, start = self._found(), self._rank(self._from)
        if found:
            self._go(next((id for id in found if self._rank(id) >= start), found[0]))
        self._show()

    def step(self, delta: int) -> None:
        """F3, Enter: the next place; all around."""
        if self._screen.draft.handing_in:
            return
        if self.bar is None and not self._query:
            self.open()
            return
        if self._flush():
            return
        found, here = self._found(), self._rank(self._here())
        if not found:
            return
        order = found if delta > 0 else found[::-1]
        ahead = (id for id in order if (self._rank(id) - here) * delta > 0)
        self._go(next(ahead, order[0]))
        self._show()

    def _flush(self) -> bool:
        """Go where typing was about to; False when one was there already."""
        waiting, before = self._pause.isActive(), self._here()
        self._pause.stop()
        if waiting:
            self._look()
        return self._here() != before

    def _go(self, item: str) -> None:
        self._screen.go_to(item, focus=self.bar is None)

    def _found(self) -> list[str]:
        return places_of(self._screen.draft, self._query)

    def _here(self) -> str | None:
        card = self._screen.page.current_card if self._screen.page is not None else None
        return None if card is None else card.item.id

    def _rank(self, item: str | None) -> int:
        return -1 if item is None else self._screen.draft.compiled.item(item).index

    def _show(self) -> None:
        if self.bar is not None:
            found, here = self._found(), self._here()
            at = found.index(here) + 1 if here in found else 0
            self.bar.show_count(at, len(found))


class FindBar(QWidget):
    """``changed(text)`` with every letter, pre-edit included; ``stepped(±1)``; ``closed()``."""

    changed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, words: Words, query: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.setAccessibleName(words("Find in this visit"))
        self.field = FindField(words("Find in this visit"), query)
        self.count = Label("", Type.HELP, Ink.TEXT2)
        self.back = self._button("arrow-up", words("Previous place"), "Shift+F3")
        self.on = self._button("arrow-down", words("Next place"), "F3")
        self.shut = self._button("x", words("Close"), "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 16, 5)
        row.setSpacing(8)
        row.addWidget(Icon("search"))
        row.addWidget(self.field)
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.back, self.on, self.shut):
            row.addWidget(button)
        self.field.changed.connect(self.changed)
        self.field.stepped.connect(self.stepped)
        self.field.closed.connect(self.closed)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.shut.clicked.connect(self.closed)

    def _button(self, icon: str, name: str, key: str) -> Button:
        button = Button("", Kind.TEXT, icon=icon, name=name, hint=key, height=32)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _go_back(self) -> None:
        self.stepped.emit(-1)

    def _go_on(self) -> None:
        self.stepped.emit(1)

    def show_count(self, at: int, total: int) -> None:
        """``at`` is the place one is at, from 1; 0 when one is elsewhere."""
        words = self.words
        if not self.field.query.strip():
            said = ""
        elif not total:
            said = words("Not in this visit")
        elif at:
            said = words("{n} of {total}", n=at, total=total)
        else:
            said = words.plural("{count} place", "{count} places", total)
        self.count.setText(said)
        self.count.set_ink(Ink.TEXT2 if total or not said else Ink.DANGER)
        for button in (self.back, self.on):
            button.setEnabled(total > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


class FindField(QLineEdit):
    """One line. What an input method still holds counts as typed."""

    changed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, name: str, query: str) -> None:
        super().__init__(query)
        self._pending = ""
        self.setProperty("finding", True)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFixedHeight(current().reach(34))
        self.textChanged.connect(self._tell)

    @property
    def query(self) -> str:
        at = self.cursorPosition()
        return self.text()[:at] + self._pending + self.text()[at:]

    def _tell(self) -> None:
        self.changed.emit(self.query)

    def sizeHint(self) -> QSize:
        return QSize(current().px(320), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(140), super().minimumSizeHint().height())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._pending = event.preeditString()
        super().inputMethodEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if shift else _STEPS[key])
        else:
            super().keyPressEvent(event)
