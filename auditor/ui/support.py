"""The report for support: what is in it and what is not, then the file in its folder."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from auditor.ui.commands import care
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.kit.files import open_dialog
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow


def contents(words: Words) -> str:
    return words(
        "One file with the versions of the app and its parts, the health and sizes of the data, "
        "and the log. No answer, name, photo or place is in it. Look into it before you send it."
    )


def save_report(window: MainWindow) -> None:
    words = window.context.words
    dialog = ConfirmDialog(
        words("Save a report for support"),
        contents(words),
        words("Choose where…"),
        words("Cancel"),
        window,
    )
    dialog.accepted.connect(partial(_choose, window))
    dialog.open()


def _choose(window: MainWindow) -> None:
    words = window.context.words
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    dialog = QFileDialog(window, words("Save a report for support"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("zip")
    dialog.setDirectory(QStandardPaths.writableLocation(documents))
    dialog.selectFile(f"mystery-auditor-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.zip")
    dialog.fileSelected.connect(partial(write, window))
    open_dialog(dialog)


def write(window: MainWindow, file: str) -> None:
    """The health of the data is looked at in full, so it runs beside the lane."""
    context = window.context
    context.images.run(
        care.report_for_support, context.folder, Path(file),
        done=partial(_written, window), failed=context.report_error,
    )  # fmt: skip


def _written(window: MainWindow, file: Path) -> None:
    words = window.context.words
    window.say_done(
        words("The report for support is in {name}.", name=file.name), file, window.context.words
    )
