"""JPEGs on their way into a PDF."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo


class PrintJpeg(ImageReader):  # type: ignore[misc]  # ReportLab has no types
    """A JPEG that goes into the PDF as it is, known by its hash: the picture is never decoded.

    ``drawImage`` names a picture by its file name or its pixels; neither may decide the bytes of
    a report, so the hash stands in for the pixels.
    """

    def __init__(self, sha256: str, data: bytes, size: tuple[int, int]) -> None:
        self._sha256 = sha256
        self._data = data
        self._dataA = None
        self.size = size

    def getRGBData(self) -> bytes:  # noqa: N802
        return self._sha256.encode()

    def getSize(self) -> tuple[int, int]:  # noqa: N802
        return self.size

    def jpeg_fh(self) -> BytesIO:
        return BytesIO(self._data)


def read_jpeg(sha256: str, path: Path | None) -> PrintJpeg | None:
    """None when there is no such file, or it is no JPEG."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    try:
        wide, high, *_ = readJPEGInfo(BytesIO(data))
    except (PDFError, struct.error, ValueError, IndexError):
        return None
    return PrintJpeg(sha256, data, (wide, high))
