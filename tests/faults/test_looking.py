"""The look, and the doctor, see what the office keeps: figures of lists, logos and proofs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.services import doctor, rollups
from auditor.services.workspace import Workspace
from auditor.store.queries import rollups as rollup_queries
from tests.faults.acts import SESSIONS
from tests.faults.looking import wrong
from tests.faults.room import Room
from tests.faults.sessions import MakeWorld

SPOILT = (
    "UPDATE location_rollup SET score = 1 WHERE location_id = 1",
    "UPDATE location_rollup SET visits = visits + 1 WHERE location_id = 1",
    "DELETE FROM location_rollup WHERE location_id = 1",
    "INSERT INTO location_rollup (location_id, visits) VALUES (3, 1)",
)


@pytest.fixture
def workspace(world: MakeWorld, room: Path) -> Iterator[Workspace]:
    """After the session of the office, and with a third location that nobody visited."""
    place = Room(Path(shutil.copytree(world("submitted"), room / "office")))
    for step, act in enumerate(SESSIONS["office"].acts, 1):
        place.clock.step(step)
        act(place)
    place.workspace.places.add_location(1, "3", "C")
    yield place.workspace
    place.close()


def test_no_picture_of_a_logo_or_a_proof_goes_unseen(workspace: Workspace) -> None:
    assert wrong(workspace) == []
    shown = [path for _, path in workspace.evidence.files.stored()]
    named = workspace.store.raw.execute(
        "SELECT logo FROM brand UNION SELECT proof FROM corrective_action"
    ).fetchall()
    office = [path for path in shown if (path.name[:64],) in named]
    assert len(office) == 4 + 3, "a logo is printed from a picture of its own"
    for path in office:
        kept = path.read_bytes()
        path.unlink()
        assert len(wrong(workspace)) == 1, path
        path.write_bytes(kept)


def test_a_roll_up_that_differs_is_seen_and_mended(workspace: Workspace) -> None:
    before = workspace.read(rollup_queries.kept)
    for spoil in SPOILT:
        workspace.store.raw.execute(spoil)
        assert len(wrong(workspace)) == 1, spoil
        found = doctor.examine(workspace)
        faults = [each for each in found.findings if each.level is doctor.Level.FAULT]
        assert [(fault.code, fault.values) for fault in faults] == [("figures", {"count": 1})]
        assert rollups.mend(workspace.store) == 1
        assert workspace.read(rollup_queries.kept) == before
    assert rollups.mend(workspace.store) == 0
    assert doctor.examine(workspace).healthy
