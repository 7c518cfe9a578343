"""Fields: a label above, the control, a hint or the error sentence below it."""

from __future__ import annotations

import unicodedata
from typing import Generic, TypeVar

from PySide6.QtCore import QDate, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListView,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from auditor.ui import icons
from auditor.ui.kit.lists import MenuRows
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label, restyle
from auditor.ui.theme import RADIUS_CONTROL, Ink, Type, colour, current

W = TypeVar("W", bound=QWidget)


class Labelled(QWidget, Generic[W]):
    """Any control with its label, hint and error. The label is the accessible name."""

    def __init__(
        self, label: str, control: W, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = Label(label, Type.HELP, Ink.TEXT2)
        self.label.setBuddy(control)
        self.note = Label(hint, Type.HELP, Ink.TEXT3, wrap=True)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        for widget in (self.label, control, self.note):
            column.addWidget(widget)
        self.note.setVisible(bool(hint))  # not before it has a parent: it would be a window

    def set_error(self, sentence: str | None) -> None:
        """Say beside the control what is wrong with it; None takes it away."""
        self.note.setText(sentence or self._hint)
        self.note.set_ink(Ink.DANGER if sentence else Ink.TEXT3)
        self.note.setVisible(bool(sentence or self._hint))
        self.control.setProperty("invalid", "true" if sentence else "false")
        self.control.setAccessibleDescription(sentence or self._hint)
        restyle(self.control)
        self.control.update()

    @property
    def error(self) -> str:
        """The sentence that is shown; "" when nothing is wrong."""
        return self.note.text() if self.control.property("invalid") == "true" else ""


class Field(Labelled[QLineEdit]):
    """A line of text. ``text()`` is stripped and NFC. Typing takes an error away."""

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, QLineEdit(value), hint, parent)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textEdited.connect(self._forget_error)

    def _forget_error(self) -> None:
        if self.error:
            self.set_error(None)

    @property
    def edit(self) -> QLineEdit:
        return self.control

    def text(self) -> str:
        return unicodedata.normalize("NFC", self.control.text()).strip()


class Select(QComboBox):
    """A combo box that paints itself; its list is a styled view. The wheel does not change it."""

    def __init__(self, parent: QWidget | None = None, *, icon: str | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        view = QListView()
        view.setObjectName("popup")
        self.setView(view)
        self.setItemDelegate(MenuRows(self, self.currentIndex))
        self.setMaxVisibleItems(12)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        return QSize(max(super().sizeHint().width(), 120), current().reach(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, current().reach(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        wrong = self.property("invalid") == "true"
        strong = self.hasFocus()
        line = t.danger if wrong else t.accent if self.hasFocus() else t.border_strong
        fill = colour(t.surface if self.isEnabled() else t.surface2)
        box = QRectF(self.rect())
        rounded(painter, box, RADIUS_CONTROL, fill, colour(line), 2 if strong else 1)
        size = current().px(16)
        top = (self.height() - size) // 2
        x = 12
        if self._icon:
            icons.paint(painter, self._icon, colour(t.text2), QRectF(x, top, size, size))
            x += size + 8
        arrow = QRectF(self.width() - size - 10, top, size, size)
        icons.paint(painter, "chevron-down", colour(t.text2), arrow)
        self._paint_text(painter, x, round(arrow.left()) - x - 6)

    def _paint_text(self, painter: QPainter, x: int, room: int) -> None:
        theme = current()
        font = theme.font(Type.BODY)
        empty = self.currentIndex() < 0
        text = self.placeholderText() if empty else self.currentText()
        ink = theme.tokens.text3 if empty or not self.isEnabled() else theme.tokens.text
        painter.setFont(font)
        painter.setPen(colour(ink))
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRectF(x, 0, room, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), cut)


class DateEdit(QDateEdit):
    """A day with a calendar. The wheel does not change it."""

    def __init__(self, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd/MM/yyyy")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(current().reach(36))
        self._dress(self.calendarWidget())

    def _dress(self, calendar: QCalendarWidget) -> None:
        """Room for stacked marks, our arrows, and no red (red means that something is wrong)."""
        theme = current()
        calendar.setMinimumSize(theme.px(330), theme.px(280))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        plain = QTextCharFormat()
        plain.setForeground(colour(theme.tokens.text))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        head = QTextCharFormat()
        head.setForeground(colour(theme.tokens.text2))
        head.setBackground(colour(theme.tokens.surface))
        calendar.setHeaderTextFormat(head)
        for name, arrow in (("prevmonth", "chevron-left"), ("nextmonth", "chevron-right")):
            button = calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if isinstance(button, QToolButton):
                button.setIcon(icons.icon(arrow, theme.tokens.text2, 18))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        super().paintEvent(_event)
        size = current().px(16)
        top = (self.height() - size) // 2
        box = QRectF(self.width() - size - 11, top, size, size)
        icons.paint(QPainter(self), "calendar", colour(current().tokens.text2), box)


class CheckBox(QCheckBox):
    """A tick box that paints itself (the font has no tick)."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_caption(self, text: str) -> None:
        self._caption = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current()
        width = QFontMetrics(theme.font(Type.BODY)).horizontalAdvance(self._caption)
        return QSize(width + theme.px(18) + (18 if self._caption else 12), theme.reach(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        size = theme.px(18)
        box = QRectF(2, (self.height() - size) // 2, size, size)
        on = self.isChecked()
        line = t.accent if on or self.hasFocus() else t.border_strong
        fill = colour(t.accent if on else t.surface)
        rounded(painter, box, 5, fill, colour(line), 2 if self.hasFocus() else 1)
        if on:
            inner = box.adjusted(3, 3, -3, -3)
            icons.paint(painter, "check", colour(t.on_accent), inner)
        if self.hasFocus():
            rounded(painter, QRectF(self.rect()), 6, None, colour(t.accent), 2)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(colour(t.text if self.isEnabled() else t.text3))
        left = box.right() + 8
        text = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self._caption)
