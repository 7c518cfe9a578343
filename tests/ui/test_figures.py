"""Figures in sentences: thousands are parted as in the language of the window."""

from __future__ import annotations

import pytest

from auditor.words import Words


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 1, "1 visit"), ("en", 999, "999 visits"), ("en", 14340, "14,340 visits"),
     ("vi", 999, "999 lượt"), ("vi", 14340, "14.340 lượt")],
)  # fmt: skip
def test_counts_are_grouped(language: str, count: int, said: str) -> None:
    words = Words(language)
    assert words.plural("{count} visit", "{count} visits", count) == said
    assert said.startswith(words.figure(count))
