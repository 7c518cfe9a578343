"""Pages as pictures, small and grey: what the eye accepted once.

``python -m tests.reports.golden`` draws them again and says which changed: look at them, then
commit. Pages with the seal are not among them: its hash follows every field of a snapshot.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from reports.render import to_bytes
from reports.snapshot import PageSize, PartName, ReportSnapshot, Template
from tests.reports.samples import Shop, pictures, snapshot, whole

FOLDER = Path(__file__).parent / "golden"
DPI = 40
GREYS = 32
#: A pixel that differs by more than this counts; so large a share of them is another page.
DARKER, SHARE = 48, 0.0012

Ask = Callable[[ReportSnapshot], ReportSnapshot]


def _as_it_is(made: ReportSnapshot) -> ReportSnapshot:
    return made


def _only(*parts: PartName) -> Ask:
    return lambda made: replace(made, template=replace(made.template, parts=parts))


#: Name: language, page size, what is asked for, page of the result (from 1).
PAGES: dict[str, tuple[str, PageSize, Ask, int]] = {
    "cover-vi": ("vi", PageSize.A4, _as_it_is, 1),
    "summary-vi": ("vi", PageSize.A4, _as_it_is, 2),
    "summary-en-letter": ("en", PageSize.LETTER, lambda m: replace(m, template=Template()), 1),
    "trend-and-failed-vi": ("vi", PageSize.A4, _as_it_is, 3),
    "journey-vi": ("vi", PageSize.A4, _only(PartName.JOURNEY), 3),
    "journey-en-letter": ("en", PageSize.LETTER, _only(PartName.JOURNEY), 3),
    "actions-vi": ("vi", PageSize.A4, _only(PartName.ACTIONS, PartName.LEDGER), 3),
    "changes-en": ("en", PageSize.A4, _only(PartName.CHANGES, PartName.LEDGER), 3),
}


@lru_cache(maxsize=1)
def _photos() -> dict[str, Path]:
    return pictures(Path(tempfile.mkdtemp(prefix="golden-")))


def draw(name: str) -> Image.Image:
    """The page as it is made now."""
    language, size, ask, page = PAGES[name]
    images = _photos()
    made = whole(snapshot(shop=Shop(language, 3, 0.3, tuple(images)), page=size))
    document = pdfium.PdfDocument(to_bytes(ask(made), images).data)
    try:
        return document[page - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
    finally:
        document.close()


def differs(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are not the same to the eye; 1 for another size."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[DARKER:]) / (one.width * one.height)


def refresh() -> Iterator[str]:
    """Write those that changed; yields their names."""
    FOLDER.mkdir(exist_ok=True)
    for stray in FOLDER.glob("*.png"):
        if stray.stem not in PAGES:
            stray.unlink()
    for name in PAGES:
        path, image = FOLDER / f"{name}.png", draw(name).quantize(GREYS)
        if path.exists():
            with Image.open(path) as kept:
                if differs(kept.convert("L"), image.convert("L")) == 0.0:
                    continue
        image.save(path, optimize=True)
        yield name


if __name__ == "__main__":
    for changed in refresh():
        sys.stdout.write(f"{FOLDER / changed}.png\n")
