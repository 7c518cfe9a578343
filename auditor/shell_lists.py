"""``auditor import`` and ``auditor export``: tables of locations, as the window reads them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.domain.errors import UserError
from auditor.domain.places import LocationFilter
from auditor.shell import PROBLEMS, WorkspaceOption, open_workspace, visible, words

if TYPE_CHECKING:
    from auditor.services.importing.plan import Plan
    from auditor.services.sheets.book import CsvLooks

import_app = typer.Typer(no_args_is_help=True, help="Bring tables in.")
export_app = typer.Typer(no_args_is_help=True, help="Write tables.")

Hidden = Annotated[
    bool, typer.Option("--skip-hidden", help="Leave out rows that a filter or a person hides.")
]
ClientOption = Annotated[
    str | None, typer.Option("--client", help="Whose locations; needed where there are several.")
]


@import_app.command("locations")
def import_locations(
    file: Path,
    client: ClientOption = None,
    brand: Annotated[
        str | None, typer.Option("--brand", help="The brand of rows that name none.")
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help="The region of new locations that name none.")
    ] = "",
    sheet: Annotated[str | None, typer.Option("--sheet", help="The sheet to read.")] = None,
    encoding: Annotated[str, typer.Option("--encoding", help="Of a text file.")] = "",
    separator: Annotated[str, typer.Option("--separator", help="Of a text file.")] = "",
    skip_hidden: Hidden = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what it would do, and do nothing.")
    ] = False,
    skip: Annotated[
        bool, typer.Option("--skip-refused", help="Import the other rows all the same.")
    ] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Add locations, or change those whose code is here already: all rows or none."""
    from auditor.services.importing.mapping import fits
    from auditor.services.importing.plan import Defaults
    from auditor.services.sheets.reading import read

    book = read(file, sheet=sheet, csv=_looks(encoding, separator), fits=fits)
    book = book.seen() if skip_hidden else book
    with open_workspace(workspace, write=not preview) as opened:
        lists = opened.location_lists
        whose = lists.client(client)
        brand_id = None if brand is None else lists.brand(whose, brand).id
        found = lists.plan(book, whose, defaults=Defaults(brand_id, region))
        _tell(file, found)
        refused = bool(found.refused) and not skip
        if not preview and not refused:
            lists.apply(found, file.name)
    if refused and not preview:
        typer.echo(words("Nothing was imported. Correct these rows, or use --skip-refused."))
    raise typer.Exit(PROBLEMS if refused else 0)


def _looks(encoding: str, separator: str) -> CsvLooks | None:
    if not (encoding or separator):
        return None
    from auditor.services.sheets.book import CsvLooks

    return CsvLooks(encoding, separator)


def _tell(file: Path, plan: Plan) -> None:
    """What is refused as FILE:ROW: code: sentence, then the sums."""
    for row in plan.refused:
        for problem in row.problems:
            told = f"{file}:{problem.row}: {problem.code}: {problem.text(words.language)}"
            typer.echo(visible(told), err=True)
    for path in plan.regions:
        typer.echo(visible(words("New region: {path}", path=path)))
    counts = plan.counts
    typer.echo(words(
        "{adds} new, {changes} changed, {same} the same, {refused} refused.",
        adds=counts.adds, changes=counts.changes, same=counts.same, refused=counts.refused,
    ))  # fmt: skip


@export_app.command("locations")
def export_locations(
    file: Path,
    client: ClientOption = None,
    archived: Annotated[bool, typer.Option("--archived", help="Archived locations too.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write the locations of a client as .xlsx or .csv; the import reads it back just so."""
    with open_workspace(workspace, write=False) as opened:
        lists = opened.location_lists
        wanted = LocationFilter(client=lists.client(client).id, active=None if archived else True)
        typer.echo(str(lists.export(file, wanted, words.language)))


@export_app.command("answers")
def export_answers(
    file: Path,
    program: Annotated[str | None, typer.Option("--program", help="Its visits alone.")] = None,
    wave: Annotated[str | None, typer.Option("--wave", help="Its visits alone.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="vi or en.")] = "vi",
    workspace: WorkspaceOption = None,
) -> None:
    """Write what submitted visits found: .xlsx a workbook (visits, sections, findings, answers),
    .csv one row for each answer."""
    if lang not in ("vi", "en"):
        raise UserError("language", "The language {lang} is not there. Use vi or en.", lang=lang)
    with open_workspace(workspace, write=False) as opened:
        results = opened.results
        chosen, first = results.visits(program, wave), results.wave_of(program, wave)
        typer.echo(str(results.write(file, chosen, lang, wave_id=first)))
