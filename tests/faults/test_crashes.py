"""Crashes, each told as what it is: a bug, the death of the app, the death of a helper of it."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.services import log
from tests.faults.sessions import HERE, MakeWorld, Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
BUG = "ZeroDivisionError: a bug of the app"
SAFE = "Your draft is safe"
DIED = "The app crashed last time"


@dataclass(frozen=True, slots=True)
class Run:
    """How it ended, what stood on the screen, and what lies in the logs."""

    code: int
    said: str
    dialogs: int
    log: str
    fatal: str


@pytest.fixture
def folder(world: MakeWorld, stage: Stage, room: Path) -> Path:
    return stage.copy("reports", room / "start") / "workspace"


def run(folder: Path, what: str, *, watched: bool = True) -> Run:
    ended = subprocess.run(
        [sys.executable, HERE / "crashing.py", folder, what, "watched" if watched else "alone"],
        capture_output=True, text=True, cwd=HERE.parents[1], timeout=120,
        env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
    )  # fmt: skip
    assert ended.returncode in (0, -signal.SIGSEGV), ended.stderr
    last = ended.stdout.strip().splitlines()[-1:] or ['{"said": "", "dialogs": 0}']
    told = json.loads(last[0])
    logs, fatal = ((folder / "logs").glob(f"{name}.log*") for name in ("auditor", "fatal"))
    return Run(
        ended.returncode, told["said"], told["dialogs"],
        "".join(path.read_text() for path in logs), "".join(path.read_text() for path in fatal),
    )  # fmt: skip


def test_a_bug_is_told_once_logged_with_its_steps_and_is_no_crash(folder: Path) -> None:
    found = run(folder, "bug")
    assert (found.code, found.dialogs) == (0, 1)
    assert SAFE in found.said
    assert str(folder / "logs") in found.said
    assert BUG in found.log
    assert "screen settings" in found.log.partition("The last steps:")[2]
    assert "E-02" not in found.log, "who filled it is not in the log"
    assert found.fatal == ""


def test_the_death_of_the_app_is_told_at_the_next_start(folder: Path) -> None:
    dead = run(folder, "die")
    assert dead.code == -signal.SIGSEGV
    assert "Segmentation fault" in dead.fatal
    following = run(folder, "nothing")
    assert DIED in following.said
    assert (following.code, following.dialogs) == (0, 0)


def test_the_death_of_a_helper_is_none_of_the_app(folder: Path) -> None:
    """The process that renders and the one that reads photos: beside the report, in the log, and
    nowhere as a crash of the app."""
    found = run(folder, "helpers")
    assert (found.code, found.dialogs) == (0, 0)
    assert f"the renderer ended with code {-signal.SIGSEGV} on V-0002" in found.log
    assert "the reader of photos ended or hangs on" in found.log
    assert "renderer stopped" in found.said
    assert (found.fatal, DIED in found.said) == ("", False)


def test_the_canary_crashes_unheard(folder: Path) -> None:
    """Without the watches there is neither a line of the bug nor a stack of the death."""
    found = run(folder, "bug_then_die", watched=False)
    assert (found.code, found.fatal, BUG in found.log) == (-signal.SIGSEGV, "", False)


def test_the_log_turns_over_and_keeps_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never grows over its limit, and what is kept is the end of it without a gap."""
    monkeypatch.setattr(log, "MAX_BYTES", 4_000)
    handler = log.attach(tmp_path)
    assert handler is not None
    try:
        for number in range(1000):
            logging.getLogger("auditor.test").warning("line %d", number)
    finally:
        log.detach(handler)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == 1 + log.KEPT
    assert max(path.stat().st_size for path in files) <= log.MAX_BYTES
    ordered = sorted(files, key=lambda path: path.suffix, reverse=True)
    ordered = [path for path in ordered if path.suffix != ".log"] + [log.log_file(tmp_path)]
    kept = [int(line.split()[-1]) for path in ordered for line in path.read_text().splitlines()]
    assert kept == list(range(kept[0], 1000))
    assert kept[0] > 0, "it never turned over"
