"""The one door for a person's words, and lines broken from them."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import text
from reports.theme import BODY, TITLE
from reports.typeface import balanced, figures_width, fit, fit_lines, width, wrap

ANY = st.text(st.characters(), max_size=400)


@settings(max_examples=150)
@given(ANY)
def test_nothing_dangerous_comes_through(words: str) -> None:
    cleaned = text.clean(words)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= text.CAP
    for character in cleaned:
        assert character == "\n" or unicodedata.category(character) not in ("Cc", "Cs", "Cf")
    assert text.clean(cleaned) == cleaned


def test_no_character_that_only_formats_is_kept() -> None:
    every = (chr(code) for code in range(0x110000))
    unseen = [each for each in every if unicodedata.category(each) in ("Cc", "Cf", "Cs")]
    kept = [each for each in unseen if text.clean(f"a{each}b") not in ("ab", "a b", "a\nb")]
    assert kept == []


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("a\x00b", "ab"),
        ("x\u202eevil\u202c", "xevil"),
        ("e\u0302\u0301", "ế"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\x0btwo\x0cthree\x85four\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("  a \t b  ", "a b"),
        ("tốt 👍🏽", "tốt 👍"),
        ("<b>đậm</b> & 'x'", "<b>đậm</b> & 'x'"),
    ],
)
def test_what_is_kept(given_: str, kept: str) -> None:
    assert text.clean(given_) == kept


@pytest.mark.parametrize(
    "words",
    ["\u00a0" * 20_000 + "x", "a" + "\u0301\u0323" * 10_000, "\u05d0" + "\u05b0\u0591" * 10_000],
)
def test_no_words_take_long_to_clean(words: str) -> None:
    """Blanks that no line may break at, and accents heaped on one letter: each took minutes once
    it stood in several places of a report."""
    begun = time.process_time()
    for _ in range(5):
        text.clean(words)
    assert time.process_time() - begun < 1


def test_a_letter_bears_its_accents_and_no_tower() -> None:
    assert text.clean("e\u0302\u0301\u0316" * 30) == "ế\u0316".join(["", *[""] * 30])
    assert len(text.clean("Za" + "\u0334" * 200 + "lgo")) == 5 + text.MARKS
    assert text.clean("👍" * 40) == "👍" * 40


def test_too_long_says_so() -> None:
    cleaned = text.clean("chữ " * 9000)
    assert len(cleaned) <= text.CAP
    assert cleaned.endswith("…")


@settings(max_examples=150)
@given(ANY.map(text.clean), st.floats(40, 320))
def test_lines_fit_and_lose_nothing(words: str, room: float) -> None:
    lines = wrap(words, BODY, room)
    assert all(width(line, BODY) <= room + 0.01 or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_short_word_is_not_left_alone() -> None:
    words = "Nhân viên đứng quầy chào khách ngay khi khách bước vào cửa hàng hôm ấy ạ"
    for room in range(120, 300, 3):
        lines = wrap(words, BODY, float(room))
        assert len(lines) == 1 or " " in lines[-1] or len(lines[-1]) > 7


def test_a_token_without_blanks_is_broken_quickly() -> None:
    begun = time.process_time()
    lines = wrap(text.clean("x" * 200_000), BODY, 300.0)
    assert time.process_time() - begun < 1.0
    assert len(lines) > 100


def test_a_heading_is_balanced() -> None:
    words = "Tốt nhất là Đồ uống và món ăn; cần sửa trước là Vệ sinh và an toàn ở nhà vệ sinh"
    lines = balanced(words, TITLE, 303.0)
    assert len(lines) == len(wrap(words, TITLE, 303.0))
    assert width(lines[-1], TITLE) > width(lines[0], TITLE) * 0.6


def test_what_does_not_fit_is_cut_at_a_word() -> None:
    words = "Thời gian chờ món kể từ khi thanh toán"
    assert fit(words, BODY, 500.0) == words
    cut = fit(words, BODY, 90.0)
    assert cut.endswith("…")
    assert width(cut, BODY) <= 90.0
    assert cut[:-1] in words
    assert len(fit_lines(words * 9, BODY, 90.0, 2)) == 2


def test_figures_of_a_length_have_a_width() -> None:
    assert figures_width("11,11", BODY) == figures_width("48,07", BODY)
