"""Trust, from the shell: passwords and signatures of reports, and ``auditor verify``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.domain.errors import UserError
from auditor.shell import PROBLEMS, UNREADABLE, WorkspaceOption, open_workspace, visible, words

if TYPE_CHECKING:
    from auditor.services.verifying import Verification
    from auditor.services.workspace import Workspace
    from reports.protecting import Protection

PasswordOption = Annotated[
    str, typer.Option("--password", help="What opens the PDF; - asks for it, or reads a line.")
]
LockOption = Annotated[
    str, typer.Option("--password", help="Ask for it to open the PDFs; - asks you for it.")
]
SignOption = Annotated[
    bool, typer.Option("--sign", help="Sign, with this machine's own certificate.")
]
CertificateOption = Annotated[
    Path | None, typer.Option("--certificate", help="Sign with this .p12 or .pfx file.")
]
WordOption = Annotated[
    str, typer.Option("--certificate-password", help="What opens that file; - asks you for it.")
]
MARKS = {"matches": "✓", "differs": "✗", "since": "≠", "told": "·"}
#: The file is as it was issued, and the workspace says something else now.
OUTDATED = 3


def verify_file(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf")],
    password: PasswordOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Whether a report is what was issued here, and what the workspace says now.

    Exit codes: 0 all matches, 1 something differs, 2 no PDF with a seal, or another password,
    3 exactly as it was issued, but the workspace says something else now.
    """
    from reports.errors import ReportError

    with open_workspace(workspace, write=False) as opened:
        try:
            found = _verified(opened, file, asked(password))
        except (UserError, ReportError) as error:
            typer.echo(f"auditor: {visible(error.text(words.language))}", err=True)
            raise typer.Exit(UNREADABLE) from error
    if as_json:
        typer.echo(json.dumps(found.as_json(words.language), ensure_ascii=False, indent=2))
    else:
        for finding in found.findings:
            sentence = visible(finding.text(words.language))
            typer.echo(f"{MARKS[finding.verdict.value]} {sentence}")
    if found.is_wrong:
        raise typer.Exit(PROBLEMS)
    raise typer.Exit(OUTDATED if found.is_outdated else 0)


def _verified(workspace: Workspace, file: Path, secret: str) -> Verification:
    """A person at the shell is asked for the password of a file that wants one."""
    from auditor.services.verifying import verify
    from reports.errors import ReportError

    try:
        return verify(workspace, file, secret)
    except ReportError as error:
        if error.code != "password" or secret or not sys.stdin.isatty():
            raise
    return verify(workspace, file, asked("-"))


def asked(password: str) -> str:
    """``-`` asks for it where a person sits at the shell, and reads a line where none does: what
    stands in a command is seen by others on the machine."""
    if password != "-":
        return password
    if sys.stdin.isatty():
        return str(typer.prompt(words("Password"), hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def protection(
    password: str, certificate: Path | None, word: str, *, sign: bool
) -> Protection | None:
    """What was asked for, checked before the first report is made; None for nothing.

    Raises UserError.
    """
    if not password and not sign and certificate is None:
        return None
    from auditor.services.signing import given_credential, own_credential
    from reports.errors import ReportError
    from reports.protecting import Protection, check

    credential = None
    if certificate is not None:
        credential = given_credential(certificate, asked(word))
    elif sign:
        credential = own_credential()
        typer.echo(
            words(
                "Signed with a certificate made on this machine: readers show it as untrusted "
                "until somebody trusts it there."
            ),
            err=True,
        )
    wanted = Protection(asked(password), credential)
    try:
        check(wanted)
    except ReportError as error:
        raise UserError(error.code, error.text(words.language)) from error
    return wanted
