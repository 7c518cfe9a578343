"""What is written is read back just so, and never as a formula."""

from __future__ import annotations

import datetime as dt
import errno
import tempfile
import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.domain.errors import NotSavedError, RefusedError
from auditor.services.sheets import writing
from auditor.services.sheets.reading import read
from auditor.services.sheets.writing import Table, write

#: Anything that can be typed; XML has no lone carriage return, and blanks alone are an empty row.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"), max_size=20
) | st.sampled_from(
    ["=1+1", "+84 90", "-5", "@x", "\tx", "'", "'=x", "''+1", "007", "a;b,c|d\te", 'x"y"', "a\nb"]
)  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=6))
def test_what_is_written_is_read_back(ending: str, rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        book = read(write(path, Table("t", ("Mã", "=Tên", "Địa chỉ"), rows)))
    wanted = [
        tuple(unicodedata.normalize("NFC", cell) for cell in row)
        for row in rows
        if any(map(str.strip, row))
    ]
    assert [row.cells for row in book.rows] == [("Mã", "=Tên", "Địa chỉ"), *wanted]


@pytest.mark.parametrize("rows", [["a;b", "c;d;e"], ["x|y", "z"], ["1\t2", "3\t4"]])
def test_one_column_stays_one(tmp_path: Path, rows: list[str]) -> None:
    book = read(write(tmp_path / "x.csv", Table("t", ("A",), [(row,) for row in rows])))
    assert [row.cells for row in book.rows] == [("A",), *((row,) for row in rows)]


def test_text_is_no_formula(tmp_path: Path) -> None:
    rows = [("=cmd|' /C calc'!A0", "+1", "@SUM(1)", "-2", "https://a.b")]
    write(tmp_path / "x.csv", Table("t", tuple("abcde"), rows))
    line = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig").splitlines()[1]
    assert line == "\"'=cmd|' /C calc'!A0\",'+1,'@SUM(1),'-2,https://a.b"
    write(tmp_path / "x.xlsx", Table("t", tuple("abcde"), rows))
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:E2"/>' in sheet
    assert '<col min="1"' in sheet


def test_numbers_and_days_stay_what_they_are(tmp_path: Path) -> None:
    row = (-5, 1.25, Decimal("10.50"), True, dt.date(2026, 5, 6), None)
    table = Table("t", tuple("abcdef"), [row])
    for ending, exact in ((".csv", "10.50"), (".xlsx", "10.5")):
        book = read(write(tmp_path / f"x{ending}", table))
        assert book.rows[1].cells == ("-5", "1.25", exact, "TRUE", "2026-05-06", "")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert "<v>-5</v>" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_excel_knows_that_the_csv_is_utf8(tmp_path: Path) -> None:
    assert write(tmp_path / "x.csv", Table("t", ("Mã",), [])).read_bytes() == (
        b'\xef\xbb\xbf"M\xc3\xa3"\r\n'
    )


def test_any_title_names_a_sheet(tmp_path: Path) -> None:
    for title in ("Miền [Nam]/Bắc: tất cả các cửa hàng đang mở", "", "'", "History"):
        book = read(write(tmp_path / "x.xlsx", Table(title, ("a",), [("1",)])))
        assert 0 < len(book.sheet) <= 31


def test_half_a_letter_does_not_break_the_file(tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        book = read(write(tmp_path / f"x{ending}", Table("t", ("a",), [("x\ud800y\uffffz",)])))
        assert book.rows[1].cells == ("x\ufffdy\ufffdz",)


def test_what_cannot_be_written_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(RefusedError) as told:
        write(path, Table("t", ("a", "b"), [("", "x" * 32_768)]))
    assert (told.value.code, told.value.values["cell"]) == ("long_text", "B2")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["x.xlsx"]
    with pytest.raises(RefusedError, match="must end in"):
        write(tmp_path / "x.pdf", Table("t", ("a",), []))


def test_a_row_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> object:
        yield ("1",)
        raise OSError(errno.ENOSPC, "full")

    for ending in (".csv", ".xlsx"):
        with pytest.raises(NotSavedError):
            write(tmp_path / f"x{ending}", Table("t", ("a",), rows()))  # type: ignore[arg-type]
    assert not [each for each in tmp_path.iterdir() if each.is_file()]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    for ending in (".csv", ".xlsx"):
        with pytest.raises(NotSavedError):
            write(tmp_path / "gone" / f"x{ending}", Table("t", ("a",), []))


def test_a_sheet_that_is_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "XLSX_ROWS", 3)
    with pytest.raises(RefusedError) as told:
        write(tmp_path / "x.xlsx", Table("t", ("a",), [("1",)] * 3))
    assert told.value.code == "many_rows"
