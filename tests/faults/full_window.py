"""A person at the window whose disk is really full while they type.

Words: the workspace, on a small disk, and whether the rest of it is ``filled``. Says in JSON what
stood on the screen and what lay on disk.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.ui import app, theme
from reports import fonts
from tests.faults.window import Person

WORDS = " mot hai ba bon nam sau bay tam"
#: Enough to fill what a journal has left over many times.
MOST = 12


def fill(ballast: Path) -> None:
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))


def main(folder: Path, *, filled: bool) -> dict[str, object]:
    app.create()
    theme.load_fonts(fonts.FILES.values())
    theme.apply(app.create(), theme.LIGHT)
    ballast, typed = folder.parent / "ballast-of-others", "dau"
    person = Person(folder)
    person.type(typed)
    good = person.seen()
    if filled:
        fill(ballast)
    for _ in range(MOST):
        person.said.clear()
        person.type(WORDS)
        typed += WORDS
        if person.screen.frame.banner.isVisible():
            break
    bad = person.seen()
    person.said.clear()
    person.type(" chin")  # one goes on with it
    typed += " chin"
    still = person.seen()
    ballast.unlink(missing_ok=True)
    if person.screen.frame.banner.isVisible():
        person.screen.frame.banner.retry.click()
        person.settle()
    again = person.seen()
    person.screen.hide()
    person.context.close()
    return {"typed": typed, "good": good, "bad": bad, "still": still, "again": again}


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), filled=sys.argv[2] == "filled")
    sys.stdout.write(json.dumps(told) + "\n")
