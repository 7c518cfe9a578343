"""A screen without a screen that is as large as a person's: menus and dialogs find room."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

SCREEN = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080,
          "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip


def platform() -> str:
    """For QT_QPA_PLATFORM, before Qt is imported."""
    path = Path(tempfile.mkdtemp(prefix="screen-")) / "screen.json"
    path.write_text(json.dumps({"windowFrameMargins": False, "screens": [SCREEN]}))
    return f"offscreen:configfile={path}"
