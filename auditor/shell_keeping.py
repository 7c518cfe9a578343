"""The shell's commands that keep a workspace well: doctor, diagnostics, backup, restore."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.shell import PROBLEMS, WorkspaceOption, open_workspace, words
from auditor.shell_progress import shell_progress

if TYPE_CHECKING:
    from auditor.services.doctor import Findings


def doctor(
    workspace: WorkspaceOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Check the workspace: database, evidence, backups."""
    findings = _examine(workspace, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(findings.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in findings.lines(words):
            typer.echo(line)
    raise typer.Exit(0 if findings.healthy else PROBLEMS)


def _examine(workspace: Path | None, *, as_json: bool) -> Findings:
    """A folder that does not open is a finding for machines, a refusal for people."""
    from auditor.domain.errors import WorkspaceError
    from auditor.services.doctor import examine, unopened

    try:
        with open_workspace(workspace, write=False) as opened:
            return examine(opened)
    except WorkspaceError as error:
        if not as_json:
            raise
        return unopened(error)


def diagnostics(
    to: Annotated[Path, typer.Option("--to", help="The file to write.")] = Path(
        "auditor-diagnostics.zip"
    ),
    workspace: WorkspaceOption = None,
) -> None:
    """Write what support needs into one file: no answers, names, photos or places in it."""
    from auditor.services.diagnostics import write
    from auditor.services.workspace import default_folder

    typer.echo(str(write(workspace or default_folder(), to)))


def backup(
    to: Annotated[Path | None, typer.Option("--to", help="The file to write.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Copy the whole workspace, evidence included, into one file."""
    with (
        open_workspace(workspace, write=False) as opened,
        shell_progress(words("Backup")) as (progress, cancel),
    ):
        path = opened.backups.export(to, progress=progress, cancel=cancel)
    typer.echo(str(path))


def restore(
    file: Path,
    workspace: WorkspaceOption = None,
    photos: Annotated[
        bool,
        typer.Option("--photos", help="Only lost or damaged photos and files; the data stays."),
    ] = False,
) -> None:
    """Bring a backup back; what the workspace holds now is kept aside."""
    from auditor.services.workspace import default_folder, restore_workspace

    if photos:
        _bring_photos(file, workspace or default_folder())
        return
    with shell_progress(words("Restore")) as (progress, cancel):
        aside = restore_workspace(
            file, workspace or default_folder(), progress=progress, cancel=cancel
        )
    typer.echo(words("The backup is in place."))
    if aside is not None:
        typer.echo(words("What was there before is kept in {folder}.", folder=aside))


def _bring_photos(file: Path, folder: Path) -> None:
    from auditor.services.photo_rescue import bring_back

    with shell_progress(words("Restore")) as (progress, cancel):
        found = bring_back(folder, file, progress=progress, cancel=cancel)
    typer.echo(words.plural("{count} file is back.", "{count} files are back.", found.back))
    if found.lost:
        typer.echo(words.plural(
            "{count} is not in that copy.", "{count} are not in that copy.", found.lost
        ))  # fmt: skip
        raise typer.Exit(PROBLEMS)
