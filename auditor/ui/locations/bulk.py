"""Change many locations at once: their region, their tags."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from auditor.domain.places import RegionNode
from auditor.ui.commands import locations
from auditor.ui.context import AppContext
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.locations.region_dialogs import foot


class MoveDialog(Dialog):
    """``done_(Act)`` once the locations are in their new region."""

    done_ = Signal(object)

    def __init__(
        self,
        context: AppContext,
        ids: Sequence[int],
        regions: Sequence[RegionNode],
        parent: QWidget,
    ) -> None:
        words = context.words
        title = words.plural("Move {count} location", "Move {count} locations", len(ids))
        super().__init__(title, parent)
        self._context, self._ids = context, ids
        hint = words("From wide to narrow, parted by /. New ones are made; empty is none.")
        self.region = Field(words("Region"), hint=hint)
        paths = QCompleter(self)
        paths.setModel(QStringListModel(sorted({node.path for node in regions}), paths))
        paths.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        paths.setFilterMode(Qt.MatchFlag.MatchContains)
        self.region.edit.setCompleter(paths)
        self.body.addWidget(self.region)
        self.move_ = foot(self, context, words("Move"))
        self.move_.clicked.connect(self._move)
        self.region.edit.setFocus()

    def _move(self) -> None:
        self.move_.setEnabled(False)
        text = self.region.text()
        locations.move(self._context, self._ids, text, self._moved, self._refused)

    def _moved(self, act: object) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Exception) -> None:
        self.move_.setEnabled(True)
        self.region.set_error(self._context.sentence(error))


class TagDialog(Dialog):
    """``done_(Act)`` once the tags are given and taken away."""

    done_ = Signal(object)

    def __init__(
        self, context: AppContext, ids: Sequence[int], tags: Sequence[str], parent: QWidget
    ) -> None:
        words = context.words
        title = words.plural("Tag {count} location", "Tag {count} locations", len(ids))
        super().__init__(title, parent)
        self._context, self._ids = context, ids
        self.add = Field(words("Add tags"), hint=words("Parted by commas."))
        self.body.addWidget(self.add)
        self.take = Select()
        self.take.addItem(words("None"), "")
        for tag in tags:
            self.take.addItem(tag, tag)
        field = Labelled(words("Take a tag away"), self.take)
        field.setVisible(bool(tags))
        self.body.addWidget(field)
        self.tag = foot(self, context, words("Change the tags"))
        self.tag.clicked.connect(self._tag)
        self.add.edit.setFocus()

    def _tag(self) -> None:
        added, taken = self.add.text(), self.take.currentData()
        if not added and not taken:
            self.add.set_error(self._context.words("Type a tag, or choose one to take away."))
            return
        self.tag.setEnabled(False)
        locations.retag(
            self._context, self._ids, [added] if added else [], [taken] if taken else [],
            self._done, self._refused,
        )  # fmt: skip

    def _done(self, act: object) -> None:
        self.accept()
        self.done_.emit(act)

    def _refused(self, error: Exception) -> None:
        self.tag.setEnabled(True)
        self.add.set_error(self._context.sentence(error))


class NameDialog(Dialog):
    """A name for a view, or a number: ``given(str)``; the caller closes it or says ``refuse``."""

    given = Signal(str)

    def __init__(
        self, context: AppContext, title: str, label: str, yes: str, parent: QWidget,
        *, value: str = "", hint: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title, parent)
        self._context = context
        self.field = Field(label, value, hint=hint)
        self.body.addWidget(self.field)
        self.yes = foot(self, context, yes)
        self.yes.clicked.connect(self._give)
        self.field.edit.selectAll()
        self.field.edit.setFocus()

    def _give(self) -> None:
        self.yes.setEnabled(False)
        self.given.emit(self.field.text())

    def close_it(self, _done: object = None) -> None:
        self.accept()

    def refuse(self, error: Exception | str) -> None:
        self.yes.setEnabled(True)
        said = error if isinstance(error, str) else self._context.sentence(error)
        self.field.set_error(said)
        self.field.edit.setFocus()
