"""The demo's workspace: complete, renewed and cleared whole, never in place of anything else.

The camera is faked (a small plain picture, a file of its own for each photo); the rest is real.
"""

from __future__ import annotations

import io
import os
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from auditor.domain.actions import ActionFilter, ActionStatus
from auditor.domain.errors import RefusedError, WorkspaceError
from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.domain.work import Cancel, Cancelled
from auditor.services import demo
from auditor.services.demo_data import filler
from auditor.services.demo_data.brand import BRAND, CLIENT, EVALUATORS, PLACES
from auditor.services.demo_data.calendar import Appointment, appointments
from auditor.services.demo_data.pictures import Photo, _exif
from auditor.services.open_visit import OpenVisit
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import visits as visit_queries
from forms.filling import Filling
from forms.formats import native
from forms.problems import Severity

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def camera(monkeypatch: pytest.MonkeyPatch) -> None:
    def snap(photo: Photo) -> bytes:
        out = io.BytesIO()
        Image.new("RGB", (32, 24), "teal").save(out, "JPEG", exif=_exif(photo.taken))
        return out.getvalue() + repr(photo).encode()

    monkeypatch.setattr(Photo, "jpeg", snap)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checklist is read from its file once, not for every build."""
    monkeypatch.setattr(native, "read", _read)


_read = cache(native.read)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submitted visit and a planned one are enough where only the folder counts."""

    def few(today: date) -> tuple[Appointment, ...]:
        every = appointments(today)
        return every[0], every[-1]

    monkeypatch.setattr(filler, "appointments", few)


def visits(workspace: Workspace) -> list[VisitRecord]:
    return workspace.read(visit_queries.visits)


def numbers(folder: Path) -> list[str]:
    workspace = Workspace.open(folder, write=False)
    try:
        return [visit.number for visit in visits(workspace)]
    finally:
        workspace.close()


def test_the_whole_demo(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    seen: list[tuple[int, int]] = []
    demo.build(folder, today=TODAY, progress=lambda done, total, _: seen.append((done, total)))
    workspace = Workspace.open(folder, write=False)
    try:
        assert demo.is_demo(workspace)
        check_places(workspace)
        check_states(visits(workspace))
        check_drafts(workspace)
        check_programs(workspace)
        check_actions(workspace)
        for visit in visits(workspace):
            check_visit(workspace, visit)
        assert workspace.read(events.broken_links) == []
        assert sorted(workspace.reports.latest_of_each_location()) == sorted(
            max(v.id for v in visits(workspace) if v.location == place.name and v.score)
            for place in PLACES
        )
    finally:
        workspace.close()
    assert seen[0] == (0, 19)
    assert seen[-1] == (19, 19)
    assert [path.name for path in tmp_path.iterdir() if "demo" in path.name] == ["demo"]


def check_places(workspace: Workspace) -> None:
    (client,) = workspace.read(visit_queries.clients)
    (brand,) = client.brands
    assert (client.name, brand.name) == (CLIENT, BRAND)
    assert brand.logo in workspace.evidence.known()
    found = {(place.code, place.name) for place in workspace.read(visit_queries.locations)}
    assert found == {(place.code, place.name) for place in PLACES}


def check_states(found: list[VisitRecord]) -> None:
    counts = {status: sum(v.status is status for v in found) for status in VisitStatus}
    assert {status: count for status, count in counts.items() if count} == {
        VisitStatus.SUBMITTED: 15,
        VisitStatus.PLANNED: 1,
        VisitStatus.DRAFT: 2,
        VisitStatus.VOID: 1,
    }
    assert [v.due for v in found if v.status is VisitStatus.PLANNED] == [TODAY]
    assert {v.wave for v in found} == {"Q2/2026", "Q3/2026", "Q4/2026"}
    assert {v.location for v in found if v.score} == {place.name for place in PLACES}


def check_drafts(workspace: Workspace) -> None:
    """One of yesterday, and one that was opened ahead: its briefing is still to be read."""
    ahead, draft = (v for v in visits(workspace) if v.status is VisitStatus.DRAFT)
    unread = workspace.visits.open(ahead.id)
    assert (ahead.due, ahead.answered) == (TODAY + timedelta(days=4), 0)
    assert unread.briefing.given
    assert unread.briefing.read_at is None
    assert unread.facts.blank
    opened = workspace.visits.open(draft.id)
    progress = Filling(opened.compiled, opened.answers, opened.at).progress()
    assert (draft.answered, draft.total) == (37, progress.total)
    assert progress.answered == 37 < progress.total


def check_actions(workspace: Workspace) -> None:
    """Some in every state, two of them late; one was found again at the next visit."""
    found = workspace.actions.page(ActionFilter(), TODAY)
    counts = workspace.actions.counts(ActionFilter(), TODAY)
    assert counts.by_status == {"open": 3, "under_way": 4, "done": 1, "closed": 3}
    assert counts.overdue == 2
    assert all(each.owner and each.action for each in found)
    assert all(each.created_at.date() <= TODAY for each in found)
    again = next(each for each in found if each.question == "emergency_exit")
    assert again.status is ActionStatus.UNDER_WAY
    assert "V-0016" in again.note
    assert again.visit_id is not None
    later = workspace.reports.latest_of_each_location()
    carried = {each.question for id_ in later for each in workspace.actions.for_report(id_)}
    assert {"emergency_exit", "asked_taste", "parking_help"} <= carried


def check_visit(workspace: Workspace, visit: VisitRecord) -> None:
    """What was submitted is free of errors; photos have captions and lie in the visit's hours."""
    opened = workspace.visits.open(visit.id)
    filling = Filling(opened.compiled, opened.answers, opened.at)
    errors = [p for p in filling.problems() if p.severity is Severity.ERROR]
    if visit.answered:
        check_facts(opened)
    if visit.score:
        assert errors == []
        assert 5 <= visit.photos <= 8
        assert visit.submitted_at is not None
        assert visit.submitted_at.date() < TODAY
    named = {sha for given in opened.answers.values() for sha in given.evidence}
    assert named == set(opened.evidence)
    for photo in opened.evidence.values():
        assert photo.caption
        assert photo.taken_at is not None
        assert timedelta(0) < photo.taken_at - opened.at < timedelta(minutes=50)


def check_facts(opened: OpenVisit) -> None:
    """Arrival, departure, receipt: they fit the answers, the photos and the begin of the draft."""
    facts, briefing = opened.facts, opened.briefing
    assert facts.arrived is not None
    assert facts.left is not None
    assert facts.minutes is not None
    assert 25 < facts.minutes < 60
    assert f"{facts.arrived:%H:%M}" == opened.answers["arrived_at", 0].value
    photos = [photo.taken_at for photo in opened.evidence.values() if photo.taken_at]
    assert facts.arrived - timedelta(minutes=8) < min(photos)
    assert max(photos) < facts.left
    assert facts.amount == Decimal(str(opened.answers["amount_paid", 0].value)) * 1000
    assert bool(facts.receipt) == (opened.answers["receipt", 0].value == "yes")
    if opened.record.score:
        assert str(opened.answers["drink", 0].value) in facts.purchase
    assert facts.staff
    assert facts.weather
    assert briefing.read_at is not None
    assert briefing.scenario
    assert briefing.document_path is not None
    read = briefing.read_at.astimezone(ZoneInfo(opened.record.zone)).replace(tzinfo=None)
    assert opened.at < read < facts.arrived


def check_programs(workspace: Workspace) -> None:
    (program,) = workspace.read(visit_queries.programs)
    assert "Trước khi vào:" in program.briefing
    assert program.terms.checklist_version_id is not None
    listed = workspace.read(evaluator_queries.evaluators)
    assert {who.code for who in listed} == {who[0] for who in EVALUATORS}
    told = {v.evaluator for v in visits(workspace) if v.evaluator}
    assert told == {who.code for who in listed}
    assert len({wave.scenario for wave in program.waves}) == len(program.waves) == 3
    path = workspace.programs.document_path(program)
    assert path is not None
    assert "PHIẾU NHẮC" in path.read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("small")
def test_a_second_run_renews_it(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo.build(folder, today=TODAY)
    (folder / "left.txt").write_text("from the first run")
    demo.build(folder, today=TODAY + timedelta(days=100))
    assert not (folder / "left.txt").exists()
    assert numbers(folder) == ["V-0002", "V-0001"]
    assert [path.name for path in tmp_path.iterdir() if "demo" in path.name] == ["demo"]


@pytest.mark.usefixtures("small")
def test_two_runs_say_the_same(tmp_path: Path) -> None:
    told = []
    for name in ("one", "two"):
        demo.build(tmp_path / name, today=TODAY)
        workspace = Workspace.open(tmp_path / name, write=False)
        told.append([workspace.visits.open(visit.id) for visit in visits(workspace)])
        workspace.close()
    for first, second in zip(*told, strict=True):
        assert first.answers == second.answers
        assert first.record == second.record


@pytest.mark.usefixtures("small")
def test_cancelling_leaves_the_old_demo_or_none(tmp_path: Path) -> None:
    folder = tmp_path / "demo"

    def stopped() -> None:
        cancel = Cancel()

        def progress(done: int, total: int, what: str) -> None:
            if done:
                cancel.set()

        with pytest.raises(Cancelled):
            demo.build(folder, progress=progress, cancel=cancel)

    stopped()
    assert not any("demo" in path.name for path in tmp_path.iterdir())
    demo.build(folder, today=TODAY)
    stopped()
    assert len(numbers(folder)) == 2
    assert [path.name for path in tmp_path.iterdir() if "demo" in path.name] == ["demo"]


@pytest.mark.usefixtures("small")
def test_a_crash_between_the_renames_brings_the_old_one_back(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo.build(folder, today=TODAY)
    folder.rename(demo._aside(folder))
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        demo.build(folder, cancel=cancel)
    assert len(numbers(folder)) == 2


@pytest.mark.usefixtures("small")
def test_hidden_folders_of_others_stay(tmp_path: Path) -> None:
    theirs = [tmp_path / ".demo.old", tmp_path / ".demo-mine.new"]
    for folder in theirs:
        folder.mkdir()
        (folder / "letter").write_text("x")
        os.utime(folder, (0, 0))
    demo.build(tmp_path / "demo", today=TODAY)
    demo.clear(tmp_path / "demo")
    assert all((folder / "letter").exists() for folder in theirs)


def test_a_workspace_that_is_no_demo_is_refused(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "mine")
    client = workspace.places.add_client("Khách của tôi")
    workspace.close()
    for act in (demo.build, demo.clear):
        with pytest.raises(RefusedError) as refused:
            act(tmp_path / "mine")
        assert refused.value.code == "not_the_demo"
    workspace = Workspace.open(tmp_path / "mine")
    assert [found.name for found in workspace.read(visit_queries.clients)] == [client.name]
    workspace.close()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "thư.txt").write_text("giữ lại")
    with pytest.raises(RefusedError) as refused:
        demo.build(tmp_path / "letters")
    assert str(tmp_path / "letters") in refused.value.text("vi")
    assert (tmp_path / "letters" / "thư.txt").read_text() == "giữ lại"


@pytest.mark.usefixtures("small")
def test_an_empty_folder_is_taken_and_clearing_removes_all(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    demo.build(folder, today=TODAY)
    assert numbers(folder)
    demo.clear(folder)
    demo.clear(folder)
    assert not any("demo" in path.name for path in tmp_path.iterdir())


@pytest.mark.usefixtures("small")
def test_an_open_demo_is_not_pulled_from_under_its_window(tmp_path: Path) -> None:
    demo.build(tmp_path / "demo", today=TODAY)
    window = Workspace.open(tmp_path / "demo")
    try:
        for act in (demo.build, demo.clear):
            with pytest.raises(WorkspaceError) as refused:
                act(tmp_path / "demo")
            assert refused.value.code == "in_use"
        assert len(visits(window)) == 2
    finally:
        window.close()
