"""Zip archives that hold a workbook: opened only when they are as large as they say, and not too
large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from auditor.domain.errors import RefusedError
from auditor.services.sheets.book import MAX_CELLS, MAX_UNPACKED, MEGABYTE
from auditor.services.sheets.markup import feed, parser

#: A list of parts longer than this is no workbook's.
_MAX_DIRECTORY = 4 * MEGABYTE
#: What is read whole: lists of sheets, styles, relations.
MAX_SMALL = 16 * MEGABYTE
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_PIECE, _PACKED_PIECE = 1 << 18, 1 << 14
_FLATE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Text this long without a tag is no cell's.
_MAX_TEXT = 8 * MEGABYTE
#: Four for each cell and more for its text: as many as a workbook of the largest size may have.
_MAX_TAGS = 8 * MAX_CELLS
#: Tags begun and not ended; instructions and comments count, too.
_MAX_OPEN = 100_000


class Archive:
    """The parts of a zip archive whose size was looked at. Raises RefusedError: damaged,
    too_large, password."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name
        self._require_directory()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise damaged(name) from error
        listed = self._zip.infolist()
        self._parts = {_plain(part.filename): part for part in listed}
        if len(self._parts) != len(listed):  # two readers would find different parts
            raise damaged(name)
        self.names = frozenset(self._parts)
        self._require_sizes()

    def _require_directory(self) -> None:
        at = self._content.rfind(b"PK\x05\x06", max(0, len(self._content) - 65_600))
        if at < 0 or at + _END.size > len(self._content):
            raise damaged(self._name)
        size = _END.unpack_from(self._content, at)[5]
        if size > _MAX_DIRECTORY:
            raise too_large(self._name)

    def _require_sizes(self) -> None:
        """What the parts say, which reading then holds them to."""
        if sum(part.file_size for part in self._parts.values()) > MAX_UNPACKED:
            raise too_large(self._name)
        if any(part.flag_bits & 1 for part in self._parts.values()):
            raise password(self._name)

    def require_honest(self) -> None:
        """No part unpacks to more than it says, and none is packed in a way that no office
        program writes. Reads all parts that hold markup, a piece at a time."""
        tags = 0
        for name, part in self._parts.items():
            if name.endswith((".xml", ".rels", ".vml")) or name == "mimetype":
                tags += _count_tags(self.pieces(name), self._name)
            elif part.compress_type not in _FLATE:
                raise damaged(self._name)
            if tags > _MAX_TAGS:
                raise too_large(self._name)

    def small(self, name: str) -> bytes:
        """A part that is read whole; nothing where there is none."""
        part = self._parts.get(_plain(name))
        if part is None:
            return b""
        if part.file_size > MAX_SMALL:
            raise too_large(self._name)
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, a piece at a time; never more than it says it has."""
        part = self._parts[_plain(name)]
        packed = self._packed(part)
        if part.compress_type == zipfile.ZIP_STORED:
            if part.file_size != len(packed):
                raise damaged(self._name)
            yield from (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            yield from self._inflated(packed, part.file_size)
        else:
            raise damaged(self._name)

    def _packed(self, part: zipfile.ZipInfo) -> bytes:
        at = part.header_offset
        if at < 0 or at + _LOCAL.size > len(self._content):
            raise damaged(self._name)
        fields = _LOCAL.unpack_from(self._content, at)
        begin = at + _LOCAL.size + fields[9] + fields[10]
        if fields[0] != b"PK\x03\x04" or begin + part.compress_size > len(self._content):
            raise damaged(self._name)
        return self._content[begin : begin + part.compress_size]

    def _inflated(self, packed: bytes, size: int) -> Iterator[bytes]:
        left = size
        try:
            for piece in _unpacked(packed):
                left -= len(piece)
                if left < 0:
                    raise damaged(self._name)
                yield piece
        except zlib.error as error:
            raise damaged(self._name) from error
        if left:
            raise damaged(self._name)

    def tree(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """The elements of a small part in their order, names without prefixes, with attributes."""
        found: list[tuple[str, dict[str, str]]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            found.append((tag.rpartition(":")[2], plain))

        content = self.small(name)
        if content:
            try:
                feed(parser(start), iter([content]))
            except expat.ExpatError as error:
                raise damaged(self._name) from error
        return found


def _plain(name: str) -> str:
    """Programs differ in case and slashes."""
    return name.replace("\\", "/").lower()


def _unpacked(packed: bytes) -> Iterator[bytes]:
    """Raises zlib.error."""
    inflate = zlib.decompressobj(-15)
    for at in range(0, len(packed), _PACKED_PIECE):
        rest = packed[at : at + _PACKED_PIECE]
        while rest and not inflate.eof:
            yield inflate.decompress(rest, _PIECE)
            rest = inflate.unconsumed_tail
    yield inflate.flush()
    if not inflate.eof:
        raise zlib.error("cut")


def _count_tags(pieces: Iterator[bytes], name: str) -> int:
    tags = without = depth = 0
    for piece in pieces:
        here, ends = piece.count(b"<"), piece.count(b"</")
        without = 0 if here else without + len(piece)
        depth += here - 2 * ends - piece.count(b"/>")
        tags += here
        if without > _MAX_TEXT or tags > _MAX_TAGS or depth > _MAX_OPEN:
            raise too_large(name)
    return tags


def damaged(name: str) -> RefusedError:
    return RefusedError(
        "damaged",
        "{name} is damaged or was not saved to its end. Open it in Excel or LibreOffice, save it "
        "again as .xlsx, then choose that file.",
        name=name,
    )


def too_large(name: str) -> RefusedError:
    return RefusedError(
        "too_large",
        "{name} holds more than can be read here. Save the list alone into a file of its own.",
        name=name,
    )


def password(name: str) -> RefusedError:
    return RefusedError(
        "password",
        "{name} is protected by a password. Open it, save a copy without a password, then choose "
        "the copy.",
        name=name,
    )
