"""The words of the app: screens, shell, errors. One language at a time, chosen in settings."""

from __future__ import annotations

from pathlib import Path

from forms.words import LANGUAGES, Catalogue, Figure, mark

WORDS = Catalogue("auditor", Path(__file__).parent / "locale")

__all__ = ["LANGUAGES", "WORDS", "Words", "mark"]


class Words:
    """The catalogue bound to one language that may change while the window is open.

    Screens are given one instance and call it: ``words("Saved {time}", time="14:02")``.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, /, **values: object) -> str:
        return WORDS.text(self.language, message, **values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        return WORDS.plural(self.language, one, many, count, **values)

    def figure(self, count: int) -> str:
        """ "1,200", "1.200"."""
        return f"{Figure(count, self.language)}"
