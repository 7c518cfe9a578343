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
from typing import TypeAlias

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Record:
    op: str
    path: str
    other: str
    offset: int
    data: bytes


@dataclass(slots=True, eq=False)
class Content:
    """A file apart from its name: what is surely there, and writes that may be."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytes = b""
    pending: list[Record] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Folder:
    """A folder apart from its name: the names in it, now and surely."""

    live: dict[str, Node] = field(default_factory=dict)
    durable: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = Content | Folder


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
        self.root = _synced(before)
        self.waiting: list[tuple[Folder, str, Node | None]] = []
        self.acknowledged = 0

    def take(self, record: Record) -> None:
        match record.op:
            case "A":
                self.acknowledged = record.offset
            case "M":
                self._name(record.path, Folder())
            case "C":
                self._name(record.path, Content())
            case "R":
                self._name(record.other, self._at(record.path))
                self._name(record.path, None)
            case "L":
                self._name(record.other, self._at(record.path))
            case "U":
                self._name(record.path, None)
            case "F":
                self._sync(self._at(record.path))
            case _ if isinstance(content := self._at(record.path), Content):
                apply(content.live, record)
                content.pending.append(record)

    def _at(self, path: str) -> Node | None:
        found: Node | None = self.root
        for name in Path(path).relative_to(self.start).parts:
            found = found.live.get(name) if isinstance(found, Folder) else None
        return found

    def _name(self, path: str, node: Node | None) -> None:
        place, _, name = path.rpartition("/")
        folder = self._at(place)
        assert isinstance(folder, Folder), f"{path} was named in no folder"
        self.waiting.append((folder, name, node))
        _set(folder.live, name, node)

    def _sync(self, node: Node | None) -> None:
        if isinstance(node, Content):
            node.durable, node.pending = bytes(node.live), []
        elif node is not None:
            for folder, name, named in self.waiting:
                if folder is node:
                    _set(node.durable, name, named)
            self.waiting = [entry for entry in self.waiting if entry[0] is not node]

    def write(self, target: Path, chance: random.Random) -> None:
        """Lay down one of the states that the power cut may have left."""
        kept: dict[int, dict[str, Node]] = {}
        for folder, name, node in self.waiting[: chance.randint(0, len(self.waiting))]:
            _set(kept.setdefault(id(folder), dict(folder.durable)), name, node)
        _lay(self.root, target, kept, chance)


def _synced(folder: Path) -> Folder:
    found: dict[str, Node] = {}
    for path in folder.iterdir():
        if path.is_dir():
            found[path.name] = _synced(path)
        else:
            whole = path.read_bytes()
            found[path.name] = Content(bytearray(whole), whole)
    return Folder(found, dict(found))


def _set(names: dict[str, Node], name: str, node: Node | None) -> None:
    if node is None:
        names.pop(name, None)
    else:
        names[name] = node


def _lay(
    folder: Folder, place: Path, kept: dict[int, dict[str, Node]], chance: random.Random
) -> None:
    place.mkdir(parents=True)
    for name, node in sorted(kept.get(id(folder), folder.durable).items()):
        if isinstance(node, Folder):
            _lay(node, place / name, kept, chance)
        else:
            (place / name).write_bytes(_survives(node, chance))


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
