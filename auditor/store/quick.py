"""The list of visits through the driver alone: on screen before SQLAlchemy is imported.

A test holds it equal to ``queries.visits``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.domain.records import VisitRecord
from auditor.domain.visits import VisitStatus
from auditor.store import check, driver, files
from auditor.store.check import Verdict
from auditor.store.times import date_or_none, moment_or_none

_VISITS = """
SELECT visit.id, visit.number, visit.status, visit.revision, visit.location_id, location.name,
       location.code, brand.name, visit.checklist_version_id, checklist_version.title,
       checklist_version.version, coalesce(program.name, ''), coalesce(wave.name, ''),
       visit.evaluator, assignment.planned_for, assignment.due, visit.zone, visit.started_at,
       visit.saved_at, visit.submitted_at, visit.answered, visit.total, visit.photos, visit.score,
       visit.band, visit.last_section, visit.last_question, coalesce(program.hide_score, 0)
FROM visit
JOIN location ON location.id = visit.location_id
JOIN brand ON brand.id = location.brand_id
JOIN checklist_version ON checklist_version.id = visit.checklist_version_id
LEFT JOIN assignment ON assignment.id = visit.assignment_id
LEFT JOIN wave ON wave.id = visit.wave_id
LEFT JOIN program ON program.id = wave.program_id
ORDER BY visit.id DESC
LIMIT ?
"""
#: More than a first screen shows; the full list follows once the workspace is open.
LIMIT = 500


def visits(folder: Path, limit: int = LIMIT) -> list[VisitRecord] | None:
    """The newest visits; None for a database that must be opened in full first."""
    path = folder / driver.DATABASE
    try:
        if not files.is_plain(path):
            return None
        head = check.header(path)
        if head.verdict is not Verdict.GOOD or head.schema != driver.SCHEMA:
            return None
        connection = _look(path)
    except (OSError, driver.Error):
        return None
    try:
        titles: dict[str, dict[str, str]] = {}
        rows = connection.execute(_VISITS, (limit,))
        return [_record(row, titles) for row in rows]
    except driver.DatabaseError:
        return None
    finally:
        connection.close()


def _look(path: Path) -> driver.Connection:
    """Without a journal nothing is made beside the database: SQLite would make an empty one, and
    the opening that follows could not tell that the last one is gone."""
    still = not any(journal.exists() for journal in driver.journals(path))
    return driver.connect(path, look_only=not still, still=still)


def _record(row: tuple[Any, ...], titles: dict[str, dict[str, str]]) -> VisitRecord:
    values = list(row)
    values[2] = VisitStatus(row[2])
    values[9] = titles.get(row[9]) or titles.setdefault(row[9], json.loads(row[9]))
    values[14:16] = map(date_or_none, row[14:16])
    values[17:20] = map(moment_or_none, row[17:20])
    values[-1] = bool(row[-1])
    return VisitRecord(*values)
