"""Thumbnails of a visit's photos: read in the image pool, kept while the visit is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from auditor.domain.records import EvidenceRecord

if TYPE_CHECKING:
    from auditor.ui.context import AppContext

#: A thumbnail is about 300 kB in memory.
KEPT = 200


class Thumbs(QObject):
    """``arrived(sha256)`` when a picture can be shown."""

    arrived = Signal(str)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._kept: dict[str, QPixmap] = {}
        self._asked: set[str] = set()

    def get(self, record: EvidenceRecord) -> QPixmap | None:
        """The picture, or None while it is being read (``arrived`` follows) or has none."""
        path = record.thumb_path
        found = None if path is None else self._kept.get(path)
        if found is None and path is not None and path not in self._asked:
            self._asked.add(path)
            self._context.images.run(_read, record.sha256, path, done=self._take)
        return found

    def _take(self, read: tuple[str, str, QImage]) -> None:
        sha256, path, image = read
        self.keep(path, image)
        self.arrived.emit(sha256)

    def keep(self, path: str, image: QImage) -> None:
        """``image`` was read already: it can be shown as soon as its record is there."""
        if image.isNull():
            return
        while len(self._kept) >= KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._asked.discard(oldest)
        self._kept[path] = QPixmap.fromImage(image)
        self._asked.add(path)


def _read(sha256: str, path: str) -> tuple[str, str, QImage]:
    """In the pool. The thumbnail is upright and free of metadata."""
    return sha256, path, QImageReader(path).read()
