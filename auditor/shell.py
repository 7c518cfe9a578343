"""What all commands of the shell share: its words, its exit codes, and the workspace."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", help="The workspace folder.")]
PROBLEMS, UNREADABLE, CANCELLED = 1, 2, 130


def shell_language() -> str:
    """Vietnamese where the shell's locale is Vietnamese, else English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "vi" if (named or _system_language()).startswith("vi") else "en"


if sys.platform == "win32":
    import ctypes

    #: The lower bits of Windows' number of a language, and those of Vietnamese.
    _PRIMARY, _VIETNAMESE = 0x3FF, 0x2A

    def _system_language() -> str:
        """Windows sets no variables for it."""
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "vi" if number & _PRIMARY == _VIETNAMESE else ""

else:

    def _system_language() -> str:
        return ""


words = Words(shell_language())


@contextmanager
def open_workspace(folder: Path | None, *, write: bool) -> Iterator[Workspace]:
    from auditor.services.workspace import Workspace, default_folder

    workspace = Workspace.open(folder or default_folder(), write=write)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def open_to_issue(folder: Path | None) -> Iterator[Workspace]:
    """To write where that can be, since what is issued is entered; else to read. A folder without
    a workspace stays as it is. Raises WorkspaceError."""
    from auditor.domain.errors import WorkspaceError
    from auditor.services.workspace import Workspace, default_folder
    from auditor.store.driver import DATABASE

    place = (folder or default_folder()).expanduser()
    workspace = None
    if (place / DATABASE).exists():
        try:
            workspace = Workspace.open_as_can(place)
        except WorkspaceError as error:
            if error.code != "in_use":
                raise
    if workspace is None:
        workspace = Workspace.open(place, write=False)
    try:
        yield workspace
    finally:
        workspace.close()


def visible(sentence: str) -> str:
    """On one line, without what a terminal would obey: a file may bear any name."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in sentence)
