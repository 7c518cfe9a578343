"""From bytes to text: encodings, sizes and characters that no checklist holds."""

from __future__ import annotations

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from forms.problems import Problem, UnreadableError, Where
from forms.system import FOLDER, NO_FILE, reason

#: A checklist of 300 questions in two languages has some 150,000. YAML takes 4 µs for each.
MAX_CHARACTERS = 500_000
#: UTF-32 has the most for a character, but a mark before them.
_MAX_BYTES = 4 * MAX_CHARACTERS + 4

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
#: Control characters but tab, line feed and carriage return; lone surrogates; a BOM inside.
BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and what to call the file."""

    text: str
    name: str | None


def unreadable(
    code: str, name: str | None, line: int | None = None, column: int | None = None, **values: str
) -> UnreadableError:
    return UnreadableError(Problem(code, Where(name, line, column), values))


def load(source: Path | bytes | str, name: str | None = None) -> Source:
    """Read ``source`` whole. Raises UnreadableError for what is no text, or too much of it."""
    if isinstance(source, Path):
        name = name or str(source)
        source = _bytes_of(source, name)
    if isinstance(source, bytes):
        source = _decode(source, name)
    text = source.removeprefix("\ufeff")
    if len(text) > MAX_CHARACTERS:
        raise _too_large(name)
    _check_characters(text, name)
    if not text.strip():
        raise unreadable("file-empty", name)
    return Source(text, name)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        _require_file(path.stat().st_mode, name)
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise unreadable("file-unreadable", name, reason=reason(error)) from error
    except ValueError as error:  # a NUL in the path
        raise unreadable("file-unreadable", name, reason=NO_FILE) from error


def _require_file(mode: int, name: str) -> None:
    """A pipe or a device may keep its reader waiting for ever."""
    if not stat.S_ISREG(mode):
        why = FOLDER if stat.S_ISDIR(mode) else NO_FILE
        raise unreadable("file-unreadable", name, reason=why)


def _decode(data: bytes, name: str | None) -> str:
    if len(data) > _MAX_BYTES:
        raise _too_large(name)
    if data.startswith(_UTF32):
        raise unreadable("encoding-unknown", name)
    encoding = _UTF16.get(data[:2], "utf-8-sig")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            raise unreadable("file-is-workbook", name) from error
        line, column = _place_of(data, error.start) if encoding == "utf-8-sig" else (None, None)
        raise unreadable("encoding-unknown", name, line, column) from error


def _place_of(data: bytes, at: int) -> tuple[int, int]:
    """Line and column of the first byte that does not decode."""
    before = data[:at].decode("utf-8-sig", errors="replace")
    return place_in(before, len(before))


def place_in(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at ``at``."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _check_characters(text: str, name: str | None) -> None:
    bad = BAD_CHARACTER.search(text)
    if bad is None:
        return
    line, column = place_in(text, bad.start())
    code = "file-is-binary" if bad.group() == "\x00" else "control-character"
    raise unreadable(code, name, line, column, character=f"U+{ord(bad.group()):04X}")


def _too_large(name: str | None) -> UnreadableError:
    return unreadable("file-too-large", name, most=f"{MAX_CHARACTERS:,}")
