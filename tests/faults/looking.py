"""All that a person would miss: every row of the workspace, its evidence, the files around it.

Two looks at the same state are equal, also in two runs of the same session: random identities,
salts and the hashes over them are left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from auditor.services import rollups
from auditor.services.workspace import Workspace
from auditor.store import backup, check, driver, events
from auditor.store.evidence import holds
from auditor.store.folder import LOGS
from auditor.store.queries import issued
from auditor.store.tables import METADATA
from auditor.store.units import Clock, utc_now

Look: TypeAlias = dict[str, Any]

#: What is random, and what hashes it.
RANDOM = frozenset({"uid", "salt", "digest", "previous", "hash"})
#: A run of reports that is tried again enters what it lacked, in other transactions, and the same
#: bytes perhaps twice: what counts is that each file is entered, as the trail tells (``wrong``).
PASSING = {"issued_report": frozenset({"id", "pack_id", "issued_at"})}
_ENTERED = f"SELECT id FROM event WHERE kind = '{issued.ENTERED}'"
WITHIN = {"event": f"id NOT IN ({_ENTERED})", "event_payload": f"event_id NOT IN ({_ENTERED})"}
#: Facts of the creation of a workspace.
BIRTH = frozenset({"uid", "created_at"})
#: A good backup from before a migration, which every start that migrates makes anew.
FIRST = "of an older schema"
#: Where files lie that a person opens, below the world of a test.
AROUND = ("out", "config", "workspace/backups")


def look(world: Path, workspace: Workspace) -> Look:
    """The state of an open workspace and of the files in ``world``."""
    with workspace.store.failures():
        found = {"rows": rows(workspace.store.raw), "wrong": wrong(workspace)}
    return {**found, "files": around(world)}


def look_after(world: Path, place: str = "workspace", clock: Clock = utc_now) -> Look:
    """What the next start of the app finds. Raises UserError where it refuses."""
    for part in world.rglob("*.part*"):
        os.utime(part, (0, 0))  # the next day: nobody is at it any more
    workspace = Workspace.open(world / place, clock=clock)
    try:
        left = [str(p) for p in workspace.folder.rglob("*") if ".part" in p.name]
        found = look(world, workspace)
        found["wrong"] += left
        return found
    finally:
        workspace.close()


def rows(raw: driver.Connection) -> dict[str, list[list[str]]]:
    """Each table that has rows, in the order of its keys."""
    return {name: found for name in sorted(METADATA.tables) if (found := _rows(raw, name))}


def _rows(raw: driver.Connection, name: str) -> list[list[str]]:
    columns, keys = _columns(name)
    within = WITHIN.get(name, "1")
    once = "DISTINCT" if name in PASSING else ""
    query = f"SELECT {once} {columns} FROM {name} WHERE {within} ORDER BY {keys}"
    found = raw.execute(query).fetchall()
    if name == "meta":
        found = [row for row in found if row[0] not in BIRTH]
    return [[_short(value) for value in row] for row in found]


@cache
def _columns(name: str) -> tuple[str, str]:
    table = METADATA.tables[name]
    left_out = RANDOM | PASSING.get(name, frozenset())
    columns = [column.name for column in table.c if column.name not in left_out]
    keys = [key.name for key in table.primary_key.columns if key.name not in left_out]
    return ", ".join(columns), ", ".join(keys or columns)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) < 400 else hashlib.sha256(text.encode()).hexdigest()


_HELD = """
SELECT evidence.sha256, media_type, kind, turn FROM evidence
LEFT JOIN visit_evidence ON visit_evidence.sha256 = evidence.sha256
"""


#: Pictures that something other than a visit names.
_SHOWN = """
SELECT 'logo', logo FROM brand WHERE logo IS NOT NULL
UNION ALL SELECT 'proof', proof FROM corrective_action WHERE proof IS NOT NULL
"""


def wrong(workspace: Workspace) -> list[str]:
    """What is broken, in words for the test's message; empty when all is whole."""
    raw, files = workspace.store.raw, workspace.evidence.files
    found = list(check.all_faults(raw))
    found += [f"link {number} of the trail" for number in workspace.read(events.broken_links)]
    if altered := workspace.read(issued.altered):
        found.append(f"{altered} reports are entered otherwise than the trail tells")
    found += [f"the roll-up of location {key}" for key in workspace.read(rollups.differing)]
    for sha256, media_type, kind, turn in raw.execute(_HELD).fetchall():
        if not holds(files.original(sha256, media_type), sha256):
            found.append(f"{sha256[:8]} has a row and no file")
        if kind == "photo":
            pictures = (files.print(sha256, turn), files.thumb(sha256, turn))
            found += [f"{path} is gone" for path in pictures if not path.exists()]
    for what, sha256 in raw.execute(_SHOWN).fetchall():
        shown = [files.logo(sha256)] if what == "logo" else []
        shown += [files.print(sha256), files.thumb(sha256)]
        found += [f"{path} of a {what} is gone" for path in shown if not path.exists()]
    return found


def around(world: Path) -> dict[str, str]:
    """Name and content of each file that a person may open. Hidden names are unfinished ones, and
    what is told by the real clock is left out."""
    return {
        str(path.relative_to(world)): content(path)
        for place in AROUND
        for path in sorted((world / place).rglob("*"))
        if path.is_file() and not _passing(path.relative_to(world))
    }


def _passing(path: Path) -> bool:
    return any(part == LOGS or part.startswith(".") for part in path.parts)


def content(path: Path) -> str:
    """What is in a file: the rows of a backup, the bytes of anything else."""
    whole = path.read_bytes()
    sha256 = hashlib.sha256(whole).hexdigest()
    if path.suffix == ".db":
        return _of_database(sha256, whole)
    if path.suffix == ".auditor-backup":
        return _of_archive(sha256, whole)
    return sha256


@lru_cache(maxsize=500)
def _of_database(_: str, whole: bytes) -> str:
    with tempfile.TemporaryDirectory() as room:
        copy = Path(room) / "copy.db"
        copy.write_bytes(whole)
        if not check.is_good_copy(copy):
            return "damaged"
        raw = driver.connect(copy)
        try:
            if driver.pragma(raw, "user_version") != driver.SCHEMA:
                return FIRST
            told = json.dumps(rows(raw))
        finally:
            raw.close()
    return hashlib.sha256(told.encode()).hexdigest()


@lru_cache(maxsize=500)
def _of_archive(_: str, whole: bytes) -> str:
    with tempfile.TemporaryDirectory() as room:
        copy = Path(room) / "copy.auditor-backup"
        copy.write_bytes(whole)
        if not backup.is_good(copy):
            return "damaged"
        try:
            with zipfile.ZipFile(copy) as archive:
                wrong = archive.testzip()
                evidence = sorted(name for name in archive.namelist() if "/" in name)
                inner = archive.read(driver.DATABASE)
        except (zipfile.BadZipFile, zlib.error):
            return "damaged"
        if wrong is not None:
            return "damaged"
    database = _of_database(hashlib.sha256(inner).hexdigest(), inner)
    return hashlib.sha256(json.dumps([database, evidence]).encode()).hexdigest()


class Lost(Exception):  # noqa: N818 - what the tests look for
    """Something acknowledged is not there, or something is half there."""


def require(found: Look, looks: list[Look], acknowledged: int, *, twice: bool = False) -> None:
    """All acknowledged steps are there, and of the one under way all or nothing.

    ``looks[n]`` is the look after step n. ``twice``: a step may have been taken again, which
    leaves another good file. Raises Lost.
    """
    if found["wrong"]:
        raise Lost(f"after step {acknowledged}: {found['wrong'][:3]}")
    near = looks[acknowledged : acknowledged + 2]
    if found["rows"] not in [each["rows"] for each in near]:
        raise Lost(f"after step {acknowledged}: {_difference(found['rows'], near[0]['rows'])}")
    known = {name for each in looks for name in each["files"]}
    more = {name: what for name, what in found["files"].items() if name not in known}
    if "damaged" in more.values() or (more and not twice and {*more.values()} != {FIRST}):
        raise Lost(f"after step {acknowledged}: nobody made {more}")
    files = {name: what for name, what in found["files"].items() if name in known}
    _require_files(files, looks[: acknowledged + 2], acknowledged)


def _difference(found: dict[str, Any], promised: dict[str, Any]) -> str:
    names = sorted(found.keys() | promised.keys())
    other = [name for name in names if found.get(name) != promised.get(name)]
    return "; ".join(f"{n}: {found.get(n)} for {promised.get(n)}"[:600] for n in other[:2])


def _require_files(found: dict[str, str], looks: list[Look], acknowledged: int) -> None:
    """A name holds what it held at one of the two states. A file that was removed may come back
    whole: nobody said that it is gone for good."""
    before, last = looks[acknowledged]["files"], looks[-1]["files"]
    for name in before.keys() | found.keys():
        if name in before:
            allowed = {before[name], last.get(name)}
        else:
            allowed = {each["files"].get(name) for each in looks} | {None}
        if found.get(name) not in allowed:
            raise Lost(f"after step {acknowledged}: {name} is {found.get(name, 'gone')}")
