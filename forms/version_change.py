"""What another version of a checklist changes for the answers of a draft. Nothing is changed here.

Questions are matched by id, choices by id. Texts stay as the checklists have them: who shows the
change reads them in a language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from forms.answers import UNANSWERED, Answer, AnswerKey, Answers
from forms.answers_json import value_from_json, value_to_json
from forms.checklist import Section, TotalMode
from forms.compiled import CompiledChecklist, Item
from forms.filling import Filling, Progress
from forms.problems import FormsError
from forms.questions.base import Choice, Critical
from forms.scorecard import Scorecard
from forms.version_rules import Aspect, Policy, aspects, policy, rescored
from forms.version_words import Wording, wordings

__all__ = ["Aspect", "Policy", "VersionChange", "Wording", "compare", "fitted"]


class Fate(StrEnum):
    """What becomes of the answer that a draft has to a question."""

    NONE = "none"  # there is no answer
    STAYS = "stays"
    HIDDEN = "hidden"  # it stays, but the question is not asked as things are
    AGAIN = "again"  # the new question refuses it: only comment and evidence stay


@dataclass(frozen=True, slots=True)
class Added:
    """``required``: it needs an answer as things are."""

    item: Item
    required: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """``answer`` is what the draft holds, None for nothing."""

    item: Item
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """How a question is answered, or when. ``answer`` is the draft's (UNANSWERED for none)."""

    old: Item
    new: Item
    aspects: tuple[Aspect, ...]
    fate: Fate
    answer: Answer

    @property
    def choices_added(self) -> tuple[Choice, ...]:
        return _beyond(self.new.choices, self.old.choices)

    @property
    def choices_removed(self) -> tuple[Choice, ...]:
        return _beyond(self.old.choices, self.new.choices)


@dataclass(frozen=True, slots=True)
class Moved:
    old: Item
    new: Item


@dataclass(frozen=True, slots=True)
class Rescored:
    """``before`` and ``after`` are what the best answer gives, weight applied; None: unscored.
    ``answers``: what single answers give, or whether they fail, is no longer the same."""

    old: Item
    new: Item
    answers: bool

    @property
    def before(self) -> Fraction | None:
        return _full(self.old)

    @property
    def after(self) -> Fraction | None:
        return _full(self.new)

    @property
    def critical(self) -> tuple[Critical, Critical] | None:
        """Before and after, None where it is the same."""
        if self.old.critical == self.new.critical:
            return None
        return self.old.critical, self.new.critical

    @property
    def bonus(self) -> bool:
        """Whether it became a bonus, or stopped being one."""
        return self.old.bonus != self.new.bonus


@dataclass(frozen=True, slots=True)
class Reweighted:
    """A section that counts for more or less in a weighted total."""

    old: Section
    new: Section


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the draft is in one version: the running score leaves out what is not answered."""

    progress: Progress
    card: Scorecard


@dataclass(frozen=True, slots=True)
class VersionChange:
    """Each part in the order of the version that the question stands in, the new one first.

    ``aside`` are whole answers of the draft that the new version has no use for, in whole or in
    part: those of questions that it does not ask, and those whose value it refuses.
    """

    old: CompiledChecklist
    new: CompiledChecklist
    added: tuple[Added, ...]
    removed: tuple[Removed, ...]
    rules: tuple[RuleChange, ...]
    wordings: tuple[Wording, ...]
    moved: tuple[Moved, ...]
    rescored: tuple[Rescored, ...]
    reweighted: tuple[Reweighted, ...]
    policy: tuple[Policy, ...]
    before: Standing
    after: Standing
    aside: Mapping[AnswerKey, Answer]

    @property
    def again(self) -> tuple[RuleChange, ...]:
        """Questions whose answer must be given again."""
        return tuple(each for each in self.rules if each.fate is Fate.AGAIN)

    @property
    def still_fit(self) -> tuple[RuleChange, ...]:
        """Questions with other rules that leave the answer, if there is one, as it is."""
        return tuple(each for each in self.rules if each.fate is not Fate.AGAIN)

    @property
    def empty(self) -> bool:
        """Whether a person would see no difference at all."""
        return not (
            self.added
            or self.removed
            or self.rules
            or self.wordings
            or self.moved
            or self.rescored
            or self.reweighted
            or self.policy
        )


def compare(
    old: CompiledChecklist, new: CompiledChecklist, answers: Answers, at: datetime
) -> VersionChange:
    """What moving a draft from ``old`` to ``new`` would change. ``at`` is the visit's start.

    ``answers`` may hold more than ``old`` takes: answers to questions that only ``new`` asks, and
    values that only ``new`` takes, come back.
    """
    return _Comparison(old, new, answers, at).change()


def fitted(item: Item, answer: Answer) -> Answer:
    """What of ``answer``, given to another version of the question, ``item`` takes: a value or an
    N/A that it refuses is left out; comment and evidence stay."""
    value = answer.value
    if value is not None:
        try:
            value = value_from_json(item, value_to_json(value))
        except FormsError:
            value = None
    return replace(answer, value=value, not_applicable=answer.not_applicable and item.allows_na)


def fitting(compiled: CompiledChecklist, answers: Answers) -> dict[AnswerKey, Answer]:
    """What of ``answers`` a version takes; what is left blank is left out."""
    taken = {}
    for key, answer in answers.items():
        item = compiled.find(key[0])
        if item is not None and item.takes_answer and not (fits := fitted(item, answer)).blank:
            taken[key] = fits
    return taken


class _Comparison:
    def __init__(
        self, old: CompiledChecklist, new: CompiledChecklist, answers: Answers, at: datetime
    ) -> None:
        self.old, self.new = old, new
        self.before = Filling(old, fitting(old, answers), at)
        self.after = Filling(new, fitting(new, answers), at)
        taking = ((item, old.find(item.id)) for item in new.items if item.takes_answer)
        self.pairs = [(was, item) for item, was in taking if was is not None and was.takes_answer]

    def change(self) -> VersionChange:
        return VersionChange(
            self.old,
            self.new,
            added=tuple(self._added()),
            removed=tuple(self._removed()),
            rules=tuple(self._rules()),
            wordings=wordings(self.old, self.new),
            moved=tuple(Moved(*pair) for pair in self.pairs if _has_moved(*pair)),
            rescored=tuple(self._rescored()),
            reweighted=tuple(self._reweighted()),
            policy=policy(self.old.checklist.scoring, self.new.checklist.scoring),
            before=_standing(self.before),
            after=_standing(self.after),
            aside=dict(self._aside()),
        )

    def _added(self) -> Iterator[Added]:
        for item in self.new.items:
            was = self.old.find(item.id)
            if item.takes_answer and (was is None or not was.takes_answer):
                yield Added(item, self.after.required(item))

    def _removed(self) -> Iterator[Removed]:
        for item in self.old.items:
            now = self.new.find(item.id)
            if item.takes_answer and (now is None or not now.takes_answer):
                yield Removed(item, self.before.answers.get((item.id, 0)))

    def _rules(self) -> Iterator[RuleChange]:
        for old, new in self.pairs:
            found = aspects(old, new)
            fate = self._fate(old, new)
            if found or fate is Fate.AGAIN:
                yield RuleChange(old, new, found, fate, self.before.answer(old.id))

    def _fate(self, old: Item, new: Item) -> Fate:
        was = self.before.answer(old.id)
        if was == UNANSWERED:
            return Fate.NONE
        lost = self.before.answered(old) and not self.after.answered(new)
        if lost or _lost(was, self.after.answer(new.id)):
            return Fate.AGAIN
        return Fate.STAYS if self.after.relevant(new.id) else Fate.HIDDEN

    def _rescored(self) -> Iterator[Rescored]:
        for old, new in self.pairs:
            answers = rescored(old, new)
            found = Rescored(old, new, answers)
            if answers or found.before != found.after or found.critical or found.bonus:
                yield found

    def _reweighted(self) -> Iterator[Reweighted]:
        versions = (self.old.checklist, self.new.checklist)
        if all(each.scoring.total is not TotalMode.WEIGHTED for each in versions):
            return  # weights of sections mean nothing in a total of points
        known = {section.id: section for section in self.old.checklist.sections}
        for section in self.new.checklist.sections:
            was = known.get(section.id)
            if was is not None and was.weight != section.weight:
                yield Reweighted(was, section)

    def _aside(self) -> Iterator[tuple[AnswerKey, Answer]]:
        for key, answer in self.before.answers.items():
            kept = self.after.answers.get(key)
            if kept is None or _lost(answer, kept):
                yield key, answer


def _lost(before: Answer, after: Answer) -> bool:
    value = before.value is not None and after.value is None
    return value or (before.not_applicable and not after.not_applicable)


def _standing(filling: Filling) -> Standing:
    return Standing(filling.progress(), filling.score())


def _full(item: Item) -> Fraction | None:
    return None if item.tariff is None else Fraction(item.weight) * item.tariff.possible


def _beyond(choices: tuple[Choice, ...], others: tuple[Choice, ...]) -> tuple[Choice, ...]:
    known = {choice.id for choice in others}
    return tuple(choice for choice in choices if choice.id not in known)


def _has_moved(old: Item, new: Item) -> bool:
    return old.section.id != new.section.id
