"""Every printed number, worked out again by plain arithmetic over the answers: neither the engine's
result nor anything of ``reports`` is asked."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from forms.answers import Answer
from reports.comparisons import comparisons
from reports.sections.phrases import share_words
from reports.sheet import Sheet
from reports.snapshot import Network, PastVisit, ReportSnapshot
from tests.reports.paper import Paper, print_out
from tests.reports.samples import AT, of_text

#: Section: weight; questions: name, weight, points of the choices; the first is the best.
SECTIONS = {
    "Door": (30, (("Open door", 1, (4, 1, 0)), ("Clean window", 2, (3, 1, 0)))),
    "Till": (45, (("Greeting", 3, (2, 1, 0)), ("Right bill", 1, (7, 3, 0)), ("Thanks", 1, (3, 0)))),
    "Table": (25, (("Clean table", 1, (5, 2, 0)), ("Menu", 2, (1, 0)), ("Lamp", 1, (6, 5, 0)))),
}
MINUS = "\u2212"


def _source() -> str:
    lines = [
        "format: auditor-checklist/1", "id: shop", 'version: "1"', "title: Shop", "languages: [en]",
        "scoring: {total: weighted, pass_mark: 80}", "sections:",
    ]  # fmt: skip
    for number, (title, (weight, questions)) in enumerate(SECTIONS.items(), 1):
        lines += [f"  - id: s{number}", f"    title: {title}", f"    weight: {weight}"]
        lines += ["    questions:"]
        for at, (name, heavy, points) in enumerate(questions, 1):
            choices = ", ".join(
                f"{{id: c{place}, label: Level {place}, points: {each}}}"
                for place, each in enumerate(points)
            )
            lines.append(
                f"      - {{id: q{number}_{at}, type: choice, label: How was {name}, short: {name},"
                f" weight: {heavy}, allow_na: true, choices: [{choices}]}}"
            )
    return "\n".join(lines)


def _round(value: Fraction, decimals: int) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    found = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{found:f}".replace("-", MINUS)


class Line:
    """A question with its answer: None is not applicable."""

    def __init__(self, ref: str, name: str, weight: int, points: tuple[int, ...], got: int | None):
        self.ref, self.name, self.weight, self.best = ref, name, weight, points[0]
        self.got = None if got is None else points[got]
        self.into = self.lost = Fraction(0)


class Reckoning:
    """Points into the total: earned × weight × the section's share ÷ the section's possible."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.given: dict[tuple[str, int], Answer] = {}
        self.parts: dict[str, list[Line]] = {}
        for number, (title, (_, questions)) in enumerate(SECTIONS.items(), 1):
            self.parts[title] = [
                self._answered(chance, number, at, *question)
                for at, question in enumerate(questions, 1)
            ]
        counted = {t: [x for x in lines if x.got is not None] for t, lines in self.parts.items()}
        whole = sum(SECTIONS[title][0] for title, lines in counted.items() if lines)
        self.full: dict[str, Fraction] = {}
        for title, lines in counted.items():
            possible = sum(line.best * line.weight for line in lines)
            full = Fraction(SECTIONS[title][0] * 100, whole) if lines else Fraction(0)
            self.full[title] = full
            for line in lines:
                assert line.got is not None
                line.into = line.got * line.weight * full / possible
                line.lost = (line.best - line.got) * line.weight * full / possible
        self.lines = [line for lines in self.parts.values() for line in lines]
        self.score = sum((line.into for line in self.lines), Fraction(0))

    def _answered(
        self, chance: random.Random, number: int, at: int, name: str, weight: int, points: tuple
    ) -> Line:
        got = None if chance.random() < 0.15 else chance.randrange(len(points))
        answer = Answer(not_applicable=True) if got is None else Answer(f"c{got}")
        self.given[f"q{number}_{at}", 0] = answer
        return Line(f"{number}.{at}", name, weight, points, got)


@pytest.fixture(scope="module", params=[2, 5, 11])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    of = Reckoning(request.param)
    made: ReportSnapshot = of_text(_source(), of.given)
    past = tuple(
        PastVisit(AT.date().replace(month=month), f"Q{month}", Decimal(score))
        for month, score in ((3, "61.4"), (6, "48.6"))
    )
    network = Network(Fraction(3337, 40), 5, Decimal("6.2104"))
    comparison = replace(made.comparison, network=network, usual_change=Decimal("6.6"), changes=8)
    made = replace(made, history=past, comparison=comparison)
    return of, print_out(made, tmp_path_factory.mktemp("recomputed"))


def _ledger(paper: Paper) -> Paper:
    return Paper(paper.path, tuple(page for page in paper.pages if "Score ledger" in page))


def test_every_line_of_the_ledger(printed: tuple[Reckoning, Paper]) -> None:
    of, ledger = printed[0], _ledger(printed[1])
    for line in of.lines:
        if line.got is None:
            assert ledger.has(f"{line.ref} {line.name} N/A, {line.best * line.weight} left out –")
            continue
        lost = _round(-line.lost, 2) if line.lost else "–"
        sums = f"{line.got} / {line.best} × {line.weight} {_round(line.into, 2)} {lost}"
        assert ledger.has(f"{line.ref} {line.name} {sums}"), sums


def test_every_section_and_their_sum(printed: tuple[Reckoning, Paper]) -> None:
    of, paper = printed
    for number, (title, lines) in enumerate(of.parts.items(), 1):
        counted = [line for line in lines if line.got is not None]
        if not counted:
            continue
        into = sum(line.into for line in counted)
        earned = sum((line.got or 0) * line.weight for line in counted)
        possible = sum(line.best * line.weight for line in counted)
        row = f"{number} {title} {earned} / {possible} ×"
        assert _ledger(paper).has(row), row
        assert f"{_round(into, 2)}" in _ledger(paper).flat
        assert paper.has(f"{title} {_round(into, 1)} /")  # page 1
    assert _round(of.score, 1) in paper.pages[0]
    assert f"Every point of {_round(of.score, 1)} leads back" in _ledger(paper).flat


def test_what_was_lost_and_how_far_the_score_moved(printed: tuple[Reckoning, Paper]) -> None:
    of, paper = printed
    worst = sorted((line for line in of.lines if line.lost), key=lambda line: -line.lost)
    for line in worst[:3]:
        assert paper.has(_round(-line.lost, 1))
        assert line.name in paper.pages[0]
    score = Decimal(_round(of.score, 1))
    for other in (Decimal("48.6"), Decimal(80), Decimal("83.4")):  # last, target, network
        change = f"{score - other:+.1f}".replace("-", MINUS)
        assert change in paper.pages[0], (change, paper.pages[0])
    for earlier in ("61.4", "48.6"):
        assert earlier in paper.pages[1]


def _seen(decimals: int, target: str, usual: str = "6.6", last: str = "61.4") -> Sheet:
    source = _source().replace("pass_mark: 80", f"decimals: {decimals}, pass_mark: {target}")
    made = of_text(source, Reckoning(5).given)
    past = PastVisit(AT.date().replace(month=3), "Q3", Decimal(last))
    compared = replace(made.comparison, usual_change=Decimal(usual), changes=8)
    return Sheet(replace(made, history=(past,), comparison=compared), {})


def test_a_target_is_never_rounded_to_the_decimals_of_the_score() -> None:
    """Else a score of 79 would reach 79.45 on paper, and miss it in truth."""
    sheet = _seen(0, "79.45")
    card = replace(sheet.card, score=Decimal(79), passed=False)
    sheet = Sheet(replace(sheet.snapshot, scorecard=card), {})
    target = comparisons(sheet)[1]
    assert sheet.figures.signed(target.change, target.decimals) == f"{MINUS}0.45"
    assert target.basis.startswith("79.45 ")
    assert target.remark != "Target reached"


def test_a_change_is_beyond_the_usual_swing_as_both_are_printed() -> None:
    score = _seen(1, "80").card.score
    assert score is not None
    for usual, beyond in (("6.55", False), ("6.549", True)):
        said = comparisons(_seen(1, "80", usual, str(score - Decimal("6.6"))))[0].remark
        assert said.startswith("More than") is beyond, said


def test_a_full_section_is_not_told_as_more_than_full() -> None:
    """With two decimals: 61.33 of 61.3."""
    sheet = _seen(2, "80")
    for part in sheet.parts:
        share = part.score.whole
        full = replace(part, score=replace(part.score, share=share))
        points, whole = share_words(sheet, full)
        assert Decimal(points) == Decimal(whole)
