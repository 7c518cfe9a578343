"""Stopwatches: two clocks that may disagree, a restart between, times that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.services.drafts import Drafts
from auditor.ui.capture.cards.editors.duration import ClockDoubt
from auditor.ui.capture.cards.typed import LONGEST
from auditor.ui.capture.drafting.notes import Note, NoteKind
from auditor.ui.capture.drafting.stopwatches import Run, Stopwatches
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms import library
from forms.answers import AnswerKey
from tests.ui.capture.hands import card, focus, named, on_disk, press

Open = Callable[..., CaptureScreen]
Again = Callable[[CaptureScreen], CaptureScreen]
EVERY = library.path("every-type")
NOON = datetime(2026, 11, 12, 5, tzinfo=UTC)
KEY = ("queue", 0)


class Clocks:
    """The clock on the wall and one that nobody sets."""

    def __init__(self) -> None:
        self.wall, self.steady = NOON, 1000.0
        self.mended: list[tuple[str, Run]] = []

    def run(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def mend(self, question: str, run: Run) -> None:
        self.mended.append((question, run))

    def watches(
        self, parent: QObject, running: dict[AnswerKey, datetime] | None = None, moved: bool = False
    ) -> Stopwatches:
        doubted = frozenset({KEY}) if moved else frozenset()
        return Stopwatches(
            running or {},
            doubted,
            self.mend,
            parent,
            now=lambda: self.wall,
            steady=lambda: self.steady,
        )


def start(watches: Stopwatches) -> None:
    watches.put("queue", watches.fresh())


def stop(watches: Stopwatches) -> int:
    seconds = watches.read("queue")
    watches.put("queue", None)
    return seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_it_counts_by_the_clock_that_nobody_sets(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    start(watches)
    clocks.run(48.9)
    assert watches.seconds("queue") == 48
    assert not watches.doubtful("queue")
    assert stop(watches) == 48
    assert clocks.mended == []


@pytest.mark.parametrize("change", [3600, -3600, 3, -3])
def test_a_clock_that_was_changed_is_said_and_the_time_is_right(
    qapp: QObject, clocks: Clocks, change: int
) -> None:
    watches = clocks.watches(qapp)
    start(watches)
    clocks.run(60)
    clocks.wall += timedelta(seconds=change)
    watches._timer.timeout.emit()
    assert watches.doubtful("queue")
    assert watches.seconds("queue") == 60
    ((question, run),) = clocks.mended
    assert (question, run.started) == ("queue", clocks.wall - timedelta(seconds=60))
    assert run.moved, "mended on disk"
    clocks.run(10)
    watches._timer.timeout.emit()
    assert len(clocks.mended) == 1, "said once"
    assert stop(watches) == 70
    assert watches.doubtful("queue")
    watches.settle("queue")
    assert not watches.doubtful("queue")


def test_a_change_in_the_last_second_is_seen_at_the_stop(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    start(watches)
    clocks.run(5)
    clocks.wall += timedelta(hours=1)
    assert stop(watches) == 5
    assert watches.doubtful("queue")


def test_a_small_correction_is_not_worth_a_word(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    start(watches)
    clocks.run(600)
    clocks.wall += timedelta(seconds=1.5)
    watches._timer.timeout.emit()
    assert not watches.doubtful("queue")


def test_after_a_restart_the_wall_clock_is_all_there_is(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp, {KEY: NOON - timedelta(minutes=5)})
    clocks.run(7)
    assert watches.seconds("queue") == 307
    assert not watches.doubtful("queue")


@pytest.mark.parametrize(
    ("started", "shown"),
    [(NOON + timedelta(hours=2), 9), (NOON - timedelta(days=8), LONGEST)],
)
def test_a_time_that_cannot_be_is_said(
    qapp: QObject, clocks: Clocks, started: datetime, shown: int
) -> None:
    watches = clocks.watches(qapp, {KEY: started})
    assert watches.doubtful("queue")
    clocks.run(9)
    assert watches.seconds("queue") == shown


def test_what_was_found_before_a_restart_is_still_said(qapp: QObject, clocks: Clocks) -> None:
    assert clocks.watches(qapp, {KEY: NOON}, moved=True).doubtful("queue")


def test_a_new_start_has_no_doubt(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp, {KEY: NOON}, moved=True)
    stop(watches)
    assert watches.doubtful("queue")
    start(watches)
    assert not watches.doubtful("queue")


def move_clock(screen: CaptureScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = timedelta(hours=1)
    watches = screen.session.stopwatches
    monkeypatch.setattr(watches, "_now", lambda: datetime.now(UTC) + ahead)
    watches._timer.timeout.emit()


def doubts(screen: CaptureScreen) -> list[ClockDoubt]:
    found = screen.page.cards["queue"].findChildren(ClockDoubt)
    return [each for each in found if each.isVisibleTo(screen)]


def test_the_card_says_it_also_after_a_restart(
    open_capture: Open, reopened: Again, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    assert not doubts(screen)
    move_clock(screen, monkeypatch)
    assert [each.accessibleName() for each in doubts(screen)] == [
        "Đồng hồ máy tính bị chỉnh trong lúc bấm giờ: hãy kiểm tra lại thời gian."
    ]
    again = reopened(screen)
    assert on_disk(folder, "SELECT clock_moved FROM stopwatch") == [(1,)]
    card(again, "queue")
    assert doubts(again)


def test_adjusting_goes_into_the_field_and_ends_the_doubt(
    open_capture: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(EVERY)
    there = card(screen, "queue")
    press("t")
    move_clock(screen, monkeypatch)
    press("t")
    assert screen.draft.filling.answer("queue").value == 0
    named(there, QPushButton, "Sửa lại").click()
    assert focus() is there.editor.field
    press("2:10")
    press(Qt.Key.Key_Return)
    assert screen.draft.filling.answer("queue").value == 130
    assert not doubts(screen)


def test_a_read_only_visit_has_no_running_stopwatch(
    open_capture: Open, qtbot: QtBot, contexts: list[AppContext]
) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    assert screen.session.saver.wait()
    done: list[object] = []
    screen.context.ask(
        lambda workspace: workspace.visits.void(screen.visit_id, "trùng"), done=done.append
    )
    qtbot.waitUntil(lambda: bool(done))
    screen._abandoned = True
    screen.hide()
    contexts.pop().close()
    again = open_capture(visit=screen.visit_id)
    assert not again.draft.writable
    assert again.session.stopwatches.running == ()
    assert not any("Đang chạy" in mark.text for mark in card(again, "queue").head.marks)


CTRL = Qt.KeyboardModifier.ControlModifier
RUNNING = "SELECT question, started_at FROM stopwatch ORDER BY question"


def turn_back(screen: CaptureScreen, seconds: int) -> None:
    """So many seconds later, by both clocks."""
    watches = screen.session.stopwatches
    now, steady = watches._now, watches._steady
    watches._now = lambda: now() + timedelta(seconds=seconds)
    watches._steady = lambda: steady() + seconds


def test_undo_takes_up_a_stopwatch_that_was_cleared_as_if_it_had_run_on(
    open_capture: Open, reopened: Again, folder: Path
) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    assert screen.session.saver.wait()
    running = on_disk(folder, RUNNING)
    assert [question for question, _ in running] == ["queue"]
    turn_back(screen, 40)
    press(Qt.Key.Key_Backspace)
    assert screen.session.stopwatches.running == ()
    assert screen.session.saver.wait()
    assert on_disk(folder, RUNNING) == []
    turn_back(screen, 20)
    press("z", CTRL)
    assert screen.session.stopwatches.seconds("queue") == 60
    assert not doubts(screen)
    assert screen.session.saver.wait()
    assert on_disk(folder, RUNNING) == running
    press("z", CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert screen.session.stopwatches.running == ()
    press("z", CTRL)
    press("t")
    assert screen.draft.filling.answer("queue").value == 60
    assert reopened(screen).session.stopwatches.running == ()


def test_a_stop_is_one_step_and_so_is_a_start(open_capture: Open, folder: Path) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    turn_back(screen, 75)
    press("t")
    assert screen.draft.filling.answer("queue").value == 75
    press("z", CTRL)
    assert screen.draft.filling.answer("queue").value is None
    assert screen.session.stopwatches.seconds("queue") == 75
    press("z", CTRL)
    assert screen.session.stopwatches.running == ()
    assert screen.session.saver.wait()
    assert on_disk(folder, RUNNING) == []
    assert not screen.draft.undo_stack.canUndo()
    assert screen.page.current == "queue"


def test_backspace_on_an_empty_one_is_no_step(open_capture: Open) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    press(Qt.Key.Key_Backspace)
    assert not screen.draft.undo_stack.canUndo()


def test_a_start_that_the_disk_refused_is_tried_again(
    open_capture: Open, folder: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    screen = open_capture(EVERY)
    card(screen, "queue")
    with monkeypatch.context() as broken:
        broken.setattr(Drafts, "stopwatch", _full)
        press("t")
        qtbot.waitUntil(screen.frame.banner.isVisible)
    assert screen.session.stopwatches.running == ("queue",)
    screen.frame.banner.retry.click()
    assert screen.session.saver.wait()
    assert [question for question, _ in on_disk(folder, RUNNING)] == ["queue"]
    assert not screen.frame.banner.isVisible()


def _full(*_: object, **__: object) -> None:
    raise NotSavedError("disk_full", "The disk is full.")


def test_the_time_is_on_disk_before_the_stopwatch_is_gone(
    open_capture: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between must not lose both."""
    screen = open_capture(EVERY)
    card(screen, "queue")
    press("t")
    assert screen.session.saver.wait()
    sent: list[object] = []
    real = screen.session.saver._start
    monkeypatch.setattr(
        screen.session.saver, "_start", lambda flight: (sent.append(flight.key), real(flight))
    )
    press("t")
    assert sent == [KEY, Note(NoteKind.STOPWATCH, "queue")]
