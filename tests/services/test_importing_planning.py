"""What an import would do, row by row, and why rows are refused."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.domain.errors import RefusedError
from auditor.domain.places import LocationInput
from auditor.domain.records import BrandRecord, LocationRecord
from auditor.services.importing.cells import yes_or_no
from auditor.services.importing.export import location_table
from auditor.services.importing.fields import TITLES, Field
from auditor.services.importing.mapping import guess
from auditor.services.importing.plan import Defaults, Known, Plan
from auditor.services.importing.planning import plan
from auditor.services.location_rows import cleaned
from auditor.services.sheets.book import Book, BookKind, Row
from auditor.services.sheets.reading import read
from auditor.services.sheets.writing import Table, write
from auditor.words import WORDS
from tests.hostile import bounds

LEAF, SEED = BrandRecord(1, 1, "Lá", "", ""), BrandRecord(2, 1, "Hạt", "", "")
GUOM = LocationRecord(
    7, 1, "Lá", "HN-01", "Hồ Gươm", "12 Đinh Tiên Hoàng", "Miền Bắc / Hà Nội", True,
    contacts="Lan, 0901", hours="08:00–22:00", tags=("hạng A", "Phố"),
)  # fmt: skip
KNOWN = Known.of([LEAF, SEED], [GUOM], ["Miền Bắc", "Miền Bắc / Hà Nội"])
HEADINGS = (
    "Mã", "Tên", "Thương hiệu", "Khu vực", "Địa chỉ", "Liên hệ", "Giờ mở cửa", "Nhãn", "Hoạt động",
)  # fmt: skip
SAME = (
    "HN-01", "Hồ Gươm", "Lá", "Miền Bắc / Hà Nội", "12 Đinh Tiên Hoàng", "Lan, 0901",
    "08:00–22:00", "Phố; hạng A", "x",
)  # fmt: skip


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> Book:
    filled = (row + ("",) * (len(headings) - len(row)) for row in rows)
    numbered = [Row(at, row) for at, row in enumerate((headings, *filled), 1)]
    return Book(BookKind.TEXT, None, (), "", tuple(numbered))


def planned(book: Book, known: Known = KNOWN, defaults: Defaults | None = None) -> Plan:
    return plan(book, guess(book), known, defaults)


def problems(found: Plan) -> list[tuple[int, str, int | None]]:
    return [
        (problem.row, problem.code, problem.column)
        for refused in found.refused
        for problem in refused.problems
    ]


def with_cell(field: int, text: str, row: tuple[str, ...] = SAME) -> tuple[str, ...]:
    return (*row[:field], text, *row[field + 1 :])


def test_what_is_there_already_is_left() -> None:
    found = planned(table(SAME, with_cell(0, "hn-01", with_cell(2, "HẠT"))))
    assert found.same == (2,)
    assert [change.brand for change in found.adds] == ["Hạt"]
    assert found.counts.changes == found.counts.refused == 0


def test_a_new_row_is_added_as_it_is_kept() -> None:
    row = (
        " SG-02 ", "Thảo\u00a0 Điền", "lá", "miền bắc/ Hải Phòng /Lê Chân", " 5 Hẻm ", "",
        "7:00-21:00", "a, b;a\nÁ", "Có",
    )  # fmt: skip
    found = planned(table(row, with_cell(0, "SG-03", with_cell(3, "Miền Bắc / HẢI PHÒNG", row))))
    add = found.adds[0]
    assert (add.row, add.code, add.brand, add.brand_id, add.before) == (2, "SG-02", "Lá", 1, None)
    assert add.after == LocationInput(
        "SG-02", "Thảo Điền", "5 Hẻm", "Miền Bắc / Hải Phòng / Lê Chân", "", "7:00-21:00",
        ("a", "b"), True,
    )  # fmt: skip
    assert cleaned(add.after) == add.after
    assert found.adds[1].after.region == "Miền Bắc / Hải Phòng"
    assert found.regions == ("Miền Bắc / Hải Phòng", "Miền Bắc / Hải Phòng / Lê Chân")


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        (1, "Hồ Tây", Field.NAME, "Hồ Tây"),
        (3, "Miền Nam", Field.REGION, "Miền Nam"),
        (4, "Số 1", Field.ADDRESS, "Số 1"),
        (5, "Hoa", Field.CONTACTS, "Hoa"),
        (6, "cả ngày", Field.HOURS, "cả ngày"),
        (7, "b,a", Field.TAGS, ("a", "b")),
        (8, "Ngừng hoạt động", Field.ACTIVE, False),
    ],
)
def test_a_change_says_what_it_changes(column: int, text: str, field: Field, value: object) -> None:
    found = planned(table(with_cell(column, text)))
    (change,) = found.changes
    assert (change.before, change.fields) == (GUOM, (field,))
    assert getattr(change.after, field) == value
    assert getattr(change.before, field) != value


@pytest.mark.parametrize("column", [3, 4, 5, 6, 7, 8])
def test_empty_cells_leave_what_is_there_unless_told(column: int) -> None:
    book = table(with_cell(column, ""))
    assert planned(book).counts.same == 1
    found = planned(book, defaults=Defaults(clear_blank=True))
    assert found.counts.same == (column == 8)
    for change in found.changes:
        assert not getattr(change.after, change.fields[0])


def test_columns_that_are_missing_leave_what_is_there() -> None:
    book = table(("HN-01", "Hồ Tây"), headings=("Mã", "Tên"))
    found = planned(book, defaults=Defaults(brand_id=1, clear_blank=True))
    assert found.changes[0].after == LocationInput(
        "HN-01", "Hồ Tây", GUOM.address, GUOM.region, GUOM.contacts, GUOM.hours, GUOM.tags
    )


def test_every_fault_of_a_row_is_told_at_its_cell() -> None:
    bad = (
        "x" * 41, "y" * 201, "Không có", "/".join("abcdefghi"), "z" * 501, "c" * 501, "h" * 201,
        ",".join(f"t{at}" for at in range(21)) + "," + "t" * 41, "có thể",
    )  # fmt: skip
    found = planned(table(bad))
    assert problems(found) == [
        (2, "too_long", 0),
        (2, "too_long", 1),
        (2, "unknown_brand", 2),
        (2, "region_deep", 3),
        (2, "too_long", 4),
        (2, "too_long", 5),
        (2, "too_long", 6),
        (2, "many_tags", 7),
        (2, "tag_long", 7),
        (2, "active_unclear", 8),
    ]
    assert found.refused[0].cells == bad
    for problem in found.refused[0].problems:
        bounds.check_sentences(problem.text("en"), problem.text("vi"))


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (with_cell(0, " "), "no_code", 0),
        (with_cell(1, ""), "no_name", 1),
        (with_cell(4, "#REF!"), "formula", 4),
        (with_cell(0, "#N/A"), "formula", 0),
        (with_cell(3, "/".join(["r" * 100] * 5)), "too_long", 3),
        (("SG-09", "Mới"), "no_brand", 2),
    ],
)
def test_a_fault_refuses_the_row(row: tuple[str, ...], code: str, column: int) -> None:
    found = planned(table(row))
    assert problems(found) == [(2, code, column)]
    told = found.refused[0].problems[0]
    bounds.check_sentences(told.text("en"), told.text("vi"))
    assert found.counts.adds == found.counts.changes == 0


def test_a_code_that_stands_twice_refuses_both_rows() -> None:
    other = with_cell(2, "Hạt")
    found = planned(table(SAME, other, with_cell(0, "hn-01 "), with_cell(0, "HN-01")))
    assert problems(found) == [(2, "code_twice", 0), (4, "code_twice", 0), (5, "code_twice", 0)]
    assert [change.row for change in found.adds] == [3]
    sentences = [refused.problems[0].text("en") for refused in found.refused]
    assert "row 2 and in row 4" in sentences[0]
    assert "row 2 and in row 4" in sentences[1]
    assert "row 2 and in row 5" in sentences[2]


def test_the_brand_is_that_of_the_row_of_the_table_or_of_the_code() -> None:
    book = table(("HN-01", "Hồ Gươm"), ("HN-02", "Mới"), headings=("Mã", "Tên"))
    found = planned(book)
    assert (found.same, problems(found)) == ((2,), [(3, "no_brand", None)])
    assert [add.brand for add in planned(book, defaults=Defaults(brand_id=2)).adds] == ["Hạt"] * 2
    alone = planned(book, Known.of([LEAF], [GUOM]))
    assert (alone.same, alone.adds[0].brand) == ((2,), "Lá")
    both = Known.of([LEAF, SEED], [GUOM, replace(GUOM, id=8, brand_id=2, brand="Hạt")])
    assert problems(planned(book, both))[0] == (2, "several_brands", None)


def test_a_location_that_was_merged_is_not_brought_back() -> None:
    known = Known.of([LEAF], [replace(GUOM, active=False, merged_into=9)])
    assert problems(planned(table(SAME), known)) == [(2, "merged", 0)]


def test_new_locations_take_the_region_of_the_table() -> None:
    book = table(("HN-01", "Hồ Gươm"), ("HN-02", "Mới"), headings=("Mã", "Tên"))
    found = planned(book, defaults=Defaults(brand_id=1, region="miền bắc/ Huế"))
    assert found.same == (2,)
    assert found.adds[0].after.region == "Miền Bắc / Huế"
    assert found.regions == ("Miền Bắc / Huế",)


def test_columns_are_put_together() -> None:
    headings = ("Mã", "Tên", "Quận", "Tỉnh", "Số nhà", "Đường", "SĐT", "Email", "Giờ mở cửa",
                "Giờ đóng cửa")  # fmt: skip
    row = ("A", "B", "Quận 1", "TP.HCM", "5", "Lê Lợi", "0901", "a@b.vn", "08:00", "22:00")
    (add,) = planned(table(row, headings=headings), defaults=Defaults(1)).adds
    assert add.after == LocationInput(
        "A", "B", "5, Lê Lợi", "TP.HCM / Quận 1", "0901, a@b.vn", "08:00–22:00"
    )


def test_blank_rows_and_repeated_headings_are_passed_over() -> None:
    found = planned(table(("", " "), HEADINGS, SAME))
    assert (found.same, found.refused) == ((4,), ())


def test_a_table_without_codes_is_refused() -> None:
    with pytest.raises(RefusedError) as told:
        planned(table(("a",), headings=("Tên",)))
    assert told.value.code == "no_code_column"


def test_a_new_location_needs_a_name() -> None:
    book = table(("HN-01",), ("HN-02",), headings=("Mã", "Ghi chú"))
    found = planned(book, defaults=Defaults(brand_id=1))
    assert (found.same, problems(found)) == ((2,), [(3, "no_name", None)])


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("Có", True), ("YES", True), ("1", True), ("TRUE", True), ("Đang hoạt động", True),
     ("không", False), ("No", False), ("0", False), ("Đã đóng cửa", False), ("closed", False),
     ("tạm ngưng", False), ("maybe", None), ("2", None)],
)  # fmt: skip
def test_yes_and_no_are_known(said: str, wanted: bool | None) -> None:
    assert yes_or_no(said) is wanted


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_export_imports_as_what_is_there(tmp_path: Path, language: str, ending: str) -> None:
    records = [
        GUOM,
        replace(GUOM, id=8, code="=1+1", name="+84", address="-\n5", contacts="'x", active=False),
        replace(GUOM, id=9, code="007", brand_id=2, brand="Hạt", region="", tags=(), hours=""),
    ]
    book = read(write(tmp_path / f"x{ending}", location_table(records, language)))
    found = planned(book, Known.of([LEAF, SEED], records, KNOWN.regions))
    assert (found.counts.same, found.counts.refused) == (3, 0)
    cleared = planned(
        book, Known.of([LEAF, SEED], records, KNOWN.regions), Defaults(clear_blank=True)
    )
    assert cleared.counts.same == 3


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_own_headings_are_known(language: str) -> None:
    for field, title in TITLES.items():
        book = table(headings=("Mã CH", "Tên CH", WORDS.text(language, title)))
        wanted = {Field.CODE: None, Field.NAME: None}.get(field, field)
        if not field.startswith("region_"):
            assert guess(book).fields[2] is wanted


@pytest.mark.slow
def test_fifty_thousand_rows_are_read_and_planned(tmp_path: Path) -> None:
    rows = [
        (
            f"HN-{at:05}",
            f"Cửa hàng số {at}",
            f"Tỉnh {at % 63}",
            f"{at} Lê Lợi",
            "0901",
            "A; B",
            "Có",
        )
        for at in range(50_000)
    ]
    headings = ("Mã", "Tên", "Tỉnh", "Địa chỉ", "SĐT", "Nhãn", "Hoạt động")
    book = read(write(tmp_path / "x.csv", Table("t", headings, rows)))
    known = Known.of([LEAF])
    began = time.process_time()
    first = planned(book, known)
    taken = time.process_time() - began
    assert (first.counts.adds, len(first.regions)) == (50_000, 63)
    assert taken < 2 * 6  # twice as long on a busy machine
