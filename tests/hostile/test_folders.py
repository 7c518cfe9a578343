"""Folders and backups that were made to hurt: told, or used, and nothing outside is touched."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.my_visits import Wanted
from auditor.domain.work import Cancel, silent
from auditor.services import moving, settings
from auditor.services.doctor import examine
from auditor.services.first_list import first_list
from auditor.services.workspace import Workspace
from auditor.store import driver, portable, restoring
from auditor.store.units import utc_now
from auditor.ui import session
from auditor.words import Words
from tests.hostile import bounds, folders
from tests.hostile.rounds import examples
from tests.services.conftest import furnish


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one backup of each kind."""
    place = tmp_path_factory.mktemp("model") / "workspace"
    workspace = Workspace.open(place)
    furnish(workspace)
    workspace.backups.make()
    workspace.backups.export(place.parent / "x.auditor-backup")
    workspace.close()
    return place


@pytest.fixture
def place(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "workspace"))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "precious.txt").write_bytes(b"precious")
    return folder


def state(folder: Path) -> dict[str, object]:
    """Every name below ``folder``, with what it is and holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


def use(place: Path) -> None:
    """What a start, a backup, the doctor and a restore do."""
    first_list(place, Wanted("E-07", date(2026, 11, 22)))
    for write in (True, False):
        workspace = Workspace.open(place, write=write)
        try:
            if write:
                workspace.places.add_client("A")
                workspace.backups.make()
                workspace.evidence.sweep()
            examine(workspace).lines(Words("vi"))
        finally:
            workspace.close()


@pytest.mark.parametrize("case", folders.FOLDERS)
def test_a_hostile_folder_is_used_or_told(place: Path, outside: Path, case: str) -> None:
    folders.FOLDERS[case](place, outside)
    before = state(outside)
    code = bounds.refusal(lambda: use(place))
    assert state(outside) == before
    assert code in ("", *REFUSALS)


REFUSALS = (
    "foreign", "not_a_file", "not_a_folder", "linked", "missing_database", "disk_error",
    "read_only",
)  # fmt: skip


@pytest.mark.parametrize("case", folders.FOLDERS)
def test_a_restore_into_a_hostile_folder_touches_nothing_outside(
    place: Path, outside: Path, model: Path, case: str
) -> None:
    folders.FOLDERS[case](place, outside)
    before = state(outside)
    packed = model.parent / "x.auditor-backup"
    code = bounds.refusal(lambda: restore(packed, place))
    assert state(outside) == before
    assert code in ("", *REFUSALS, "in_use")


def restore(source: Path, place: Path) -> object:
    return restoring.restore(source, place, utc_now(), silent, Cancel())


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"a\0b", b"9" * 5000, "²".encode(), b"x" * 90_000]
)
def test_marks_and_notes_of_garbage_say_nothing(place: Path, content: bytes) -> None:
    for name in ("open-visit", "MOVED.txt"):
        (place / name).write_bytes(content)
    with bounds.in_time():
        assert session.left_open(place) is None
        assert moving.moved_to(place) is None
    for name in ("open-visit", "MOVED.txt"):
        (place / name).unlink()
        os.mkfifo(place / name)
    with bounds.in_time(still=2):
        assert session.left_open(place) is None
        assert moving.moved_to(place) is None


def test_links_are_refused_and_the_canary_sees_a_change_outside(place: Path, outside: Path) -> None:
    folders.link_to("backups")(place, outside)
    assert bounds.refusal(lambda: use(place)) == "linked"
    before = state(outside)
    (outside / "backups" / ".precious.0.part").unlink()
    assert state(outside) != before


# backups


def packed(target: Path, files: dict[str, bytes], manifest: dict[str, Any] | None = None) -> Path:
    """A backup with an honest manifest of ``files``, or another one."""
    listed = [
        {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    told = manifest or {"format": portable.FORMAT, "made_at": "", "app": "", "files": listed}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(portable.MANIFEST, json.dumps(told))
    return target


ZEROS = bytes(60_000_000)
BOMB = hashlib.sha256(ZEROS).hexdigest()


def test_an_honest_bomb_is_refused_before_anything_is_written(place: Path, tmp_path: Path) -> None:
    name = f"evidence/{BOMB[:2]}/{BOMB}.jpg"
    bomb = packed(tmp_path / "bomb", {driver.DATABASE: b"x", name: ZEROS})
    assert bomb.stat().st_size < 100_000
    before = state(place)
    spent = bounds.measured(lambda: bounds.refusal(lambda: restore(bomb, place)))
    assert bounds.refusal(lambda: restore(bomb, place)) == "bad_backup"
    assert spent.seconds < 0.5
    assert state(place) == before


def test_a_backup_that_the_disk_cannot_hold_is_refused_before_anything_is_written(
    place: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = shutil.disk_usage(place)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: used._replace(free=1_000_000))
    before = state(place)
    for source in (model.parent / "x.auditor-backup", *(model / "backups").glob("*.db")):
        assert bounds.refusal(lambda source=source: restore(source, place)) == "no_room"
    assert state(place) == before


def lying(size: object) -> dict[str, Any]:
    return {
        "format": portable.FORMAT,
        "files": [{"name": driver.DATABASE, "bytes": size, "sha256": "0" * 64}],
    }


MANIFESTS: dict[str, Callable[[], Any]] = {
    "a size of 2**80": lambda: lying(2**80),
    "a size of -1": lambda: lying(-1),
    "a size of true": lambda: lying(True),
    "a size of text": lambda: lying("1"),
    "deep": lambda: json.loads("[" * 900 + "]" * 900),
    "no files": lambda: {"format": portable.FORMAT, "files": None},
    "files of numbers": lambda: {"format": portable.FORMAT, "files": [1, 2]},
    "names of lists": lambda: {
        "format": portable.FORMAT,
        "files": [{"name": ["x"], "bytes": 1, "sha256": "0" * 64}],
    },
    "another format": lambda: {"format": "auditor-backup/2", "files": []},
    "no map": lambda: [1],
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_a_hostile_manifest_is_refused(place: Path, tmp_path: Path, case: str) -> None:
    source = packed(tmp_path / "x", {driver.DATABASE: b"x"}, MANIFESTS[case]())
    assert bounds.refusal(lambda: restore(source, place)) == "bad_backup"


@examples(25)
@given(st.integers(0, 2**32))
def test_a_changed_backup_is_whole_or_refused(
    model: Path, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    dice = random.Random(seed)
    content = bytearray((model.parent / "x.auditor-backup").read_bytes())
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(content))
        if dice.random() < 0.8:
            end = max(0, len(content) - 1 - at % 700)  # the list of what is in it
            content[end if dice.random() < 0.5 else at] = dice.randrange(256)
        else:
            del content[at : at + dice.randint(1, 5000)]
            content.append(0)
    folder = tmp_path_factory.mktemp("changed")
    (folder / "x").write_bytes(content)
    code = bounds.refusal(lambda: restore(folder / "x", folder / "workspace"))
    assert code in ("", "bad_backup", "newer")
    assert set(os.listdir(folder)) <= {"x", "workspace"}  # noqa: PTH208
    shutil.rmtree(folder)


# settings

SETTINGS = {
    "deep": b"[" * 200_000,
    "no map": b"[]",
    "no UTF-8": b'{"language": "\xff"}',
    "no settings": b'{"language": ["vi"], "theme": {}, "text_size": 1e999, "touch": "yes"}',
    "a huge number": b'{"text_size": ' + b"9" * 5000 + b"}",
    "a workspace of NUL": b'{"workspace": "a\\u0000b"}',
    "a workspace of half a pair": b'{"workspace": "\\ud800", "evaluator": "\\udfff"}',
    "a workspace of 5,000": b'{"workspace": "' + b"x" * 5000 + b'"}',
    "a workspace without end": b'{"workspace": "/proc/self/fd/0/x"}',
    "empty": b"",
}


@pytest.mark.parametrize("case", SETTINGS)
def test_hostile_settings_are_the_usual_ones(tmp_path: Path, case: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(SETTINGS[case])
    with bounds.in_time():
        found = settings.load(path)
    settings.save(found, path)
    assert settings.load(path) == found
    assert found.evaluator == "E-01"
    if found.workspace is not None:
        Path(found.workspace).exists()


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_settings_that_are_no_file(tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "settings.json"
    make(path)
    with bounds.in_time():
        assert settings.load(path) == settings.Settings()
