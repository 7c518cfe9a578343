"""A whole workspace in one file: a ZIP of database, evidence and a manifest of hashes.

Reading one trusts nothing: names are whitelisted, the entries must be those of the manifest, sizes
are capped while streaming and every byte is hashed. Nothing is written outside the target.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from auditor import __version__
from auditor.domain.errors import NotFoundError, WorkspaceError
from auditor.domain.work import Cancel, Progress
from auditor.store import check, driver, files
from auditor.store.evidence import REST, EvidenceFiles
from auditor.store.folder import EVIDENCE
from auditor.store.times import utc_text
from auditor.words import mark

FORMAT = "auditor-backup/1"
ENDING = ".auditor-backup"
MANIFEST = "manifest.json"
MAX_MANIFEST = 64 * 1024 * 1024
CHUNK = 1024 * 1024
#: Bytes of a whole backup for each that it has packed: our databases come to some 10.
MAX_RATIO = 100
#: Bytes that a disk keeps after a restore, for the work that follows.
SPARE = 16 * CHUNK
_ENTRY = re.compile(rf"(evidence|prints|thumbs)/([0-9a-f]{{2}})/\2[0-9a-f]{{62}}{REST}")
#: What reading an archive of garbage raises.
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError,
          NotImplementedError, RuntimeError)  # fmt: skip
_HASH = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    bytes: int
    sha256: str


def write(
    final: Path, database: Path, evidence: EvidenceFiles, at: datetime, progress: Progress,
    cancel: Cancel,
) -> None:  # fmt: skip
    """Pack ``database`` (a checked copy) and the evidence files into ``final``, whole or not.
    Raises WorkspaceError ``bad_copy``, NotFoundError, OSError of the disk of ``final``, Cancelled.
    """
    paths = [(driver.DATABASE, database)]
    for _, path in evidence.stored():
        paths.append((path.relative_to(evidence.folder).as_posix(), path))
    with files.replacing(final) as part:
        with zipfile.ZipFile(part, "w", allowZip64=True) as archive:
            entries = list(_pack(archive, paths, progress, cancel))
            archive.writestr(MANIFEST, _manifest(entries, at), zipfile.ZIP_DEFLATED)
        files.sync_file(part)
        _read_back(part, final, progress, cancel)


def _pack(
    archive: zipfile.ZipFile, paths: list[tuple[str, Path]], progress: Progress, cancel: Cancel
) -> Iterator[Entry]:
    for done, (name, path) in enumerate(paths):
        cancel.check()
        progress(done, 2 * len(paths), name)
        packed = zipfile.ZIP_DEFLATED if name == driver.DATABASE else zipfile.ZIP_STORED
        with _source(path) as source:
            length = os.fstat(source.fileno()).st_size
            with archive.open(_info(name, packed, length), "w") as target:
                size, sha256 = _copy(source, target, length + CHUNK)
        yield Entry(name, size, sha256)


def _source(path: Path) -> BinaryIO:
    """Raises NotFoundError: it is not the disk of the copy that refused."""
    try:
        return path.open("rb")
    except OSError as error:
        raise NotFoundError(
            "file", "{path} cannot be read. Check that it is still there.", path=path
        ) from error


def _read_back(part: Path, final: Path, progress: Progress, cancel: Cancel) -> None:
    """Raises WorkspaceError ``bad_copy`` where the disk did not keep what it was given."""
    try:
        with zipfile.ZipFile(part) as archive:
            entries = _entries(archive)
            for done, entry in enumerate(entries):
                cancel.check()
                progress(len(entries) + done, 2 * len(entries), entry.name)
                with archive.open(entry.name) as source:
                    found = file_digest(source)
                if found != entry.sha256:
                    raise ValueError("not the bytes that were written")
    except BROKEN as error:
        raise WorkspaceError(
            "bad_copy",
            "The copy {path} did not pass its check and was removed. Check the disk, then "
            "make the backup again.",
            path=final,
        ) from error
    progress(2 * len(entries), 2 * len(entries), "")
    cancel.check()


def file_digest(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _info(name: str, packed: int, size: int) -> zipfile.ZipInfo:
    """``size`` decides on the wide format (ZIP64), which must be known before writing."""
    info = zipfile.ZipInfo(name)
    info.compress_type, info.file_size = packed, size
    info.external_attr = 0o644 << 16
    return info


def _manifest(entries: list[Entry], at: datetime) -> str:
    facts = {"format": FORMAT, "made_at": utc_text(at), "app": __version__}
    return json.dumps(facts | {"files": [asdict(entry) for entry in entries]}, indent=1)


def _copy(source: IO[bytes], target: IO[bytes] | BinaryIO, most: int) -> tuple[int, str]:
    """Copy at most ``most`` bytes; returns size and hash. Raises ValueError beyond ``most``."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise ValueError("longer than promised")
        digest.update(chunk)
        target.write(chunk)
    return size, digest.hexdigest()


def read(source: Path, target: Path, progress: Progress, cancel: Cancel) -> None:
    """Unpack into the empty folder ``target``. Raises WorkspaceError ``bad_backup`` (nothing of
    it may be used then) or OSError.

    A photo that was spoilt before it was packed comes as it was, as the check of the data tells:
    for one such file nothing else may be lost.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            entries = _entries(archive)
            require_room(sum(entry.bytes for entry in entries), source, target)
            for done, entry in enumerate(entries):
                cancel.check()
                progress(done, len(entries), entry.name)
                _unpack(archive, entry, target)
            progress(len(entries), len(entries), "")
    except BROKEN as error:
        raise bad_backup(source) from error
    if not check.is_good_copy(target / driver.DATABASE):
        raise bad_backup(source)


def take(
    source: Path, wanted: frozenset[str], target: Path, progress: Progress, cancel: Cancel
) -> None:
    """Unpack into the empty folder ``target`` the files of ``wanted`` hashes alone, originals with
    their right bytes. Raises WorkspaceError ``bad_backup``, OSError."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [entry for entry in _entries(archive) if _is_wanted(entry, wanted)]
            require_room(sum(entry.bytes for entry in entries), source, target)
            for done, entry in enumerate(entries):
                cancel.check()
                progress(done, len(entries), entry.name)
                _unpack(archive, entry, target)
    except BROKEN as error:
        raise bad_backup(source) from error


def _is_wanted(entry: Entry, wanted: frozenset[str]) -> bool:
    kind, _, name = entry.name.rpartition("/")
    sound = not kind.startswith(EVIDENCE) or name.startswith(entry.sha256)
    return name[:64] in wanted and sound


def require_room(size: int, source: Path, target: Path) -> None:
    """Raises WorkspaceError where ``size`` bytes are more than ``source`` can honestly hold, or
    than there is room for: before anything is written."""
    if size > MAX_RATIO * source.stat().st_size + CHUNK:
        raise bad_backup(source)
    free = shutil.disk_usage(target).free
    if size + SPARE > free:
        raise WorkspaceError(
            "no_room",
            "The backup {path} needs {need} MB, and the disk that holds {folder} has {free} MB "
            "free. Free some space, then try again; nothing was changed.",
            path=source,
            folder=target.parent,
            need=-(-size // 1_000_000),
            free=free // 1_000_000,
        )


def is_listed_well(source: Path) -> bool:
    """Whether the archive has a manifest and its entries agree; their bytes are not read."""
    try:
        with zipfile.ZipFile(source) as archive:
            return bool(_entries(archive))
    except (OSError, *BROKEN):
        return False


def _entries(archive: zipfile.ZipFile) -> list[Entry]:
    """The manifest's entries, which must be those of the archive. Raises ValueError."""
    names = archive.namelist()
    if not all(map(_is_ours, archive.infolist())):
        raise ValueError("packed in another way")
    if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
        raise ValueError("manifest too large")
    with archive.open(MANIFEST) as file:
        facts: Any = json.loads(file.read(MAX_MANIFEST))
    if facts["format"] != FORMAT:
        raise ValueError("another format")
    entries = [Entry(**given) for given in facts["files"]]
    promised = [entry.name for entry in entries]
    if sorted([*promised, MANIFEST]) != sorted(names) or len(set(names)) != len(names):
        raise ValueError("entries differ from the manifest")
    if driver.DATABASE not in promised or not all(map(_allowed, entries)):
        raise ValueError("an entry is not allowed")
    return entries


def _is_ours(info: zipfile.ZipInfo) -> bool:
    """Other methods of packing fail in ways of their own, and so does a place before the file."""
    return info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) and (
        info.header_offset >= 0
    )


def _allowed(entry: Entry) -> bool:
    named = entry.name == driver.DATABASE or bool(_ENTRY.fullmatch(entry.name))
    sized = type(entry.bytes) is int and entry.bytes >= 0
    return named and sized and bool(_HASH.fullmatch(entry.sha256))


def _unpack(archive: zipfile.ZipFile, entry: Entry, target: Path) -> None:
    path = target / entry.name
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry.name) as source, path.open("xb") as out:
        size, sha256 = _copy(source, out, entry.bytes)
    if (size, sha256) != (entry.bytes, entry.sha256):
        raise ValueError("not the bytes that were promised")
    files.sync_file(path)


def bad_backup(path: Path) -> WorkspaceError:
    return WorkspaceError(
        "bad_backup",
        mark(
            "{path} is no whole backup of a workspace, so nothing was changed. Choose another "
            "backup."
        ),
        path=path,
    )
