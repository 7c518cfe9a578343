"""XML of strangers, a piece at a time: no document types, no tags without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

#: Bytes that may wait for the end of one tag.
_MAX_WAITING = 4 << 20


def parser(start: Callable[[str, dict[str, str]], Any]) -> expat.XMLParserType:
    """One that calls ``start`` with each element's name and attributes."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    made.StartDoctypeDeclHandler = _refuse
    return made


def feed(made: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    """Raises ExpatError for what is no XML or declares a document type."""
    fed = 0
    for piece in pieces:
        made.Parse(piece, False)
        fed += len(piece)
        if fed - made.CurrentByteIndex > _MAX_WAITING:
            raise expat.ExpatError("a tag without end")
    made.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise expat.ExpatError("a document type")


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name
