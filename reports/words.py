"""The words of the paper, in the language of the report."""

from __future__ import annotations

from pathlib import Path

from forms.words import Catalogue, mark

WORDS = Catalogue("reports", Path(__file__).parent / "locale")

__all__ = ["WORDS", "mark"]
