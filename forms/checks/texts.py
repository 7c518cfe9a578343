"""Languages, and texts that use them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checklist import Checklist
from forms.checks.parts import Path, problem
from forms.problems import Problem
from forms.questions.base import Part, Text

#: The words of the format whose value is a text.
WORDS = frozenset(("title", "label", "short", "help", "constraint_message", "unit"))
_NEEDED = frozenset(("title", "label"))
#: A language tag (BCP 47): "vi", "en-GB", "zh-Hant".
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check(checklist: Checklist) -> Iterator[Problem]:
    yield from _languages(checklist.languages)
    known = ", ".join(checklist.languages)
    for path, text in texts(checklist):
        if isinstance(text, dict):
            for language in text.keys() - set(checklist.languages):
                at = (*path, language)
                yield problem("language-unknown", at, value=language, words=known)
        if path[-1] in _NEEDED and not _says_something(text):
            yield problem("text-empty", path, name=str(path[-1]))


def _languages(languages: tuple[str, ...]) -> Iterator[Problem]:
    if not languages:
        yield problem("languages-empty", ("languages",))
    for place, language in enumerate(languages):
        if not _TAG.fullmatch(language):
            yield problem("language-form", ("languages", place), value=language)
        elif language in languages[:place]:
            yield problem("language-repeated", ("languages", place), value=language)


def _says_something(text: Text) -> bool:
    return any(each.strip() for each in (text.values() if isinstance(text, dict) else (text,)))


def texts(part: Part, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text of ``part`` and its parts, with its path."""
    for word in type(part).model_fields:
        value = getattr(part, word)
        if value is None or (word in WORDS and word not in part.model_fields_set):
            continue
        if word in WORDS:
            yield (*path, word), value
        elif word == "labels":
            for at, label in value.items():
                yield (*path, word, str(at)), label
        else:
            yield from _inside(value, (*path, word))


def _inside(value: object, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(value, Part):
        yield from texts(value, path)
    elif isinstance(value, tuple):
        for place, each in enumerate(value):
            yield from _inside(each, (*path, place))
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _inside(each, (*path, name))
