"""Above the list: its views as tabs, its columns, what else can be done; the search."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.ui import icons
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import rounded
from auditor.ui.locations.tabs import ViewTabs
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

SEARCH, SHORT_SEARCH, KEYS = 300, 170, "Ctrl F"


class ListBar(QWidget):
    def __init__(self, words: Words) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(2)
        self.tabs = ViewTabs(words)
        row.addWidget(self.tabs, 1)
        self.columns = Button(icon="columns-3", kind=Kind.TEXT, name=words("Columns"), height=32)
        row.addWidget(self.columns)
        self.more = Button(icon="ellipsis", kind=Kind.TEXT, name=words("More for the list"),
                           height=32)  # fmt: skip
        row.addWidget(self.more)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour(current().tokens.surface))


class SearchField(QLineEdit):
    """``left()`` by Enter, Down or Esc, which empties it first."""

    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        name = words("Search name, code, address")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setClearButtonEnabled(False)
        self.setFixedHeight(current().reach(36))
        size = current().px(16)
        self.setTextMargins(size + 8, 0, 0, 0)
        self.set_short(False)

    def set_short(self, short: bool) -> None:
        self.setFixedWidth(current().px(SHORT_SEARCH if short else SEARCH))

    def show_text(self, text: str) -> None:
        """Without ``textChanged``."""
        blocked = self.blockSignals(True)
        self.setText(text)
        self.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current()
        t, size = theme.tokens, theme.px(16)
        painter = QPainter(self)
        top = (self.height() - size) // 2
        icons.paint(painter, "search", colour(t.text2), QRectF(11, top, size, size))
        if self.text() or self.hasFocus() or self.width() < theme.px(SEARCH):
            return
        font = theme.font(Type.HINT)
        wide = QFontMetrics(font).horizontalAdvance(KEYS) + 12
        high = theme.px(20)
        box = QRectF(self.width() - wide - 10, (self.height() - high) // 2, wide, high)
        rounded(painter, box, 5, colour(t.surface), colour(t.border))
        painter.setFont(font)
        painter.setPen(colour(t.text2))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), KEYS)
