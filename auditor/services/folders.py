"""Where things lie on this machine. Light: the window asks before anything else is loaded."""

from __future__ import annotations

import re
from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "mystery-auditor"
#: How a workspace is called in the folder of a person.
NAMES = (APP, "workspace")
OWN = re.compile(r"workspace\b.*\.(db|lock|checked)\b", re.IGNORECASE | re.DOTALL)


def default_folder() -> Path:
    """The workspace of a person who named none."""
    return user_data_path(APP, appauthor=False) / "workspace"


def workspace_in(chosen: Path) -> Path:
    """The workspace that a person means by ``chosen``: itself, the one that it is a part of, or
    the one in it. A new one lies in ``chosen`` when that is empty, else beside what others keep
    there, in a folder of its own. Raises OSError."""
    from auditor.store.folder import PARTS

    if chosen.name in PARTS and _is_one(chosen.parent):
        return chosen.parent
    if not chosen.is_dir() or _is_one(chosen) or not any(chosen.iterdir()):
        return chosen
    return next(filter(_is_one, (chosen / name for name in NAMES)), chosen / APP)


def _is_one(folder: Path) -> bool:
    """Whether the data lies there, or what is left of a workspace without it."""
    return any(map(OWN.match, (path.name for path in _listed(folder))))


def _listed(folder: Path) -> tuple[Path, ...]:
    return tuple(folder.iterdir()) if folder.is_dir() else ()


def own_certificate() -> Path:
    """Of this person on this machine: with its private key, so never in a workspace, which is
    backed up and moved."""
    return user_data_path(APP, appauthor=False) / "signing" / "seal.p12"


def settings_file() -> Path:
    return user_config_path(APP, appauthor=False) / "settings.json"
