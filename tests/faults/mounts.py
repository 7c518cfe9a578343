"""A file system of a few megabytes, for one process alone."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.sessions import HERE


def _own_mounts() -> list[str]:
    """How this machine lets a process mount for itself alone; a container may forbid it: then this
    test is skipped aloud, and in CI it fails."""
    for how in (["unshare", "-Urm"], ["unshare", "-m"]):
        if not subprocess.run(
            [*how, "mount", "-t", "tmpfs", "x", "/mnt"], stderr=subprocess.DEVNULL
        ).returncode:
            return how
    refuse = pytest.fail if os.environ.get("CI") else pytest.skip
    return refuse("this machine lets no process mount for itself")


def on_a_small_disk(
    world: Path, room: Path, size: str, ballast: str, *python: object, more: str = ""
) -> Any:
    """What Python prints, started with these words and that of a workspace on a file system of its
    own; ``ballast`` is what lies there besides, in the words of dd."""
    small = room / "small"
    small.mkdir(exist_ok=True)
    program = shlex.join(map(str, [sys.executable, *python, f"{small}/workspace"]))
    script = (
        f"mount -t tmpfs -o size={size} tmpfs {small} && cp -r {world}/. {small} && "
        f"dd if=/dev/zero of={small}/ballast bs=1024 {ballast} status=none; {program} {more}"
    )
    found = subprocess.run(
        [*_own_mounts(), "sh", "-c", script], capture_output=True, text=True, cwd=HERE.parents[1]
    )
    assert found.stdout, found.stderr
    return json.loads(found.stdout.splitlines()[-1])
