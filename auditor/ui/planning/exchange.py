"""Lists in and out: which file, then the dialog that shows what importing it would do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.domain.assignments import AssignmentFilter
from auditor.domain.records import WaveRecord
from auditor.ui.commands import planning, sheets
from auditor.ui.commands.acts import Act
from auditor.ui.commands.sheets import SheetKind
from auditor.ui.context import AppContext
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.toast import Toast
from auditor.ui.locations.phrases import imported
from auditor.ui.planning.sheet_dialog import SheetDialog
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.ui.planning.wave_acts import WaveActs


def choose_table(context: AppContext, parent: QWidget, then: Callable[[str], object]) -> None:
    """Ask for a table that is there; ``then`` gets its path."""
    words = context.words
    dialog = QFileDialog(parent, words("Choose a table"), _folder())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [words("Tables (*.xlsx *.xls *.ods *.csv *.txt)"), words("All files (*)")]
    )
    dialog.fileSelected.connect(then)
    open_dialog(dialog)


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


def open_table(
    context: AppContext, kind: SheetKind, path: Path, title: str, parent: QWidget
) -> SheetDialog:
    """What importing ``path`` would do; what is done is said in ``parent``, with Undo."""
    dialog = SheetDialog(context, kind, path, title, parent)

    def done(act: Act) -> None:
        text = imported(context.words, path.name, dialog.plan.counts)
        undo_of(context).did(act, text, parent)

    dialog.done_.connect(done)
    dialog.open()
    return dialog


def saved(context: AppContext, parent: QWidget) -> Callable[[Path], None]:
    def say(path: Path) -> None:
        Toast.show_in(parent, context.words("Saved: {path}", path=path.name))

    return say


def import_visits(screen: WaveActs, wave: WaveRecord) -> None:
    context = screen.context

    def chosen(path: str) -> None:
        title = context.words("Import visits of {wave}", wave=wave.name)
        open_table(context, sheets.visits(wave), Path(path), title, screen)

    choose_table(context, screen, chosen)


def export_visits(screen: WaveActs, wanted: AssignmentFilter) -> None:
    context, board = screen.context, screen.board
    name = board.wave.name if board and board.wave else context.words("Overdue visits")

    def chosen(path: str) -> None:
        planning.export(context, Path(path), wanted, context.language, saved(context, screen),
                        context.report_error)  # fmt: skip

    save_table(context, screen, name.replace("/", "-"), chosen)
