"""Photos for tests: small JPEGs that differ, put where a test wants them, and dragged by hand."""

from __future__ import annotations

import io
from datetime import datetime

from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.ui.capture.photos.attaching import Place
from auditor.ui.capture.photos.dragging import Dragged, DropTarget, pack
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.capture.photos.tiles import PhotoTile
from auditor.ui.capture.photos.tray import Tray
from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.hands import card

PHOTOS = "photos.yaml"
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction


def jpeg(number: int, taken: datetime | None = None, size: tuple[int, int] = (160, 120)) -> bytes:
    """The left half is red, the rest a grey of its own."""
    image = Image.new("RGB", size, (number, number, number))
    image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def place(screen: CaptureScreen, item: str | None) -> Place:
    return None if item is None else screen.draft.compiled.item(item)


def held(screen: CaptureScreen, item: str | None) -> tuple[str, ...]:
    """The hashes of the files that are there."""
    return screen.session.attaching.held(place(screen, item))


def attach(
    screen: CaptureScreen, qtbot: QtBot, item: str | None, *contents: bytes, kind: str = "photo"
) -> tuple[str, ...]:
    """Their hashes, in order."""
    before = held(screen, item)
    for number, content in enumerate(contents):
        name = f"ảnh {number}.jpg"
        screen.session.attaching.add(place(screen, item), content, name, kind)
    rest(screen, qtbot)
    return held(screen, item)[len(before) :]


def rest(screen: CaptureScreen, qtbot: QtBot) -> None:
    """Until every file arrived or was refused, and everything is on disk."""
    qtbot.waitUntil(lambda: not screen.session.attaching.busy, timeout=20_000)
    assert screen.session.saver.wait()


def tray(screen: CaptureScreen) -> Tray:
    assert screen.frame is not None
    return screen.frame.photos.dock.tray


def tiles(screen: CaptureScreen, question: str) -> list[PhotoTile]:
    """In the order in which they stand."""
    there = card(screen, question)
    found = [tile for tile in there.findChildren(PhotoTile) if not tile.isHidden()]
    return sorted(found, key=lambda tile: tile.mapTo(there, QPoint(0, 0)).toTuple()[::-1])


def strip(screen: CaptureScreen, question: str) -> EvidenceStrip:
    return card(screen, question).findChildren(EvidenceStrip)[0]


def carried(screen: CaptureScreen, sha256: str, source: str | None) -> QMimeData:
    return pack(Dragged(screen.draft.record.id, sha256, source or ""))


def hold_over(target: QWidget, data: QMimeData, at: QPoint | None = None) -> bool:
    """Drag ``data`` over ``target``; whether it would be taken there."""
    at = at or target.rect().center()
    QApplication.sendEvent(target, QDragEnterEvent(at, MOVE, data, LEFT, PLAIN))
    move = QDragMoveEvent(at, MOVE, data, LEFT, PLAIN)
    QApplication.sendEvent(target, move)
    return move.isAccepted()


def let_go(target: QWidget, data: QMimeData, at: QPoint | None = None) -> bool:
    """Hold it there and let the button go; whether it was taken."""
    at = at or target.rect().center()
    hold_over(target, data, at)
    event = QDropEvent(QPointF(at), MOVE, data, LEFT, PLAIN, QEvent.Type.Drop)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def go_away(target: DropTarget) -> None:
    QApplication.sendEvent(target, QDragLeaveEvent())
