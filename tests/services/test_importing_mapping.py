"""Columns are known by their headings, in either language and however they are written."""

from __future__ import annotations

import pytest

from auditor.services.importing.fields import Field
from auditor.services.importing.mapping import ColumnMapping, guess, guess_mapping
from auditor.services.sheets.book import Book, BookKind, Row


def book(*rows: tuple[int, tuple[str, ...]]) -> Book:
    width = max(len(cells) for _, cells in rows)
    filled = (Row(at, cells + ("",) * (width - len(cells))) for at, cells in rows)
    return Book(BookKind.TEXT, None, (), "", tuple(filled))


@pytest.mark.parametrize(
    ("field", "headings"),
    {
        Field.CODE: "Mã CH|MÃ CỬA HÀNG (*)|Mã cửa hàng|mã_điểm_bán|Store code|STORE-ID|Outlet Code"
        "|Mã số|Mã|Code|Branch No.|Mã PGD",
        Field.NAME: "Tên điểm bán|Tên CH|Tên cửa hàng:|Outlet name|Store Name|Tên chi nhánh|Name"
        "|Cửa hàng|Điểm bán|TÊN NHÀ HÀNG",
        Field.ADDRESS: "Địa chỉ|ĐỊA CHỈ CỬA HÀNG|Full address|Street address|Đ/c|Address line 1",
        Field.BRAND: "Thương hiệu|Brand|Nhãn hàng|Chain|Tên thương hiệu",
        Field.CONTACTS: "Số điện thoại|SĐT cửa hàng|Điện thoại|Email|Cửa hàng trưởng|Phone number"
        "|Store Manager|Người liên hệ|Tên quản lý",
        Field.HOURS: "Giờ mở cửa|Thời gian hoạt động|Opening hours|Store opening hours"
        "|Giờ đóng cửa",
        Field.TAGS: "Phân loại|Tags|Loại hình|Channel|Nhãn|Store type",
        Field.ACTIVE: "Trạng thái|Hoạt động|Active|Status|Tình trạng hoạt động",
        Field.REGION: "Khu vực|Region|Tỉnh/TP|Tỉnh / Thành phố|Province|Miền|Quận/Huyện|City",
        None: "STT|Ghi chú|Mã số thuế|Mã tỉnh|Mã nhân viên|Kinh độ|Ngày khai trương||Doanh thu",
    }.items(),
    ids=str,
)  # fmt: skip
def test_headings_are_known(field: Field | None, headings: str) -> None:
    for heading in headings.split("|"):
        assert guess_mapping([heading]).fields == (field,), heading


def test_a_list_from_the_north() -> None:
    headings = (
        "STT", "Mã CH", "Tên cửa hàng", "Số nhà", "Đường", "Quận/Huyện", "Tỉnh/TP", "Miền",
        "SĐT", "Email", "Ghi chú",
    )  # fmt: skip
    assert guess_mapping(headings, 4) == ColumnMapping(
        4,
        (
            None, Field.CODE, Field.NAME, Field.ADDRESS, Field.ADDRESS, Field.REGION_3,
            Field.REGION_2, Field.REGION_1, Field.CONTACTS, Field.CONTACTS, None,
        ),
    )  # fmt: skip


def test_the_surer_heading_has_the_field() -> None:
    headings = ("Mã khách hàng thân thiết", "Tên", "Mã cửa hàng", "Tên cửa hàng trên biển hiệu")
    assert guess_mapping(headings).fields == (None, Field.NAME, Field.CODE, None)


def test_more_than_four_levels_leave_out_the_narrowest() -> None:
    mapping = guess_mapping(("Phường", "Quận", "Tỉnh", "Khu vực", "Miền"))
    assert mapping.fields == (
        None, Field.REGION_4, Field.REGION_3, Field.REGION_2, Field.REGION_1,
    )  # fmt: skip


def test_the_heading_row_is_found_below_titles() -> None:
    found = guess(
        book(
            (1, ("CÔNG TY SÔNG HỒNG",)),
            (2, ("DANH SÁCH CỬA HÀNG THÁNG 11", "", "")),
            (5, ("Mã CH", "Tên CH", "Địa chỉ")),
            (6, ("HN-01", "Hồ Gươm", "Hà Nội")),
        )
    )
    assert found == ColumnMapping(5, (Field.CODE, Field.NAME, Field.ADDRESS))


def test_the_heading_row_may_be_told() -> None:
    table = book((1, ("Mã", "Tên")), (2, ("Code", "Address")))
    assert guess(table, 2).fields == (Field.CODE, Field.ADDRESS)
    assert guess(table, 0) == ColumnMapping(0, (None, None))
    assert guess(Book(BookKind.TEXT, None, (), "", ())) == ColumnMapping(0, ())


def test_a_person_maps_a_column() -> None:
    mapping = guess_mapping(("Mã", "Tên", "SĐT", "X"))
    moved = mapping.with_field(3, Field.NAME)
    assert moved.fields == (Field.CODE, None, Field.CONTACTS, Field.NAME)
    assert mapping.with_field(3, Field.CONTACTS).columns(Field.CONTACTS) == (2, 3)
    assert mapping.with_field(0, None).has(Field.CODE) is False
