"""What a machine that lost power may hold, by the record of what a process did to its files.

Everything synced is there, and of the rest any part: that is what POSIX promises. Names change in
the order in which they were changed (the journals of ext4, XFS, APFS and NTFS see to it), except
that a sync of one folder does not bring the changes of another.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Record:
    op: str
    path: str
    other: str
    offset: int
    data: bytes


@dataclass(slots=True)
class Content:
    """A file apart from its name: what is surely there, and writes that may be."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    pending: list[Record] = field(default_factory=list)


FOLDER = Content()


def records(log: Path) -> list[Record]:
    content, at, found = log.read_bytes(), 0, []
    while at < len(content):
        op, path, other, offset, size = struct.unpack_from("<cIIqQ", content, at)
        at += 25
        parts = []
        for length in (path, other, size):
            parts.append(content[at : at + length])
            at += length
        found.append(Record(op.decode(), parts[0].decode(), parts[1].decode(), offset, parts[2]))
    return found


def acknowledged(log: Path) -> int:
    """The last step that the process was told is on disk."""
    return max((record.offset for record in records(log) if record.op == "A"), default=0)


def apply(content: bytearray, record: Record) -> None:
    if record.op == "T":
        del content[record.offset :]
        content.extend(b"\0" * (record.offset - len(content)))
        return
    end = record.offset + len(record.data)
    content.extend(b"\0" * (end - len(content)))
    content[record.offset : end] = record.data


class Disk:
    """What the records leave on a disk. Names, of files and folders, become durable by a sync of
    their folder, content by a sync of the file; the rest survives in any part, torn at sectors."""

    def __init__(self, before: Path, start: Path) -> None:
        """``before`` is a copy of what was in ``start``, of which the records speak."""
        self.start = start
        self.names: dict[str, Content] = {}
        for path in before.rglob("*"):
            name = str(start / path.relative_to(before))
            if path.is_dir():
                self.names[name] = FOLDER
            else:
                whole = path.read_bytes()
                self.names[name] = Content(bytearray(whole), whole)
        self.durable = dict(self.names)
        self.waiting: list[tuple[str, str, Content | None]] = []
        self.acknowledged = 0

    def take(self, record: Record) -> None:
        match record.op:
            case "A":
                self.acknowledged = record.offset
            case "M":
                self._name(record.path, FOLDER)
            case "C":
                self._name(record.path, Content())
            case "R":
                assert self.names[record.path] is not FOLDER, "a folder was moved"
                self._name(record.other, self.names[record.path])
                self._name(record.path, None)
            case "L":
                self._name(record.other, self.names[record.path])
            case "U":
                self._name(record.path, None)
            case "F":
                self._sync(record.path)
            case _ if record.path in self.names:
                content = self.names[record.path]
                apply(content.live, record)
                content.pending.append(record)

    def _name(self, path: str, content: Content | None) -> None:
        self.waiting.append((path.rpartition("/")[0], path, content))
        if content is None:
            self.names.pop(path, None)
        else:
            self.names[path] = content

    def _sync(self, path: str) -> None:
        content = self.names.get(path)
        if content is FOLDER or path == str(self.start):
            now = [entry for entry in self.waiting if entry[0] == path]
            self.waiting = [entry for entry in self.waiting if entry[0] != path]
            self._settle(self.durable, now)
        elif content is not None:
            content.durable, content.pending = bytes(content.live), []

    @staticmethod
    def _settle(names: dict[str, Content], entries: list[tuple[str, str, Content | None]]) -> None:
        for _, path, content in entries:
            if content is None:
                names.pop(path, None)
            else:
                names[path] = content

    def write(self, target: Path, chance: random.Random) -> None:
        """Lay down one of the states that the power cut may have left."""
        names = dict(self.durable)
        self._settle(names, self.waiting[: chance.randint(0, len(self.waiting))])
        target.mkdir(parents=True)
        for path, content in sorted(names.items()):
            place = target / Path(path).relative_to(self.start)
            if not place.parent.is_dir():
                continue  # the name of its folder is lost, and all in it
            if content is FOLDER:
                place.mkdir()
            else:
                place.write_bytes(_survives(content, chance))


def _survives(content: Content, chance: random.Random) -> bytes:
    if not content.pending:
        return content.durable
    left = bytearray(content.durable)
    mood = chance.choice(("nothing", "all", "some"))
    for record in content.pending:
        if mood == "nothing" or (mood == "some" and chance.random() < 0.4):
            continue
        apply(left, _torn(record, chance) if mood == "some" else record)
    return bytes(left)


def _torn(record: Record, chance: random.Random) -> Record:
    sectors = len(record.data) // SECTOR
    if record.op != "W" or sectors < 2 or chance.random() < 0.6:
        return record
    kept = record.data[: SECTOR * chance.randint(1, sectors - 1)]
    return Record(record.op, record.path, record.other, record.offset, kept)
