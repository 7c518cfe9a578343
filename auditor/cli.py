"""The shell: the same services as the window, for people and scripts.

Exit codes: 0 done, 1 problems or refused, 2 unreadable or wrong usage, 130 cancelled.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor.domain.errors import NotFoundError, UserError
from auditor.domain.work import Cancelled
from auditor.shell import (
    CANCELLED,
    PROBLEMS,
    UNREADABLE,
    WorkspaceOption,
    open_to_issue,
    open_workspace,
    visible,
    words,
)
from auditor.shell_actions import export_actions
from auditor.shell_keeping import backup, diagnostics, doctor, restore
from auditor.shell_lists import export_app, import_app
from auditor.shell_planning import (
    export_assignments,
    export_evaluators,
    import_assignments,
    import_evaluators,
)
from auditor.shell_programs import BoundOption, ProgramOption, WaveAsk, WaveOption, write_wave
from auditor.shell_progress import shell_progress
from auditor.shell_trust import (
    CertificateOption,
    LockOption,
    SignOption,
    WordOption,
    protection,
    verify_file,
)
from forms.problems import FormsError, Problem, Severity, UnreadableError

if TYPE_CHECKING:
    from auditor.services.report_files import Written
    from auditor.services.workspace import Workspace
    from forms.compiled import CompiledChecklist
    from reports.protecting import Protection

app = typer.Typer(
    name="auditor",
    help="Mystery-shopper audits: checklists, visits, scored PDF reports.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
checklist_app = typer.Typer(no_args_is_help=True, help="Check, describe and add checklists.")
app.add_typer(checklist_app, name="checklist")
import_app.command("evaluators")(import_evaluators)
import_app.command("assignments")(import_assignments)
app.add_typer(import_app, name="import")
export_app.command("evaluators")(export_evaluators)
export_app.command("assignments")(export_assignments)
export_app.command("actions")(export_actions)
app.add_typer(export_app, name="export")

LanguageOption = Annotated[str, typer.Option("--lang", help="Language of the report: vi or en.")]


def run() -> int:
    """Run the shell on ``sys.argv``; an expected failure is one sentence and an exit code."""
    _use_utf8()
    try:
        return _run()
    except OSError as error:  # of a path that nobody looked at yet, or of the output itself
        return _refuse_system(error)


def _run() -> int:
    try:
        app()
    except SystemExit as stop:  # Typer is done: usage errors are 2 and already explained
        return stop.code if isinstance(stop.code, int) else 0
    except UserError as error:
        return _refuse(error.text(words.language), PROBLEMS)
    except UnreadableError as error:
        return _refuse_problems(error.problems, UNREADABLE)
    except FormsError as error:
        return _refuse_problems(error.problems, PROBLEMS)
    except (KeyboardInterrupt, Cancelled):
        return _refuse(words("Cancelled."), CANCELLED)
    return 0


def _use_utf8() -> None:
    """Vietnamese must print on a console whose code page is something else."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _refuse(sentence: str, code: int) -> int:
    typer.echo(f"auditor: {visible(sentence)}", err=True)
    return code


def _refuse_system(error: OSError) -> int:
    if error.errno == errno.EPIPE:  # the reader of the output has gone: nobody is there to tell
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return PROBLEMS
    from forms.system import reason

    name = str(error.filename or "").encode("utf-8", "replace").decode()[-200:]
    told = words("This did not work: {reason}.", reason=reason(error))
    return _refuse(f"{name}: {told}" if name else told, PROBLEMS)


def _refuse_problems(problems: tuple[Problem, ...], code: int) -> int:
    for problem in problems:
        typer.echo(visible(_problem_line(problem)), err=True)
    return code


def _problem_line(problem: Problem) -> str:
    """``FILE:LINE:COL: code: sentence``; what is wrong with an answer names its question too."""
    question = problem.where.question
    parts = [str(problem.where), problem.code, question or "", problem.text(words.language)]
    return ": ".join(part for part in parts if part)


@checklist_app.command("check")
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE...")]) -> None:
    """Say all that is wrong with checklists, as FILE:LINE:COL: code: sentence."""
    code = 0
    for file in files:
        code = max(code, _check(file))
    raise typer.Exit(code)


def _check(file: Path) -> int:
    from forms.formats.native import read

    try:
        problems = read(file).problems
    except UnreadableError as error:
        return _refuse_problems(error.problems, UNREADABLE)
    for problem in problems:
        typer.echo(visible(problem.line(words.language)))
    return PROBLEMS if any(p.severity is Severity.ERROR for p in problems) else 0


@checklist_app.command("schema")
def schema() -> None:
    """Print the JSON Schema of checklists."""
    from forms.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@checklist_app.command("add")
def add(file: Path, workspace: WorkspaceOption = None) -> None:
    """Add a checklist to the workspace; a version never changes once added."""
    with open_workspace(workspace, write=True) as opened:
        record = opened.checklists.add(file)
    typer.echo(words(
        "{id} {version} is in the workspace ({questions} questions, {hash}).",
        id=record.checklist_id, version=record.version,
        questions=record.questions, hash=record.sha256[:12],
    ))  # fmt: skip


@app.command("score")
def score_answers(
    checklist: Path,
    answers: Annotated[list[Path], typer.Argument(metavar="ANSWERS...")],
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array, one object each.")] = False,
) -> None:
    """Score answers files against a checklist, exactly."""
    compiled = _read_checklist(checklist)
    results, code = [], 0
    for file in answers:
        result, failed = _score_file(compiled, file)
        results.append(result)
        code = max(code, failed)
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _print_score(result)
    raise typer.Exit(code)


def _read_checklist(file: Path) -> CompiledChecklist:
    from forms.compiled import CompiledChecklist
    from forms.formats.native import read

    reading = read(file)
    if reading.checklist is None:
        raise FormsError(*reading.problems)
    return CompiledChecklist(reading.checklist)


def _score_file(compiled: CompiledChecklist, file: Path) -> tuple[dict[str, Any], int]:
    from forms.answers_json import read_answers
    from forms.score_json import problem_json, scorecard_json
    from forms.scoring import score

    given, code = read_answers(file, compiled), PROBLEMS
    if not given.problems:
        card = score(compiled, given.answers, given.at)
        return {"answers": str(file), **scorecard_json(card)}, 0
    _refuse_problems(given.problems, code)
    problems = [problem_json(problem, words.language) for problem in given.problems]
    return {"answers": str(file), "problems": problems}, code


def _print_score(result: dict[str, Any]) -> None:
    if "problems" in result:
        count = len(result["problems"])
        counted = words.plural("{count} problem", "{count} problems", count)
        typer.echo(f"{result['answers']}: {counted}")
        return
    score = result["score"] or words("not scored")
    band = f", {result['band']}" if result["band"] else ""
    typer.echo(f"{result['answers']}: {score}{band}")
    for section in result["sections"]:
        ratio = "–" if section["ratio"] is None else f"{float(section['ratio']) * 100:.1f} %"
        typer.echo(
            f"  {section['id']:<28} {section['earned']:>10} / {section['possible']:<10} {ratio}"
        )
    if result["critical"]:
        typer.echo("  " + words("Critical: {ids}", ids=", ".join(result["critical"])))


@app.command("report")
def report(
    out: Annotated[Path | None, typer.Option("--out", help="Folder for the PDFs.")] = None,
    visits: Annotated[list[str] | None, typer.Argument(metavar="[VISIT...]")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="The latest submitted visit of each location.")
    ] = False,
    program: ProgramOption = None,
    wave: WaveOption = None,
    bound: BoundOption = None,
    lang: LanguageOption = "vi",
    again: Annotated[
        bool, typer.Option("--again", help="Make those anew, too, that are there already.")
    ] = False,
    password: LockOption = "",
    sign: SignOption = False,
    certificate: CertificateOption = None,
    certificate_password: WordOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Write the location reports of visits (V-0001 …) as PDF, or the report of a program's wave."""
    if lang not in ("vi", "en"):
        raise UserError("language", "The language {lang} is not there. Use vi or en.", lang=lang)
    wanted = protection(password, certificate, certificate_password, sign=sign)
    with open_to_issue(workspace) as opened:
        if program or wave or bound:
            ask = WaveAsk(program, wave, lang, out, bound, again=again, protection=wanted)
            write_wave(opened, ask, is_alone=not (visits or every))
            return
        if out is None:
            raise UserError("no_out", "Name the folder for the PDFs with --out.")
        ids = _visit_ids(opened, visits or [], every=every)
        _write_reports(opened, ids, lang, out, again=again, wanted=wanted)


def _visit_ids(workspace: Workspace, numbers: list[str], *, every: bool) -> list[int]:
    if every:
        return workspace.reports.latest_of_each_location()
    if not numbers:
        raise UserError("no_visit", "Name visits (V-0001 …), or use --all.")
    return [_visit_id(workspace, number) for number in numbers]


def _visit_id(workspace: Workspace, number: str) -> int:
    found = workspace.visits.by_number(number)
    if found is None:
        raise NotFoundError("visit", "There is no visit {number} here.", number=number)
    return found.id


def _write_reports(
    workspace: Workspace,
    ids: list[int],
    lang: str,
    out: Path,
    *,
    again: bool = False,
    wanted: Protection | None = None,
) -> None:
    if not ids:
        raise NotFoundError("nothing", "No visit is submitted yet, so there is nothing to report.")
    from auditor.services.report_batch import NotAllWrittenError

    try:
        with shell_progress(words("Reports")) as (progress, cancel):
            told = workspace.reports.bring_up(
                ids, lang, out, again=again, protection=wanted, progress=progress, cancel=cancel
            )
    except NotAllWrittenError as error:
        _list(error.told)
        raise
    _list(told)


def _list(told: Written) -> None:
    """The files for machines, what there is to say of them for people."""
    for file in told.files:
        typer.echo(str(file))
    for line in told.lines(words):
        typer.echo(line, err=True)


@app.command("demo")
def demo(
    workspace: WorkspaceOption = None,
    out: Annotated[Path, typer.Option("--out")] = Path("demo-reports"),
    no_window: Annotated[bool, typer.Option("--no-window", help="Do not open the app.")] = False,
    lang: LanguageOption = "vi",
) -> None:
    """Fill the demo workspace, write one PDF for each of its locations, open the app."""
    from auditor.services.demo import demo_folder

    folder = workspace or demo_folder()
    _build_demo(folder, keep_open=not no_window)
    with open_to_issue(folder) as opened:
        _write_reports(opened, opened.reports.latest_of_each_location(), lang, out)
    typer.echo(words("The demo workspace is {folder}.", folder=folder), err=True)
    if not no_window and _has_display():
        from auditor.bootstrap import open_window

        raise typer.Exit(open_window(folder))


def _build_demo(folder: Path, *, keep_open: bool) -> None:
    """``keep_open``: one that a window has open stays as it is; that window is shown then."""
    from auditor.domain.errors import WorkspaceError
    from auditor.services.demo import build

    try:
        with shell_progress(words("Demo")) as (progress, cancel):
            build(folder, progress=progress, cancel=cancel)
    except WorkspaceError as error:
        if error.code != "in_use" or not keep_open:
            raise
        typer.echo(words("The demo is open in a window and stays as it is."), err=True)


def _has_display() -> bool:
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(named) or not sys.platform.startswith("linux")


app.command("verify")(verify_file)
for command in (doctor, diagnostics, backup, restore):
    app.command()(command)
