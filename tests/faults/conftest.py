"""Worlds to break, a process that is watched while it works, and the table of `make faults`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.faults import worlds
from tests.faults.sessions import HERE, MANY, MakeWorld, Stage, Worker

Tally: TypeAlias = Callable[..., None]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorder, built."""
    library = tmp_path_factory.mktemp("recorder") / "recorder.so"
    build = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library]
    subprocess.run([*build, HERE / "recorder.c", "-ldl"], check=True)
    return library


@pytest.fixture(scope="session")
def worker(library: Path) -> Iterator[Worker]:
    running = Worker(library)
    yield running
    running.close()


@pytest.fixture(scope="session")
def quick_disk() -> Iterator[Path]:
    """A folder in memory where there is one: what is synced is recorded, not waited for."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="auditor-faults-", dir=place))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def room(quick_disk: Path) -> Iterator[Path]:
    """An empty folder of this test."""
    folder = Path(tempfile.mkdtemp(dir=quick_disk))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def world(quick_disk: Path) -> MakeWorld:
    """The world of a name, made once; sessions work on copies of it."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = worlds.make(name, quick_disk / f"world-{name.replace(' ', '-')}")
        return made[name]

    return get


@pytest.fixture(scope="session")
def stage(worker: Worker, world: MakeWorld, quick_disk: Path) -> Stage:
    return Stage(worker, world, quick_disk)


@pytest.fixture
def start(world: MakeWorld, room: Path) -> Path:
    """A fresh copy of the furnished world."""
    return Path(shutil.copytree(world("furnished"), room / "start"))


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """``tally(cuts=…, lost=…, corrupt=…)`` adds a line of `make faults`."""

    def tell(**counted: int) -> None:
        record_property("faults", counted)

    return tell


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was cut, and what was lost by it: nothing, but by the canaries."""
    rows = [
        (report.nodeid.partition("::")[2], counted, report.duration)
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, counted in report.user_properties
        if name == "faults" and report.when == "call"
    ]
    if not MANY or not rows:
        return
    terminalreporter.section("faults")
    head = f"{'test':<74}{'cuts':>7}{'lost':>7}{'corrupt':>9}{'seconds':>9}"
    terminalreporter.line(head)
    for name, counted, seconds in sorted(rows, key=lambda row: row[0]):
        lost, corrupt = counted.get("lost", 0), counted.get("corrupt", 0)
        told = f"{counted['cuts']:>7}{lost:>7}{corrupt:>9}{seconds:>9.1f}"
        terminalreporter.line(f"{name[:73]:<74}{told}")
