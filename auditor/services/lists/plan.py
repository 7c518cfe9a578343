"""What importing a table would do, row by row, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from auditor.services.importing.plan import PlanCounts, RefusedRow

Before = TypeVar("Before")
After = TypeVar("After")


@dataclass(frozen=True, slots=True)
class RowChange(Generic[Before, After]):
    """A row that adds something (``before`` is None) or changes it. ``code`` and ``name`` are what
    people call it; ``told`` are the fields that differ, what was and what becomes."""

    row: int
    code: str
    name: str
    before: Before | None
    after: After
    told: tuple[tuple[StrEnum, object, object], ...] = ()

    @property
    def fields(self) -> tuple[StrEnum, ...]:
        return tuple(field for field, _, _ in self.told)


@dataclass(frozen=True, slots=True)
class ListPlan(Generic[Before, After]):
    """``same`` are the numbers of rows that are there already just so; ``stamp`` is the state that
    it was made from, where that matters."""

    adds: tuple[RowChange[Before, After], ...] = ()
    changes: tuple[RowChange[Before, After], ...] = ()
    same: tuple[int, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    stamp: str = ""

    @property
    def counts(self) -> PlanCounts:
        return PlanCounts(len(self.adds), len(self.changes), len(self.same), len(self.refused))
