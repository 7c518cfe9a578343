"""Words in the languages of the product: one gettext catalogue per package.

A message is looked up by its English text and filled with named values::

    WORDS = Catalogue("forms", Path(__file__).parent / "locale")
    WORDS.text("vi", "Answer question {number}.", number="3.2")

``mark`` marks a message for extraction where it is only named, not shown.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

#: Languages with a full catalogue. English is the language of the messages themselves.
LANGUAGES = ("vi", "en")


def mark(message: str) -> str:
    """Return ``message`` unchanged; the extractor collects it."""
    return message


class SystemReason(str):
    """A part of a sentence that ``forms.system`` has marked; as a value it is translated too."""

    __slots__ = ()


class Figure(int):
    """A count that is written with the separators of thousands of a language: "1,200", "1.200"."""

    language: str

    def __new__(cls, count: int, language: str) -> Figure:
        figure = super().__new__(cls, count)
        figure.language = language
        return figure

    def __format__(self, spec: str) -> str:
        shown = format(int(self), spec or ",")
        return shown if spec or self.language != "vi" else shown.replace(",", ".")


class Catalogue:
    """The messages of one package (gettext domain ``domain`` below ``folder``)."""

    def __init__(self, domain: str, folder: Path) -> None:
        self._domain = domain
        self._folder = folder
        self._load = lru_cache(maxsize=8)(self._read)

    def _read(self, language: str) -> gettext.NullTranslations:
        return gettext.translation(
            self._domain, self._folder, languages=[language], fallback=language == "en"
        )

    def text(self, language: str, message: str, /, **values: object) -> str:
        """``message`` in ``language``, with its ``{names}`` filled from ``values``."""
        found = self._load(language).gettext(message) if message else ""
        return found.format(**_translated(language, values)) if values else found

    def plural(self, language: str, one: str, many: str, count: int, /, **values: object) -> str:
        """The form of ``one``/``many`` that ``count`` asks for; ``{count}`` is filled too."""
        found = self._load(language).ngettext(one, many, count)
        return found.format(count=Figure(count, language), **values)


def _translated(language: str, values: dict[str, object]) -> dict[str, object]:
    return {
        name: WORDS.text(language, value) if isinstance(value, SystemReason) else value
        for name, value in values.items()
    }


#: The words of this package: problems, statuses, standard answers.
WORDS = Catalogue("forms", Path(__file__).parent / "locale")
