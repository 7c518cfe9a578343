"""Heavy photos in a process of their own: ``python -m tests.hostile.child CASE…``.

One line of JSON for each: its name, the code that is told ("" for a good one), seconds, megabytes.
"""

from __future__ import annotations

import json
import sys

from auditor.services.pictures import prepare
from tests.hostile import bounds, photos

#: More than a case may take, so that its peak is measured; less than hurts the machine.
CAP = 1500


def main(names: list[str]) -> None:
    for form in ("JPEG", "HEIF"):
        prepare(photos.sample(form), "warm.jpg")  # what is loaded once is nobody's
    bounds.cap_memory(CAP)
    bombs = photos.bombs()
    for name in names:
        run(name, bombs[name]())


def run(name: str, content: bytes) -> None:
    codes: list[str] = []
    spent = bounds.measured(
        lambda: codes.append(bounds.refusal(lambda: prepare(content, "x.jpg"), seconds=60))
    )
    told = {"name": name, "code": codes[0], "seconds": spent.seconds, "megabytes": spent.megabytes}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
