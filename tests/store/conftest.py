"""A real workspace on disk with one client, one location, one checklist and one draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from auditor.store import opening
from auditor.store.opening import Opened
from auditor.store.tables import BRAND, CHECKLIST, CLIENT, LOCATION, VISIT
from auditor.store.units import Store, Unit

START = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


class Clock:
    """Time that moves a second with each look, and stands still otherwise."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def opened(folder: Path, clock: Clock) -> Iterator[Opened]:
    workspace = opening.open_store(folder, clock=clock)
    yield workspace
    workspace.close()


@pytest.fixture
def store(opened: Opened) -> Store:
    with opened.store.unit() as unit:
        plant(unit)
    return opened.store


def plant(unit: Unit) -> None:
    """Client, brand, location, checklist and draft visit, each with the key 1."""
    at = unit.at
    unit.insert(insert(CLIENT).values(name="Sông Hồng", created_at=at))
    brand = {"client_id": 1, "name": "Lá", "colour": "#1A5FB4", "colour2": "#154E95"}
    unit.insert(insert(BRAND).values(**brand))
    unit.insert(insert(LOCATION).values(brand_id=1, code="HN-01", name="Hồ Gươm", created_at=at))
    unit.insert(
        insert(CHECKLIST).values(
            checklist_id="cafe",
            version="1",
            sha256="0" * 64,
            canonical="{}",
            title={"vi": "Ghé quán", "en": "Café visit"},
            languages=("vi", "en"),
            questions=3,
            added_at=at,
        )
    )
    add_visit(unit, "V-0001")


def add_visit(unit: Unit, number: str, status: str = "draft", **values: object) -> int:
    started = values.pop("started_at", unit.at)
    return unit.insert(
        insert(VISIT).values(
            number=number,
            status=status,
            location_id=values.pop("location_id", 1),
            checklist_version_id=1,
            started_at=started,
            created_at=unit.at,
            **values,
        )
    )


@pytest.fixture
def new_visit() -> object:
    """``new_visit(unit, number, status, **columns)`` adds a visit."""
    return add_visit
