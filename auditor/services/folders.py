"""Where things lie on this machine. Light: the window asks before anything else is loaded."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "mystery-auditor"


def default_folder() -> Path:
    """The workspace of a person who named none."""
    return user_data_path(APP, appauthor=False) / "workspace"


def own_certificate() -> Path:
    """Of this person on this machine: with its private key, so never in a workspace, which is
    backed up and moved."""
    return user_data_path(APP, appauthor=False) / "signing" / "seal.p12"


def settings_file() -> Path:
    return user_config_path(APP, appauthor=False) / "settings.json"
