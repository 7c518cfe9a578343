"""A brand's logo: checked, and made ready for paper. Pure; any thread but that of the window.

PNG and JPEG go through ``pictures``. An SVG is refused for anything but shapes; who has a
rasteriser draws what ``shapes`` let through, and ``from_shapes`` takes its picture.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PIL import Image

from auditor.domain.errors import RefusedError
from auditor.services.kept import keep
from auditor.services.pictures import (
    BROKEN,
    THUMB_SIDE,
    Prepared,
    clean_name,
    prepare,
    read_file,
)
from auditor.services.svg import Shapes, checked, looks_like_svg
from auditor.store import failures
from auditor.store.evidence import EvidenceFiles

#: The longest side of the picture that is printed: 600 dots to the inch at 68 mm.
SIDE = 1600
#: Larger than any logo; a photo of a poster is no logo.
MAX_BYTES = 10 * 1024 * 1024
MAX_SVG_BYTES = 2 * 1024 * 1024
SMALLEST = 48
SVG_TYPE = "image/svg+xml"
SUGGESTED = 5
#: Pixels of a side from which colours are counted.
_SAMPLE = 96
#: Colours that a logo is counted in; the lightest that is no paper; the most vivid grey.
_KINDS, _PAPER, _GREY = 32, 236, 24
#: The share of the logo below which a colour is only the edge between two others.
_LEAST = 0.01
#: How far two suggestions are apart at least, in steps of 255 summed over red, green and blue.
_APART = 90


@dataclass(frozen=True, slots=True)
class Logo:
    """``picture`` is the PNG that is printed; None for a JPEG, whose print-size copy is."""

    prepared: Prepared
    picture: bytes | None
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that was checked: ``content`` are its bytes, to be drawn ``width`` × ``height``."""

    name: str
    content: bytes
    width: int
    height: int


def read(source: Path | bytes, name: str = "") -> Logo | Drawing:
    """What the file is. Raises RefusedError or NotFoundError with what to do."""
    name = clean_name(name or (source.name if isinstance(source, Path) else ""), "logo")
    content = source if isinstance(source, bytes) else read_file(source, name)
    if looks_like_svg(content):
        return _drawing(name, content)
    if len(content) > MAX_BYTES:
        raise _too_big(name, MAX_BYTES)
    prepared = prepare(content, name)
    if prepared.media_type not in ("image/png", "image/jpeg"):
        raise RefusedError(
            "logo_kind", "{name} is no PNG, JPEG or SVG file. Save the logo as one.", name=name
        )
    if min(prepared.width, prepared.height) < SMALLEST:
        raise RefusedError(
            "logo_small",
            "{name} has {width} × {height} pixels, which would print blurred. Choose one of at "
            "least {least} pixels, or an SVG.",
            name=name,
            width=prepared.width,
            height=prepared.height,
            least=SMALLEST,
        )
    return _from_pixels(prepared, content)


def _from_pixels(prepared: Prepared, content: bytes) -> Logo:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if prepared.media_type == "image/jpeg":
                assert prepared.pictures is not None
                with Image.open(io.BytesIO(prepared.pictures[1])) as small:
                    return Logo(prepared, None, colours(small))
            picture = trimmed(image.convert("RGBA"))
    except BROKEN as error:
        raise unreadable(prepared.name) from error
    return Logo(prepared, _png(picture), colours(picture))


def _drawing(name: str, content: bytes) -> Drawing:
    if len(content) > MAX_SVG_BYTES:
        raise _too_big(name, MAX_SVG_BYTES)
    shapes: Shapes = checked(content, name)
    scale = SIDE / max(shapes.width, shapes.height)
    width, height = (max(round(side * scale), 1) for side in (shapes.width, shapes.height))
    return Drawing(name, content, width, height)


def from_drawing(drawing: Drawing, picture: bytes) -> Logo:
    """``picture`` is a PNG of it. Raises RefusedError ``logo_empty`` where nothing shows."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG",)) as drawn:
            image = drawn.convert("RGBA")
    except BROKEN as error:
        raise unreadable(drawing.name) from error
    if image.getchannel("A").getbbox() is None:
        raise RefusedError(
            "logo_empty",
            "Nothing shows in {name}. Open it in a drawing program and save its shapes as plain "
            "SVG, or choose a PNG.",
            name=drawing.name,
        )
    image = trimmed(image)
    content = drawing.content
    sha256 = hashlib.sha256(content).hexdigest()
    pictures = _jpeg(image, SIDE), _jpeg(image, THUMB_SIDE)
    prepared = Prepared(
        sha256, "photo", drawing.name, SVG_TYPE, content, len(content), *image.size,
        pictures=pictures,
    )  # fmt: skip
    return Logo(prepared, _png(image), colours(image))


def keep_logo(folder: Path, logo: Logo) -> Logo:
    """Make its files durable; any thread may call it. Raises NotSavedError."""
    prepared = keep(folder, logo.prepared)
    if logo.picture is not None:
        try:
            EvidenceFiles(folder).write_logo(prepared.sha256, logo.picture)
        except OSError as error:
            raise failures.file_failure(error, folder) from error
    return Logo(prepared, None, logo.colours)


def trimmed(image: Image.Image) -> Image.Image:
    """Without clear edges, so that the logo stands where the text beside it does, and no larger
    than paper can show."""
    box = image.getchannel("A").getbbox()
    image = image.crop(box) if box else image
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image


def colours(image: Image.Image) -> tuple[str, ...]:
    """The colours of a logo, the most used first, each well apart from the others; white and what
    is nearly white is paper. Greys come last: a brand is rarely known by them."""
    small = image.convert("RGBA")
    small.thumbnail((_SAMPLE, _SAMPLE), Image.Resampling.NEAREST)
    paper = Image.new("RGBA", small.size, "white")
    flat = Image.alpha_composite(paper, small).convert("RGB").quantize(_KINDS)
    table = flat.getpalette("RGB") or []
    counted = sorted(cast("list[tuple[int, int]]", flat.getcolors() or []), reverse=True)
    found = [(*table[3 * at : 3 * at + 3],) for _, at in counted]
    least = sum(count for count, _ in counted) * _LEAST
    found = [rgb for rgb, (count, _) in zip(found, counted, strict=True) if count >= least]
    inked = [rgb for rgb in found if min(rgb) < _PAPER]
    inked.sort(key=lambda rgb: max(rgb) - min(rgb) < _GREY)
    kept: list[tuple[int, ...]] = []
    for rgb in inked:
        if all(sum(abs(a - b) for a, b in zip(rgb, held, strict=True)) > _APART for held in kept):
            kept.append(rgb)
    return tuple("#" + "".join(f"{part:02X}" for part in rgb) for rgb in kept[:SUGGESTED])


def _png(image: Image.Image) -> bytes:
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _jpeg(image: Image.Image, side: int) -> bytes:
    """On white: what shows where a list needs a thumbnail."""
    flat = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=85)
    return out.getvalue()


def unreadable(name: str) -> RefusedError:
    return RefusedError(
        "logo_unreadable",
        "{name} cannot be read: it is damaged or too complicated. Save the logo anew as PNG or "
        "plain SVG.",
        name=name,
    )


def _too_big(name: str, most: int) -> RefusedError:
    return RefusedError(
        "logo_too_big",
        "{name} is larger than {limit} MB. Make the logo smaller.",
        name=name,
        limit=most // (1024 * 1024),
    )
