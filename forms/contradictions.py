"""Answers of one visit that contradict each other, or words that contradict their answer.

Nothing here is an error: the person who was there decides, and each finding says how sure it is.
Hidden questions, N/A and values that their type refuses never take part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from forms.answers import Answer
from forms.complaint_words import ComplaintWords, Found, is_unmarked, weighs_up
from forms.passing import is_best
from forms.problems import Problem, Severity, Where
from forms.questions.kinds.words import Words, count_words
from forms.questions.text import TextQuestion
from forms.reading import duration
from forms.remarks import is_loud, is_mashed, is_too_short, opening, same_words
from forms.sureness import Sureness
from forms.time_claims import TimeClaim, time_claims
from forms.words import LANGUAGES

if TYPE_CHECKING:
    from forms.compiled import CompiledChecklist, Item
    from forms.filling import Filling

__all__ = ["Contradiction", "Contradictions", "Sureness"]

#: A text of so many words is long: it may be compared, and is no name in capitals.
_LONG = 8
#: Complaint words that a sentence quotes, and characters of a comment.
_QUOTED, _SHOWN = 3, 40


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``problem`` is its sentence, a warning at ``question``; ``other`` is the second question
    that it speaks of. ``causes`` are the values that it follows from: the same causes are the
    same contradiction."""

    problem: Problem
    question: str
    other: str | None
    sure: Sureness
    causes: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.problem.code


@dataclass(frozen=True, slots=True)
class _Given:
    """A visible item with what is given for it, N/A apart."""

    item: Item
    answer: Answer

    @property
    def text(self) -> str:
        """The words of a text question; "" for other questions."""
        value = self.answer.value
        return value if isinstance(self.item.kind, Words) and isinstance(value, str) else ""

    @property
    def texts(self) -> list[str]:
        """What may be compared with other questions: the comment, and a long text."""
        found = [self.answer.comment] if self.answer.comment else []
        if self.text and count_words(self.text) >= _LONG:
            found.append(self.text)
        return found


class Contradictions:
    """Made once per checklist version and word list."""

    def __init__(self, compiled: CompiledChecklist, words: ComplaintWords) -> None:
        self._compiled = compiled
        self._words = words
        self._claims: dict[str, list[TimeClaim]] = {}
        for claim in time_claims(compiled):
            for item in (claim.claim, claim.timer):
                self._claims.setdefault(item.id, []).append(claim)

    def all(self, filling: Filling) -> tuple[Contradiction, ...]:
        """In the checklist's order of their first questions."""
        given = self._all_given(filling)
        found = [each for one in given for each in self._own(one, filling)]
        found += _repeated(given)
        found.sort(key=lambda each: self._compiled.item(each.question).index)
        return tuple(found)

    def of(self, item: Item, filling: Filling) -> tuple[Contradiction, ...]:
        """Those of ``all`` that speak of ``item``, the same but for their order."""
        one = self._given(item, filling)
        if one is None:
            return ()
        found = list(self._own(one, filling))
        for claim in self._claims.get(item.id, ()):
            if claim.claim is not item:
                found += self._against_timer(claim, filling)
        found += self._repetitions_of(one, filling)
        return tuple(found)

    def _repetitions_of(self, one: _Given, filling: Filling) -> list[Contradiction]:
        openings = set(map(opening, one.texts))
        if not openings:
            return []
        id, alike = one.item.id, self._all_given(filling, openings)
        return [each for each in _repeated(alike) if id in (each.question, each.other)]

    def _all_given(self, filling: Filling, openings: Set[str] | None = None) -> list[_Given]:
        """All in order, or those that have words with one of these ``openings``."""
        ids = [
            id
            for (id, instance), answer in filling.answers.items()
            if instance == 0 and (openings is None or _opens(answer, openings))
        ]
        items = [item for item in map(self._compiled.find, ids) if item is not None]
        items.sort(key=attrgetter("index"))
        found = [self._given(item, filling) for item in items]
        return [one for one in found if one is not None]

    def _given(self, item: Item, filling: Filling) -> _Given | None:
        answer = filling.answer(item.id)
        if answer.blank or not item.takes_answer or not filling.relevant(item.id):
            return None
        if answer.not_applicable or (filling.answered(item) and item.not_applicable(answer)):
            return None
        return _Given(item, answer)

    def _own(self, one: _Given, filling: Filling) -> Iterator[Contradiction]:
        """Those whose first question is this one, repeated words apart."""
        answered = filling.answered(one.item)
        if answered:
            for claim in self._claims.get(one.item.id, ()):
                if claim.claim is one.item:
                    yield from self._against_timer(claim, filling)
            yield from self._negative(one)
        yield from _capitals(one)
        if answered:
            yield from _thin(one, filling)

    def _against_timer(self, claim: TimeClaim, filling: Filling) -> Iterator[Contradiction]:
        pair = (self._given(claim.claim, filling), self._given(claim.timer, filling))
        said, measured = pair
        if said is None or measured is None:
            return
        if not (filling.answered(said.item) and filling.answered(measured.item)):
            return
        choice, seconds = said.answer.value, measured.answer.value
        if not isinstance(choice, str) or not isinstance(seconds, int):
            return
        sure = claim.contradicted(choice, seconds)
        if sure is not None:
            yield _timer_contradiction(claim, said.answer, seconds, sure)

    def _negative(self, one: _Given) -> Iterator[Contradiction]:
        comment = one.answer.comment
        if not comment or not is_best(self._compiled, one.item, one.answer):
            return
        found = self._words.found_in(comment)
        sure = _sure_of(found, weighs_up(comment)) if found else None
        if sure is None:
            return
        quoted = [f"“{each}”" for each in dict.fromkeys(each.written for each in found)]
        values = {"number": one.item.number, "words": ", ".join(quoted[:_QUOTED])}
        problem = _problem("negative-comment", one.item, values, answer=_read(one))
        causes = (repr(one.answer.value), comment)
        yield Contradiction(problem, one.item.id, None, sure, causes)


def _timer_contradiction(
    claim: TimeClaim, said: Answer, seconds: int, sure: Sureness
) -> Contradiction:
    values = {"number": claim.claim.number, "other": claim.timer.number}
    problem = _problem(
        "contradicts-timer",
        claim.claim,
        values,
        answer=_read(_Given(claim.claim, said)),
        time={language: duration(seconds, language) for language in LANGUAGES},
        limit={language: duration(claim.limit, language) for language in LANGUAGES},
    )
    causes = (str(said.value), str(seconds))
    return Contradiction(problem, claim.claim.id, claim.timer.id, sure, causes)


def _sure_of(found: tuple[Found, ...], weighed_up: bool) -> Sureness | None:
    """A list of words is never certain. Words on both sides of a "but" count for less, and small
    ones for nothing; so does what is typed without diacritics."""
    weights = {each.phrase: each.weight for each in found}
    weight = sum(weights.values())
    bare = any(is_unmarked(each.written) != is_unmarked(each.phrase) for each in found)
    if weighed_up and not weight:
        return None
    return Sureness.LIKELY if weight > 1 and not weighed_up and not bare else Sureness.POSSIBLE


def _opens(answer: Answer, openings: Set[str]) -> bool:
    words = (answer.comment, answer.value)
    return any(isinstance(text, str) and opening(text) in openings for text in words if text)


def _repeated(given: Iterable[_Given]) -> Iterator[Contradiction]:
    """Each later text with the first that is the same. Only those that open alike are compared
    whole."""
    texts = [(one.item, text) for one in given for text in one.texts]
    openings = Counter(opening(text) for _, text in texts)
    first: dict[str, Item] = {}
    for item, text in texts:
        if openings[opening(text)] > 1 and (same := same_words(text)):
            before = first.setdefault(same, item)
            if before is not item:
                yield _repetition(before, item, same)


def _repetition(first: Item, second: Item, same: str) -> Contradiction:
    values = {"number": first.number, "other": second.number}
    sure = Sureness.LIKELY if count_words(same) >= _LONG else Sureness.POSSIBLE
    problem = _problem("comment-repeated", first, values)
    return Contradiction(problem, first.id, second.id, sure, (same,))


def _capitals(one: _Given) -> Iterator[Contradiction]:
    question = one.item.question
    texts = [one.answer.comment]
    if one.text and isinstance(question, TextQuestion):
        long = question.multiline or question.min_words or count_words(one.text) >= _LONG
        texts += [one.text] if long else []
    loud = [text for text in texts if is_loud(text)]
    if loud:
        problem = _problem("comment-capitals", one.item, {"number": one.item.number})
        yield Contradiction(problem, one.item.id, None, Sureness.LIKELY, tuple(loud))


def _thin(one: _Given, filling: Filling) -> Iterator[Contradiction]:
    """Words that tell nothing where words are asked for. A text that has too few words by its own
    rule has its error already."""
    item, comment, text = one.item, one.answer.comment, one.text
    if comment.strip() and (filling.wants_comment(item) or filling.fails(item)):
        mashed = is_mashed(comment)
        if mashed or is_too_short(comment):
            yield _too_thin(item, comment, Sureness.LIKELY if mashed else Sureness.POSSIBLE)
            return
    if text and is_mashed(text) and not item.complaints(one.answer):
        yield _too_thin(item, text, Sureness.LIKELY)


def _too_thin(item: Item, text: str, sure: Sureness) -> Contradiction:
    shown = " ".join(text.split())
    shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
    problem = _problem("comment-thin", item, {"number": item.number, "comment": shown})
    return Contradiction(problem, item.id, None, sure, (text,))


def _read(one: _Given) -> dict[str, str]:
    return {language: one.item.read(one.answer, language) for language in LANGUAGES}


def _problem(code: str, item: Item, values: dict[str, str], **texts: dict[str, str]) -> Problem:
    return Problem(code, Where(question=item.id), values, Severity.WARNING, {**texts})
