"""Save the PDF that is shown where a person wants it; it is issued then, and entered."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from auditor.ui.commands.issued import enter_made
from auditor.ui.commands.preview import Made
from auditor.ui.commands.reports import save_copy
from auditor.ui.context import AppContext
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.toast import Toast

if TYPE_CHECKING:
    from auditor.ui.report.screen import ReportScreen


class Saving(QObject):
    def __init__(self, context: AppContext, screen: ReportScreen, visit_id: int) -> None:
        super().__init__(screen)
        self._context, self._screen, self._visit_id = context, screen, visit_id
        self._saved: Path | None = None

    def ask(self, made: Made) -> None:
        words = self._context.words
        dialog = QFileDialog(self._screen, words("Save PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog.setDirectory(str(self._saved.parent if self._saved else documents))
        dialog.selectFile(made.name)
        dialog.fileSelected.connect(self._screen.save_to)
        open_dialog(dialog)

    def save(self, made: Made, path: str) -> None:
        done = partial(self._issue, made)
        save_copy(self._context, made.pdf.path, Path(path), done, self._not_saved)

    def _issue(self, made: Made, path: Path) -> None:
        """What a person keeps or sends is issued."""
        self.tell(path)
        enter_made(self._context, self._visit_id, made, path, self._not_issued)

    def _not_issued(self, error: Exception) -> None:
        words = self._context.words
        told = words("It is saved, but not entered as issued: {reason}",
                     reason=self._context.sentence(error))  # fmt: skip
        Toast.show_in(self._screen, told, words("Open folder"), self.open_folder)

    def tell(self, path: Path) -> None:
        """It is saved there."""
        self._saved = path
        self._screen.folder.show()
        words = self._context.words
        text = words("Saved as {name}.", name=path.name)
        Toast.show_in(self._screen, text, words("Open folder"), self.open_folder)

    def _not_saved(self, error: Exception) -> None:
        self._context.report_error(error, self._screen.save)

    def open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))
