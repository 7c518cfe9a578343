"""Photos that no camera made: read or refused, in little time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.services import pictures
from auditor.services.pictures import prepare
from tests.conftest import ROOT
from tests.hostile import bounds, photos
from tests.hostile.rounds import chosen, examples

FEW = chosen(
    photos.bombs(),
    *("PNG of 2**31 squared", "PNG of 1 by 50,000,000", "PNG of 49 megapixels, RGBA"),
    *("PNG of 49 megapixels, 16-bit", "PNG, zTXt bomb", "PNG, iTXt bomb", "PNG, data bomb"),
    *("PNG, 100,000 chunks", "GIF of 100,000 frames", "JPEG of 60,000 squared"),
    *("JPEG of 65,535 by 1", "WEBP of 7,000 squared", "WEBP as large as it may be"),
    *("TIFF of 49 megapixels, float", "TIFF that comes back to itself", "HEIC of nested boxes"),
    *("HEIC with a size that lies",),
)


def test_bombs_keep_time_and_memory() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.hostile.child", *FEW],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [case["name"] for case in found] == FEW, ran.stderr[-2000:]
    outside = [
        case for case in found
        if case["megabytes"] > bounds.MEGABYTES or case["seconds"] > bounds.SECONDS
    ]  # fmt: skip
    assert not outside


def told(content: bytes, name: str = "x.jpg") -> str:
    return bounds.refusal(lambda: prepare(content, name))


@pytest.mark.parametrize("case", photos.oddities())
def test_odd_photos_are_read_or_refused(case: str) -> None:
    assert told(photos.oddities()[case]()) in ("", "photo_unreadable")


@pytest.mark.parametrize("form", photos.FORMS)
def test_a_photo_cut_anywhere_is_read_or_refused(form: str) -> None:
    for part in range(1, 50):
        assert told(photos.cut(form, part)) in ("", "photo_unreadable")


@examples(60)
@given(st.sampled_from(photos.FORMS), st.integers(0, 2**32))
def test_a_changed_photo_is_read_or_refused(form: str, seed: int) -> None:
    told(photos.flipped(form, seed))


@pytest.mark.parametrize("name", photos.NAMES, ids=lambda name: ascii(name)[:30])
def test_the_name_of_a_photo_is_only_shown(name: str) -> None:
    kept = prepare(photos.sample("JPEG"), name).name
    assert kept.isprintable()
    assert len(kept) <= pictures.NAME_LENGTH
    assert not set("/\\") & set(kept)
    kept.encode()
    assert bounds.refusal(lambda: prepare(b"", name)) == "empty_file"


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_told(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "x.jpg"
    make(path)
    assert bounds.refusal(lambda: prepare(path)) in ("no_file", "folder", "file")


def test_devices_and_impossible_names_are_told() -> None:
    for path in ("/dev/zero", "/dev/full", "/proc/self/mem", "a\0b", "x" * 5000, "\udcff\ud800"):
        assert bounds.refusal(lambda path=path: prepare(Path(path))) in ("no_file", "file")
