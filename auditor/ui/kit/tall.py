"""The body of a dialog that may be higher than the window."""

from __future__ import annotations

from PySide6.QtCore import QSize

from auditor.ui.kit.card import ScrollArea
from auditor.ui.theme import current

#: Room for the scroll bar.
BAR = 14


class TallArea(ScrollArea):
    """As high as what is in it, at ``width`` pixels of 100 %; it scrolls where the window is
    lower."""

    def __init__(self, width: int) -> None:
        super().__init__(margins=(0, 0, BAR, 0), spacing=12)
        self._wide = width

    def sizeHint(self) -> QSize:
        width = current().px(self._wide)
        high = self.body.totalHeightForWidth(width - BAR)
        return QSize(width, max(high, self.inner.sizeHint().height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(self._wide), 160)
