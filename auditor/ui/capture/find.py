"""Ctrl+F: a bar over the page that goes from place to place while the focus stays in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from auditor.ui.capture.drafting.searching import places_of
from auditor.ui.kit.find import FindBar

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen

#: Typing jumps after this pause: a section is built only once for a word.
PAUSE_MS = 120


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
        words = self._screen.context.words
        prompt, nothing = words("Find in this visit"), words("Not in this visit")
        self.bar = bar = FindBar(words, prompt, nothing, self._query, frame)
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
