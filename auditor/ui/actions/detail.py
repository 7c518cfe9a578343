"""One action: what was found, what is done, by whom, until when; its status, proof and notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from auditor.domain.actions import (
    LONGEST,
    MOVES,
    PENDING,
    ActionInput,
    ActionRecord,
    ActionStatus,
)
from auditor.ui import when
from auditor.ui.actions import phrases
from auditor.ui.actions.day_field import DayField
from auditor.ui.actions.dialogs import cause_select, chosen_cause
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import actions as commands
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.field import Field, Labelled
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.paint import cover, rounded
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Type, colour, current
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared

WIDTH = 344
SIDE, GAP, SCROLL_BAR = 20, 6, 14
#: The widest, where it stands over the list.
COLUMN = 680


class ProofButton(QPushButton):
    """The photo that shows that it is done; a click shows it large."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(current().px(144), current().px(104))

    def show_picture(self, path: str | None) -> None:
        self._picture = QPixmap() if path is None else QPixmap(path)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current().px(144), current().px(104))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._picture.isNull():
            rounded(painter, box, RADIUS_CONTROL, colour(t.surface2), colour(t.border))
        else:
            cover(painter, self._picture, box, RADIUS_CONTROL)
        if self.hasFocus():
            rounded(painter, box, RADIUS_CONTROL, None, colour(t.accent), 2)


class ActionDetail(QWidget):
    """What is typed is kept when its field is left. ``report_wanted(visit id)``; ``closed()`` by
    its button, where it covers the list; ``move_wanted(status)``."""

    report_wanted = Signal(int)
    closed = Signal()
    move_wanted = Signal(object)

    def __init__(self, context: AppContext, today: date) -> None:
        super().__init__()
        self.context, self.words, self.today = context, context.words, today
        self.record: ActionRecord | None = None
        self._saving = False
        self._room = current().px(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.area = ScrollArea(margins=(SIDE, 14, SIDE, 20), spacing=12, column=COLUMN)
        column.addWidget(self.area)
        self._head()
        self._fields()
        self._proof()
        self._facts()
        self.area.body.addStretch(1)

    # building

    def _head(self) -> None:
        words = self.words
        top = QHBoxLayout()
        top.setSpacing(8)
        self.area.body.addLayout(top)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        top.addLayout(texts, 1)
        self.place = ElidedLabel("", Type.QUESTION)
        self.where = ElidedLabel("", Type.HELP, Ink.TEXT2)
        texts.addWidget(self.place)
        texts.addWidget(self.where)
        self.close_button = Button(icon="x", kind=Kind.TEXT, name=words("Back to the list"))
        self.close_button.clicked.connect(self.closed)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        marks = QHBoxLayout()
        marks.setSpacing(6)
        self.area.body.addLayout(marks)
        self.status, self.late = Chip(""), Chip("")
        marks.addWidget(self.status)
        marks.addWidget(self.late)
        marks.addStretch(1)
        self._moves = QVBoxLayout()
        self._moves.setSpacing(6)
        self.area.body.addLayout(self._moves)
        self.area.body.addWidget(Line())

    def _fields(self) -> None:
        words = self.words
        self.finding = Labelled(words("Finding"), self._text(words("Finding"), 2))
        self.action = Labelled(words("Action"), self._text(words("Action"), 2))
        self.cause = cause_select(words)
        self.cause.activated.connect(self._keep)
        self.owner = Field(words("Owner"), placeholder=words("Store manager"),
                           hint=words("A role, not a name: it stands in the report."))  # fmt: skip
        self.owner.edit.setMaxLength(LONGEST["owner"])
        self.owner.edit.editingFinished.connect(self._keep)
        self.due = DayField(words, words("Due day"))
        self.due.chosen.connect(self._keep)
        self.note = Labelled(words("Note"), self._text(words("Note"), 3))
        cause = Labelled(words("Cause"), self.cause)
        for field in (self.finding, self.action, cause, self.owner, self.due, self.note):
            self.area.body.addWidget(field)

    def _text(self, name: str, lines: int) -> TextInput:
        field = TextInput(name, lines=lines, parent=self)
        field.left.connect(self._keep)
        return field

    def _proof(self) -> None:
        words = self.words
        self.area.body.addWidget(Label(words("Proof"), Type.HELP, Ink.TEXT2))
        self.proof = ProofButton(words("Show the proof"))
        self.proof.clicked.connect(self._show_proof)
        self.area.body.addWidget(self.proof)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.area.body.addLayout(row)
        self.attach_button = Button(words("Attach a photo…"), Kind.SOFT, icon="camera", height=34)
        self.attach_button.clicked.connect(self._choose)
        self.remove = Button(words("Remove"), Kind.TEXT, icon="x", height=34)
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.attach_button)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.proof_note = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self.proof_note.hide()
        self.area.body.addWidget(self.proof_note)

    def _facts(self) -> None:
        self.area.body.addWidget(Line())
        self._told = QVBoxLayout()
        self._told.setSpacing(4)
        self.area.body.addLayout(self._told)
        self.report = Button(self.words("Report of the visit"), Kind.SOFT, icon="file-text",
                             height=34)  # fmt: skip
        self.report.clicked.connect(self._want_report)
        self.area.body.addWidget(self.report)

    # showing

    def show_record(self, record: ActionRecord) -> None:
        """Another one, or the same as it is on disk now; what is being typed stays."""
        same = self.record is not None and self.record.id == record.id
        self.record = record
        self.place.setText(record.location)
        self.where.setText(" · ".join(filter(None, (record.location_code, record.brand,
                                                    record.region))))  # fmt: skip
        self._show_marks(record)
        self._show_fields(record, keep_focus=same)
        self._show_proof_of(record)
        self._show_facts(record)
        if not same:
            self.area.verticalScrollBar().setValue(0)

    def set_over(self, over: bool) -> None:
        """Whether it stands over the list, with room to spare, or beside it."""
        self.close_button.setVisible(over)
        room = COLUMN if over else current().px(WIDTH)
        if room != self._room:
            self._room = room
            if self.record is not None:
                self._show_marks(self.record)

    def _show_marks(self, record: ActionRecord) -> None:
        words = self.words
        self.status.set(*phrases.status(words, record.status))
        late = phrases.due(words, record, self.today)
        self.late.setVisible(late is not None and record.status in PENDING)
        if late is not None:
            self.late.set(*late)
        clear(self._moves)
        buttons = [
            self._move(status, Kind.SOFT if at else Kind.OUTLINE)
            for at, status in enumerate(MOVES[record.status])
        ]
        self._pack(buttons)

    def _pack(self, buttons: Sequence[Button]) -> None:
        """In rows, as many in each as there is room for."""
        left = 0
        row = QHBoxLayout()
        for button in buttons:
            wide = button.sizeHint().width() + GAP
            if wide > left:
                row = QHBoxLayout()
                row.setSpacing(GAP)
                self._moves.addLayout(row)
                row.addStretch(1)
                left = self._room - 2 * SIDE - SCROLL_BAR
            row.insertWidget(row.count() - 1, button)
            left -= wide

    def _move(self, status: ActionStatus, kind: Kind) -> Button:
        icon, verb = phrases.VERBS[status]
        button = Button(self.words(verb), kind, icon=icon, height=34)
        button.setProperty("status", status.value)
        button.clicked.connect(self._want_move)
        return button

    def _show_fields(self, record: ActionRecord, *, keep_focus: bool) -> None:
        for field, text in ((self.finding, record.finding), (self.action, record.action),
                            (self.note, record.note)):  # fmt: skip
            if not (keep_focus and field.control.hasFocus()):
                field.set_error(None)
                field.control.show_text(text)
        if not (keep_focus and self.owner.edit.hasFocus()):
            self.owner.edit.setText(record.owner)
        if not (keep_focus and self.due.edit.hasFocus()):
            self.due.show_day(record.due)
        self.cause.setCurrentIndex(max(self.cause.findData(record.cause and record.cause.value), 0))

    def _show_proof_of(self, record: ActionRecord) -> None:
        held = record.proof is not None
        self.proof.setVisible(held)
        self.proof.show_picture(record.proof_thumb)
        self.proof.setToolTip(record.proof_name)
        self.remove.setVisible(held)
        caption = self.words("Replace…") if held else self.words("Attach a photo…")
        self.attach_button.set_caption(caption, self.words("Attach a photo…"))

    def _show_facts(self, record: ActionRecord) -> None:
        words = self.words
        clear(self._told)
        day = when.day(words, record.created_at.astimezone().date(), self.today)
        facts = [(words("Client"), record.client), (words("Program"), record.program),
                 (words("Created on"), day)]  # fmt: skip
        if record.visit and record.visited_on:
            on = when.day(words, record.visited_on, self.today)
            facts.insert(0, (words("Found at"), f"{record.visit} · {on}"))
        if record.closed_at is not None:
            closed = when.day(words, record.closed_at.astimezone().date(), self.today)
            facts.append((words("Ended on"), closed))
        for name, value in facts:
            if value:
                row = QHBoxLayout()
                self._told.addLayout(row)
                row.addWidget(Label(name, Type.HELP, Ink.TEXT2))
                shown = ElidedLabel(value, Type.HELP)
                shown.setAlignment(Qt.AlignmentFlag.AlignRight)
                row.addWidget(shown, 1)
        self.report.setVisible(record.visit_id is not None)

    # what the person does

    def _given(self) -> ActionInput:
        assert self.record is not None
        due = self.record.due if self.due.wrong else self.due.day
        return ActionInput(
            self.finding.control.text().strip(), self.action.control.text().strip(),
            chosen_cause(self.cause), self.owner.text(), due, self.note.control.text().strip(),
        )  # fmt: skip

    def _keep(self) -> None:
        """Put what is typed on disk."""
        if self.record is None or self._saving:
            return
        given = self._given()
        if given != self.record.input:
            self._saving = True
            commands.change(self.context, self.record, given, self._kept, self._refused)

    def _kept(self, act: Act) -> None:
        self._saving = False
        undo_of(self.context).did(act, self.words("The action is changed."), self, quiet=True)
        if self.record is not None and act.value.id == self.record.id:
            self.finding.set_error(None)
            self.record = act.value
            self._show_marks(act.value)
            self._keep()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self.finding.set_error(self.context.sentence(error))

    def commit(self) -> bool:
        """Keep what is typed; False where a field holds what cannot be kept."""
        for field in (self.finding, self.action, self.note):
            field.control.commit_input()
        self._keep()
        return self.record is None or (
            not self.due.wrong and bool(self.finding.control.text().strip())
        )

    def _want_move(self) -> None:
        button = self.sender()
        if button is not None:
            self.commit()
            self.move_wanted.emit(ActionStatus(button.property("status")))

    def _want_report(self) -> None:
        if self.record is not None and self.record.visit_id is not None:
            self.report_wanted.emit(self.record.visit_id)

    # proof

    def _choose(self) -> None:
        words = self.words
        dialog = QFileDialog(self, words("Choose a photo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(words("Pictures") + " (*.jpg *.jpeg *.png *.heic *.heif *.webp)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.attach)
        open_dialog(dialog)

    def attach(self, path: str) -> None:
        self._busy_proof(on=True)
        commands.read_proof(self.context, Path(path), self._keep_proof, self._proof_refused)

    def _keep_proof(self, prepared: Prepared) -> None:
        if self.record is not None:
            commands.set_proof(
                self.context, self.record.id, prepared, self._proof_kept, self._proof_refused
            )

    def _remove(self) -> None:
        if self.record is not None:
            self._busy_proof(on=True)
            commands.set_proof(
                self.context, self.record.id, None, self._proof_kept, self._proof_refused
            )

    def _proof_kept(self, act: Act) -> None:
        self._busy_proof(on=False)
        undo_of(self.context).did(act, self.words("The proof is changed."), self)
        if self.record is not None and act.value.id == self.record.id:
            self.show_record(act.value)

    def _proof_refused(self, error: Exception) -> None:
        self._busy_proof(on=False)
        self.proof_note.setText(self.context.sentence(error))
        self.proof_note.show()

    def _busy_proof(self, *, on: bool) -> None:
        self.attach_button.setEnabled(not on)
        self.remove.setEnabled(not on)
        self.proof_note.hide()

    def _show_proof(self) -> None:
        if self.record is not None and self.record.proof_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.record.proof_path))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
