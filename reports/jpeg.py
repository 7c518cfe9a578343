"""JPEGs on their way into a PDF."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo

#: By the number of its channels; four are inverted, as cameras and Photoshop write them.
_COLOURS = {1: "/ColorSpace/DeviceGray", 3: "/ColorSpace/DeviceRGB"}
_INVERTED = "/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]"


@dataclass(frozen=True, slots=True)
class PrintJpeg:
    """A JPEG that goes into the PDF as it is, known by its hash: the picture is never decoded."""

    sha256: str
    data: bytes
    size: tuple[int, int]
    channels: int

    @property
    def about(self) -> str:
        """Its colours and filter in a PDF."""
        return f"{_COLOURS.get(self.channels, _INVERTED)}/Filter/DCTDecode"


def read_jpeg(sha256: str, path: Path | None) -> PrintJpeg | None:
    """None when there is no such file, or it is no JPEG."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    try:
        wide, high, channels, *_ = readJPEGInfo(BytesIO(data))
    except (PDFError, struct.error, ValueError, IndexError):
        return None
    return PrintJpeg(sha256, data, (wide, high), channels)
