"""A client's logo: a JPEG goes into the PDF as it is, a PNG with its transparency.

A PNG is decoded and packed once per process, whatever the number of reports. The pixels decide
the bytes; the file's own metadata never gets into the PDF.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from reports.jpeg import PrintJpeg, read_jpeg
from reports.pen import Pen

#: A larger one is scaled down: 600 dots per inch on a cover.
MOST = 1600
#: More than this is no logo.
MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class PrintPng:
    """Packed rows of colours, and of the transparency where there is any."""

    sha256: str
    size: tuple[int, int]
    colours: bytes
    alpha: bytes | None


def read_logo(sha256: str, path: Path | None) -> PrintJpeg | PrintPng | None:
    """None when there is no such file, or it is neither JPEG nor PNG."""
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if data.startswith(b"\x89PNG\r\n"):
        return _png(sha256, data)
    return read_jpeg(sha256, path)


@lru_cache(maxsize=4)
def _png(sha256: str, data: bytes) -> PrintPng | None:
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            whole = image.convert("RGBA")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, zlib.error):
        return None
    whole.thumbnail((MOST, MOST), Image.Resampling.LANCZOS)
    alpha = whole.getchannel("A")
    clear = alpha.tobytes().strip(b"\xff") != b""
    return PrintPng(
        sha256,
        whole.size,
        zlib.compress(whole.convert("RGB").tobytes(), 9),
        zlib.compress(alpha.tobytes(), 9) if clear else None,
    )


def draw_logo(
    pen: Pen, logo: PrintJpeg | PrintPng, x: float, y: float, wide: float, high: float
) -> None:
    """Fills the box, whose upper left corner is at ``x``, ``y``: the caller keeps the shape."""
    if isinstance(logo, PrintJpeg):
        pen.photo(logo, x, y, wide, high)
        return
    key = f"png {logo.sha256}"
    about = "/ColorSpace/DeviceRGB/Filter/FlateDecode"
    pdf = pen.pdf
    name = pdf.picture(key)
    name = name or pdf.add_picture(key, logo.size, about, logo.colours, logo.alpha)
    pen.picture(name, x, y, wide, high)
