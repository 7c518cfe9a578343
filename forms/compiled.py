"""A checklist made ready for use: items in order, lists resolved, rules compiled once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.answers import Answer
from forms.checklist import Checklist, Section
from forms.problems import Problem, Where
from forms.questions import Question
from forms.questions.base import Asked, Choice, Critical, Evidence, Number, Tags, Text
from forms.questions.kinds.base import Complaint, Kind, Tariff
from forms.questions.matrix import MatrixQuestion, Row
from forms.words import WORDS

if TYPE_CHECKING:
    from forms.rules import Rules
    from forms.scoring_plan import ScoringPlan


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One place that takes an answer (or a note): a question, or a row of a matrix.

    A matrix itself is no item: its rows are, each with the matrix's rules unless it has its own.
    ``number`` is what a person calls it: section.question ("3.2"), rows "3.2.1"; "" for a note
    and a calculation. ``tariff`` is what answers earn before the weight, None when unscored.
    """

    id: str
    number: str
    index: int
    section: Section
    question: Question
    row: Row | None
    choices: tuple[Choice, ...]
    label: Text
    short: Text | None
    points: Number | None
    weight: Number
    critical: Critical
    bonus: bool
    required: bool | str
    allow_na: bool
    evidence: Evidence
    tags: Tags
    kind: Kind[Any]
    tariff: Tariff[Any] | None
    languages: tuple[str, ...]

    @property
    def scored(self) -> bool:
        return self.tariff is not None

    @property
    def takes_answer(self) -> bool:
        """False for notes and calculations."""
        return self.kind.takes_answer

    @property
    def allows_na(self) -> bool:
        """Whether N/A may be marked: by ``allow_na``, or because a choice says N/A."""
        return self.allow_na or any(choice.na for choice in self.choices)

    def answered(self, answer: Answer) -> bool:
        """Whether there is an answer: a whole value, N/A, or evidence where that is asked for."""
        return answer.not_applicable or self.kind.answered(answer)

    def not_applicable(self, answer: Answer) -> bool:
        """Whether the answer says N/A, by its mark or by its choice."""
        if answer.not_applicable or answer.value is None:
            return answer.not_applicable
        return self.kind.not_applicable(answer.value)

    def check(self, answer: Answer) -> tuple[Problem, ...]:
        """Why the type, or the N/A rule, refuses ``answer``; () when it may be kept."""
        found = []
        if answer.not_applicable and not self.allows_na:
            found.append(Complaint("na-not-allowed"))
        if answer.not_applicable and answer.value is not None:
            found.append(Complaint("na-beside-value"))
        complaint = None if answer.value is None else self.kind.refuse(answer.value)
        return tuple(self.problem(each) for each in (*found, complaint) if each is not None)

    def complaints(self, answer: Answer) -> tuple[Problem, ...]:
        """Rules of the type that bind at submission only: fewest words, longest text."""
        if answer.value is None or answer.not_applicable:
            return ()
        return tuple(self.problem(each) for each in self.kind.complaints(answer.value))

    def problem(self, complaint: Complaint, instance: int = 0) -> Problem:
        """``complaint`` as a problem of this question."""
        where = Where(question=self.id, instance=instance)
        return Problem(complaint.code, where, complaint.values)

    def broken_constraint(self) -> Problem:
        """The problem of an answer that breaks the constraint, in the checklist's own words."""
        message, where = self.question.constraint_message, Where(question=self.id)
        if not message:
            return Problem("constraint", where)
        return Problem("constraint-message", where, texts={"message": self._in_order(message)})

    def _in_order(self, text: Text) -> Text:
        """``text`` with the declared languages first, so that it falls back along them."""
        if isinstance(text, str):
            return text
        order = (*self.languages, *text)
        return {language: text[language] for language in order if language in text}

    def read(self, answer: Answer, language: str) -> str:
        """The answer as text: choice labels, "48 s", "4 / 5", "N/A"; "" if blank."""
        if answer.not_applicable:
            return WORDS.text(language, "N/A")
        return self.kind.read_answer(answer, language, self.languages)


class CompiledChecklist:
    """Built once per version; scoring, filling and reports all work on it.

    The checklist must be free of problems: a list that does not exist is a KeyError.
    """

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.items: tuple[Item, ...] = tuple(_Items(checklist))
        self._by_id = {item.id: item for item in self.items}
        #: The items of each section, in the order of the sections.
        self.by_place: tuple[tuple[Item, ...], ...] = tuple(
            tuple(item for item in self.items if item.section is section)
            for section in checklist.sections
        )
        names = (section.id for section in checklist.sections)
        self._by_section = dict(zip(names, self.by_place, strict=True))

    def item(self, id: str) -> Item:
        """KeyError when there is none."""
        return self._by_id[id]

    def find(self, id: str) -> Item | None:
        return self._by_id.get(id)

    def of_section(self, section_id: str) -> tuple[Item, ...]:
        """The section's items in order."""
        return self._by_section[section_id]

    @cached_property
    def rules(self) -> Rules:
        """Relevance, calculations, constraints and required expressions, compiled once."""
        from forms.rules import Rules

        return Rules(self)

    @cached_property
    def scoring_plan(self) -> ScoringPlan:
        """What scoring knows before it sees an answer, worked out once."""
        from forms.scoring_plan import ScoringPlan

        return ScoringPlan(self)


class _Items:
    """The items of a checklist in order. Items alike share what they are answered by."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.kinds: dict[tuple[str, str], Kind[Any]] = {}
        self.tariffs: dict[tuple[Kind[Any], Number | None], Tariff[Any] | None] = {}

    def __iter__(self) -> Iterator[Item]:
        index = 0
        for place, section in enumerate(self.checklist.sections, 1):
            asked = 0
            for question in section.questions:
                choices = question.offered(self.checklist.choice_lists)
                kind = self.kind(question, choices)
                asked += kind.takes_answer
                number = f"{place}.{asked}" if kind.takes_answer else ""
                for row, row_number in _rows(question, number):
                    yield self.item(section, question, row, row_number, index, choices, kind)
                    index += 1

    def kind(self, question: Question, choices: tuple[Choice, ...]) -> Kind[Any]:
        name = question.list_name
        if name is None:
            return question.kind(choices)
        known = (question.type, name)
        if known not in self.kinds:
            self.kinds[known] = question.kind(choices)
        return self.kinds[known]

    def tariff(self, kind: Kind[Any], points: Number | None) -> Tariff[Any] | None:
        known = (kind, points)
        if known not in self.tariffs:
            self.tariffs[known] = kind.tariff(points)
        return self.tariffs[known]

    def item(
        self,
        section: Section,
        question: Question,
        row: Row | None,
        number: str,
        index: int,
        choices: tuple[Choice, ...],
        kind: Kind[Any],
    ) -> Item:
        own = _Own(question, row)
        points = own("points")
        return Item(
            id=question.id if row is None else f"{question.id}.{row.id}",
            number=number,
            index=index,
            section=section,
            question=question,
            row=row,
            choices=choices,
            label=own("label"),
            short=question.short if row is None else row.short,
            points=points,
            weight=own("weight"),
            critical=own("critical"),
            bonus=own("bonus"),
            required=own("required"),
            allow_na=own("allow_na"),
            evidence=own("evidence"),
            tags=own("tags"),
            kind=kind,
            tariff=self.tariff(kind, points),
            languages=self.checklist.languages,
        )


def _rows(question: Question, number: str) -> Iterator[tuple[Row | None, str]]:
    if isinstance(question, MatrixQuestion):
        yield from ((row, f"{number}.{place}") for place, row in enumerate(question.rows, 1))
    else:
        yield None, number


class _Own:
    """What a row says itself, else what its matrix says."""

    def __init__(self, question: Asked, row: Row | None) -> None:
        self.question = question
        self.row = row

    def __call__(self, name: str) -> Any:
        said = None if self.row is None else getattr(self.row, name)
        return getattr(self.question, name) if said is None else said
