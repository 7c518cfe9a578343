"""The log of a workspace: ``logs/auditor.log``, rotated, never about answers or names."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from auditor.store.folder import LOGS

NAME = "auditor.log"
MAX_BYTES, KEPT = 1_000_000, 5


def log_file(folder: Path) -> Path:
    return folder / LOGS / NAME


def attach(folder: Path) -> logging.Handler | None:
    """Write what the program logs into the workspace; None when the disk refuses the folder."""
    path = log_file(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    handler = RotatingFileHandler(
        path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger("auditor").addHandler(handler)
    return handler


def detach(handler: logging.Handler) -> None:
    logging.getLogger("auditor").removeHandler(handler)
    handler.close()
