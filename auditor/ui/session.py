"""A mark on disk while a visit is open: found at the next start, it says the app was cut off."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

NAME = "open-visit"


def begin(folder: Path, visit_id: int) -> None:
    """The visit is open in the window from now on."""
    with suppress(OSError):  # a full disk: the draft is safe, only this mark is not
        if folder.is_dir():
            (folder / NAME).write_text(f"{visit_id}\n", encoding="ascii")


def end(folder: Path) -> None:
    """The visit was left in good order."""
    with suppress(OSError):  # a folder that may only be read
        (folder / NAME).unlink(missing_ok=True)


def left_open(folder: Path) -> int | None:
    """The visit that was open when the app was cut off; None after a clean end."""
    path = folder / NAME
    try:
        if not path.is_file():  # a pipe would be waited at for ever
            return None
        with path.open("rb") as file:
            found = re.fullmatch(rb"\s*([0-9]{1,18})\s*", file.read(100))
    except OSError:
        return None
    return int(found[1]) if found else None
