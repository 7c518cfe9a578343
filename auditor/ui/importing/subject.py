"""What is imported: what the screen of imports asks of each kind of list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.sheets.book import Book
    from auditor.services.workspace import Workspace


class Held(Protocol):
    """What each column of a table holds, as ``lists.columns.Columns``."""

    @property
    def heading(self) -> int: ...

    @property
    def fields(self) -> tuple[StrEnum | None, ...]: ...

    def columns(self, field: Any) -> tuple[int, ...]: ...

    def with_field(self, column: int, field: Any) -> Held: ...


@dataclass(frozen=True, slots=True)
class Sentences:
    """``back`` is where the arrow leads, ``choose`` the title of the file dialog, ``said`` how an
    import is told of. ``heads`` stand over the columns that name a row."""

    title: str
    back: str
    choose: str
    heads: tuple[str, str]


class Panel(QWidget):
    """What holds for the whole table; ``changed()`` when its rows mean something else."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def add_clear(self) -> CheckBox:
        """The tick by which cells that are empty say something."""
        clear = self.add_tick(self.words("Empty cells clear"))
        hint = self.words("Else an empty cell leaves what is there as it is.")
        self.column.addWidget(Label(hint, Type.HELP, Ink.TEXT3, wrap=True))
        return clear

    def add_tick(self, text: str) -> CheckBox:
        tick = CheckBox(text)
        tick.toggled.connect(self.changed)
        self.column.addWidget(tick)
        return tick


class Subject(ABC):
    """``code`` and ``name`` are the fields that a row is called by; ``service`` of the workspace
    keeps what can be taken back. Methods that get a workspace run on the lane."""

    titles: Mapping[Any, str]
    code: StrEnum
    name: StrEnum
    service: str
    sentences: Sentences
    panel: Panel

    @abstractmethod
    def look(self, workspace: Workspace) -> Any:
        """What must be known before a file is read."""

    @abstractmethod
    def show(self, found: Any) -> bool:
        """Take up what ``look`` found; False where there is nothing to import for."""

    @abstractmethod
    def guess(self, book: Book, heading: int | None) -> Held: ...

    def fits(self, book: Book) -> bool:
        """Whether a sheet has the column that says what a row is. Any thread."""
        return self.code in self.guess(book, None).fields

    @abstractmethod
    def asked(self) -> Any:
        """What is chosen in the panel, for ``plan``."""

    @abstractmethod
    def plan(self, workspace: Workspace, book: Book, held: Any, asked: Any) -> Any:
        """What importing would do (``adds``, ``changes``, ``same``, ``refused``, ``counts``);
        changes nothing."""

    @abstractmethod
    def apply(self, workspace: Workspace, plan: Any, name: str) -> None: ...

    @abstractmethod
    def template(self, workspace: Workspace, path: Path, language: str) -> Path: ...

    @abstractmethod
    def named(self, change: Any) -> tuple[str, str]:
        """The code and the name of a row that adds or changes."""

    @abstractmethod
    def told(self, change: Any) -> Iterable[tuple[StrEnum, object, object]]:
        """The fields that differ: what was, and what becomes."""


def shown(words: Words, value: object) -> str:
    """A value of a row as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words("Yes") if value else words("No")
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value).replace("\n", " ")
