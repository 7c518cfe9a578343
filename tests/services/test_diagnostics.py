"""The bundle for support: what it holds, and what must never be in it."""

from __future__ import annotations

import json
import logging
import zipfile
from pathlib import Path

import pytest

from auditor.domain.errors import RefusedError
from auditor.domain.facts import VisitFacts
from auditor.services.diagnostics import without_words, write
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress

from .conftest import picture

PRIVATE = ("Nguyễn Thị Thu", "Ẩm thực Ngõ Cũ", "12 Lê Lợi", "IMG_Thu", "Bà ấy", "E-SECRET")


@pytest.fixture
def filled(workspace: Workspace) -> Path:
    """A workspace full of names, with a log in which a bug quotes an answer."""
    version = workspace.checklists.add_from_library("every-type")
    client = workspace.places.add_client("Ẩm thực Ngõ Cũ")
    brand = workspace.places.add_brand(client.id, "Sen", "#1F5C4A", "#DFA23A")
    place = workspace.places.add_location(brand.id, "SV-1", "Quận 1", "12 Lê Lợi")
    on = workspace.store.clock().date()
    visit = workspace.visits.start(place.id, version.id, on, "Asia/Ho_Chi_Minh", "E-SECRET")
    compiled = workspace.checklists.get(version.id)
    item = next(item for item in compiled.items if item.takes_answer)
    answer = Answer(comment="Bà ấy gắt với khách")
    workspace.visits.save_answer(visit.id, (item.id, 0), answer, Progress(1, 30))
    workspace.visits.drafts.save_facts(visit.id, VisitFacts(staff="Nguyễn Thị Thu"), visit.zone)
    file = workspace.visits.attach(visit.id, (item.id, 0), picture(), "IMG_Thu.jpg")
    Path(file.path).unlink()  # the doctor will name it
    try:
        raise ValueError("\n".join(PRIVATE))
    except ValueError:
        logging.getLogger("auditor").exception("in %s", workspace.folder / "evidence")
    workspace.close()
    return workspace.folder


def test_support_sees_versions_health_sizes_and_the_way_of_a_bug(
    filled: Path, tmp_path: Path
) -> None:
    out = write(filled, tmp_path / "bundle.zip")
    with zipfile.ZipFile(out) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(texts) == {"versions.json", "health.json", "sizes.json", "logs/auditor.log"}
    assert json.loads(texts["versions.json"])["sqlite"]
    found = {finding["code"]: finding["level"] for finding in json.loads(texts["health.json"])}
    assert (found["database"], found["missing"]) == ("good", "fault")
    assert json.loads(texts["sizes.json"])["rows"]["visit"] == 1
    assert "ValueError: …" in texts["logs/auditor.log"]
    assert "test_diagnostics.py" in texts["logs/auditor.log"]


def test_nothing_personal_is_in_it(filled: Path, tmp_path: Path) -> None:
    out = write(filled, tmp_path / "bundle.zip")
    with zipfile.ZipFile(out) as bundle:
        everything = "\n".join(bundle.read(name).decode() for name in bundle.namelist())
    for word in (*PRIVATE, str(filled), str(Path.home())):
        assert word not in everything, word


WINDOWS = r"""2026-11-22 14:02:00,000 ERROR auditor: a bug
Traceback (most recent call last):
  File "C:\Users\Anna Thu Nguyen\AppData\Local\auditor\cli.py", line 9, in run
    app()
pydantic_core.ValidationError: 1 validation error for Checklist
title
  Input should be a valid string [input_value='Bà ấy gắt']
2026-11-22 14:02:01,000 ERROR auditor: another
Traceback (most recent call last):
  File "C:\Users\Anna Thu Nguyen\x.py", line 1, in y
auditor.services.photo_reader.ReaderError: Traceback (most recent call last):
  File "/home/anna/read.py", line 3, in read
KeyError: 'Bà ấy'
"""


def test_a_message_of_several_lines_and_a_home_with_blanks_are_left_out() -> None:
    told = without_words(WINDOWS, Path("/work"))
    for word in ("Anna", "anna", "Nguyen", "Bà ấy", "Input"):
        assert word not in told, word
    for line in (
        '  File "…/cli.py", line 9, in run',
        "    app()",
        "pydantic_core.ValidationError: …",
        "auditor.services.photo_reader.ReaderError: …",
        '  File "…/read.py", line 3, in read',
        "KeyError: …",
    ):
        assert line in told.splitlines()


def test_the_way_to_a_workspace_that_does_not_open_is_left_out(
    filled: Path, tmp_path: Path
) -> None:
    """A home folder is often a name."""
    home = tmp_path / "Nguyễn Thị Thu"
    filled.rename(home)
    (home / "workspace.db").write_bytes(b"garbage" * 1000)
    with zipfile.ZipFile(write(home, tmp_path / "bundle.zip")) as bundle:
        health = json.loads(bundle.read("health.json"))
    assert health[0]["code"] == "damaged"
    assert "Thu" not in health[0]["sentence"]


def test_a_workspace_that_does_not_open_is_told(filled: Path, tmp_path: Path) -> None:
    (filled / "workspace.db").write_bytes(b"garbage" * 1000)
    out = write(filled, tmp_path / "bundle.zip")
    with zipfile.ZipFile(out) as bundle:
        health = json.loads(bundle.read("health.json"))
    assert [finding["level"] for finding in health] == ["fault"]


def test_nothing_is_overwritten(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle.zip"
    out.write_bytes(b"mine")
    with pytest.raises(RefusedError):
        write(filled, out)
    assert out.read_bytes() == b"mine"
