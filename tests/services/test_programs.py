"""Programs as the office sets them: names, rules, what is read before a visit, waves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError
from auditor.domain.facts import VisitRules
from auditor.domain.records import ProgramRecord
from auditor.services.doctor import examine
from auditor.services.pictures import prepare
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.queries import visits as visit_queries

PDF = b"%PDF-1.4 gi\xe1\xbb\x9d"


@pytest.fixture
def program(workspace: Workspace) -> ProgramRecord:
    return workspace.programs.add_program(1, "Trải nghiệm")


def told(workspace: Workspace) -> list[tuple[str, dict[str, object]]]:
    """The trail of programs and waves."""
    found = workspace.read(events.events)
    return [
        (each.kind, json.loads(each.payload or "{}"))
        for each in found
        if each.kind.startswith(("program.", "wave."))
    ]


def stored(folder: Path) -> ProgramRecord:
    """The one program, as another program finds it on disk."""
    reader = Workspace.open(folder, write=False)
    try:
        (found,) = reader.read(visit_queries.programs)
        return found
    finally:
        reader.close()


def test_a_new_program_hides_and_shows_as_usual(program: ProgramRecord, folder: Path) -> None:
    found = stored(folder)
    assert found == program
    assert found.rules == VisitRules()
    assert (found.briefing, found.document) == ("", None)


def test_what_is_given_changes_and_the_rest_stays(
    workspace: Workspace, program: ProgramRecord, folder: Path
) -> None:
    programs = workspace.programs
    rules = VisitRules(hide_score=True, show_last_visit=True)
    programs.update_program(program.id, rules=rules)
    programs.update_program(program.id, briefing="  Đọc kỹ.\n\n- một \n")
    changed = programs.update_program(program.id, name=" Trải  nghiệm 2027 ")
    assert changed == stored(folder)
    assert (changed.name, changed.rules) == ("Trải nghiệm 2027", rules)
    assert changed.briefing == "Đọc kỹ.\n\n- một"


def test_the_trail_says_what_it_was(workspace: Workspace, program: ProgramRecord) -> None:
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    workspace.programs.update_program(program.id, name="Khác", rules=VisitRules(staff_names=True))
    kind, payload = told(workspace)[-1]
    assert kind == "program.changed"
    assert payload == {
        "name": {"from": "Trải nghiệm", "to": "Khác"},
        "staff_names": {"from": False, "to": True},
        "program": "Trải nghiệm",
    }
    assert heard == [Changes(programs=True)]


def test_nothing_changed_is_nothing_told(workspace: Workspace, program: ProgramRecord) -> None:
    before = told(workspace)
    workspace.programs.update_program(program.id, name="Trải nghiệm", rules=VisitRules())
    assert told(workspace) == before


@pytest.mark.parametrize(("name", "code"), [(" ", "empty_name"), ("Khác", "program_taken")])
def test_a_name_that_cannot_be_is_refused(
    workspace: Workspace, program: ProgramRecord, name: str, code: str
) -> None:
    workspace.programs.add_program(1, "Khác")
    with pytest.raises(RefusedError) as refused:
        workspace.programs.update_program(program.id, name=name, briefing="mất")
    assert refused.value.code == code
    assert workspace.programs.get(program.id) == program


def test_two_clients_may_call_it_the_same(workspace: Workspace, program: ProgramRecord) -> None:
    other = workspace.places.add_client("Khách khác")
    theirs = workspace.programs.add_program(other.id, "X")
    workspace.programs.update_program(theirs.id, name=program.name)
    assert workspace.programs.get(theirs.id).name == program.name


NOWHERE: dict[str, Callable[[Workspace], object]] = {
    "get": lambda w: w.programs.get(9),
    "update": lambda w: w.programs.update_program(9, name="x"),
    "document": lambda w: w.programs.set_document(9, PDF, "a.pdf"),
    "wave": lambda w: w.programs.add_wave(9, "Q4"),
    "change wave": lambda w: w.programs.update_wave(9, "Q4", None, None, ""),
    "scenario": lambda w: w.programs.set_scenario(9, "x"),
}


@pytest.mark.parametrize("act", NOWHERE.values(), ids=NOWHERE)
def test_what_is_not_there_is_told(
    workspace: Workspace, act: Callable[[Workspace], object]
) -> None:
    with pytest.raises(NotFoundError):
        act(workspace)


# the document


def test_a_document_is_kept_by_its_hash(
    workspace: Workspace, program: ProgramRecord, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "Hướng dẫn.pdf"
    source.write_bytes(PDF)
    workspace.programs.set_document(program.id, source)
    found = stored(folder)
    assert found.document == hashlib.sha256(PDF).hexdigest()
    assert (found.document_name, found.document_bytes) == ("Hướng dẫn.pdf", len(PDF))
    path = workspace.programs.document_path(found)
    assert path is not None
    assert path.suffix == ".pdf"
    assert path.read_bytes() == PDF
    source.unlink()
    assert examine(workspace).healthy
    path.unlink()
    assert not examine(workspace).healthy


def test_any_file_is_a_document(workspace: Workspace, program: ProgramRecord) -> None:
    prepared = prepare(b"PK\x03\x04 docx", "phiếu.docx", "file")
    found = workspace.programs.set_document(program.id, prepared)
    assert found.document_name == "phiếu.docx"
    path = workspace.programs.document_path(found)
    assert path is not None
    assert path.exists()


def test_another_document_and_none(
    workspace: Workspace, program: ProgramRecord, folder: Path
) -> None:
    first = workspace.programs.set_document(program.id, PDF, "a.pdf").document
    workspace.programs.set_document(program.id, PDF + b"2", "b.pdf")
    assert stored(folder).document_name == "b.pdf"
    replaced = workspace.programs.last
    assert replaced is not None
    gone = workspace.programs.set_document(program.id, None)
    assert (gone.document, gone.document_name) == (None, "")
    assert workspace.programs.document_path(gone) is None
    removed = workspace.programs.last
    assert removed is not None
    workspace.programs.undo(removed)
    assert stored(folder).document_name == "b.pdf"
    workspace.programs.undo(replaced)
    back = stored(folder)
    assert (back.document, back.document_name) == (first, "a.pdf")
    path = workspace.programs.document_path(back)
    assert path is not None
    assert path.read_bytes() == PDF
    assert examine(workspace).healthy


def test_a_document_that_a_visit_holds_as_evidence_stays_known(
    workspace: Workspace, program: ProgramRecord, jpeg: bytes
) -> None:
    visit = workspace.visits.start(1, 1, date(2026, 11, 22), "Asia/Ho_Chi_Minh", "E-07")
    sha = workspace.visits.attach(visit.id, None, jpeg, "a.jpg").sha256
    workspace.programs.set_document(program.id, jpeg, "a.jpg")
    workspace.programs.set_document(program.id, None)
    assert workspace.evidence.known() == {sha}


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty_file"), (b"x" * 2_000_000, "file_too_big")]
)
def test_a_document_that_cannot_be_is_refused(
    workspace: Workspace,
    program: ProgramRecord,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    code: str,
) -> None:
    monkeypatch.setattr("auditor.services.pictures.MAX_BYTES", 1_000_000)
    with pytest.raises(RefusedError) as refused:
        workspace.programs.set_document(program.id, content, "a.bin")
    assert refused.value.code == code
    assert workspace.programs.get(program.id).document is None


def test_a_document_that_the_disk_refuses_is_not_named(
    workspace: Workspace, program: ProgramRecord
) -> None:
    sha = hashlib.sha256(PDF).hexdigest()
    place = workspace.evidence.files.original(sha, "application/pdf").parent
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"a file where the folder should be")
    with pytest.raises(NotSavedError):
        workspace.programs.set_document(program.id, PDF, "a.pdf")
    assert workspace.programs.get(program.id).document is None
    assert workspace.evidence.known() == frozenset()


# waves


def test_a_wave_is_changed(workspace: Workspace, program: ProgramRecord, folder: Path) -> None:
    wave = workspace.programs.add_wave(program.id, "Q4", scenario=" Gọi một ly. ")
    assert wave.scenario == "Gọi một ly."
    first, last = date(2026, 10, 1), date(2027, 1, 14)
    workspace.programs.update_wave(wave.id, "Q4/2026", first, last, "Gọi hai ly.")
    (found,) = stored(folder).waves
    assert (found.name, found.starts_on, found.ends_on) == ("Q4/2026", first, last)
    assert found.scenario == "Gọi hai ly."
    assert told(workspace)[-1] == (
        "wave.changed",
        {
            "wave": "Q4",
            "name": {"from": "Q4", "to": "Q4/2026"},
            "starts_on": {"from": None, "to": "2026-10-01"},
            "ends_on": {"from": None, "to": "2027-01-14"},
            "scenario": {"from": "Gọi một ly.", "to": "Gọi hai ly."},
        },
    )


def test_a_scenario_alone(workspace: Workspace, program: ProgramRecord, folder: Path) -> None:
    wave = workspace.programs.add_wave(program.id, "Q4", date(2026, 10, 1))
    workspace.programs.set_scenario(wave.id, "Gọi một ly.")
    (found,) = stored(folder).waves
    assert (found.scenario, found.starts_on) == ("Gọi một ly.", date(2026, 10, 1))


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("", (None, None), "empty_name"),
        ("Q3", (None, None), "wave_taken"),
        ("Q4", (date(2026, 10, 2), date(2026, 10, 1)), "wave_days"),
    ],
)
def test_a_wave_that_cannot_be_is_refused(
    workspace: Workspace,
    program: ProgramRecord,
    name: str,
    days: tuple[date | None, date | None],
    code: str,
) -> None:
    workspace.programs.add_wave(program.id, "Q3")
    wave = workspace.programs.add_wave(program.id, "Q4", scenario="Cũ")
    with pytest.raises(RefusedError) as refused:
        workspace.programs.update_wave(wave.id, name, *days, "Mới")
    assert refused.value.code == code
    assert wave in workspace.programs.get(program.id).waves


@pytest.mark.parametrize(
    ("starts", "ends", "covered"),
    [
        (None, None, True),
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 23), None, False),
        (None, date(2026, 11, 21), False),
    ],
)
def test_a_wave_covers_its_days(
    workspace: Workspace,
    program: ProgramRecord,
    starts: date | None,
    ends: date | None,
    covered: bool,
) -> None:
    wave = workspace.programs.add_wave(program.id, "Q4", starts, ends)
    assert wave.covers(date(2026, 11, 22)) is covered
