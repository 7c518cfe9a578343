"""The process that reads photos: what comes back, and what becomes of a job that ends it."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError
from auditor.services import photo_reader
from auditor.services.photo_reader import PhotoReader, ReaderError
from auditor.store.evidence import EvidenceFiles


@pytest.fixture(scope="module")
def reader() -> Iterator[PhotoReader]:
    reader = PhotoReader()
    yield reader
    reader.close()


def jpeg(tone: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (tone, 40, 40)).save(out, "JPEG")
    return out.getvalue()


def test_a_photo_is_on_disk_and_its_bytes_stay_there(reader: PhotoReader, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg())
    prepared = reader.prepare(tmp_path / "ws", tmp_path / "a.jpg", "a.jpg", "photo")
    files = EvidenceFiles(tmp_path / "ws")
    assert (prepared.content, prepared.pictures, prepared.kept) == (b"", None, True)
    assert (prepared.width, prepared.height, prepared.size) == (640, 480, len(jpeg()))
    assert files.original(prepared.sha256, "image/jpeg").read_bytes() == jpeg()
    assert files.print(prepared.sha256).exists()
    assert files.thumb(prepared.sha256).exists()


def test_what_is_refused_is_told_as_anywhere(reader: PhotoReader, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        reader.prepare(tmp_path, b"no photo", "h\u1ecfng.jpg", "photo")
    assert refused.value.code == "photo_unreadable"
    assert "h\u1ecfng.jpg" in refused.value.text("vi")
    with pytest.raises(NotFoundError) as gone:
        reader.prepare(tmp_path, tmp_path / "gone.jpg", "gone.jpg", "photo")
    assert gone.value.values["path"] == tmp_path / "gone.jpg"
    (tmp_path / "no folder").write_bytes(b"")
    with pytest.raises(NotSavedError):
        reader.prepare(tmp_path / "no folder", jpeg(), "a.jpg", "photo")


def die(*_: Any) -> None:
    os._exit(11)


def hang(*_: Any) -> None:
    time.sleep(60)


def stumble(*_: Any) -> None:
    raise ZeroDivisionError


def test_a_photo_that_ends_the_reader_is_refused_and_the_next_one_is_read(
    reader: PhotoReader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(photo_reader, "_prepare", die)
    with pytest.raises(RefusedError) as refused:
        reader.prepare(tmp_path, jpeg(), "poison.jpg", "photo")
    assert "poison.jpg" in refused.value.text("vi")
    assert ".jpg" in caplog.text
    assert "poison" not in caplog.text, "what a file is called may be a name"
    monkeypatch.undo()
    assert reader.prepare(tmp_path, jpeg(), "a.jpg", "photo").kept


def test_a_reader_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = PhotoReader(seconds=0.2)
    monkeypatch.setattr(photo_reader, "_prepare", hang)
    with pytest.raises(RefusedError) as refused:
        reader.prepare(tmp_path, jpeg(), "slow.jpg", "photo")
    assert refused.value.code == "photo_crashed"
    assert reader._process is None
    reader.close()


def test_a_bug_comes_back_with_its_trace(
    reader: PhotoReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_reader, "_prepare", stumble)
    with pytest.raises(ReaderError, match="ZeroDivisionError"):
        reader.prepare(tmp_path, jpeg(), "a.jpg", "photo")
