"""The live state of one visit: relevance, calculations, checks, progress, running score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from forms.answers import UNANSWERED, Answer, AnswerKey, Answers, Expectation
from forms.compiled import CompiledChecklist, Item
from forms.expressions.values import to_string
from forms.problems import FormsError, Problem, Severity, Where
from forms.questions.base import When
from forms.rule_state import Effects
from forms.scorecard import Scorecard
from forms.scoring import score_state

__all__ = ["Effects", "Filling", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """``answered`` of ``total`` visible questions that take an answer (notes, calculations not)."""

    answered: int
    total: int


class Filling:
    """Answers of one draft over a compiled checklist. ``at`` is the visit's start, local time.

    Answers to questions that the checklist does not have are kept and not looked at. A kept value
    that its type refuses shows as a problem and counts as no answer in the score.
    """

    def __init__(self, compiled: CompiledChecklist, answers: Answers, at: datetime) -> None:
        self._compiled = compiled
        self._answers: dict[AnswerKey, Answer] = dict(answers)
        self._refused: dict[AnswerKey, tuple[Problem, ...]] = {}
        for key, answer in self._answers.items():
            self._note_refusal(key, answer)
        self._state = compiled.rules.state(self._answers, at)
        self._cards: dict[bool, Scorecard] = {}

    @property
    def answers(self) -> Answers:
        return MappingProxyType(self._answers)

    @property
    def compiled(self) -> CompiledChecklist:
        return self._compiled

    def answer(self, id: str, instance: int = 0) -> Answer:
        """The draft's answer, UNANSWERED if none; hidden answers are still here."""
        return self._answers.get((id, instance), UNANSWERED)

    def set(self, key: AnswerKey, answer: Answer) -> Effects:
        """Take an answer. Any value that fits the type is taken, broken constraints included:
        checks only speak. Raises FormsError for a value that its type refuses, KeyError for a
        question that is not there."""
        id, instance = key
        if instance:
            raise KeyError(key)
        if problems := self._compiled.item(id).check(answer):
            raise FormsError(*problems)
        self._refused.pop(key, None)
        if answer.blank:
            self._answers.pop(key, None)
        else:
            self._answers[key] = answer
        self._cards.clear()
        return self._state.take(id, answer)

    def relevant(self, id: str) -> bool:
        return not self._state.is_hidden(self._compiled.item(id).id)

    def section_relevant(self, section_id: str) -> bool:
        return section_id not in self._state.hidden_sections

    def calculated(self, id: str) -> str:
        """The value of a ``calculate`` as text; "" when blank."""
        return to_string(self._state.calculated[id])

    def required(self, item: Item) -> bool:
        """Whether ``item`` needs an answer now; a hidden one never does."""
        return self._state.is_required(item.id)

    def answered(self, item: Item) -> bool:
        """Whether there is a whole answer; a text of spaces only is none."""
        key = (item.id, 0)
        answer = self._answers.get(key)
        if answer is None or key in self._refused or not item.answered(answer):
            return False
        return not isinstance(answer.value, str) or bool(answer.value.strip())

    def fails(self, item: Item) -> bool:
        """Whether the present answer fails (choice, band or zero of a possible)."""
        key = (item.id, 0)
        if self._state.is_hidden(item.id) or key in self._refused:
            return False
        answer = self._answers.get(key)
        return answer is not None and self._compiled.scoring_plan.line(item.id).of(answer).failed

    def wants_comment(self, item: Item) -> bool:
        """The evidence rule asks for a comment now, given or not."""
        return self._wants(item, item.evidence.comment)

    def wants_photo(self, item: Item) -> bool:
        """The evidence rule asks for a photo now, given or not."""
        return self._wants(item, item.evidence.photo)

    def _wants(self, item: Item, when: When) -> bool:
        """N/A and hidden ask for nothing."""
        if when is When.ON_FAIL:
            return self.fails(item)
        if when is not When.ALWAYS or not item.takes_answer or self._state.is_hidden(item.id):
            return False
        key = (item.id, 0)
        return key in self._refused or not item.not_applicable(self._answers.get(key, UNANSWERED))

    def problems_of(self, item: Item) -> tuple[Problem, ...]:
        """What is wrong with the present answer; "required" is not said of a blank one.

        () for a hidden item.
        """
        key = (item.id, 0)
        answer = self._answers.get(key)
        if answer is None or self._state.is_hidden(item.id):
            return ()
        return self._refused.get(key) or tuple(self._complaints(item, answer))

    def _complaints(self, item: Item, answer: Answer) -> Iterator[Problem]:
        where = Where(question=item.id)
        yield from item.complaints(answer)
        if isinstance(answer.value, Expectation) and not answer.value.complete:
            yield Problem("expectation-incomplete", where)
        if broken := self._state.broken(item, answer):
            yield broken
        if not self.answered(item):
            return
        if self.wants_comment(item) and not answer.comment.strip():
            yield Problem("comment-missing", where)
        if self.wants_photo(item) and not answer.evidence:
            yield Problem("photo-missing", where)

    def problems(self) -> tuple[Problem, ...]:
        """The check before submit: errors must be mended, warnings may stay. Checklist order;
        one warning at the end counts the questions left blank that may stay so."""
        found: list[Problem] = []
        left_blank = 0
        for item in self._asked:
            own = self.problems_of(item)
            found += own
            if own or self.answered(item):
                continue
            if self.required(item):
                found.append(Problem("required", Where(question=item.id)))
            else:
                left_blank += 1
        if left_blank:
            values = {"count": str(left_blank)}
            found.append(Problem("left-blank", Where(), values, Severity.WARNING))
        return tuple(found)

    def progress(self, section_id: str | None = None) -> Progress:
        asked = self._asked if section_id is None else self._asked_in(section_id)
        return Progress(sum(map(self.answered, asked)), len(asked))

    def next_unanswered(self, after: str | None, *, back: bool = False) -> str | None:
        """The id of the next visible, unanswered item after ``after``, wrapping around; None if
        all are answered. ``after`` None starts at the beginning, or with ``back`` at the end."""
        unanswered = [item for item in self._asked if not self.answered(item)]
        if back:
            unanswered.reverse()
        if not unanswered or after is None:
            return unanswered[0].id if unanswered else None
        here = self._compiled.item(after).index
        ahead = (item for item in unanswered if (item.index < here if back else item.index > here))
        return next(ahead, unanswered[0]).id

    def score(self, *, final: bool = False) -> Scorecard:
        """The running score (unanswered excluded); ``final`` scores as at submission."""
        if final not in self._cards:
            sound = {k: a for k, a in self._answers.items() if k not in self._refused}
            answers = sound if self._refused else self._answers
            self._cards[final] = score_state(self._compiled, answers, self._state, draft=not final)
        return self._cards[final]

    @cached_property
    def _takers(self) -> Sequence[Item]:
        return [item for item in self._compiled.items if item.takes_answer]

    @property
    def _asked(self) -> Sequence[Item]:
        """The visible items that take an answer."""
        hidden = self._state.hidden
        return [item for item in self._takers if item.id not in hidden]

    def _asked_in(self, section_id: str) -> Sequence[Item]:
        hidden = self._state.hidden
        items = self._compiled.of_section(section_id)
        return [item for item in items if item.takes_answer and item.id not in hidden]

    def _note_refusal(self, key: AnswerKey, answer: Answer) -> None:
        item = self._compiled.find(key[0])
        if item is not None and key[1] == 0 and (problems := item.check(answer)):
            self._refused[key] = problems
