"""The sign of the app in the title bar, the task bar and the switcher: the mark of the rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from auditor.ui import icons
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import LIGHT, colour

#: Pixels: from the title bar to the switcher of a dense screen.
SIZES = (16, 24, 32, 48, 64, 256)


def sign() -> QIcon:
    """In the colours of the light look in every look: it lies on the system's own ground."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_drawn(size))
    return icon


def _drawn(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    rounded(painter, QRectF(0, 0, size, size), size / 4, fill=colour(LIGHT.accent))
    inner = round(size * (0.85 if size < 32 else 0.7))  # else its lines run together
    edge = (size - inner) // 2
    icons.paint(painter, "hat-glasses", LIGHT.on_accent, QRectF(edge, edge, inner, inner))
    painter.end()
    return pixmap
