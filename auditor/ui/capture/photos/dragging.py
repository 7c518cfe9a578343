"""Photos dragged from place to place, and files dropped from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from auditor.ui.capture.photos.attaching import takes
from auditor.ui.kit.chip import Chip
from auditor.ui.theme import Tone, current

MIME = "application/x-mystery-auditor-photo"
#: A drag this close to the edge of a page scrolls it, by so much at each move; px.
EDGE, STEP = 48, 24
#: How large a photo is under the pointer; px at 100 %.
CARRIED = QSize(96, 72)


@dataclass(frozen=True, slots=True)
class Dragged:
    """A photo of a visit on its way. ``source`` is the item that it comes from, "" the tray."""

    visit: int
    sha256: str
    source: str


def pack(dragged: Dragged) -> QMimeData:
    told = {"visit": dragged.visit, "sha256": dragged.sha256, "source": dragged.source}
    data = QMimeData()
    data.setData(MIME, QByteArray(json.dumps(told).encode()))
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """None when it is no photo of the app's own."""
    if not data.hasFormat(MIME):
        return None
    try:
        told = json.loads(bytes(data.data(MIME).data()))
        return Dragged(int(told["visit"]), str(told["sha256"]), str(told["source"]))
    except (ValueError, KeyError, TypeError):
        return None


def carry(widget: QWidget, dragged: Dragged, picture: QPixmap | None) -> None:
    """Drag until the button is let go."""
    drag = QDrag(widget)
    drag.setMimeData(pack(dragged))
    if picture is not None:
        theme = current()
        size = QSize(theme.px(CARRIED.width()), theme.px(CARRIED.height()))
        drag.setPixmap(_faded(picture, size))
        drag.setHotSpot(QPoint(12, 12))
    drag.exec(Qt.DropAction.MoveAction)


def _faded(picture: QPixmap, size: QSize) -> QPixmap:
    small = picture.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    shown = QPixmap(small.size())
    shown.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shown)
    painter.setOpacity(0.85)
    painter.drawPixmap(0, 0, small)
    painter.end()
    return shown


class DropTarget(QWidget):
    """Takes photos and files that are dropped on it, or says why it does not. Who inherits it
    implements ``why_not`` and ``take_drop``; ``hot`` while something is held over it."""

    hot = False
    _reason: Chip | None = None

    def why_not(self, data: QMimeData, at: QPoint) -> str:
        """Why it does not take what is held at ``at``; "" when it does."""
        raise NotImplementedError

    def take_drop(self, data: QMimeData, at: QPoint) -> bool:
        raise NotImplementedError

    def show_drop(self, data: QMimeData | None, at: QPoint) -> None:
        """Show where it would go; None when it is held here no longer."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if takes(event.mimeData()) or unpack(event.mimeData()) is not None:
            event.acceptProposedAction()  # else no move and no leave would come
            self._consider(event.mimeData(), event.position())
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _scroll_near_edge(self, event.position().toPoint())
        if self._consider(event.mimeData(), event.position()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._end()

    def dropEvent(self, event: QDropEvent) -> None:
        at = event.position().toPoint()
        self._end()
        if not self.why_not(event.mimeData(), at) and self.take_drop(event.mimeData(), at):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _consider(self, data: QMimeData, position: QPointF) -> bool:
        at = position.toPoint()
        reason = self.why_not(data, at)
        self._say(reason)
        self._set_hot(not reason)
        self.show_drop(None if reason else data, at)
        return not reason

    def _end(self) -> None:
        self._say("")
        self._set_hot(False)
        self.show_drop(None, QPoint())

    def _set_hot(self, hot: bool) -> None:
        if hot != self.hot:
            self.hot = hot
            self.update()

    def _say(self, reason: str) -> None:
        """The reason stands at the top right of what would be dropped on."""
        if not reason:
            if self._reason is not None:
                self._reason.hide()
            return
        if self._reason is None:
            self._reason = Chip("", Tone.NEUTRAL, parent=self)
        self._reason.set(reason, Tone.NEUTRAL, "info")
        self._reason.adjustSize()
        self._reason.move(max(self.width() - self._reason.width() - 12, 4), 8)
        self._reason.show()
        self._reason.raise_()

    @property
    def reason(self) -> str:
        """Why what is held over it is not taken; "" when nothing is refused."""
        shown = self._reason is not None and self._reason.isVisibleTo(self)
        return self._reason.text() if self._reason is not None and shown else ""


def _scroll_near_edge(widget: QWidget, at: QPoint) -> None:
    page = widget.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if page is None:
        return
    y = widget.mapTo(page.viewport(), at).y()
    bar = page.verticalScrollBar()
    if y < EDGE:
        bar.setValue(bar.value() - STEP)
    elif y > page.viewport().height() - EDGE:
        bar.setValue(bar.value() + STEP)
