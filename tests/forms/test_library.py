"""The checklists we ship: without a problem, in both languages, of the depth that firms use."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from forms import library
from forms.answers import Answer, AnswerKey
from forms.checklist import Checklist, NaPolicy, SectionMode, TotalMode, UnansweredPolicy
from forms.checks.texts import texts
from forms.compiled import CompiledChecklist, Item
from forms.formats.native import read
from forms.questions import QUESTION_TYPES
from forms.questions.base import Cap, Cause, Killer, Measure, When
from forms.questions.kinds.choosing import ManyChoices, OneChoice
from forms.questions.kinds.scale import Scale
from forms.scorecard import Status
from forms.scoring import score

AT = datetime(2026, 11, 12, 14, 0)  # noqa: DTZ001 - a visit's start is local
NAMES = library.names()
FULL = ("cafe-visit", "bank-branch")


@cache
def loaded(name: str) -> Checklist:
    found = read(library.path(name)).checklist
    assert found is not None
    return found


def test_the_library_and_its_names() -> None:
    assert NAMES == ("bank-branch", "cafe-visit", "every-type")
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
    assert 55 <= sum(len(section.questions) for section in checklist.sections) <= 65
    assert 60 <= sum(item.takes_answer for item in compiled.items) <= 70
    assert len(checklist.sections) == 7
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


def perfect(item: Item) -> object:
    from forms.answers import Expectation

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
