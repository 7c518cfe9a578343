"""Tables of evaluators and of visits: read, looked at, brought in as one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.records import WaveRecord
from auditor.ui.commands.acts import act
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.lists.columns import Columns
    from auditor.services.sheets.book import Book
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What a kind of table is to the window. ``titles``: English names of what a column may hold.
    ``plan(workspace, book, columns, anyway)`` changes nothing; ``apply(workspace, plan, name)`` is
    one change of ``service``. ``lenient``: rows that break rules may be taken anyway. ``note`` says
    more of what a row adds."""

    titles: Mapping[StrEnum, str]
    guess: Callable[[Workspace, Book], Columns]
    plan: Callable[[Workspace, Book, Columns, bool], Any]
    apply: Callable[[Workspace, Any, str], None]
    service: str
    note: Callable[[Any], str]
    lenient: bool = False


def evaluators() -> SheetKind:
    from auditor.services.evaluator_lists import KIND

    return SheetKind(
        KIND.titles,
        lambda workspace, book: workspace.evaluator_lists.guess(book),
        lambda workspace, book, columns, _: workspace.evaluator_lists.plan(book, columns),
        lambda workspace, plan, name: workspace.evaluator_lists.apply(plan, name),
        "evaluators",
        lambda given: str(given.name),
    )


def visits(wave: WaveRecord) -> SheetKind:
    from auditor.services.assignment_lists import KIND

    return SheetKind(
        KIND.titles,
        lambda workspace, book: workspace.assignment_lists.guess(book),
        lambda workspace, book, columns, anyway: workspace.assignment_lists.plan(
            book, wave, columns, anyway=anyway
        ),
        lambda workspace, plan, name: workspace.assignment_lists.apply(plan, wave, name),
        "planning",
        lambda _: "",
        lenient=True,
    )


def read_book(context: AppContext, path: Path, sheet: str | None, done: Done, failed: Done) -> Task:
    """Off the GUI thread and the lane; ``done`` gets a Book."""
    return context.images.run(_read, path, sheet, done=done, failed=failed)


def _read(path: Path, sheet: str | None) -> Book:
    from auditor.services.sheets.reading import read

    return read(path, sheet=sheet)


def guess(context: AppContext, kind: SheetKind, book: Book, done: Done, failed: Done) -> Task:
    """``done`` gets the Columns."""

    def look(workspace: Workspace) -> Columns:
        return kind.guess(workspace, book)

    return context.ask(look, done=done, failed=failed)


def look(
    context: AppContext, kind: SheetKind, book: Book, columns: Columns, anyway: bool, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the plan; nothing is changed."""

    def plan(workspace: Workspace) -> Any:
        return kind.plan(workspace, book, columns, anyway)

    return context.ask(plan, done=done, failed=failed)


def apply(
    context: AppContext, kind: SheetKind, plan: Any, name: str, done: Done, failed: Done
) -> Task:
    """``done`` gets the Act."""

    def write(workspace: Workspace) -> None:
        kind.apply(workspace, plan, name)

    return act(context, write, kind.service, done=done, failed=failed)
