"""Which words differ between two versions of a checklist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.checklist import Section
from forms.compiled import CompiledChecklist, Item
from forms.questions.base import Text, text_in


class WordedPart(StrEnum):
    LABEL = "label"
    MATRIX = "matrix"  # the question over the rows
    HELP = "help"
    CHOICE = "choice"
    PLACE = "place"  # a value of a scale
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of ``section``, or of its ``item``, that read otherwise in some language.

    An empty text is None. ``languages`` are those of the new version: texts fall back along them.
    """

    part: WordedPart
    section: Section
    item: Item | None
    old: Text | None
    new: Text | None
    languages: tuple[str, ...]

    def in_language(self, language: str) -> tuple[str, str]:
        """Old and new as a reader of ``language`` has them; alike where another one changed."""
        return (
            text_in(self.old, language, self.languages),
            text_in(self.new, language, self.languages),
        )


def reads_alike(
    old: Text | None, new: Text | None, was: tuple[str, ...], now: tuple[str, ...]
) -> bool:
    """Whether both say the same in every language of the two versions."""
    return all(
        text_in(old, language, was) == text_in(new, language, now)
        for language in dict.fromkeys((*was, *now))
    )


def wordings(old: CompiledChecklist, new: CompiledChecklist) -> tuple[Wording, ...]:
    """In the order of ``new``; what stands only in one of the two is not reworded."""
    return tuple(_Words(old, new))


class _Words:
    def __init__(self, old: CompiledChecklist, new: CompiledChecklist) -> None:
        self.old, self.new = old, new
        self.was, self.now = old.checklist.languages, new.checklist.languages

    def __iter__(self) -> Iterator[Wording]:
        sections = {section.id: section for section in self.old.checklist.sections}
        for section in self.new.checklist.sections:
            if section.id in sections:
                before = sections[section.id]
                yield from self.differ(
                    section, None, WordedPart.SECTION, before.title, section.title
                )
                yield from self.differ(section, None, WordedPart.HELP, before.help, section.help)
            yield from self.of_section(section)

    def of_section(self, section: Section) -> Iterator[Wording]:
        seen = set()
        for item in self.new.of_section(section.id):
            old = self.old.find(item.id)
            if old is None or item.kind.is_calculated:
                continue
            whole = item.question.id not in seen
            seen.add(item.question.id)
            for part, before, after in _texts(old, item, whole):
                yield from self.differ(section, item, part, before, after)

    def differ(
        self,
        section: Section,
        item: Item | None,
        part: WordedPart,
        old: Text | None,
        new: Text | None,
    ) -> Iterator[Wording]:
        if not reads_alike(old, new, self.was, self.now):
            yield Wording(part, section, item, old or None, new or None, self.now)


Pair = tuple[WordedPart, Text | None, Text | None]


def _texts(old: Item, new: Item, whole: bool) -> Iterator[Pair]:
    """``whole``: what the rows of a matrix share is said with the first of them."""
    yield WordedPart.LABEL, old.label, new.label
    rows = old.row is not None and new.row is not None
    if rows:
        yield WordedPart.HELP, _help(old), _help(new)
    if not whole:
        return
    if rows:
        yield WordedPart.MATRIX, old.question.label, new.question.label
    yield WordedPart.HELP, old.question.help, new.question.help
    labels = {choice.id: choice.label for choice in old.choices}
    for choice in new.choices:
        if choice.id in labels:
            yield WordedPart.CHOICE, labels[choice.id], choice.label
    yield from _places(old, new)


def _places(old: Item, new: Item) -> Iterator[Pair]:
    before, after = (getattr(item.question, "labels", {}) for item in (old, new))
    for value in sorted(before.keys() | after.keys()):
        yield WordedPart.PLACE, before.get(value), after.get(value)


def _help(item: Item) -> Text | None:
    return None if item.row is None else item.row.help
