"""Open a document that lies in the workspace, in the program that this machine has for it."""

from __future__ import annotations

import filecmp
import shutil
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task
from forms.system import reason

#: What a system would run instead of show.
_PROGRAMS = frozenset(
    (
        ".app", ".bat", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".hta", ".jar",
        ".js", ".jse", ".lnk", ".msi", ".ps1", ".py", ".reg", ".scr", ".sh", ".url", ".vbe",
        ".vbs", ".wsf",
    )
)  # fmt: skip


def open_document(context: AppContext, path: Path, name: str, failed: Done) -> Task | None:
    """A copy called ``name`` is opened, so that nobody changes what is kept. ``failed`` gets a
    UserError: it is gone, it is a program, or nothing opens it."""
    if Path(name).suffix.lower() in _PROGRAMS:
        failed(
            RefusedError(
                "document_is_program",
                "{name} is a program and is not started from here. Ask the office for a PDF.",
                name=name,
            )
        )
        return None
    target = context.scratch / path.stem[:16] / name
    return context.images.run(_copy, path, target, done=partial(_show, failed), failed=failed)


def _copy(source: Path, target: Path) -> Path:
    try:
        target.parent.mkdir(exist_ok=True)
        if not (target.exists() and filecmp.cmp(source, target, shallow=False)):
            shutil.copyfile(source, target)  # else the viewer that shows it may hold it
    except FileNotFoundError as error:
        raise NotFoundError(
            "document", "{name} is no longer on this machine.", name=target.name
        ) from error
    except OSError as error:
        raise NotSavedError(
            "document_not_copied",
            "{name} could not be opened: {reason}.",
            name=target.name,
            reason=reason(error),
        ) from error
    return target


def _show(failed: Done, copy: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
        failed(
            NotFoundError(
                "no_program_for",
                "Nothing on this machine opens {name}. Its copy lies in {folder}.",
                name=copy.name,
                folder=copy.parent,
            )
        )
