"""Times and identities as the database keeps them. No SQL library is needed to read them."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from uuid import UUID


def utc_text(moment: datetime) -> str:
    """``2026-11-22T14:02:05.123456Z``: fixed width, so that text order is time order.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def from_utc_text(text: str) -> datetime:
    """The aware UTC moment that ``utc_text`` wrote."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def date_or_none(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def uuid7() -> str:
    """A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits.

    It tells the time of its creation: never printed in client documents.
    """
    bits = int.from_bytes(os.urandom(10)) | (time.time_ns() // 1_000_000) << 80
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=bits))
