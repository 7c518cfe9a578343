"""What people type, and what it is taken for."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ui.capture.cards import typed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("48", 48),
        ("7:20", 440),
        ("1:07:20", 4040),
        ("7 phút 20", 440),
        ("7 phut 20 giây", 440),
        ("1h30", 5400),
        ("1 giờ 5 phút", 3900),
        ("1,5 phút", 90),
        ("2 min 5 s", 125),
        ("7'20\"", 440),
        ("90:00", 5400),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert typed.read_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "abc", "7:60", "1:60:00", "1.5", "5 phút 1 giờ", "99999999", "7:", "-5"]
)
def test_no_durations(text: str) -> None:
    assert typed.read_duration(text) is None


@given(st.integers(0, typed.LONGEST))
def test_a_shown_duration_reads_back(seconds: int) -> None:
    assert typed.read_duration(typed.show_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("−3,2", "-3.2"),
        (".5", "0.5"),
        ("-,5", "-0.5"),
        ("1000", "1000"),
    ],
)
def test_decimals_take_both_separators(text: str, number: str) -> None:
    assert str(typed.read_decimal(text)) == number


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "12..5", "-", "1,23.456", "1e5"])
def test_no_decimals(text: str) -> None:
    assert typed.read_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("12.500", 12500), ("12,500", 12500), ("-3", -3), ("+4", 4)]
)
def test_whole_numbers(text: str, number: int) -> None:
    assert typed.read_integer(text) == number


@pytest.mark.parametrize("text", ["12.5", "1,25", "", "x"])
def test_no_whole_numbers(text: str) -> None:
    assert typed.read_integer(text) is None


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=3), st.sampled_from(["vi", "en"]))
def test_a_shown_number_reads_back(number: Decimal, language: str) -> None:
    assert typed.read_decimal(typed.show_number(number, language)) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/11/2026", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("12.11", date(2026, 11, 12)),
        ("12", date(2026, 11, 12)),
        ("1-2-25", date(2025, 2, 1)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert typed.read_day(text, date(2026, 11, 20)) == day


@pytest.mark.parametrize(
    "text", ["31/2", "13/13/2026", "x", "", "2026-13-01", "1/1/0001", "31/12/9999"]
)
def test_no_days(text: str) -> None:
    assert typed.read_day(text, date(2026, 11, 20)) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:05", time(14, 5)),
        ("14:05:30", time(14, 5, 30)),
        ("14h05", time(14, 5)),
        ("14 giờ 5 phút", time(14, 5)),
        ("1405", time(14, 5)),
        ("9", time(9)),
        ("2:05 pm", time(14, 5)),
        ("2 giờ chiều", time(14)),
        ("12 am", time(0)),
    ],
)
def test_times(text: str, clock: time) -> None:
    assert typed.read_time(text) == clock


@pytest.mark.parametrize("text", ["25", "14:60", "x", ""])
def test_no_times(text: str) -> None:
    assert typed.read_time(text) is None


def test_text_is_nfc_and_storable() -> None:
    assert typed.clean(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"
    assert typed.clean("a\0b\ud800c") == "abc"
