"""The report of a program: every printed figure worked out again from the scores, and the edges."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reports.errors import ReportError
from reports.program.figures import Change, Mean, Program, Verdict
from reports.program.heat import shade
from reports.program.indices import index
from reports.program.report import render, to_bytes
from reports.program.snapshot import IndexKind, Place, ProgramSnapshot, Scored
from reports.snapshot import PageSize
from tests.reports.paper import Paper, outline, read, stray_marks
from tests.reports.program_samples import Study, program, with_places


def paper(snapshot: ProgramSnapshot, folder: Path) -> Paper:
    made = render(snapshot, {}, folder / "program.pdf")
    found = read(made.path)
    assert len(found.pages) == made.pages
    return found


def printed(value: Fraction | float | Decimal, decimals: int = 1) -> str:
    """As an English paper prints it, by another road than the report takes."""
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else Decimal(str(value))
    )
    text = str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text.replace("-", "−")


def wave_results(snapshot: ProgramSnapshot, wave: int) -> dict[str, Fraction]:
    found = {}
    for place in snapshot.places:
        scores = [Fraction(each.score) for each in place.scores if each.wave == wave]
        if scores:
            found[place.code] = sum(scores, Fraction(0)) / len(scores)
    return found


@pytest.fixture(scope="module")
def english() -> ProgramSnapshot:
    return program(Study("en", many=14, visits=2))


@pytest.fixture(scope="module")
def pages(english: ProgramSnapshot, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return paper(english, tmp_path_factory.mktemp("program"))


def test_a_snapshot_comes_back_from_json_with_the_same_hash(english: ProgramSnapshot) -> None:
    again = ProgramSnapshot.from_json(english.to_json())
    assert again == english
    assert again.content_hash == english.content_hash
    with pytest.raises(ReportError):
        ProgramSnapshot.from_json('{"format": "auditor-report/1"}')


def test_means_and_intervals_of_every_wave_are_those_of_the_scores(
    english: ProgramSnapshot, pages: Paper
) -> None:
    for at, wave in enumerate(english.waves):
        results = list(wave_results(english, at).values())
        n = len(results)
        spread = statistics.stdev(map(float, results))
        student = {8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201, 12: 2.179, 13: 2.160}[n - 1]
        reach = student * spread / n**0.5
        assert pages.has(f"{wave.name}"), wave
        assert pages.has(printed(sum(results, Fraction(0)) / n))
        assert pages.has(f"±{printed(round(reach, 4))}")


def test_the_change_is_that_of_the_same_locations(english: ProgramSnapshot, pages: Paper) -> None:
    now, then = (wave_results(english, at) for at in (5, 4))
    both = now.keys() & then.keys()
    change = sum((now[code] - then[code] for code in both), Fraction(0)) / len(both)
    sign = "+" if change > 0 else ""
    assert pages.has(f"the same {len(both)} locations, {sign}{printed(change)} points since")


def test_the_league_table_ranks_by_the_last_four_visits(english: ProgramSnapshot) -> None:
    means = {}
    for place in english.places:
        last = max(at for at, each in enumerate(place.scores) if each.wave == 5)
        scores = [each.score for each in place.scores[: last + 1]][-4:]
        middle = sum(scores, Decimal(0)) / len(scores)
        means[place.code] = middle.quantize(Decimal("0.1"), ROUND_HALF_UP)
    for row in Program(english).league:
        better = sum(mean > means[row.place.code] for mean in means.values())
        assert row.rank == better + 1
        assert row.low == min(each.score for each in row.place.scores[-row.n :])


def test_every_row_of_the_table_is_printed(english: ProgramSnapshot, pages: Paper) -> None:
    text = "\n".join(pages.pages)
    for row in Program(english).league:
        assert row.mean is not None
        name, mean = re.escape(row.place.name), re.escape(printed(row.mean))
        assert re.search(rf"{name}\s+{row.n}\s+{mean}", text), row.place.name


def test_the_facts_count_what_the_scores_say(english: ProgramSnapshot, pages: Paper) -> None:
    results = wave_results(english, 5).values()
    reached = sum(Decimal(printed(each)) >= 85 for each in results)
    assert pages.has(f"{reached} / {len(results)}")
    assert pages.has(f"{printed(min(results))}–{printed(max(results))}")
    assert pages.has("Cầu Mây, question 6.4")


def test_section_means_and_colours_agree_with_their_figures(
    english: ProgramSnapshot, pages: Paper
) -> None:
    for at in range(len(english.sections)):
        ratios = [place.sections[at] or Fraction(0) for place in english.places]
        assert pages.has(printed(100 * sum(ratios, Fraction(0)) / len(ratios), 0))
    grounds = [shade(percent)[0] for percent in (100, 90, 89, 80, 79, 70, 69, 60, 59, 0)]
    assert len(set(grounds)) == 5
    assert grounds[0] == grounds[1]
    assert grounds[1] != grounds[2]


def test_failed_questions_stand_largest_share_first(english: ProgramSnapshot, pages: Paper) -> None:
    failed = Program(english).failed
    shares = [Fraction(each.failed, each.n) for each in failed]
    assert shares == sorted(shares, reverse=True)
    for each in failed[:6]:
        row = f"{printed(Fraction(100 * each.failed, each.n), 0)} %"
        assert pages.has(f"{row}{each.failed} / {each.n}{printed(-each.lost / each.n)}")


def test_questions_of_few_visits_are_not_set_against_those_of_many() -> None:
    base = program(Study("en"))
    rare = replace(base.questions[0], id="rare", number="9.9", n=1, failed=1)
    found = Program(replace(base, questions=(*base.questions, rare))).failed
    assert "rare" not in {each.id for each in found}


def test_where_points_were_lost_adds_up(english: ProgramSnapshot, pages: Paper) -> None:
    lost = sum((each.lost for each in english.questions), Fraction(0)) / english.visits
    assert pages.has(f"All sections{printed(-lost)}100 %")


def test_indices_are_worked_out_from_the_counts(pages: Paper) -> None:
    assert index(IndexKind.NPS, ((9, 5), (7, 4), (3, 3))).value == Fraction(100 * (5 - 3), 12)
    assert index(IndexKind.CSAT, ((5, 6), (4, 3), (2, 3))).value == 75
    assert index(IndexKind.CES, ((6, 8), (3, 4))).value == 5
    assert pages.has("evaluator-rated")
    assert pages.has("+17")
    assert pages.has("no meaningful change")


def test_regions_hold_all_below_them(english: ProgramSnapshot) -> None:
    found = {region.path: region for region in Program(english).regions}
    members = Counter(place.region for place in english.places)
    north = sum(count for path, count in members.items() if path[0] == "Miền Bắc")
    assert found["Miền Bắc",].result.n == north
    results = [
        wave_results(english, 5)[place.code]
        for place in english.places
        if place.region == ("Miền Nam", "Hồ Chí Minh")
    ]
    assert found["Miền Nam", "Hồ Chí Minh"].result.value == sum(results) / len(results)
    paths = list(found)
    assert paths == sorted(paths)[: len(paths)] or paths[0] == ("Miền Bắc",)


def place(code: str, *scores: tuple[int, str], planned: bool = True) -> Place:
    told = tuple(Scored(wave, Decimal(score)) for wave, score in scores)
    return Place(code, f"Shop {code}", (), told, (Fraction(4, 5),) * 7, planned)


def test_ties_share_a_place_to_the_printed_decimal() -> None:
    found = with_places(
        program(Study("en")),
        place("A", (4, "90.04"), (5, "90.0")),
        place("B", (4, "90.0"), (5, "90.0")),
        place("C", (4, "80"), (5, "80")),
        place("D", (4, "95"), (5, "95")),
    )
    rows = Program(found).league
    assert [(row.place.code, row.rank, row.tied) for row in rows] == [
        ("D", 1, False), ("A", 2, True), ("B", 2, True), ("C", 4, False),
    ]  # fmt: skip
    assert "2=" in "".join(to_text(found).split())


def to_text(snapshot: ProgramSnapshot) -> str:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        return paper(snapshot, Path(folder)).text


def test_one_visit_has_no_place_and_a_location_without_visits_says_so() -> None:
    found = with_places(
        program(Study("en")),
        place("A", (4, "90"), (5, "90")),
        place("B", (4, "70"), (5, "80")),
        place("C", (5, "99")),
        place("D"),
        place("E", (4, "50"), planned=False),
    )
    rows = {row.place.code: row for row in Program(found).league}
    assert rows["C"].rank is None
    assert rows["A"].rank == 1
    assert "E" not in rows
    text = to_text(found)
    assert "not visited yet" in text
    assert "3 / 4" in text.replace("\u00a0", " ")
    assert "One visit gives no place" in text


def test_movement_is_counted_against_the_table_after_the_wave_before() -> None:
    found = with_places(
        program(Study("en")),
        place("A", (3, "90"), (4, "90"), (5, "70")),
        place("B", (3, "80"), (4, "80"), (5, "99")),
        place("C", (4, "60"), (5, "60")),
    )
    rows = {row.place.code: row for row in Program(found).league}
    assert (rows["B"].rank, rows["B"].before, rows["B"].moved) == (1, 2, 1)
    assert rows["A"].moved == -1
    assert rows["C"].before is None, "one visit had no place"


@pytest.mark.parametrize(
    ("value", "reach", "verdict"),
    [
        (None, None, Verdict.NOTHING),
        (Fraction(5), None, Verdict.FEW),
        (Fraction(2), Fraction(2), Verdict.SAME),
        (Fraction(3), Fraction(2), Verdict.BETTER),
        (Fraction(-3), Fraction(2), Verdict.WORSE),
    ],
)
def test_a_change_is_said_only_where_it_is_known(
    value: Fraction | None, reach: Fraction | None, verdict: Verdict
) -> None:
    assert Change(Mean(value, 3, reach)).verdict is verdict


def test_one_visit_of_one_location_makes_a_report_that_claims_nothing(tmp_path: Path) -> None:
    found = replace(program(Study("en", many=1, waves=1)), indices=())
    text = paper(found, tmp_path).flat
    assert "There is no earlier wave to compare with." in text
    assert not re.search(r"±\d", text)
    assert "Wave by wave" not in text
    assert "Distribution" not in text


def test_a_wave_without_any_score_says_so(tmp_path: Path) -> None:
    found = with_places(program(Study("en", many=2, waves=1)), place("A"), place("B"))
    found = replace(found, visits=0, reviewed=0, questions=(), indices=())
    assert "No visit of this wave has a score yet." in paper(found, tmp_path).text


def test_visits_of_other_waves_count_for_the_table_alone() -> None:
    base = program(Study("en"))
    found = with_places(base, place("A", (-1, "50"), (5, "90")), place("B", (4, "80"), (5, "80")))
    of = Program(found)
    assert of.now.value == Fraction(85)
    assert {row.place.code: row.mean for row in of.league} == {"A": 70, "B": 80}


@pytest.mark.slow
@pytest.mark.parametrize("page", list(PageSize))
def test_three_hundred_locations_flow_over_pages_with_their_heads(
    tmp_path: Path, page: PageSize
) -> None:
    found = replace(program(Study("en", many=300, waves=3)), page=page)
    told = paper(found, tmp_path)
    assert "more locations in between" in told.pages[0]
    rows = "\n".join(told.pages[1:])
    assert all(place.name in rows for place in found.places)
    table = [text for text in told.pages[1:] if re.search(r"^Place", text, re.MULTILINE)]
    assert len(table) >= 7
    assert stray_marks(told.path, 48) == []


def test_many_sections_get_maps_of_their_own(tmp_path: Path) -> None:
    found = program(Study("en", many=8, waves=2, sections=24))
    told = paper(found, tmp_path)
    assert told.text.count("Heat map") == 2
    assert stray_marks(told.path, 48) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_stands_over_the_margins(tmp_path: Path, language: str) -> None:
    told = paper(program(Study(language)), tmp_path)
    assert stray_marks(told.path, 48) == []
    assert len(outline(told.path)) >= 6


def test_the_same_snapshot_gives_the_same_bytes(english: ProgramSnapshot) -> None:
    assert to_bytes(english, {}).data == to_bytes(english, {}).data


def test_hostile_names_are_words(tmp_path: Path) -> None:
    found = program(Study("en", many=3, waves=2))
    named = replace(found.places[0], name='<img src="/etc/passwd">\u202eabc' + "x" * 4000)
    told = paper(replace(found, places=(named, *found.places[1:])), tmp_path)
    assert "/etc/passwd" in told.text or "<img" in told.text
    assert stray_marks(told.path, 48) == []


def test_the_table_is_one_table_with_header_cells(english: ProgramSnapshot, tmp_path: Path) -> None:
    path = render(english, {}, tmp_path / "p.pdf").path
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Lang == "en"
        kinds = Counter(str(each.S) for each in _elements(pdf.Root.StructTreeRoot.K))
        tables = [each for each in _elements(pdf.Root.StructTreeRoot.K) if each.S == "/Table"]
        widths = [{_cells(row) for row in table.K} for table in tables]
    assert kinds["/TH"] > len(english.places)
    assert kinds["/H1"] == 1
    assert kinds["/Figure"] >= 1
    assert all(len(each) == 1 for each in widths), widths


def _elements(of: Any) -> list[Any]:
    kids = of.get("/K", []) if isinstance(of, pikepdf.Dictionary) else of
    each = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    below = [kid for kid in each if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [*below, *(found for kid in below for found in _elements(kid))]


def _cells(row: Any) -> int:
    return sum(int(cell.A.get("/ColSpan", 1)) if "/A" in cell else 1 for cell in row.K)


def test_long_words_of_every_kind_keep_within_the_page(tmp_path: Path) -> None:
    long = "Hệ thống cửa hàng nhượng quyền toàn quốc khu vực phía Nam "
    base = program(Study("vi", 30, 4, 9))
    found = replace(
        base,
        program=long * 2,
        brand=replace(base.brand, name=long, footer=long * 3),
        waves=tuple(replace(each, name=f"{long}{at}") for at, each in enumerate(base.waves)),
        sections=tuple(replace(each, title=long) for each in base.sections),
        places=tuple(replace(each, name=each.name + long, region=(long,) * 5)
                     for each in base.places),
        questions=tuple(replace(each, label=long * 3, number="12.10.3")
                        for each in base.questions),
    )  # fmt: skip
    told = paper(found, tmp_path)
    assert stray_marks(told.path, 48) == []
    assert told.has("Bảng xếp hạng")
