"""Tables are read as a person sees them, whatever wrote them."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.services.sheets.book import Book, BookKind, CsvLooks, Row
from auditor.services.sheets.old_vietnamese import TCVN, VISCII
from auditor.services.sheets.reading import read
from tests.services import sheet_files as files

LIST = (
    "Mã CH;Tên điểm bán;Địa chỉ\n"
    "HN-01;Hồ Gươm;12 Đường Đinh Tiên Hoàng, Hà Nội\n"
    "SG-02;Thảo Điền;Số 5 Nguyễn Văn Hưởng\n"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def given(tmp_path: Path, content: bytes, name: str = "list") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def cells(book: Book) -> list[tuple[str, ...]]:
    return [row.cells for row in book.rows]


def windows_1258(text: str) -> bytes:
    """As Windows wrote Vietnamese: letters, and their tones behind them."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFD", char)
            base = "".join(c for c in apart if c not in TONES)
            tones = "".join(c for c in apart if c in TONES)
            out += (unicodedata.normalize("NFC", base) + tones).encode("cp1258")
    return out


def by_table(text: str, table: str) -> bytes:
    numbers = {char: at for at, char in reversed(list(enumerate(table)))}
    return bytes(numbers[char] for char in text)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8"),
        (unicodedata.normalize("NFD", LIST).encode(), "utf-8"),
        (LIST.encode("utf-16"), "utf-16-le"),
        (LIST.encode("utf-16-le"), "utf-16-le"),
        (LIST.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(LIST), "windows-1258"),
        (by_table(LIST, TCVN), "tcvn"),
        (by_table(LIST, VISCII), "viscii"),
    ],
)
def test_the_encoding_is_guessed_and_told(tmp_path: Path, content: bytes, encoding: str) -> None:
    book = read(given(tmp_path, content, "ds.csv"))
    assert book.looks == CsvLooks(encoding, ";")
    assert cells(book) == [tuple(line.split(";")) for line in LIST.splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Code,Name\n1,Café Müller\n2,Señor Ñandú\n", "windows-1252"),
        ("Код,Имя\n1,Магазин на углу\n2,Красная площадь\n", "windows-1251"),
        ("代码,名称\n1,北京商店朝阳区建国路\n2,上海商店南京东路步行街\n", "gb18030"),
    ],
)
def test_other_encodings_are_guessed(tmp_path: Path, text: str, encoding: str) -> None:
    book = read(given(tmp_path, text.encode(encoding)))
    assert book.looks == CsvLooks(encoding, ",")
    assert cells(book)[1][1] == text.splitlines()[1].split(",")[1]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_guessed(tmp_path: Path, separator: str) -> None:
    rows = [("Code", "Name", "Note"), ("1", "a, b; c", "x"), ("2", "d", "")]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    book = read(given(tmp_path, text.encode()))
    assert book.looks == CsvLooks("utf-8", separator)
    assert cells(book) == rows


def test_the_separator_may_be_told_in_the_file(tmp_path: Path) -> None:
    book = read(given(tmp_path, b"sep=;\r\na,b,c;d,e,f\r\n1;2\r\n"))
    assert [(row.number, row.cells) for row in book.rows] == [
        (2, ("a,b,c", "d,e,f")),
        (3, ("1", "2")),
    ]


def test_a_person_may_say_how_text_is_read(tmp_path: Path) -> None:
    path = given(tmp_path, "a;b,c\n".encode("utf-16"))
    assert cells(read(path, csv=CsvLooks("", ","))) == [("a;b", "c")]
    path = given(tmp_path, "Ngã;b\n".encode())
    assert cells(read(path, csv=CsvLooks("windows-1252", ""))) == [("NgÃ£", "b")]
    with pytest.raises(RefusedError, match="not stored as utf-8"):
        read(given(tmp_path, b"\xff\xe1;b"), csv=CsvLooks("utf-8", ";"))


def test_rows_have_the_numbers_that_are_seen(tmp_path: Path) -> None:
    book = read(given(tmp_path, b"a,b\n\n , \n1,2\n"))
    assert [(row.number, row.cells) for row in book.rows] == [(1, ("a", "b")), (4, ("1", "2"))]


def test_lines_may_end_as_on_old_machines(tmp_path: Path) -> None:
    assert cells(read(given(tmp_path, b'a,b\r"c\rd",e\r'))) == [("a", "b"), ("c\rd", "e")]


def workbook(tmp_path: Path) -> Path:
    """Values of every kind, as Excel keeps them."""
    path = tmp_path / "a.csv"  # the content says what it is
    with Workbook(str(path), {"remove_timezone": True}) as book:
        sheet = book.add_worksheet("Một")
        day, time, long = (
            book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "hh:mm", "[h]:mm")
        )
        filled, named = (book.add_format({"num_format": form}) for form in ("00000", '"HN-"000'))
        sheet.write_row(0, 0, ["007", 7.0, 12345678901234.0, 0.1 + 0.2, 1e20, True, "Cư\u0301"])
        sheet.write_datetime(1, 0, dt.date(2026, 5, 6), day)
        sheet.write_datetime(1, 1, dt.datetime(2026, 5, 6, 7, 8, 9, tzinfo=dt.UTC), day)
        sheet.write_datetime(1, 2, dt.time(8, 30), time)
        sheet.write_number(1, 3, 1.5, long)
        sheet.write_number(1, 4, 12, filled)
        sheet.write_number(1, 5, 3, named)
        sheet.write_formula(2, 0, "=1+1", None, 2)
        sheet.write_formula(2, 1, '="a"&1', None, "a1")
        sheet.write_formula(2, 2, "=Z1", None, "#REF!")
        sheet.write_formula(2, 3, "=NA()", None, "#N/A")
        book.add_worksheet("Trống")
        book.add_worksheet("Giấu").hide()
    return path


def test_cells_are_read_as_they_are_seen(tmp_path: Path) -> None:
    book = read(workbook(tmp_path))
    assert (book.kind, book.looks, book.sheet) == (BookKind.XLSX, None, "Một")
    assert book.sheets == ("Một", "Trống")
    assert cells(book) == [
        ("007", "7", "12345678901234", "0.3", "100000000000000000000", "TRUE", "Cứ"),
        ("2026-05-06", "2026-05-06 07:08:09", "08:30", "36:00", "00012", "HN-003", ""),
        ("2", "a1", "#REF!", "#N/A", "", "", ""),
    ]


def test_a_sheet_is_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    assert read(path, sheet="Trống").rows == ()
    with pytest.raises(NotFoundError, match="no sheet Hai"):
        read(path, sheet="Hai")


def test_the_first_sheet_that_holds_something_is_read(tmp_path: Path) -> None:
    content = files.ods(("Đầu", ""), ("Sau", files.ods_row(files.ods_text("a"))))
    book = read(given(tmp_path, content))
    assert (book.sheet, cells(book)) == ("Sau", [("a",)])


def test_what_is_merged_downwards_stands_in_each_row(tmp_path: Path) -> None:
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "Danh sách")
        sheet.merge_range(2, 1, 4, 1, "Miền Nam")
        sheet.write_column(2, 2, ["a", "b", "c", "d"])
    read_ = read(given(tmp_path, out.getvalue()))
    assert [(row.number, row.cells) for row in read_.rows] == [
        (1, ("Danh sách", "", "")),
        (3, ("", "Miền Nam", "a")),
        (4, ("", "Miền Nam", "b")),
        (5, ("", "Miền Nam", "c")),
        (6, ("", "", "d")),
    ]


def test_ods_is_read(tmp_path: Path) -> None:
    rows = (
        files.ods_row(
            files.ods_text("a"),
            files.ods_number(7, "007"),
            files.ods_number(1.5, "1,50"),
            files.ods_error("#REF!"),
        )
        + files.ods_row(repeated=2)
        + files.ods_row(files.ods_text("m", 'table:number-rows-spanned="2"'), files.ods_text("y"))
        + files.ods_row("<table:covered-table-cell/>", files.ods_text("z"))
        + files.ods_row('<table:table-cell table:number-columns-repeated="16384"/>', repeated=9**6)
    )
    book = read(given(tmp_path, files.ods(("Bảng", rows))))
    assert book.kind is BookKind.ODS
    assert [(row.number, row.cells) for row in book.rows] == [
        (1, ("a", "007", "1.5", "#REF!")),
        (4, ("m", "y", "", "")),
        (5, ("m", "z", "", "")),
    ]


def test_xls_is_read(tmp_path: Path) -> None:
    values: list[files.XlsCell] = [
        (1, 1, "Mã"), (1, 2, "Tên"), (2, 1, 7.0), (2, 2, "Cửa hàng"), (3, 1, None), (5, 1, 2.5)
    ]  # fmt: skip
    content = files.xls(values, digits=3, merged=[(2, 3, 2, 2)])
    book = read(given(tmp_path, content))
    assert (book.kind, book.sheets) == (BookKind.XLS, ("Bảng",))
    assert [(row.number, row.cells) for row in book.rows] == [
        (2, ("", "Mã", "Tên")),
        (3, ("", "007", "Cửa hàng")),
        (4, ("", "#REF!", "Cửa hàng")),
        (6, ("", "2.5", "")),
    ]


PAGE = """<html><head><meta charset="{charset}"><title>x</title><style>td {{ a }}</style>
<TABLE><tr><td><table><tr><td>Trang 1</td></tr></table></td></tr></TABLE>
<table border=1><!-- <tr><td>cũ</td></tr> -->
<tr><th colspan=2>Mã&nbsp;<b>CH</b></th><TH>Tên cửa hàng
<tr><td rowspan="2">007<td>a<br/> b</td><td>Bún &amp; Phở</td></tr>
<tr><td></td><td>Lê   Lợi</td></tr></table></body>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "x-unknown"])
def test_a_web_page_that_is_called_xls_is_read(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "export.xls"
    text = PAGE.format(charset=charset)
    path.write_bytes(windows_1258(text) if charset == "windows-1258" else text.encode())
    found = read(path, fits=lambda book: book.columns > 1)
    assert (found.kind, found.sheets, found.sheet) == (BookKind.PAGE, ("1", "2"), "2")
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, ("Mã CH", "", "Tên cửa hàng")), (2, ("007", "a\nb", "Bún & Phở")),
        (3, ("007", "", "Lê Lợi")),
    ]  # fmt: skip
    assert read(path, sheet="1").rows == (Row(1, ("Trang 1",)),)


def test_xml_of_excel_2003_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(files.SPREADSHEET, encoding="utf-8")
    found = read(path)
    assert (found.sheets, found.sheet, found.hidden) == (("Bìa", "Cửa hàng"), "Cửa hàng", {4})
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, ("Mã", "", "Giờ\n")), (4, ("007", "903123456", "07:30")), (5, ("007", "2.5", "")),
    ]  # fmt: skip
