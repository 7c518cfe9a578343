"""Locations as a table that importing reads back just so."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.domain.records import LocationRecord
from auditor.services.importing.fields import TITLES, Field
from auditor.services.sheets.writing import Cell, Table
from auditor.words import WORDS, mark

_EXPORTED = (
    Field.CODE,
    Field.NAME,
    Field.BRAND,
    Field.REGION,
    Field.ADDRESS,
    Field.CONTACTS,
    Field.HOURS,
    Field.TAGS,
    Field.ACTIVE,
)
_TITLE, _YES, _NO = mark("Locations"), mark("Yes"), mark("No")


def location_table(locations: Iterable[LocationRecord], language: str) -> Table:
    """With headings in ``language``; ``locations`` are gone through once."""
    yes, no = WORDS.text(language, _YES), WORDS.text(language, _NO)
    headings = tuple(WORDS.text(language, TITLES[field]) for field in _EXPORTED)
    rows = (_row(location, yes, no) for location in locations)
    return Table(WORDS.text(language, _TITLE), headings, rows)


def _row(location: LocationRecord, yes: str, no: str) -> tuple[Cell, ...]:
    return (
        location.code,
        location.name,
        location.brand,
        location.region,
        location.address,
        location.contacts,
        location.hours,
        ", ".join(location.tags),
        yes if location.active else no,
    )
