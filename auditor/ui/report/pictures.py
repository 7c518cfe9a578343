"""The pictures of a report's pages: asked for as they come into view, given up where they leave it
before they are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from auditor.ui.report.pdf import PageImage, draw_page
from auditor.ui.tasks import ImagePool, Task

#: Bytes of pictures that are kept beside those in view: twenty pages as wide as a window.
MOST = 64 * 2**20


class Pictures(QObject):
    """``drawn(page)``; ``gone()``: the file is not there any more."""

    drawn = Signal(int)
    gone = Signal()

    def __init__(self, pool: ImagePool, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = pool
        self._path: Path | None = None
        self._kept: dict[int, tuple[int, QImage]] = {}
        self._tasks: dict[tuple[int, int], Task] = {}
        self._wanted: frozenset[int] = frozenset()

    def show_file(self, path: Path, pages: int) -> None:
        """Another file: what stood on a page stays until the new one is drawn."""
        self._drop(self._tasks.keys())
        self._path = path
        self._kept = {page: (0, kept[1]) for page, kept in self._kept.items() if page < pages}

    def width(self, page: int) -> int:
        """Of its picture, in pixels; 0 where there is none of this file."""
        return self._kept[page][0] if page in self._kept else 0

    def find(self, page: int) -> QImage | None:
        return self._kept[page][1] if page in self._kept else None

    def want(self, widths: Mapping[int, int]) -> None:
        """The pages in view and how wide each is shown."""
        self._wanted = frozenset(widths)
        self._drop(self._tasks.keys() - widths.items())
        for page, width in widths.items():
            if self.width(page) != width and (page, width) not in self._tasks:
                self._ask(page, width)

    def _drop(self, given_up: Set[tuple[int, int]]) -> None:
        for each in tuple(given_up):
            self._tasks.pop(each).cancel()

    def _ask(self, page: int, width: int) -> None:
        if self._path is not None:
            self._tasks[page, width] = self._pool.run(
                draw_page, self._path, page, width, done=self._take, failed=self._fail
            )

    def _take(self, made: PageImage) -> None:
        """One that was given up never comes."""
        self._tasks.pop((made.page, made.width), None)
        self._kept.pop(made.page, None)
        self._kept[made.page] = (made.width, made.image)
        self._trim()
        self.drawn.emit(made.page)

    def _trim(self) -> None:
        """The oldest go; what is in view stays however large it is."""
        total = sum(image.sizeInBytes() for _, image in self._kept.values())
        for page in [page for page in self._kept if page not in self._wanted]:
            if total <= MOST:
                break
            total -= self._kept.pop(page)[1].sizeInBytes()

    def _fail(self, _error: Exception) -> None:
        self._drop(self._tasks.keys())
        self.gone.emit()
