"""A newer version of the checklist is here: the quiet offer, the move, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.errors import NotSavedError
from auditor.domain.records import ChecklistRecord, VisitRecord
from auditor.ui.capture.newer.migration import MigrationDialog
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, clear
from auditor.ui.screen import Screen
from auditor.ui.tasks import Done
from auditor.ui.theme import Tone
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.migrating import Offer
    from auditor.services.workspace import Workspace
    from auditor.ui.capture.drafting.session import Session


@dataclass(frozen=True, slots=True)
class Moved:
    """A draft that was moved to another version of its checklist. ``undo`` is the version to go
    back to, None after going back; ``again`` counts the answers that must be given again."""

    visit_id: int
    version: str
    again: int = 0
    undo: int | None = None


class NewerBanner(QWidget):
    """Above the page; hidden while there is nothing to say."""

    see = Signal()
    later = Signal()
    undo = Signal()
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 12, 24, 8)
        self.banner: Banner | None = None
        self.hide()

    def offer(self, version: str) -> None:
        words = self._words
        said = words("A newer version of this checklist is here ({version}).", version=version)
        banner = self._say(said, Tone.NEUTRAL)
        see = banner.add(Button(words("See what changes"), Kind.OUTLINE, height=34))
        later = banner.add(Button(words("Not now"), Kind.TEXT, height=34))
        see.clicked.connect(self.see)
        later.clicked.connect(self.later)

    def tell(self, moved: Moved) -> None:
        words = self._words
        banner = self._say(_arrived(moved, words), Tone.SUCCESS)
        if moved.undo is not None:
            caption = words("Undo")
            undo = banner.add(Button(caption, Kind.OUTLINE, icon="undo-2", height=34))
            undo.clicked.connect(self.undo)
        close = banner.add(Button(icon="x", kind=Kind.TEXT, name=words("Close"), height=34))
        close.clicked.connect(self.closed)
        QAccessible.updateAccessibility(QAccessibleEvent(banner, QAccessible.Event.Alert))

    def _say(self, text: str, tone: Tone) -> Banner:
        clear(self._column)
        self.banner = Banner(text, tone)
        self._column.addWidget(self.banner)
        self.show()
        return self.banner


def _arrived(moved: Moved, words: Words) -> str:
    if moved.undo is None:
        return words("Back on version {version}, with every answer.", version=moved.version)
    said = words("Now on version {version}.", version=moved.version)
    if not moved.again:
        return said
    more = words.plural(
        "{count} question must be answered again.",
        "{count} questions must be answered again.",
        moved.again,
    )
    return f"{said} {more}"


class Newer(QObject):
    """Asks once whether there is a newer version. ``settle()`` puts everything on disk and says
    whether it is there; ``moved(Moved)`` when the draft is on another version."""

    moved = Signal(object)

    def __init__(
        self, session: Session, host: Screen, settle: Callable[[], bool], arrived: Moved | None
    ) -> None:
        super().__init__(host)
        self._session, self._host, self._settle = session, host, settle
        self._context = session.context
        self.arrived = arrived
        self._newest: ChecklistRecord | None = None
        self._banner: NewerBanner | None = None
        self._offer: Offer | None = None
        self._moving = False
        self.dialog: MigrationDialog | None = None
        if session.draft.writable:
            self._context.ask(_newer, session.visit_id, done=self._found)

    def speak_in(self, banner: NewerBanner) -> None:
        """From now on what there is to say stands in ``banner``."""
        self._banner = banner
        banner.see.connect(self.see)
        banner.later.connect(self._not_now)
        banner.undo.connect(self._go_back)
        banner.closed.connect(self._close)
        self._speak()

    def _found(self, newest: ChecklistRecord | None) -> None:
        self._newest = newest
        self._speak()

    def _speak(self) -> None:
        banner = self._banner
        if banner is None:
            return
        if self.arrived is not None:
            banner.tell(self.arrived)
        elif self._newest is not None and self._key(self._newest.id) not in self._context.put_off:
            banner.offer(self._newest.version)
        else:
            banner.hide()

    def _key(self, version_id: int) -> tuple[str, int, int]:
        return str(self._context.folder), self._session.visit_id, version_id

    def _not_now(self) -> None:
        """Not again before the window is opened anew."""
        if self._newest is not None:
            self._context.put_off.add(self._key(self._newest.id))
        self._speak()
        self._host.focus_first()

    def _close(self) -> None:
        self.arrived = None
        self._speak()
        self._host.focus_first()

    # what would change

    def see(self) -> None:
        """Show what would change; what is written is on disk before."""
        if self._settle():
            self._context.ask(_offer, self._session.visit_id, done=self._show)

    def _show(self, offer: Offer | None) -> None:
        if offer is None or self.dialog is not None:
            return
        self._offer = offer
        scores = not self._session.draft.rules.hide_score
        dialog = MigrationDialog(offer, self._context.words, self._host, scores=scores)
        dialog.wanted.connect(self._move)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self, result: int) -> None:
        self.dialog = None
        if result == MigrationDialog.DialogCode.Rejected:
            self._host.focus_first()

    # moving

    def _move(self) -> None:
        if self._offer is not None:
            self._start(self._offer.new.id, self._arrive)

    def _go_back(self) -> None:
        moved = self.arrived
        if moved is not None and moved.undo is not None and self._settle():
            self._start(moved.undo, self._back)

    def _start(self, version_id: int, done: Done) -> None:
        """Nothing can be answered until the draft is open on the other version."""
        draft, visit_id = self._session.draft, self._session.visit_id
        if draft.writable:
            draft.writable = False
            self._moving = True
            task = self._context.save(
                _migrate, visit_id, version_id, done=done, failed=self._refused
            )
            task.ended.connect(self._ended)

    def _ended(self) -> None:
        """A bug tells neither of the two: the draft must not stay closed."""
        QTimer.singleShot(0, self, self._give_up)

    def _give_up(self) -> None:
        if self._moving:
            self._refused(
                NotSavedError(
                    "move_failed",
                    "The draft was not moved, for a reason that was not foreseen. It is as it was.",
                )
            )

    def _arrive(self, record: VisitRecord) -> None:
        self._moving = False
        assert self._offer is not None
        if self.dialog is not None:
            self.dialog.accept()
        again = len(self._offer.change.again)
        self.moved.emit(Moved(record.id, record.checklist_version, again, self._offer.old.id))

    def _back(self, record: VisitRecord) -> None:
        self._moving = False
        left = self._session.draft.record.checklist_version_id
        self._context.put_off.add(self._key(left))
        self.moved.emit(Moved(record.id, record.checklist_version))

    def _refused(self, error: Any) -> None:
        self._moving = False
        self._session.draft.writable = True
        if self.dialog is not None:
            self.dialog.say_refused(self._context.sentence(error))
        else:
            self._context.report_error(error)


def _newer(workspace: Workspace, visit_id: int) -> ChecklistRecord | None:
    return workspace.visits.migrating.newer(visit_id)


def _offer(workspace: Workspace, visit_id: int) -> Offer | None:
    return workspace.visits.migrating.offer(visit_id)


def _migrate(workspace: Workspace, visit_id: int, version_id: int) -> VisitRecord:
    return workspace.visits.migrating.migrate(visit_id, version_id)
