"""Write the list, or an empty one to be filled in, where a person says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.ui.commands import locations
from auditor.ui.context import AppContext
from auditor.ui.kit.callout import Callout
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.toast import Toast
from auditor.ui.locations.view import View


class Saving(QObject):
    """``beside``: where it is said that a file could not be written."""

    def __init__(self, context: AppContext, screen: QWidget, beside: QWidget) -> None:
        super().__init__(screen)
        self._context, self._screen, self._beside = context, screen, beside
        self._view = View()

    def template(self) -> None:
        self.ask(self._context.words("Empty list"), self.write_template)

    def export(self, view: View) -> None:
        self._view = view
        self.ask(self._context.words("Locations"), self.write)

    def ask(self, name: str, write: Callable[[str], None]) -> None:
        """Where a list called ``name`` goes; ``write`` gets the path."""
        words = self._context.words
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(where)
        dialog = _Dialog(self._screen, words("Save the list"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([words("Excel workbook (*.xlsx)"), words("CSV text (*.csv)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{name}.xlsx")
        dialog.fileSelected.connect(write)
        open_dialog(dialog)

    def write(self, path: str) -> None:
        locations.export(self._context, Path(path), self._view, self.written, self.refused)

    def write_template(self, path: str) -> None:
        locations.template(self._context, Path(path), self.written, self.refused)

    def written(self, path: Path) -> None:
        Toast.show_in(self._screen, self._context.words("Saved: {path}", path=path.name))

    def refused(self, error: Exception) -> None:
        Callout.show_beside(self._beside, self._context.sentence(error))


class _Dialog(QFileDialog):
    """The name gets the ending of the kind of file that is chosen."""

    def __init__(self, parent: QWidget, title: str, folder: str) -> None:
        super().__init__(parent, title, folder)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filterSelected.connect(self._follow)

    def _follow(self, chosen: str) -> None:
        ending = "csv" if "csv" in chosen else "xlsx"
        self.setDefaultSuffix(ending)
        named = self.selectedFiles()
        if named:
            self.selectFile(str(Path(named[0]).with_suffix(f".{ending}")))
