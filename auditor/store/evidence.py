"""Evidence files by hash: durable before their row, removed after it.

``evidence/ab/ab12….jpg`` is the untouched original; ``prints/`` and ``thumbs/`` hold the JPEGs
that were made of it, ``ab12….90.jpg`` those of a photo that was turned.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.domain.records import picture_name
from auditor.store import files
from auditor.store.folder import EVIDENCE, PRINTS, THUMBS

#: Held while a file is found to be there already, and while one that nothing names is removed.
GUARD = threading.Lock()
#: What follows the hash in the name of a file: the turn of its pictures, and the ending.
REST = r"(?:\.(?:90|180|270))?\.[a-z0-9]{1,5}"
_NAME = re.compile(rf"^[0-9a-f]{{64}}{REST}$")
#: The ending of an original by its media type; anything else is ``.bin``.
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heif": "heic",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/svg+xml": "svg",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "text/plain": "txt",
}


@dataclass(frozen=True, slots=True)
class EvidenceFiles:
    """Where the evidence of one workspace lies."""

    folder: Path

    def original(self, sha256: str, media_type: str) -> Path:
        ending = ENDINGS.get(media_type, "bin")
        return self.folder / EVIDENCE / sha256[:2] / f"{sha256}.{ending}"

    def print(self, sha256: str, turn: int = 0) -> Path:
        return self.folder / PRINTS / sha256[:2] / picture_name(sha256, turn)

    def thumb(self, sha256: str, turn: int = 0) -> Path:
        return self.folder / THUMBS / sha256[:2] / picture_name(sha256, turn)

    def logo(self, sha256: str) -> Path:
        """The picture of a logo that is printed: PNG, with what is clear in it; a JPEG has none
        and is printed as ``print``."""
        return self.folder / PRINTS / sha256[:2] / f"{sha256}.png"

    def write_logo(self, sha256: str, picture: bytes) -> None:
        """Make the picture of a logo durable."""
        _write(self.logo(sha256), picture)

    def printed_logo(self, sha256: str) -> Path | None:
        """What of a logo is on disk to be printed."""
        found = (self.logo(sha256), self.print(sha256))
        return next((path for path in found if path.exists()), None)

    def write(
        self, sha256: str, media_type: str, original: bytes, pictures: tuple[bytes, bytes] | None
    ) -> None:
        """Make the files durable; the row may be committed when this returns.

        A file that is there already stays, unless it no longer has the bytes of its name.
        """
        target = self.original(sha256, media_type)
        with GUARD:
            if holds(target, sha256):
                target.touch()  # young again: it is on its way into a row
                _sync_names(target)
            else:
                _write(target, original)
        if pictures is not None:
            _write(self.print(sha256), pictures[0])
            _write(self.thumb(sha256), pictures[1])

    def write_turned(self, sha256: str, turn: int, pictures: tuple[bytes, bytes]) -> None:
        """Make the pictures of a turned photo durable, beside those that stand upright."""
        _write(self.print(sha256, turn), pictures[0])
        _write(self.thumb(sha256, turn), pictures[1])

    def stored(self) -> Iterator[tuple[str, Path]]:
        """Hash and path of every file of evidence, originals and pictures, by name."""
        for kind in (EVIDENCE, PRINTS, THUMBS):
            for shelf in sorted((self.folder / kind).glob("??")):
                for name in sorted(filter(_NAME.match, _names(shelf))):
                    if shelf.name == name[:2]:
                        yield name[:64], shelf / name

    def orphans(self, known: frozenset[str]) -> list[Path]:
        """Files whose hash no row names."""
        return [path for sha256, path in self.stored() if sha256 not in known]


def _names(folder: Path) -> list[str]:
    """Of what lies in ``folder``; of a hundred thousand files of others in a moment."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - a Path for each takes ten times as long
    except OSError:
        return []


def _write(target: Path, content: bytes) -> None:
    files.make_folder(target.parent)
    files.write_durably(target, content)
    files.sync_folder(target.parent.parent)


def _sync_names(target: Path) -> None:
    """What was there before may be the work of a process that was killed before its sync."""
    files.sync_folder(target.parent)
    files.sync_folder(target.parent.parent)


def holds(path: Path, sha256: str) -> bool:
    """Whether ``path`` is there with the bytes that its name promises."""
    return path.is_file() and file_hash(path) == sha256


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
