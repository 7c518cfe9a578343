"""What becomes one card: a question with its item, or a matrix with its rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from forms.compiled import CompiledChecklist, Item
from forms.filling import Filling
from forms.questions import Question


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """``items`` is one item, or the rows of a matrix in order. ``number`` is "3.2" for both."""

    question: Question
    items: tuple[Item, ...]
    number: str

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def first(self) -> Item:
        return self.items[0]

    @property
    def takes_answer(self) -> bool:
        return self.question.type != "note"

    def visible(self, filling: Filling) -> bool:
        return any(filling.relevant(item.id) for item in self.items)


def groups_of(compiled: CompiledChecklist, section_id: str) -> tuple[Group, ...]:
    """The cards of a section, hidden ones included; a calculation has none."""
    items = compiled.of_section(section_id)
    runs = (tuple(run) for _, run in groupby(items, key=lambda item: item.question.id))
    return tuple(_group(run) for run in runs if run[0].question.type != "calculate")


def _group(items: tuple[Item, ...]) -> Group:
    first = items[0]
    number = first.number.rpartition(".")[0] if first.row is not None else first.number
    return Group(first.question, items, number)
