"""``auditor import`` and ``auditor export`` of evaluators and assignments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.shell import PROBLEMS, WorkspaceOption, open_workspace, visible, words

if TYPE_CHECKING:
    from auditor.domain.records import WaveRecord
    from auditor.services.lists.columns import Kind
    from auditor.services.lists.plan import ListPlan
    from auditor.services.sheets.book import Book
    from auditor.services.workspace import Workspace

Sheet = Annotated[str | None, typer.Option("--sheet", help="The sheet to read.")]
Encoding = Annotated[str, typer.Option("--encoding", help="Of a text file.")]
Separator = Annotated[str, typer.Option("--separator", help="Of a text file.")]
Hidden = Annotated[
    bool, typer.Option("--skip-hidden", help="Leave out rows that a filter or a person hides.")
]
Preview = Annotated[bool, typer.Option("--preview", help="Say what it would do, and do nothing.")]
Skip = Annotated[bool, typer.Option("--skip-refused", help="Import the other rows all the same.")]
Program = Annotated[
    str | None, typer.Option("--program", help="The program; needed where there are several.")
]
Wave = Annotated[str, typer.Option("--wave", help="The name of the wave.")]


def import_evaluators(
    file: Path,
    sheet: Sheet = None,
    encoding: Encoding = "",
    separator: Separator = "",
    skip_hidden: Hidden = False,
    preview: Preview = False,
    skip: Skip = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add evaluators, or change those whose code is here already: all rows or none."""
    from auditor.services.evaluator_lists import KIND

    book = _book(file, sheet, encoding, separator, KIND)
    book = book.seen() if skip_hidden else book
    with open_workspace(workspace, write=not preview) as opened:
        lists = opened.evaluator_lists
        found = lists.plan(book)
        refused = _tell(file, found) and not skip
        if not preview and not refused:
            lists.apply(found, file.name)
    _end(preview=preview, refused=refused)


def export_evaluators(
    file: Path,
    archived: Annotated[bool, typer.Option("--archived", help="Archived ones too.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the evaluators as .xlsx or .csv; the import reads it back just so. For the office
    alone: it names people."""
    from auditor.domain.evaluators import EvaluatorFilter

    with open_workspace(workspace, write=False) as opened:
        wanted = EvaluatorFilter(active=None if archived else True)
        typer.echo(str(opened.evaluator_lists.export(file, words.language, wanted)))


def import_assignments(
    file: Path,
    wave: Wave,
    program: Program = None,
    sheet: Sheet = None,
    encoding: Encoding = "",
    separator: Separator = "",
    skip_hidden: Hidden = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also what breaks rotation, lock-out or days.")
    ] = False,
    preview: Preview = False,
    skip: Skip = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Plan visits of a wave by a table, or change those that are planned: all rows or none."""
    from auditor.services.assignment_lists import KIND

    book = _book(file, sheet, encoding, separator, KIND)
    book = book.seen() if skip_hidden else book
    with open_workspace(workspace, write=not preview) as opened:
        lists, whose = opened.assignment_lists, _wave(opened, program, wave)
        found = lists.plan(book, whose, anyway=anyway)
        refused = _tell(file, found) and not skip
        if not preview and not refused:
            lists.apply(found, whose, file.name)
    _end(preview=preview, refused=refused)


def export_assignments(
    file: Path, wave: Wave, program: Program = None, workspace: WorkspaceOption = None
) -> None:
    """Write the assignments of a wave as .xlsx or .csv; the import reads it back just so."""
    from auditor.domain.assignments import AssignmentFilter

    with open_workspace(workspace, write=False) as opened:
        wanted = AssignmentFilter(wave=_wave(opened, program, wave).id)
        typer.echo(str(opened.assignment_lists.export(file, words.language, wanted)))


def _book(file: Path, sheet: str | None, encoding: str, separator: str, kind: Kind) -> Book:
    from auditor.services.lists.columns import fits
    from auditor.services.sheets.book import CsvLooks
    from auditor.services.sheets.reading import read

    looks = CsvLooks(encoding, separator) if encoding or separator else None
    return read(file, sheet=sheet, csv=looks, fits=fits(kind))


def _wave(opened: Workspace, program: str | None, name: str) -> WaveRecord:
    """Raises NotFoundError name, RefusedError which_program."""
    from auditor.store.queries import visits as visit_queries

    programs = opened.read(visit_queries.programs)
    if program is not None:
        programs = [each for each in programs if folded(each.name) == folded(program)]
        if not programs:
            raise NotFoundError("program", "There is no such program here.")
    found = [wave for each in programs for wave in each.waves if folded(wave.name) == folded(name)]
    if len(found) > 1:
        names = ", ".join(each.name for each in programs)
        raise RefusedError("which_program", "Say which program it is: {names}.", names=names)
    if not found:
        known = ", ".join(wave.name for each in programs for wave in each.waves)
        raise NotFoundError(
            "name", "There is no {name} here. There are: {names}.", name=name, names=known
        )
    return found[0]


def _tell(file: Path, plan: ListPlan[Any, Any]) -> bool:
    """What is refused as FILE:ROW: code: sentence, then the sums; whether anything is refused."""
    for row in plan.refused:
        for problem in row.problems:
            told = f"{file}:{problem.row}: {problem.code}: {problem.text(words.language)}"
            typer.echo(visible(told), err=True)
    counts = plan.counts
    typer.echo(words(
        "{adds} new, {changes} changed, {same} the same, {refused} refused.",
        adds=counts.adds, changes=counts.changes, same=counts.same, refused=counts.refused,
    ))  # fmt: skip
    return bool(plan.refused)


def _end(*, preview: bool, refused: bool) -> None:
    if refused and not preview:
        typer.echo(words("Nothing was imported. Correct these rows, or use --skip-refused."))
    raise typer.Exit(PROBLEMS if refused else 0)
