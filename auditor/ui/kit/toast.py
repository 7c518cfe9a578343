"""A sentence that comes and goes at the foot of the window, with one action (Undo)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

LASTS_MS = 6000


class Toast(QFrame):
    """One at a time in a window; ``show_in`` replaces the one before it.

    ``acted`` is sent when the action is chosen. It stays while the pointer is on it.
    """

    acted = Signal()

    def __init__(self, text: str, action: str, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.setObjectName("toast")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16 if not action else 10, 10)
        row.setSpacing(16)
        t = current().tokens
        self.label = Label(text, Type.BODY)
        self.label.setStyleSheet(f"color: {t.bg};")
        row.addWidget(self.label)
        self.button = QPushButton(action, self)
        self.button.setVisible(bool(action))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        link = "#82B4FF" if not t.dark else "#154E95"
        self.button.setStyleSheet(
            f"QPushButton {{ color: {link}; background: transparent; border: none;"
            f" font-weight: 600; padding: 2px 8px; border-radius: 6px; }}"
            f"QPushButton:focus {{ border: 2px solid {link}; padding: 0 6px; }}"
        )
        self.button.clicked.connect(self._act)
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.deleteLater)
        host.installEventFilter(self)

    @classmethod
    def show_in(
        cls,
        host: QWidget,
        text: str,
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> Toast:
        """``on_action`` should be a bound method of a live object."""
        window = host.window()
        for old in window.findChildren(Toast):
            old.hide()
            old.deleteLater()
        toast = cls(text, action, window)
        if on_action is not None:
            toast.acted.connect(on_action)
        toast.adjustSize()
        toast._place()
        toast.show()
        toast.raise_()
        toast._timer.start(LASTS_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(toast, QAccessible.Event.Alert))
        return toast

    def _act(self) -> None:
        self.hide()
        self.acted.emit()
        self.deleteLater()

    def _place(self) -> None:
        host = self._host
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host:
            self._place()
        return False

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, _event: QEvent) -> None:
        self._timer.start(LASTS_MS // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = colour(current().tokens.text)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, fill)
