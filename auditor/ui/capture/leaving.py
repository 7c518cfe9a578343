"""Leaving a visit: what is not on disk yet is waited for, or said before it is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.screen import Screen
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.ui.capture.drafting.session import Session
    from auditor.ui.capture.photos.attaching import Refusal


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What leaving now would lose: changes, files on their way, files that did not arrive."""

    changes: int
    reading: int
    refused: int

    def __bool__(self) -> bool:
        return bool(self.changes or self.reading or self.refused)

    def text(self, words: Words) -> str:
        said = []
        if self.changes:
            said.append(
                words.plural(
                    "{count} answer is only in this window. Leave and lose it?",
                    "{count} answers are only in this window. Leave and lose them?",
                    self.changes,
                )
            )
        if self.reading:
            said.append(
                words.plural(
                    "{count} photo or file is still being read. Leave without it?",
                    "{count} photos or files are still being read. Leave without them?",
                    self.reading,
                )
            )
        if self.refused:
            said.append(
                words.plural(
                    "{count} photo or file was not added. Leave without it?",
                    "{count} photos or files were not added. Leave without them?",
                    self.refused,
                )
            )
        return "\n".join(said)


class Leaving(QObject):
    """``settle()`` puts everything on disk as far as that takes no more than some moments.

    ``may_leave`` asks where something would be lost; then ``go_ahead()`` follows when it arrived
    after all, ``given_up()`` when the person would rather lose it, and ``look_at(place id)`` when
    they stay and a file was refused there."""

    go_ahead = Signal()
    given_up = Signal()
    look_at = Signal(str)

    def __init__(self, session: Session, settle: Callable[[], object], host: Screen) -> None:
        super().__init__(host)
        self.host = host
        self._session, self._settle = session, settle
        self._settling = False
        self._told: tuple[Refusal, ...] = ()
        self._dialog: LeaveDialog | None = None
        session.attaching.rested.connect(self._rested)

    def may_leave(self) -> bool:
        """True when nothing would be lost. Nothing is asked twice at once."""
        if self._settling or self._dialog is not None:
            return False
        self._told = tuple(each for _, each in self._session.attaching.all_refusals())
        return self._ask()

    def _ask(self) -> bool:
        self._settling = True
        try:
            self._settle()
        finally:
            self._settling = False
        refused = [(where, each) for where, each in self._session.attaching.all_refusals()
                   if self._is_lost(each)]  # fmt: skip
        unsaved = Unsaved(
            self._session.saver.now.waiting, self._session.attaching.left, len(refused)
        )
        if unsaved:
            self._dialog = LeaveDialog(self, unsaved, refused[0][0] if refused else None)
            self._dialog.open()
        return not unsaved

    def _is_lost(self, refusal: Refusal) -> bool:
        """What the disk did not take, and what was refused since one wanted to leave."""
        new = not any(each is refusal for each in self._told)
        return refusal.unsaved or (new and not refusal.harmless)

    def _rested(self) -> None:
        """Every file arrived or was refused while the person was asked."""
        dialog = self._dialog
        if dialog is not None and dialog.unsaved.reading:
            self.forget(dialog)
            dialog.deleteLater()
            dialog.hide()
            if self._ask():
                self.go_ahead.emit()

    def forget(self, dialog: LeaveDialog) -> None:
        """It has its answer."""
        if self._dialog is dialog:
            self._dialog = None


class LeaveDialog(ConfirmDialog):
    """Whether to lose ``unsaved``; ``place`` is where the first file was refused."""

    def __init__(self, leaving: Leaving, unsaved: Unsaved, place: str | None) -> None:
        host = leaving.host
        words = host.context.words
        super().__init__(
            words("Not everything is saved"),
            unsaved.text(words),
            words("Leave and lose"),
            words("Stay"),
            host,
            danger=True,
        )
        self.unsaved = unsaved
        self._leaving, self._place = leaving, place
        self.finished.connect(self._ended)

    def _ended(self, result: int) -> None:
        self._leaving.forget(self)
        if result == self.DialogCode.Accepted:
            self._leaving.given_up.emit()
        elif self._place is not None:
            self._leaving.look_at.emit(self._place)
