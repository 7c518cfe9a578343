"""Where the tray stands: under the sections, or behind a button where these are folded."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui import icons
from auditor.ui.capture.cards.answers import CENTRE
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import TRAY, Note
from auditor.ui.capture.photos.tray import Tray
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CARD, RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

#: Beside the folded sections: three photos across.
POPOVER = 272
_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.DragLeave, QEvent.Type.Drop)


class TrayDock(QWidget):
    """What stands in the side. The whole ``side`` takes what is dropped on it; ``host`` is what
    the folded tray opens over."""

    def __init__(self, desk: Desk, side: QWidget, host: QWidget, *, folded: bool) -> None:
        super().__init__(side)
        self.desk = desk
        self.tray = Tray(desk)
        self.button: TrayButton | None = None
        self.popover: Popover | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line())
        if folded:
            self.button = TrayButton(desk.words)
            self.button.clicked.connect(self.toggle)
            self.popover = Popover(desk.words, self.tray, host)
            self.popover.closed.clicked.connect(self.fold)
            row = QHBoxLayout()
            row.setContentsMargins(0, 6, 0, 0)
            row.addWidget(self.button)
            column.addLayout(row)
            self.popover.installEventFilter(self)
            host.installEventFilter(self)
        else:
            column.addWidget(self.tray)
        self.side = side
        if desk.draft.writable:
            side.setAcceptDrops(True)
            side.installEventFilter(self)
        desk.draft.noted.connect(self._noted)
        desk.attaching.changed.connect(self._count)
        self._count("")

    def _noted(self, note: Note) -> None:
        if note == TRAY:
            self._count("")

    def _count(self, place: str) -> None:
        photos = len(self.desk.draft.tray)
        if self.button is not None and not place:
            self.button.show_count(photos)
            self._place()
        self.setVisible(self.desk.draft.writable or photos > 0)

    # the folded tray

    @property
    def open(self) -> bool:
        return self.popover is None or self.popover.isVisible()

    def toggle(self) -> None:
        if self.open:
            self.fold()
        else:
            self.unfold()

    def unfold(self) -> None:
        if self.popover is not None and self.button is not None:
            self.popover.place(self.side, self.button)
            self.popover.show()
            self.popover.raise_()
            self.button.set_on(True)
            self.tray.focus_first()

    def fold(self) -> None:
        """Behind its button, where it has one."""
        if self.popover is not None and self.button is not None and self.popover.isVisible():
            inside = self.popover.isAncestorOf(self.window().focusWidget() or self)
            self.popover.hide()
            self.button.set_on(False)
            if inside:
                self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_tray(self) -> None:
        """Keys act on the photos, wherever they are."""
        if self.popover is not None and not self.popover.isVisible():
            self.unfold()
        else:
            self.tray.focus_first()

    # what is dropped beside it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.side and event.type() in _DRAGS:
            return self._drag(event)
        if watched is self.popover and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                self.fold()
                return True
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        if self.popover is not None and self.button is not None and self.popover.isVisible():
            self.popover.place(self.side, self.button)

    def _drag(self, event: QEvent) -> bool:
        """As over the tray itself; folded, the button shows it."""
        tray = self.tray
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            tray.dropEvent(event)
        elif isinstance(event, QDragEnterEvent):
            tray.dragEnterEvent(event)
        elif isinstance(event, QDragMoveEvent):
            tray.dragMoveEvent(event)
        elif isinstance(event, QDragLeaveEvent):
            tray.dragLeaveEvent(event)
        if self.button is not None:
            self.button.set_hot(tray.hot)
        return True


class TrayButton(QAbstractButton):
    """The photos as an icon, with their count on a disc."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._count = 0
        self._on = self._hot = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._count = count
        said = self.words.plural("{count} unassigned photo", "{count} unassigned photos", count)
        name = said if count else self.words("Unassigned photos")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def set_on(self, on: bool) -> None:
        """The tray is open beside it."""
        self._on = on
        self.update()

    def set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(44, current().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self._hot:
            rounded(painter, box, RADIUS_CONTROL, colour(t.accent_soft), colour(t.accent), 2)
        elif self._on or self.underMouse():
            fill = t.accent_soft if self._on else t.surface2
            rounded(painter, box, RADIUS_CONTROL, colour(fill))
        if self.hasFocus():
            rounded(painter, box, RADIUS_CONTROL, None, colour(t.accent), 2)
        size = theme.px(20)
        place = QRectF((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        icons.paint(painter, "images", colour(t.accent if self._on else t.text2), place)
        if self._count:
            self._paint_count(painter, place)

    def _paint_count(self, painter: QPainter, icon: QRectF) -> None:
        theme = current()
        font = theme.font(Type.CHIP)
        height = theme.px(18)
        width = max(QFontMetrics(font).horizontalAdvance(str(self._count)) + 9, height)
        x = min(icon.right() - 5, self.width() - width)
        disc = QRectF(x, max(icon.top() - 9, 0), width, height)
        surface, accent = colour(theme.tokens.surface), colour(theme.tokens.accent)
        rounded(painter, disc.adjusted(-1.5, -1.5, 1.5, 1.5), height / 2 + 1.5, surface)
        rounded(painter, disc, height / 2, accent)
        painter.setFont(font)
        painter.setPen(colour(theme.tokens.on_accent))
        painter.drawText(disc, CENTRE, str(self._count))


class Popover(QFrame):
    """The tray beside the folded sections. It stays while photos are dragged out of it."""

    def __init__(self, words: Words, tray: Tray, host: QWidget) -> None:
        super().__init__(host)
        self.tray = tray
        self.setAccessibleName(words("Unassigned photos"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.addWidget(tray)
        self.closed = Button("", Kind.TEXT, icon="x", name=words("Close"), height=28)
        self.closed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tray.add_to_head(self.closed)
        self.hide()

    def place(self, side: QWidget, button: QWidget) -> None:
        """At the right of the side, its foot level with the button's."""
        host = self.parentWidget()
        assert host is not None
        width = current().px(POPOVER)
        self.setFixedWidth(width)
        self.tray.fit(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        high = layout.totalHeightForWidth(width)
        height = min(high if high > 0 else self.sizeHint().height(), host.height() - 24)
        foot = button.mapTo(host, button.rect().bottomLeft()).y() + 1
        self.setGeometry(side.width() + 6, max(foot - height, 12), self.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        box = QRectF(self.rect())
        rounded(QPainter(self), box, RADIUS_CARD, colour(t.surface), colour(t.border_strong))
