"""One choice of a list, or several."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from forms.answers import Answer, Value
from forms.questions.base import Choice, text_in
from forms.questions.kinds.base import ZERO, Complaint, Kind, Tariff, ValueRefusedError, shown

V = TypeVar("V", bound=Value)


class Choosing(Kind[V]):
    """What one choice and several have in common: the list."""

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        self.choices = choices
        self.by_id: Mapping[str, Choice] = {choice.id: choice for choice in choices}

    def known(self, data: object) -> Choice:
        """The choice that ``data`` names. Raises ValueRefusedError."""
        found = (
            self.by_id.get(unicodedata.normalize("NFC", data)) if isinstance(data, str) else None
        )
        if found is None:
            known = ", ".join(self.by_id)
            raise ValueRefusedError(
                Complaint("unknown-choice", {"given": shown(data), "known": known})
            )
        return found

    def refuse(self, value: object) -> Complaint | None:
        try:
            self.check(value)
        except ValueRefusedError as refused:
            return refused.complaint
        return None

    def check(self, value: object) -> None:
        """Raises ValueRefusedError when ``value`` is none of this kind."""
        raise NotImplementedError

    def scored(self) -> bool:
        return any(choice.points is not None for choice in self.choices)

    def label(self, id: str, language: str, order: tuple[str, ...]) -> str:
        return text_in(self.by_id[id].label, language, order) or id


class OneChoice(Choosing[str]):
    def check(self, value: object) -> None:
        self.known(value)

    def from_json(self, data: object) -> str | None:
        return None if data is None else self.known(data).id

    def read(self, value: str, language: str, order: tuple[str, ...]) -> str:
        return self.label(value, language, order)

    def not_applicable(self, value: str) -> bool:
        return self.by_id[value].na

    def best(self) -> Fraction:
        """*m*: the largest choice points, not below 0; N/A choices apart."""
        return max([ZERO, *(points_of(choice) for choice in self.choices if not choice.na)])

    def tariff(self, points: Decimal | None) -> OneChoiceTariff | None:
        if not self.scored():
            return None
        possible, rate = priced(self.best(), points)
        earned = {choice.id: rate * points_of(choice) for choice in self.choices}
        return OneChoiceTariff(possible, self.choices, earned)


class ManyChoices(Choosing[tuple[str, ...]]):
    """Choice ids in the list's order. An exclusive choice, or N/A, stands alone."""

    def check(self, value: object) -> None:
        if not isinstance(value, (tuple, list)):
            raise ValueRefusedError(Complaint("not-choices", {"given": shown(value)}))
        chosen = [self.known(id) for id in value]
        seen: set[str] = set()
        for choice in chosen:
            if choice.id in seen:
                raise ValueRefusedError(Complaint("repeated-choice", {"given": choice.id}))
            seen.add(choice.id)
        alone = [choice.id for choice in chosen if is_alone(choice)]
        if alone and len(chosen) > 1:
            raise ValueRefusedError(Complaint("exclusive-choice", {"given": alone[0]}))

    def from_json(self, data: object) -> tuple[str, ...] | None:
        if data is None:
            return None
        if not isinstance(data, list):
            raise ValueRefusedError(Complaint("not-choices", {"given": shown(data)}))
        self.check(data)
        given = {self.known(id).id for id in data}
        return tuple(id for id in self.by_id if id in given) or None

    def read(self, value: tuple[str, ...], language: str, order: tuple[str, ...]) -> str:
        return ", ".join(self.label(id, language, order) for id in value)

    def not_applicable(self, value: tuple[str, ...]) -> bool:
        return any(self.by_id[id].na for id in value)

    def answered(self, answer: Answer) -> bool:
        return bool(answer.value)

    def best(self) -> Fraction:
        """*m*: all the good choices together, or the best that stands alone; N/A apart."""
        together = [points_of(choice) for choice in self.choices if not is_alone(choice)]
        alone = [points_of(c) for c in self.choices if c.exclusive and not c.na]
        return max([sum((p for p in together if p > 0), ZERO), *alone])

    def tariff(self, points: Decimal | None) -> ManyChoicesTariff | None:
        if not self.scored():
            return None
        possible, rate = priced(self.best(), points)
        earned = {choice.id: rate * points_of(choice) for choice in self.choices}
        return ManyChoicesTariff(possible, self.choices, earned)


def is_alone(choice: Choice) -> bool:
    """Whether nothing may be chosen beside it."""
    return choice.exclusive or choice.na


def points_of(choice: Choice) -> Fraction:
    return ZERO if choice.points is None else Fraction(choice.points)


def priced(best: Fraction, points: Decimal | None) -> tuple[Fraction, Fraction]:
    """What is possible, and what one point of a choice or band earns.

    Raises ValueError when there are question points to share out and no choice or band has any:
    a checklist that is refused.
    """
    if points is None:
        return best, Fraction(1)
    if best == 0:
        raise ValueError("question points with no choice or band above 0")
    return Fraction(points), Fraction(points) / best


class ByChoice(Tariff[V]):
    __slots__ = ("amounts", "failing")

    def __init__(
        self, possible: Fraction, choices: tuple[Choice, ...], amounts: Mapping[str, Fraction]
    ) -> None:
        self.failing = frozenset(choice.id for choice in choices if choice.fail)
        super().__init__(possible, says_fail=bool(self.failing))
        self.amounts = amounts

    def grains(self) -> Iterable[Fraction]:
        return self.amounts.values()


class OneChoiceTariff(ByChoice[str]):
    __slots__ = ()

    def earned(self, value: str) -> Fraction:
        return self.amounts[value]

    def marked(self, value: str) -> bool:
        return value in self.failing


class ManyChoicesTariff(ByChoice[tuple[str, ...]]):
    """The sum of what the chosen ones earn."""

    __slots__ = ()

    def earned(self, value: tuple[str, ...]) -> Fraction:
        return sum((self.amounts[id] for id in value), ZERO)

    def marked(self, value: tuple[str, ...]) -> bool:
        return not self.failing.isdisjoint(value)
