"""Save the PDF that is shown where a person wants it; it is issued then, and entered."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from auditor.domain.report_choice import BOTH
from auditor.ui.commands.issued import enter_made
from auditor.ui.commands.preview import Made
from auditor.ui.commands.reports import save_copy, save_into
from auditor.ui.context import AppContext
from auditor.ui.kit.files import open_dialog, show_folder
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
        if made.choice == BOTH:
            self._ask_folder()
            return
        dialog = QFileDialog(self._screen, words("Save PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.setDirectory(self._directory)
        dialog.selectFile(made.name)
        dialog.fileSelected.connect(self._screen.save_to)
        open_dialog(dialog)

    def _ask_folder(self) -> None:
        """For two files."""
        dialog = QFileDialog(self._screen, self._context.words("Folder for the two files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(self._directory)
        dialog.fileSelected.connect(self._screen.save_into)
        open_dialog(dialog)

    @property
    def _directory(self) -> str:
        """The folder of the file that was saved last."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        if self._saved is not None:
            return str(self._saved.parent)
        return QStandardPaths.writableLocation(documents)

    def save_into(self, folder: Path, several: tuple[Made, ...]) -> None:
        done = partial(self._issue_all, several)
        save_into(self._context, several, folder, done, self._not_saved)

    def _issue_all(self, several: tuple[Made, ...], paths: tuple[Path, ...]) -> None:
        told = self._context.words("Both files are saved in {folder}.", folder=paths[0].parent)
        self._tell(paths[0], told)
        for made, path in zip(several, paths, strict=True):
            enter_made(self._context, self._visit_id, made, path, self._not_issued)

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
        self._tell(path, self._context.words("Saved as {name}.", name=path.name))

    def _tell(self, path: Path, text: str) -> None:
        self._saved = path
        self._screen.folder.show()
        action = self._context.words("Open folder")
        Toast.show_in(self._screen, text, action, self.open_folder)

    def _not_saved(self, error: Exception) -> None:
        self._context.report_error(error, self._screen.save)

    def open_folder(self) -> None:
        if self._saved is not None:
            show_folder(self._context.words, self._screen, self._saved.parent)
