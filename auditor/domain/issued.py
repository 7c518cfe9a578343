"""Reports that were issued: files that lie on disk for a client, as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    LOCATION = "location"
    BOUND = "bound"  # a location report in a pack
    PACK = "pack"  # location reports as one file
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """``seal`` is the hash of what it says, ``file_sha256`` of its bytes. ``pages`` of one that is
    bound are its own, ``file_name`` and ``file_sha256`` those of the pack."""

    id: int
    kind: Kind
    visit_id: int | None
    wave_id: int | None
    pack_id: int | None
    revision: int
    language: str
    seal: str
    file_sha256: str
    pages: int
    template: str
    file_name: str
    has_password: bool
    is_signed: bool
    issued_at: datetime


def revision_letters(revision: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    letters = ""
    while revision > 0:
        revision, rest = divmod(revision - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def revision_number(letters: str) -> int:
    """What ``revision_letters`` made of it; 1 for what it did not make."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return 1
        number = number * 26 + ord(letter) - 64
    return max(number, 1)
