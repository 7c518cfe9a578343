"""A month in a popup, to choose a day from."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from auditor.ui import icons
from auditor.ui.theme import current
from auditor.words import Words

GAP = 4
_ARROWS = (
    ("qt_calendar_prevmonth", "chevron-left"),
    ("qt_calendar_nextmonth", "chevron-right"),
)


class Calendar(QFrame):
    """``chosen(day)`` by a click or Return; Esc goes back."""

    chosen = Signal(QDate)

    def __init__(self, shown: date, words: Words, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = current()
        self.month = QCalendarWidget(self)
        self.month.setLocale(QLocale(words.language))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setMinimumSize(theme.px(336), theme.px(280))
        self._restyle()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.month)
        self.month.clicked.connect(self._choose)
        self.month.activated.connect(self._choose)

    def _restyle(self) -> None:
        theme = current()
        t = theme.tokens
        self.setStyleSheet(
            f"Calendar {{ background: {t.surface}; border: 1px solid {t.border_strong}; }}"
            "QTableView { border: none; } QTableView::item { padding: 0; }"
        )
        plain = self.month.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, plain)
        for name, icon in _ARROWS:
            button = self.month.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icons.icon(icon, t.text, theme.px(18)))

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(day)
        self.close()

    def open_beside(self, field: QWidget) -> None:
        """Below the field, or above it where there is no room below: never over it."""
        self.adjustSize()
        room = field.screen().availableGeometry()
        corner = field.mapToGlobal(QPoint(0, 0))
        below, above = corner.y() + field.height() + GAP, corner.y() - GAP - self.height()
        fits = below + self.height() <= room.bottom() or above < room.top()
        y = max(room.top(), min(below, room.bottom() - self.height())) if fits else above
        self.move(max(room.left(), min(corner.x(), room.right() - self.width())), y)
        self.show()
        self.month.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
