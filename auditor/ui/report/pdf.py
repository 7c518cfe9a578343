"""Pages of a PDF as pictures, by PDFium. Never on the GUI thread; PDFium takes one at a time."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from auditor.domain.errors import NotFoundError

#: The second is held by who waits for the first: whoever held that cannot take it again at once.
_ONE, _NEXT = threading.Lock(), threading.Lock()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the PDF's outline: ``page`` from 0, ``level`` 0 at the top."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class Opened:
    """``sizes`` are width and height of each page in points."""

    path: Path
    sizes: tuple[tuple[float, float], ...]
    outline: tuple[Entry, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report that has something to show: pages from 1."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PageImage:
    path: Path
    page: int
    width: int
    image: QImage


@contextmanager
def _alone() -> Iterator[None]:
    with _NEXT:
        _ONE.acquire()
    try:
        yield
    finally:
        _ONE.release()


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The document, to oneself. Raises NotFoundError where it is not there any more."""
    with _alone():
        document = _open(path)
        try:
            yield document
        finally:
            document.close()


def each_page(path: Path) -> Generator[tuple[int, Any], None, None]:
    """Its pages from 0, one after the other; who waits for PDFium has its turn between two. To be
    closed. Raises NotFoundError where it is not there any more."""
    with _alone():
        document = _open(path)
        pages = len(document)
    try:
        for index in range(pages):
            with _alone():
                sheet = document[index]
                try:
                    yield index, sheet
                finally:
                    sheet.close()
    finally:
        with _alone():
            document.close()


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(path)
    except FileNotFoundError as error:
        raise NotFoundError("report_gone", "The file of the report is gone.") from error


def open_pdf(path: Path) -> Opened:
    with opened(path) as document:
        sizes = tuple(document.get_page_size(index) for index in range(len(document)))
        outline = tuple(_outline(document))
    return Opened(path, sizes, outline, path.stat().st_size)


def _outline(document: Any) -> Iterator[Entry]:
    for bookmark in document.get_toc(max_depth=3):
        target = bookmark.get_dest()
        page = target.get_index() if target is not None else None
        if page is not None:
            yield Entry(bookmark.get_title(), page, bookmark.level)


def draw_page(path: Path, page: int, width: int) -> PageImage:
    """The page ``width`` device pixels wide."""
    with opened(path) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True)
        data = bytes(bitmap.buffer)
        size = bitmap.width, bitmap.height, bitmap.stride
        channels = bitmap.n_channels
        bitmap.close()
        sheet.close()
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_RGBX8888
    image = QImage(data, *size, kind).copy()
    return PageImage(path, page, width, image)


def page_text(path: Path, page: int) -> str:
    """What is written on a page, in reading order, a line of it a line."""
    with opened(path) as document:
        sheet = document[page]
        text = sheet.get_textpage()
        told = text.get_text_range()
        text.close()
        sheet.close()
    return "\n".join(line.rstrip() for line in told.splitlines()).strip()
