"""How the app comes up: as itself, as a worker of itself, on a folder that cannot be."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

import pytest

from auditor import __main__, bootstrap


class WorkerEndedError(Exception):
    """Stands for the end of a process that was started for a worker."""


def test_a_worker_of_a_built_app_opens_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frozen, a spawned process starts the app itself: it must end there as the worker."""

    def end() -> None:
        raise WorkerEndedError

    monkeypatch.setattr(multiprocessing, "freeze_support", end)
    monkeypatch.setattr(bootstrap, "open_window", lambda _folder: 0)
    monkeypatch.setattr(sys, "argv", ["auditor"])
    assert __main__.main() == 0
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(WorkerEndedError):
        __main__.main()


def test_no_first_run_begins_on_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """Opening it says why; the start itself must not stumble over it."""
    assert not bootstrap.has_data(tmp_path / "new")
    assert bootstrap.has_data(tmp_path / ("a" * 300))
