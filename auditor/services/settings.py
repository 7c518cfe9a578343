"""The person's choices on disk: one small JSON file, written whole or not at all."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from auditor.domain.settings import Settings, Theme
from auditor.services.folders import settings_file
from auditor.store import files
from auditor.words import LANGUAGES

TEXT_SIZES = range(90, 151)


def load(path: Path | None = None, usual: Settings | None = None) -> Settings:
    """The kept choices; ``usual`` where there are none or they make no sense.

    A file that cannot be read is kept beside itself as ``settings.json.bad``, never erased.
    """
    path, usual = path or settings_file(), usual or Settings()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return usual
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".bad"))
        return usual
    return _typed(found, usual)


def save(settings: Settings, path: Path | None = None) -> None:
    """Raises OSError when the folder refuses; the old choices stay then."""
    path = path or settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
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
        case "language_chosen":
            return isinstance(value, bool)
        case "workspace":
            return value is None or (isinstance(value, str) and value != "")
        case _:
            return isinstance(value, str) and value != ""
