"""A sentence that comes and goes near the foot of the window, with one action (Undo)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.rail import Rail
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current

LASTS_MS = 6000
#: More for each character of a long sentence.
LONG, A_CHARACTER_MS = 80, 50
#: How often it looks whether a control came to stand under it.
LOOK_MS = 250
WIDTH, MARGIN, CLEAR, STEP = 560, 20, 8, 4
#: So far up it makes way for words as well, beyond that only for controls.
NEAR = 180
_FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit)


class Toast(QFrame):
    """One at a time in a window; ``show_in`` replaces the one before it.

    ``acted`` is sent when the action is chosen. It lies where it covers no control, and stays while
    the pointer or the focus is on it. A click, its cross, or Escape that nobody else takes end it.
    """

    acted = Signal()

    def __init__(self, text: str, action: str, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._lasts = LASTS_MS + max(len(text) - LONG, 0) * A_CHARACTER_MS
        self.setObjectName("toast")
        self.setAccessibleName(text)
        self._build(text, action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.deleteLater)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._make_way)
        host.installEventFilter(self)

    def _build(self, text: str, action: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 6, 6)
        row.setSpacing(8)
        self.label = Label(text, Type.BODY, wrap=True)
        self.label.setStyleSheet(f"color: {current().tokens.bg};")
        row.addWidget(self.label, 1)
        self.button = self._press(action)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self._act)
        self.shut = self._press("")
        self.shut.setAccessibleName(QCoreApplication.translate("Toast", "Close"))
        self.shut.setToolTip(self.shut.accessibleName())
        size = current().px(16)
        self.shut.setIcon(icons.icon("x", current().tokens.bg, size))
        self.shut.setIconSize(QSize(size, size))
        self.shut.clicked.connect(self.close_it)
        for button in (self.button, self.shut):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _press(self, caption: str) -> QPushButton:
        theme = current()
        button = QPushButton(caption, self)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFixedHeight(theme.reach(32))
        button.setMinimumWidth(theme.reach(32))
        button.setFont(theme.font(Type.BODY, 600))
        link = "#82B4FF" if not theme.tokens.dark else "#154E95"
        button.setStyleSheet(
            f"QPushButton {{ color: {link}; background: transparent; border: none;"
            f" font-weight: 600; padding: 2px 8px; border-radius: 6px; }}"
            f"QPushButton:focus {{ border: 2px solid {link}; padding: 0 6px; }}"
        )
        button.installEventFilter(self)
        return button

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
            old.close_it()
        toast = cls(text, action, window)
        if on_action is not None:
            toast.acted.connect(on_action)
        toast._fit()
        toast._place()
        toast.show()
        toast.raise_()
        toast._timer.start(toast._lasts)
        toast._looking.start()
        toast._announce(text)
        return toast

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _act(self) -> None:
        self.hide()
        self.acted.emit()
        self.deleteLater()

    def close_it(self) -> None:
        self.hide()
        self.deleteLater()

    # where it lies

    def _fit(self) -> None:
        """As wide as its words, up to a column in which they break."""
        for part in (self, self.label, self.button, self.shut):
            part.ensurePolished()
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        margins = layout.contentsMargins()
        shown = [each for each in (self.button, self.shut) if not each.isHidden()]
        beside = margins.left() + margins.right()
        for each in shown:
            beside += max(each.sizeHint().width(), each.minimumWidth()) + layout.spacing()
        words = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 4
        most = min(current().px(WIDTH), self._host.width() - self._beside() - 2 * MARGIN)
        width = min(words + beside, most)
        self.resize(width, max(layout.heightForWidth(width), layout.minimumSize().height()))

    def _beside(self) -> int:
        """What the rail takes: it is the window's, not the screen's."""
        return sum(each.width() for each in _shown(self._host) if isinstance(each, Rail))

    def _place(self) -> None:
        """As low as it covers no button, no field, and near the foot no words. Where there is no
        such place, fields are covered first; of buttons as little as can be."""
        buttons, fields, words = self._around()
        places = list(self._places())
        near = self._host.height() - self.height() - NEAR
        low = [place for place in places if place.y() >= near]
        for offered, taken in (
            (low, [*buttons, *fields, *words]),
            (places, [*buttons, *fields]),
            (places, buttons),
        ):
            found = next((place for place in offered if self._free(place, taken)), None)
            if found is not None:
                self.move(found)
                return
        self.move(min(places, key=lambda place: self._covered(place, buttons)))

    def _places(self) -> Iterator[QPoint]:
        """From the foot up; at each height in the middle, at the right, at the left."""
        host, size, left = self._host, self.size(), self._beside()
        right = host.width() - size.width() - MARGIN
        lowest = host.height() - size.height() - MARGIN
        middle = left + (host.width() - left - size.width()) // 2
        for y in range(max(lowest, 0), MARGIN, -STEP):
            for x in (middle, right, left + MARGIN):
                yield QPoint(x, y)
        yield QPoint(max(middle, 0), max(lowest, 0))

    def _around(self) -> tuple[list[QRect], list[QRect], list[QRect]]:
        """Where buttons, fields and words stand, in the window."""
        buttons: list[QRect] = []
        fields: list[QRect] = []
        words: list[QRect] = []
        for widget in _shown(self._host):
            if isinstance(widget, QAbstractButton):
                kind = buttons
            elif isinstance(widget, _FIELDS):
                kind = fields
            elif isinstance(widget, QLabel) and widget.text():
                kind = words
            else:
                continue
            if not self.isAncestorOf(widget):
                seen = widget.visibleRegion().boundingRect()
                if not seen.isEmpty():
                    kind.append(seen.translated(widget.mapTo(self._host, QPoint(0, 0))))
        return buttons, fields, words

    def _free(self, place: QPoint, taken: list[QRect]) -> bool:
        room = QRect(place, self.size()).adjusted(-CLEAR, -CLEAR, CLEAR, CLEAR)
        return not any(room.intersects(each) for each in taken)

    def _covered(self, place: QPoint, taken: list[QRect]) -> int:
        room = QRect(place, self.size())
        over = (room.intersected(each) for each in taken)
        return sum(each.width() * each.height() for each in over)

    def _make_way(self) -> None:
        """A foot unfolded, a list was read anew: what it lies on may be another thing now. Not
        while somebody aims at it."""
        if not self._held and not self._free(self.pos(), self._around()[0]):
            self._place()

    # life

    @property
    def _held(self) -> bool:
        return self.underMouse() or self.button.hasFocus() or self.shut.hasFocus()

    def _look_at_time(self) -> None:
        if self._held:
            self._timer.stop()
        else:
            self._timer.start(self._lasts // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self._host:
            if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._look_at_time()
        elif kind == QEvent.Type.Resize:
            self._fit()
            self._place()
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._escape(event)  # what reaches the window nobody took
        return False

    def _escape(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isVisible():
            self.close_it()

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, _event: QEvent) -> None:
        self._look_at_time()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.close_it()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill = colour(current().tokens.text)
        rounded(QPainter(self), QRectF(self.rect()), RADIUS_CONTROL, fill)


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """What is to be seen in ``widget``, its windows left out. Not by ``findChildren``, which makes
    all that it finds belong to ``widget`` in Python: a window would keep the screens it showed."""
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child
            yield from _shown(child)
