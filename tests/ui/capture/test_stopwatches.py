"""Stopwatches: two clocks that may disagree, a restart between, times that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from auditor.ui.capture.cards.editors.duration import ClockDoubt
from auditor.ui.capture.cards.typed import LONGEST
from auditor.ui.capture.drafting.stopwatches import Stopwatches
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
        self.kept: list[tuple[AnswerKey, datetime | None, bool]] = []

    def run(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def keep(self, key: AnswerKey, started: datetime | None, *, moved: bool) -> None:
        self.kept.append((key, started, moved))

    def watches(
        self, parent: QObject, running: dict[AnswerKey, datetime] | None = None, moved: bool = False
    ) -> Stopwatches:
        doubted = frozenset({KEY}) if moved else frozenset()
        return Stopwatches(
            running or {},
            doubted,
            self.keep,
            parent,
            now=lambda: self.wall,
            steady=lambda: self.steady,
        )


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_it_counts_by_the_clock_that_nobody_sets(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    watches.start("queue")
    clocks.run(48.9)
    assert watches.seconds("queue") == 48
    assert not watches.doubtful("queue")
    assert watches.stop("queue") == 48
    assert clocks.kept == [(KEY, NOON, False), (KEY, None, False)]


@pytest.mark.parametrize("change", [3600, -3600, 3, -3])
def test_a_clock_that_was_changed_is_said_and_the_time_is_right(
    qapp: QObject, clocks: Clocks, change: int
) -> None:
    watches = clocks.watches(qapp)
    watches.start("queue")
    clocks.run(60)
    clocks.wall += timedelta(seconds=change)
    watches._timer.timeout.emit()
    assert watches.doubtful("queue")
    assert watches.seconds("queue") == 60
    assert clocks.kept[-1] == (KEY, clocks.wall - timedelta(seconds=60), True), "mended on disk"
    clocks.run(10)
    watches._timer.timeout.emit()
    assert len(clocks.kept) == 2, "said once"
    assert watches.stop("queue") == 70
    assert watches.doubtful("queue")
    watches.settle("queue")
    assert not watches.doubtful("queue")


def test_a_change_in_the_last_second_is_seen_at_the_stop(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    watches.start("queue")
    clocks.run(5)
    clocks.wall += timedelta(hours=1)
    assert watches.stop("queue") == 5
    assert watches.doubtful("queue")


def test_a_small_correction_is_not_worth_a_word(qapp: QObject, clocks: Clocks) -> None:
    watches = clocks.watches(qapp)
    watches.start("queue")
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
    watches.stop("queue")
    assert watches.doubtful("queue")
    watches.start("queue")
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
