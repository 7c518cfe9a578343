"""The person's choices on disk: one small JSON file, written whole or not at all."""

from __future__ import annotations

import json
import stat
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from auditor.domain.settings import Settings, Theme
from auditor.services.folders import settings_file
from auditor.store import files
from auditor.words import LANGUAGES

TEXT_SIZES = range(90, 151)
#: Of a settings file; ours has some 300.
MAX_BYTES = 100_000


def load(path: Path | None = None, usual: Settings | None = None) -> Settings:
    """The kept choices; ``usual`` where there are none or they make no sense.

    A file that cannot be read is kept beside itself as ``settings.json.bad``, never erased.
    """
    path, usual = path or settings_file(), usual or Settings()
    try:
        found = json.loads(_text(path))
    except FileNotFoundError:
        return usual
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".bad"))
        return usual
    return _typed(found, usual)


def _text(path: Path) -> str:
    """Raises OSError, and ValueError for what is no small file of text."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError(path)
    with path.open("rb") as file:
        return file.read(MAX_BYTES).decode()


def save(settings: Settings, path: Path | None = None) -> None:
    """Raises OSError when the folder refuses; the old choices stay then."""
    path = path or settings_file()
    files.make_folder(path.parent)
    files.sync_way(path.parent)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2)
    files.write_durably(path, text.encode())


def _typed(found: dict[str, Any], usual: Settings) -> Settings:
    """Each value that fits its field replaces the usual one; the rest is left alone."""
    fitting = {
        field.name: found[field.name]
        for field in fields(Settings)
        if field.name in found and _fits(field.name, found[field.name])
    }
    if "theme" in fitting:
        fitting["theme"] = Theme(fitting["theme"])
    return replace(usual, **fitting)


def _fits(name: str, value: object) -> bool:
    match name:
        case "language":
            return value in LANGUAGES
        case "theme":
            return value in tuple(Theme)
        case "text_size":
            return type(value) is int and value in TEXT_SIZES
        case "language_chosen" | "touch":
            return isinstance(value, bool)
        case "workspace":
            return value is None or (isinstance(value, str) and _is_path(value))
        case _:
            return isinstance(value, str) and value != "" and _is_whole(value)


def _is_path(text: str) -> bool:
    """Whether the system takes ``text`` as the name of a folder, there or not."""
    try:
        Path(text).exists()
    except (OSError, ValueError):
        return False
    return text != "" and _is_whole(text)


def _is_whole(text: str) -> bool:
    """False for half a surrogate pair, which no file can hold."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
