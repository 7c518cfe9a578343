"""Pages look as they did when somebody last looked at them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.reports.golden import FOLDER, PAGES, SHARE, differs, draw


@pytest.mark.parametrize("name", PAGES)
def test_the_page_looks_as_it_did(name: str, tmp_path: Path) -> None:
    now = draw(name)
    with Image.open(FOLDER / f"{name}.png") as image:
        kept = image.convert("L")
    if differs(kept, now) > SHARE:
        now.save(tmp_path / f"{name}.png")
        pytest.fail(f"look at {tmp_path / name}.png; python -m tests.reports.golden keeps it")


def test_no_page_is_kept_that_is_not_compared() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PAGES)
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 150_000


def test_a_line_that_moved_is_seen() -> None:
    """So tight is the tolerance: a bar gone, or a line of words a few points lower."""
    page = draw("journey-vi")
    moved = page.copy()
    strip = page.crop((40, 50, 320, 62))
    ImageDraw.Draw(moved).rectangle((40, 50, 320, 62), fill=255)
    moved.paste(strip, (40, 54))
    assert differs(page, moved) > SHARE
    assert differs(page, page) == 0.0
