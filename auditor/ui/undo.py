"""What was done in this window and can be taken back, newest last: Ctrl+Z, Ctrl+Shift+Z."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from auditor.ui.commands.acts import Act, take_back
from auditor.ui.context import AppContext
from auditor.ui.kit.toast import Toast

MOST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """``text`` says what was done, as a sentence."""

    text: str
    act: Act


class Undo(QObject):
    """One for a window, see ``undo_of``; it forgets when another workspace is shown.

    ``changed`` when there is more or less to take back; ``settled`` after an undo or redo."""

    changed = Signal()
    settled = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self._folder: Path = context.folder
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._host: QWidget | None = None
        self._under_way: Entry | None = None

    def did(self, act: Act, text: str, host: QWidget, *, quiet: bool = False) -> None:
        """Keep an act; unless ``quiet``, a toast in ``host`` offers to take it back. One that
        changed nothing is not kept, and ``text`` is said without an offer."""
        self._look_at_folder()
        offered = bool(act.steps)
        if offered:
            self._done = [*self._done[1 - MOST :], Entry(text, act)]
            self._undone.clear()
            self._host = host
            self.changed.emit()
        if not quiet:
            undo = self._context.words("Undo") if offered else ""
            Toast.show_in(host, text, undo, self.undo if offered else None)

    @property
    def can_undo(self) -> bool:
        self._look_at_folder()
        return bool(self._done) and self._under_way is None

    @property
    def can_redo(self) -> bool:
        self._look_at_folder()
        return bool(self._undone) and self._under_way is None

    def bind(self, screen: QWidget) -> None:
        """Ctrl+Z and Ctrl+Shift+Z (Ctrl+Y) of a screen; in a field they stay the field's."""
        for keys, slot in (("Ctrl+Z", self.undo), ("Ctrl+Shift+Z", self.redo),
                           ("Ctrl+Y", self.redo)):  # fmt: skip
            QShortcut(QKeySequence(keys), screen).activated.connect(slot)
        self._host = screen

    def undo(self) -> None:
        if self.can_undo:
            self._move(self._done.pop(), self._was_undone)

    def redo(self) -> None:
        if self.can_redo:
            self._move(self._undone.pop(), self._was_redone)

    def _move(self, entry: Entry, done: Callable[[Act], None]) -> None:
        self._under_way = entry
        self.changed.emit()
        take_back(self._context, entry.act, done, self._refused)

    def _was_undone(self, act: Act) -> None:
        self._move_to(self._undone, act, self._context.words("Undone: {what}", what=self._what))

    def _was_redone(self, act: Act) -> None:
        self._move_to(self._done, act, self._context.words("Done again: {what}", what=self._what))

    @property
    def _what(self) -> str:
        return "" if self._under_way is None else self._under_way.text

    def _move_to(self, stack: list[Entry], act: Act, said: str) -> None:
        stack.append(Entry(self._what, act))
        self._under_way = None
        self.changed.emit()
        if self._host is not None:
            Toast.show_in(self._host, said)
        self.settled.emit()

    def _refused(self, error: Exception) -> None:
        """Something else changed since: it cannot be taken back any more."""
        self._under_way = None
        self.changed.emit()
        self._context.report_error(error)
        self.settled.emit()

    def _look_at_folder(self) -> None:
        if self._folder != self._context.folder:
            self._folder = self._context.folder
            self._done.clear()
            self._undone.clear()

    def forget(self, screen: QWidget) -> None:
        """``screen`` goes: nothing is said in it any more."""
        if self._host is screen:
            self._host = None


def undo_of(context: AppContext) -> Undo:
    """That of the window."""
    found = context.findChild(Undo)
    return found if isinstance(found, Undo) else Undo(context)
