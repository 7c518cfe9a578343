"""Photos that no camera made: cut, flipped, bombs and lies. All are built here."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import ExifTags, Image, ImageCms

FORMS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF", "MPO")


def encoded(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@cache
def sample(form: str) -> bytes:
    """A small good photo with EXIF and a profile where the format takes them."""
    image = Image.effect_noise((96, 72), 60).convert("RGB")
    options: dict[str, object] = {}
    if form == "HEIF":
        return _heif()
    if form == "GIF":
        return encoded(image, "GIF", save_all=True, append_images=[image.rotate(90)])
    if form == "MPO":
        return encoded(image, "MPO", save_all=True, append_images=[image.rotate(180)])
    if form in ("JPEG", "PNG", "WEBP", "TIFF"):
        options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if form in ("JPEG", "PNG", "WEBP"):
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        exif[ExifTags.Base.DateTime] = "2026:11:22 14:02:05"
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:22 14:02:05"
        options["exif"] = exif
    return encoded(image, form, **options)


def _heif() -> bytes:
    file = Path(__file__).parent.parent / "services" / "data" / "red.heic"
    return file.read_bytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 2, rows: bytes = b""
) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + body + chunk(b"IEND", b"")


def cut(form: str, part: int) -> bytes:
    """The first fiftieths of a good photo."""
    content = sample(form)
    return content[: len(content) * part // 50]


def flipped(form: str, seed: int) -> bytes:
    """Some bytes of the first 600 are others; now and then of all."""
    dice = random.Random(f"{form} {seed}")
    content = bytearray(sample(form))
    reach = len(content) if dice.random() < 0.3 else min(600, len(content))
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(reach)
        kind = dice.random()
        if kind < 0.6:
            content[at] = dice.randrange(256)
        elif kind < 0.75:
            content[at : at + 4] = dice.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff")
            )
        elif kind < 0.9:
            del content[at : at + dice.randint(1, 40)]
        else:
            content[at:at] = content[max(0, at - 40) : at]
        reach = max(1, min(reach, len(content)))
    return bytes(content)


def tiff(*entries: tuple[int, int, int, int], next_ifd: int = 0, tail: bytes = b"") -> bytes:
    """A little-endian TIFF of one IFD; each entry is tag, type, count, value."""
    body = struct.pack("<H", len(entries))
    for entry in entries:
        body += struct.pack("<HHII", *entry)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", next_ifd) + tail


def _plain_tiff(
    width: int, height: int, more: tuple[tuple[int, int, int, int], ...] = (), **o: int
) -> bytes:
    entries = ((256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8),
               (259, 3, 1, o.get("packed", 1)),
               (262, 3, 1, 1), (273, 4, 1, 400), (277, 3, 1, 1), (278, 4, 1, height),
               (279, 4, 1, width * height % 2**32))  # fmt: skip
    return tiff(*sorted((*entries, *more)), next_ifd=o.get("next_ifd", 0), tail=bytes(4000))


def jpeg_of(width: int, height: int) -> bytes:
    """A real JPEG whose frame header lies about its size."""
    content = bytearray(encoded(Image.new("RGB", (64, 64), "white")))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def exif_jpeg(exif: bytes) -> bytes:
    content = encoded(Image.new("RGB", (64, 48), "white"))
    body = b"Exif\0\0" + exif
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


def exif_of(*entries: tuple[int, int, int, int], next_ifd: int = 0) -> bytes:
    return tiff(*entries, next_ifd=next_ifd)


def oriented(value: int) -> bytes:
    return exif_jpeg(exif_of((0x0112, 3, 1, value)))


def many_frames(count: int = 100_000) -> bytes:
    """A GIF of very many frames of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 8, 8, 0) + b"\x02\x02\x4c\x01\x00"
    return head + frame * count + b"\x3b"


def profile(data: bytes) -> bytes:
    return encoded(Image.new("RGB", (64, 48), "white"), icc_profile=data)


def _icc_flipped(seed: int) -> bytes:
    dice = random.Random(seed)
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for _ in range(20):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return profile(bytes(data))


ZEROS = b"\0" * 30_000_000


@cache
def packed() -> bytes:
    """Ninety megabytes in little."""
    return zlib.compress(ZEROS * 3, 1)


def webp_of(width: int, height: int) -> bytes:
    """A real WebP whose frame header lies about its size."""
    content = bytearray(encoded(Image.new("RGB", (64, 64), "red"), "WEBP"))
    at = content.index(b"\x9d\x01\x2a") + 3
    content[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(content)


def bombs() -> dict[str, Callable[[], bytes]]:
    """Small files that want a lot of memory or time."""
    return {
        "PNG of 2**31 squared": lambda: png(2**31 - 1, 2**31 - 1),
        "PNG of 60,000 squared": lambda: png(60_000, 60_000),
        "PNG of 1 by 50,000,000": lambda: png(1, 50_000_000, rows=b"\0\0" * 100, colour=0),
        "PNG of 50,000,000 by 1": lambda: png(50_000_000, 1, rows=ZEROS, colour=0),
        "PNG of 49 megapixels": lambda: png(7000, 7000, rows=bytes(7000 * 21_001)),
        "PNG of 49 megapixels, RGBA": lambda: png(7000, 7000, colour=6, rows=bytes(7000 * 28_001)),
        "PNG of 49 megapixels, 16-bit": lambda: png(
            7000, 7000, depth=16, colour=0, rows=bytes(7000 * 14_001)
        ),
        "PNG of 49 megapixels, 16-bit RGBA": lambda: png(
            7000, 7000, depth=16, colour=6, rows=bytes(7000 * 56_001)
        ),
        "PNG of 49 megapixels, palette": lambda: png(
            7000,
            7000,
            chunk(b"PLTE", bytes(768)),
            chunk(b"tRNS", bytes(256)),
            colour=3,
            rows=bytes(7000 * 7001),
        ),
        "PNG, zTXt bomb": lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + packed())),
        "PNG, many zTXt": lambda: png(
            8, 8, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(ZEROS[:900_000]))] * 200
        ),
        "PNG, iTXt bomb": lambda: png(8, 8, chunk(b"iTXt", b"a\0\1\0\0\0" + packed())),
        "PNG, iCCP bomb": lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + packed())),
        "PNG, data bomb": lambda: png(8, 8, rows=ZEROS * 3),
        "PNG, 100,000 chunks": lambda: png(8, 8, *[chunk(b"tEXt", b"a\0b")] * 100_000),
        "PNG, animated": lambda: png(8, 8, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
        "GIF of 100,000 frames": many_frames,
        "GIF of 65,535 squared": lambda: b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(60) + b"\x3b",
        "JPEG of 60,000 squared": lambda: jpeg_of(60_000, 60_000),
        "JPEG of 7,000 squared, cut": lambda: jpeg_of(7000, 7000),
        "JPEG of 65,535 by 1": lambda: jpeg_of(65_535, 1),
        "JPEG of 0 by 0": lambda: jpeg_of(0, 0),
        "JPEG of 49 megapixels": lambda: encoded(Image.new("RGB", (7000, 7000), "red")),
        "JPEG of 49 megapixels, CMYK": lambda: encoded(Image.new("CMYK", (7000, 7000))),
        "JPEG of 49 megapixels, progressive": lambda: encoded(
            Image.new("RGB", (7000, 7000), "red"), progressive=True
        ),
        "BMP of 30,000 squared": lambda: (
            b"BM"
            + struct.pack(
                "<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 30_000, 30_000, 1, 24, 0, 0, 0, 0, 0, 0
            )
            + bytes(60)
        ),
        "BMP of 1 by -2**31": lambda: (
            b"BM"
            + struct.pack(
                "<IHHIIiiHHIIiiII", 60, 0, 0, 54, 40, 1, -(2**31), 1, 24, 0, 0, 0, 0, 0, 0
            )
            + bytes(60)
        ),
        "WEBP of 7,000 squared": lambda: webp_of(7000, 7000),
        "WEBP of 7,000 squared, whole": lambda: encoded(
            Image.new("RGB", (7000, 7000), "red"), "WEBP", quality=1, method=0
        ),
        "WEBP as large as it may be": lambda: encoded(
            Image.new("RGB", (4000, 4000), "red"), "WEBP", quality=1, method=0
        ),
        "WEBP of 16,383 squared": lambda: (
            b"RIFF"
            + struct.pack("<I", 30)
            + b"WEBPVP8X"
            + struct.pack("<I", 10)
            + b"\0\0\0\0"
            + b"\xfe\x3f\0" * 2
            + bytes(4)
        ),
        "TIFF of 60,000 squared": lambda: _plain_tiff(60_000, 60_000),
        "TIFF that comes back to itself": lambda: _plain_tiff(8, 8, next_ifd=8),
        "TIFF of 2**32 tiles": lambda: _plain_tiff(
            8, 8, ((322, 4, 1, 1), (323, 4, 1, 1), (324, 4, 2**31, 400))
        ),
        "TIFF with a huge tag": lambda: _plain_tiff(8, 8, ((270, 2, 2**31, 8),)),
        "TIFF of no bits": lambda: tiff((256, 4, 1, 8), (257, 4, 1, 8), (258, 3, 0, 0)),
        "TIFF of 49 megapixels, deflated": lambda: encoded(
            Image.new("RGB", (7000, 7000)), "TIFF", compression="tiff_deflate"
        ),
        "TIFF of 49 megapixels, float": lambda: encoded(
            Image.new("F", (7000, 7000)), "TIFF", compression="tiff_deflate"
        ),
        "TIFF of 49 megapixels, 16-bit": lambda: encoded(
            Image.new("I;16", (7000, 7000)), "TIFF", compression="tiff_deflate"
        ),
        "HEIC of garbage": lambda: sample("HEIF")[:40] + random.Random(1).randbytes(9000),
        "HEIC with a size that lies": lambda: sample("HEIF").replace(
            struct.pack(">II", 128, 96), struct.pack(">II", 60_000, 60_000)
        ),
        "HEIC with a wide size": lambda: sample("HEIF").replace(
            struct.pack(">II", 128, 96), struct.pack(">II", 7000, 7000)
        ),
        "HEIC of endless boxes": lambda: (
            sample("HEIF")[:24] + struct.pack(">I4sIIQ", 1, b"meta", 0, 0, 2**63) * 500
        ),
        "HEIC of nested boxes": lambda: (
            sample("HEIF")[:24]
            + b"".join(struct.pack(">I4sI", 200_000 - n * 12, b"meta", 0) for n in range(9000))
        ),
        "AVIF": lambda: b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf" + bytes(90),
    }


def oddities() -> dict[str, Callable[[], bytes]]:
    """Small files that are strange in one way each."""
    found: dict[str, Callable[[], bytes]] = {
        f"orientation {value}": lambda v=value: oriented(v) for value in (0, 9, 255, 65_535)
    }
    found |= {f"profile {seed}": lambda s=seed: _icc_flipped(s) for seed in range(6)}
    return found | {
        "nothing but a sign": lambda: b"\xff\xd8\xff",
        "zeros": lambda: bytes(5000),
        "noise": lambda: random.Random(3).randbytes(50_000),
        "a checklist": lambda: b"format: auditor-checklist/1\n",
        "an SVG": lambda: (
            b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
        ),
        "an EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n{} loop\n",
        "a profile of zeros": lambda: profile(bytes(400)),
        "a profile that is empty": lambda: profile(b" "),
        "EXIF of zeros": lambda: exif_jpeg(bytes(300)),
        "EXIF of noise": lambda: exif_jpeg(b"II*\0\x08\0\0\0" + random.Random(5).randbytes(900)),
        "EXIF that comes back to itself": lambda: exif_jpeg(exif_of((0x8769, 4, 1, 8), next_ifd=8)),
        "EXIF with a date of bytes": lambda: exif_jpeg(exif_of((0x0132, 7, 4, 0xFFFFFFFF))),
        "EXIF with two orientations": lambda: exif_jpeg(
            exif_of((0x0112, 3, 1, 6), (0x0112, 3, 1, 3))
        ),
        "EXIF with a list of orientations": lambda: exif_jpeg(exif_of((0x0112, 3, 2, 0x00060003))),
        "EXIF with a text as orientation": lambda: exif_jpeg(exif_of((0x0112, 2, 4, 0x41414141))),
        "EXIF with an orientation of 0/0": lambda: exif_jpeg(exif_of((0x0112, 5, 1, 8))),
        "EXIF with a pointer that is text": lambda: exif_jpeg(exif_of((0x8769, 2, 4, 0x41414141))),
        "EXIF with a huge count": lambda: exif_jpeg(exif_of((0x0112, 3, 2**31, 8))),
        "16-bit grey": lambda: encoded(Image.new("I;16", (64, 64)), "PNG"),
        "16-bit grey, one value": lambda: encoded(Image.new("I;16", (64, 64), 700), "TIFF"),
        "float with NaN": lambda: _floats(float("nan")),
        "float with infinity": lambda: _floats(float("inf")),
        "CMYK": lambda: encoded(Image.new("CMYK", (64, 64))),
        "CMYK with the profile of RGB": lambda: encoded(
            Image.new("CMYK", (64, 64)),
            icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ),
        "grey with transparency": lambda: encoded(Image.new("LA", (64, 64)), "PNG"),
        "one bit": lambda: encoded(Image.new("1", (64, 64)), "PNG"),
        "palette with transparency": lambda: encoded(
            Image.new("P", (64, 64)), "PNG", transparency=bytes(range(256))
        ),
        "palette without colours": lambda: png(8, 8, colour=3, rows=bytes(72)),
        "RGB with a clear colour": lambda: encoded(
            Image.new("RGB", (8, 8)), "PNG", transparency=(0, 0, 0)
        ),
        "Lab": lambda: encoded(Image.new("LAB", (64, 64)), "TIFF"),
        "YCbCr": lambda: encoded(Image.new("YCbCr", (64, 64))),
        "one pixel": lambda: encoded(Image.new("RGB", (1, 1))),
        "one pixel high": lambda: encoded(Image.new("RGB", (20_000, 1)), "PNG"),
        "one pixel wide": lambda: encoded(Image.new("RGB", (1, 20_000)), "PNG"),
        "no pixel": lambda: png(0, 0),
    }


def _floats(value: float) -> bytes:
    image = Image.new("F", (64, 64), 0.5)
    image.putpixel((3, 3), value)
    return encoded(image, "TIFF")


NAMES = (
    "../../etc/passwd", "/etc/passwd", "..\\..\\autoexec.bat", "C:\\Windows\\x.jpg", "a\0b.jpg",
    "\u202egpj.exe", "\u2066x\u2069.jpg", "a\nb\rc.jpg", "\x1b[2Jx.jpg", "x" * 5000, "ệ" * 5000,
    "", ".", "..", "/", "\\", " ", "CON", "NUL.jpg", "a:b.jpg", "<b>x</b>.jpg", "{name}.jpg",
    "%s%n.jpg",
    "e\u0323\u0302.jpg", "\udcff\udcfe.jpg", "\ud800.jpg", "👩‍👩‍👧‍👦.jpg", "=cmd|'/c calc'!A0.jpg",
)  # fmt: skip
