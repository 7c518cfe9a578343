"""Reading evidence: what a file is, and the pictures that are made of a photo.

Pure: bytes in, bytes out; any thread may call it. The GUI thread never does.
"""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import unicodedata
import warnings
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

from PIL import ExifTags, Image, ImageCms, ImageOps

from auditor.domain.errors import NotFoundError, RefusedError

PRINT_SIDE, PRINT_QUALITY = 1600, 82
THUMB_SIDE, THUMB_QUALITY = 320, 80
#: Rows of a strip in which a picture is made smaller.
STRIP = 64
#: A JPEG is decoded this much larger than its print, at least: then made smaller with care.
DRAFT = 1.2
MAX_PIXELS = 50_000_000
#: Pixels of a side: Pillow keeps a pointer for each row.
MAX_SIDE = 100_000
#: The decoder of WebP holds the picture four times: 250 MB.
MAX_WEBP_PIXELS = 16_000_000
MAX_BYTES = 100 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "TIFF", "BMP", "GIF")
MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it, as phones write
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "GIF": "image/gif",
}
#: What Pillow and its decoders raise on broken bytes.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, OverflowError,
    RuntimeError, struct.error, zlib.error, MemoryError, ZeroDivisionError, AssertionError,
)  # fmt: skip
PICTURES = ("photo", "signature")
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be attached. ``width``, ``height`` are in pixels, orientation applied;
    ``pictures`` are the print-size JPEG and the thumbnail of a photo or signature. ``kept``: its
    files are on disk, and it holds their bytes no more."""

    sha256: str
    kind: str
    name: str
    media_type: str
    content: bytes
    size: int
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    pictures: tuple[bytes, bytes] | None = None
    kept: bool = False

    @property
    def pictured(self) -> bool:
        return self.kind in PICTURES

    def light(self) -> Prepared:
        """The same once its files are on disk: forty of these may wait, not forty photos."""
        return replace(self, content=b"", pictures=None, kept=True)


def prepare(source: Path | bytes, name: str = "", kind: str = "photo") -> Prepared:
    """Read and decode ``source``. Raises RefusedError or NotFoundError with what to do."""
    name = clean_name(name or (source.name if isinstance(source, Path) else ""), kind)
    content = source if isinstance(source, bytes) else read_file(source, name)
    if not content:
        raise RefusedError("empty_file", "{name} is empty. Choose another file.", name=name)
    if len(content) > MAX_BYTES:
        raise _too_big(name)
    sha256 = hashlib.sha256(content).hexdigest()
    if kind in PICTURES:
        return _prepare_picture(sha256, kind, name, content)
    media_type = sniff(content)
    if kind == "audio" and not media_type.startswith(("audio/", "video/")):
        raise RefusedError(
            "not_audio",
            "{name} is no sound recording that can be read. Choose an MP3, M4A, WAV, OGG or FLAC "
            "file.",
            name=name,
        )
    return Prepared(sha256, kind, name, media_type, content, len(content))


def read_file(path: Path, name: str) -> bytes:
    """Its bytes, never more than ``MAX_BYTES``, whatever it says of its size. Raises RefusedError
    or NotFoundError."""
    try:
        known = path.stat()
        _require_file(known.st_mode, name)
        if known.st_size > MAX_BYTES:
            raise _too_big(name)
        with path.open("rb") as file:
            content = file.read(known.st_size + 1)
            if len(content) > known.st_size:
                content += file.read(MAX_BYTES + 1 - len(content))
            return content
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise NotFoundError(
            "file", "{path} cannot be read. Check that it is still there.", path=path
        ) from error


def _require_file(mode: int, name: str) -> None:
    if stat.S_ISDIR(mode):
        raise RefusedError(
            "folder", "{name} is a folder. Open it and choose the files in it.", name=name
        )
    if not stat.S_ISREG(mode):  # a pipe or a device never ends
        raise RefusedError("no_file", "{name} is no file. Choose another one.", name=name)


def _too_big(name: str) -> RefusedError:
    return RefusedError(
        "file_too_big",
        "{name} is larger than {limit} MB. Choose a smaller file.",
        name=name,
        limit=MAX_BYTES // (1024 * 1024),
    )


def clean_name(name: str, kind: str) -> str:
    """The last part of ``name`` without control characters, cut to a sane length."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    spelt = unicodedata.normalize("NFC", last)  # macOS gives names in pieces (NFD)
    shown = "".join(char for char in spelt if char.isprintable()).strip()
    return shown[-NAME_LENGTH:] or kind


def _prepare_picture(sha256: str, kind: str, name: str, content: bytes) -> Prepared:
    try:
        with _open(content) as image:
            media_type = MEDIA_TYPES[image.format or ""]
            _require_sane_sides(image, name)
            most = MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS
            if image.width * image.height > most:
                raise _too_many_pixels(name, most)
            taken = taken_at(image)
            size = _upright_size(image)
            pictures = _pictures(image)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name, MAX_PIXELS) from error
    except BROKEN as error:
        raise _unreadable(name) from error
    length = len(content)
    return Prepared(sha256, kind, name, media_type, content, length, *size, taken, pictures)


def turned(original: Path, name: str, turn: int) -> tuple[bytes, bytes]:
    """The print-size JPEG and the thumbnail of a photo that was attached, turned clockwise by
    ``turn`` degrees. Raises RefusedError or NotFoundError."""
    try:
        with _open(read_file(original, name)) as image:
            return _pictures(image, turn)
    except BROKEN as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> RefusedError:
    return RefusedError(
        "photo_unreadable",
        "{name} cannot be read as a picture: it is damaged or of an unknown kind. Choose "
        "another one, or save it as JPEG first.",
        name=name,
    )


def _require_sane_sides(image: Image.Image, name: str) -> None:
    if max(image.size) > MAX_SIDE:
        raise RefusedError(
            "side_too_long",
            "{name} has a side of more than {limit} pixels. Cut it, then attach it again.",
            name=name,
            limit=f"{MAX_SIDE:,}",
        )


def _too_many_pixels(name: str, most: int) -> RefusedError:
    return RefusedError(
        "too_many_pixels",
        "{name} has more than {limit} million pixels. Make it smaller, then attach it again.",
        name=name,
        limit=most // 1_000_000,
    )


def _open(content: bytes) -> Image.Image:
    _register_heif()
    # Broken EXIF is common and harmless; a filter that stays is safe on any thread.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    return Image.open(io.BytesIO(content), formats=FORMATS)


@cache
def _register_heif() -> None:
    from pi_heif import register_heif_opener

    register_heif_opener(thumbnails=False)


def _upright_size(image: Image.Image) -> tuple[int, int]:
    turned = image.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return (image.height, image.width) if turned else (image.width, image.height)


def taken_at(image: Image.Image) -> datetime | None:
    """The camera's local time, None where the picture does not tell it."""
    exif = image.getexif()
    told = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    told = told or exif.get(ExifTags.Base.DateTime)
    if not isinstance(told, str):
        return None
    try:
        return datetime.strptime(told.strip("\x00 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None


def _pictures(image: Image.Image, turn: int = 0) -> tuple[bytes, bytes]:
    """The print-size JPEG and the thumbnail: upright, sRGB, without any metadata."""
    profile = image.info.get("icc_profile")
    deep, floats = image.mode in ("I", "F") or image.mode.startswith("I;16"), image.mode == "F"
    _decode_small(image)
    image.load()  # some tell of their palette and what is clear only now
    if deep or image.has_transparency_data:
        image = _coarse(image, "F" if deep else "RGBA")
    if not deep:
        image.thumbnail((PRINT_SIDE, PRINT_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(image)
    plain = _srgb(_eight_bit(upright, floats) if deep else upright, profile)
    if deep:
        plain.thumbnail((PRINT_SIDE, PRINT_SIDE), Image.Resampling.LANCZOS)
    if turn:
        plain = plain.rotate(-turn, expand=True)  # Pillow turns the other way round
    large = _jpeg(plain, PRINT_QUALITY)
    plain.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return large, _jpeg(plain, THUMB_QUALITY)


def _decode_small(image: Image.Image) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth where that is large enough: a quarter
    of the memory, which Pillow clears while every other thread waits. ``thumbnail`` asks for a
    square, so a photo that is no square would be decoded whole."""
    scale = PRINT_SIDE * DRAFT / max(image.size)
    if scale < 1:
        wanted = int(image.width * scale), int(image.height * scale)
        image.draft(None, (max(wanted[0], 1), max(wanted[1], 1)))


def _coarse(image: Image.Image, mode: str) -> Image.Image:
    """``image`` in ``mode``, made smaller by a whole number strip by strip: in one piece the copy
    of a big one in another mode would take 200 MB."""
    by = max(1, max(image.size) // (2 * PRINT_SIDE))
    width, height = image.size
    found = Image.new(mode, (-(-width // by), -(-height // by)))
    for top in range(0, found.height, STRIP):
        box = (0, top * by, width, min((top + STRIP) * by, height))
        found.paste(image.crop(box).convert(mode).reduce(by), (0, top))
    orientation = image.getexif().get(ExifTags.Base.Orientation)
    if orientation is not None:
        found.getexif()[ExifTags.Base.Orientation] = orientation
    image.close()  # 200 MB that nobody needs any more
    return found


def _eight_bit(grey: Image.Image, floats: bool) -> Image.Image:
    """16-bit or float grey as 8 bits; a plain conversion would only clip it to white."""
    low, high = cast("tuple[float, float]", grey.getextrema())
    if not floats:
        low, high = min(low, 0.0), 65535.0 if high > 255 else 255.0
    scale = 255.0 / ((high - low) or 1.0)
    return grey.point(lambda value: value * scale - low * scale).convert("L")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """As RGB on white. A phone's wide colours are brought to sRGB, which paper and screen read."""
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        image = Image.alpha_composite(white, layered)
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, given, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            turned = None
        image = turned or image
    return image.convert("RGB")


_SRGB = ImageCms.createProfile("sRGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    image.info.clear()  # a comment in it would be written too
    out = io.BytesIO()
    # ``optimize`` would encode it in one piece, while every other thread waits.
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


_SIGNS = (
    (b"%PDF-", 0, "application/pdf"),
    (b"ID3", 0, "audio/mpeg"),
    (b"\xff\xfb", 0, "audio/mpeg"),
    (b"\xff\xf3", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"),
    (b"OggS", 0, "audio/ogg"),
    (b"fLaC", 0, "audio/flac"),
    (b"ftypM4A", 4, "audio/mp4"),
    (b"ftypheic", 4, "image/heif"),
    (b"ftyp", 4, "video/mp4"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
)


def sniff(content: bytes) -> str:
    """The media type by the first bytes, never by the name."""
    for sign, offset, media_type in _SIGNS:
        if content[offset : offset + len(sign)] == sign:
            return media_type
    return "application/octet-stream"
