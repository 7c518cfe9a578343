"""From bytes to text: encodings, sizes and characters that no checklist holds."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from forms.problems import Problem, UnreadableError, Where

#: Bytes. A checklist of 300 questions in two languages has some 150,000.
MAX_BYTES = 5_000_000

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
    elif len(source) > MAX_BYTES:
        raise _too_large(name)
    text = source.removeprefix("\ufeff")
    _check_characters(text, name)
    if not text.strip():
        raise unreadable("file-empty", name)
    return Source(text, name)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise unreadable("file-unreadable", name, reason=reason) from error


def _decode(data: bytes, name: str | None) -> str:
    if len(data) > MAX_BYTES:
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
    return unreadable("file-too-large", name, most=f"{MAX_BYTES // 1_000_000} MB")
