"""What a report was made of, told in its own file, so that nobody need make it again.

The file says at its head whose it is. The last line before its ``startxref`` is a comment, which
readers of PDF pass over: the visit, the hash of all that the paper was made of, and the hash of
every byte before that line.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Protocol

import forms
import reports

#: The comment that ReportLab begins a file with.
THEIRS = b"ReportLab Generated PDF document (opensource)"
#: Instead of what a report was made of, in one with a password or, behind its line, a signature: no
#: two are alike.
PROTECTED, SIGNED = "0" * 64, "f" * 64
#: Bytes of a file that may be one of ours: 500 photos have some 150 MB.
LARGEST = 256 * 1024 * 1024
#: How far into a file its head may reach.
_TOP = 128
_LINE = re.compile(rb"%made of ([0-9a-f]{16}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")
_END = re.compile(rb"startxref\n\d+\n%%EOF\n")
_EOF = b"%%EOF\n"
#: In the information of reports that were made before they were stamped.
_CREATOR = b"/Creator (Mystery Auditor)"
#: What of the packages decides on the paper.
_SOURCES = ("*.py", "*.mo", "*.ttf", "*.otf")


class Kind(StrEnum):
    """Of what a file is the report."""

    LOCATION = "location"
    PROGRAM = "program"
    PACK = "pack"  # location reports, bound


#: What our files begin with, as long as THEIRS: the places of all that follows stay as they are.
HEADS = {
    Kind.LOCATION: b"Mystery Auditor: report of one location".ljust(len(THEIRS)),
    Kind.PROGRAM: b"Mystery Auditor: report of a program".ljust(len(THEIRS)),
    Kind.PACK: b"Mystery Auditor: reports of locations, bound".ljust(len(THEIRS)),
}


def pack_seal(seals: Iterable[str]) -> str:
    """The seal of a pack: the hash of those of its reports, in their order."""
    return _sha256("\n".join(seals).encode())


class State(Enum):
    """What lies under the name of a report."""

    ABSENT = auto()
    WHOLE = auto()  # a report as it was written, of the visit that it names
    TORN = auto()  # a report or nothing at all, not whole
    FOREIGN = auto()  # anything else, a report that somebody wrote in among it


@dataclass(frozen=True, slots=True)
class Found:
    """``visit`` and ``made_of`` of a WHOLE report, as ``visit_mark`` and ``made_of`` give them;
    empty in one that was made before reports were stamped."""

    state: State
    visit: str = ""
    made_of: str = ""


def visit_mark(number: str) -> str:
    """Stands for the visit of that number."""
    return _sha256(number.encode("utf-8", "surrogatepass"))[:16]


class Sealed(Protocol):
    """A snapshot of any report."""

    @property
    def content_hash(self) -> str: ...


def made_of(snapshot: Sealed, images: Mapping[str, Path]) -> str:
    """One hash of all that decides on the paper: what it says, its pictures, what draws it."""
    parts = [snapshot.content_hash, renderer()]
    parts += [f"{sha256} {_picture(path)}" for sha256, path in sorted(images.items())]
    return _sha256("\n".join(parts).encode())


def _picture(path: Path) -> str:
    """The hash of its bytes; of none where it is no file that can be read to its end."""
    try:
        return _sha256(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


@lru_cache(maxsize=1)
def renderer() -> str:
    """A hash of all that draws: other words, faces or lines of code may draw another paper."""
    digest = hashlib.sha256(f"{_version('mystery-auditor')} {_version('reportlab')}".encode())
    for package in (forms, reports):
        root = Path(package.__path__[0])
        for path in sorted(path for kind in _SOURCES for path in root.rglob(kind)):
            digest.update(f"\n{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def stamp(data: bytes, number: str, made: str, kind: Kind = Kind.LOCATION) -> bytes:
    """The PDF ``data`` with its head and its line."""
    top, head = data.index(THEIRS), HEADS[kind]
    data = data[:top] + head + data[top + len(head) :]
    return _with_line(data, visit_mark(number), made)


def stamp_protected(report: bytes, data: bytes, made: str) -> bytes:
    """``data``, which protects the stamped ``report``, with its line: ``made`` is PROTECTED, or
    SIGNED where a signature is going to follow it."""
    lines = list(_LINE.finditer(report))
    if not lines:
        return data
    for line in reversed(list(_LINE.finditer(data))):
        data = data[: line.start()] + data[line.end() :]
    return _with_line(data, lines[-1][1].decode(), made)


def _with_line(data: bytes, visit: str, made: str) -> bytes:
    at = data.rindex(b"startxref\n")
    line = f"%made of {visit} {made} {_sha256(data[:at])}\n"
    return data[:at] + line.encode() + data[at:]


def mark_in(data: bytes) -> str:
    """Whose a file says it is, as ``visit_mark``, whatever became of it; "" of none of ours."""
    lines = _LINE.findall(data)
    return lines[-1][0].decode() if lines else ""


def find(path: Path) -> Found:
    """What lies at ``path``. What is there and cannot be read is FOREIGN: nobody knows what it is.
    Where nobody may look it is ABSENT: writing there will tell."""
    try:
        told = path.lstat()
    except OSError:
        return Found(State.ABSENT)
    if not stat.S_ISREG(told.st_mode) or told.st_size > LARGEST:
        return Found(State.FOREIGN)
    try:
        with path.open("rb") as file:
            top = file.read(_TOP)
            if top.strip(b"\0") and not top.startswith(b"%PDF-"):
                return Found(State.FOREIGN)
            return _judge(top + file.read())
    except OSError:
        return Found(State.FOREIGN)


def _judge(data: bytes) -> Found:
    if not data.strip(b"\0"):
        return Found(State.TORN)
    lines = list(_LINE.finditer(data))
    if lines:
        return _stamped(data, lines[-1])
    if not any(head in data[:_TOP] for head in HEADS.values()):
        return _unstamped(data)
    closed = data.rstrip().endswith(b"%%EOF")
    return Found(State.FOREIGN if closed else State.TORN)


def _stamped(data: bytes, line: re.Match[bytes]) -> Found:
    visit, made, digest = (group.decode() for group in line.groups())
    kept, behind = digest == _sha256(data[: line.start()]), data[line.end() :]
    signed = made == SIGNED and behind.count(_EOF) == 2 and behind.rstrip().endswith(b"%%EOF")
    if kept and (_END.fullmatch(behind) or signed):
        return Found(State.WHOLE, visit, made)
    more = _END.match(behind) and behind[behind.index(_EOF) :].strip(b"\0") != _EOF
    return Found(State.FOREIGN if more else State.TORN)


def _unstamped(data: bytes) -> Found:
    """A report from before reports were stamped, as long as nothing was added to it."""
    ours = _CREATOR in data and data.count(_EOF) == 1 and data.endswith(_EOF)
    return Found(State.WHOLE if ours else State.FOREIGN)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
