"""score(checklist, answers, at) -> Scorecard: pure, exact, every point explained.

The rules stand in docs/checklist-format.md, "Scoring". One function serves the running
score and the final one; it works on the compiled checklist's scoring plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from forms.answers import Answer, Answers
from forms.checklist import Checklist, Scoring, SectionMode, TotalMode
from forms.compiled import CompiledChecklist
from forms.scorecard import (
    QuestionScore,
    Scorecard,
    SectionScore,
    Status,
    Step,
    StepKind,
)
from forms.scoring_plan import (
    HIDDEN,
    NOTHING_ANSWERED,
    ZERO,
    Kept,
    Line,
    Outcome,
    SectionPlan,
    Units,
)

if TYPE_CHECKING:
    from forms.rules import RuleState

ONE = Fraction(1)
HUNDRED = Fraction(100)
NONE: frozenset[str] = frozenset()


def score(
    checklist: Checklist | CompiledChecklist, answers: Answers, at: datetime, *, draft: bool = False
) -> Scorecard:
    """Score ``answers``. ``at`` is the visit's start in its own zone (naive local time).

    ``draft`` takes unanswered as excluded, whatever the policy: the running score. Values must
    fit their types (``Item.check``); answers to questions that do not exist are not looked at.
    """
    compiled = (
        checklist if isinstance(checklist, CompiledChecklist) else CompiledChecklist(checklist)
    )
    if compiled.scoring_plan.needs_rules:
        return score_state(compiled, answers, compiled.rules.state(answers, at), draft=draft)
    return score_state(compiled, answers, None, draft=draft)


def score_state(
    compiled: CompiledChecklist, answers: Answers, state: RuleState | None, *, draft: bool = False
) -> Scorecard:
    """``score`` with relevance and calculations already worked out; None where there are none."""
    scoring, plan = compiled.checklist.scoring, compiled.scoring_plan
    hidden = NONE if state is None else state.hidden
    hidden_sections = NONE if state is None else state.hidden_sections
    calculated = {} if state is None else state.calculated
    sums = tuple(
        _sum(section, _outcomes(section, answers, hidden, calculated, draft), plan.units, scoring)
        for section in plan.sections
    )
    total = _Total(scoring, sums)
    sections = tuple(_section_score(each, total, each.plan.id in hidden_sections) for each in sums)
    questions = tuple(line for each in sums for line in _question_scores(each, total))
    return total.scorecard(sections, questions)


def _outcomes(
    plan: SectionPlan,
    answers: Answers,
    hidden: frozenset[str],
    calculated: Mapping[str, object],
    draft: bool,
) -> list[Outcome]:
    found = []
    get = answers.get
    for line in plan.lines:
        if line.id in hidden:
            found.append(HIDDEN)
            continue
        answer = get(line.key)
        if line.is_calculated:
            answer = Answer(str(calculated.get(line.id, "")))
        outcome = line.of(answer)
        skip = draft and outcome.status is Status.UNANSWERED
        found.append(NOTHING_ANSWERED if skip else outcome)
    return found


@dataclass(slots=True, eq=False)
class _Sum:
    """A section on its way: sums and ratio after critical, floor and cap."""

    plan: SectionPlan
    outcomes: list[Outcome]
    units: Units
    earned: Fraction
    possible: Fraction
    ratio: Fraction | None
    mean_weight: Fraction
    failed: tuple[Line, ...]
    steps: list[Step]


def _sum(plan: SectionPlan, outcomes: list[Outcome], units: Units, scoring: Scoring) -> _Sum:
    earned = Fraction(sum([outcome.units for outcome in outcomes]), units.per_sum)
    possible = Fraction(sum([outcome.possible_units for outcome in outcomes]), units.per_sum)
    failed = tuple(
        line
        for line, outcome in zip(plan.lines, outcomes, strict=True)
        if outcome.failed and line.critical is not None
    )
    steps = [Step(StepKind.SUM, {"earned": earned, "possible": possible})]
    found = _Sum(plan, outcomes, units, earned, possible, None, ZERO, failed, steps)
    if scoring.section is SectionMode.MEAN:
        _mean(found)
    elif possible:
        found.ratio = earned / possible
        values = {"earned": earned, "possible": possible, "after": found.ratio}
        steps.append(Step(StepKind.RATIO, values))
    _critical_section(found)
    _bounds(found, scoring.cap)
    return found


def _mean(found: _Sum) -> None:
    weight = sum([outcome.mean_weight for outcome in found.outcomes])
    if not weight:
        return
    total = sum([outcome.mean_units for outcome in found.outcomes])
    per = found.units.per_mean
    found.mean_weight, found.ratio = Fraction(weight, per), Fraction(total, weight)
    values = {"sum": Fraction(total, per), "weight": found.mean_weight, "after": found.ratio}
    found.steps.append(Step(StepKind.RATIO, values))


def _critical_section(found: _Sum) -> None:
    failing = tuple(line.id for line in found.failed if line.critical == "section")
    if not failing:
        return
    earned = min(found.earned, ZERO)
    values = {"earned_before": found.earned, "earned_after": earned}
    if found.ratio is not None:
        values |= {"before": found.ratio, "after": ZERO}
        found.ratio = ZERO
    found.earned = earned
    found.steps.append(Step(StepKind.CRITICAL, values, failing))


def _bounds(found: _Sum, cap: bool) -> None:
    if found.ratio is not None:
        found.ratio = _bounded(found.ratio, ONE if cap else None, found.steps)


def _bounded(figure: Fraction, top: Fraction | None, steps: list[Step]) -> Fraction:
    """``figure`` raised to 0 and cut to ``top``; a step for what changed it."""
    if figure < 0:
        steps.append(Step(StepKind.FLOOR, {"before": figure, "after": ZERO}))
        return ZERO
    if top is not None and figure > top:
        steps.append(Step(StepKind.CAP, {"before": figure, "after": top}))
        return top
    return figure


class _Total:
    """The total, and what one earned point of each section puts into it (0 to 100)."""

    def __init__(self, scoring: Scoring, sums: tuple[_Sum, ...]) -> None:
        self.scoring = scoring
        self.failed = tuple(line for each in sums for line in each.failed)
        self.steps: list[Step] = []
        self.possible = ZERO
        self.weight = ZERO
        weighted = scoring.total is TotalMode.WEIGHTED
        whole = self._weighted(sums) if weighted else self._points(sums)
        self.raw = None if whole is None else self._limited(whole)
        self.score = None if self.raw is None else self._rounded(self.raw)

    @property
    def is_weighted(self) -> bool:
        return self.scoring.total is TotalMode.WEIGHTED

    def _points(self, sums: tuple[_Sum, ...]) -> Fraction | None:
        earned = sum((each.earned for each in sums), ZERO)
        self.possible = sum((each.possible for each in sums), ZERO)
        if not self.possible:
            return None
        total = HUNDRED * earned / self.possible
        values = {"earned": earned, "possible": self.possible, "after": total}
        self.steps.append(Step(StepKind.POINTS, values))
        return total

    def _weighted(self, sums: tuple[_Sum, ...]) -> Fraction | None:
        scored = [(each.plan.weight, each.ratio) for each in sums if each.ratio is not None]
        self.weight = sum((weight for weight, _ in scored), ZERO)
        if not self.weight:
            return None
        summed = sum((weight * ratio for weight, ratio in scored), ZERO)
        total = HUNDRED * summed / self.weight
        values = {"sum": summed, "weight": self.weight, "after": total}
        self.steps.append(Step(StepKind.WEIGHTED, values))
        return total

    def _limited(self, whole: Fraction) -> Fraction:
        figure = _bounded(whole, HUNDRED if self.scoring.cap else None, self.steps)
        audit = tuple(line.id for line in self.failed if line.critical == "audit")
        if audit:
            self.steps.append(Step(StepKind.CRITICAL, {"before": figure, "after": ZERO}, audit))
            return ZERO
        limits = {line.id: line.limit for line in self.failed if line.limit is not None}
        if not limits:
            return figure
        limit = min(limits.values())
        values = {"before": figure, "limit": limit, "after": min(figure, limit)}
        harshest = tuple(id for id, each in limits.items() if each == limit)
        self.steps.append(Step(StepKind.LIMIT, values, harshest))
        return min(figure, limit)

    def _rounded(self, raw: Fraction) -> Decimal:
        scale = 10**self.scoring.decimals
        whole = (2 * raw.numerator * scale + raw.denominator) // (2 * raw.denominator)
        rounded = Decimal(whole).scaleb(-self.scoring.decimals)
        self.steps.append(Step(StepKind.ROUND, {"before": raw, "after": Fraction(whole, scale)}))
        return rounded

    def factor(self, found: _Sum) -> Fraction | None:
        """What one earned point of the section puts into the total; in a section that is a mean,
        what one whole question of weight 1 does. 0 where the section takes no part."""
        if self.raw is None:
            return None
        if not self.is_weighted:
            return HUNDRED / self.possible
        if found.ratio is None:
            return ZERO
        divisor = (
            found.possible if self.scoring.section is SectionMode.POINTS else found.mean_weight
        )
        return HUNDRED * found.plan.weight / (self.weight * divisor)

    def band(self) -> str | None:
        if self.score is None:
            return None
        reached = [band for band in self.scoring.bands if band.min <= self.score]
        return max(reached, key=lambda band: band.min).id if reached else None

    def passed(self) -> bool | None:
        if self.score is None:
            return None
        if self.scoring.pass_mark is None:
            return False if self.failed else None
        return self.score >= self.scoring.pass_mark and not self.failed

    def scorecard(
        self, sections: tuple[SectionScore, ...], questions: tuple[QuestionScore, ...]
    ) -> Scorecard:
        critical = tuple(line.id for line in self.failed)
        return Scorecard(
            self.raw,
            self.score,
            self.band(),
            self.passed(),
            critical,
            sections,
            questions,
            tuple(self.steps),
        )


def _section_score(found: _Sum, total: _Total, hidden: bool) -> SectionScore:
    share, whole = _section_share(found, total)
    return SectionScore(
        found.plan.id,
        found.earned,
        found.possible,
        found.ratio,
        found.plan.weight,
        tuple(found.steps),
        hidden,
        tuple(line.id for line in found.failed),
        share,
        whole,
    )


def _section_share(found: _Sum, total: _Total) -> tuple[Fraction | None, Fraction | None]:
    if total.raw is None:
        return None, None
    if not total.is_weighted:
        per_point = HUNDRED / total.possible
        takes_part = found.ratio is not None or found.earned
        return (
            (found.earned * per_point, found.possible * per_point) if takes_part else (None, None)
        )
    if found.ratio is None:
        return None, None
    whole = HUNDRED * found.plan.weight / total.weight
    return whole * found.ratio, whole


def _question_scores(found: _Sum, total: _Total) -> tuple[QuestionScore, ...]:
    """The lines of a section; a line that comes to the same as last time is the same object."""
    plan, share = found.plan, _Share(found, total)
    lines = zip(plan.lines, found.outcomes, strict=True)
    kept = plan.kept
    if kept is None or kept.per_unit != share.per_unit:
        scores = tuple([_question_score(plan.id, *line, share) for line in lines])
    else:
        before = zip(lines, kept.outcomes, kept.scores, strict=True)
        scores = tuple([
            same if line[1] is outcome else _question_score(plan.id, *line, share)
            for line, outcome, same in before
        ])  # fmt: skip
    plan.kept = Kept(share.per_unit, found.outcomes, scores)
    return scores


def _question_score(section: str, line: Line, outcome: Outcome, share: _Share) -> QuestionScore:
    put, lost = share.of(outcome)
    return QuestionScore(
        line.id,
        0,
        section,
        outcome.status,
        outcome.earned,
        outcome.possible,
        line.price.weight,
        outcome.failed,
        outcome.base_earned,
        outcome.base_possible,
        line.price.full,
        line.bonus,
        line.critical,
        put,
        lost,
    )


class _Share:
    """Shares of one section's outcomes, what they put into the total and what they lost of it."""

    def __init__(self, found: _Sum, total: _Total) -> None:
        factor = total.factor(found)
        self.by_mean = total.is_weighted and total.scoring.section is SectionMode.MEAN
        per = found.units.per_mean if self.by_mean else found.units.per_sum
        self.per_unit = None if factor is None else factor / per
        self.known: dict[Outcome, tuple[Fraction | None, Fraction | None]] = {}

    def of(self, outcome: Outcome) -> tuple[Fraction | None, Fraction | None]:
        found = self.known.get(outcome)
        if found is None:
            found = self.known[outcome] = self._of(outcome)
        return found

    def _of(self, outcome: Outcome) -> tuple[Fraction | None, Fraction | None]:
        if self.per_unit is None:
            return None, None
        if self.by_mean:
            earned, possible = outcome.mean_units, outcome.mean_weight
        else:
            earned, possible = outcome.units, outcome.possible_units
        return self.per_unit * earned, self.per_unit * max(possible - earned, 0)
