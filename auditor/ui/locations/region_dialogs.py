"""Add, rename, move and remove a region."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from auditor.domain.places import REGION_SEPARATOR, ClientLine, RegionNode
from auditor.ui.commands import locations
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.locations.regions import Node


class AddRegionDialog(Dialog):
    """``added(Act)`` once it is on disk; its value is the id."""

    added = Signal(object)

    def __init__(
        self,
        context: AppContext,
        node: Node,
        clients: Sequence[ClientLine],
        parent: QWidget,
    ) -> None:
        words = context.words
        super().__init__(words("Add a region"), parent)
        self._context, self._above = context, node.known
        self.client = Select()
        for client in clients:
            self.client.addItem(client.name, client.id)
        self.client.setCurrentIndex(max(self.client.findData(node.client), 0))
        field = Labelled(words("Client"), self.client)
        field.setVisible(len(clients) > 1 and node.known is None)
        self.body.addWidget(field)
        hint = words("One name, or a path: South / Hồ Chí Minh / District 1.")
        if node.known is not None:
            hint = words("It lies below {region}.", region=node.known.path)
        self.name = Field(words("Name"), hint=hint)
        self.body.addWidget(self.name)
        self.add = foot(self, context, words("Add the region"))
        self.add.clicked.connect(self._add)
        self.name.edit.setFocus()

    def _add(self) -> None:
        self.add.setEnabled(False)
        above, name = self._above, self.name.text()
        path = f"{above.path}{REGION_SEPARATOR}{name}" if above is not None and name else name
        client = self.client.currentData() if above is None else above.client_id
        locations.add_region(self._context, client, path, self._added, self._refused)

    def _added(self, act: object) -> None:
        self.accept()
        self.added.emit(act)

    def _refused(self, error: Exception) -> None:
        self.add.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()


class RenameRegionDialog(Dialog):
    """``renamed(Act)``."""

    renamed = Signal(object)

    def __init__(self, context: AppContext, region: RegionNode, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Rename the region"), parent)
        self._context, self._region = context, region
        self.name = Field(words("Name"), region.name)
        self.body.addWidget(self.name)
        self.save = foot(self, context, words("Rename"))
        self.save.clicked.connect(self._save)
        self.name.edit.selectAll()
        self.name.edit.setFocus()

    def _save(self) -> None:
        self.save.setEnabled(False)
        locations.rename_region(
            self._context, self._region.id, self.name.text(), self._done, self._refused
        )

    def _done(self, act: object) -> None:
        self.accept()
        self.renamed.emit(act)

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()


class MoveRegionDialog(Dialog):
    """``wanted(RegionNode, parent id or None)``."""

    wanted = Signal(object, object)

    def __init__(
        self,
        context: AppContext,
        region: RegionNode,
        regions: Sequence[RegionNode],
        parent: QWidget,
    ) -> None:
        words = context.words
        super().__init__(words("Move {region}", region=region.name), parent)
        self._region = region
        self.below = Select()
        self.below.addItem(words("At the top"), None)
        for node in regions:
            same = node.client_id == region.client_id
            inside = f"{node.path}{REGION_SEPARATOR}".startswith(f"{region.path}{REGION_SEPARATOR}")
            if same and not inside:
                self.below.addItem(node.path, node.id)
        self.below.setCurrentIndex(max(self.below.findData(region.parent_id), 0))
        hint = words("All below it comes along.")
        self.body.addWidget(Labelled(words("Below"), self.below, hint))
        self.move_ = foot(self, context, words("Move the region"))
        self.move_.clicked.connect(self._move)

    def _move(self) -> None:
        self.accept()
        self.wanted.emit(self._region, self.below.currentData())


def foot(dialog: Dialog, context: AppContext, caption: str) -> Button:
    """Cancel, and the button that does it: it is returned."""
    words = context.words
    cancel = dialog.add_button(Button(words("Cancel"), hint="Esc"))
    cancel.clicked.connect(dialog.reject)
    yes = dialog.add_button(Button(caption, Kind.PRIMARY, hint="Enter"))
    yes.setDefault(True)
    return yes
