"""Names of report files: from a pattern, safe on every system, and what else they may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from auditor.domain.errors import UserError
from reports.snapshot import ReportSnapshot

#: With the language: a run in another one leaves the files of the first where they are.
PATTERN = "{location}-{date}-{number}-{language}.pdf"

#: What Windows or a shell takes for something else, and controls.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_BLANKS = re.compile(r"[\s_]+")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
#: File systems allow 255 bytes; room is left for ``-2`` and for a temporary name beside it.
MOST_BYTES = 200


def file_name(pattern: str, snapshot: ReportSnapshot) -> str:
    """``pattern`` filled in: {location} (its code, else its name), {name}, {number}, {date},
    {wave}, {brand}, {client}, {language}, {revision}. A later revision never takes the place of
    an earlier one: where the pattern does not name it, the name ends in it.

    Raises UserError ``name_pattern`` for a word that it does not know.
    """
    location = snapshot.location
    values = {
        "location": location.code or location.name,
        "name": location.name,
        "number": snapshot.visit.number,
        "date": snapshot.visit.on.isoformat(),
        "wave": snapshot.wave,
        "brand": snapshot.brand.name,
        "client": snapshot.client,
        "language": snapshot.language,
        "revision": snapshot.visit.revision,
    }
    try:
        filled = pattern.format_map({name: safe(value) for name, value in values.items()})
    except (KeyError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise UserError(
            "name_pattern",
            "The name {pattern} cannot be filled in. It may use: {known}.",
            pattern=pattern,
            known=", ".join(f"{{{name}}}" for name in values),
        ) from error
    stem = safe(filled.removesuffix(".pdf"))
    later = snapshot.visit.revision != "A" and "{revision}" not in pattern
    return _whole(stem, f"-{safe(snapshot.visit.revision)}" if later else "")


def safe(words: str) -> str:
    """One part of a file name: no separators, no controls, no blanks; letters of any script."""
    plain = _UNSAFE.sub("-", unicodedata.normalize("NFC", words))
    return _BLANKS.sub("-", plain.strip()).strip(". -")


def _whole(stem: str, ending: str = "") -> str:
    while len(stem.encode()) > MOST_BYTES:
        stem = stem[:-1]
    stem = (stem.rstrip(". -") or "report") + ending
    if _RESERVED.match(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.pdf"


def alternatives(name: str) -> Iterator[str]:
    """``name``, then the same with ``-2``, ``-3`` …, without end."""
    path = Path(name)
    yield name
    for number in count(2):
        yield f"{path.stem}-{number}{path.suffix}"
