"""The checklists we ship: without a problem, in both languages, of the depth that firms use."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from forms import library
from forms.answers import Answer, AnswerKey, Expectation, Value
from forms.checklist import Checklist, NaPolicy, SectionMode, TotalMode, UnansweredPolicy
from forms.checks.texts import texts
from forms.compiled import CompiledChecklist, Item
from forms.filling import Filling
from forms.formats.native import read
from forms.questions import QUESTION_TYPES
from forms.questions.base import Cap, When
from forms.questions.duration import DurationQuestion
from forms.questions.kinds.choosing import ManyChoices, OneChoice
from forms.questions.kinds.scale import Scale
from forms.scorecard import Status
from forms.scoring import score
from forms.tags import Cause, Killer, Measure

AT = datetime(2026, 11, 12, 14, 0)  # noqa: DTZ001 - a visit's start is local
NAMES = library.names()
FULL = ("cafe-visit", "bank-branch", "mobile-shop", "fuel-station", "hotel-front-desk")
FIRST = FULL[:2]
PAIRED = FULL[2:]


@cache
def loaded(name: str) -> Checklist:
    found = read(library.path(name)).checklist
    assert found is not None
    return found


def test_the_library_and_its_names() -> None:
    assert NAMES == (
        "bank-branch",
        "cafe-visit",
        "every-type",
        "fuel-station",
        "hotel-front-desk",
        "mobile-shop",
    )
    with pytest.raises(KeyError):
        library.path("../native")
    assert [loaded(name).id for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_reads_without_a_problem_or_a_warning(name: str) -> None:
    assert [problem.line() for problem in read(library.path(name)).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_in_both_languages(name: str) -> None:
    checklist = loaded(name)
    assert checklist.languages == ("vi", "en")
    for path, text in texts(checklist):
        assert isinstance(text, str) is (text == "°C"), path
        if isinstance(text, dict):
            assert set(text) == {"vi", "en"}, path
            assert text["vi"] != text["en"] or path[-1] == "label", path


@pytest.mark.parametrize("name", FULL)
def test_the_full_ones_have_the_depth_that_firms_use(name: str) -> None:
    checklist = loaded(name)
    compiled = CompiledChecklist(checklist)
    asked = sum(len(section.questions) for section in checklist.sections)
    answerable = sum(item.takes_answer for item in compiled.items)
    if name in FIRST:
        assert 55 <= asked <= 65
        assert 60 <= answerable <= 70
    assert 40 <= answerable <= 80
    assert len(checklist.sections) == 7
    if checklist.scoring.total is TotalMode.WEIGHTED:
        assert sum(section.weight for section in checklist.sections) == 100
    types = Counter(
        question.type for section in checklist.sections for question in section.questions
    )
    for type_ in ("csat", "nps", "ces", "expectation", "matrix", "duration", "scale", "choices"):
        assert types[type_], type_
    tags = [item.tags for item in compiled.items]
    assert {tag.cause for tag in tags} >= set(Cause)
    assert {tag.killer for tag in tags} >= set(Killer)
    assert {tag.measure for tag in tags} >= set(Measure)
    assert len({tag.channel for tag in tags}) >= 3
    assert {"employee"} <= {str(tag.side) for tag in tags}
    stages = {section.stage for section in checklist.sections}
    stages |= {question.stage for section in checklist.sections for question in section.questions}
    assert len(stages - {None}) >= 4
    assert any(
        question.relevant for section in checklist.sections for question in section.questions
    )


@pytest.mark.parametrize("name", FULL)
def test_what_is_shown_in_narrow_columns_is_short(name: str) -> None:
    for item in CompiledChecklist(loaded(name)).items:
        text = item.short or item.label
        if item.takes_answer:
            assert isinstance(text, dict)
            assert all(len(words) <= 24 for words in text.values()), item.id


def test_the_critical_questions_of_the_cafe() -> None:
    compiled = CompiledChecklist(loaded("cafe-visit"))
    assert compiled.item("emergency_exit").critical == Cap(cap=Decimal(60))
    assert compiled.item("receipt").critical == "flag"
    assert compiled.item("price_right").critical == "section"


def test_the_new_ones_teach_different_ways_to_score() -> None:
    """Total of weighted sections, total of points with N/A in full, mean of questions."""
    ways = [loaded(name).scoring for name in PAIRED]
    assert [way.total for way in ways] == [TotalMode.WEIGHTED, TotalMode.POINTS, TotalMode.WEIGHTED]
    assert [way.section for way in ways] == [
        SectionMode.POINTS,
        SectionMode.POINTS,
        SectionMode.MEAN,
    ]
    assert [way.na for way in ways] == [NaPolicy.EXCLUDE, NaPolicy.FULL, NaPolicy.EXCLUDE]
    assert len({tuple(band.id for band in way.bands) for way in ways}) == 3
    levels = {
        "cap" if isinstance(item.critical, Cap) else item.critical
        for name in PAIRED
        for item in CompiledChecklist(loaded(name)).items
    }
    assert levels == {False, "flag", "section", "audit", "cap"}


@pytest.mark.parametrize("name", PAIRED)
def test_a_time_has_one_question_beside_it_that_it_can_contradict(name: str) -> None:
    """The yes/no question names the standard of the only time with the same measure."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in CompiledChecklist(loaded(name)).items:
        if item.tags.measure is not None:
            found[item.tags.measure].append(item)
    pairs = 0
    for items in found.values():
        times = [item for item in items if isinstance(item.question, DurationQuestion)]
        claims = [item for item in items if isinstance(item.kind, OneChoice)]
        assert len(times) <= 1
        assert len(claims) <= 1
        if times and claims and isinstance(time := times[0].question, DurationQuestion):
            pairs += 1
            assert time.standard is not None
            assert {choice.id for choice in claims[0].choices} == {"yes", "no"}
            assert claims[0].question.relevant == time.relevant
            assert claims[0].index + 1 == times[0].index
            seconds, minutes = f"{time.standard} ", f"{time.standard / 60:f} "
            assert isinstance(claims[0].label, dict)
            for words in claims[0].label.values():
                assert seconds in words or minutes in words, claims[0].id
    assert pairs >= 3


class TestEveryType:
    checklist = loaded("every-type")
    items = CompiledChecklist(checklist).items

    def test_every_type_of_question(self) -> None:
        types = {get_args(kind.model_fields["type"].annotation)[0] for kind in QUESTION_TYPES}
        assert {item.question.type for item in self.items} == types

    def test_every_way_to_score(self) -> None:
        questions = [item.question for item in self.items]
        choices = [choice for item in self.items for choice in item.choices]
        criticals = {str(item.critical) for item in self.items}
        assert {"False", "flag", "section", "audit"} <= criticals
        assert any(isinstance(item.critical, Cap) for item in self.items)
        assert any(item.bonus for item in self.items)
        assert any(item.weight != 1 for item in self.items)
        assert any(item.allow_na for item in self.items)
        assert any(isinstance(item.required, str) for item in self.items)
        assert any(getattr(question, "reverse", False) for question in questions)
        assert {getattr(question, "easy", None) for question in questions} >= {"low", "high"}
        assert any(choice.points is not None and choice.points < 0 for choice in choices)
        for word in ("na", "exclusive", "fail"):
            assert any(getattr(choice, word) for choice in choices), word
        evidence = {
            when for item in self.items for when in (item.evidence.photo, item.evidence.comment)
        }
        assert evidence == set(When)

    def test_every_policy_reads_and_scores(self) -> None:
        """One file has one policy of each kind; the others are a word away."""
        text = library.path("every-type").read_text(encoding="utf-8")
        scores = set()
        for na in NaPolicy:
            for unanswered in UnansweredPolicy:
                for total in TotalMode:
                    changed = text.replace("na: zero", f"na: {na}")
                    changed = changed.replace("unanswered: exclude", f"unanswered: {unanswered}")
                    changed = changed.replace("total: weighted", f"total: {total}")
                    found = read(changed).checklist
                    assert found is not None
                    scores.add(score(found, some_answers(found), AT).raw)
        assert len(scores) == 12

    def test_the_mean_of_sections_reads_without_bonus_and_pure_penalty(self) -> None:
        text = library.path("every-type").read_text(encoding="utf-8")
        mean = text.replace("section: points", "section: mean")
        assert {problem.code for problem in read(mean).problems} == {"mean-bonus", "mean-penalty"}
        start, end = mean.index("      - id: faults"), mean.index("      - id: clean")
        found = read(mean[:start] + mean[end:]).checklist
        assert found is not None
        assert found.scoring.section is SectionMode.MEAN
        assert score(found, some_answers(found), AT).score is not None


def some_answers(checklist: Checklist) -> dict[AnswerKey, Answer]:
    """The first choice and the upper half of every scale; some N/A and some blanks."""
    answers: dict[AnswerKey, Answer] = {}
    for item in CompiledChecklist(checklist).items:
        if item.id in ("offered", "exit_clear"):
            answers[item.id, 0] = Answer(not_applicable=True)
        elif item.id not in ("mood", "thanked", "heat") and (value := best(item)) is not None:
            answers[item.id, 0] = Answer(value)
    return answers


def best(item: Item) -> str | int | tuple[str, ...] | None:
    if isinstance(item.kind, OneChoice):
        return item.choices[0].id
    if isinstance(item.kind, ManyChoices):
        return (item.choices[0].id,)
    return item.kind.high - 1 if isinstance(item.kind, Scale) else None


@pytest.mark.parametrize("name", FULL)
def test_a_visit_where_all_goes_well_scores_full_marks(name: str) -> None:
    checklist = loaded(name)
    answers: dict[AnswerKey, Answer] = {}
    for item in CompiledChecklist(checklist).items:
        if item.scored and not item.bonus:
            answers[item.id, 0] = Answer(perfect(item))
    card = score(checklist, answers, AT)
    ids = {found.id for found in card.questions if found.status is Status.SCORED}
    failed = [found.id for found in card.questions if found.failed]
    assert failed == []
    assert card.critical == ()
    lost = [
        found.id for found in card.questions if found.id in ids and found.earned < found.possible
    ]
    assert lost == []
    assert card.score == 100
    assert card.passed is True
    assert card.band == checklist.scoring.bands[0].id


def perfect(item: Item) -> Value:
    question = item.question
    if isinstance(item.kind, OneChoice):
        return max(item.choices, key=lambda choice: choice.points or 0).id
    if isinstance(item.kind, ManyChoices):
        good = tuple(choice.id for choice in item.choices if (choice.points or 0) > 0)
        return good or tuple(choice.id for choice in item.choices if choice.exclusive)
    if isinstance(item.kind, Scale):
        return item.kind.low if item.kind.reverse else item.kind.high
    if question.type == "expectation":
        return Expectation(3, question.max)
    bands = getattr(question, "bands", ())
    value = max(bands, key=lambda band: band.points or 0).max
    return int(value) if question.type != "decimal" else value


Pick = Callable[[Item, list[Answer]], Answer]
PLACED = Answer(comment="Nhân viên quay lưng.", evidence=("a" * 64,))
NUMBERS = (0, 1, 2, 3, 8, 12, 45, 90, 250, 500, 700, 1500, 3000, 9000, 21450, 22000, 50000, 70000)
TEXTS = {
    "date": ("2026-11-10",),
    "time": ("08:10",),
    "text": ("quầy có hai nhân viên đang nói chuyện " * 5,),
}


def values(item: Item) -> Iterator[Value | None]:
    """Some of each kind that the question can take; its own limits among them."""
    question = item.question
    if isinstance(item.kind, OneChoice):
        yield from (choice.id for choice in item.choices)
    elif isinstance(item.kind, ManyChoices):
        good = tuple(c.id for c in item.choices if not (c.exclusive or c.na))
        yield from ((choice.id,) for choice in item.choices)
        yield from (good[:2], good)
    elif question.type == "expectation":
        yield from (Expectation(3, given) for given in range(1, question.max + 1))
    elif isinstance(item.kind, Scale):
        yield from range(item.kind.low, item.kind.high + 1)
    elif question.type in ("photo", "file"):
        yield None
    elif question.type == "datetime":  # what is asked later happens later
        yield (AT + timedelta(hours=item.index)).isoformat()
    elif question.type in TEXTS:
        yield from TEXTS[question.type]
    else:
        own = (band.max for band in getattr(question, "bands", ()) if band.max is not None)
        numbers = sorted({*NUMBERS, *map(int, own)})
        yield from map(Decimal, numbers) if question.type == "decimal" else numbers


def fill(compiled: CompiledChecklist, pick: Pick) -> Filling:
    """A visit answered from top to bottom: one of the answers that pass, for each question."""
    filling = Filling(compiled, {}, AT)
    for item in compiled.items:
        if not (item.takes_answer and filling.relevant(item.id)):
            continue
        passing = []
        for value in values(item):
            answer = Answer(value, comment=PLACED.comment, evidence=PLACED.evidence)
            filling.set((item.id, 0), answer)
            if not filling.problems_of(item):
                passing.append(answer)
        if item.allow_na:
            passing.append(Answer(not_applicable=True))
        assert passing, f"{item.id} cannot be answered"
        filling.set((item.id, 0), pick(item, passing))
    return filling


@pytest.mark.parametrize("name", PAIRED)
def test_no_visit_ends_at_a_question_that_cannot_be_answered(name: str) -> None:
    """Whatever was answered before; and every question is asked in some visit."""
    compiled = CompiledChecklist(loaded(name))
    asked = set()
    chances = map(random.Random, range(12))
    for pick in (lambda _item, answers: answers[-1], *map(at_random, chances)):
        filling = fill(compiled, pick)
        assert [problem.line() for problem in filling.problems()] == []
        asked |= {item.id for item in compiled.items if filling.relevant(item.id)}
    assert {item.id for item in compiled.items} - asked == set()


def at_random(chance: random.Random) -> Pick:
    return lambda _item, answers: chance.choice(answers)


def worst_of(compiled: CompiledChecklist) -> Pick:
    def worst(item: Item, answers: list[Answer]) -> Answer:
        line = compiled.scoring_plan.line(item.id)
        return min(answers, key=lambda answer: (not line.of(answer).failed, line.of(answer).earned))

    return worst


@pytest.mark.parametrize("name", PAIRED)
def test_a_visit_where_all_goes_wrong_scores_nothing_and_lists_the_criticals(name: str) -> None:
    compiled = CompiledChecklist(loaded(name))
    card = fill(compiled, worst_of(compiled)).score(final=True)
    assert card.score is not None
    assert card.score <= 10
    assert card.passed is False
    assert card.band == loaded(name).scoring.bands[-1].id
    assert len(card.critical) >= 4


@pytest.mark.parametrize(
    ("name", "id", "choice", "most"),
    [
        ("mobile-shop", "trade_private", "yes", "50"),
        ("mobile-shop", "price_right", "no", "60"),
        ("mobile-shop", "loan_cover", "yes", "85"),
        ("fuel-station", "smoking", "staff", "0"),
        ("fuel-station", "staff_phone", "yes", "70"),
        ("fuel-station", "zero_shown", "not_zero", "50"),
        ("hotel-front-desk", "spare_key", "unchecked", "0"),
        ("hotel-front-desk", "escape_plan", "no", "60"),
        ("hotel-front-desk", "id_back", "kept", "72.2"),
    ],
)
def test_one_critical_failure_decides(name: str, id: str, choice: str, most: str) -> None:
    """In a visit without another loss."""
    answers = {
        (item.id, 0): Answer(perfect(item))
        for item in CompiledChecklist(loaded(name)).items
        if item.scored and not item.bonus
    }
    card = score(loaded(name), answers | {(id, 0): Answer(choice)}, AT)
    assert card.score == Decimal(most)
    assert card.critical == (id,)
    assert card.passed is False
