"""A disk that is really full while somebody types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.faults.mounts import on_a_small_disk
from tests.faults.sessions import HERE, MakeWorld

pytestmark = pytest.mark.needs("unshare", "mount")


def sat(world: MakeWorld, room: Path, more: str) -> dict[str, Any]:
    script = HERE / "full_window.py"
    told: dict[str, Any] = on_a_small_disk(
        world("furnished"), room, "4m", "count=1", script, more=more
    )
    return told


def text_on(seen: dict[str, Any]) -> str:
    return str(seen["disk"]).strip('"')


def test_the_text_stays_and_is_saved_when_there_is_room(world: MakeWorld, room: Path) -> None:
    told = sat(world, room, "filled")
    typed, good, bad, still, again = (
        told[name] for name in ("typed", "good", "bad", "still", "again")
    )
    assert (good["head"][:6], text_on(good)) == ("Đã lưu", "dau")
    for seen in (bad, still):
        assert seen["banner"], "nothing was refused: this disk was never full"
        assert seen["head"] == "Chưa lưu được"
        assert not [said for said in seen["said"] if said.startswith("Đã lưu")]
        assert not seen["leaves"]
        assert len(text_on(seen)) < len(seen["text"])
        assert seen["text"].startswith(text_on(seen))
    assert "đầy" in bad["banner"]
    assert still["text"] == again["text"] == typed == text_on(again)
    assert (again["head"][:6], again["banner"], again["leaves"]) == ("Đã lưu", "", True)


def test_the_canary_has_room(world: MakeWorld, room: Path) -> None:
    """The same keys on the same disk without what fills it: no refusal."""
    told = sat(world, room, "room")
    for name in ("good", "bad", "still", "again"):
        seen = told[name]
        assert (seen["head"][:6], seen["banner"]) == ("Đã lưu", "")
        assert text_on(seen) == seen["text"]
    assert told["again"]["text"] == told["typed"]
