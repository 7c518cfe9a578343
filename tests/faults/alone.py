"""A session of photos in a process that nothing is loaded into: another tool watches it.

Words: the world, the file that steps are acknowledged in, how many. It ends at the first refusal
and says its code.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.domain.errors import UserError
from tests.faults.acts import SESSIONS
from tests.faults.room import Room


def main(world: Path, steps: Path, count: int) -> str:
    room = Room(world)
    with steps.open("a", buffering=1) as acknowledged:
        for step, act in enumerate(SESSIONS["photos"].acts[:count], 1):
            room.clock.step(step)
            try:
                act(room)
            except UserError as error:
                return error.code
            acknowledged.write(f"{step}\n")
    return "done"


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])) + "\n")
