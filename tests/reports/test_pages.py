"""How pages look, as far as a machine can tell: nothing touches, nothing is cut, sums agree."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from forms import library
from forms.answers import Answer
from forms.compiled import CompiledChecklist
from forms.scorecard import Status
from reports import theme
from reports.answers import shown, tone
from reports.charts import axis
from reports.figures import rounded
from reports.findings import critical_entries, strengths, verdict
from reports.flow import Flow, Placed
from reports.location import story
from reports.pen import chip_width
from reports.sections import ledger, photos
from reports.sections.failed import FailedItem, LossStrip
from reports.sections.ledger import LedgerPage
from reports.sections.photos import PhotoRow
from reports.sections.rows import ANSWER_X, QuestionRow
from reports.sections.sums import SumBox
from reports.sheet import Sheet
from reports.snapshot import Daypart, PageSize, ReportSnapshot
from tests.reports.paper import print_out
from tests.reports.samples import SAID, Given, Shop, of_text, pictures, snapshot

EVERY = [
    (name, language, page)
    for name in library.names()
    for language, page in (("vi", PageSize.A4), ("en", PageSize.LETTER))
]


def _sheets() -> list[Sheet]:
    return [
        Sheet(snapshot(name, Shop(language, 5, bad), page=page), {})
        for name, language, page in EVERY
        for bad in (0.0, 0.4)
    ]


def _flow(sheet: Sheet) -> Flow:
    flow = Flow(sheet.page)
    for blocks in story(sheet):
        flow.add(blocks)
    return flow


def _with(made: ReportSnapshot, question: str, **changes: object) -> ReportSnapshot:
    said = tuple(
        replace(each, **changes) if each.question == question else each  # type: ignore[arg-type]
        for each in made.answers
    )
    return replace(made, answers=said)


def test_no_answer_touches_the_points() -> None:
    for sheet in _sheets():
        for entry in sheet.entries:
            row = QuestionRow(sheet, entry)
            wide = max(chip_width(line, row.answer.tone, theme.CHIP) for line in row.chip)
            assert ANSWER_X + wide + 8 <= sheet.page.inner - row.points_width, entry.ref


ADDRESS = (
    "Ki-ốt 12–14, tầng trệt, Trung tâm thương mại Vincom Mega Mall Smart City, đường Tây Mỗ – "
    "Đại Mỗ, phường Đại Mỗ, quận Nam Từ Liêm, thành phố Hà Nội"
)


@pytest.mark.parametrize("address", [ADDRESS, "62 Trần Quốc Thảo, phường Võ Thị Sáu, Quận 3"])
@pytest.mark.parametrize("page", list(PageSize))
def test_an_address_is_never_cut(address: str, page: PageSize, tmp_path: Path) -> None:
    made = snapshot(page=page)
    made = replace(made, location=replace(made.location, address=address, region="Miền Nam"))
    paper = print_out(made, tmp_path)
    first = re.sub(r"\s+", "", paper.pages[0])
    assert re.sub(r"\s+", "", address) in first
    assert "MiềnNam" in first


def test_the_name_of_a_wave_is_not_doubled(tmp_path: Path) -> None:
    made = replace(snapshot(), wave="Đợt hè 2026")
    assert "Đợt Đợt" not in print_out(made, tmp_path).flat


def test_the_printed_sum_rounds_to_the_score() -> None:
    met = 0
    for seed in range(40):
        sheet = Sheet(snapshot(shop=Shop("en", seed, 0.3)), {})
        box = SumBox(sheet)
        shown_sum = Decimal(box._sum().replace("−", "-"))
        decimals = sheet.scoring.decimals
        assert rounded(shown_sum, decimals) == rounded(box.sum, decimals), seed
        met += rounded(rounded(box.sum, 2), decimals) != rounded(box.sum, decimals)
    assert met, "no sum of these would have rounded twice"


def test_this_page_and_further_on_add_up_to_what_was_lost(tmp_path: Path) -> None:
    met = 0
    for seed in range(8):
        made = snapshot(shop=Shop("en", seed, 0.5))
        paper = print_out(made, tmp_path)
        parts = re.search(r"this page: −([\d.]+)\s+further on: −([\d.]+)", paper.flat)
        total = re.search(r"questions lost ([\d.]+) points", paper.flat)
        if parts and total:
            assert Decimal(parts[1]) + Decimal(parts[2]) == Decimal(total[1])
            met += 1
    assert met


class Listening:
    """A pen that keeps the words."""

    def __init__(self) -> None:
        self.named: list[str] = []
        self.tags = self

    def put(self, *at: object) -> None:
        self.named.append(str(at[2]))

    middle = put

    def figure(self, *at: object) -> None: ...

    def end(self) -> None: ...

    def box(self, *at: object) -> None: ...


@pytest.mark.parametrize("seed", range(6))
def test_only_the_first_losses_of_the_strip_are_named(seed: int) -> None:
    """No gaps between named ones: those after the first that is too narrow stay unnamed."""
    sheet = Sheet(snapshot("bank-branch", shop=Shop("en", seed, 0.7)), {})
    strip, here = _placed(_flow(sheet), LossStrip)
    assert isinstance(strip, LossStrip)
    pen = Listening()
    strip.draw(pen, 48.0, here.top)  # type: ignore[arg-type]
    refs = [item.entry.ref for item in strip.items]
    found = [words for words in pen.named if words in refs]
    assert found == refs[: len(found)]
    assert 0 < len(found) < len(refs)


def _placed(flow: Flow, kind: type) -> tuple[object, Placed]:
    return next((p.block, p) for page in flow.pages for p in page if isinstance(p.block, kind))


@pytest.mark.parametrize(
    ("least", "most"), [(46.7, 97.3), (96.9, 98.3), (0, 0), (100, 100), (0, 100), (79, 81)]
)
def test_axis(least: float, most: float) -> None:
    low, top, step = axis(least, most)
    assert 0 <= low <= least <= most <= top <= 100
    assert low % step == top % step == 0 or top == 100
    assert 1 <= (top - low) / step <= 5


@pytest.mark.parametrize("many", [1, 2, 3, 5, 7, 8, 13, 20])
def test_photos_fill_rows_and_pages(many: int, tmp_path: Path) -> None:
    images = pictures(tmp_path, many)
    made = snapshot(shop=Shop("vi", 3, 0.9, tuple(images)))
    sheet = Sheet(made, images)
    flow = Flow(sheet.page)
    flow.add(photos.blocks(sheet))
    rows = [p.block for page in flow.pages for p in page if isinstance(p.block, PhotoRow)]
    refs = [shot.ref for row in rows for shot in row.shots]
    assert len(refs) == len(set(refs)) == sum(len(entry.photos) for entry in sheet.entries)
    inner = sheet.page.inner
    for at, row in enumerate(rows):
        wide = sum(row._wide(shot) for shot in row.shots) + photos.GAP * (len(row.shots) - 1)
        assert wide <= inner + 0.01
        assert at == len(rows) - 1 or wide > inner - 0.01, "only the last row may be short"
    last = [p.block for p in flow.pages[-1] if isinstance(p.block, PhotoRow)]
    assert len(flow.pages) == 1 or len(last) > 1 or len(last[0].shots) > 1


def test_photos_are_arranged_for_the_room_that_is_left(tmp_path: Path) -> None:
    images = pictures(tmp_path, 3)
    sheet = Sheet(snapshot(shop=Shop("vi", 3, 0.9, tuple(images))), images)
    [late] = photos.blocks(sheet)
    assert isinstance(late, photos.Appendix)
    full = sheet.page.foot - sheet.page.top
    roomy = late.blocks(0.0, full)
    tight = late.blocks(300.0, full)
    assert sum(row.height for row in tight[1:]) < sum(row.height for row in roomy[1:])
    assert late._turns([r for r in tight if isinstance(r, PhotoRow)], 300.0, full) == 0


def test_a_column_of_the_ledger_says_which_section_it_is_in() -> None:
    met = 0
    for sheet in _sheets():
        for block in ledger.blocks(sheet):
            if isinstance(block, LedgerPage):
                for side in block.sides:
                    assert not side or side[0].entry is None
                    met += bool(side) and side[0].continued
                assert block.height <= sheet.page.foot - sheet.page.top
    assert met


def test_no_name_is_cut_in_the_ledger() -> None:
    for sheet in _sheets():
        for block in ledger.blocks(sheet):
            if isinstance(block, LedgerPage):
                lines = [line for side in block.sides for line in side]
                assert not [line.words for line in lines if "…" in "".join(line.words)]


def test_the_seal_is_never_alone_on_the_last_page() -> None:
    for sheet in _sheets():
        last = _flow(sheet).pages[-1]
        assert any(isinstance(place.block, SumBox) for place in last)


def test_a_section_at_its_ceiling_says_so(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.0))
    after = made.scorecard.section("after")
    assert after.earned > after.possible, "the bonus lifts it"
    paper = print_out(made, tmp_path)
    words = "Section 7 is above its full points and counts in full."
    assert paper.flat.count(words) == 2, "under its table and in the ledger"
    assert f"× {after.whole} =" not in paper.pages[-1].split("7 After the visit")[-1]


def _fail(question: str) -> object:
    def change(compiled: CompiledChecklist, given: Given) -> None:
        choices = [c for c in compiled.item(question).choices if not c.na]
        worst = min(choices, key=lambda choice: choice.points or 0)
        given[question, 0] = Answer(worst.id, comment=SAID["en"][3])

    return change


def test_a_critical_question_that_decides_the_score_is_the_verdict() -> None:
    seen = set()
    for name in library.names():
        checklist = Sheet(snapshot(name, Shop("en", 2, 0.0)), {}).compiled
        for item in checklist.items:
            if not item.critical or not item.choices:
                continue
            change = _fail(item.id)
            sheet = Sheet(snapshot(name, Shop("en", 2, 0.0), change=change), {})  # type: ignore[arg-type]
            if [entry.item.id for entry in critical_entries(sheet)] != [item.id]:
                continue
            said = verdict(sheet)
            level = sheet.card.question(item.id).critical
            seen.add(level)
            if level == "audit":
                assert "the whole visit counts as 0" in said
            elif level == "cap" and sheet.card.score == getattr(item.critical, "cap", None):
                assert "the score is held at" in said
            elif sheet.card.score >= sheet.snapshot.comparison.target:  # type: ignore[operator]
                assert "the visit does not pass" in said
    assert {"audit", "cap", "flag"} <= seen


def test_sentences_end_once(tmp_path: Path) -> None:
    made = snapshot("every-type", Shop("en", 7, 0.5))
    assert len(made.scorecard.critical) > 1
    flat = print_out(made, tmp_path).flat
    assert not re.findall(r"[?!]\.|\.\.(?!\.)", flat)


def test_strengths_of_the_same_weight_are_those_with_something_to_say() -> None:
    sheet = Sheet(snapshot(shop=Shop("en", 4, 0.1)), {})
    last = strengths(sheet)[-1]
    rivals = [
        entry
        for entry in sheet.entries
        if entry.comment
        and entry.score.share == last.score.share
        and entry.score.status is Status.SCORED
        and not entry.score.lost
        and entry.score.possible > 0
    ]
    assert last.comment or all(entry in strengths(sheet) for entry in rivals)


def test_times_become_parts_of_the_day(tmp_path: Path) -> None:
    made = _with(snapshot("every-type"), "clock", value=str(Daypart.AFTERNOON))
    made = _with(made, "moment", value=f"2026-11-12 {Daypart.AFTERNOON}")
    assert ReportSnapshot.from_json(made.to_json()) == made
    sheet = Sheet(made, {})
    said = {entry.item.question.type: shown(entry, sheet).chip for entry in sheet.entries}
    assert said["time"] == "Buổi chiều"
    assert said["datetime"] == "12/11/2026, buổi chiều"
    assert "14:05" not in print_out(made, tmp_path).text


def test_a_bonus_that_was_not_won_is_no_success() -> None:
    sheet = Sheet(snapshot(shop=Shop("en", 3, 0.0)), {})
    [entry] = [e for e in sheet.entries if e.score.bonus]
    assert tone(entry.score) is theme.MET
    assert tone(replace(entry.score, earned=Fraction(0))) is theme.PLAIN


def test_a_long_comment_takes_the_whole_width(tmp_path: Path) -> None:
    words = " ".join(f"từ{at}" for at in range(900))
    made = _with(snapshot(), "map_listing", comment=words)
    sheet = Sheet(made, {})
    entry = next(e for e in sheet.entries if e.item.id == "map_listing")
    row = QuestionRow(sheet, entry)
    assert row.wide
    assert row._head() + 5 >= row._answer_height() - 6, "below the answer"
    paper = print_out(made, tmp_path)
    assert not [word for word in words.split() if word not in paper.flat]


def test_failed_items_do_not_say_a_time_twice() -> None:
    sheet = Sheet(snapshot(shop=Shop("en", 3, 0.9)), {})
    items = [FailedItem(sheet, e) for e in sheet.entries if e.score.failed]
    timed = [item for item in items if item.entry.item.question.type == "duration"]
    assert timed
    assert all(item.fact.startswith("Standard") for item in timed if item.fact)


def test_an_empty_visit_has_no_ledger() -> None:
    made = of_text(
        "format: auditor-checklist/1\nid: e\nversion: '1'\ntitle: E\nlanguages: [en]\n"
        "sections:\n  - id: a\n    title: A\n    questions:\n"
        "      - {id: q, type: text, label: 'What?'}\n",
        {},
    )
    assert ledger.blocks(Sheet(made, {})) == []


def test_a_photo_left_alone_may_join_the_row_before(tmp_path: Path) -> None:
    images = {sha: path for sha, path in pictures(tmp_path, 12).items() if _is_wide(path)}
    sheet = Sheet(snapshot(shop=Shop("vi", 3, 0.9, tuple(images)[:7])), images)
    [late] = photos.blocks(sheet)
    assert isinstance(late, photos.Appendix)
    counts = [[len(row.shots) for row in rows] for rows in late._ways()]
    assert [2, 2, 2, 1] in counts
    assert [2, 2, 3] in counts


def _is_wide(path: Path) -> bool:
    with Image.open(path) as image:
        return image.width > image.height
