"""A real workspace on disk with one location, a checklist and a draft, and a context on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor import bootstrap
from auditor.domain.facts import VisitRules
from auditor.domain.records import VisitRecord
from auditor.domain.settings import Settings, Theme
from auditor.services.workspace import Workspace
from auditor.ui.context import AppContext
from tests.copied import copied

FIXTURES = Path(__file__).parent / "fixtures"
ZONE = "Asia/Ho_Chi_Minh"
DAY = date(2026, 11, 12)


def begin_visit(folder: Path, checklist: Path | bytes, name: str = "test.yaml") -> VisitRecord:
    """A draft of a shop made on ``DAY``; the workspace is closed again."""
    text = checklist if isinstance(checklist, bytes) else checklist.read_bytes()
    if folder.exists():
        return _begin(folder, checklist, name)
    key = ("a visit", text, name if isinstance(checklist, bytes) else checklist.name)
    return copied(key, lambda new: _begin(new, checklist, name), folder)


def _begin(folder: Path, checklist: Path | bytes, name: str) -> VisitRecord:
    workspace = Workspace.open(folder)
    try:
        brand = _brand(workspace)
        location = workspace.places.add_location(brand, "Q1", "Quận 1", "12 Lê Lợi", "TP.HCM")
        known = workspace.checklists.add(checklist, name)
        return workspace.visits.start(location.id, known.id, DAY, ZONE, "E-07")
    finally:
        workspace.close()


def begin_in_program(
    folder: Path,
    checklist: Path,
    *,
    briefing: str = "",
    scenario: str = "",
    document: tuple[bytes, str] | None = None,
    rules: VisitRules | None = None,
) -> VisitRecord:
    """A draft of a shop, of a wave whose program says so."""
    first = begin_visit(folder, checklist)
    workspace = Workspace.open(folder)
    try:
        programs = workspace.programs
        program = programs.add_program(1, "Trải nghiệm khách hàng")
        programs.update_program(program.id, briefing=briefing, rules=rules or VisitRules())
        if document is not None:
            programs.set_document(program.id, *document)
        wave = programs.add_wave(program.id, "Q4/2026", scenario=scenario)
        return workspace.visits.start(
            first.location_id, first.checklist_version_id, DAY, ZONE, "E-07", wave.id
        )
    finally:
        workspace.close()


def _brand(workspace: Workspace) -> int:
    client = workspace.places.add_client("Sen Việt")
    return workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1A5FB4", "#E4EEFA").id


def make_context(folder: Path, language: str = "vi") -> AppContext:
    settings = Settings(language=language, theme=Theme.LIGHT, evaluator="E-07")
    return AppContext(settings, folder, bootstrap.ports(folder))
