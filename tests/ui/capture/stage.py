"""A real workspace on disk with one location, a checklist and a draft, and a context on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor import bootstrap
from auditor.domain.records import VisitRecord
from auditor.domain.settings import Settings, Theme
from auditor.services.workspace import Workspace
from auditor.ui.context import AppContext

FIXTURES = Path(__file__).parent / "fixtures"
ZONE = "Asia/Ho_Chi_Minh"
DAY = date(2026, 11, 12)


def begin_visit(folder: Path, checklist: Path | bytes, name: str = "test.yaml") -> VisitRecord:
    """A draft of a shop made on ``DAY``; the workspace is closed again."""
    workspace = Workspace.open(folder)
    try:
        brand = _brand(workspace)
        location = workspace.places.add_location(brand, "Q1", "Quận 1", "12 Lê Lợi", "TP.HCM")
        known = workspace.checklists.add(checklist, name)
        return workspace.visits.start(location.id, known.id, DAY, ZONE, "E-07")
    finally:
        workspace.close()


def _brand(workspace: Workspace) -> int:
    client = workspace.places.add_client("Sen Việt")
    return workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#1A5FB4", "#E4EEFA").id


def make_context(folder: Path, language: str = "vi") -> AppContext:
    settings = Settings(language=language, theme=Theme.LIGHT, evaluator="E-07")
    return AppContext(settings, folder, bootstrap.ports(folder))
