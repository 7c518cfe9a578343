"""A checked SVG as a picture, drawn by Qt in a process of its own: what is too large or too slow to
draw ends with that process, and the window goes on."""

from __future__ import annotations

import multiprocessing
import sys
from contextlib import closing
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from auditor.domain.errors import RefusedError

if TYPE_CHECKING:
    from auditor.services.logos import Drawing

#: A logo takes milliseconds; the rest is the start of the process.
SECONDS = 15.0
#: Of addresses, most of which Qt's libraries take.
MEMORY = 3 * 1024**3
_context = multiprocessing.get_context("spawn")


def rasterise(drawing: Drawing, seconds: float = SECONDS) -> bytes:
    """A PNG with transparency. Never on the window's thread. Raises RefusedError
    ``logo_unreadable``."""
    ours, theirs = _context.Pipe(duplex=False)
    process = _context.Process(
        target=_draw, args=(theirs, drawing.content, drawing.width, drawing.height), daemon=True
    )
    with closing(ours):
        try:
            with closing(theirs):
                process.start()
            picture = ours.recv_bytes() if ours.poll(seconds) else b""
        except (EOFError, OSError):
            picture = b""
        finally:
            if process.pid is not None:
                process.kill()
                process.join()
    if not picture:
        raise RefusedError(
            "logo_unreadable",
            "{name} cannot be read: it is damaged or too complicated. Save the logo anew as PNG or "
            "plain SVG.",
            name=drawing.name,
        )
    return picture


def _draw(pipe: Connection, content: bytes, width: int, height: int) -> None:
    """In the other process."""
    _limit()
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(content))
    if not renderer.isValid():
        return
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    pipe.send_bytes(bytes(buffer.data().data()))


def _limit() -> None:
    """Where the system knows such limits; elsewhere the clock alone ends it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
        if sys.platform.startswith("linux"):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
