from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from auditor.domain.errors import NotFoundError
from auditor.domain.my_visits import Wanted
from auditor.domain.visits import VisitStatus
from auditor.store import driver, quick
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import ASSIGNMENT, LOCATION, PROGRAM, REGION, WAVE
from auditor.store.units import Store

ROOT = Path(__file__).resolve().parents[2]
WANTED = Wanted("E-07", date(2026, 11, 22))


@pytest.fixture
def many(store: Store, new_visit: Any) -> Store:
    """Visits in several states, with and without wave, assignment, score."""
    with store.unit() as unit:
        unit.insert(insert(PROGRAM).values(client_id=1, name="Chương trình 2026"))
        unit.insert(insert(WAVE).values(program_id=1, name="11/2026"))
        place = {"location_id": 1, "wave_id": 1, "created_at": unit.at}
        days = {"planned_for": date(2026, 11, 20), "due": date(2026, 11, 30)}
        unit.insert(insert(ASSIGNMENT).values(**place, **days))
        new_visit(unit, "V-0002", "planned", assignment_id=1, wave_id=1, started_at=None)
        score = {"score": "83.3", "band": "B", "passed": True, "answered": 3, "total": 3}
        sent = {"saved_at": unit.at, "submitted_at": unit.at}
        new_visit(unit, "V-0003", "submitted", evaluator="E-07", photos=2, **score, **sent)
        new_visit(unit, "V-0004", "void", zone="Asia/Ho_Chi_Minh", last_section="a")
    return store


def test_the_quick_list_gives_up_where_the_workspace_needs_more(many: Store, folder: Path) -> None:
    assert quick.overview(folder / "nowhere", WANTED) is None
    many.raw.execute(f"PRAGMA user_version={driver.SCHEMA + 1}")
    many.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert quick.overview(folder, WANTED) is None
    (folder / driver.DATABASE).write_bytes(b"garbage" * 1000)
    assert quick.overview(folder, WANTED) is None


def test_the_quick_list_leaves_the_journal_of_a_crash(folder: Path) -> None:
    """It tells the opening that follows to check the database."""
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom auditor.store import opening\n"
        "opened = opening.open_store(Path(sys.argv[1]))\n"
        "with opened.store.raw_transaction() as raw:\n"
        "    raw.execute(\"UPDATE meta SET value = '7' WHERE key = 'visits'\")\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT)
    left = [path for path in driver.journals(folder / driver.DATABASE) if path.exists()]
    found = quick.overview(folder, WANTED)
    assert found is not None
    assert found.empty
    assert left == [path for path in driver.journals(folder / driver.DATABASE) if path.exists()]
    assert bool(left) is (driver.JOURNAL == "WAL")


def test_a_number_that_nobody_has_is_no_visit(many: Store) -> None:
    assert many.read(visit_queries.visit_by_number, " v-3 ").number == "V-0003"  # type: ignore[union-attr]
    for number in ("V-9", "", "x", "V-" + "1" * 5000):
        assert many.read(visit_queries.visit_by_number, number) is None


def test_the_quick_list_loads_nothing_heavy() -> None:
    code = (
        "import sys, auditor.services.first_list, auditor.services.settings\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'PIL', 'zoneinfo'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert found.stdout.strip() == "[]", found.stderr


def test_a_visit_record(many: Store) -> None:
    visit = many.read(visit_queries.visit, 3)
    assert (visit.number, visit.status, visit.score, visit.band) == (
        "V-0003", VisitStatus.SUBMITTED, "83.3", "B",
    )  # fmt: skip
    assert (visit.location, visit.location_code, visit.brand) == ("Hồ Gươm", "HN-01", "Lá")
    assert visit.checklist == {"vi": "Ghé quán", "en": "Café visit"}
    planned = many.read(visit_queries.visit, 2)
    assert (planned.program, planned.wave, planned.due) == (
        "Chương trình 2026", "11/2026", date(2026, 11, 30),
    )  # fmt: skip
    with pytest.raises(NotFoundError):
        many.read(visit_queries.visit, 99)


def test_visits_by_status_and_page(many: Store) -> None:
    page = many.read(visit_queries.visits, limit=2)
    rest = many.read(visit_queries.visits, before=page[-1], limit=2)
    assert [*page, *rest] == many.read(visit_queries.visits)
    drafts = many.read(visit_queries.visits, {VisitStatus.DRAFT, VisitStatus.PLANNED})
    assert [visit.id for visit in drafts] == [2, 1]
    assert many.read(visit_queries.counts).of(VisitStatus.DRAFT, VisitStatus.VOID) == 2


@pytest.mark.parametrize("given", ["V-0003", "v-3", "3", " V0003 "])
def test_a_visit_by_its_number(many: Store, given: str) -> None:
    found = many.read(visit_queries.visit_by_number, given)
    assert found is not None
    assert found.id == 3


@pytest.mark.parametrize("given", ["", "V-", "V-9", "HN-01", "3; DROP TABLE visit", "³"])
def test_no_visit_by_another_number(many: Store, given: str) -> None:
    assert many.read(visit_queries.visit_by_number, given) is None


def test_the_latest_submitted_visit_of_each_location(store: Store, new_visit: Any) -> None:
    with store.unit() as unit:
        place = {"brand_id": 1, "name": "Đồng Khởi", "created_at": unit.at}
        unit.insert(insert(LOCATION).values(code="AA-02", **place))
        later = unit.at + timedelta(days=30)
        new_visit(unit, "V-0002", "released", started_at=later)
        new_visit(unit, "V-0003", "submitted", started_at=unit.at)
        new_visit(unit, "V-0004", "draft", started_at=later + timedelta(days=1))
        new_visit(unit, "V-0005", "submitted", location_id=2)
        new_visit(unit, "V-0006", "void", location_id=2, started_at=later)
    assert store.read(visit_queries.latest_submitted) == [5, 2]


def test_regions_are_paths(store: Store) -> None:
    with store.unit() as unit:
        unit.insert(insert(REGION).values(client_id=1, name="Miền Bắc"))
        unit.insert(insert(REGION).values(client_id=1, parent_id=1, name="Hà Nội"))
        place = {"brand_id": 1, "code": "HN-02", "name": "B", "created_at": unit.at}
        unit.insert(insert(LOCATION).values(region_id=2, **place))
    assert [place.region for place in store.read(visit_queries.locations)] == [
        "",
        "Miền Bắc / Hà Nội",
    ]
