"""``scale``, ``csat``, ``nps`` and ``ces``: one number of a row, words at its ends."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.scales import ScaleButtons, scale_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.words import mark

#: More values than these take the width of the card.
NARROW = 7


class ScaleEditor(Editor):
    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self.scale = scale_of(group.first.kind, self.draft)
        self.wide = len(self.scale.values) > NARROW
        self.row = ScaleButtons(self.scale, fill=self.wide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.row)
        self.row.chosen.connect(self._choose)

    def _choose(self, value: int) -> None:
        self.draft.set_value(self.current, value)

    def refresh(self) -> None:
        self.row.show_value(self.draft.answer(self.current).value)

    def has_ten(self) -> bool:
        return 10 in self.scale.values

    def pick(self, digit: int) -> bool:
        value = self.scale.by_digit(digit)
        if value is not None:
            self._choose(value)
        return value is not None


class CsatEditor(ScaleEditor):
    unscored = mark("Not scored, counts for CSAT")


class NpsEditor(ScaleEditor):
    unscored = mark("Not scored, counts for NPS")


class CesEditor(ScaleEditor):
    unscored = mark("Not scored, counts for CES")
