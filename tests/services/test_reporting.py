"""From a workspace to PDFs: snapshots from rows, names, batches, workers."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from PIL import Image

from auditor.domain.errors import NotFoundError, RefusedError, UserError
from auditor.domain.facts import Daypart, VisitFacts, VisitRules, Weather
from auditor.domain.issued import revision_letters
from auditor.domain.work import Cancel, Cancelled
from auditor.services import report_worker
from auditor.services.report_batch import NotAllWrittenError
from auditor.services.report_names import alternatives, file_name, safe
from auditor.services.report_worker import RenderPool
from auditor.services.reporting import _without_clock
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from reports.errors import ReportError
from reports.render import render, write_whole
from reports.snapshot import ReportSnapshot
from tests.reports.paper import read

CHECKLIST = """
format: auditor-checklist/1
id: small
version: "1.0"
title: {vi: "Ghé quán", en: "Shop visit"}
languages: [vi, en]
scoring: {total: weighted, pass_mark: 80}
choice_lists:
  yn:
    - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 1}
    - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
sections:
  - id: door
    title: {vi: "Cửa", en: "Door"}
    weight: 40
    questions:
      - {id: greeted, type: choice, list: yn, points: 5, label: {vi: "Chào không?", en: "Greeted?"}}
      - {id: why, type: text, label: {vi: "Vì sao?", en: "Why?"}, relevant: "${greeted} = 'no'"}
      - {id: front, type: photo, label: {vi: "Ảnh mặt tiền", en: "Front"}}
  - id: counter
    title: {vi: "Quầy", en: "Counter"}
    weight: 60
    questions:
      - {id: smiled, type: choice, list: yn, points: 3, label: {vi: "Cười không?", en: "Smiled?"}}
      - {id: clean, type: choice, list: yn, label: {vi: "Có sạch không?", en: "Clean?"}, points: 3}
"""
ALL = ("greeted", "smiled", "clean")
PROGRESS = Progress(3, 4)
ZONE = "Asia/Ho_Chi_Minh"


def _jpeg() -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 90)).save(file, "JPEG")
    return file.getvalue()


@dataclass
class World:
    """A brand with three locations and two waves. ``visit`` hands one in."""

    workspace: Workspace
    clock: list[datetime]
    checklist: int
    locations: list[int]
    waves: list[int]

    def visit(
        self, location: int, wave: int, bad: tuple[str, ...] = (), photo: bool = False
    ) -> int:
        self.clock[0] += timedelta(days=30)
        visits = self.workspace.visits
        here = visits.start(
            self.locations[location], self.checklist, self.clock[0].date(),
            "Asia/Ho_Chi_Minh", "E-27", self.waves[wave],
        )  # fmt: skip
        if photo:
            sha = visits.attach(here.id, ("front", 0), _jpeg(), "IMG_1234.jpg").sha256
            visits.save_answer(here.id, ("front", 0), Answer(evidence=(sha,)), PROGRESS)
            visits.drafts.caption(here.id, sha, "Mặt tiền")
        for question in ALL:
            value = "no" if question in bad else "yes"
            visits.save_answer(here.id, (question, 0), Answer(value, comment="Rõ"), PROGRESS)
        visits.submit(here.id, "Nguyễn Văn Kín")
        return here.id


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = [datetime(2026, 5, 1, 7, tzinfo=UTC)]
    workspace = Workspace.open(tmp_path / "ws", clock=lambda: clock[0])
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#7B2D43", "#4A2C2A")
    program = workspace.programs.add_program(client.id, "Trải nghiệm 2026")
    yield World(
        workspace,
        clock,
        workspace.checklists.add(CHECKLIST.encode(), "small.yaml").id,
        [
            workspace.places.add_location(brand.id, f"SV-0{n}", f"Quán {n}", "1 phố Ga", "").id
            for n in (1, 2, 3)
        ],
        [workspace.programs.add_wave(program.id, name).id for name in ("Q1", "Q2")],
    )
    workspace.close()


def with_facts(world: World, facts: VisitFacts) -> ReportSnapshot:
    """The snapshot of a visit of these facts, in a program with all there is to read."""
    workspace = world.workspace
    workspace.programs.update_program(1, briefing="Bí mật của hướng dẫn")
    workspace.programs.set_document(1, b"%PDF-1.4", "Tài liệu mật.pdf")
    workspace.programs.set_scenario(world.waves[0], "Bí mật của kịch bản")
    here = workspace.visits.start(
        world.locations[0], world.checklist, date(2026, 5, 1), ZONE, "E-27", world.waves[0]
    )
    workspace.visits.drafts.save_facts(here.id, facts, ZONE)
    for question in ALL:
        workspace.visits.save_answer(here.id, (question, 0), Answer("yes"), PROGRESS)
    workspace.visits.submit(here.id, "Nguyễn Văn Kín")
    return workspace.reports.snapshot(here.id, "vi")


def test_a_report_tells_the_part_of_the_day_and_the_stay(world: World) -> None:
    arrived = datetime.fromisoformat("2026-05-02T17:50")
    facts = VisitFacts(arrived, arrived + timedelta(minutes=29))
    visit = with_facts(world, facts).visit
    assert (visit.daypart, visit.minutes, visit.on) == ("afternoon", 29, arrived.date())
    chosen = with_facts(world, replace(facts, daypart=Daypart.EVENING)).visit
    assert (chosen.daypart, chosen.minutes) == ("evening", 29)
    midnight = VisitFacts(arrived.replace(hour=23), arrived.replace(day=3, hour=0, minute=9))
    assert with_facts(world, midnight).visit.minutes == 19


def test_a_report_tells_the_hour_where_the_program_lets_it(world: World) -> None:
    arrived = datetime.fromisoformat("2026-05-02T17:50")
    facts = VisitFacts(arrived, arrived + timedelta(minutes=29))
    world.workspace.programs.update_program(1, rules=VisitRules(dayparts_only=False))
    visit = with_facts(world, facts).visit
    assert (visit.time, visit.daypart) == ("17:50", None)
    visit = with_facts(world, VisitFacts(daypart=Daypart.NIGHT)).visit
    assert (visit.time, visit.daypart) == (None, "night"), "nobody told when"


def test_the_target_is_that_of_the_wave_else_of_the_program(world: World) -> None:
    programs = world.workspace.programs
    visit = world.visit(0, 0)

    def target() -> Decimal | None:
        return world.workspace.reports.snapshot(visit, "vi").comparison.target

    assert target() == 80, "the pass mark of the checklist"
    program = programs.get(1)
    given = replace(program.given, terms=replace(program.terms, target=Decimal(85)))
    programs.change_program(1, given, program.version)
    assert target() == 85
    wave = programs.wave(world.waves[0])
    own = replace(wave.own, target=Decimal("90.5"))
    programs.change_wave(wave.id, replace(wave.given, own=own), wave.version)
    assert target() == Decimal("90.5")


def test_without_times_the_part_of_the_day_may_still_be_chosen(world: World) -> None:
    visit = with_facts(world, VisitFacts(daypart=Daypart.NIGHT)).visit
    assert (visit.daypart, visit.minutes) == ("night", None)


def test_receipt_staff_and_notes_never_reach_a_report(world: World) -> None:
    arrived = datetime.fromisoformat("2026-05-02T17:51")
    facts = VisitFacts(
        arrived,
        arrived + timedelta(minutes=29),
        None,
        "Cô Kiều tóc ngắn",
        "HD-778899",
        Decimal("123456.78"),
        "USD",
        "trà lài mận",
        Weather.STORM,
        "Ghi chú cho văn phòng",
    )
    told = with_facts(world, facts).to_json()
    plain = json.dumps(json.loads(told), ensure_ascii=False)
    for secret in (
        "Kiều", "778899", "123456", "USD", "lài", "storm", "văn phòng", "17:51", "18:20", "10:51",
        "Bí mật", "Tài liệu mật", "Kín",
    ):  # fmt: skip
        assert secret not in plain, secret
    assert '"afternoon"' in plain


def test_a_snapshot_from_rows(world: World) -> None:
    world.visit(0, 0, bad=("greeted", "smiled"))
    others = [world.visit(1, 1), world.visit(2, 1, bad=("smiled",))]
    mine = world.visit(0, 1, bad=("greeted",), photo=True)
    made = world.workspace.reports.snapshot(mine, "vi")

    assert (made.client, made.brand.name, made.wave) == ("Sen Việt", "Cà phê Sen Việt", "Q2")
    assert (made.program, made.location.code) == ("Trải nghiệm 2026", "SV-01")
    assert made.scorecard.score == Decimal("60.0")
    assert made.worth is not None
    assert made.worth.score == Decimal("100.0")
    assert made.created == made.visit.on == date(2026, 8, 29)
    assert not made.visit.reviewed

    assert [(past.wave, past.score) for past in made.history] == [("Q1", Decimal("30.0"))]
    assert made.history[0].sections == {"door": Fraction(0), "counter": Fraction(1, 2)}
    assert made.history[0].failed == ("greeted", "smiled")
    assert made.comparison.target == 80
    assert made.comparison.network is not None
    assert (made.comparison.network.mean, made.comparison.network.n) == (85, len(others))
    assert made.comparison.network.deviation == Decimal("21.2132")
    assert (made.comparison.usual_change, made.comparison.changes) == (Decimal("30.0000"), 1)
    assert ReportSnapshot.from_json(made.to_json()) == made


def test_the_usual_swing_is_that_of_its_day(world: World) -> None:
    """All moves up to the visit, none of later ones; one that is handed in meanwhile is heard."""
    reports = world.workspace.reports
    first = world.visit(0, 0, bad=("greeted",))
    second = world.visit(0, 1)

    def swing(visit: int) -> tuple[Decimal | None, int]:
        found = reports.snapshot(visit, "en").comparison
        return found.usual_change, found.changes

    assert swing(first) == (None, 0)
    assert swing(second) == (Decimal("40.0000"), 1)
    world.visit(1, 0, bad=("smiled",))
    third = world.visit(1, 1)
    assert swing(third) == (Decimal("35.3553"), 2)
    assert swing(first) == (None, 0)


def test_nothing_private_gets_into_a_snapshot(world: World) -> None:
    mine = world.visit(0, 0, photo=True)
    text = world.workspace.reports.snapshot(mine, "vi").to_json()
    for private in ("Nguyễn Văn Kín", "IMG_1234", str(world.workspace.folder)):
        assert private not in text
    assert '"evaluator":"E-27"' in text


def test_hidden_answers_are_not_in_it(world: World) -> None:
    mine = world.visit(0, 0)
    made = world.workspace.reports.snapshot(mine, "en")
    assert "why" not in {said.question for said in made.answers}
    assert made.scorecard.question("why").status == "hidden"


def test_same_visit_same_bytes_on_another_day(world: World, tmp_path: Path) -> None:
    mine = world.visit(0, 0, photo=True)
    reports = world.workspace.reports
    [first] = reports.write([mine], "vi", tmp_path / "a")
    world.clock[0] += timedelta(days=9)
    [again] = reports.write([mine], "vi", tmp_path / "b")
    assert first.name == again.name == "SV-01-2026-05-31-V-0001-vi.pdf"
    assert first.read_bytes() == again.read_bytes()
    paper = read(first)
    assert "Quán 1" in paper.pages[0]
    assert "Ảnh 1.3a" in paper.text
    assert "Mặt tiền" in paper.text


def test_only_submitted_visits(world: World) -> None:
    draft = world.workspace.visits.start(
        world.locations[0], world.checklist, date(2026, 5, 1), "UTC", "E-1"
    )
    with pytest.raises(RefusedError) as refused:
        world.workspace.reports.snapshot(draft.id, "vi")
    assert refused.value.code == "not_submitted"
    with pytest.raises(NotFoundError):
        world.workspace.reports.snapshot(999, "vi")


def test_latest_of_each_location(world: World) -> None:
    world.visit(0, 0)
    other, mine = world.visit(1, 0), world.visit(0, 1)
    assert world.workspace.reports.latest_of_each_location() == [mine, other]


def test_a_failure_does_not_stop_the_others(world: World, tmp_path: Path) -> None:
    good = [world.visit(0, 0), world.visit(1, 0)]
    draft = world.workspace.visits.start(
        world.locations[2], world.checklist, date(2026, 5, 1), "UTC", "E-1"
    )
    seen: list[tuple[int, int, str]] = []
    with pytest.raises(NotAllWrittenError) as caught:
        world.workspace.reports.write(
            [good[0], draft.id, good[1]], "en", tmp_path, progress=lambda *at: seen.append(at)
        )
    assert len(caught.value.written) == 2
    assert all(path.exists() for path in caught.value.written)
    assert draft.number in str(caught.value)
    assert caught.value.failures[0].error.text("vi") in caught.value.text("vi")
    assert seen[-1][:2] == (3, 3)


def test_cancel_leaves_whole_files(world: World, tmp_path: Path) -> None:
    ids = [world.visit(at, 0) for at in range(3)]
    cancel, out = Cancel(), tmp_path / "out"

    def stop(done: int, total: int, what: str) -> None:
        if done == 1:
            cancel.set()

    with pytest.raises(Cancelled):
        world.workspace.reports.write(ids, "vi", out, progress=stop, cancel=cancel)
    [only] = out.iterdir()
    assert read(only).pages


def test_a_batch_in_processes(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.services import report_batch

    ids = [world.visit(at, 0) for at in range(3)]
    reports = world.workspace.reports
    here = [path.read_bytes() for path in reports.write(ids, "vi", tmp_path / "here")]
    monkeypatch.setattr(report_batch, "MANY", 2)
    monkeypatch.setattr(report_batch.os, "cpu_count", lambda: 2)
    there = [path.read_bytes() for path in reports.write(ids, "vi", tmp_path / "there")]
    assert here == there


def test_a_report_is_drawn_before_the_next_is_read(world: World, tmp_path: Path) -> None:
    """So the first file is there at once, and memory holds a few of a thousand."""
    ids = [world.visit(at, 0) for at in range(3)]
    reports, out = world.workspace.reports, tmp_path / "out"
    read_one, there = reports.snapshot, []

    def snapshot(*args: Any, **named: Any) -> ReportSnapshot:
        there.append(len(list(out.iterdir())) if out.exists() else 0)
        return read_one(*args, **named)

    reports.snapshot = snapshot  # type: ignore[method-assign]
    made = reports.write([ids[2], ids[0], ids[1]], "vi", out)
    assert there == [0, 1, 2]
    assert [path.stem[-7:-3] for path in made] == ["0003", "0001", "0002"], "in the order asked for"


# names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("SV-07", "SV-07"),
        ("  Cầu   Mây ", "Cầu-Mây"),
        ("../../etc/passwd", "etc-passwd"),
        ('a<b>:"c"|?*', "a-b---c"),
        ("e\u0302\u0301", "ế"),
        ("con\x00\u202etrol", "con--trol"),
        ("...", ""),
    ],
)
def test_safe_names(words: str, name: str) -> None:
    assert safe(words) == name


@pytest.fixture
def made(world: World) -> ReportSnapshot:
    return world.workspace.reports.snapshot(world.visit(0, 0), "vi")


def test_file_names(made: ReportSnapshot) -> None:
    assert file_name("{name} {wave}", made) == "Quán-1-Q1.pdf"
    assert (
        file_name("{location}.pdf", replace(made, location=replace(made.location, code="CON")))
        == "_CON.pdf"
    )
    long = replace(made, location=replace(made.location, code="ệ" * 300))
    assert len(file_name("{location}", long).encode()) < 220
    assert file_name("///", made) == "report.pdf"
    for wrong in ("{nobody}", "{location", "{location.__class__}{0}"):
        with pytest.raises(UserError):
            file_name(wrong, made)


def test_other_names() -> None:
    assert list(islice(alternatives("a.b.pdf"), 3)) == ["a.b.pdf", "a.b-2.pdf", "a.b-3.pdf"]


def test_revisions() -> None:
    assert [revision_letters(n) for n in (1, 2, 26, 27)] == ["A", "B", "Z", "AA"]


# workers


@pytest.fixture
def pool() -> Iterator[RenderPool]:
    with RenderPool() as pool:
        yield pool


def test_the_pool_renders_the_same_bytes(
    pool: RenderPool, made: ReportSnapshot, tmp_path: Path
) -> None:
    done = pool.submit(made.to_json(), {}, tmp_path / "there.pdf").result(timeout=60)
    here = render(made, {}, tmp_path / "here.pdf")
    assert (done.sha256, done.pages) == (here.sha256, here.pages)
    assert done.path.read_bytes() == here.path.read_bytes()


def test_the_pool_names_what_cannot_be_made(
    pool: RenderPool, made: ReportSnapshot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    failed = pool.submit(made.to_json(), {}, tmp_path / "file" / "a.pdf")
    with pytest.raises(ReportError, match="could not be written"):
        failed.result(timeout=60)
    with pytest.raises(ReportError):
        pool.submit("nonsense", {}, tmp_path / "b.pdf").result(timeout=60)
    assert pool.submit(made.to_json(), {}, tmp_path / "c.pdf").result(timeout=60).pages > 1


def test_a_bug_in_the_renderer_is_named_and_its_traceback_logged(
    made: ReportSnapshot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    logo = replace(made, brand=replace(made.brand, logo="a" * 64))
    wrong: dict[str, Path] = {"a" * 64: 5}  # type: ignore[dict-item]
    with RenderPool() as pool:
        failed = pool.submit(logo.to_json(), wrong, tmp_path / "odd.pdf")
        with pytest.raises(UserError) as caught:
            failed.result(timeout=60)
        assert pool.submit(made.to_json(), {}, tmp_path / "next.pdf").result(timeout=60).pages > 1
    assert caught.value.code == "render_crashed"
    assert "Traceback" in caplog.text
    assert "read_logo" in caplog.text
    assert made.visit.number in caplog.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_job_that_hangs_or_dies_is_named_and_the_next_one_goes_on(
    made: ReportSnapshot, tmp_path: Path
) -> None:
    """A picture that is a pipe nobody writes to: reading it never ends."""
    fifo = tmp_path / "hangs.jpg"
    os.mkfifo(fifo)
    hanging = replace(made, brand=replace(made.brand, logo="a" * 64))
    with RenderPool(seconds=1.0) as pool:
        stuck = pool.submit(hanging.to_json(), {"a" * 64: fifo}, tmp_path / "stuck.pdf")
        after = pool.submit(made.to_json(), {}, tmp_path / "after.pdf")
        with pytest.raises(UserError) as caught:
            stuck.result(timeout=60)
        assert caught.value.code == "render_crashed"
        assert "stuck.pdf" in str(caught.value)
        assert after.result(timeout=60).pages > 1
        assert not (tmp_path / "stuck.pdf").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_closing_does_not_wait_for_a_job_that_hangs(
    made: ReportSnapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_worker, "GRACE_SECONDS", 0.2)
    fifo = tmp_path / "hangs.jpg"
    os.mkfifo(fifo)
    hanging = replace(made, brand=replace(made.brand, logo="a" * 64))
    pool = RenderPool()
    stuck = pool.submit(hanging.to_json(), {"a" * 64: fifo}, tmp_path / "stuck.pdf")
    begun = time.monotonic()
    pool.close()
    assert time.monotonic() - begun < 30
    with pytest.raises((UserError, CancelledError)):
        stuck.result(timeout=1)


def test_a_worker_that_was_killed_is_replaced(made: ReportSnapshot, tmp_path: Path) -> None:
    others = set(multiprocessing.active_children())  # a reader of photos, of another test
    with RenderPool() as pool:
        assert pool.submit(made.to_json(), {}, tmp_path / "a.pdf").result(timeout=60)
        [process] = set(multiprocessing.active_children()) - others
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.join()
        assert pool.submit(made.to_json(), {}, tmp_path / "b.pdf").result(timeout=60)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("time", "14:05", "afternoon"),
        ("time", "00:30:15", "night"),
        ("datetime", "2026-11-12T09:59", "2026-11-12 morning"),
        ("date", "2026-11-12", "2026-11-12"),
        ("text", "14:05", "14:05"),
        ("time", None, None),
    ],
)
def test_a_client_gets_the_part_of_the_day(kind: str, value: str | None, told: str | None) -> None:
    assert _without_clock(kind, value) == told


def test_a_worker_that_cannot_start_is_told(
    made: ReportSnapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> object:
        raise OSError(errno.EAGAIN, "too many processes")

    with RenderPool() as pool:
        with monkeypatch.context() as full:
            full.setattr(report_worker._context, "Process", refuse)
            with pytest.raises(UserError) as caught:
                pool.submit(made.to_json(), {}, tmp_path / "a.pdf").result(timeout=60)
        assert caught.value.code == "render_crashed"
        assert pool.submit(made.to_json(), {}, tmp_path / "b.pdf").result(timeout=60).pages > 1


def test_a_process_whose_end_another_thread_hears_first_is_let_go() -> None:
    class Ended:
        def close(self) -> None:
            raise ValueError("Cannot close a process while it is still running.")

        def kill(self) -> None: ...
        def join(self) -> None: ...

    worker = report_worker._Worker(SimpleQueue(), 1.0, gentle=False)
    worker._process = Ended()  # type: ignore[assignment]
    worker._kill()
    assert worker._process is None


def test_a_drive_that_is_gone_in_the_middle_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("reports.render.rename", gone)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", gone)
        with pytest.raises(ReportError):
            write_whole(tmp_path / "a.pdf", b"%PDF")
