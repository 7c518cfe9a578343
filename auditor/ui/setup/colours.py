"""The brand's colours: swatches to choose from, or a colour typed as on the brand sheet."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import restyle
from auditor.ui.theme import colour, current
from auditor.words import Words, mark

#: Dark enough for white figures in a report: contrast with white is at least 4.5.
SWATCHES = (
    (mark("Green"), "#1F5C4A", "#DFA23A"),
    (mark("Blue"), "#1A5FB4", "#154E95"),
    (mark("Red"), "#A3262A", "#5E6A7A"),
    (mark("Orange"), "#A84300", "#18212C"),
    (mark("Violet"), "#5B3FA0", "#2B7A78"),
    (mark("Teal"), "#0F6B74", "#B8860B"),
    (mark("Brown"), "#6B4226", "#C08A3E"),
    (mark("Graphite"), "#333D49", "#7B8695"),
)
HEX = re.compile(r"^#?([0-9A-Fa-f]{6})$")


class Swatch(QRadioButton):
    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self._value = value
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(current().reach(34), current().reach(34))

    def hitButton(self, pos):  # type: ignore[no-untyped-def]
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked() or self.hasFocus():
            line = t.accent if self.hasFocus() else t.text
            rounded(painter, box, 9, None, colour(line), 2)
        rounded(painter, box.adjusted(4, 4, -4, -4), 6, colour(self._value), colour(t.border))
        if self.isChecked():
            side = current().px(14)
            centre = box.center()
            tick = QRectF(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)
            icons.paint(painter, "check", "#FFFFFF", tick)


class ColourChoice(QWidget):
    """``colour`` and ``colour2`` as ``#RRGGBB``; ``colour`` is "" while what is typed is none."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words("Brand colour"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        for index, (name, value, _) in enumerate(SWATCHES):
            swatch = Swatch(words(name), value)
            self._group.addButton(swatch, index)
            row.addWidget(swatch)
        row.addSpacing(10)
        self.edit = QLineEdit(SWATCHES[0][1])
        self.edit.setAccessibleName(words("Brand colour as #RRGGBB"))
        self.edit.setMaxLength(7)
        self.edit.setFixedWidth(current().px(104))
        row.addWidget(self.edit)
        row.addStretch(1)
        self._group.buttons()[0].setChecked(True)
        self._group.idClicked.connect(self._choose)
        self.edit.textEdited.connect(self._typed)

    @property
    def colour(self) -> str:
        found = HEX.match(self.edit.text().strip())
        return f"#{found[1].upper()}" if found else ""

    @property
    def colour2(self) -> str:
        """The companion of a swatch; a typed colour is its own."""
        by_value = {first: second for _, first, second in SWATCHES}
        return by_value.get(self.colour, self.colour)

    def setProperty(self, name: str, value: object) -> bool:
        """Wrong is what was typed: the field shows it."""
        if name == "invalid":
            self.edit.setProperty(name, value)
            restyle(self.edit)
        return super().setProperty(name, value)

    def set_colour(self, value: str) -> None:
        self.edit.setText(value)
        self._typed()

    def _choose(self, index: int) -> None:
        self.edit.setText(SWATCHES[index][1])
        self.changed.emit()

    def _typed(self) -> None:
        values = [value for _, value, _ in SWATCHES]
        self._group.setExclusive(False)
        for button, value in zip(self._group.buttons(), values, strict=True):
            button.setChecked(value == self.colour)
        self._group.setExclusive(True)
        self.changed.emit()
