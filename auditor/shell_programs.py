"""``auditor report --program … --wave …``: the report of a wave, its location reports bound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.domain.errors import UserError
from auditor.shell import words
from auditor.shell_progress import shell_progress

if TYPE_CHECKING:
    from auditor.services.program_reports import WrittenReport
    from auditor.services.workspace import Workspace
    from reports.protecting import Protection

ProgramOption = Annotated[
    str | None, typer.Option("--program", help="The report of this program, its last wave.")
]
WaveOption = Annotated[str | None, typer.Option("--wave", help="Of this wave.")]
BoundOption = Annotated[
    Path | None,
    typer.Option("--bound", help="All location reports of the wave as this one PDF."),
]


@dataclass(frozen=True, slots=True)
class WaveAsk:
    """``out`` is the folder of the program report, ``bound`` the file of the location reports;
    at least one of them is there."""

    program: str | None
    wave: str | None
    language: str
    out: Path | None
    bound: Path | None
    again: bool = False
    protection: Protection | None = None


def write_wave(workspace: Workspace, ask: WaveAsk, *, is_alone: bool) -> None:
    """Raises UserError for what does not go together, and as the services do."""
    if not is_alone:
        raise UserError("either", "Name visits, or a program and its wave; not both.")
    if ask.out is None and ask.bound is None:
        raise UserError("no_out", "Name the folder for the PDFs with --out.")
    reports = workspace.program_reports
    wave_id = reports.wave(ask.program, ask.wave)
    if ask.out is not None:
        with shell_progress(words("Program report")) as (progress, cancel):
            told = reports.write(
                wave_id, ask.language, ask.out, again=ask.again, protection=ask.protection,
                progress=progress, cancel=cancel,
            )  # fmt: skip
        _tell(told)
    if ask.bound is not None:
        with shell_progress(words("Reports")) as (progress, cancel):
            told = reports.bind(
                wave_id, ask.language, ask.bound, protection=ask.protection,
                progress=progress, cancel=cancel,
            )  # fmt: skip
        _tell(told)


def _tell(told: WrittenReport) -> None:
    """The file for machines, what there is to say of it for people."""
    from auditor.services.report_files import kept_line

    typer.echo(str(told.path))
    if told.kept:
        typer.echo(kept_line(1, words), err=True)
    for each in told.beside:
        typer.echo(each.line(words), err=True)
    if told.missed is not None:
        typer.echo(told.missed.line(words), err=True)
