"""Sessions in a process of their own, which a test orders and watches."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain.errors import UserError
from tests.faults.acts import SESSIONS, Clock
from tests.faults.disk import Disk, Record, records
from tests.faults.looking import Look, Lost, look_after, require

HERE = Path(__file__).parent
#: How often `make faults` cuts each session; the usual suite takes what each test says.
MANY = int(os.environ.get("AUDITOR_FAULT_CUTS", "0"))


def times(usual: int) -> int:
    return MANY or usual


class Worker:
    """Sessions in forks of one process that has everything loaded."""

    def __init__(self, library: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"LD_PRELOAD": str(library)},
        )

    def order(self, **order: Any) -> dict[str, Any]:
        """``session``, ``world`` and ``log``, and what ``worker.run`` reads besides."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order, default=str) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "bug" not in told, told["bug"]
        return told

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@dataclass(frozen=True, slots=True)
class Told:
    """A session that went well: the world ``before``, what was recorded in ``start``, and
    ``looks``, where number n is the state after step n."""

    name: str
    before: Path
    start: Path
    taken: list[Record]
    looks: list[Look]
    operations: int

    @property
    def steps(self) -> int:
        return len(self.looks) - 1

    def after(self, world: Path) -> Look:
        """What the next start finds in ``world``. Raises Lost where it refuses."""
        clock = Clock()
        clock.step(self.steps + 1)
        try:
            return look_after(world, SESSIONS[self.name].place, clock)
        except UserError as error:
            raise Lost(f"{error.code}: {error}") from error

    def require(self, world: Path, acknowledged: int, *, twice: bool = False) -> None:
        require(self.after(world), self.looks, acknowledged, twice=twice)


def play(
    worker: Worker, name: str, world: Path, room: Path, *, refused_too: bool = False, **order: Any
) -> Told:
    """Play a session on a copy of ``world``, recorded and looked at. ``refused_too``: a step may
    be refused and taken again."""
    before, start, log, looks = (room / part for part in ("before", "start", "log", "looks"))
    for copy in (before, start, room / "first"):
        shutil.copytree(world, copy)
    done = worker.order(session=name, world=start, log=log, looks=looks, **order)
    assert refused_too or done["refused"] == []
    first = look_after(room / "first", SESSIONS[name].place)
    after = json.loads(looks.read_text())
    return Told(name, before, start, records(log), [first, *after], done["operations"])


def cuts(taken: list[Record], count: int, seed: int) -> list[int]:
    """Where to cut, in order: anywhere, and right behind acknowledgements."""
    chance = random.Random(seed)
    behind = [n + 1 for n, record in enumerate(taken) if record.op == "A"]
    spread = [chance.randint(0, len(taken)) for _ in range(count - count // 2)]
    return sorted(spread + [chance.choice(behind) for _ in range(count // 2)])


def states(told: Told, room: Path, count: int, seed: int = 1) -> Iterator[tuple[Path, int]]:
    """Worlds that power cuts leave, each with the number of steps acknowledged before it."""
    disk, at = Disk(told.before, told.start), 0
    for number, cut in enumerate(cuts(told.taken, count, seed)):
        while at < cut:
            disk.take(told.taken[at])
            at += 1
        shutil.rmtree(room / "after", ignore_errors=True)
        disk.write(room / "after", random.Random(f"{seed} {number}"))
        yield room / "after", disk.acknowledged
