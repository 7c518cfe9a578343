"""Qt's own file dialog, where the system has none: its buttons in our icons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from auditor.ui import icons
from auditor.ui.kit.toast import Toast
from auditor.ui.theme import current
from auditor.words import Words


def dropped(event: QDropEvent) -> list[str]:
    """The paths of the files that are dropped; none for anything else."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


def show_folder(words: Words, beside: QWidget, folder: Path) -> None:
    """In the system's own window; where it is gone that is told."""
    if folder.is_dir():
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
    else:
        Toast.show_in(beside, words("The folder {folder} is gone.", folder=folder))


_ICONS = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "arrow-up",
    "newFolderButton": "plus",
    "listModeButton": "image",
    "detailModeButton": "list-checks",
}


def open_dialog(dialog: QFileDialog) -> None:
    """``dialog.open()``, dressed; the system's own dialog is left as it is."""
    dialog.open()
    theme = current()
    for name, icon in _ICONS.items():
        button = dialog.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icons.icon(icon, theme.tokens.text2, theme.px(16)))
