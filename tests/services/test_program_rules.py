"""What a program asks for holds where the visit is made: at the check, at submission, on paper."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.facts import VisitFacts, VisitRules
from auditor.domain.obligations import lacking
from auditor.domain.programs import ProgramInput, Terms, WaveInput, WaveTerms
from auditor.domain.records import ProgramRecord, VisitRecord
from auditor.domain.suspicions import Inspector
from auditor.domain.visit_hours import VisitHours
from auditor.services.workspace import Workspace
from auditor.store.queries import drafts as draft_queries
from auditor.store.queries import visits as visit_queries
from forms.answers import Answer
from forms.filling import Filling, Progress

from .conftest import ZONE

PROGRESS = Progress(1, 1)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def program(workspace: Workspace) -> ProgramRecord:
    return workspace.programs.add(1, ProgramInput("Đo lường", "Biết vì sao khách đi"))


def change(workspace: Workspace, program: ProgramRecord, **given: Any) -> ProgramRecord:
    now = workspace.programs.get(program.id)
    return workspace.programs.change_program(now.id, replace(now.given, **given), now.version)


def undo(workspace: Workspace) -> None:
    assert workspace.programs.last is not None
    workspace.programs.undo(workspace.programs.last)


def rows(workspace: Workspace) -> list[Any]:
    raw = workspace.store.raw
    return [
        raw.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in ("program", "wave")
    ]


# what is kept

FULL = Terms(1, Decimal(80), 2, 3, 45, 10, Decimal("150000.5"), Decimal(300000), "VND", None)
RULES = VisitRules(
    True, True, True, True, True, 3, (VisitHours(frozenset({0, 4}), time(9), time(21, 30)),)
)


def test_everything_is_kept_and_taken_back(workspace: Workspace, program: ProgramRecord) -> None:
    before = rows(workspace)
    given = ProgramInput("Khác", "Vì sao", "Đọc kỹ", RULES, FULL, active=False)
    changed = workspace.programs.change_program(program.id, given, program.version)
    assert changed.given == given
    assert workspace.read(visit_queries.programs) == [changed]
    undo(workspace)
    assert rows(workspace) == before
    undo(workspace)
    assert workspace.programs.get(program.id) == changed


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("target", Terms(target=Decimal(101))),
        ("quota", Terms(quota=-1)),
        ("rotation", Terms(rotation=61)),
        ("lockout_days", Terms(lockout_days=-1)),
        ("most_visits", Terms(most_visits=10_001)),
        ("fee", Terms(fee=Decimal(-1))),
        ("expense_cap", Terms(expense_cap=Decimal("NaN"))),
        ("currency", Terms(currency="đồng")),
    ],
)
def test_what_is_out_of_range_says_its_field(
    workspace: Workspace, program: ProgramRecord, code: str, terms: Terms
) -> None:
    before = rows(workspace)
    with pytest.raises(RefusedError) as refused:
        change(workspace, program, terms=terms)
    assert refused.value.code == code
    assert refused.value.text("vi") != refused.value.text("en")
    assert rows(workspace) == before


def test_rules_are_checked_too(workspace: Workspace, program: ProgramRecord) -> None:
    for code, rules in (
        ("photos_least", VisitRules(photos_least=-1)),
        ("windows", VisitRules(windows=(VisitHours(frozenset()),))),
    ):
        with pytest.raises(RefusedError) as refused:
            change(workspace, program, rules=rules)
        assert refused.value.code == code
    with pytest.raises(NotFoundError):
        change(workspace, program, terms=Terms(99))


def test_who_looked_at_an_older_state_is_told(workspace: Workspace, program: ProgramRecord) -> None:
    change(workspace, program, objectives="x")
    with pytest.raises(RefusedError) as refused:
        workspace.programs.change_program(program.id, program.given, program.version)
    assert refused.value.code == "changed_meanwhile"


def test_a_wave_holds_what_it_says_else_the_program(
    workspace: Workspace, program: ProgramRecord
) -> None:
    change(workspace, program, terms=replace(FULL, quota=4))
    own = WaveTerms(target=Decimal(85), quota=0)
    days = (date(2026, 11, 1), date(2026, 11, 30))
    (wave,) = workspace.programs.add_waves(program.id, [WaveInput("T11", *days, "", own)])
    visit = workspace.visits.plan(1, 1, wave_id=wave.id)
    terms = workspace.read(draft_queries.terms, visit.id)
    assert terms == replace(FULL, target=Decimal(85), quota=0)
    cleared = replace(wave.given, own=replace(own, target=None))
    workspace.programs.change_wave(wave.id, cleared, wave.version)
    again = workspace.read(draft_queries.terms, visit.id)
    assert again is not None
    assert again.target == Decimal(80)
    undo(workspace)
    assert workspace.programs.wave(wave.id) == wave
    alone = workspace.visits.plan(1, 1)
    assert workspace.read(draft_queries.terms, alone.id) is None


def test_waves_come_all_or_none(workspace: Workspace, program: ProgramRecord) -> None:
    with pytest.raises(RefusedError):
        workspace.programs.add_waves(program.id, [WaveInput("A"), WaveInput("B"), WaveInput("A")])
    assert workspace.programs.get(program.id).waves == ()
    workspace.programs.add_waves(program.id, [WaveInput("A"), WaveInput("B")])
    undo(workspace)
    assert workspace.programs.get(program.id).waves == ()


def test_a_wave_with_visits_stays(workspace: Workspace, program: ProgramRecord) -> None:
    wave = workspace.programs.add_wave(program.id, "T11")
    bare = workspace.programs.add_wave(program.id, "T12")
    workspace.visits.plan(1, 1, wave_id=wave.id)
    with pytest.raises(RefusedError) as refused:
        workspace.programs.remove_wave(wave.id)
    assert refused.value.code == "wave_used"
    before = rows(workspace)
    workspace.programs.remove_wave(bare.id)
    assert [each.name for each in workspace.programs.get(program.id).waves] == ["T11"]
    undo(workspace)
    assert rows(workspace) == before


def test_what_is_used_by_now_is_not_unmade(workspace: Workspace) -> None:
    workspace.programs.add_program(1, "Mới")
    step = workspace.programs.last
    (program,) = workspace.read(visit_queries.programs)
    workspace.programs.add_wave(program.id, "T1")
    assert step is not None
    with pytest.raises(RefusedError) as refused:
        workspace.programs.undo(step)
    assert refused.value.code == "used_since"


# where it holds


def begun(workspace: Workspace, program: ProgramRecord) -> VisitRecord:
    """A draft with all that the checklist wants."""
    wave = workspace.programs.add_wave(program.id, "T11")
    visit = workspace.visits.start(1, 1, MONDAY, ZONE, "E-07", wave.id)
    workspace.visits.save_answer(visit.id, ("greeted", 0), Answer("no"), PROGRESS)
    return visit


def photo(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 8), shade).save(out, "PNG")
    return out.getvalue()


def test_a_receipt_is_asked_for_before_submission(
    workspace: Workspace, program: ProgramRecord
) -> None:
    visit = begun(workspace, program)
    change(workspace, program, rules=VisitRules(receipt_needed=True))
    with pytest.raises(RefusedError) as refused:
        workspace.visits.submit(visit.id, "E-07")
    assert refused.value.code == "unfinished"
    workspace.visits.drafts.save_facts(visit.id, VisitFacts(receipt="HD-0042"), ZONE)
    assert workspace.visits.submit(visit.id, "E-07").score is not None


def test_photos_of_questions_are_counted_once(workspace: Workspace, program: ProgramRecord) -> None:
    visit = begun(workspace, program)
    change(workspace, program, rules=VisitRules(photos_least=2))
    workspace.visits.attach(visit.id, ("queue", 0), photo(1), "a.png")
    workspace.visits.attach(visit.id, None, photo(2), "b.png")
    opened = workspace.visits.open(visit.id)
    filling = Filling(opened.compiled, opened.answers, opened.at)
    (found,) = lacking(opened.rules, filling, opened.facts, opened.evidence)
    assert found.text("en") == (
        "The program asks for at least 2 photos, so far 1 belong to questions. Add 1 more."
    )
    with pytest.raises(RefusedError):
        workspace.visits.submit(visit.id, "E-07")
    workspace.visits.attach(visit.id, ("queue", 0), photo(3), "c.png")
    assert workspace.visits.submit(visit.id, "E-07")


def test_an_arrival_outside_the_windows_is_doubted(
    workspace: Workspace, program: ProgramRecord
) -> None:
    hours = VisitHours(frozenset({0}), time(9), time(21))
    change(workspace, program, rules=VisitRules(windows=(hours,)))
    visit = begun(workspace, program)

    def codes(hour: int) -> list[str]:
        arrived = datetime.combine(MONDAY, time(hour))
        workspace.visits.drafts.save_facts(visit.id, VisitFacts(arrived=arrived), ZONE)
        opened = workspace.visits.open(visit.id)
        filling = Filling(opened.compiled, opened.answers, opened.at)
        found = Inspector(opened.compiled, opened.complaint_words).all(
            filling, opened.facts, opened.evidence, opened.at, {}, opened.rules.windows
        )
        return [each.code for each in found]

    assert codes(12) == []
    assert codes(22) == ["outside-hours"]
    assert workspace.visits.submit(visit.id, "E-07")


def test_no_name_of_an_evaluator_reaches_a_report(
    workspace: Workspace, program: ProgramRecord, tmp_path: Path
) -> None:
    given = EvaluatorInput(
        "EV-07", "Trần Thị Bích Ngọc", "0903111222", notes="chỉ buổi sáng", languages=("tiếng Anh",)
    )
    workspace.evaluators.add(given)
    wave = workspace.programs.add_wave(program.id, "T11")
    told = []
    for typed in ("ev-07", "Trần Thị Bích Ngọc"):
        visit = workspace.visits.start(1, 1, MONDAY, ZONE, typed, wave.id)
        workspace.visits.save_answer(visit.id, ("greeted", 0), Answer("no"), PROGRESS)
        workspace.visits.submit(visit.id, typed)
        (path,) = workspace.reports.write([visit.id], "vi", tmp_path / str(visit.id))
        told.append(_text(path) + path.read_bytes().decode("latin-1"))
    assert "ev-07" in told[0]
    for text in told:
        for secret in ("Bích", "Ngọc", "0903111222", "buổi sáng", "tiếng Anh"):
            assert secret not in text
            assert secret.encode("utf-16-be").decode("latin-1") not in text


def _text(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
