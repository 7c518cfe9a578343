"""Folders and files that may not be written, as a person meets them: root may write anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.store import driver
from tests.faults.looking import Lost
from tests.faults.sessions import Stage

pytestmark = pytest.mark.needs("gcc")

#: What is made read-only, with the session that meets it, the step at which, and how it is told.
LOCKED = {
    "the folder": ("answers", "workspace", 1, "read_only"),
    "the data file": ("answers", f"workspace/{driver.DATABASE}", 1, "read_only"),
    "the evidence": ("photos", "workspace/evidence", 1, "read_only"),
    "the prints": ("photos", "workspace/prints", 1, "read_only"),
    "the backups": ("backups", "workspace/backups", 2, "read_only"),
    "the target of a copy": ("export", "out", 2, "read_only"),
    "the target of reports": ("reports", "out", 1, "not_all_written"),
    "the folder above a new workspace": ("new workspace", "", 1, "read_only"),
}


@pytest.mark.parametrize("what", LOCKED)
def test_what_may_not_be_written_is_told_and_nothing_is_lost(
    stage: Stage, room: Path, what: str
) -> None:
    name, locked, step, code = LOCKED[what]
    start = stage.copy(name, room / "locked")
    refused = start / locked
    refused.chmod(0o444 if refused.is_file() else 0o555)
    told = stage.worker.order(
        session=name, world=start, log=room / "log", plain=True, once=True, steps=step
    )
    refused.chmod(0o755)
    assert [(at, said) for at, said, _ in told["refused"]] == [(step, code)]
    assert all(str(start) in sentence for _, _, sentence in told["refused"])
    stage.whole(name).require(start, step - 1)


def test_the_canary_may_write(stage: Stage, room: Path) -> None:
    """The same process in the same place, with nothing locked."""
    whole, start = stage.whole("photos"), stage.copy("photos", room / "open")
    told = stage.worker.order(
        session="photos", world=start, log=room / "log", plain=True, once=True
    )
    assert told["refused"] == []
    whole.require(start, whole.steps)
    with pytest.raises(Lost):
        whole.require(start, 0)
