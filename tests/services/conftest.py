"""A real workspace on disk with one location and a small checklist that hides a question."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from auditor.domain.records import VisitRecord
from auditor.services.workspace import Workspace
from tests.copied import copied

CHECKLIST = """
format: auditor-checklist/1
id: corner
version: "1"
title: {vi: "Ghé quán", en: "Café visit"}
languages: [vi, en]
scoring: {total: weighted, bands: [{min: 50, id: A, label: A}, {min: 0, id: B, label: B}]}
sections:
  - id: door
    title: {vi: "Cửa", en: "Door"}
    weight: 40
    questions:
      - id: greeted
        type: choice
        label: {vi: "Có chào không?", en: "Greeted?"}
        required: true
        allow_na: true
        choices:
          - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 3}
          - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
      - {id: said, type: text, label: "Said", relevant: "${greeted} = 'yes'", max_length: 9000}
  - id: till
    title: {vi: "Quầy", en: "Till"}
    weight: 60
    questions:
      - {id: price, type: decimal, label: Price, unit: VND}
      - id: extras
        type: choices
        label: Extras
        choices: [{id: milk, label: Milk, points: 1}, {id: straw, label: Straw, points: 1}]
      - id: wait
        type: duration
        label: Wait
        bands: [{max: 60, points: 2}, {points: 0}]
      - {id: hoped, type: expectation, label: Hoped, min: 1, max: 5}
      - {id: queue, type: photo, label: Queue}
"""
TODAY = date(2026, 11, 22)
ZONE = "Asia/Ho_Chi_Minh"


class Clock:
    """Time that moves a second with each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 7, 2, tzinfo=UTC)

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
def workspace(folder: Path, clock: Clock) -> Iterator[Workspace]:
    clock.now = copied("furnished", _furnished, folder)
    opened = Workspace.open(folder, clock=clock)
    yield opened
    opened.close()


def _furnished(folder: Path) -> datetime:
    """What time it is then."""
    clock = Clock()
    workspace = Workspace.open(folder, clock=clock)
    furnish(workspace)
    workspace.close()
    return clock.now


def furnish(workspace: Workspace) -> None:
    """Client, brand, location and checklist, each with the id 1."""
    client = workspace.places.add_client("Sông Hồng")
    brand = workspace.places.add_brand(client.id, "Lá")
    workspace.places.add_location(brand.id, "HN-01", "Hồ Gươm")
    workspace.checklists.add(CHECKLIST.encode(), "corner.yaml")


@pytest.fixture
def draft(workspace: Workspace) -> VisitRecord:
    return workspace.visits.start(1, 1, TODAY, ZONE, "E-07")


@pytest.fixture
def checklist() -> str:
    """The text of the checklist that the workspace has."""
    return CHECKLIST


@pytest.fixture
def jpeg() -> bytes:
    return picture("JPEG")


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.convert(mode).save(out, form)
    return out.getvalue()
