"""The workbook and the table of answers, read back by another library."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from forms.scorecard import Status
from reports.sheet import Sheet
from reports.snapshot import ReportSnapshot
from reports.workbook import write_answers, write_workbook
from tests.reports.samples import Shop, snapshot

Row = dict[str, Any]


@pytest.fixture(scope="module")
def visits() -> list[ReportSnapshot]:
    """The same shop twice, and a checklist of every type."""
    first = snapshot(shop=Shop("en"))
    again = snapshot(shop=Shop("en", seed=8))
    second = replace(again, visit=replace(again.visit, number="V-0143"))
    return [first, second, snapshot("every-type", shop=Shop("en"))]


@pytest.fixture(scope="module")
def book(visits: list[ReportSnapshot], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "wave.xlsx"
    write_workbook(visits, path, "en")
    return path


def rows(path: Path, name: str) -> list[Row]:
    heading, *found = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    names = [str(cell) for cell in heading]
    return [dict(zip(names, row, strict=True)) for row in found]


def test_a_workbook_has_a_sheet_for_each_table_and_a_row_for_each_visit(book: Path) -> None:
    assert CalamineWorkbook.from_path(book).sheet_names == [
        "Visits", "Sections", "Findings", "Answers",
    ]  # fmt: skip
    assert [row["Visit"] for row in rows(book, "Visits")] == ["V-0142", "V-0143", "V-0142"]


def test_figures_are_numbers_and_dates_are_dates(book: Path, visits: list[ReportSnapshot]) -> None:
    first = rows(book, "Visits")[0]
    assert first["Score"] == float(visits[0].scorecard.score or 0)
    assert first["Date"] == date(2026, 11, 12)
    assert first["Seal"] == visits[0].content_hash
    change = (visits[0].scorecard.score or 0) - visits[0].history[-1].score
    assert first["Change"] == pytest.approx(float(change))


def test_points_lost_add_up_as_the_scorecard_says(book: Path, visits: list[ReportSnapshot]) -> None:
    answers = [row for row in rows(book, "Answers") if row["Visit"] == "V-0143"]
    lost = sum((q.lost or Fraction(0) for q in visits[1].scorecard.questions), Fraction(0))
    assert sum(row["Points lost"] or 0 for row in answers) == pytest.approx(float(lost))
    shares = sum((q.share or Fraction(0) for q in visits[1].scorecard.questions), Fraction(0))
    told = sum(row["Points of the total"] or 0 for row in answers)
    assert told == pytest.approx(float(shares))


def test_sections_hold_the_ratio_as_a_number(book: Path, visits: list[ReportSnapshot]) -> None:
    first = next(row for row in rows(book, "Sections") if row["Visit"] == "V-0143")
    ratio = visits[1].scorecard.sections[0].ratio
    assert ratio is not None
    assert first["Score"] == pytest.approx(float(ratio))


def test_findings_stand_most_points_first(book: Path) -> None:
    lost = [row["Points lost"] or 0 for row in rows(book, "Findings") if row["Visit"] == "V-0143"]
    assert lost
    assert lost == sorted(lost, reverse=True)


def test_what_was_not_asked_is_told_apart_from_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    one = snapshot("every-type", shop=Shop("en"))
    write_workbook([one], path, "en")
    told = {row["Question id"]: row["Status"] for row in rows(path, "Answers")}
    for score in one.scorecard.questions:
        if score.id in told:
            assert (told[score.id] == "Not asked") == (score.status is Status.HIDDEN)
    assert len(set(told.values())) > 2


def test_headings_stay_in_view_and_can_be_filtered(book: Path) -> None:
    with zipfile.ZipFile(book) as parts:
        for at in range(1, 5):
            page = parts.read(f"xl/worksheets/sheet{at}.xml").decode()
            assert 'state="frozen"' in page
            assert "<autoFilter" in page


HOSTILE = ("=1+1", "+1", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")', "'=1")


def _said(comment: str) -> ReportSnapshot:
    first = snapshot(shop=Shop("en"))
    answers = (replace(first.answers[0], comment=comment), *first.answers[1:])
    return replace(first, answers=answers)


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_never_a_formula_in_a_workbook(tmp_path: Path, words: str) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook([_said(words)], path, "en")
    assert words.strip() in {row["Comment"] for row in rows(path, "Answers")}
    with zipfile.ZipFile(path) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("words", HOSTILE)
def test_text_is_never_a_formula_in_a_table_of_answers(tmp_path: Path, words: str) -> None:
    path = tmp_path / "x.csv"
    write_answers([_said(words)], path, "en")
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = [row["Comment"] for row in csv.DictReader(file)]
    assert f"'{words.strip()}" in told or words.strip() == "x"
    assert not any(text.startswith(("=", "+", "-", "@", "\t")) for text in told)


def test_the_table_of_answers_has_one_row_for_each_answer(
    tmp_path: Path, visits: list[ReportSnapshot]
) -> None:
    path = tmp_path / "answers.csv"
    write_answers(visits, path, "vi")
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *told = csv.reader(file)
    assert heading[:3] == ["Lượt ghé thăm", "Mã", "Địa điểm"]
    assert len(told) == sum(len(Sheet(one, {}).entries) for one in visits)
    assert all(len(row) == len(heading) for row in told)


def test_nothing_stands_in_it_that_the_paper_may_not_say(book: Path) -> None:
    with zipfile.ZipFile(book) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


def test_the_same_visits_give_the_same_bytes(tmp_path: Path, visits: list[ReportSnapshot]) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(visits, tmp_path / name, "en")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        assert "2026-11-16T12:00:00Z" in parts.read("docProps/core.xml").decode()
