"""A table that is told cell by cell, of which some go on to the right and downwards."""

from __future__ import annotations

from auditor.services.sheets.book import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row
from auditor.services.sheets.bounds import many_cells, many_columns, many_rows


class Grid:
    """Rows and columns count from 0. A cell that goes on downwards stands in each of its rows, one
    that goes on to the right in its first column. Raises RefusedError: many_rows, many_columns,
    many_cells."""

    def __init__(self, name: str) -> None:
        self._name = name
        #: What stands in a row so far; None where a later cell stands already.
        self._rows: dict[int, list[str | None]] = {}
        #: Of cells that go on: how many rows are left, their text; by column.
        self._open: dict[int, tuple[int, str]] = {}
        self._row, self._column, self._cells = -1, 0, 0
        self.hidden: set[int] = set()

    def begin_row(self, at: int | None = None) -> None:
        """The next row, or row ``at`` where it lies behind."""
        wanted = self._row + 1 if at is None else max(at, self._row + 1)
        if wanted >= MAX_ROWS:
            raise many_rows(self._name)
        while self._row < wanted:
            self._row, self._column = self._row + 1, 0
            self._go_on()
            if not self._open:
                self._row = wanted

    def _go_on(self) -> None:
        for column, (left, text) in list(self._open.items()):
            self._keep(column, text)
            if left > 1:
                self._open[column] = left - 1, text
            else:
                del self._open[column]

    def add(self, text: str, wide: int = 1, high: int = 1, at: int | None = None) -> None:
        """The next cell, or that of column ``at``."""
        if self._row < 0:
            self.begin_row()
        if at is not None:
            self._column = at
        here = self._rows.get(self._row, [])
        while self._column < len(here) and here[self._column] is not None:
            self._column += 1
        last = self._column + max(wide, 1)
        if last > MAX_COLUMNS:
            raise many_columns(self._name)
        self._keep(self._column, text)
        for column in range(self._column + 1, last):
            self._keep(column, "")
        if high > 1:
            self._open[self._column] = min(high, MAX_ROWS) - 1, text
        self._column = last

    def _keep(self, column: int, text: str) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise many_cells(self._name)
        row = self._rows.setdefault(self._row, [])
        if column == len(row):
            row.append(text)
            return
        row.extend([None] * (column + 1 - len(row)))
        row[column] = text

    def rows(self) -> tuple[Row, ...]:
        """Those that hold something, numbered from 1."""
        read = [(at + 1, [cell or "" for cell in row]) for at, row in sorted(self._rows.items())]
        filled = [(number, cells) for number, cells in read if any(map(str.strip, cells))]
        width = max((_width(cells) for _, cells in filled), default=0)
        if width * len(filled) > MAX_CELLS:
            raise many_cells(self._name)
        return tuple(
            Row(number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in filled
        )


def _width(cells: list[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width
