"""Tables brought in: read, looked at, done as one change; and empty ones to fill in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.ui.commands.acts import act
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.sheets.book import Book, CsvLooks
    from auditor.services.workspace import Workspace
    from auditor.ui.importing.subject import Held, Subject


def read_book(
    context: AppContext, subject: Subject, path: Path, sheet: str | None, looks: CsvLooks | None,
    done: Done, failed: Done,
) -> Task:  # fmt: skip
    """Off the GUI thread and the lane; ``done`` gets a Book: of the first sheet that looks like
    the subject, where ``sheet`` is None."""
    return context.images.run(
        _read_book, path, sheet, looks, subject.fits, done=done, failed=failed
    )


def _read_book(
    path: Path, sheet: str | None, looks: CsvLooks | None, fits: Callable[[Book], bool]
) -> Book:
    from auditor.services.sheets.reading import read

    return read(path, sheet=sheet, csv=looks, fits=fits)


def plan(
    context: AppContext, subject: Subject, book: Book, held: Held, done: Done, failed: Done
) -> Task:
    """``done`` gets the plan; nothing is changed."""
    asked = subject.asked()

    def look(workspace: Workspace) -> Any:
        return subject.plan(workspace, book, held, asked)

    return context.ask(look, done=done, failed=failed)


def apply(
    context: AppContext, subject: Subject, found: Any, name: str, done: Done, failed: Done
) -> Task:
    """``done`` gets the Act."""

    def write(workspace: Workspace) -> None:
        subject.apply(workspace, found, name)

    return act(context, write, subject.service, done=done, failed=failed)


def template(context: AppContext, subject: Subject, path: Path, done: Done, failed: Done) -> Task:
    """``done`` gets the Path of an empty list."""
    language = context.language

    def write(workspace: Workspace) -> Path:
        return subject.template(workspace, path, language)

    return context.ask(write, done=done, failed=failed)
