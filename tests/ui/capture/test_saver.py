"""The saver by itself, with a disk that answers as it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, QTimer

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotSavedError
from auditor.ui.capture.drafting.saver import Flight, Saver

KEY = ("q1", 0)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Disk:
    """Answers each save in turn, as soon as the window looks for events."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[object] = []

    def start(self, flight: Flight) -> None:
        self.asked.append(flight.value)
        QTimer.singleShot(0, self._answer(flight))

    def _answer(self, flight: Flight) -> Callable[[], None]:
        if self.answers.pop(0) == "full":
            return lambda: flight.failed(NotSavedError("disk_full", "The disk is full."))
        return lambda: flight.done(Saved(NOW, Changes()))


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_one_that_was_failing_already_is_tried_once_more(owner: QObject) -> None:
    """The person leaves while a save is on its way to a disk that was full and is not any more."""
    disk = Disk("full", "works")
    saver = Saver(disk.start, None, owner)
    saver.put(KEY, "a")
    assert saver.wait()
    assert disk.asked == ["a", "a"]
    assert saver.now.error is None
    assert saver.now.saved_at == NOW


def test_what_was_written_since_goes_with_it(owner: QObject) -> None:
    disk = Disk("full", "works")
    saver = Saver(disk.start, None, owner)
    saver.put(KEY, "a")
    saver.put(KEY, "ab", soon=True)
    assert saver.wait()
    assert disk.asked == ["a", "ab"]


@pytest.mark.parametrize("under_way", [False, True])
def test_a_disk_that_stays_full_is_not_asked_for_ever(owner: QObject, under_way: bool) -> None:
    disk = Disk("full", "full")
    saver = Saver(disk.start, None, owner)
    saver.put(KEY, "a", soon=not under_way)
    assert not saver.wait()
    assert len(disk.asked) == 1 + under_way
    assert saver.now.waiting == 1
    assert saver.now.error is not None
