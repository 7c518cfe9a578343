"""A line for a number with its unit, checked while it is typed. Blank may be an answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from auditor.ui.capture.cards.typed import read_decimal, read_integer, show_grouped
from auditor.ui.kit.field import Labelled
from auditor.ui.theme import Type, current
from auditor.words import Words


@dataclass(frozen=True, slots=True)
class Range:
    """What is allowed; ``places`` are decimals, 0 for whole numbers. ``blank``: it may be empty."""

    least: int = 0
    most: int | None = None
    places: int = 0
    blank: bool = True


class _UnitEdit(QLineEdit):
    """The unit stands at its right, quieter."""

    def __init__(self, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._make_room()

    def set_unit(self, unit: str) -> None:
        self._unit = unit
        self._make_room()
        self.update()

    def _make_room(self) -> None:
        width = QFontMetrics(current().font(Type.HELP)).horizontalAdvance(self._unit)
        self.setTextMargins(0, 0, width + 6 if self._unit else 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        painter = QPainter(self)
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(theme.tokens.text3)
        box = QRect(0, 0, self.width() - 12, self.height())
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(align), self._unit)


class NumberField(Labelled[QLineEdit]):
    """``left`` when the field is left or Enter pressed. ``value`` is None where it is blank or
    wrong; ``wrong`` tells the two apart."""

    left = Signal()

    def __init__(
        self,
        words: Words,
        label: str,
        unit: str,
        hint: str = "",
        *,
        allowed: Range | None = None,
        placeholder: str = "",
    ) -> None:
        super().__init__(label, _UnitEdit(unit), hint)
        self.words, self.allowed = words, allowed or Range()
        self.control.setPlaceholderText(placeholder)
        if unit:
            self.control.setAccessibleName(f"{label} ({unit})")
        self.control.textChanged.connect(self._check)
        self.control.editingFinished.connect(self.left)

    def set_unit(self, unit: str) -> None:
        if isinstance(self.control, _UnitEdit):
            self.control.set_unit(unit)

    def show_value(self, value: Decimal | int | None) -> None:
        self.control.setText("" if value is None else show_grouped(value, self.words.language))

    @property
    def value(self) -> Decimal | None:
        text = self.control.text().strip()
        whole = read_integer(text)  # "250.000" is a quarter of a million
        if whole is not None:
            return Decimal(whole)
        return read_decimal(text) if self.allowed.places else None

    @property
    def whole(self) -> int:
        """``value`` of a whole number; 0 where it is blank."""
        return int(self.value or 0)

    @property
    def wrong(self) -> bool:
        return self._complaint() is not None

    def _check(self) -> None:
        self.set_error(self._complaint())

    def _complaint(self) -> str | None:
        """What is wrong with what stands there."""
        words, allowed = self.words, self.allowed
        if not self.control.text().strip():
            return None if allowed.blank else words("Type a number.")
        value = self.value
        if value is None:
            whole = words("This is no whole number. Type digits, such as 3.")
            broken = words("This is no number. Type digits, such as 82.5.")
            return broken if allowed.places else whole
        if value < allowed.least or (allowed.most is not None and value > allowed.most):
            return self._out_of_range()
        if allowed.places and -int(value.as_tuple().exponent) > allowed.places:
            return words.plural("At most {count} decimal.", "At most {count} decimals.",
                                allowed.places)  # fmt: skip
        return None

    def _out_of_range(self) -> str:
        allowed = self.allowed
        if allowed.most is None:
            return self.words("The least is {least}.", least=allowed.least)
        return self.words("From {least} to {most}.", least=allowed.least, most=allowed.most)
