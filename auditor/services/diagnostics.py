"""A bundle for support: versions, health, sizes, logs. No answer, name, photo or place is in it.

Logs keep their lines and the way of each traceback; what an exception said is left out, since it
may quote an answer, and so are paths: a home folder is often a name.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from auditor import __version__
from auditor.domain.errors import RefusedError, UserError
from auditor.services.doctor import Finding, Findings, examine, unopened
from auditor.services.log import log_file
from auditor.services.workspace import Workspace
from auditor.store import driver, failures, files
from auditor.store.folder import ASIDE, BACKUPS, EVIDENCE, PRINTS, THUMBS
from auditor.store.tables import METADATA
from auditor.words import WORDS

PACKAGES = ("PySide6-Essentials", "SQLModel", "SQLAlchemy", "reportlab", "pillow", "pi-heif",
            "pypdfium2", "pydantic", "ruamel.yaml", "sqlcipher3")  # fmt: skip
#: Of each log file, the newest part.
LOG_BYTES = 500_000
#: Values of findings that no person wrote; any other is left out.
_PLAIN = ("fault", "version", "journal", "entry", "count", "size", "bytes", "time", "number",
          "table", "need", "free")  # fmt: skip
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
#: Other lines that are kept; behind these comes a trace.
_HEAD = "auditor "
_TRACE = ("Traceback", "Fatal Python error", "Windows fatal exception", "Current thread", "Thread ")
_LAST_CALL = "(most recent call last):"
_RAISED = re.compile(r"([A-Za-z_][\w.]*)(?::|$)")
_PATHS = re.compile(r"(?:[A-Za-z]:\\|\\\\|/)(?:[^\s:\"'<>|*?]+[\\/])+")
#: The file of a frame, whatever blanks there are in the names above it.
_FRAME = re.compile(r'^  File "(?:[^"]*[\\/])?([^"\\/]*)"')


def write(folder: Path, to: Path) -> Path:
    """Write the bundle of the workspace in ``folder`` to the file ``to``; returns its path.

    A workspace that does not open is told as such. Raises RefusedError ``exists``, NotSavedError.
    """
    if os.path.lexists(to):
        raise RefusedError("exists", "{path} is there already. Choose another name.", path=to)
    content = dict(_content(folder))
    try:
        with files.replacing(to) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as out:
            for name, text in content.items():
                out.writestr(name, text)
    except OSError as error:
        raise failures.file_failure(error, to.parent) from error
    return to


def _content(folder: Path) -> Iterator[tuple[str, str]]:
    findings, rows = _look(folder)
    yield "versions.json", _json(versions())
    yield "health.json", _json([_told(finding) for finding in findings.findings])
    yield "sizes.json", _json({"rows": rows, "files": _sizes(folder)})
    for path in sorted(filter(files.is_plain, log_file(folder).parent.glob("*.log*"))):
        with suppress(OSError):  # one that may not be read is no reason to have no bundle
            text = path.read_bytes()[-LOG_BYTES:].decode("utf-8", "replace")
            yield f"logs/{path.name}", without_words(text, folder)


def _told(finding: Finding) -> dict[str, str]:
    values = {k: str(v) if k in _PLAIN else "…" for k, v in finding.values.items()}
    sentence = WORDS.text("en", finding.message, **values)
    return {"level": finding.level.value, "code": finding.code, "sentence": sentence}


def _look(folder: Path) -> tuple[Findings, dict[str, int]]:
    """Health, and how many rows each table has."""
    try:
        workspace = Workspace.open(folder, write=False)
    except UserError as error:
        return unopened(error), {}
    try:
        return examine(workspace), workspace.read(_count_rows)
    finally:
        workspace.close()


def _count_rows(connection: Connection) -> dict[str, int]:
    tables = sorted(METADATA.tables.values(), key=lambda table: table.name)
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in tables
    }


def versions() -> dict[str, Any]:
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "auditor": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "bits": sys.maxsize.bit_length() + 1,
        "sqlite": driver.module.sqlite_version,
        "driver": driver.module.__name__,
        "journal": driver.JOURNAL,
        "schema": driver.SCHEMA,
        "packages": dict(_installed()),
    }


def _installed() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            yield name, "not installed"


def _sizes(folder: Path) -> dict[str, dict[str, int]]:
    """Files and bytes of each part of the workspace."""
    found = {}
    for name in (EVIDENCE, PRINTS, THUMBS, BACKUPS, ASIDE):
        sizes = [
            path.lstat().st_size for path in (folder / name).rglob("*") if files.is_plain(path)
        ]
        found[name] = {"files": len(sizes), "bytes": sum(sizes)}
    database = folder / driver.DATABASE
    found["database"] = {
        "files": int(database.exists()),
        "bytes": database.stat().st_size if database.exists() else 0,
    }
    return found


def without_words(log: str, folder: Path) -> str:
    """``log`` without what people wrote: messages of exceptions, paths outside the workspace."""
    for place, name in ((folder, "<workspace>"), (Path.home(), "<home>")):
        for spelt in {str(place), str(place.absolute()), place.as_posix()}:
            log = log.replace(spelt, name)
    return "\n".join(_kept_lines(log)) + "\n"


def _kept_lines(log: str) -> Iterator[str]:
    inside = False  # a trace, whose last line names the exception; its message may go on
    for line in log.splitlines():
        if _STAMP.match(line) or line.startswith((_HEAD, *_TRACE)):
            inside = line.startswith(_TRACE)
            yield _PATHS.sub("…/", line)
        elif inside and line.startswith("  "):
            yield _PATHS.sub("…/", _FRAME.sub(r'  File "…/\1"', line))
        elif inside and (raised := _RAISED.match(line)):
            inside = line.endswith(_LAST_CALL)  # the trace of another process is its message
            yield f"{raised[1]}: …"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
