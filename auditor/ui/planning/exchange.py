"""Lists written where a person says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.domain.assignments import AssignmentFilter
from auditor.ui.commands import planning
from auditor.ui.context import AppContext
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.toast import Toast

if TYPE_CHECKING:
    from auditor.ui.planning.wave_acts import WaveActs


def save_table(
    context: AppContext, parent: QWidget, name: str, then: Callable[[str], object]
) -> None:
    """Ask where a table goes; ``then`` gets its path."""
    words = context.words
    dialog = QFileDialog(parent, words("Save the list"), _folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([words("Excel workbook (*.xlsx)"), words("CSV text (*.csv)")])
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(f"{name}.xlsx")
    dialog.fileSelected.connect(then)
    open_dialog(dialog)


def _folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def saved(context: AppContext, parent: QWidget) -> Callable[[Path], None]:
    def say(path: Path) -> None:
        Toast.show_in(parent, context.words("Saved: {path}", path=path.name))

    return say


def export_visits(screen: WaveActs, wanted: AssignmentFilter) -> None:
    context, board = screen.context, screen.board
    name = board.wave.name if board and board.wave else context.words("Overdue visits")

    def chosen(path: str) -> None:
        planning.export(context, Path(path), wanted, context.language, saved(context, screen),
                        context.report_error)  # fmt: skip

    save_table(context, screen, name.replace("/", "-"), chosen)
