"""One change of one answer or note, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand

from auditor.ui.capture.drafting.notes import Held

if TYPE_CHECKING:
    from auditor.ui.capture.drafting.draft import Draft


class ChangeCommand(QUndoCommand):
    """``merge`` is the run of typing, or the batch of files, that it belongs to: changes of one
    run of one answer are one step. None never merges."""

    def __init__(self, draft: Draft, key: Held, old: Any, new: Any, merge: int | None) -> None:
        super().__init__()
        self._draft = draft
        self._key = key
        self._old = old
        self._new = new
        self._merge = merge
        self._fresh = True

    def continues(self, key: Held, merge: int) -> bool:
        return (self._key, self._merge) == (key, merge)

    def go_on(self, new: Any) -> None:
        """Take one more change into this step; obsolete when that ends where it began."""
        self._new = new
        self.setObsolete(new == self._old)
        self._draft.apply(self._key, new, typing=True)

    def redo(self) -> None:
        self._draft.apply(self._key, self._new, typing=self._fresh and self._merge is not None)
        if not self._fresh:
            self._draft.went_back.emit(self._key)
        self._fresh = False

    def undo(self) -> None:
        self._draft.apply(self._key, self._old)
        self._draft.went_back.emit(self._key)
