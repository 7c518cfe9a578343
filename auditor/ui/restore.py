"""Bring a backup back: ask, close the workspace, restore, show it again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.ui.commands import data
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.working import WorkingDialog

if TYPE_CHECKING:
    from auditor.ui.context import AppContext
    from auditor.ui.window import MainWindow


def choose_backup(parent: QWidget, context: AppContext) -> QFileDialog:
    """Ask for a backup, beginning where backups lie; ``fileSelected`` says which."""
    dialog = QFileDialog(parent, context.words("Restore a backup"))
    place = context.folder / "backups"
    dialog.setDirectory(str(place if place.is_dir() else context.folder))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    open_dialog(dialog)
    return dialog


def ask_and_restore(window: MainWindow, file: Path) -> None:
    words = window.context.words
    dialog = ConfirmDialog(
        words("Restore this backup?"),
        words("{name} takes the place of the data that is here now, which is kept aside.",
              name=file.name),
        words("Restore"),
        words("Cancel"),
        window,
    )  # fmt: skip
    dialog.accepted.connect(partial(_restore, window, file))
    dialog.open()


def _restore(window: MainWindow, file: Path) -> None:
    context = window.context
    task = context.lane.run_long(
        context.closed(data.restore), file, context.folder, done=window.restored
    )
    WorkingDialog(task, context.words("Restoring the backup"), context.words, window)
