"""What sessions begin with: closed workspaces, and what lies around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeAlias

from auditor.domain.evaluators import EvaluatorInput
from auditor.services.workspace import Workspace
from auditor.store import driver, migrate
from auditor.store.queries import visits as visit_queries
from forms.answers import Answer
from forms.canonical import canonical_json, content_hash
from forms.filling import Progress
from forms.formats import native
from tests.faults.checklists import DOOR, DOOR_2, LONG, QUESTIONS
from tests.faults.room import ZONE, Clock, picture


def make(name: str, world: Path) -> Path:
    """The world of that name in ``world``, which is made."""
    for folder in ("out", "config"):
        (world / folder).mkdir(parents=True)
    WORLDS[name](world)
    return world


def nothing(world: Path) -> None:
    """A disk without a workspace."""


def _open(world: Path) -> Workspace:
    clock = Clock()
    clock.step(-100)
    return Workspace.open(world / "workspace", clock=clock)


def bare(world: Path) -> None:
    """One draft; no backup, no photo."""
    workspace = _open(world)
    client = workspace.places.add_client("A")
    brand = workspace.places.add_brand(client.id, "A")
    workspace.places.add_location(brand.id, "1", "A")
    workspace.checklists.add(LONG, "long.yaml")
    workspace.visits.start(1, 1, date(2026, 11, 22), ZONE, "E-01")
    workspace.close()


def furnished(world: Path) -> None:
    """One draft, one backup."""
    bare(world)
    workspace = _open(world)
    workspace.backups.make()
    workspace.close()


def submitted(world: Path) -> None:
    """A draft and two submitted visits, each of a location of its own."""
    furnished(world)
    (world / "config" / "door.yaml").write_bytes(DOOR_2)
    workspace = _open(world)
    workspace.checklists.add(DOOR, "door.yaml")
    workspace.places.add_location(1, "2", "B")
    for visit, location in ((2, 1), (3, 2)):
        workspace.visits.start(location, 2, date(2026, 11, 22), ZONE, f"E-0{visit}")
        workspace.visits.save_answer(visit, ("greeted", 0), Answer("yes"), Progress(1, 2))
        workspace.visits.attach(visit, ("queue", 0), picture(visit), "q.png")
        workspace.visits.submit(visit, f"E-0{visit}")
    workspace.close()


def staffed(world: Path) -> None:
    """``furnished``, and what a program needs: five more locations in two regions, three
    evaluators at home there, a checklist that scores."""
    furnished(world)
    workspace = _open(world)
    workspace.checklists.add(DOOR, "door.yaml")
    for number in range(5):
        region = ("Miền Nam / TP.HCM", "Miền Bắc / Hà Nội")[number % 2]
        workspace.places.add_location(1, f"S-{number}", f"Quán {number}", region=region)
    homes = sorted(
        node.id for node in workspace.read(visit_queries.region_tree) if " / " in node.path
    )
    for number in range(1, 4):
        home = homes[number % 2]
        workspace.evaluators.add(EvaluatorInput(f"EV-{number:02}", region_id=home))
    workspace.close()


def first_schema(world: Path) -> None:
    """A draft with answers, as the first version of the program kept it."""
    folder = world / "workspace"
    folder.mkdir()
    raw = driver.connect(folder / driver.DATABASE)
    raw.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
    migrate.migrate(raw, "0001")
    checklist = native.read(LONG, "long.yaml").checklist
    assert checklist is not None
    kept = (content_hash(checklist), canonical_json(checklist))
    raw.execute("BEGIN")
    for table, values in (*_rows(kept), *_answers()):
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
    raw.execute("COMMIT")
    raw.close()


Row: TypeAlias = tuple[str, dict[str, object]]
_AT = "2026-11-22T07:00:00.000000Z"


def _rows(checklist: tuple[str, str]) -> list[Row]:
    sha256, canonical = checklist
    black = {"colour": "#000000", "colour2": "#000000"}
    return [
        ("meta", {"key": "uid", "value": "u"}),
        ("meta", {"key": "created_at", "value": _AT}),
        ("meta", {"key": "visits", "value": "1"}),
        ("client", {"id": 1, "uid": "u1", "name": "A", "created_at": _AT}),
        ("brand", {"id": 1, "uid": "u2", "client_id": 1, "name": "A", **black}),
        ("location", {
            "id": 1, "uid": "u3", "brand_id": 1, "code": "1", "name": "A", "address": "",
            "active": 1, "created_at": _AT,
        }),
        ("checklist_version", {
            "id": 1, "checklist_id": "long", "version": "1", "sha256": sha256,
            "canonical": canonical, "title": '{"vi":"Long"}', "languages": '["vi"]',
            "questions": QUESTIONS + 1, "added_at": _AT,
        }),
        ("visit", {
            "id": 1, "uid": "u4", "number": "V-0001", "status": "draft", "revision": 1,
            "location_id": 1, "checklist_version_id": 1, "evaluator": "E-01", "zone": ZONE,
            "started_at": _AT, "saved_at": _AT, "answered": 8, "total": QUESTIONS + 1,
            "photos": 0, "created_at": _AT, "version": 1,
        }),
    ]  # fmt: skip


def _answers() -> list[Row]:
    usual = {"visit_id": 1, "instance": 0, "not_applicable": 0, "comment": "", "evidence": "[]"}
    return [
        ("answer", {**usual, "question": f"q{n}", "value": f'"trả lời {n}"', "updated_at": _AT})
        for n in range(1, 9)
    ]


WORLDS = {
    "nothing": nothing,
    "bare": bare,
    "furnished": furnished,
    "submitted": submitted,
    "staffed": staffed,
    "first schema": first_schema,
}
