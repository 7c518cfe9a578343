"""What a sheet spans, looked at before it is read: a reader lays out every cell between the first
and the last that hold something, and ends the whole program when that is more than there is
memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.domain.errors import RefusedError
from auditor.services.sheets.book import MAX_CELLS, MAX_COLUMNS, MAX_ROWS


@dataclass(slots=True)
class Span:
    """Rows and columns count from 0."""

    top: int = -1
    bottom: int = -1
    left: int = -1
    right: int = -1

    def take(self, row: int, column: int, last_row: int, last_column: int) -> None:
        if self.top < 0:
            self.top, self.bottom, self.left, self.right = row, last_row, column, last_column
            return
        if row < self.top:
            self.top = row
        if last_row > self.bottom:
            self.bottom = last_row
        if column < self.left:
            self.left = column
        if last_column > self.right:
            self.right = last_column

    def require_small(self, name: str) -> None:
        """Raises RefusedError: many_rows, many_columns, many_cells."""
        if self.top < 0:
            return
        rows, columns = self.bottom - self.top + 1, self.right - self.left + 1
        if self.bottom >= MAX_ROWS:
            raise many_rows(name)
        if self.right >= MAX_COLUMNS:
            raise many_columns(name)
        if rows * columns > MAX_CELLS:
            raise many_cells(name)


def many_rows(name: str) -> RefusedError:
    return RefusedError(
        "many_rows",
        "The list in {name} goes on below row {most}. Split it into several files; if nothing is "
        "seen down there, delete the rows below the list.",
        name=name,
        most=MAX_ROWS,
    )


def many_columns(name: str) -> RefusedError:
    return RefusedError(
        "many_columns",
        "The list in {name} has more than {most} columns. Leave out what is not needed; if nothing "
        "is seen there, delete the columns beside the list.",
        name=name,
        most=MAX_COLUMNS,
    )


def many_cells(name: str) -> RefusedError:
    return RefusedError(
        "many_cells",
        "The list in {name} has more than {most} cells. Split it into several files, or leave out "
        "columns that are not needed.",
        name=name,
        most=MAX_CELLS,
    )


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell that goes on downwards, from ``top`` to ``bottom``."""

    top: int
    bottom: int
    column: int


@dataclass(frozen=True, slots=True)
class Zeros:
    """A number shown with leading zeros, and with ``prefix`` before them."""

    prefix: str
    digits: int


@dataclass(slots=True)
class Survey:
    """What the reader does not tell of a sheet. ``shown`` is what cells show instead of their
    value: errors, and numbers of a display format; ``zeros`` how numbers are filled up; ``hidden``
    the rows that a filter or a person hides."""

    span: Span = field(default_factory=Span)
    merges: list[Merge] = field(default_factory=list)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    zeros: dict[tuple[int, int], Zeros] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
