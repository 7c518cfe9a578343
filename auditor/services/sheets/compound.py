"""One stream of a compound file (.xls): https://learn.microsoft.com/openspecs [MS-CFB]."""

from __future__ import annotations

import struct
from collections.abc import Iterable

_SECTOR_END = 0xFFFFFFFA  # and above: ends and marks, no sectors
_HEADER_FAT = 109
_MINI_LIMIT = 4096
_STREAM, _ROOT = 2, 5


class BrokenError(Exception):
    """The file does not keep to its form."""


def stream(content: bytes, names: Iterable[str]) -> bytes:
    """The first stream of one of ``names``. Raises BrokenError."""
    try:
        return _Compound(content).stream(tuple(name.lower() for name in names))
    except struct.error as error:
        raise BrokenError from error


class _Compound:
    def __init__(self, content: bytes) -> None:
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise BrokenError
        self._size = 1 << shift
        first_directory, _, _, first_mini, _, first_more, more = struct.unpack_from(
            "<7L", content, 48
        )
        self._fat = self._read_fat(first_more, more)
        self._mini_fat = _numbers(self._chain(first_mini))
        self._directory = self._chain(first_directory)

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        if begin >= len(self._content):
            raise BrokenError
        return self._content[begin : begin + self._size]

    def _read_fat(self, first_more: int, more: int) -> list[int]:
        """The chains of sectors; what is beyond the header's list stands in sectors of its own."""
        listed = list(struct.unpack_from(f"<{_HEADER_FAT}L", self._content, 76))
        at = first_more
        for _ in range(min(more, len(self._content) // self._size)):
            numbers = _numbers(self._sector(at))
            listed += numbers[:-1]
            at = numbers[-1]
        fat = [number for number in listed if number < _SECTOR_END]
        if len(fat) * self._size > len(self._content):
            raise BrokenError
        return _numbers(b"".join(map(self._sector, fat)))

    def _chain(self, at: int) -> bytes:
        sectors: list[bytes] = []
        most = len(self._content) // self._size
        while at < _SECTOR_END:
            if at >= len(self._fat) or len(sectors) > most:
                raise BrokenError
            sectors.append(self._sector(at))
            at = self._fat[at]
        return b"".join(sectors)

    def stream(self, names: tuple[str, ...]) -> bytes:
        entries = [self._directory[at : at + 128] for at in range(0, len(self._directory), 128)]
        root = next((entry for entry in entries if len(entry) == 128 and entry[66] == _ROOT), None)
        for entry in entries:
            if len(entry) == 128 and entry[66] == _STREAM and _name(entry) in names:
                begin, size = struct.unpack_from("<LL", entry, 116)
                if size >= _MINI_LIMIT:
                    return self._chain(begin)[:size]
                return self._mini_stream(root, begin, size)
        raise BrokenError

    def _mini_stream(self, root: bytes | None, at: int, size: int) -> bytes:
        if root is None:
            raise BrokenError
        held = self._chain(struct.unpack_from("<L", root, 116)[0])
        pieces: list[bytes] = []
        while at < _SECTOR_END and len(pieces) * 64 < size:
            if at >= len(self._mini_fat):
                raise BrokenError
            pieces.append(held[at * 64 : at * 64 + 64])
            at = self._mini_fat[at]
        return b"".join(pieces)[:size]


def _numbers(content: bytes) -> list[int]:
    count = len(content) // 4
    return list(struct.unpack_from(f"<{count}L", content))


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
