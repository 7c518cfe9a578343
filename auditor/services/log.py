"""The log of a workspace: ``logs/auditor.log``, rotated, never about answers or names; and beside
it what Python writes when the process itself crashes."""

from __future__ import annotations

import faulthandler
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from auditor.store.folder import LOGS

NAME = "auditor.log"
MAX_BYTES, KEPT = 1_000_000, 5
#: Written by ``faulthandler`` while the process dies; empty otherwise.
FATAL = "fatal.log"


def log_file(folder: Path) -> Path:
    return folder / LOGS / NAME


class Handler(RotatingFileHandler):
    """Never in the way: a line that the disk does not take is lost, and the next one is tried in
    a folder made anew."""

    def _open(self) -> TextIO:  # type: ignore[override]
        path = Path(self.baseFilename)
        if path.parent.parent.is_dir():
            path.parent.mkdir(exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and not Path(self.baseFilename).exists():
            self._drop()  # the folder was removed while it was open
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        self._drop()

    def _drop(self) -> None:
        """Let go of the file; the next line opens it."""
        stream, self.stream = self.stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()


def attach(folder: Path) -> logging.Handler | None:
    """Write what the program logs into the workspace; None when the disk refuses the folder."""
    path = log_file(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    handler = Handler(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger("auditor").addHandler(handler)
    return handler


def detach(handler: logging.Handler) -> None:
    logging.getLogger("auditor").removeHandler(handler)
    with suppress(OSError):  # the last line did not fit on the disk
        handler.close()


@dataclass(frozen=True, slots=True)
class Fatal:
    """How the process before this one died, and when."""

    path: Path
    at: datetime


class FatalWatch:
    """Has a crash of the process itself (not of Python code) written into ``logs/``."""

    def __init__(self) -> None:
        self._file: TextIO | None = None
        self._path: Path | None = None

    def begin(self, folder: Path) -> Fatal | None:
        """Watch from now on; returns what the last watch in ``folder`` left, kept under another
        name. A folder that cannot be written is not watched."""
        self.end()
        path = folder / LOGS / FATAL
        if not path.parent.is_dir():
            return None
        try:
            found = _put_away(path)
            self._file, self._path = path.open("w", encoding="utf-8"), path
        except OSError:
            return None
        faulthandler.enable(self._file)
        return found

    def end(self) -> None:
        """A clean end: what is in the file killed nobody."""
        if self._file is None or self._path is None:
            return
        faulthandler.disable()
        with suppress(OSError):
            self._file.close()
            if self._path.stat().st_size:
                _put_away(self._path)
            else:
                self._path.unlink()
        self._file = None


def _put_away(path: Path) -> Fatal | None:
    """``fatal.log`` becomes ``fatal.log.1``, the older ones move up, the oldest goes."""
    if not path.exists() or not path.stat().st_size:
        return None
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{FATAL}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{FATAL}.{number + 1}"))
    kept = path.with_name(f"{FATAL}.1")
    path.replace(kept)
    return Fatal(kept, at)
