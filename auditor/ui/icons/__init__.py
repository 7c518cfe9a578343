"""Lucide icons (ISC, see ``LICENSE``), recoloured and sharp at any device pixel ratio."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, value: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", value).encode()))


@lru_cache(maxsize=1024)
def _pixmap(name: str, value: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, value).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, tint: QColor | str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as ``size`` logical pixels on a screen of that ratio. Unknown names raise."""
    return _pixmap(name, QColor(tint).name(), size, ratio)


def icon(name: str, tint: QColor | str, size: int, ratio: float = 2.0) -> QIcon:
    """For item models and Qt's own widgets; painted widgets use ``paint``."""
    return QIcon(pixmap(name, tint, size, ratio))


def paint(painter: QPainter, name: str, tint: QColor | str, rect: QRectF) -> None:
    """Draw the icon into ``rect``, aligned to whole pixels of the device."""
    ratio = painter.device().devicePixelRatioF()
    drawn = pixmap(name, tint, round(rect.width()), ratio)
    painter.drawPixmap(rect.toRect().topLeft(), drawn)
