"""What importing a table would do, row by row, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from auditor.services.importing.plan import PlanCounts
from auditor.words import WORDS

Before = TypeVar("Before")
After = TypeVar("After")


@dataclass(frozen=True, slots=True)
class RowProblem:
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
class RefusedListRow:
    """``cells`` are those of the table, as they were read."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class RowChange(Generic[Before, After]):
    """A row that adds something (``before`` is None) or changes it. ``fields`` are those that
    differ; ``name`` is what people call it."""

    row: int
    name: str
    before: Before | None
    after: After
    fields: tuple[StrEnum, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPlan(Generic[Before, After]):
    """``same`` are the numbers of rows that are there already just so; ``stamp`` is the state that
    it was made from, where that matters."""

    adds: tuple[RowChange[Before, After], ...] = ()
    changes: tuple[RowChange[Before, After], ...] = ()
    same: tuple[int, ...] = ()
    refused: tuple[RefusedListRow, ...] = ()
    stamp: str = ""

    @property
    def counts(self) -> PlanCounts:
        return PlanCounts(len(self.adds), len(self.changes), len(self.same), len(self.refused))
