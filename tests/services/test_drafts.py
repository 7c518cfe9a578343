"""What a draft holds beside its answers: on disk when the call returns, or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotFoundError, NotSavedError, RefusedError
from auditor.domain.facts import Daypart, Kept, VisitFacts, VisitRules, Weather
from auditor.domain.records import VisitRecord
from auditor.services.open_visit import OpenVisit
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Filling, Progress

from .conftest import TODAY, ZONE

FACTS = VisitFacts(
    arrived=datetime.fromisoformat("2026-11-22T10:02"),
    left=datetime.fromisoformat("2026-11-22T10:31"),
    daypart=Daypart.MIDDAY,
    staff="Nữ, tóc ngắn\nđồng phục xanh",
    receipt="HD-0093",
    amount=Decimal("94000.50"),
    currency="USD",
    purchase="1 cà phê",
    weather=Weather.STORM,
    notes="Quán đang sửa 👋",
)
KEY = "times:a:b"
Write = Callable[[Workspace, int], Saved]
WRITES: dict[str, Write] = {
    "facts": lambda w, id: w.visits.drafts.save_facts(id, FACTS, ZONE),
    "tray": lambda w, id: w.visits.drafts.save_tray(id, ("b" * 64, "a" * 64)),
    "kept": lambda w, id: w.visits.drafts.keep(id, KEY, Kept("f" * 64, "Cả hai đúng")),
    "briefing": lambda w, id: w.visits.drafts.read_briefing(id),
    "stopwatch": lambda w, id: w.visits.drafts.stopwatch(id, ("wait", 0), datetime.now(UTC)),
}
each_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


def again(folder: Path, visit_id: int) -> OpenVisit:
    """What another program finds."""
    reader = Workspace.open(folder, write=False)
    try:
        return reader.visits.open(visit_id)
    finally:
        reader.close()


def submitted(workspace: Workspace) -> VisitRecord:
    visit = workspace.visits.start(1, 1, TODAY, ZONE, "E-07")
    workspace.visits.save_answer(visit.id, ("greeted", 0), Answer("no"), Progress(1, 6))
    workspace.visits.submit(visit.id, "E-07")
    return workspace.visits.get(visit.id)


@each_write
def test_a_write_says_when_and_what_it_touched(
    workspace: Workspace, draft: VisitRecord, write: Write
) -> None:
    heard: list[Changes] = []
    workspace.subscribe(heard.append)
    saved = write(workspace, draft.id)
    one = frozenset({draft.id})
    assert saved.changes == Changes(answers=one, visits=one)
    assert heard == [saved.changes]
    assert workspace.visits.get(draft.id).saved_at == saved.at


@each_write
def test_a_visit_that_was_handed_in_takes_nothing(workspace: Workspace, write: Write) -> None:
    visit = submitted(workspace)
    before = workspace.visits.open(visit.id)
    with pytest.raises(RefusedError) as refused:
        write(workspace, visit.id)
    assert refused.value.code == "read_only_visit"
    assert workspace.visits.open(visit.id) == before


@each_write
def test_a_planned_visit_is_begun_first(workspace: Workspace, write: Write) -> None:
    planned = workspace.visits.plan(1, 1)
    with pytest.raises(RefusedError) as refused:
        write(workspace, planned.id)
    assert refused.value.code == "not_begun"


def test_facts_come_back_as_they_were(
    workspace: Workspace, draft: VisitRecord, folder: Path
) -> None:
    assert workspace.visits.open(draft.id).facts.blank
    workspace.visits.drafts.save_facts(draft.id, FACTS, ZONE)
    assert again(folder, draft.id).facts == FACTS
    assert str(again(folder, draft.id).facts.amount) == "94000.50"


def test_later_facts_replace_all_of_the_former(workspace: Workspace, draft: VisitRecord) -> None:
    drafts = workspace.visits.drafts
    drafts.save_facts(draft.id, FACTS, ZONE)
    drafts.save_facts(draft.id, VisitFacts(notes="x"), ZONE)
    assert workspace.visits.open(draft.id).facts == VisitFacts(notes="x")


def test_times_are_those_of_the_visits_zone(workspace: Workspace, draft: VisitRecord) -> None:
    workspace.visits.drafts.save_facts(draft.id, FACTS, ZONE)
    query = "SELECT arrived_at, left_at FROM visit WHERE id = ?"
    row = workspace.store.raw.execute(query, (draft.id,)).fetchone()
    assert [text[:16] for text in row] == ["2026-11-22T03:02", "2026-11-22T03:31"]


def test_words_have_one_spelling(workspace: Workspace, draft: VisitRecord) -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn")
    told = VisitFacts(staff=apart, receipt=f" {apart}\n1 ", purchase=apart, notes=f"{apart}\n\n")
    workspace.visits.drafts.save_facts(draft.id, told, ZONE)
    facts = workspace.visits.open(draft.id).facts
    assert (facts.staff, facts.receipt) == ("Nguyễn", "Nguyễn 1")
    assert (facts.purchase, facts.notes) == ("Nguyễn", "Nguyễn")


def test_facts_are_no_answers(workspace: Workspace, draft: VisitRecord) -> None:
    """Progress and score do not know them."""
    before = workspace.visits.open(draft.id)
    workspace.visits.drafts.save_facts(draft.id, FACTS, ZONE)
    after = workspace.visits.open(draft.id)
    assert after.answers == before.answers == {}
    record = after.record
    assert (record.answered, record.total) == (before.record.answered, before.record.total)
    fillings = [Filling(each.compiled, each.answers, each.at) for each in (before, after)]
    assert fillings[0].score() == fillings[1].score()


def test_facts_outlive_handing_in(workspace: Workspace, draft: VisitRecord) -> None:
    workspace.visits.drafts.save_facts(draft.id, FACTS, ZONE)
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("no"), Progress(1, 6))
    workspace.visits.submit(draft.id, "E-07")
    assert workspace.visits.open(draft.id).facts == FACTS


def test_a_full_disk_leaves_the_facts_before(
    workspace: Workspace, draft: VisitRecord, folder: Path
) -> None:
    workspace.visits.drafts.save_facts(draft.id, FACTS, ZONE)
    raw = workspace.store.raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count = {pages}")
    more = replace(FACTS, arrived=None, notes="dài " * 200_000)
    with pytest.raises(NotSavedError) as refused:
        workspace.visits.drafts.save_facts(draft.id, more, ZONE)
    assert refused.value.code == "disk_full"
    assert again(folder, draft.id).facts == FACTS
    raw.execute("PRAGMA max_page_count = 1000000")
    workspace.visits.drafts.save_facts(draft.id, more, ZONE)
    assert again(folder, draft.id).facts.arrived is None


def test_the_tray_keeps_its_order(
    workspace: Workspace, draft: VisitRecord, folder: Path, jpeg: bytes
) -> None:
    first = workspace.visits.attach(draft.id, None, jpeg, "a.jpg").sha256
    second = workspace.visits.attach(draft.id, None, jpeg + b"x", "b.jpg").sha256
    workspace.visits.drafts.save_tray(draft.id, (second, first))
    assert again(folder, draft.id).tray == (second, first)


def test_what_is_left_as_it_is_has_a_reason(
    workspace: Workspace, draft: VisitRecord, folder: Path
) -> None:
    drafts = workspace.visits.drafts
    drafts.keep(draft.id, KEY, Kept("1" * 64, " Đồng hồ chạy sai "))
    assert again(folder, draft.id).kept == {KEY: Kept("1" * 64, "Đồng hồ chạy sai")}
    with pytest.raises(RefusedError) as refused:
        drafts.keep(draft.id, KEY, Kept("2" * 64, " \n"))
    assert refused.value.code == "no_keep_reason"
    drafts.keep(draft.id, KEY, Kept("2" * 64, "Khác"))
    assert again(folder, draft.id).kept == {KEY: Kept("2" * 64, "Khác")}
    drafts.keep(draft.id, KEY, None)
    assert again(folder, draft.id).kept == {}


def test_a_caption_belongs_to_a_file_of_the_visit(
    workspace: Workspace, draft: VisitRecord, folder: Path, jpeg: bytes
) -> None:
    sha = workspace.visits.attach(draft.id, None, jpeg, "a.jpg").sha256
    workspace.visits.drafts.caption(draft.id, sha, " Mặt tiền ")
    assert again(folder, draft.id).evidence[sha].caption == "Mặt tiền"
    with pytest.raises(NotFoundError):
        workspace.visits.drafts.caption(draft.id, "0" * 64, "x")


def briefed(workspace: Workspace) -> VisitRecord:
    """A draft of a program that has all there is to read."""
    program = workspace.programs.add_program(1, "Trải nghiệm")
    workspace.programs.update_program(
        program.id,
        briefing="Đọc kỹ.",
        rules=VisitRules(hide_score=True, show_last_visit=False, staff_names=True),
    )
    workspace.programs.set_document(program.id, b"%PDF-1.4", "Hướng dẫn.pdf")
    wave = workspace.programs.add_wave(program.id, "Q4", scenario="Gọi một ly.")
    return workspace.visits.start(1, 1, TODAY, ZONE, "E-07", wave.id)


def test_a_draft_brings_what_is_read_before_it(workspace: Workspace, folder: Path) -> None:
    opened = again(folder, briefed(workspace).id)
    briefing = opened.briefing
    assert (briefing.text, briefing.scenario) == ("Đọc kỹ.", "Gọi một ly.")
    assert (briefing.document_name, briefing.read_at) == ("Hướng dẫn.pdf", None)
    assert briefing.document_path is not None
    assert Path(briefing.document_path).read_bytes() == b"%PDF-1.4"
    assert briefing.given
    assert opened.rules == VisitRules(hide_score=True, staff_names=True)


def test_the_first_reading_stands(workspace: Workspace, folder: Path) -> None:
    visit = briefed(workspace)
    first = workspace.visits.drafts.read_briefing(visit.id)
    workspace.visits.drafts.read_briefing(visit.id)
    assert again(folder, visit.id).briefing.read_at == first.at


def test_a_briefing_is_read_after_handing_in_too(workspace: Workspace, folder: Path) -> None:
    visit = briefed(workspace)
    read = workspace.visits.drafts.read_briefing(visit.id)
    workspace.visits.save_answer(visit.id, ("greeted", 0), Answer("no"), Progress(1, 6))
    workspace.visits.submit(visit.id, "E-07")
    briefing = again(folder, visit.id).briefing
    assert (briefing.text, briefing.read_at) == ("Đọc kỹ.", read.at)


def test_a_visit_of_no_program_has_nothing_to_read(
    workspace: Workspace, draft: VisitRecord
) -> None:
    opened = workspace.visits.open(draft.id)
    assert not opened.briefing.given
    assert opened.rules == VisitRules()
