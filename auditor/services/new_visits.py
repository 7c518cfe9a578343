"""What a visit begins with: its number, and how many questions it asks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from auditor.services.checklists import Checklists
from auditor.store.units import Unit
from forms.filling import Filling

_TAKE = text(
    "UPDATE meta SET value = CAST(value AS INTEGER) + :count WHERE key = 'visits' RETURNING value"
)


def take_numbers(unit: Unit, count: int = 1) -> range:
    """The serials of ``count`` new visits; they are never given again."""
    last = int(unit.execute(_TAKE, {"count": count}).scalar_one())
    return range(last - count + 1, last + 1)


def questions(checklists: Checklists, version_id: int, now: datetime) -> int:
    """How many questions an untouched visit asks. Raises NotFoundError."""
    return Filling(checklists.get(version_id), {}, now.replace(tzinfo=None)).progress().total
