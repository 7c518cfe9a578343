"""Sessions in a process of their own, which a test orders and watches."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from auditor.domain.errors import UserError
from tests.faults.acts import SESSIONS
from tests.faults.disk import Disk, Record, records
from tests.faults.looking import Look, Lost, look_after, require
from tests.faults.room import Clock

HERE = Path(__file__).parent
MakeWorld: TypeAlias = Callable[[str], Path]
#: How often `make faults` cuts each session; the usual suite takes what each test says.
MANY = int(os.environ.get("AUDITOR_FAULT_CUTS", "0"))


#: Another number, and other moments are chosen.
SEED = os.environ.get("AUDITOR_FAULT_SEED", "1")


def dice(*of: object) -> random.Random:
    """Chance that is the same each time for the same seed."""
    return random.Random(f"{SEED} {of}")


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
    """A session that was recorded: the world ``before``, what happened in ``start``, and
    ``looks``, where number n is the state after step n when all goes well. ``operations`` counts
    them up to the end of each step."""

    name: str
    before: Path
    start: Path
    taken: list[Record]
    looks: list[Look]
    operations: list[int]

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

    def step_of(self, operation: int) -> int:
        """The step in which the operation of that number is done; the first is number 1."""
        return bisect_left(self.operations, operation) + 1


class Stage:
    """Where sessions are played. What is the same for every test is played once."""

    def __init__(self, worker: Worker, world: MakeWorld, room: Path) -> None:
        self.worker, self.world, self._room = worker, world, room
        self._looks: dict[str, list[Look]] = {}
        self._whole: dict[str, Told] = {}

    def copy(self, name: str, place: Path) -> Path:
        """The world that the session begins with, in ``place``, of which nothing is left."""
        shutil.rmtree(place, ignore_errors=True)
        return Path(shutil.copytree(self.world(SESSIONS[name].world), place))

    def looks(self, name: str) -> list[Look]:
        """The state after each step of a session that goes well; first that before it."""
        if name not in self._looks:
            room = Path(tempfile.mkdtemp(dir=self._room))
            start, told = self.copy(name, room / "start"), room / "looks"
            self.worker.order(session=name, world=start, log=room / "log", looks=told)
            self._looks[name] = [self._first(name, room), *json.loads(told.read_text())]
        return self._looks[name]

    def _first(self, name: str, room: Path) -> Look:
        return look_after(self.copy(name, room / "first"), SESSIONS[name].place)

    def whole(self, name: str) -> Told:
        """The session as it goes well. Nothing in its folders may be changed."""
        if name not in self._whole:
            self._whole[name] = self.play(name, Path(tempfile.mkdtemp(dir=self._room)))
        return self._whole[name]

    def play(self, name: str, room: Path, *, refused_too: bool = False, **order: Any) -> Told:
        """Record a session in ``room``, which is emptied. ``refused_too``: a step may be refused
        and taken again."""
        shutil.rmtree(room, ignore_errors=True)
        before, start = self.copy(name, room / "before"), self.copy(name, room / "start")
        log, looks = room / "log", room / "looks"
        if SESSIONS[name].real_clock:  # no other session is like it
            order["looks"] = looks
        done = self.worker.order(session=name, world=start, log=log, **order)
        assert refused_too or done["refused"] == []
        if SESSIONS[name].real_clock:
            seen = [self._first(name, room), *json.loads(looks.read_text())]
        else:
            seen = self.looks(name)[: order.get("steps", 10**9) + 1]
        return Told(name, before, start, records(log), seen, done["operations"])


def cuts(taken: list[Record], count: int, seed: int) -> list[int]:
    """Where to cut, in order: anywhere, and right behind acknowledgements."""
    chance = dice(seed)
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
        disk.write(room / "after", dice(seed, number))
        yield room / "after", disk.acknowledged
