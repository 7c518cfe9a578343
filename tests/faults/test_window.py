"""What the window says of a disk that fails, and what is there when the power fails afterwards."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor.services.workspace import Workspace
from tests.faults.conftest import Tally
from tests.faults.disk import Disk, records
from tests.faults.sessions import HERE, MANY, Stage, dice, times

pytestmark = pytest.mark.needs("gcc")


class Sat:
    """A person sat at the window: see ``window.py``."""

    def __init__(self, library: Path, stage: Stage, room: Path, number: int, ears: str) -> None:
        self.room, self.log = room, room / "log"
        self.before = stage.copy("answers", room / "before")
        self.start = stage.copy("answers", room / "start")
        found = subprocess.run(
            [sys.executable, HERE / "window.py", self.start, self.log, str(number), ears],
            capture_output=True, text=True, cwd=HERE.parents[1],
            env=os.environ | {"LD_PRELOAD": str(library)},
        )  # fmt: skip
        assert found.stdout, found.stderr
        self.seen: list[dict[str, Any]] = json.loads(found.stdout.splitlines()[-1])

    def after_a_cut(self, acknowledged: int, number: int) -> object:
        """The answer that the next start finds, when the power failed right after that step."""
        disk = Disk(self.before, self.start)
        for record in records(self.log):
            disk.take(record)
            if disk.acknowledged == acknowledged:
                break
        shutil.rmtree(self.room / "after", ignore_errors=True)
        disk.write(self.room / "after", dice(number))
        workspace = Workspace.open(self.room / "after" / "workspace")
        try:
            return workspace.visits.open(1).answers["q1", 0].value
        finally:
            workspace.close()


@pytest.mark.parametrize("number", [errno.EIO, *([errno.ENOSPC] if MANY else [])])
def test_the_screen_does_not_say_saved_keeps_the_text_and_saves_it_later(
    library: Path, stage: Stage, room: Path, tally: Tally, number: int
) -> None:
    """Every sync fails: from the keys, through saver, lane and database, back to the screen."""
    sat = Sat(library, stage, room, number, "hears")
    good, bad, again = sat.seen
    assert (good["head"][:6], good["disk"]) == ("Đã lưu", '"mot"')
    assert bad["head"] == "Chưa lưu được"
    assert not [said for said in bad["said"] if said.startswith("Đã lưu")]
    assert (bad["text"], bad["disk"], bad["leaves"]) == ("mot hai", '"mot"', False)
    assert "workspace" in bad["banner"]
    assert (again["head"][:6], again["disk"], again["banner"]) == ("Đã lưu", '"mot hai"', "")
    count = times(8)
    for cut in range(count):
        assert sat.after_a_cut(1, cut) == "mot"
        assert sat.after_a_cut(2, cut) == "mot hai"
    tally(cuts=2 * count)


def test_the_canary_says_saved(library: Path, stage: Stage, room: Path) -> None:
    """A saver that hears no refusal is seen: it says Saved over an answer that is not on disk."""
    _, bad, _ = Sat(library, stage, room, errno.EIO, "deaf").seen
    assert bad["head"].startswith("Đã lưu")
    assert (bad["text"], bad["disk"]) == ("mot hai", '"mot"')
