"""An error sentence under the control that caused it; it goes with the next click or key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

WIDEST = 420


class Callout(QFrame):
    """One at a time in a window."""

    def __init__(self, text: str, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("callout")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(Icon("circle-alert", "danger", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.label = Label(text, Type.HELP, wrap=True)
        row.addWidget(self.label, 1)
        metrics = self.label.fontMetrics()
        wide = min(metrics.horizontalAdvance(text) + 16, current().px(WIDEST))
        self.label.setFixedWidth(wide)

    @classmethod
    def show_beside(cls, widget: QWidget, text: str) -> Callout:
        window = widget.window()
        for old in window.findChildren(Callout):
            old.hide()
            old.deleteLater()
        callout = cls(text, window)
        callout.adjustSize()
        callout.resize(callout.width(), callout.heightForWidth(callout.width()))
        callout._place(widget)
        callout.show()
        callout.raise_()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(callout)
        QAccessible.updateAccessibility(QAccessibleEvent(callout, QAccessible.Event.Alert))
        return callout

    def _place(self, widget: QWidget) -> None:
        window = widget.window()
        below = widget.mapTo(window, QPoint(0, widget.height() + 6))
        x = max(8, min(below.x(), window.width() - self.width() - 8))
        if below.y() + self.height() > window.height() - 8:
            below.setY(widget.mapTo(window, QPoint(0, 0)).y() - self.height() - 6)
        self.move(x, below.y())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress):
            self.hide()
            self.deleteLater()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        rounded(painter, box, RADIUS_CONTROL, colour(t.danger_soft), colour(t.danger))
