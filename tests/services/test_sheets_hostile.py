"""Files that nobody wrote to be read as a table: a sentence each, in little time and memory."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.services.sheets.book import MAX_FILE
from auditor.services.sheets.reading import read
from tests.hostile import bounds
from tests.services import sheet_files as files

MEGABYTE = 1 << 20
SHEET = "<sheetData>{}</sheetData>"
SECONDS, MEGABYTES = 2 * 2.0, 200


def told(tmp_path: Path, content: bytes, name: str = "list.xlsx") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return bounds.refusal(lambda: read(path))


def cell(reference: str, value: object = 1) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


OTHERS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty_file"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "not_a_table"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "not_a_table"),
    "web page called .xls": ("<html><table><tr><p>Mã".encode(), "not_a_table"),
    "web page of UTF-16": ("\n<table border=1>".encode("utf-16"), "not_a_table"),
    "web page behind a comment": (b"<!-- x -->\n<!DOCTYPE html>", "not_a_table"),
    "XML of another kind": (b'<?xml version="1.0"?><Workbook>', "not_a_table"),
    "page in one file": (b"MIME-Version: 1.0\n", "not_a_table"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00", "not_a_table"),
    "any bytes": (bytes(range(256)) * 20, "not_a_table"),
    "archive": (files.zipped({"a.csv": "a,b"}), "not_a_table"),
    "Word": (files.zipped({"word/document.xml": "<a/>"}), "not_a_table"),
    "Writer": (
        files.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "not_a_table",
    ),
    "binary workbook": (files.zipped({"xl/workbook.bin": b"x"}), "not_a_table"),
    "old Word": (files.compound({"WordDocument": b"x"}), "not_a_table"),
    "encrypted .xlsx": (
        files.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), "password",
    ),
    "encrypted .ods": (files.ods(("M", ""), encrypted=True), "password"),
    "cut .xlsx": (files.xlsx_sheet(SHEET.format(""))[:-60], "damaged"),
    "cut .xls": (files.xls([(0, 0, "a")])[:-600], "damaged"),
    "packed as no office does": (
        files.zipped({"xl/workbook.xml": "<a/>" * 99}, method=zipfile.ZIP_LZMA), "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_table_is_told(tmp_path: Path, case: str) -> None:
    content, code = OTHERS[case]
    assert told(tmp_path, content, "list.xls") == code


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_told(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "list.xlsx"
    make(path)
    assert bounds.refusal(lambda: read(path)) in ("folder", "no_file", "file")


def test_names_that_are_none_are_told() -> None:
    for path in ("/dev/zero", "a\0b", "x" * 5000, "\udcff", "gone.csv"):
        assert bounds.refusal(lambda path=path: read(Path(path))) in ("no_file", "file")


def test_too_large_a_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    assert bounds.refusal(lambda: read(path)) == "file_too_big"


#: Each of these once ended the process, or took gigabytes of it.
FAR = {
    "two cells far apart": (cell("A1") + cell("XFD1048576"), "many_rows"),
    "a cell far down": (cell("A1048576"), "many_rows"),
    "a cell far right": (cell("XFD1"), "many_columns"),
    "a place that is none": (cell("ZZZZZZZ99999999999"), "damaged"),
    "a row that is none": ('<row r="99999999999999"><c><v>1</v></c></row>', "damaged"),
    "a text that is not there": ('<c r="A1" t="s"><v>99999999</v></c>', "damaged"),
    "no end": ("<row>" * 9, "damaged"),
}


@pytest.mark.parametrize("case", FAR)
def test_far_cells_are_told(tmp_path: Path, case: str) -> None:
    inside, code = FAR[case]
    assert told(tmp_path, files.xlsx_sheet(SHEET.format(inside))) == code


def test_far_cells_of_other_workbooks_are_told(tmp_path: Path) -> None:
    text = files.ods_text("a")
    for rows, code in (
        (files.ods_row(text, repeated=1_000_000), "many_cells"),
        (files.ods_row(text) + files.ods_row(repeated=9**6) + files.ods_row(text), "many_rows"),
        (files.ods_row(files.ods_text("a", 'table:number-columns-repeated="999"')), "many_columns"),
        (files.ods_row(text, repeated=10**12), "damaged"),
    ):
        assert told(tmp_path, files.ods(("M", rows))) in (code, "many_rows")
    assert told(tmp_path, files.xls([(0, 0, "a"), (65_535, 255, "b")])) == "many_columns"
    assert told(tmp_path, files.xls([(0, 0, "a"), (65_535, 199, "b")])) == "many_cells"


def test_a_doctype_is_not_followed(tmp_path: Path) -> None:
    entities = '<!DOCTYPE w [<!ENTITY a "x">]>'
    content = files.xlsx_sheet(SHEET.format(cell("A1")), workbook=f"{entities}<w>&a;</w>")
    assert told(tmp_path, content) == "damaged"


def lying() -> bytes:
    """A part that unpacks to 64 MB and says that it has 10 bytes."""
    content = bytearray(files.xlsx_sheet("", sharedStrings=b"<" * (64 * MEGABYTE)))
    at = content.rfind(b"xl/sharedStrings.xml") - 46
    struct.pack_into("<L", content, at + 24, 10)
    return bytes(content)


HEAVY: dict[str, tuple[Callable[[], bytes], str]] = {
    "300 MB of blanks": (lambda: files.xlsx_sheet("", theme1=b" " * (300 * MEGABYTE)), "too_large"),
    "a part that lies": (lying, "damaged"),
    "one text of 30 MB": (
        lambda: files.xlsx_sheet("", sharedStrings=b"<t>" + b"x" * (30 * MEGABYTE)), "too_large",
    ),
    "a tag of 30 MB": (
        lambda: files.xlsx_sheet(f'<sheetData a="{"x" * (30 * MEGABYTE)}"/>'), "too_large",
    ),
    "tags in tags": (lambda: files.xlsx_sheet("<a>" * 1_000_000), "too_large"),
    "33 million cells": (
        lambda: files.xlsx_sheet(SHEET.format("<c/>" * 33_000_000)),
        "too_large",
    ),
    "20,000 parts": (
        lambda: files.zipped({f"{at:0230}": b"" for at in range(20_000)}), "too_large",
    ),
    "paragraphs in a cell": (
        lambda: files.ods(("M", files.ods_row("<table:table-cell>" + "<text:p/>" * 10**6
                                              + "</table:table-cell>"))),
        "damaged",
    ),
    "blank lines": (lambda: b"\n" * (20 * MEGABYTE), "many_rows"),
    "separators in one line": (lambda: b"," * (20 * MEGABYTE), "many_columns"),
    "short lines": (lambda: b"a,b,c\n" * (2 * MEGABYTE), "many_rows"),
    "tags without end": (lambda: b"<table><td>" + b"<a" * (10 * MEGABYTE), "many_cells"),
    "a quotation without end": (lambda: b'a,b\n"' + b"x,\n" * (10 * MEGABYTE), "quotes"),
    "no letters": (lambda: b"\xe1\xe9 \xff\xfe" * (2 * MEGABYTE), "quotes"),
}  # fmt: skip


@pytest.mark.parametrize("case", HEAVY)
def test_heavy_files_keep_time_and_memory(tmp_path: Path, case: str) -> None:
    make, code = HEAVY[case]
    path = tmp_path / "list"
    path.write_bytes(make())
    codes: list[str] = []
    spent = bounds.measured(lambda: codes.append(bounds.refusal(lambda: read(path))))
    assert codes == [code]
    assert spent.seconds < SECONDS
    assert spent.megabytes < MEGABYTES


SAMPLES = {
    "xlsx": files.xlsx_sheet(SHEET.format(cell("A1") + cell("B2", "12.5"))),
    "ods": files.ods(("M", files.ods_row(files.ods_text("a"), files.ods_number(7, "007")))),
    "xls": files.xls([(0, 0, "a"), (1, 1, 2.0), (2, 0, None)], digits=3, merged=[(1, 2, 1, 1)]),
    "html": b"<table><tr><td rowspan=2>a<td colspan=2>b&amp;<tr><!-- x --><th>c<br>d</table>",
    "xml": files.SPREADSHEET.encode(),
    "csv": 'Mã;"Tên"\n1;"a;b"\n'.encode(),
}


@pytest.mark.parametrize("kind", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=4)
)
def test_a_changed_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[float, int]]
) -> None:
    content = bytearray(SAMPLES[kind])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    told(tmp_path_factory.mktemp("changed"), bytes(content))


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_cut_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    content = SAMPLES[kind]
    for part in range(1, 30):
        told(tmp_path, content[: len(content) * part // 30])
