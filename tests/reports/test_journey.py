"""The journey page: every figure worked out again from the ledger by other code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from forms import library
from forms.answers import Answer, Expectation
from forms.tags import Cause, Channel, Killer, Side, Stage
from reports import journey
from reports.figures import Figures, rounded
from reports.findings import failed_entries
from reports.flow import Flow
from reports.sections import journey as section
from reports.sections.causes import Causes
from reports.sections.indices import Indices
from reports.sections.journey_chart import MOST, JourneyChart
from reports.sections.panels import Gaps, Panel, PanelRow, _numbers
from reports.sheet import Sheet
from reports.snapshot import IndexCounts, PageSize, PartName, ReportSnapshot, Template
from tests.reports.paper import Paper, print_out, stray_marks
from tests.reports.samples import Shop, of_text, snapshot, whole

ONLY = Template("journey", (PartName.JOURNEY,))


def _only(made: ReportSnapshot) -> ReportSnapshot:
    return replace(made, template=ONLY)


def _page(made: ReportSnapshot, folder: Path) -> str:
    """The words from the journey's title to the score's method."""
    paper: Paper = print_out(_only(made), folder)
    words = " ".join(" ".join(page.split()) for page in paper.pages[1:])
    return words.split("How this score is made")[0]


def _blocks(sheet: Sheet) -> list[object]:
    flow = Flow(sheet.page)
    flow.add(section.blocks(sheet))
    return [place.block for page in flow.pages for place in page]


def _panels(sheet: Sheet) -> list[Panel]:
    rows = [block for block in _blocks(sheet) if isinstance(block, PanelRow)]
    return [panel for row in rows for panel, _, _ in row.panels]


def _by_hand(made: ReportSnapshot, wanted: str) -> dict[tuple[str, ...], tuple[Fraction, int]]:
    """Points of the total won of those to win, by tag, straight from the scorecard."""
    sheet = Sheet(made, {})
    won: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    could: dict[tuple[str, ...], Fraction] = defaultdict(Fraction)
    counted: dict[tuple[str, ...], int] = defaultdict(int)
    for score in made.scorecard.questions:
        item = sheet.compiled.item(score.id)
        if score.bonus or score.possible <= 0 or item.tags.side == "employee":
            continue
        stage = item.question.stage or item.section.stage
        key = {
            "stage": (str(stage),),
            "touchpoint": (str(stage), str(item.tags.touchpoint)),
            "channel": (str(item.tags.channel),),
        }[wanted]
        assert score.share is not None
        assert score.lost is not None
        won[key] += score.share
        could[key] += score.share + score.lost
        counted[key] += 1
    return {key: (won[key] / could[key], counted[key]) for key in could if could[key]}


@pytest.mark.parametrize("name", library.names())
@pytest.mark.parametrize("seed", [3, 8])
def test_every_figure_is_that_of_the_ledger(name: str, seed: int, tmp_path: Path) -> None:
    made = snapshot(name, Shop("en", seed, 0.35))
    sheet = Sheet(made, {})
    words = _page(made, tmp_path)
    short = Figures("en").short
    stages = _by_hand(made, "stage")
    touches = _by_hand(made, "touchpoint")
    way = journey.stages(sheet)
    for each in way:
        if each.stage is not None:
            assert (each.group.ratio, each.group.n) == stages[(str(each.stage),)]
            assert short(each.group.ratio * 100, 1) in words
    found = [(str(s.stage), t.group.ratio, t.group.n) for s in way for t in s.touches]
    assert sorted(found) == sorted(
        (key[0], *figure) for key, figure in touches.items() if key[1] != "None"
    )
    assert all(short(ratio * 100, 1) in words for _, ratio, _ in found)
    for channel, group in journey.channels(sheet):
        assert (None if group is None else (group.ratio, group.n)) == _by_hand(made, "channel").get(
            (str(channel),)
        )


def test_stages_stand_in_the_order_of_the_journey() -> None:
    sheet = Sheet(snapshot("mobile-shop", Shop("en", 3, 0.3)), {})
    way = journey.stages(sheet)
    order = list(Stage)
    assert [each.stage for each in way] == sorted(
        (each.stage for each in way if each.stage), key=order.index
    )
    charts = [block for block in _blocks(sheet) if isinstance(block, JourneyChart)]
    assert len(charts) == 2, "more touchpoints than go side by side"
    assert sum(len(chart.columns) for chart in charts) == sum(len(s.touches) for s in way)
    assert all(len(chart.columns) <= MOST for chart in charts)


TAGGED = """
format: auditor-checklist/1
id: tagged
version: "1"
title: Tagged
languages: [en]
scoring: {total: weighted, pass_mark: 80}
choice_lists:
  yn:
    - {id: "yes", label: "Yes", points: 1}
    - {id: "no", label: "No", points: 0, fail: true}
sections:
  - id: shop
    title: Shop
    weight: 90
    stage: purchase
    questions:
      - {id: a, type: choice, list: yn, points: 3, label: A, tags: {touchpoint: till, channel: store, cause: people}}
      - {id: b, type: choice, list: yn, points: 1, label: B, tags: {touchpoint: door, channel: store}}
      - {id: c, type: choice, list: yn, points: 4, label: C, tags: {touchpoint: door, channel: phone, killer: bad_profit}}
      - {id: d, type: choice, list: yn, points: 8, label: D, bonus: true, tags: {touchpoint: door, channel: web}}
  - id: staff
    title: Staff
    weight: 10
    questions:
      - {id: e, type: choice, list: yn, points: 2, label: E, tags: {touchpoint: team, channel: store, side: employee}}
      - {id: f, type: choice, list: yn, points: 2, label: F, tags: {side: employee}}
  - id: after
    title: After
    weight: 0
    stage: loyalty
    questions:
      - {id: g, type: choice, list: yn, points: 2, label: G, tags: {touchpoint: hotline, channel: phone, part: service}}
      - {id: h, type: choice, list: yn, points: 6, label: H, tags: {touchpoint: hotline, channel: phone, part: service}}
"""  # noqa: E501
BAD = {("a", 0): "no", ("b", 0): "yes", ("c", 0): "no", ("d", 0): "yes", ("e", 0): "no"}
GIVEN = {key: Answer(value) for key, value in BAD.items()} | {
    ("f", 0): Answer("yes"), ("g", 0): Answer("yes"), ("h", 0): Answer("no"),
}  # fmt: skip


def test_the_employee_side_stands_apart(tmp_path: Path) -> None:
    made = of_text(TAGGED, GIVEN)
    sheet = Sheet(made, {})
    assert not any(
        entry.item.tags.side is Side.EMPLOYEE
        for stage in journey.stages(sheet)
        for entry in stage.group.entries
    )
    apart = journey.employee_side(sheet)
    assert apart is not None
    assert (apart.ratio, apart.n) == (Fraction(1, 2), 2)
    words = _page(made, tmp_path)
    assert "Employee side, in none of these figures (2.1, 2.2): 50.0." in words
    assert "Team" not in words, "its touchpoint is no point of the customer's way"


def test_questions_that_count_for_nothing_still_have_a_figure(tmp_path: Path) -> None:
    """A section of weight 0: earned of possible. A bonus is in no figure."""
    sheet = Sheet(of_text(TAGGED, GIVEN), {})
    way = {str(each.stage): each for each in journey.stages(sheet)}
    assert way["loyalty"].group.ratio == Fraction(2, 8)
    assert way["purchase"].group.ratio == Fraction(1, 8)
    assert dict(journey.channels(sheet))[Channel.WEB] is None
    words = _page(of_text(TAGGED, GIVEN), tmp_path)
    assert "Web, maps not rated" in words
    assert "n = 3 questions" in words.replace("\u00a0", " ")


def test_service_stands_beside_the_whole_experience(tmp_path: Path) -> None:
    words = _page(of_text(TAGGED, GIVEN), tmp_path)
    assert "After-sale service (3.1, 3.2): 25.0; the whole experience: 12.5." in words
    none = of_text(TAGGED.replace(", part: service", ""), GIVEN)
    assert "After-sale service" not in _page(none, tmp_path)


def test_what_has_no_data_is_absent(tmp_path: Path) -> None:
    plain = TAGGED
    for tags in ("touchpoint: till, channel: store, cause: people",):
        assert tags in plain
    lines = [
        line.split(", tags:")[0] + "}" if "tags:" in line else line for line in plain.split("\n")
    ]
    bare = "\n".join(line for line in lines if "stage:" not in line)
    made = of_text(bare, GIVEN)
    assert section.blocks(Sheet(made, {})) == []
    paper = print_out(made, tmp_path)
    for words in ("journey", "channel", "Indices", "Expected", "root cause"):
        assert words not in paper.text


def test_without_touchpoints_stages_stand_alone(tmp_path: Path) -> None:
    bare = "\n".join(
        line.replace("touchpoint: ", "cause: people, touchpoint: ").split(", tags:")[0] + "}"
        if "tags:" in line
        else line
        for line in TAGGED.split("\n")
    )
    made = of_text(bare, GIVEN)
    way = journey.stages(Sheet(made, {}))
    assert [each.stage for each in way] == [Stage.PURCHASE, Stage.LOYALTY]
    words = _page(made, tmp_path)
    assert "columns: stages" in words
    assert "line: touchpoints" not in words


def test_indices_are_marked_and_carry_their_n(tmp_path: Path) -> None:
    made = whole(snapshot(shop=Shop("en", 3, 0.3)))
    words = _page(made, tmp_path).replace("\u00a0", " ")
    assert "Indices, evaluator-rated" in words
    assert "This visit n = 1 Last 4 visits n = 4 Network n = 44" in words
    # CSAT: 2 of 4 gave 4 or 5; 31 of 44. NPS: (1 - 1) of 4; (22 - 6) of 44. CES: means.
    assert "50.0 %" in words
    assert "70.5 %" in words
    assert "+36" in words
    assert "4.8" in words
    assert "4.7" in words


def test_values_of_another_scale_are_in_no_index(tmp_path: Path) -> None:
    """A version of the checklist may have asked on 1 to 7 what this one asks on 1 to 5."""
    made = whole(snapshot("bank-branch", Shop("en", 3, 0.3)))
    [effort] = [i.id for i in Sheet(made, {}).compiled.items if i.question.type == "ces"]
    odd = IndexCounts(effort, ((4, 1), (5, 1), (7, 2)), ((9, 3),))
    made = replace(made, comparison=replace(made.comparison, indices=(odd,)))
    words = _page(made, tmp_path).replace("\u00a0", " ")
    assert "Last 2 visits" in words
    assert "4.5" in words
    assert "Network" not in words


def test_one_visit_gives_no_rate(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.3))
    words = _page(made, tmp_path)
    assert "From one visit no rate can be drawn." in words
    assert "Network" not in words
    single = tuple(
        IndexCounts(id, ((5, 1),)) for id in ("satisfaction", "recommend") if id in made.checklist
    )
    made = replace(made, comparison=replace(made.comparison, indices=single))
    assert "Last 1" not in _page(made, tmp_path)


def test_gaps_stand_the_widest_first() -> None:
    source = TAGGED.split("sections:")[0] + "sections:\n  - id: s\n    title: S\n    questions:\n"
    pairs = {"one": (4, 4), "two": (5, 2), "three": (3, 5), "four": (4, 3)}
    for id in pairs:
        source += f"      - {{id: {id}, type: expectation, label: The {id}}}\n"
    source += "      - {id: open, type: expectation, label: The open}\n"
    given = {(id, 0): Answer(Expectation(*pair)) for id, pair in pairs.items()}
    sheet = Sheet(of_text(source, given | {("open", 0): Answer(Expectation(3, None))}), {})
    found = journey.gaps(sheet)
    assert [(gap.entry.item.id, gap.size) for gap in found] == [
        ("two", -3), ("four", -1), ("one", 0), ("three", 2),
    ]  # fmt: skip
    [panel] = [panel for panel in _panels(sheet) if isinstance(panel, Gaps)]
    assert panel.scale == (1, 5)


@pytest.mark.parametrize("name", library.names())
def test_causes_add_up_to_all_that_was_lost(name: str) -> None:
    sheet = Sheet(snapshot(name, Shop("en", 6, 0.5)), {})
    found = journey.findings(sheet)
    assert found is not None
    lost = sum((entry.lost for entry in failed_entries(sheet)), Fraction(0))
    assert found.total == lost == sum(found.by_killer.values()) == sum(found.by_cell.values())
    for (cause, killer), entries in found.cells.items():
        for entry in entries:
            assert (entry.item.tags.cause, entry.item.tags.killer) == (cause, killer)
    named = [found.by_cause[cause] for cause in found.causes if cause]
    assert named == sorted(named, reverse=True)


def test_causes_are_printed_with_their_questions(tmp_path: Path) -> None:
    made = of_text(TAGGED, GIVEN)
    found = journey.findings(Sheet(made, {}))
    assert found is not None
    assert found.cells.keys() == {
        (Cause.PEOPLE, None), (None, Killer.BAD_PROFIT), (None, None),
    }  # fmt: skip
    words = _page(made, tmp_path)
    number = Figures("en").number
    for lost in (*found.by_cause.values(), found.total):
        assert number(-lost, 1) in words
    assert "1.1" in words


def test_the_widest_causes_fit_their_panel() -> None:
    for language in ("vi", "en"):
        for name in library.names():
            sheet = Sheet(snapshot(name, Shop(language, 6, 0.9)), {})
            for block in _blocks(sheet):
                if isinstance(block, PanelRow):
                    for panel, x, wide in block.panels:
                        assert x + wide <= sheet.page.inner + 0.01
                        if isinstance(panel, Causes):
                            assert panel.least <= wide
                        if isinstance(panel, Indices):
                            ends = panel._ends(0.0, wide)
                            assert ends[0] - 44 > 80, "names have room before the figures"


def test_neighbours_are_named_as_a_span() -> None:
    sheet = Sheet(snapshot(shop=Shop("en", 3)), {})
    entries = [e for e in sheet.entries if e.ref in {"3.2", "3.3", "3.4", "3.6", "4.1", "4.2"}]
    assert _numbers(entries) == "3.2–3.4, 3.6, 4.1, 4.2"


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_the_page_leaves_it(language: str, page: PageSize, tmp_path: Path) -> None:
    for name in library.names():
        made = _only(whole(snapshot(name, Shop(language, 4, 0.6), page=page)))
        paper = print_out(made, tmp_path)
        assert stray_marks(paper.path, Sheet(made, {}).page.left) == []


def test_it_stands_on_one_page_where_it_can() -> None:
    for seed in range(5):
        sheet = Sheet(snapshot("cafe-visit", Shop("vi", seed, 0.3)), {})
        flow = Flow(sheet.page)
        flow.start_page()
        flow._top += 400.0  # more than half of the page is taken
        flow.add(section.blocks(sheet))
        assert len(flow.pages) == 2


def test_a_target_that_is_met_everywhere_is_said(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.0))
    assert "Every touchpoint reached the target." in _page(made, tmp_path)
    least = min(t.group.ratio for s in journey.stages(Sheet(made, {})) for t in s.touches)
    assert rounded(least * 100, 1) >= Decimal(80)
