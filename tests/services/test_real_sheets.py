"""Lists as the offices of firms keep them: titles, sums, signatures, numbers that are text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook as ExcelFile

from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.places import LocationInput
from auditor.domain.programs import ProgramInput, Terms, WaveInput
from auditor.services.evaluator_lists import KIND as EVALUATORS
from auditor.services.importing import mapping
from auditor.services.lists.assignment_fields import KIND as VISITS
from auditor.services.lists.assignment_rows import read_date
from auditor.services.lists.columns import fits, guess
from auditor.services.sheets.book import Book, BookKind, Row
from auditor.services.sheets.old_vietnamese import TCVN
from auditor.services.sheets.reading import read
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries

CHECKLIST = """
format: auditor-checklist/1
id: small
version: "1"
title: Small
languages: [vi]
scoring: {total: weighted}
sections:
  - {id: a, title: A, questions: [{id: q, type: text, label: Q}]}
"""


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace.open(tmp_path / "workspace")
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Sen")
    for code in ("0012", "0013", "0014"):
        workspace.places.add(brand.id, LocationInput(code, code, region="TP.HCM / Quận 1"))
    workspace.places.set_active([3], False)
    version = workspace.checklists.add(CHECKLIST.encode(), "small.yaml")
    program = workspace.programs.add(client.id, ProgramInput("P", terms=Terms(version.id)))
    workspace.programs.add_waves(program.id, [WaveInput("Đợt 1")])
    yield workspace
    workspace.close()


def book(*rows: tuple[str, ...]) -> Book:
    width = max(map(len, rows))
    filled = [row + ("",) * (width - len(row)) for row in rows]
    return Book(BookKind.XLSX, None, (), "", tuple(Row(n, r) for n, r in enumerate(filled, 1)))


def test_a_list_of_locations_as_a_firm_has_it(firm: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "dia-diem.xlsx"
    with ExcelFile(path) as file:
        file.add_worksheet("Hướng dẫn").write(0, 0, "Điền danh sách ở sheet sau")
        sheet = file.add_worksheet("Danh sách")
        zeros, time = (file.add_format({"num_format": f}) for f in ("0000", "hh:mm"))
        sheet.merge_range(0, 0, 0, 6, "CÔNG TY CỔ PHẦN SEN VIỆT")
        heads = ("STT", "Mã CH", "Tên cửa hàng", "", "SĐT", "Giờ mở cửa", "Giờ đóng cửa")
        sheet.write_row(2, 0, heads)
        sheet.write_row(3, 0, (1, "0021", "Nguyễn Huệ", "", 903123456.0))
        sheet.write_row(4, 0, (2, None, "Lê Lợi", "", 2838212345))
        sheet.write_number(4, 1, 22, zeros)
        for row in (3, 4):
            sheet.write_number(row, 5, 7 / 24, time)
            sheet.write_number(row, 6, 22.5 / 24, time)
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write(6, 0, "Tổng cộng:")
        sheet.write_formula(6, 1, "=COUNTA(B4:B5)", None, 2)
        sheet.write(8, 5, "Người lập bảng")
    found = read(path, fits=mapping.fits)
    assert (found.sheet, found.hidden) == ("Danh sách", {5})
    client = firm.location_lists.client(None)
    plan = firm.location_lists.plan(found, client)
    assert plan.refused == ()
    assert [(a.after.code, a.after.contacts, a.after.hours) for a in plan.adds] == [
        ("0021", "0903123456", "07:00–22:30"), ("0022", "02838212345", "07:00–22:30"),
    ]  # fmt: skip
    assert len(firm.location_lists.plan(found.seen(), client).adds) == 1


def test_two_rows_of_headings_part_of_a_day_and_a_signature(firm: Workspace) -> None:
    rows = (
        ("DANH SÁCH CỬA HÀNG", "", "", "", "", ""),
        ("Cửa hàng", "", "Người liên hệ", "", "Giờ hoạt động", ""),
        ("Mã", "Tên", "Họ tên", "Số", "Từ", "Đến"),
        ("0021", "Nguyễn Huệ", "Bích", "903123456", "0.3125", "0,916666666666667"),
        ("", "", "", "", "", ""),
        ("", "Hà Nội, ngày 5 tháng 1 năm 2027", "", "", "", ""),
        ("", "Người lập bảng", "Kế toán trưởng", "", "", ""),
    )
    plan = firm.location_lists.plan(book(*rows), firm.location_lists.client(None))
    assert plan.refused == ()
    (new,) = plan.adds
    assert (new.after.contacts, new.after.hours) == ("Bích, 0903123456", "07:30–22:00")


def test_evaluators_with_two_contacts_and_a_shortened_city(firm: Workspace) -> None:
    rows = (
        ("DANH SÁCH CTV",),
        ("STT", "Mã CTV", "Họ tên", "Điện thoại di động", "Email", "Ngày sinh", "Tỉnh/TP"),
        ("1", "EV-1", "Bích", "903111222", "b@x.vn", "1995-05-01", "Thành phố Hồ Chí Minh"),
        ("2", "EV-2", "An", "9,03E+08", "", "", ""),
        ("Tổng số: 2",),
    )
    assert fits(EVALUATORS)(book(*rows))
    plan = firm.evaluator_lists.plan(book(*rows))
    (new,) = plan.adds
    assert (new.after.contacts, new.after.region_id) == ("0903111222, b@x.vn", 1)
    (refused,) = plan.refused
    assert [problem.code for problem in refused.problems] == ["shortened"]


def test_a_schedule_names_evaluators_and_days_as_people_do(firm: Workspace) -> None:
    for code, name in (("EV-1", "Trần Thị Bích"), ("EV-2", "Lê Văn An"), ("EV-3", "Lê Văn An")):
        firm.evaluators.add(EvaluatorInput(code, name))
    lists, wave = firm.assignment_lists, firm.read(visit_queries.wave, 1)
    plan = lists.plan(
        book(
            ("LỊCH GHÉ THĂM",),
            ("STT", "Mã cửa hàng", "Đánh giá viên", "Ngày ghé thăm dự kiến", "Hạn nộp báo cáo"),
            ("1", "0012", "Trần Thị Bích", "Thứ Ba, 05/01/2027", "46399"),
            ("2", "0013", "ev-2 – Lê Văn An", "6/1/27", ""),
            ("3", "0014", "Lê Văn An", "", ""),
            ("", "Tổng số lượt: 3"),
        ),
        wave,
    )
    assert [(a.after.planned_for, a.after.due) for a in plan.adds] == [
        (date(2027, 1, 5), date(2027, 1, 12)), (date(2027, 1, 6), None),
    ]  # fmt: skip
    assert [a.after.evaluator and a.after.evaluator.code for a in plan.adds] == ["EV-1", "EV-2"]
    (refused,) = plan.refused
    archived, namesakes = refused.problems
    assert "đã lưu trữ" in archived.text("vi")
    assert namesakes.code == "unknown_evaluator"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-05 08:30", date(2027, 1, 5)),
        ("2027/1/5", date(2027, 1, 5)),
        ("5.1.2027", date(2027, 1, 5)),
        ("CN, 10/01/2027", date(2027, 1, 10)),
        ("Thứ hai 4/1/2027", date(2027, 1, 4)),
        ("46392", date(2027, 1, 5)),
        ("31/02/2027", None),
        ("2027", None),
        ("903123456", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_letters_of_an_old_font_are_read_as_they_are_meant(tmp_path: Path, codec: str) -> None:
    letters = {char: byte for byte, char in enumerate(TCVN)}

    def typed(text: str) -> str:
        return bytes(letters[char] for char in text).decode(codec)

    rows = (("Mã CH", "Tên cửa hàng"), ("C1", "Cửa hàng Nguyễn Huệ"), ("C2", "Hà Nội"))
    path = tmp_path / "old.xlsx"
    with ExcelFile(path) as file:
        sheet = file.add_worksheet("A")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, [typed(cell) for cell in row])
    found = read(path)
    assert found.old_font
    assert tuple(row.cells for row in found.rows) == rows
    plain = tmp_path / "new.csv"
    plain.write_text("Mã,Tên\nC1,Cà phê Nguyễn Huệ\nC2,Hà Nội\nC3,Café Ünter\n", encoding="utf-8")
    assert not read(plain).old_font


def test_headings_are_known_with_more_words_around_them() -> None:
    heads = ("STT", "Mã cửa hàng (*)", "Tên CTV", "Mã CTV", "Ngày sinh", "Ngày ghé thăm")
    known = guess(book(heads), VISITS)
    assert [None if f is None else f.value for f in known.fields] == [
        None, "location", None, "evaluator", None, "planned",
    ]  # fmt: skip
    spare = guess(book(("Mã CH", "Tên CTV")), VISITS)
    assert spare.fields[1] == "evaluator"
