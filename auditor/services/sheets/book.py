"""What reading a table gives, and how large one may be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

MEGABYTE = 1 << 20
MAX_FILE = 50 * MEGABYTE
MAX_UNPACKED = 300 * MEGABYTE
MAX_ROWS = 200_000
MAX_COLUMNS = 200
#: Rows times columns, from the first cell that holds something to the last.
MAX_CELLS = 4_000_000

#: What a cell shows whose formula failed: Excel's, then the numbered ones of LibreOffice.
_ERRORS = frozenset(
    [
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#BUSY!",
        "#UNKNOWN!",
        "#GETTING_DATA",
        "#ERROR!",
    ]
)


class BookKind(Enum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PAGE = "html"
    SPREADSHEET_XML = "xml"
    TEXT = "csv"


@dataclass(frozen=True, slots=True)
class CsvLooks:
    """How a text file is read: a name of ``encodings.ENCODINGS`` and one of ``SEPARATORS``."""

    encoding: str
    separator: str


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is what the person's program shows beside it, from 1; in a text file it counts
    records, blank ones too. ``cells`` are as many as the book has columns, "" where empty."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """One sheet of a file. ``sheets`` are those that can be chosen, ``sheet`` is the one read (""
    in a text file); ``rows`` leaves out those without any text, and has those, too, that are
    ``hidden`` (their numbers). ``old_font``: cells were typed for a Vietnamese font of old, and
    stand here as they are meant."""

    kind: BookKind
    looks: CsvLooks | None
    sheets: tuple[str, ...]
    sheet: str
    rows: tuple[Row, ...]
    hidden: frozenset[int] = frozenset()
    old_font: bool = False

    def seen(self) -> Book:
        """Without the rows that are hidden."""
        shown = tuple(row for row in self.rows if row.number not in self.hidden)
        return replace(self, rows=shown, hidden=frozenset())

    @property
    def columns(self) -> int:
        return len(self.rows[0].cells) if self.rows else 0

    def row(self, number: int) -> Row | None:
        return next((row for row in self.rows if row.number == number), None)


def is_error(cell: str) -> bool:
    """Whether the cell shows that its formula failed."""
    if not cell.startswith(("#", "Err:")):
        return False
    return cell.upper() in _ERRORS or (cell.startswith("Err:") and cell[4:].isdecimal())


def column_name(index: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        name = chr(65 + letter) + name
        index -= 1
    return name
