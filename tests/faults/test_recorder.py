"""The recorder sees every write, and another tool that injects faults finds the same promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.acts import SESSIONS
from tests.faults.conftest import Tally
from tests.faults.disk import records
from tests.faults.sessions import HERE, MANY, MakeWorld, Stage, times

pytestmark = pytest.mark.needs("gcc", "strace")

#: Every call that changes what a disk holds, by the letter of the recorder.
CALLS = {
    "W": ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendfile", "copy_file_range",
          "splice", "vmsplice"),
    "T": ("ftruncate", "truncate", "fallocate"),
    "F": ("fsync", "fdatasync", "sync_file_range", "syncfs", "sync", "msync"),
    "R": ("rename", "renameat", "renameat2"),
    "L": ("link", "linkat", "symlink", "symlinkat"),
    "U": ("unlink", "unlinkat", "rmdir"),
    "M": ("mkdir", "mkdirat", "mknod", "mknodat"),
    "O": ("open", "openat", "openat2", "creat"),
    "S": ("mmap",),
}  # fmt: skip
LETTER = {name: letter for letter, names in CALLS.items() for name in names}
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")


def strace(*words: object) -> list[str]:
    return ["strace", "-f", "-qq", *map(str, words)]


def test_the_recorder_sees_what_strace_sees(library: Path, world: MakeWorld, room: Path) -> None:
    """The same sessions under both: the same calls on the same files, in the same order."""
    names, trace = (
        ("notes", "restore", "reports", "new workspace", "settings", "export"),
        room / "t",
    )
    for name in names:
        shutil.copytree(world(SESSIONS[name].world), room / name / "world")
    orders = [
        {"session": name, "world": f"{room}/{name}/world", "log": f"{room}/{name}/log", "close": 1}
        for name in names
    ]
    command = strace(
        "--seccomp-bpf", "-y", "-s", 0, "-E", f"LD_PRELOAD={library}",
        "-e", f"trace={','.join(LETTER)}", "-o", trace, sys.executable, HERE / "worker.py",
    )  # fmt: skip
    lines = "".join(f"{json.dumps(order)}\n" for order in orders)
    found = subprocess.run(command, input=lines, capture_output=True, text=True)
    assert [json.loads(line)["refused"] for line in found.stdout.splitlines()] == [[]] * 6
    for name in names:
        recorded = [
            (record.op, record.path)
            for record in records(room / name / "log")
            if record.op != "A" and not record.path.endswith("-shm")
        ]
        assert len(recorded) > 20
        assert list(calls(trace.read_text(), f"{room}/{name}/world", recorded)) == recorded, name


def calls(trace: str, world: str, recorded: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Changing calls that worked on files of ``world``, in the recorder's letters.

    Whether an opened file was made anew is not in a trace: that is taken from the names so far.
    """
    there: set[str] = set()
    made = {path for op, path in recorded if op == "C"}
    for line in trace.splitlines():
        found = LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        letter, told = LETTER[found[1]], found[2]
        if letter == "W" and found[3] == "0":
            continue  # nothing was written
        path = next((path for path in paths(found[1], told) if path.startswith(world)), None)
        if path is None or path.endswith("-shm"):
            continue
        if letter == "S":
            assert "PROT_WRITE" not in told or "MAP_PRIVATE" in told, line
        elif letter == "O":
            if "O_CREAT" in told and path in made and path not in there:
                there.add(path)
                yield "C", path
            elif "O_TRUNC" in told:
                yield "T", path
        else:
            if letter in "RU":
                there.discard(path)
            yield letter, path


def paths(name: str, told: str) -> Iterator[str]:
    """Absolute paths of the arguments: quoted ones, also below a folder, and descriptors."""
    if name.endswith(("at", "at2")):
        for folder, quoted in re.findall(r"(?:AT_FDCWD|\d+)<([^>]*)>, \"([^\"]*)\"", told):
            yield quoted if quoted.startswith("/") else f"{folder}/{quoted}"
    else:
        for quoted, opened in re.findall(r"\"(/[^\"]*)\"|\d+<(/[^>]*)>", told):
            yield quoted or opened


#: Injected by strace, at the n-th such call of the process.
FAULTS = {
    "a write fails": ("pwrite64", "error=EIO"),
    "a disk is full": ("pwrite64", "error=ENOSPC"),
    "a sync fails": ("fsync,fdatasync", "error=EIO"),
    "a kill in a write": ("pwrite64", "signal=KILL"),
    "a kill in a sync": ("fsync,fdatasync", "signal=KILL"),
    "a kill at a rename": ("rename", "signal=KILL"),
}
FEW = ("a write fails", "a sync fails", "a kill in a write", "a kill at a rename")
STEPS = 12


@pytest.mark.parametrize("fault", FAULTS if MANY else FEW)
def test_another_injector_finds_the_same(
    stage: Stage, room: Path, tally: Tally, fault: str
) -> None:
    """Without the recorder: what was acknowledged is there, what was refused was not saved."""
    call, what = FAULTS[fault]
    counts = times(0) // 50 or 1
    for number in range(counts):
        when = 3 + number * max(1, 40 // counts)
        start = stage.copy("photos", room / "start")
        done = alone(start, room / "steps", f"{call}:{what}:when={when}+", call)
        stage.whole("photos").require(start, done, twice=True)
    tally(cuts=counts)


def alone(start: Path, steps: Path, inject: str, call: str) -> int:
    """A session in a process that only strace watches; returns the last step acknowledged."""
    steps.write_text("")
    killed = "KILL" in inject
    quick = () if killed else ("--seccomp-bpf",)  # it lets no signal in
    command = strace(
        *quick, "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={inject}",
        sys.executable, HERE / "alone.py", start, steps, STEPS,
    )  # fmt: skip
    ended = subprocess.run(command, capture_output=True, text=True)
    assert (ended.returncode == -signal.SIGKILL) == killed, ended.stderr
    assert killed or ended.stdout.split()[-1] in ("disk_error", "disk_full"), ended.stderr
    return len(steps.read_text().splitlines())
