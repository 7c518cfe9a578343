"""One visit open for filling: its draft, what is being saved, its files and stopwatches.

It outlives a screen that is rebuilt in other words or sizes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.domain.changes import Saved
from auditor.domain.errors import NotSavedError, UserError
from auditor.domain.suspicions import Inspector
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.drafting.notes import Held, Note, NoteKind
from auditor.ui.capture.drafting.saver import Flight, Saver
from auditor.ui.capture.photos.attaching import Attaching
from auditor.ui.capture.photos.thumbs import Thumbs
from forms.filling import Filling, Progress
from forms.problems import FormsError
from forms.scorecard import Scorecard

if TYPE_CHECKING:
    from auditor.services.drafts import Drafts
    from auditor.services.open_visit import OpenVisit
    from auditor.services.workspace import Workspace
    from auditor.ui.context import AppContext


class Session(QObject):
    """``handed_in()`` when the office has it; ``refused(error)`` when it could not be handed in
    and is a draft as before."""

    handed_in = Signal()
    refused = Signal(object)

    def __init__(self, context: AppContext, opened: Opened, parent: QObject) -> None:
        super().__init__(parent)
        visit = opened.visit
        self.context = context
        self.visit_id = visit.record.id
        self.saver = Saver(self._start_save, visit.record.saved_at, self)
        self.draft = Draft(
            visit, opened.filling, opened.inspector, self.saver, context.language, self
        )
        self.thumbs = Thumbs(context, self)
        self.attaching = Attaching(context, self.draft, self.thumbs, self)
        self.stopwatches = self.draft.stopwatches

    def move_to(self, parent: QObject) -> None:
        """A new screen takes it over, perhaps in another language."""
        self.setParent(parent)
        self.draft.language = self.context.language

    def save_place(self, section: str, item: str | None, scroll: int = 0, part: str = "") -> None:
        """Remember where the person is: the card of ``item`` stands ``scroll`` px (at 100 %)
        below the top of its page, ``part`` of it has the focus (see ``Writing``). A place that
        cannot be kept is no loss: an answer that cannot says what is wrong."""
        if self.draft.may_change and self.saver.now.error is None:
            place = (self.visit_id, section, item, scroll, part)
            self.context.save(_save_place, *place, failed=self._ignore)

    def submit(self, declared_by: str) -> None:
        """Hand in what the disk holds."""
        if not self.draft.may_change:
            return
        self.draft.handing_in = True
        task = self.context.save(
            _submit, self.visit_id, declared_by, done=self._submitted, failed=self._refuse
        )
        task.ended.connect(self._submit_ended)

    def _submitted(self, _card: Scorecard) -> None:
        self.draft.writable = self.draft.handing_in = False
        self.handed_in.emit()

    def _refuse(self, error: Any) -> None:
        self.draft.handing_in = False
        self.refused.emit(error)

    def _submit_ended(self) -> None:
        """A bug tells neither of the two: the person must not wait for ever."""
        QTimer.singleShot(0, self, self._give_up)

    def _give_up(self) -> None:
        if self.draft.handing_in:
            self._refuse(
                NotSavedError(
                    "submit_failed",
                    "The visit was not submitted, for a reason that was not foreseen. Your answers "
                    "are on disk: try again.",
                )
            )

    def _start_save(self, flight: Flight) -> None:
        progress = self.draft.filling.progress()
        zone = self.draft.record.zone
        job = (_save, self.visit_id, flight, progress, zone, self._known(flight.key))
        self.context.save(*job, done=flight.done, failed=flight.failed)

    def _known(self, key: Held) -> frozenset[str]:
        """The files that the form has heard of: not those that are being named at ``key``."""
        place = None if isinstance(key, Note) else key[0]
        return frozenset(self.draft.evidence).difference(self.attaching.landing(place))

    def _ignore(self, _error: Any) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Opened:
    """What the lane hands over: the rules are compiled and scored once, off the GUI thread, and
    so is what looks for contradictions made."""

    visit: OpenVisit
    filling: Filling
    inspector: Inspector


def open_visit(workspace: Workspace, visit_id: int) -> Opened:
    visit = workspace.visits.open(visit_id)
    filling = Filling(visit.compiled, visit.answers, visit.at)
    filling.score(final=not visit.writable)
    visit.complaint_words.found_in("")  # makes what it searches with
    return Opened(visit, filling, Inspector(visit.compiled, visit.complaint_words))


def _save(
    workspace: Workspace,
    visit_id: int,
    flight: Flight,
    progress: Progress,
    zone: str,
    known: frozenset[str],
) -> Saved:
    try:
        key, value = flight.key, flight.value
        if isinstance(key, Note):
            return _save_note(workspace.visits.drafts, visit_id, key, value, zone, known)
        return workspace.visits.save_answer(visit_id, key, value, progress, known)
    except (UserError, FormsError):
        raise
    except BaseException:
        flight.broken.emit()
        raise


def _save_note(
    drafts: Drafts, visit_id: int, note: Note, value: Any, zone: str, known: frozenset[str]
) -> Saved:
    match note.kind:
        case NoteKind.FACTS:
            return drafts.save_facts(visit_id, value, zone)
        case NoteKind.TRAY:
            return drafts.save_tray(visit_id, value, known)
        case NoteKind.CAPTION:
            return drafts.caption(visit_id, note.id, value)
        case NoteKind.TURN:
            return drafts.turn(visit_id, note.id, value)
        case NoteKind.KEPT:
            return drafts.keep(visit_id, note.id, value)
        case NoteKind.BRIEFED:
            return drafts.read_briefing(visit_id)
        case NoteKind.STOPWATCH:
            key, run = (note.id, 0), value
            if run is None:
                return drafts.stopwatch(visit_id, key, None)
            return drafts.stopwatch(visit_id, key, run.started, moved=run.moved)


def _save_place(
    workspace: Workspace, visit_id: int, section: str, item: str | None, scroll: int, part: str
) -> None:
    from auditor.services.visits import TOP

    spot = replace(TOP, scroll=scroll, focus=part)
    workspace.visits.save_place(visit_id, section, item, spot)


def _submit(workspace: Workspace, visit_id: int, declared_by: str) -> Scorecard:
    return workspace.visits.submit(visit_id, declared_by)
