"""Long names and odd pictures find their room: nothing is cut that says something, lists keep one
size, and a report of one page is one page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image

from reports.findings import first_to_mend
from reports.flow import Flow
from reports.journey import STAGES, stages
from reports.program.report import render as render_program
from reports.reading import read as read_back
from reports.render import to_bytes
from reports.sections import photos
from reports.sections.journey_chart import AIR, charts
from reports.sections.photos import LARGEST, PhotoRow
from reports.sheet import Sheet
from reports.snapshot import (
    Comparison,
    PageSize,
    PartName,
    PastVisit,
    Photo,
    Rank,
    ReportSnapshot,
    Template,
)
from reports.theme import SMALL
from reports.typeface import width, wrap
from tests.reports.paper import Paper, outline, print_out, read, stray_marks
from tests.reports.program_samples import Study, program
from tests.reports.samples import Shop, snapshot
from tests.reports.tags import structure

WAVE = "Đợt cao điểm cuối năm, Q4/2026"


def _only(made: ReportSnapshot, *parts: PartName, cover: bool = False) -> ReportSnapshot:
    return replace(made, template=Template("", parts, cover))


# a report of one page


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("bad", [0.2, 1.0])
def test_the_summary_alone_is_one_page_with_its_seal(
    page: PageSize, bad: float, tmp_path: Path
) -> None:
    made = _only(snapshot("bank-branch", Shop("en", 1, bad), page=page))
    made = replace(made, location=replace(made.location, address="Ngõ nhỏ, phố nhỏ, " * 9))
    paper = print_out(made, tmp_path)
    assert len(paper.pages) == 1
    assert stray_marks(paper.path, 48.0) == []
    assert [title for _, title in outline(paper.path)][-1] == "Seal"
    assert read_back(paper.path.read_bytes()).printed_seal == made.content_hash


def test_the_seal_of_one_page_says_what_could_not_be_printed(tmp_path: Path) -> None:
    made = _only(snapshot(shop=Shop("en", 1)), cover=True)
    made = replace(made, location=replace(made.location, name="Cầu Mây 北京"))
    paper = print_out(made, tmp_path)
    assert len(paper.pages) == 2
    assert "stands for a character that the typeface lacks" in paper.pages[1]


# names


def _visits(many: int) -> tuple[PastVisit, ...]:
    return tuple(
        PastVisit(date(2024 + at // 4, at % 4 * 3 + 1, 1), f"Q{at % 4 + 1}/{2024 + at // 4}",
                  Decimal(70 + at))
        for at in range(many)
    )  # fmt: skip


def test_the_waves_of_the_trend_are_named_whole(tmp_path: Path) -> None:
    made = _only(snapshot(shop=Shop("en", 7)), PartName.TREND)
    rank = Rank(1199, 1200, Fraction(75), 4, 1)
    made = replace(
        made, history=_visits(11), comparison=replace(made.comparison, rank=rank), wave=WAVE
    )
    paper = print_out(replace(made, wave="Q4/2026"), tmp_path)
    trend = paper.pages[1]
    for wave in ("Q1/2025", "Q4/2025", "Q2/2026", "Q4/2026"):
        assert wave in trend
    assert "…" not in trend
    assert "1,199=" in trend
    assert "of 1,200" in trend
    few = print_out(replace(made, history=_visits(2)), tmp_path)
    assert few.has(WAVE)
    assert "…" not in few.pages[1]


def test_the_head_of_the_page_tells_long_names_whole(tmp_path: Path) -> None:
    made = _only(snapshot(shop=Shop("vi", 4)), PartName.TREND)
    brand, program_name = "Công ty cổ phần Cà phê Sen Việt Quốc tế", "Trải nghiệm toàn quốc 2026"
    code = "VMM-OCP-L3-27-HANOI-01"
    made = replace(
        made,
        brand=replace(made.brand, name=brand),
        location=replace(made.location, code=code),
        program=program_name,
        wave=WAVE,
    )
    first = print_out(made, tmp_path).pages[0]
    squeezed = "".join(first.split())
    for words in (brand, program_name, WAVE, code, "12/11/2026, buổi chiều"):
        assert "".join(words.split()) in squeezed, words


def _fail_critical(made: ReportSnapshot, words: str) -> ReportSnapshot:
    """With every failed critical question under another name."""
    sheet = Sheet(made, {})
    text = made.checklist
    for id in made.scorecard.critical:
        entry = sheet.entry(id)
        assert entry is not None
        text = text.replace(f'"{entry.short}"', f'"{words}"')
    return replace(made, checklist=text)


def test_what_a_critical_question_does_is_never_cut(tmp_path: Path) -> None:
    made = snapshot("bank-branch", Shop("en", 1, 1.0))
    long = _fail_critical(made, "Nobody asked for a password, a PIN or a one-time code, " * 2)
    paper = print_out(_only(long), tmp_path)
    assert paper.pages[0].count("The total counts as 0.") == 1
    assert paper.pages[0].count("The total is limited to") == 2


def _sizes(paper: Paper, names: list[str]) -> Iterator[float]:
    """The type size of each name's first letter, on page 1."""
    document = pdfium.PdfDocument(str(paper.path))
    try:
        text = document[0].get_textpage()
        for name in names:
            search = text.search(name, match_case=True)
            found = None
            while at := search.get_next():
                found = at
            assert found is not None, name
            yield round(pdfium_c.FPDFText_GetFontSize(text.raw, found[0]), 2)
            search.close()
        text.close()
    finally:
        document.close()


def test_what_to_fix_is_said_whole_before_rows_stand_wide_apart(tmp_path: Path) -> None:
    made = snapshot("mobile-shop", Shop("en", 5, 0.25), page=PageSize.LETTER)
    made = _only(made, PartName.TREND)
    paper = print_out(made, tmp_path)
    for entry in first_to_mend(Sheet(made, {})):
        assert paper.has(entry.comment)
    assert "…" not in paper.pages[0]


def test_a_verdict_about_long_names_is_a_whole_sentence(tmp_path: Path) -> None:
    made = _only(snapshot(shop=Shop("en", 9, 0.2)), PartName.TREND)
    sheet = Sheet(made, {})
    text = made.checklist
    for part in sheet.parts:
        text = text.replace(
            f'"{part.title}"', f'"{part.title}, as seen by a customer who {"x" * 60}"'
        )
    paper = print_out(replace(made, checklist=text), tmp_path)
    assert paper.has(f"Most points were lost on “{first_to_mend(sheet)[0].short}”.")


@pytest.mark.parametrize(("name", "language"), [("bank-branch", "vi"), ("mobile-shop", "en")])
def test_names_of_a_list_have_one_size(name: str, language: str, tmp_path: Path) -> None:
    made = _only(snapshot(name, Shop(language, 5, 0.1)), PartName.TREND)
    made = replace(made, verdict="–")
    sheet = Sheet(made, {})
    paper = print_out(made, tmp_path)
    assert len(set(_sizes(paper, [part.title for part in sheet.parts]))) == 1


def test_names_of_stages_keep_apart() -> None:
    sheet = Sheet(snapshot("hotel-front-desk", Shop("vi", 5)), {})
    [chart] = charts(sheet, stages(sheet))
    for stage, low, high in chart._spans():
        assert stage.stage is not None
        name = sheet.say(STAGES[stage.stage])
        room = chart.edges[high] - chart.edges[low]
        assert width(name, chart.heads) + AIR - 1 <= room + 0.01


def test_a_cover_says_that_nobody_reviewed_it(tmp_path: Path) -> None:
    made = _only(snapshot(shop=Shop("en", 1)), cover=True)
    assert "Not reviewed · " in print_out(made, tmp_path).pages[0]
    reviewed = replace(made, visit=replace(made.visit, reviewed=True))
    assert "Not reviewed" not in print_out(reviewed, tmp_path).pages[0]


# what is heard


@pytest.mark.parametrize(
    "shop", [Shop("en", 1, 0.0), Shop("en", 2, 0.3)], ids=["nothing to mend", "some"]
)
def test_no_list_or_paragraph_is_empty(shop: Shop, tmp_path: Path) -> None:
    made = _only(snapshot(shop=shop, history=False), PartName.FAILED, PartName.QUESTIONS)
    made = replace(made, comparison=Comparison())
    blank = snapshot(shop=shop, change=lambda _, given: given.clear(), history=False)
    for each in (made, blank):
        tree = structure(print_out(each, tmp_path).path)
        empty = [n.kind for n in tree.root.all() if not (n.kids or n.marks)]
        assert set(empty) <= {"TD", "TH"}, empty


# pictures


def test_a_first_word_is_not_broken_for_want_of_room() -> None:
    words = "Thông thoáng khắp nơi"
    lines = wrap(words, SMALL, 60.0, 52.0)
    assert lines[0] == ""
    assert " ".join(lines).split() == words.split()
    assert wrap("x" * 90, SMALL, 60.0, 52.0)[0].startswith("x"), "no line has room for it"


def _picture(folder: Path, size: tuple[int, int]) -> tuple[str, Path]:
    path = folder / f"{size[0]}.jpg"
    Image.new("RGB", size, (90, 120, size[0] % 250)).save(path, quality=60)
    return hashlib.sha256(path.read_bytes()).hexdigest(), path


def _shot(made: ReportSnapshot, images: dict[str, Path]) -> ReportSnapshot:
    said = [
        replace(each, photos=(Photo(sha),)) for each, sha in zip(made.answers, images, strict=False)
    ]
    return replace(made, answers=(*said, *made.answers[len(said) :]))


def test_a_panorama_takes_a_row_of_its_own(tmp_path: Path) -> None:
    sizes = ((400, 300), (302, 400), (2000, 200), (404, 300), (405, 300))
    images = dict(_picture(tmp_path, size) for size in sizes)
    sheet = Sheet(_shot(snapshot(), images), images)
    flow = Flow(sheet.page)
    flow.add(photos.blocks(sheet))
    rows = [p.block for page in flow.pages for p in page if isinstance(p.block, PhotoRow)]
    assert [len(row.shots) for row in rows] == [2, 1, 2]
    assert rows[1]._wide(rows[1].shots[0]) == pytest.approx(sheet.page.inner)
    assert rows[2].high > 3 * rows[1].high, "the last row is as high as one of photos"


def test_a_tiny_picture_is_not_blown_up(tmp_path: Path) -> None:
    images = dict([_picture(tmp_path, (40, 40))])
    made = _only(_shot(snapshot(), images), PartName.PHOTOS)
    document = pdfium.PdfDocument(to_bytes(made, images).data)
    try:
        drawn = [
            item.get_bounds()
            for item in document[1].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])
        ]
    finally:
        document.close()
    [(left, _, right, _)] = drawn
    assert right - left <= 40 * LARGEST + 0.1


# a program


def test_a_program_of_two_visits_reads_as_one(tmp_path: Path) -> None:
    made = program(Study("en", many=2, waves=2))
    made = replace(made, waves=(made.waves[0], replace(made.waves[1], name=WAVE)))
    pages = read(render_program(made, {}, tmp_path / "two.pdf").path).pages
    [told] = [page for page in pages if "How these figures are made" in page]
    assert "No evaluator is named in this report" in " ".join(told.split()), "it is not split"
    assert "2 visits of 2 locations count." in told
    assert "".join(WAVE.split()) in "".join(pages[0].split())
    alone = program(Study("en", many=1, waves=1))
    text = read(render_program(alone, {}, tmp_path / "one.pdf").path).flat
    assert "1 visit of 1 location counts." in text
