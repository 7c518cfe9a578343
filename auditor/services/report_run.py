"""A run of many reports that is not finished: kept in the workspace, so that it can be gone on with
after the window was closed, or cut off. What is made already is found again by its stamp."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, select

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.report_choice import AS_SET, Worn
from auditor.store.tables import META

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

#: The fact in the workspace that holds it.
_KEY = "report_run"


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The visits of a run in their order, and how their reports are made. ``language`` may be
    ``BOTH``; ``merged``: all in one file as well, named after the wave where there is one."""

    visits: tuple[int, ...]
    language: str
    folder: Path
    worn: Worn = AS_SET
    wave_id: int | None = None
    merged: bool = False


def keep(workspace: Workspace, plan: RunPlan) -> None:
    """Instead of the one that is kept. Raises UserError where nothing can be written."""
    with workspace.store.unit() as unit:
        unit.execute(delete(META).where(META.c.key == _KEY))
        unit.execute(META.insert().values(key=_KEY, value=_written(plan)))


def forget(workspace: Workspace) -> None:
    with workspace.store.unit() as unit:
        unit.execute(delete(META).where(META.c.key == _KEY))


def unfinished(workspace: Workspace) -> RunPlan | None:
    """None as well for one that a newer version wrote in another way."""
    text = workspace.read(_text)
    try:
        return None if text is None else _read(json.loads(text))
    except (ValueError, KeyError, TypeError):
        return None


def _text(connection: Connection) -> str | None:
    return connection.execute(select(META.c.value).where(META.c.key == _KEY)).scalar()


def _written(plan: RunPlan) -> str:
    given = plan.worn.given
    told: dict[str, Any] = {
        "visits": plan.visits, "language": plan.language, "folder": str(plan.folder),
        "template": plan.worn.template_id, "wave": plan.wave_id, "merged": plan.merged,
    }  # fmt: skip
    if given is not None:
        told["given"] = {
            "parts": [part.value for part in given.parts],
            "cover": given.cover,
            "blank": given.blank_actions,
        }
    return json.dumps(told, ensure_ascii=False)


def _read(told: dict[str, Any]) -> RunPlan:
    given = told.get("given")
    own = None
    if given is not None:
        parts = tuple(ReportPart(part) for part in given["parts"])
        own = TemplateInput("", parts, bool(given["cover"]), bool(given["blank"]))
    visits = tuple(int(each) for each in told["visits"])
    worn = Worn(told["template"], own)
    language, folder = str(told["language"]), Path(told["folder"])
    wave, merged = told.get("wave"), bool(told.get("merged"))
    return RunPlan(visits, language, folder, worn, wave, merged)
