"""A mark on disk while a visit is open: found at the next start, it says the app was cut off."""

from __future__ import annotations

from pathlib import Path

NAME = "open-visit"


def begin(folder: Path, visit_id: int) -> None:
    """The visit is open in the window from now on."""
    if folder.is_dir():
        (folder / NAME).write_text(f"{visit_id}\n", encoding="ascii")


def end(folder: Path) -> None:
    """The visit was left in good order."""
    (folder / NAME).unlink(missing_ok=True)


def left_open(folder: Path) -> int | None:
    """The visit that was open when the app was cut off; None after a clean end."""
    try:
        text = (folder / NAME).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdigit() else None
