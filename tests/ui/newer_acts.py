"""A newer version of the checklist, offered in pictures without a change on disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from auditor.domain.records import ChecklistRecord
from auditor.services.migrating import Offer
from auditor.ui.capture.newer.banner import Moved, NewerBanner
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.window import MainWindow
from forms.compiled import CompiledChecklist
from forms.version_change import compare
from tests.ui.next_version import next_version


def _capture(window: MainWindow) -> CaptureScreen:
    assert isinstance(window.screen_, CaptureScreen)
    return window.screen_


def _banner(window: MainWindow) -> NewerBanner:
    """Of the visit, past its briefing."""
    screen = _capture(window)
    if screen.frame is None:
        record = screen.draft.record
        screen.briefed.page = None
        screen._build(record.last_section, record.last_question)
    assert screen.frame is not None
    return screen.frame.newer


def tell_newer(window: MainWindow) -> None:
    _banner(window).offer("1.1.0")


def show_changes(window: MainWindow) -> None:
    screen = _capture(window)
    tell_newer(window)
    screen.newer._show(_offer(screen))


def show_last_changes(window: MainWindow) -> None:
    show_changes(window)
    dialog = _capture(window).newer.dialog
    assert dialog is not None
    bar = dialog.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    dialog.move_there.setFocus()


def arrive_at_newer(window: MainWindow) -> None:
    _banner(window).tell(Moved(1, "1.1.0", again=2, undo=1))


def _offer(screen: CaptureScreen) -> Offer:
    draft = screen.draft
    checklist = draft.compiled.checklist
    new = CompiledChecklist(next_version(checklist))
    change = compare(draft.compiled, new, draft.filling.answers, draft.at)
    moment = datetime(2026, 11, 12, tzinfo=UTC)
    old = ChecklistRecord(1, checklist.id, checklist.version, "", {}, (), 0, moment)
    newest = replace(old, id=2, version=new.checklist.version)
    return Offer(draft.record.id, old, newest, change)
