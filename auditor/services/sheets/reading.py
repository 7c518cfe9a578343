"""A table in a file, as a person sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from auditor.services.sheets.book import Book, BookKind, CsvLooks
from auditor.services.sheets.kinds import content_of, kind_of, name_of
from auditor.services.sheets.old_fonts import mended

__all__ = ["read"]


def read(
    path: Path,
    *,
    sheet: str | None = None,
    csv: CsvLooks | None = None,
    fits: Callable[[Book], bool] | None = None,
) -> Book:
    """The cells of one sheet as text: of ``sheet``, or of the first that ``fits`` and holds
    something; where none fits, of the first that holds something.

    .xlsx, .xls, .ods, web pages, XML of Excel 2003, and text with separators; which of them it is,
    the content says. ``csv`` says how a text file is read; what is "" in it, or all where it is
    None, is guessed and stands in ``Book.looks``. A cell that is merged downwards stands in each of
    its rows; formulas have the value that was saved with them.

    Raises UserError with what to do: NotFoundError (file, sheet), RefusedError (folder, no_file,
    not_allowed, file_too_big, empty_file, not_a_table, password, damaged, too_large, many_rows,
    many_columns, many_cells, encoding, separator, quotes).
    """
    content, name = content_of(path), name_of(path)
    kind = kind_of(content, name)
    if kind is BookKind.TEXT:
        from auditor.services.sheets.separated import read_separated

        return mended(read_separated(content, name, csv))
    if kind is BookKind.PAGE:
        from auditor.services.sheets.pages import read_page

        return mended(read_page(content, name, sheet, fits))
    if kind is BookKind.SPREADSHEET_XML:
        from auditor.services.sheets.spreadsheet_xml import read_spreadsheet_xml

        return mended(read_spreadsheet_xml(content, name, sheet, fits))
    from auditor.services.sheets.workbooks import read_workbook

    return read_workbook(content, kind, name, sheet, fits)
