"""Photos as phones and scanners make them, and what is no photo at all."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms, ImageFile, ImageOps

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.services import pictures
from auditor.services.pictures import PRINT_SIDE, THUMB_SIDE, prepare


def scene(size: tuple[int, int] = (800, 600), mode: str = "RGB") -> Image.Image:
    """Red at the top left, white elsewhere."""
    image = Image.new("RGB", size, "white")
    image.paste((220, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    return image.convert(mode)


def encoded(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["JPEG"])


def made(content: bytes, **options: str) -> tuple[Image.Image, Image.Image]:
    found = prepare(content, "x", **options).pictures
    assert found is not None
    return opened(found[0]), opened(found[1])


def colour(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    pixel = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(pixel, tuple)
    return pixel


def is_red(pixel: tuple[int, ...]) -> bool:
    return pixel[0] > 180 and pixel[1] < 90


def is_white(pixel: tuple[int, ...]) -> bool:
    return min(pixel) > 225


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_every_usual_format_is_read_by_its_content(form: str) -> None:
    found = prepare(encoded(scene(), form), "wrong-ending.txt")
    assert found.media_type == f"image/{form.lower()}"
    assert (found.width, found.height) == (800, 600)
    large, thumb = made(encoded(scene(), form))
    assert large.size == (800, 600)
    assert max(thumb.size) == THUMB_SIDE
    assert is_red(colour(large, 0.2, 0.2))
    assert is_white(colour(large, 0.8, 0.8))


def test_a_phones_heic_is_read() -> None:
    """``data/red.heic``: 128 × 96, drawn like ``scene``."""
    content = (Path(__file__).parent / "data" / "red.heic").read_bytes()
    found = prepare(content, "IMG_0001.HEIC")
    assert (found.media_type, found.width, found.height) == ("image/heif", 128, 96)
    large, _ = made(content)
    assert is_red(colour(large, 0.2, 0.2))
    assert is_white(colour(large, 0.8, 0.8))


def test_broken_exif_does_not_refuse_a_good_photo() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "2026:11:22 14:02:05"
    exif[ExifTags.Base.Make] = "Phone of some maker"
    cut = exif.tobytes()[:-12]
    large, _ = made(encoded(scene(), exif=cut))
    assert is_red(colour(large, 0.2, 0.2))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_upright_once(orientation: int) -> None:
    upright = scene((800, 600))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    content = encoded(stored, exif=exif)
    found = prepare(content, "x")
    assert (found.width, found.height) == (800, 600)
    assert found.content == content, "the original is left alone"
    for image in made(content):
        assert image.width > image.height
        assert is_red(colour(image, 0.2, 0.2))
        assert is_white(colour(image, 0.8, 0.2))
        assert is_white(colour(image, 0.2, 0.8))
        assert ImageOps.exif_transpose(image).size == image.size


def test_pictures_tell_nothing_of_where_and_when() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 1.0, 30.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:22 14:02:05"
    content = encoded(scene(), exif=exif, comment=b"taken by Nguyen")
    assert b"Nguyen" in content
    found = prepare(content, "x")
    assert found.taken_at == datetime(2026, 11, 22, 14, 2, 5)  # noqa: DTZ001
    assert found.pictures is not None
    for picture in found.pictures:
        assert b"Nguyen" not in picture
        assert b"Exif" not in picture
        assert not opened(picture).getexif()


@pytest.mark.parametrize("told", ["", "0000:00:00 00:00:00", "yesterday", "2026-11-22"])
def test_a_time_that_makes_no_sense_is_none(told: str) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = told
    assert prepare(encoded(scene(), exif=exif), "x").taken_at is None


def test_a_big_photo_is_made_smaller_for_print() -> None:
    large, thumb = made(encoded(scene((4000, 3000))))
    assert (large.size, thumb.size) == ((1600, 1200), (320, 240))
    tall, _ = made(encoded(scene((900, 5000))))
    assert tall.height == PRINT_SIDE


def test_a_print_scan_in_cmyk_is_red_not_green() -> None:
    large, _ = made(encoded(scene(mode="CMYK")))
    assert large.mode == "RGB"
    assert is_red(colour(large, 0.2, 0.2))


def test_a_wide_gamut_photo_becomes_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    large, _ = made(encoded(scene(), icc_profile=profile))
    assert is_red(colour(large, 0.2, 0.2))
    assert "icc_profile" not in large.info
    large, _ = made(encoded(scene(), icc_profile=b"nonsense"))
    assert is_red(colour(large, 0.2, 0.2))


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_are_not_clipped(form: str) -> None:
    grey = Image.new("I;16", (100, 100), 32768)
    large, _ = made(encoded(grey, form))
    assert 115 < colour(large, 0.5, 0.5)[0] < 140


def test_what_is_clear_becomes_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    assert is_white(colour(made(encoded(clear, "PNG"))[0], 0.5, 0.5))
    palette = encoded(clear.convert("P"), "PNG", transparency=0)
    assert is_white(colour(made(palette)[0], 0.5, 0.5))


def bomb() -> bytes:
    """A PNG of 100,000 × 100,000 pixels in 70 bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def large(pixels: int) -> bytes:
    return encoded(Image.new("1", (10_000, pixels // 10_000)), "PNG")


@pytest.mark.parametrize("content", [bomb(), large(51_000_000), large(95_000_000)])
def test_a_bomb_is_refused_before_it_is_decoded(content: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        prepare(content, "bomb.png")
    assert caught.value.code == "too_many_pixels"
    assert "bomb.png" in caught.value.text("vi")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:30],
        lambda content: b"<html>" + content,
        lambda content: b"%PDF-1.7 no picture",
        lambda content: b"\x00" * 500,
        lambda content: content[:200] + b"\xff\xd9" * 50,
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "TIFF", "WEBP"])
def test_a_broken_photo_is_told(form: str, spoil: Callable[[bytes], bytes]) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    content = spoil(encoded(noise, form))
    with pytest.raises(RefusedError) as caught:
        prepare(content, "hỏng.jpg")
    assert caught.value.code == "photo_unreadable"
    assert "hỏng.jpg" in caught.value.text("en")


def test_files_that_are_no_photo(tmp_path: Path) -> None:
    assert prepare(b"ID3\x04" + b"\0" * 50, "a.mp3", "audio").media_type == "audio/mpeg"
    assert prepare(b"%PDF-1.7", "a.pdf", "file").media_type == "application/pdf"
    assert prepare(b"anything", "a.xyz", "file").media_type == "application/octet-stream"
    for content, kind, code in (
        (b"text", "audio", "not_audio"),
        (b"", "file", "empty_file"),
        (b"", "photo", "empty_file"),
    ):
        with pytest.raises(RefusedError) as caught:
            prepare(content, "a", kind)
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        prepare(tmp_path / "gone.jpg")


def test_a_file_that_is_too_big_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 1000)
    (tmp_path / "big.pdf").write_bytes(b"x" * 1001)
    for source in (tmp_path / "big.pdf", b"x" * 1001):
        with pytest.raises(RefusedError) as caught:
            prepare(source, "big.pdf", "file")
        assert caught.value.code == "file_too_big"


def test_what_is_no_file_is_never_read(tmp_path: Path) -> None:
    """A pipe or a device has no end."""
    (tmp_path / "album").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, code in (("album", "folder"), ("pipe", "no_file")):
        with pytest.raises(RefusedError) as caught:
            prepare(tmp_path / name)
        assert caught.value.code == code
        assert name in caught.value.text("vi")
    with pytest.raises(NotFoundError):
        prepare(tmp_path / "a\0b.jpg")


@pytest.mark.parametrize(
    ("size", "decoded"),
    [((4000, 3000), (2000, 1500)), ((3000, 4000), (1500, 2000)), ((2000, 1500), (2000, 1500))],
)
def test_a_jpeg_is_decoded_no_larger_than_its_print_needs(
    size: tuple[int, int], decoded: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    load = ImageFile.ImageFile.load_prepare
    monkeypatch.setattr(
        ImageFile.ImageFile, "load_prepare", lambda image: (seen.append(image.size), load(image))[1]
    )
    large, _ = made(encoded(scene(size)))
    assert seen[0] == decoded
    assert max(large.size) == PRINT_SIDE
    assert is_red(colour(large, 0.2, 0.2))


def test_what_is_on_disk_is_held_in_memory_no_more() -> None:
    whole = prepare(encoded(scene()), "a.jpg")
    light = whole.light()
    assert (light.content, light.pictures, light.kept) == (b"", None, True)
    assert (light.size, light.sha256) == (len(whole.content), whole.sha256)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Ảnh\\quầy.jpg", "quầy.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x\x00y\n.jpg", "xy.jpg"),
        ("", "photo"),
        ("/", "photo"),
        ("n" * 500 + ".jpg", "n" * 116 + ".jpg"),
    ],
)
def test_the_name_of_a_file_is_only_shown(given: str, kept: str) -> None:
    assert prepare(encoded(scene()), given).name == kept
