"""Numbers as the reader writes them, rounded half up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.figures import Figures, is_round, rounded

VI, EN = Figures("vi"), Figures("en")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (Fraction(151, 2), 1, "75,5", "75.5"),
        (Fraction(1, 20), 1, "0,1", "0.1"),
        (Fraction(-1, 20), 1, "−0,1", "−0.1"),
        (Fraction(-1, 1000), 1, "0,0", "0.0"),
        (Decimal("1234567.5"), 0, "1.234.568", "1,234,568"),
        (Fraction(2, 3), 2, "0,67", "0.67"),
        (100, 0, "100", "100"),
    ],
)
def test_numbers(value: Fraction, decimals: int, vi: str, en: str) -> None:
    assert VI.number(value, decimals) == vi
    assert EN.number(value, decimals) == en


def test_signs_and_short_forms() -> None:
    assert EN.signed(Fraction(2), 1) == "+2.0"
    assert EN.signed(Fraction(-2), 1) == "−2.0"
    assert EN.signed(Fraction(1, 100), 1) == "0.0"
    assert [EN.short(Fraction(n)) for n in ("2", "5/2", "1/3")] == ["2", "2.5", "0.33"]
    assert EN.long(Fraction(1, 3), 4) == "0.3333…"
    assert EN.percent(Fraction(5, 8)) == "62.5\u00a0%"


@settings(max_examples=100)
@given(st.fractions(max_denominator=10**6), st.integers(0, 4))
def test_rounding_is_half_up(value: Fraction, decimals: int) -> None:
    found = Fraction(rounded(value, decimals))
    assert abs(found - value) <= Fraction(1, 2 * 10**decimals)
    assert is_round(found, decimals)
    assert Fraction(rounded(-value, decimals)) == -found
