"""The firm's words of complaint: kept with the workspace, and what opens a visit reads them."""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
from auditor.services.complaints import FACT
from auditor.services.workspace import Workspace
from auditor.store import driver
from forms.complaint_words import MOST_CHARACTERS, ComplaintWords
from forms.problems import FormsError
from tests.ui.capture.stage import FIXTURES, begin_visit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def test_a_new_workspace_has_the_lists_we_ship(folder: Path) -> None:
    workspace = Workspace.open(folder)
    assert workspace.complaints.load() == ComplaintWords.default().normalised()
    assert workspace.complaints.writable
    workspace.close()


def test_the_firms_own_words_are_on_disk_and_in_the_next_visit(folder: Path) -> None:
    visit = begin_visit(folder, FIXTURES / "small.yaml").id
    workspace = Workspace.open(folder)
    typed = ComplaintWords.default().changed("vi", ["  nguội   ngắt ", "Nguội ngắt", "", "ồn"])
    kept = workspace.complaints.save(typed)
    assert kept.vi == ("nguội ngắt", "ồn")
    workspace.close()
    again = Workspace.open(folder)
    assert again.complaints.load().vi == ("nguội ngắt", "ồn")
    opened = again.visits.open(visit)
    assert opened.complaint_words.vi == ("nguội ngắt", "ồn")
    assert [found.phrase for found in opened.complaint_words.found_in("Cơm nguội ngắt.")]
    again.close()


def test_words_typed_apart_are_kept_composed(folder: Path) -> None:
    workspace = Workspace.open(folder)
    apart = unicodedata.normalize("NFD", "bất lịch sự")
    assert apart != "bất lịch sự"
    kept = workspace.complaints.save(ComplaintWords.default().changed("vi", [apart]))
    assert kept.vi == ("bất lịch sự",)
    workspace.close()


def test_what_cannot_be_kept_is_said_whole_and_the_lists_stay(folder: Path) -> None:
    workspace = Workspace.open(folder)
    workspace.complaints.save(ComplaintWords(("chậm",), ("slow",)))
    long = "rất " * MOST_CHARACTERS
    with pytest.raises(FormsError) as refused:
        workspace.complaints.save(ComplaintWords((long, "..."), ("slow",)))
    assert len(refused.value.problems) == 2
    assert all(problem.text("vi") != problem.text("en") for problem in refused.value.problems)
    assert workspace.complaints.load().vi == ("chậm",)
    workspace.close()


def test_our_own_lists_are_not_frozen_on_disk(folder: Path) -> None:
    workspace = Workspace.open(folder)
    workspace.complaints.save(ComplaintWords(("chậm",), ()))
    assert workspace.fact(FACT) is not None
    workspace.complaints.save(ComplaintWords.default())
    assert workspace.fact(FACT) is None, "a later version brings its better lists"
    workspace.close()


def test_empty_lists_are_a_choice(folder: Path) -> None:
    workspace = Workspace.open(folder)
    workspace.complaints.save(ComplaintWords())
    assert workspace.complaints.load() == ComplaintWords()
    workspace.close()


def test_a_damaged_fact_stops_no_visit(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    visit = begin_visit(folder, FIXTURES / "small.yaml").id
    workspace = Workspace.open(folder)
    workspace.set_fact(FACT, '{"vi": 7}')
    with caplog.at_level(logging.WARNING):
        opened = workspace.visits.open(visit)
    assert opened.complaint_words == ComplaintWords.default().normalised()
    assert "words of complaint" in caplog.text
    workspace.close()
    connection = driver.connect(folder / driver.DATABASE)
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (FACT,)).fetchone()
    connection.close()
    assert found == ('{"vi": 7}',), "what cannot be read is not erased"


def test_a_second_window_may_read_and_not_write(folder: Path) -> None:
    Workspace.open(folder).close()
    first = Workspace.open(folder)
    second = Workspace.open(folder, write=False)
    assert not second.complaints.writable
    with pytest.raises(WorkspaceError) as refused:
        second.complaints.save(ComplaintWords())
    assert refused.value.code == "in_use"
    second.close()
    first.close()
