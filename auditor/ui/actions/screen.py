"""Corrective actions: the board, and the chosen one beside it (over it where room is short)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.actions import ActionRecord, ActionStatus
from auditor.domain.changes import Changes
from auditor.domain.records import VisitRecord
from auditor.ui.actions.board import ROOMY, ActionBoard
from auditor.ui.actions.detail import WIDTH, ActionDetail
from auditor.ui.actions.dialogs import (
    AddActionDialog,
    AssignDialog,
    ChooseVisitDialog,
    ReasonDialog,
)
from auditor.ui.actions.findings import FindingsDialog
from auditor.ui.actions.foot import ShortButton
from auditor.ui.commands import actions as commands
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.header import Header
from auditor.ui.kit.search import SearchLine
from auditor.ui.kit.toast import Toast
from auditor.ui.screen import Screen
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons

#: Below this width the detail stands over the board.
WIDE = 1060
PAUSE_MS = 150


@dataclass(frozen=True, slots=True)
class Place:
    tab: int
    text: str
    action: int
    open_detail: bool
    filters: tuple[object, ...]


class ActionsScreen(Screen):
    """``report_wanted(visit id)``."""

    report_wanted = Signal(int)

    def __init__(
        self, context: AppContext, location_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.today: date = datetime.now().astimezone().date()
        self._over = False
        self._dropping: tuple[int, ...] = ()
        self._head()
        self.board = ActionBoard(context, self.today)
        self.board.filters.location = location_id or None
        self.detail = ActionDetail(context, self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        column.addLayout(self._row, 1)
        self._row.addWidget(self.board, 1)
        self._row.addWidget(self.detail)
        self.detail.hide()
        self._connect()

    def _head(self) -> None:
        words = self.context.words
        self.header = Header(words("Corrective actions"))
        self.search = SearchLine(
            (words("Find by location, finding, owner"), words("Find actions"), words("Find"))
        )
        self.search.setMaximumWidth(self.search.whole_width())
        self.search.setMinimumWidth(self.context.theme.px(120))
        self.export = Button(icon="download", name=words("Export to Excel"))
        self.export.clicked.connect(self._export)
        self.from_visit = ShortButton(
            words("From a visit…"), "clipboard-check", Kind.OUTLINE, height=36
        )
        self.from_visit.clicked.connect(self._choose_visit)
        self.add = ShortButton(
            words("Add an action"), "plus", Kind.PRIMARY, words("Add"), height=36
        )
        self.add.clicked.connect(self._add)
        self.undo_buttons = UndoButtons(self.context)
        for control in (self.undo_buttons, self.search, self.export, self.from_visit, self.add):
            self.header.add(control)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._search)
        self.search.textChanged.connect(self._typed)

    def _connect(self) -> None:
        self.board.moved.connect(self._moved)
        self.board.opened.connect(self._open)
        self.board.foot.move_wanted.connect(self._move)
        self.board.foot.assign_wanted.connect(self._assign)
        self.detail.move_wanted.connect(self._move_current)
        self.detail.report_wanted.connect(self.report_wanted)
        self.detail.closed.connect(self._close_detail)
        self.context.changed.connect(self._changed)
        undo_of(self.context).bind(self)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)

    # data

    def load(self) -> None:
        self.board.read()

    def _changed(self, changes: Changes) -> None:
        if changes.actions or changes.places or changes.visits:
            self.load()

    def _moved(self, record: ActionRecord | None) -> None:
        held = self.detail.record
        if record is None:
            self._close_detail()
            self.detail.hide()
        else:
            if held is not None and held.id != record.id:
                self.detail.commit()
            self.detail.show_record(record)
            self._lay_out()

    def _typed(self) -> None:
        self._timer.start()

    def _search(self) -> None:
        self.board.text = self.search.text().strip()
        self.board.read_anew()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # the detail

    def _open(self, record: ActionRecord) -> None:
        self.detail.show_record(record)
        self._over = True
        self._lay_out()
        self.detail.action.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_detail(self) -> None:
        if self._over:
            self.detail.commit()
            self._over = False
            self._lay_out()
            self.board.focus()

    @property
    def _wide(self) -> bool:
        return self.width() >= self.context.theme.px(WIDE)

    def _lay_out(self) -> None:
        wide, held = self._wide, self.board.table.record is not None
        px = self.context.theme.px
        self.detail.setVisible(held and (wide or self._over))
        self.board.setVisible(wide or not self._over or not held)
        self.detail.setMinimumWidth(px(WIDTH) if wide else 0)
        self.detail.setMaximumWidth(px(WIDTH) if wide else 16_777_215)
        self.detail.set_over(not wide)
        self.board.set_narrow(wide and self.width() < px(1240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        tight = self.width() < self.context.theme.px(ROOMY)
        for button in (self.from_visit, self.add):
            button.shorten(tight)

    # doing

    def _add(self) -> None:
        dialog = AddActionDialog(self.context, self)
        dialog.added.connect(self._added)
        dialog.open()

    def _added(self, act: Act) -> None:
        self.board.wanted_id = act.value.id
        undo_of(self.context).did(act, self.context.words("The action is added."), self)

    def _choose_visit(self) -> None:
        dialog = ChooseVisitDialog(self.context, self)
        dialog.visit_chosen.connect(self._show_findings)
        dialog.open()

    def _show_findings(self, visit: VisitRecord) -> None:
        FindingsDialog(self.context, visit.id, self).open()

    def _move_current(self, status: ActionStatus) -> None:
        record = self.detail.record
        if record is not None:
            self._move_to(status, (record.id,))

    def _move(self, status: ActionStatus) -> None:
        self._move_to(status, self.board.chosen)

    def _move_to(self, status: ActionStatus, ids: Sequence[int]) -> None:
        if status is ActionStatus.DROPPED:
            self._dropping = tuple(ids)
            dialog = ReasonDialog(self.context.words, len(ids), self)
            dialog.given.connect(self._drop)
            dialog.open()
        elif ids:
            commands.set_status(self.context, ids, status, "", self._status_set, self._refused)

    def _drop(self, reason: str) -> None:
        dropped = ActionStatus.DROPPED
        commands.set_status(
            self.context, self._dropping, dropped, reason, self._status_set, self._refused
        )

    def _status_set(self, act: Act) -> None:
        count = sum(len(step.images) for _, step in act.steps)
        said = self.context.words.plural(
            "{count} action is moved.", "{count} actions are moved.", count
        )
        undo_of(self.context).did(act, said, self)

    def _assign(self) -> None:
        dialog = AssignDialog(self.context.words, len(self.board.chosen), self)
        dialog.given.connect(self._assign_to)
        dialog.open()

    def _assign_to(self, owner: str | None, due: date | None) -> None:
        commands.assign(self.context, self.board.chosen, owner, due, self._assigned, self._refused)

    def _assigned(self, act: Act) -> None:
        undo_of(self.context).did(act, self.context.words("Owner and day are changed."), self)

    def _refused(self, error: Exception) -> None:
        self.context.report_error(error)

    # Excel

    def _export(self) -> None:
        words = self.context.words
        dialog = QFileDialog(self, words("Export to Excel"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Excel (*.xlsx)", "CSV (*.csv)"])
        dialog.setDefaultSuffix("xlsx")
        place = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(place))
        dialog.selectFile(f"{words('Corrective actions')} {self.today:%Y-%m-%d}.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        open_dialog(dialog)

    def export_to(self, path: str) -> None:
        """What is listed now, all pages of it."""
        self.export.setEnabled(False)
        commands.export(
            self.context, Path(path), self.board.asked(), self._exported, self._not_exported
        )

    def _exported(self, path: Path) -> None:
        self.export.setEnabled(True)
        Toast.show_in(self, self.context.words("Saved as {name}.", name=path.name))

    def _not_exported(self, error: Exception) -> None:
        self.export.setEnabled(True)
        self.context.report_error(error, self.export)

    # leaving and place

    def leave(self) -> bool:
        """What is typed goes to the disk; what cannot stays as it was."""
        self.detail.commit()
        return True

    def place(self) -> Place:
        self.detail.commit()
        record = self.board.table.record
        key = 0 if record is None else record.id
        held = self.board.filters.held
        return Place(self.board.tabs.index, self.search.text(), key, self._over, held)

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self.board.tabs.choose(place.tab)
            self.search.setText(place.text)
            self.board.text = place.text.strip()
            self.board.wanted_id = place.action
            self._over = place.open_detail
            self.board.filters.hold(place.filters)

    def focus_first(self) -> None:
        self.board.focus()
