"""One change of one answer or note, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand

from auditor.ui.capture.drafting.notes import Held

if TYPE_CHECKING:
    from auditor.ui.capture.drafting.draft import Draft

_TYPING = 1


class ChangeCommand(QUndoCommand):
    """``merge`` is the run of typing, or the batch of files, that it belongs to: commands of one
    run on one answer become one step, or none when they end where they began. None never
    merges."""

    def __init__(self, draft: Draft, key: Held, old: Any, new: Any, merge: int | None) -> None:
        super().__init__()
        self._draft = draft
        self._key = key
        self._old = old
        self._new = new
        self._merge = merge
        self._fresh = True

    def id(self) -> int:
        return -1 if self._merge is None else _TYPING

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, ChangeCommand):
            return False
        if (other._key, other._merge) != (self._key, self._merge):
            return False
        self._new = other._new
        self.setObsolete(self._new == self._old)
        return True

    def redo(self) -> None:
        self._draft.apply(self._key, self._new, typing=self._fresh and self._merge is not None)
        if not self._fresh:
            self._draft.went_back.emit(self._key)
        self._fresh = False

    def undo(self) -> None:
        self._draft.apply(self._key, self._old)
        self._draft.went_back.emit(self._key)
