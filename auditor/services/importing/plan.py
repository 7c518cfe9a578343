"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.domain.folding import folded
from auditor.domain.places import LocationInput
from auditor.domain.records import BrandRecord, LocationRecord
from auditor.services.importing.fields import Field
from auditor.words import WORDS


@dataclass(frozen=True, slots=True)
class Known:
    """What the one client has whose table is imported. Build it with ``of``; ``locations`` are
    by brand and folded code."""

    brands: tuple[BrandRecord, ...] = ()
    locations: Mapping[tuple[int, str], LocationRecord] = field(default_factory=dict)
    regions: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        brands: Iterable[BrandRecord],
        locations: Iterable[LocationRecord] = (),
        regions: Iterable[str] = (),
    ) -> Known:
        """``locations`` also those that are archived; ``regions`` are paths of names,
        "Miền Nam / TP.HCM"."""
        by_code = {(known.brand_id, folded(known.code)): known for known in locations}
        return cls(tuple(brands), by_code, tuple(regions))


@dataclass(frozen=True, slots=True)
class Defaults:
    """``brand_id`` and ``region`` are for rows that name none, ``region`` for new locations alone.
    ``clear_blank``: an empty cell empties what is there; else it leaves it."""

    brand_id: int | None = None
    region: str = ""
    clear_blank: bool = False


@dataclass(frozen=True, slots=True)
class LocationChange:
    """A row that adds a location (``before`` is None) or changes one. ``code`` is ``after.code``,
    ``brand`` the brand's name; ``fields`` are those that differ. ``after`` is as it is kept."""

    row: int
    code: str
    brand: str
    brand_id: int
    before: LocationRecord | None
    after: LocationInput
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Why a row is refused. ``column`` counts from 0, None where no one cell is at fault; ``field``
    is what that column was read as. ``message`` is English text marked for translation."""

    row: int
    column: int | None
    field: StrEnum | None
    code: str
    message: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, language: str) -> str:
        return WORDS.text(language, self.message, **dict(self.values))


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """``cells`` are those of the table, as they were read."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class PlanCounts:
    adds: int
    changes: int
    same: int
    refused: int


@dataclass(frozen=True, slots=True)
class Plan:
    """``same`` are the numbers of rows that are there already just so; ``regions`` the paths of
    those that would be made, the wider before the narrower."""

    adds: tuple[LocationChange, ...] = ()
    changes: tuple[LocationChange, ...] = ()
    same: tuple[int, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def counts(self) -> PlanCounts:
        return PlanCounts(len(self.adds), len(self.changes), len(self.same), len(self.refused))
