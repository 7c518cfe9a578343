"""A whole number on a scale, and what was expected against what was found."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from forms.answers import Answer, Expectation
from forms.questions.base import Labels, text_in
from forms.questions.kinds.base import Complaint, Kind, Tariff, ValueRefusedError, shown
from forms.words import WORDS


class Scale(Kind[int]):
    """``low`` to ``high``, both on the scale; ``reverse`` says that ``low`` is the best."""

    def __init__(
        self, low: int, high: int, labels: Labels | None = None, *, reverse: bool = False
    ) -> None:
        self.low = low
        self.high = high
        self.labels = labels or {}
        self.reverse = reverse

    def refuse(self, value: object) -> Complaint | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return None if self.low <= value <= self.high else self._off(value)
        return self._off(value)

    def _off(self, value: object) -> Complaint:
        values = {"min": str(self.low), "max": str(self.high), "given": shown(value)}
        return Complaint("off-scale", values)

    def from_json(self, data: object) -> int | None:
        if data is None:
            return None
        if complaint := self.refuse(data):
            raise ValueRefusedError(complaint)
        assert isinstance(data, int)
        return data

    def read(self, value: int, language: str, order: tuple[str, ...]) -> str:
        label = text_in(self.labels.get(value), language, order)
        return f"{self.place(value)} – {label}" if label else self.place(value)

    def place(self, value: int) -> str:
        """ "4 / 5"; a scale that starts elsewhere than at 0 or 1 names both ends."""
        if self.low in (0, 1):
            return f"{value} / {self.high}"
        return f"{value} ({self.low}…{self.high})".replace("-", "−")

    def tariff(self, points: Decimal | None) -> ScaleTariff | None:
        return None if points is None else ScaleTariff(self, Fraction(points))


class ScaleTariff(Tariff[int]):
    """The points of the question by the position on the scale."""

    __slots__ = ("scale",)

    def __init__(self, scale: Scale, points: Fraction) -> None:
        super().__init__(points, says_fail=False)
        self.scale = scale

    def earned(self, value: int) -> Fraction:
        scale = self.scale
        steps = scale.high - value if scale.reverse else value - scale.low
        return self.possible * Fraction(steps, scale.high - scale.low)

    def marked(self, value: int) -> bool:
        return False

    def grains(self) -> Iterable[Fraction]:
        return (self.possible / (self.scale.high - self.scale.low),)


class ExpectedPerceived(Kind[Expectation]):
    """Two places on one scale. A draft may hold one of them; then it is not answered."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale

    def refuse(self, value: object) -> Complaint | None:
        if not isinstance(value, Expectation):
            return Complaint("not-expectation", {"given": shown(value)})
        given = (value.expected, value.perceived)
        wrong = (self.scale.refuse(place) for place in given if place is not None)
        return next((complaint for complaint in wrong if complaint), None)

    def from_json(self, data: object) -> Expectation | None:
        if data is None:
            return None
        if not isinstance(data, dict) or not data.keys() <= {"expected", "perceived"}:
            raise ValueRefusedError(Complaint("not-expectation", {"given": shown(data)}))
        expected = self.scale.from_json(data.get("expected"))
        perceived = self.scale.from_json(data.get("perceived"))
        nothing = expected is None and perceived is None
        return None if nothing else Expectation(expected, perceived)

    def read(self, value: Expectation, language: str, order: tuple[str, ...]) -> str:
        return WORDS.text(
            language,
            "expected {expected}, perceived {perceived}",
            expected=self._place(value.expected),
            perceived=self._place(value.perceived),
        )

    def _place(self, value: int | None) -> str:
        return "–" if value is None else self.scale.place(value)

    def tariff(self, points: Decimal | None) -> PerceivedTariff | None:
        priced = self.scale.tariff(points)
        return None if priced is None else PerceivedTariff(priced)

    def answered(self, answer: Answer) -> bool:
        return isinstance(answer.value, Expectation) and answer.value.complete


class PerceivedTariff(Tariff[Expectation]):
    """What was perceived earns, as on any scale; what was expected does not count."""

    __slots__ = ("scale",)

    def __init__(self, scale: ScaleTariff) -> None:
        super().__init__(scale.possible, says_fail=False)
        self.scale = scale

    def earned(self, value: Expectation) -> Fraction:
        if value.perceived is None:
            raise ValueError("an expectation without what was perceived earns nothing yet")
        return self.scale.earned(value.perceived)

    def marked(self, value: Expectation) -> bool:
        return False

    def grains(self) -> Iterable[Fraction]:
        return self.scale.grains()

    def spot(self, value: Expectation) -> int | None:
        return value.perceived
