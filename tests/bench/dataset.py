"""A firm with years behind it: 1,000 locations of 24 visits with 80 answers each, 1.92 million.

``python -m tests.bench.dataset FOLDER [--locations N] [--waves N] [--bare]`` (``make dataset``).
Visits of a month are spread over its days and made by 40 evaluators by the rules; 200 ways to fill
the checklist are scored by the real engine, and each visit is one of them, near to how good its
location is. ``--bare`` leaves answers and scorecards out: for lists alone.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text

from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.places import LocationInput
from auditor.domain.programs import ProgramInput, Terms, WaveInput, months
from auditor.services import rollups, stored_answers
from auditor.services.importing.plan import LocationChange, Plan
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.store.driver import DATABASE
from auditor.store.queries import visits as visit_queries
from auditor.store.stored import StoredAnswer
from auditor.store.tables import ANSWER, ASSIGNMENT, SECTION_SCORE, VISIT, VISIT_SCORE
from auditor.store.units import Unit
from forms.answers import Answer, AnswerKey
from forms.filling import Filling
from forms.score_json import scorecard_json
from forms.scorecard import ENGINE_VERSION

LOCATIONS, WAVES, EVALUATORS, PATTERNS = 1_000, 24, 40, 200
SECTIONS, QUESTIONS = 8, 10
FIRST = date(2024, 12, 1)
ZONE = "Asia/Ho_Chi_Minh"
#: So many visits are written by one statement.
CHUNK = 2_000
STATUSES = ("released",) * 8 + ("approved", "submitted")


def checklist() -> str:
    """Eight sections of ten: eight choices, a number, a text."""
    lines = [
        "format: auditor-checklist/1",
        "id: dataset",
        'version: "1"',
        'title: {vi: "Trải nghiệm cửa hàng", en: "Store experience"}',
        "languages: [vi, en]",
        "scoring:",
        "  total: weighted",
        "  bands: [{min: 85, id: A, label: A}, {min: 70, id: B, label: B},",
        "    {min: 0, id: C, label: C}]",
        "sections:",
    ]
    for section in range(SECTIONS):
        lines += [
            f"  - id: s{section}",
            f'    title: {{vi: "Phần {section + 1}", en: "Part {section + 1}"}}',
            "    questions:",
        ]
        for place in range(QUESTIONS):
            lines.append(f"      - {_question(section, place)}")
    return "\n".join(lines)


def _question(section: int, place: int) -> str:
    name = f'id: q{section}_{place}, label: {{vi: "Câu {place + 1}", en: "Question {place + 1}"}}'
    if place == QUESTIONS - 1:
        return f"{{{name}, type: text}}"
    if place == QUESTIONS - 2:
        return f"{{{name}, type: decimal, unit: VND}}"
    yes = '{id: "yes", label: {vi: "Có", en: "Yes"}, points: 2}'
    no = '{id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}'
    return f"{{{name}, type: choice, allow_na: true, choices: [{yes}, {no}]}}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to fill the checklist, as rows without their visit."""

    answers: tuple[StoredAnswer, ...]
    head: dict[str, Any]
    score: dict[str, Any]
    sections: tuple[dict[str, Any], ...]
    answered: int
    total: int


def patterns(workspace: Workspace, version_id: int) -> list[Pattern]:
    """From the worst to the best, the same each time."""
    compiled, chance = workspace.checklists.get(version_id), random.Random(7)
    found = []
    for rank in range(PATTERNS):
        answers: dict[AnswerKey, Answer] = {}
        for item in compiled.items:
            answers[item.id, 0] = _answer(item.question.type, 0.4 + 0.6 * rank / PATTERNS, chance)
        filling = Filling(compiled, answers, datetime(2026, 11, 2, 10))  # noqa: DTZ001 - local
        found.append(_pattern(filling, answers))
    return sorted(found, key=lambda each: float(each.head["score"]))


def _answer(kind: str, quality: float, chance: random.Random) -> Answer:
    if kind == "text":
        return Answer("Nhân viên chào và giới thiệu món mới.")
    if kind == "decimal":
        return Answer(Decimal(chance.randrange(20, 200) * 1000))
    if chance.random() < 0.03:
        return Answer(not_applicable=True)
    good = chance.random() < quality
    return Answer("yes") if good else Answer("no", comment="Không thấy ai làm việc này.")


def _pattern(filling: Filling, answers: dict[AnswerKey, Answer]) -> Pattern:
    card, progress = filling.score(final=True), filling.progress()
    head = {"score": f"{card.score:f}", "band": card.band, "passed": card.passed}
    sections = tuple(
        {
            "section": each.id,
            "earned": str(each.earned),
            "possible": str(each.possible),
            "ratio": None if each.ratio is None else str(each.ratio),
            "percent": None if each.ratio is None else float(each.ratio * 100),
            "weight": str(each.weight),
        }
        for each in card.sections
    )
    assert isinstance(card.raw, Fraction)
    score = {"engine": ENGINE_VERSION, "raw": str(card.raw), "card": scorecard_json(card), **head}
    stored = tuple(
        stored_answers.to_stored(key, answer) for key, answer in answers.items() if not answer.blank
    )
    return Pattern(stored, head, score, sections, progress.answered, progress.total)


@dataclass(frozen=True, slots=True)
class Firm:
    version_id: int
    waves: tuple[tuple[int, date, date], ...]
    locations: tuple[int, ...]
    evaluators: tuple[tuple[int, str], ...]


def furnish(workspace: Workspace, locations: int, waves: int) -> Firm:
    """Client, brands, regions of three levels, locations, evaluators, program and waves."""
    places = workspace.places
    client = places.add_client("Sen Việt")
    brands = [places.add_brand(client.id, name) for name in ("Cà phê Sen", "Trà Sen")]
    adds = tuple(
        LocationChange(n, f"SV-{n:05}", brand.name, brand.id, None, _location(n))
        for n in range(locations)
        for brand in [brands[n % 2]]
    )
    places.apply_import(Plan(adds=adds), "dataset")
    version = workspace.checklists.add(checklist().encode(), "dataset.yaml")
    tree = [
        node.id for node in workspace.read(visit_queries.region_tree) if node.parent_id is not None
    ]
    people = [
        workspace.evaluators.add(
            EvaluatorInput(f"EV-{n:02}", f"Người đánh giá {n}", region_id=tree[n % len(tree)])
        )
        for n in range(EVALUATORS)
    ]
    terms = Terms(version.id, quota=1, rotation=2, lockout_days=45)
    program = workspace.programs.add(client.id, ProgramInput("Trải nghiệm khách hàng", terms=terms))
    days = months(FIRST, waves)
    rounds = [WaveInput(f"{first:%m/%Y}", first, last) for first, last in days]
    made = workspace.programs.add_waves(program.id, rounds)
    return Firm(
        version.id,
        tuple((wave.id, *span) for wave, span in zip(made, days, strict=True)),
        tuple(record.id for record in workspace.read(visit_queries.locations)),
        tuple((person.id, person.code) for person in people),
    )


def _location(number: int) -> LocationInput:
    region = f"Miền {number % 3} / Tỉnh {number % 30} / Quận {number % 240}"
    return LocationInput(f"SV-{number:05}", f"Cửa hàng {number}", f"{number} Lê Lợi", region)


def build(
    folder: Path, locations: int = LOCATIONS, waves: int = WAVES, *, bare: bool = False
) -> Workspace:
    """The workspace in ``folder``, which must be new."""
    workspace = Workspace.open(folder)
    firm = furnish(workspace, locations, waves)
    ways = patterns(workspace, firm.version_id)
    with workspace.store.unit() as unit:
        count = _write(unit, _visits(firm, ways, unit.at), ways, bare=bare)
        unit.execute(text("UPDATE meta SET value = :count WHERE key = 'visits'"), {"count": count})
        rollups.rebuild(unit)
        events.append(unit, "dataset.built", None, {"visits": count})
    return workspace


def _visits(firm: Firm, ways: list[Pattern], now: datetime) -> Iterator[dict[str, Any]]:
    """Each location once in each wave; the evaluators take turns by the rules."""
    serial = 0
    for at, (wave, first, last) in enumerate(firm.waves):
        length = (last - first).days
        for place, location in enumerate(firm.locations):
            serial += 1
            chance = random.Random(serial)
            way = min(PATTERNS - 1, max(0, place * PATTERNS // len(firm.locations) // 2
                      + PATTERNS // 3 + at + chance.randrange(-30, 30)))  # fmt: skip
            day = first + timedelta(days=place * length // len(firm.locations))
            local = datetime.combine(day, clock(8 + chance.randrange(12)), ZoneInfo(ZONE))
            started = local.astimezone(UTC)
            evaluator_id, code = firm.evaluators[(place + at * 7) % len(firm.evaluators)]
            yield {
                "id": serial, "number": visit_queries.visit_number(serial),
                "status": STATUSES[serial % len(STATUSES)],
                "location_id": location, "checklist_version_id": firm.version_id,
                "assignment_id": serial, "wave_id": wave, "evaluator": code,
                "evaluator_id": evaluator_id, "zone": ZONE, "started_at": started,
                "arrived_at": started, "left_at": started + timedelta(minutes=40),
                "saved_at": started + timedelta(hours=2),
                "submitted_at": started + timedelta(hours=3), "declared_by": code,
                "answered": ways[way].answered, "total": ways[way].total,
                "created_at": now, **ways[way].head,
                "way": way, "day": day, "due": min(last, day + timedelta(days=3)),
            }  # fmt: skip


def _write(unit: Unit, visits: Iterator[dict[str, Any]], ways: list[Pattern], *, bare: bool) -> int:
    """How many there were."""
    count = 0
    while some := list(islice(visits, CHUNK)):
        unit.execute(insert(ASSIGNMENT), [_assignment(each) for each in some])
        unit.execute(insert(VISIT), [_only(each) for each in some])
        if not bare:
            _write_scores(unit, some, ways)
            _write_answers(unit, some, ways)
        count += len(some)
    return count


def _write_scores(unit: Unit, visits: list[dict[str, Any]], ways: list[Pattern]) -> None:
    key = [({"visit_id": each["id"], "revision": 1}, each) for each in visits]
    unit.execute(insert(VISIT_SCORE), [
        {**one, "scored_at": each["submitted_at"], **ways[each["way"]].score} for one, each in key
    ])  # fmt: skip
    unit.execute(insert(SECTION_SCORE), [
        {**one, **section} for one, each in key for section in ways[each["way"]].sections
    ])  # fmt: skip


def _write_answers(unit: Unit, visits: list[dict[str, Any]], ways: list[Pattern]) -> None:
    unit.execute(insert(ANSWER), [
        {"visit_id": each["id"], "question": row.question, "instance": row.instance,
         "value": row.value, "not_applicable": row.not_applicable, "comment": row.comment,
         "evidence": row.evidence, "updated_at": each["saved_at"], "later": False}
        for each in visits for row in ways[each["way"]].answers
    ])  # fmt: skip


def _assignment(visit: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "location_id", "wave_id", "evaluator", "evaluator_id", "created_at", "due")
    return {name: visit[name] for name in kept} | {"planned_for": visit["day"]}


def _only(visit: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in visit.items() if name not in ("way", "day", "due")}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--locations", type=int, default=LOCATIONS)
    parser.add_argument("--waves", type=int, default=WAVES)
    parser.add_argument("--bare", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.folder.exists():
        parser.error(f"{asked.folder} is there already")
    asked.folder.parent.mkdir(parents=True, exist_ok=True)
    since = time.perf_counter()
    workspace = build(asked.folder, asked.locations, asked.waves, bare=asked.bare)
    counts = {
        name: workspace.store.raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("location", "visit", "answer")
    }
    workspace.close()
    size = (asked.folder / DATABASE).stat().st_size
    told = ", ".join(f"{count:,} {name}s" for name, count in counts.items())
    print(f"{told}: {time.perf_counter() - since:.0f} s, {size / 1e6:.0f} MB in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
