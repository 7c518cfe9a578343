"""A whole workspace in one file: a ZIP of database, evidence and a manifest of hashes.

Reading one trusts nothing: names are whitelisted, the entries must be those of the manifest, sizes
are capped while streaming and every byte is hashed. Nothing is written outside the target.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from auditor import __version__
from auditor.domain.errors import WorkspaceError
from auditor.domain.work import Cancel, Progress
from auditor.store import check, driver, files
from auditor.store.evidence import EvidenceFiles
from auditor.store.times import utc_text
from auditor.words import mark

FORMAT = "auditor-backup/1"
ENDING = ".auditor-backup"
MANIFEST = "manifest.json"
MAX_MANIFEST = 64 * 1024 * 1024
CHUNK = 1024 * 1024
_ENTRY = re.compile(r"^(evidence|prints|thumbs)/([0-9a-f]{2})/\2[0-9a-f]{62}\.[a-z0-9]{1,5}$")
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
    """Pack ``database`` (a checked copy) and the evidence files into ``final``, whole or not."""
    paths = [(driver.DATABASE, database)]
    for _, path in evidence.stored():
        paths.append((path.relative_to(evidence.folder).as_posix(), path))
    with files.replacing(final) as part:
        with zipfile.ZipFile(part, "w", allowZip64=True) as archive:
            entries = list(_pack(archive, paths, progress, cancel))
            archive.writestr(MANIFEST, _manifest(entries, at), zipfile.ZIP_DEFLATED)
        cancel.check()


def _pack(
    archive: zipfile.ZipFile, paths: list[tuple[str, Path]], progress: Progress, cancel: Cancel
) -> Iterator[Entry]:
    for done, (name, path) in enumerate(paths):
        cancel.check()
        progress(done, len(paths), name)
        packed = zipfile.ZIP_DEFLATED if name == driver.DATABASE else zipfile.ZIP_STORED
        info = _info(name, packed, path.stat().st_size)
        with path.open("rb") as source, archive.open(info, "w") as target:
            size, sha256 = _copy(source, target, path.stat().st_size + CHUNK)
        yield Entry(name, size, sha256)
    progress(len(paths), len(paths), "")


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
    it may be used then) or OSError."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = _entries(archive)
            for done, entry in enumerate(entries):
                cancel.check()
                progress(done, len(entries), entry.name)
                _unpack(archive, entry, target)
            progress(len(entries), len(entries), "")
    except BROKEN as error:
        raise bad_backup(source) from error
    if not check.is_good_copy(target / driver.DATABASE):
        raise bad_backup(source)


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
    if entry.name.startswith("evidence/") and not path.name.startswith(sha256):
        raise ValueError("not the bytes of its name")
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
