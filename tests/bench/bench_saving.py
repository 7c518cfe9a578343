"""One answer, from the call to durable, against a raw sqlite3 commit of the same row.

Run: ``pytest -s tests/bench/bench_saving.py``. Interleaved medians in one run; the goal is a ratio
under 2. The save also writes the visit's saved time and progress, in the same transaction.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from auditor.services.visits import Visits
from auditor.services.workspace import Workspace
from auditor.store import driver
from forms.answers import Answer, AnswerKey
from forms.filling import Filling, Progress

#: Beside the checkout: a temporary folder may be in memory, where a sync costs nothing.
ROUNDS = 400
GOAL = 2.0


def raw_commit(folder: Path) -> Callable[[int], None]:
    """The floor: one prepared upsert of the same row on the same driver and settings."""
    raw = driver.connect(folder / "raw.db")
    driver.settle(raw)
    raw.execute(
        "CREATE TABLE answer (visit_id INTEGER, question TEXT, instance INTEGER, value TEXT, "
        "comment TEXT, updated_at TEXT, PRIMARY KEY (visit_id, question, instance)) WITHOUT ROWID"
    )
    keep = "INSERT OR REPLACE INTO answer VALUES (1, ?, 0, ?, '', ?)"

    def commit(number: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        at = f"2026-11-22T14:02:05.{number:06d}Z"  # SQLite writes nothing for an equal row
        raw.execute(keep, (f"q{number % 80}", '"yes"', at))
        raw.execute("COMMIT")

    return commit


def real_save(folder: Path) -> Callable[[int], None]:
    workspace = Workspace.open(folder / "workspace")
    visits = workspace.visits
    client = workspace.places.add_client("A")
    brand = workspace.places.add_brand(client.id, "A")
    place = workspace.places.add_location(brand.id, "1", "A")
    checklist = workspace.checklists.add_from_library("cafe-visit")
    visit = visits.start(place.id, checklist.id, date(2026, 11, 22), "Asia/Ho_Chi_Minh", "E-01")
    keys = choices_of(visits, visit.id)

    def save(number: int) -> None:
        key, values = keys[number % len(keys)]
        answer = Answer(values[number // len(keys) % len(values)])
        visits.save_answer(visit.id, key, answer, Progress(number % 50, 60))

    return save


def choices_of(visits: Visits, visit_id: int) -> list[tuple[AnswerKey, list[str]]]:
    opened = visits.open(visit_id)
    filling = Filling(opened.compiled, {}, opened.at)
    return [
        ((item.id, 0), [choice.id for choice in item.choices])
        for item in opened.compiled.items
        if item.question.type == "choice" and filling.relevant(item.id)
    ]


def measure() -> dict[str, float]:
    """Medians in microseconds, and their ratio."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        jobs = {"raw": raw_commit(Path(name)), "save": real_save(Path(name))}
        taken: dict[str, list[float]] = {key: [] for key in jobs}
        for number in range(ROUNDS):
            for key, job in jobs.items():
                begun = time.perf_counter()
                job(number)
                taken[key].append((time.perf_counter() - begun) * 1e6)
    medians = {key: statistics.median(each[20:]) for key, each in taken.items()}
    return {**medians, "ratio": medians["save"] / medians["raw"]}


def test_a_save_costs_less_than_two_commits() -> None:
    found = measure()
    print(
        f"\nraw commit {found['raw']:.0f} µs, save {found['save']:.0f} µs, "
        f"ratio {found['ratio']:.2f} (goal under {GOAL:g})"
    )
    assert found["ratio"] < GOAL
