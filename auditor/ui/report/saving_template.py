"""What was ticked for one report becomes a template of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from auditor.domain.branding import TemplateInput
from auditor.ui.branding.parts import NameDialog
from auditor.ui.commands import branding as commands
from auditor.ui.context import AppContext
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.ui.commands.acts import Act


class SavingTemplate(QObject):
    """Asks for a name; ``saved(id)`` when the template is on disk."""

    saved = Signal(int)

    def __init__(self, context: AppContext, given: TemplateInput, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._given, self._host = context, given, parent
        self.dialog = NameDialog(context, context.words("Save as template"), "", parent)
        self.dialog.named.connect(self._add)

    def open(self) -> None:
        self.dialog.open()

    def _add(self, name: str) -> None:
        given = replace(self._given, name=name)
        commands.add_template(self._context, given, self._added, self._refused)

    def _added(self, act: Act) -> None:
        self.dialog.accept()
        said = self._context.words("“{name}” is added.", name=act.value.name)
        undo_of(self._context).did(act, said, self._host)
        self.saved.emit(act.value.id)

    def _refused(self, error: Exception) -> None:
        self.dialog.name.set_error(self._context.sentence(error))
        self.dialog.name.edit.setFocus()
