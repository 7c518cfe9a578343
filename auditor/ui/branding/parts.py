"""Report templates: add, copy, rename, delete; which parts, in which order; what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.branding import LONGEST_TEMPLATE, TemplateInput, TemplateRecord
from auditor.ui.branding.part_list import PartList
from auditor.ui.commands import branding as commands
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line, clear
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import CheckBox, Field, Select
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.report.pdf import Opened
from auditor.ui.theme import Ink, Type, current
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.ui.commands.acts import Act


class NameDialog(Dialog):
    """``named(text)`` when it is accepted; it stays open until ``accept`` is called."""

    named = Signal(str)

    def __init__(self, context: AppContext, title: str, value: str, parent: QWidget) -> None:
        words = context.words
        super().__init__(title, parent, width=400)
        self.name = Field(words("Name of the template"), value)
        self.name.edit.setMaxLength(LONGEST_TEMPLATE)
        self.body.addWidget(self.name)
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.yes = self.add_button(Button(words("Save"), Kind.PRIMARY, hint="Enter"))
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._name)
        self.name.edit.setFocus()
        self.name.edit.selectAll()

    def _name(self) -> None:
        self.named.emit(self.name.text())


class PartsPanel(QWidget):
    """``changed()`` when the sample is to follow; ``kept()`` when something is on disk."""

    changed = Signal()
    kept = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self.templates: tuple[TemplateRecord, ...] = ()
        self.record: TemplateRecord | None = None
        self._wanted = 0
        self._busy = self._again = False
        self._dialog: NameDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._choice_card(column)
        self._parts_card(column)
        self._outline_card(column)
        column.addStretch(1)

    def _choice_card(self, column: QVBoxLayout) -> None:
        words = self.words
        card = Card(margins=(20, 14, 20, 14), spacing=8)
        column.addWidget(card)
        card.body.addWidget(Label(words("Template"), Type.QUESTION))
        self.choice = Select()
        self.choice.setAccessibleName(words("Template"))
        self.choice.activated.connect(self._choose)
        card.body.addWidget(self.choice)
        self.used = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        card.body.addWidget(self.used)
        row = QHBoxLayout()
        row.setSpacing(6)
        card.body.addLayout(row)
        self.add = Button(words("Add a template"), Kind.SOFT, icon="plus", height=34)
        self.copy = self._small("copy", words("Copy the template"))
        self.rename = self._small("pencil-line", words("Rename the template"))
        self.delete = self._small("trash-2", words("Delete the template"))
        for button, slot in ((self.add, self._add), (self.copy, self._copy),
                             (self.rename, self._rename), (self.delete, self._delete)):  # fmt: skip
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)

    def _small(self, icon: str, name: str) -> Button:
        return Button("", Kind.SOFT, icon=icon, name=name, height=34)

    def _parts_card(self, column: QVBoxLayout) -> None:
        words = self.words
        card = Card(margins=(12, 14, 12, 14), spacing=6)
        column.addWidget(card)
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.setSpacing(2)
        card.body.addLayout(head)
        head.addWidget(Label(words("Parts"), Type.QUESTION))
        head.addWidget(Label(
            words("The summary always comes first, the seal last. A part without data is left out. "
                  "Drag to change the order, or press Alt with an arrow key."),
            Type.HELP, Ink.TEXT2, wrap=True,
        ))  # fmt: skip
        self.list = PartList(words)
        self.list.changed.connect(self._change)
        card.body.addWidget(self.list)
        card.body.addWidget(Line())
        self.cover = CheckBox(words("Cover page"))
        self.blank = CheckBox(words("Empty rows to write on"))
        note = words("In the action plan: one for each finding without an action.")
        for tick, said in ((self.cover, ""), (self.blank, note)):
            tick.setAccessibleDescription(said)
            tick.clicked.connect(self._change)
            holder = QVBoxLayout()
            holder.setContentsMargins(8, 0, 8, 0)
            holder.setSpacing(0)
            card.body.addLayout(holder)
            holder.addWidget(tick, 0, Qt.AlignmentFlag.AlignLeft)
            if said:
                label = Label(said, Type.HELP, Ink.TEXT2, wrap=True)
                label.setContentsMargins(current().px(18) + 10, 0, 0, 0)
                holder.addWidget(label)

    def _outline_card(self, column: QVBoxLayout) -> None:
        card = Card(margins=(20, 14, 20, 14), spacing=2)
        column.addWidget(card)
        head = QHBoxLayout()
        card.body.addLayout(head)
        head.addWidget(Label(self.words("What the sample holds"), Type.QUESTION))
        head.addStretch(1)
        self.pages = Label("", Type.HELP, Ink.TEXT2)
        head.addWidget(self.pages)
        self._outline = QVBoxLayout()
        self._outline.setSpacing(0)
        card.body.addLayout(self._outline)

    # showing

    def show_templates(self, templates: tuple[TemplateRecord, ...], preferred: int | None) -> None:
        """What is on disk; ``preferred`` is shown first, once."""
        self.templates = templates
        shown = self._wanted or (self.record.id if self.record else preferred or 0)
        self.choice.clear()
        for record in templates:
            self.choice.addItem(record.name, record.id)
        at = max(self.choice.findData(shown), 0)
        self.choice.setCurrentIndex(at if templates else -1)
        self._show(templates[at] if templates else None)

    def want(self, template_id: int) -> None:
        """Show that one when the templates are there."""
        self._wanted = template_id

    def _choose(self, index: int) -> None:
        self._wanted = self.templates[index].id
        self._show(self.templates[index])

    def _show(self, record: TemplateRecord | None) -> None:
        if self._busy and record is not None and self.record is not None:
            return  # what is ticked goes before what was read
        self.record = record
        for widget in (self.list, self.cover, self.blank, self.copy, self.rename, self.delete):
            widget.setEnabled(record is not None)
        if record is None:
            self.used.setText(self.words("There is no template: reports hold all parts."))
            return
        users = ", ".join(record.used_by)
        used = self.words("Used by {users}.", users=users)
        self.used.setText(used if users else self.words("Not used yet."))
        self.list.show_parts(record.parts)
        self.cover.setChecked(record.cover)
        self.blank.setChecked(record.blank_actions)
        self.changed.emit()

    def show_outline(self, pdf: Opened) -> None:
        clear(self._outline)
        pages = len(pdf.sizes)
        self.pages.setText(self.words.plural("{count} page", "{count} pages", pages))
        for entry in pdf.outline:
            if entry.level == 0:
                row = QHBoxLayout()
                self._outline.addLayout(row)
                row.setContentsMargins(0, 3, 0, 3)
                row.addWidget(ElidedLabel(entry.title, Type.BODY), 1)
                row.addWidget(Label(str(entry.page + 1), Type.HELP, Ink.TEXT2), 0,
                              Qt.AlignmentFlag.AlignRight)  # fmt: skip

    def given(self) -> TemplateInput | None:
        """What is shown, kept or on its way to the disk."""
        if self.record is None:
            return None
        return TemplateInput(
            self.record.name, self.list.parts, self.cover.isChecked(), self.blank.isChecked()
        )

    # what the person does

    def _change(self) -> None:
        self.changed.emit()
        self._keep()

    def _keep(self) -> None:
        given, record = self.given(), self.record
        if self._busy:
            self._again = True
        elif given is not None and record is not None and given != record.input:
            self._busy = True
            commands.change_template(self.context, record, given, self._changed, self._refused)

    def _changed(self, act: Act) -> None:
        self._busy, self.record = False, act.value
        said = self.words("“{name}” is changed.", name=act.value.name)
        undo_of(self.context).did(act, said, self, quiet=True)
        if self._again:
            self._again = False
            self._keep()
        self.kept.emit()

    def _refused(self, error: Exception) -> None:
        self._busy = self._again = False
        self.context.report_error(error)
        self.kept.emit()

    def _add(self) -> None:
        self._open_dialog(self.words("Add a template"), "")
        if self._dialog is not None:
            self._dialog.named.connect(self._add_named)

    def _rename(self) -> None:
        if self.record is not None:
            self._open_dialog(self.words("Rename the template"), self.record.name)
            if self._dialog is not None:
                self._dialog.named.connect(self._rename_to)

    def _open_dialog(self, title: str, value: str) -> None:
        self._dialog = NameDialog(self.context, title, value, self)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _add_named(self, name: str) -> None:
        commands.add_template(self.context, TemplateInput(name), self._added, self._name_refused)

    def _rename_to(self, name: str) -> None:
        if self.record is not None:
            given = replace(self.record.input, name=name)
            commands.change_template(
                self.context, self.record, given, self._renamed, self._name_refused
            )

    def _name_refused(self, error: Exception) -> None:
        if self._dialog is not None:
            self._dialog.name.set_error(self.context.sentence(error))
            self._dialog.name.edit.setFocus()

    def _copy(self) -> None:
        if self.record is not None:
            commands.copy_template(self.context, self.record.id, self._added, self._refused)

    def _added(self, act: Act) -> None:
        self._wanted = act.value.id
        self._told(act, self.words("“{name}” is added.", name=act.value.name))

    def _renamed(self, act: Act) -> None:
        self.record = act.value
        self._told(act, self.words("The template is now called “{name}”.", name=act.value.name))

    def _delete(self) -> None:
        if self.record is not None:
            commands.delete_template(self.context, self.record, self._deleted, self._not_deleted)

    def _deleted(self, act: Act) -> None:
        name = "" if self.record is None else self.record.name
        self._wanted, self.record = 0, None
        self._told(act, self.words("“{name}” is deleted.", name=name))

    def _not_deleted(self, error: Exception) -> None:
        self.context.report_error(error, self.delete)

    def _told(self, act: Act, said: str) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        undo_of(self.context).did(act, said, self)
        self.kept.emit()
