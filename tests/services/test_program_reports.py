"""Program reports from a real workspace: every figure of the snapshot against the visits' own
scorecards, worked out again from their answers."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest

from auditor import cli
from auditor.domain.errors import NotFoundError
from auditor.domain.work import Cancel, Cancelled
from auditor.services.card_sums import CardSums
from auditor.services.collecting import Collector, Order, Product
from auditor.services.program_reports import ProgramReports, pack_name
from auditor.services.verifying import State, Verification, verify
from auditor.services.workspace import Workspace
from forms import library
from forms.answers import Answer
from forms.checklist import SectionMode, TotalMode
from forms.compiled import CompiledChecklist
from forms.filling import Progress
from forms.formats.native import read as read_checklist
from forms.score_json import scorecard_json
from forms.scorecard import Scorecard
from forms.scoring import score
from reports.errors import ReportError
from reports.program.figures import Program
from reports.program.snapshot import ProgramSnapshot
from reports.protecting import Protection
from reports.sealing import self_signed
from tests.reports.paper import outline, read
from tests.services.conftest import ZONE, Clock

CHECKLIST = """
format: auditor-checklist/1
id: booth
version: "1"
title: {vi: "Quầy", en: "Booth"}
languages: [vi, en]
scoring: {total: weighted, pass_mark: 70}
choice_lists:
  yn:
    - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 2}
    - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
sections:
  - id: door
    title: {vi: "Cửa", en: "Door"}
    weight: 30
    questions:
      - {id: open, type: choice, list: yn, label: {vi: "Mở cửa?", en: "Open?"}}
      - {id: greeted, type: choice, list: yn, critical: flag, label: {vi: "Chào?", en: "Greeted?"}}
  - id: till
    title: {vi: "Thu ngân", en: "Till"}
    weight: 70
    questions:
      - {id: quick, type: choice, list: yn, allow_na: true, label: {vi: "Nhanh?", en: "Quick?"}}
      - {id: wait, type: scale, min: 1, max: 7, points: 3, label: {vi: "Chờ", en: "Wait"}}
      - {id: nps, type: nps, label: {vi: "Giới thiệu?", en: "Recommend?"}}
"""
NAMES = ("Hồ Gươm", "Bến Thành", "Đồi Thông", "Chợ Cũ", "Cầu Mây")


class World:
    """Five locations, three waves; the last location was never visited, the fourth only last."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.workspace, self.clock = workspace, clock
        places = workspace.places
        brand = places.add_brand(places.add_client("Sen").id, "Sen Việt", "#7B2D43", "#4A2C2A")
        self.version = workspace.checklists.add(CHECKLIST.encode(), "booth.yaml").id
        region = ("Bắc", "Nam", "Nam", "Bắc", "Nam")
        self.places = [
            places.add_location(brand.id, f"SV-{at}", name, region=region[at]).id
            for at, name in enumerate(NAMES)
        ]
        program = workspace.programs.add_program(brand.client_id, "Trải nghiệm")
        days = [(date(2026, 7 + at, 1), date(2026, 7 + at, 28)) for at in range(3)]
        self.waves = [
            workspace.programs.add_wave(program.id, f"T{at + 7}", *each).id
            for at, each in enumerate(days)
        ]
        self.visits: dict[tuple[int, int], list[int]] = {}
        chance = random.Random(5)
        for wave in range(3):
            for place in (0, 1, 2) if wave < 2 else (0, 1, 2, 3, 0):
                self.visit(wave, place, chance)
        workspace.visits.plan(self.places[4], self.version, wave_id=self.waves[2])

    def visit(self, wave: int, place: int, chance: random.Random) -> None:
        day = datetime(2026, 7 + wave, 5 + place, 3, tzinfo=UTC)
        self.clock.now = max(self.clock.now + timedelta(minutes=5), day)
        found = self.workspace.visits.start(
            self.places[place], self.version, self.clock.now.date(), ZONE, "E-07",
            self.waves[wave],
        )  # fmt: skip
        given: dict[str, Answer] = {
            id: Answer(chance.choice(("yes", "yes", "no"))) for id in ("open", "greeted", "quick")
        }
        if chance.random() < 0.3:
            given["quick"] = Answer(not_applicable=True)
        given["wait"] = Answer(chance.randint(1, 7))
        given["nps"] = Answer(chance.randint(0, 10))
        for at, (id, answer) in enumerate(given.items(), 1):
            self.workspace.visits.save_answer(found.id, (id, 0), answer, Progress(at, 5))
        self.workspace.visits.submit(found.id, "E-07")
        self.visits.setdefault((wave, place), []).append(found.id)

    def cards(self, wave: int, place: int | None = None) -> list[Scorecard]:
        """Scored again from the answers on disk."""
        found = []
        for (when, where), ids in sorted(self.visits.items()):
            for visit_id in ids if when == wave and place in (None, where) else ():
                opened = self.workspace.visits.open(visit_id)
                found.append(score(opened.compiled, opened.answers, opened.at))
        return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """Made once; every test has a copy."""
    folder = tmp_path_factory.mktemp("built") / "workspace"
    clock = Clock()
    clock.now = datetime(2026, 7, 1, tzinfo=UTC)
    workspace = Workspace.open(folder, clock=clock)
    world = World(workspace, clock)
    workspace.close()
    return folder, world


@pytest.fixture
def world(built: tuple[Path, World], folder: Path, clock: Clock) -> Iterator[World]:
    shutil.copytree(built[0], folder)
    clock.now = built[1].clock.now
    found = copy(built[1])
    found.workspace, found.clock = Workspace.open(folder, clock=clock), clock
    found.visits = {key: list(ids) for key, ids in built[1].visits.items()}
    yield found
    found.workspace.close()


@pytest.fixture
def reports(world: World) -> ProgramReports:
    return world.workspace.program_reports


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def test_every_result_is_that_of_the_scorecards(world: World, reports: ProgramReports) -> None:
    of = Program(reports.snapshot(world.waves[2], "en"))
    for wave in range(3):
        for place in range(5):
            scores = [Fraction(card.score or 0) for card in world.cards(wave, place)]
            assert of.result(place, wave) == (mean(scores) if scores else None)
    assert of.visits == (3, 3, 5)
    assert of.snapshot.visits == 5


def test_sections_and_questions_are_those_of_the_scorecards(
    world: World, reports: ProgramReports
) -> None:
    found = reports.snapshot(world.waves[2], "en")
    cards = world.cards(2)
    for at, head in enumerate(found.sections):
        for place in range(4):
            ratios = [c.section(head.id).ratio for c in world.cards(2, place)]
            assert found.places[place].sections[at] == mean([r for r in ratios if r is not None])
    for asked in found.questions:
        lines = [card.question(asked.id) for card in cards]
        assert asked.n == sum(line.status == "scored" for line in lines)
        assert asked.failed == sum(line.failed for line in lines)
        assert asked.lost == sum((line.lost or 0 for line in lines), Fraction(0))
    assert len(found.critical) == sum(len(card.critical) for card in cards)


def test_means_of_earlier_sections_and_indices_come_from_the_rows(
    world: World, reports: ProgramReports
) -> None:
    found = reports.snapshot(world.waves[2], "en")
    for wave in range(3):
        for at, head in enumerate(found.sections):
            by_place = []
            for place in range(4):
                ratios = [c.section(head.id).ratio for c in world.cards(wave, place)]
                known = [r for r in ratios if r is not None]
                by_place += [mean(known)] if known else []
            assert float(found.waves[wave].sections[at] or 0) == pytest.approx(
                float(mean(by_place)), abs=1e-8
            )
    (nps,) = found.indices
    assert sum(count for _, count in nps.now) == 5
    assert sum(count for _, count in nps.before) == 3


def test_what_a_report_says_beside_the_scores(world: World, reports: ProgramReports) -> None:
    found = reports.snapshot(world.waves[2], "vi")
    assert [wave.name for wave in found.waves] == ["T7", "T8", "T9"]
    assert found.target == Decimal(70), "the pass mark, as nobody set a target"
    assert [head.title for head in found.sections] == ["Cửa", "Thu ngân"]
    assert found.reviewed == 0
    assert found.created == date(2026, 9, 8)
    assert found.places[1].region == ("Nam",)
    assert found.places[4].planned
    assert found.places[4].scores == ()
    assert "E-07" not in found.to_json()
    assert reports.snapshot(world.waves[1], "vi").waves[-1].name == "T8"


def test_the_place_is_the_one_that_the_location_report_has(
    world: World, reports: ProgramReports
) -> None:
    rows = Program(reports.snapshot(world.waves[2], "en")).league
    for row in rows:
        if row.rank is None:
            continue
        visit_id = world.visits[2, row.at][-1]
        own = world.workspace.reports.snapshot(visit_id, "en").comparison.rank
        assert own is not None
        assert (own.place, own.mean, own.visits) == (row.rank, row.mean, row.n)


def test_a_wave_without_visits_is_refused(world: World, reports: ProgramReports) -> None:
    program = world.workspace.programs.get(1)
    empty = world.workspace.programs.add_wave(program.id, "T10")
    with pytest.raises(NotFoundError, match="T10"):
        reports.snapshot(empty.id, "en")
    assert reports.wave("trải nghiệm", None) == world.waves[2]
    assert reports.wave(None, "t8") == world.waves[1]
    with pytest.raises(NotFoundError, match="a program, a wave"):
        reports.wave(None, None)


@pytest.mark.parametrize("total", list(TotalMode))
@pytest.mark.parametrize("section", list(SectionMode))
@pytest.mark.parametrize("name", ["cafe-visit", "bank-branch"])
def test_losses_from_kept_cards_are_those_of_scoring(
    name: str, section: SectionMode, total: TotalMode
) -> None:
    from tests.reports.samples import AT, Shop, answers

    checklist = read_checklist(library.path(name)).checklist
    assert checklist is not None
    scoring = checklist.scoring.model_copy(update={"section": section, "total": total})
    compiled = CompiledChecklist(checklist.model_copy(update={"scoring": scoring}))
    sums, lost = CardSums(), dict[str, Fraction]()
    for seed in range(6):
        card = score(compiled, answers(compiled, Shop("en", seed, 0.4)), AT)
        sums.add(compiled, scorecard_json(card))
        for line in card.questions:
            lost[line.id] = lost.get(line.id, Fraction(0)) + (line.lost or 0)
    for id, found in lost.items():
        assert float(sums.questions[id].lost) == pytest.approx(float(found), abs=1e-9), id


# files


def test_a_report_is_kept_while_nothing_changes(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    first = reports.write(world.waves[2], "en", tmp_path)
    assert first.path.name == "Trải-nghiệm-T9.pdf"
    before = first.path.stat().st_mtime_ns
    assert reports.write(world.waves[2], "en", tmp_path).kept
    assert first.path.stat().st_mtime_ns == before
    world.visit(2, 1, random.Random(1))
    again = reports.write(world.waves[2], "en", tmp_path)
    assert (again.path, again.kept) == (first.path, False)
    assert read(again.path).has("6 visits of 4 locations count.")


def test_what_is_no_report_of_the_wave_stays(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    (tmp_path / "Trải-nghiệm-T9.pdf").write_bytes(b"my own notes")
    told = reports.write(world.waves[2], "en", tmp_path)
    assert told.path.name == "Trải-nghiệm-T9-2.pdf"
    assert told.beside[0].stays.read_bytes() == b"my own notes"


def test_the_location_reports_of_a_wave_are_bound(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    path = tmp_path / "new" / pack_name("Trải nghiệm", "T9")
    told = reports.bind(
        world.waves[2], "en", path, progress=lambda done, total, _: steps.append((done, total))
    )
    paper = read(told.path)
    assert steps == [(at, 5) for at in range(6)]
    index = paper.pages[0]
    assert [index.count(name) for name in NAMES] == [2, 1, 1, 1, 0]
    marks = [title for level, title in outline(told.path) if level == 0]
    assert marks == ["Contents", *(f"SV-{at}  {NAMES[at]}" for at in (0, 0, 1, 2, 3))]
    starts = [at for at, text in enumerate(paper.pages, 1) if "Page 1 of" in text]
    for start in starts:
        assert f"sheet {start}" in paper.pages[start - 1].replace("\u00a0", " ")
        assert f"\n{start}\n" in f"\n{index}\n" or f" {start}\n" in f"{index}\n"
    with pikepdf.open(told.path) as pdf:
        targets = [a.Dest[0].objgen for a in pdf.pages[0].Annots]
        assert targets == [pdf.pages[start - 1].obj.objgen for start in starts]
        assert len(pdf.Root.StructTreeRoot.K.K) == 6


def test_links_of_bound_reports_stay_within_their_report(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    told = reports.bind(world.waves[2], "en", tmp_path / "b.pdf")
    with pikepdf.open(told.path) as pdf:
        place = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        first = [at for at, text in enumerate(read(told.path).pages) if "Page 1 of" in text] + [
            len(pdf.pages)
        ]
        for at, page in enumerate(pdf.pages):
            for link in page.get("/Annots", []) if at else []:
                report = max(n for n, start in enumerate(first) if start <= at)
                assert first[report] <= place[link.Dest[0].objgen] < first[report + 1]


def test_binding_is_stopped_without_a_file(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    cancel = Cancel()
    stop: Callable[[int, int, str], None] = lambda done, *_: cancel.set() if done else None  # noqa: E731
    with pytest.raises(Cancelled):
        reports.bind(world.waves[2], "en", tmp_path / "b.pdf", progress=stop, cancel=cancel)
    assert not (tmp_path / "b.pdf").exists()


def inputs(world: World, visit_id: int) -> tuple[str, dict[str, Path]]:
    snapshot = world.workspace.reports.snapshot(visit_id, "en")
    return snapshot.to_json(), world.workspace.reports.images(snapshot)


def program_json(reports: ProgramReports, wave_id: int) -> tuple[str, dict[str, Path]]:
    found: ProgramSnapshot = reports.snapshot(wave_id, "en")
    return found.to_json(), {}


@pytest.mark.slow
def test_a_process_makes_the_same_file(
    world: World, reports: ProgramReports, tmp_path: Path
) -> None:
    here = reports.write(world.waves[2], "en", tmp_path / "here").path
    there = tmp_path / "there" / "x.pdf"
    given = program_json(reports, world.waves[2])
    collector = Collector(Order(Product.PROGRAM, there, "en", program=given))
    assert collector.finish().read_bytes() == here.read_bytes()


@pytest.mark.slow
def test_a_process_that_is_ended_leaves_nothing(world: World, tmp_path: Path) -> None:
    (visit_id,) = world.visits[2, 1]
    collector = Collector(Order(Product.BOOK, tmp_path / "new" / "x.xlsx", "en", 2))
    collector.add(*inputs(world, visit_id))
    collector.close()
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.slow
def test_a_process_tells_what_the_disk_refuses(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (visit_id,) = world.visits[2, 1]
    collector = Collector(Order(Product.ANSWERS, tmp_path / "file" / "x.csv", "en", 1))
    with pytest.raises(Exception, match="file") as told:
        collector.add(*inputs(world, visit_id))
    assert hasattr(told.value, "code")
    collector.close()


# shell


def shell(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["auditor", *map(str, words)])
    return cli.run()


def test_the_shell_writes_the_report_and_the_pack(
    world: World,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    world.workspace.close()
    bound, out = tmp_path / "b.pdf", tmp_path / "out"
    given = ("--workspace", folder, "--lang", "en")
    assert shell(monkeypatch, "report", "--program", "Trải nghiệm", "--out", out, *given) == 0
    made = Path(capsys.readouterr().out.strip())
    assert read(made).has("Program summary, wave T9")
    code = shell(monkeypatch, "report", "--wave", "T8", "--bound", bound, *given)
    assert code == 0
    assert capsys.readouterr().out.strip() == str(bound)
    assert read(bound).pages[0].count("V-00") == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--wave", "T8"), "--out"),
        (("V-0001", "--wave", "T8", "--out", "x"), "not both"),
        (("--bound", "x.pdf"), "a program, a wave"),
        (("--program", "Q9", "--out", "x"), "Q9"),
        ((), "--out"),
    ],
)
def test_the_shell_says_what_is_missing(
    world: World,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    told: str,
) -> None:
    world.workspace.close()
    assert shell(monkeypatch, "report", *words, "--workspace", folder) == 1
    assert told in capsys.readouterr().err


@pytest.mark.slow
def test_a_workbook_of_a_wave_begins_with_its_sheets(world: World, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    results = world.workspace.results
    path = tmp_path / "t9.xlsx"
    assert results.wave_of(None, "T9") == world.waves[2]
    assert results.wave_of("Trải nghiệm", None) == world.waves[2]
    assert results.wave_of(None, None) is None
    results.write(path, results.visits(None, "T9"), "en", wave_id=world.waves[2])
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names[:5] == ["League table", "Heat map", "Regions", "Waves", "Questions"]
    heading, *rows = book.get_sheet_by_name("League table").to_python()
    of = Program(world.workspace.program_reports.snapshot(world.waves[2], "en"))
    told = {row[1]: dict(zip(heading, row, strict=True)) for row in rows}
    for row in of.league:
        if row.mean is not None:
            assert told[row.place.code]["Mean"] == pytest.approx(float(row.mean))
            assert told[row.place.code]["Place"] == (row.rank or "")
    heading, *rows = book.get_sheet_by_name("Heat map").to_python()
    assert heading[-2:] == ["Door", "Till"]
    assert rows[0][-1] == pytest.approx(float(of.snapshot.places[of.league[0].at].sections[1] or 0))
    heading, *rows = book.get_sheet_by_name("Waves").to_python()
    assert [(row[0], row[1], row[3]) for row in rows][-1] == ("T9", date(2026, 9, 1), 5)
    assert replace(of.snapshot, language="vi") != of.snapshot


# issued


def forget(world: World) -> None:
    """As a workspace was before there were entries."""
    world.workspace.store.raw.execute("DROP TRIGGER issued_report_no_delete")
    world.workspace.store.raw.execute("DELETE FROM issued_report")


def spoil(file: Path) -> None:
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        old = pdf.pages[-1].Contents.read_bytes()
        pdf.pages[-1].Contents.write(old + b"\n/Artifact BMC 1 1 1 rg 60 500 99 99 re f EMC\n")
        pdf.save()


@pytest.mark.parametrize("kind", ["program", "pack"])
def test_what_is_issued_is_verified_then_and_now(
    world: World, reports: ProgramReports, tmp_path: Path, kind: str
) -> None:
    def verified() -> Verification:
        return verify(world.workspace, told.path)

    if kind == "program":
        told = reports.write(world.waves[2], "en", tmp_path)
    else:
        told = reports.bind(world.waves[2], "en", tmp_path / "b.pdf")
    head = told.path.read_bytes()[:80]
    named = b"report of a program" if kind == "program" else b"reports of locations, bound"
    assert named in head
    found = verified()
    assert (found.state, found.matches) == (State.ISSUED, True), found.findings
    assert found.issued is not None
    assert found.issued.kind.value == kind
    assert found.issued.wave_id == world.waves[2]
    original = told.path.read_bytes()

    world.visit(2, 1, random.Random(1))  # another visit: the places of all others move
    later = verified()
    assert (later.state, later.is_wrong, later.is_outdated) == (State.ISSUED, False, True)
    spoil(told.path)
    edited = verified()
    assert (edited.state, edited.is_wrong) == (State.ALTERED, True)
    assert "page" in {finding.code for finding in edited.findings}

    told.path.write_bytes(original)
    forget(world)
    unknown = verified()
    assert (unknown.state, unknown.is_wrong) == (State.UNKNOWN, True)
    assert unknown.issued is None


@pytest.mark.parametrize("kind", ["program", "pack"])
def test_one_from_before_there_were_entries_is_compared_with_now(
    world: World, reports: ProgramReports, tmp_path: Path, kind: str
) -> None:
    if kind == "program":
        told = reports.write(world.waves[1], "vi", tmp_path)
    else:
        told = reports.bind(world.waves[1], "vi", tmp_path / "b.pdf")
    forget(world)
    found = verify(world.workspace, told.path)
    assert (found.state, found.matches) == (State.UNKNOWN, True)
    codes = [finding.code for finding in found.findings]
    assert codes[0] == "not_issued"
    assert codes[-2:] == ["seal", "bytes"]


@pytest.mark.needs("qpdf", "pdfsig")
@pytest.mark.parametrize("kind", ["program", "pack"])
def test_they_are_locked_and_signed(
    world: World, reports: ProgramReports, tmp_path: Path, kind: str
) -> None:
    """Judged by programs that are not ours."""
    by = Protection("mật khẩu", self_signed("Sen Việt Research"))
    if kind == "program":
        file = reports.write(world.waves[1], "vi", tmp_path, protection=by).path
    else:
        file = reports.bind(world.waves[1], "vi", tmp_path / "b.pdf", protection=by).path
    for command, wanted in (
        (("qpdf", "--check", f"--password={by.password}", str(file)), "R = 6"),
        (("pdfsig", "-upw", by.password, str(file)), "Total document signed"),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert wanted in done.stdout
    with pytest.raises(ReportError) as refused:
        verify(world.workspace, file)
    assert refused.value.code == "password"
    found = verify(world.workspace, file, by.password)
    assert (found.state, found.matches) == (State.ISSUED, True), found.findings
    assert found.issued is not None
    assert (found.issued.has_password, found.issued.is_signed) == (True, True)
    assert "Signed by Sen Việt Research" in found.findings[0].text("en")
    again = reports.bind(world.waves[1], "vi", file, protection=by) if kind == "pack" else None
    assert again is None or again.path == file, "a locked pack is replaced by its newer self"
