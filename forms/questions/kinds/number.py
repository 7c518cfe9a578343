"""Numbers: whole, exact decimal, seconds; scored by bands."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from forms.questions.base import Band, Text, text_in
from forms.questions.kinds.base import ZERO, Complaint, Kind, Tariff, ValueRefusedError, shown
from forms.questions.kinds.choosing import priced
from forms.reading import duration, number

#: Digits of a number before and after the point together; more is no measurement.
MAX_DIGITS = 30
#: Whole numbers that may be years.
YEARS_FROM, GROUPED_FROM = 1_000, 10_000

N = TypeVar("N", int, Decimal)


class Banded(Kind[N]):
    """A number with bands: the first band that fits decides."""

    def __init__(self, bands: tuple[Band, ...] = (), unit: Text | None = None) -> None:
        self.bands = bands
        self.unit = unit

    def scored(self) -> bool:
        return any(band.points is not None for band in self.bands)

    def best(self) -> Fraction:
        """*m*: the largest band points, not below 0."""
        return max([ZERO, *(points_of(band) for band in self.bands)])

    def tariff(self, points: Decimal | None) -> BandTariff[N] | None:
        if not self.scored():
            return None
        possible, rate = priced(self.best(), points)
        return BandTariff(possible, self.bands, rate)

    def band(self, value: Decimal | int) -> Band | None:
        """The first band that fits ``value``."""
        return next((band for band in self.bands if fits(band, value)), None)

    def read(self, value: N, language: str, order: tuple[str, ...]) -> str:
        unit = text_in(self.unit, language, order)
        text = number(value, language)
        return f"{text} {unit}" if unit else text


class WholeNumber(Banded[int]):
    def read(self, value: int, language: str, order: tuple[str, ...]) -> str:
        """Four digits without a unit may be a year: they stand as they are."""
        if self.unit is None and YEARS_FROM <= value < GROUPED_FROM:
            return str(value)
        return super().read(value, language, order)

    def refuse(self, value: object) -> Complaint | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return Complaint("not-whole", {"given": shown(value)})
        return too_long(Decimal(value))

    def from_json(self, data: object) -> int | None:
        if data is None:
            return None
        if complaint := self.refuse(data):
            raise ValueRefusedError(complaint)
        assert isinstance(data, int)
        return data


class Seconds(WholeNumber):
    """A duration in whole seconds. ``standard`` is what it is measured against."""

    def __init__(self, bands: tuple[Band, ...], standard: Decimal | None = None) -> None:
        super().__init__(bands)
        self.standard = standard

    def read(self, value: int, language: str, order: tuple[str, ...]) -> str:
        return duration(value, language)


class ExactNumber(Banded[Decimal]):
    def refuse(self, value: object) -> Complaint | None:
        if not isinstance(value, Decimal) or not value.is_finite():
            return Complaint("not-number", {"given": shown(value)})
        return too_long(value)

    def from_json(self, data: object) -> Decimal | None:
        if data is None:
            return None
        whole = isinstance(data, int) and not isinstance(data, bool)
        value = Decimal(data) if whole and isinstance(data, int) else data
        if complaint := self.refuse(value):
            raise ValueRefusedError(complaint)
        assert isinstance(value, Decimal)
        return value


def too_long(value: Decimal) -> Complaint | None:
    """A complaint about a number of more than ``MAX_DIGITS`` digits, written out."""
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    written = max(len(digits) + max(exponent, 0), 1 - exponent)
    return Complaint("long-number", {"max": str(MAX_DIGITS)}) if written > MAX_DIGITS else None


def fits(band: Band, value: Decimal | int) -> bool:
    """``max`` is inclusive, ``below`` is exclusive, a band with neither is the rest."""
    if band.max is not None:
        return value <= band.max
    return band.below is None or value < band.below


def points_of(band: Band) -> Fraction:
    return ZERO if band.points is None else Fraction(band.points)


class BandTariff(Tariff[N]):
    """The points of the band; the last band is the rest, so one always fits."""

    __slots__ = ("bands",)

    def __init__(self, possible: Fraction, bands: tuple[Band, ...], rate: Fraction) -> None:
        super().__init__(possible, says_fail=any(band.fail for band in bands))
        self.bands = tuple((band, rate * points_of(band)) for band in bands)

    def spot(self, value: N) -> tuple[int]:
        return (self._place(value),)

    def _place(self, value: N) -> int:
        return next(place for place, (band, _) in enumerate(self.bands) if fits(band, value))

    def earned(self, value: N) -> Fraction:
        return self.bands[self._place(value)][1]

    def marked(self, value: N) -> bool:
        return self.bands[self._place(value)][0].fail

    def grains(self) -> Iterable[Fraction]:
        return (amount for _, amount in self.bands)
