"""My visits through the driver alone: on screen before SQLAlchemy is imported."""

from __future__ import annotations

from pathlib import Path

from auditor.domain.my_visits import Overview, Wanted
from auditor.store import check, driver, files, my_visits
from auditor.store.check import Verdict


def overview(folder: Path, wanted: Wanted) -> Overview | None:
    """None for a database that must be opened in full first."""
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
        return my_visits.read(connection.execute, wanted)
    except driver.DatabaseError:
        return None
    finally:
        connection.close()


def _look(path: Path) -> driver.Connection:
    """Without a journal nothing is made beside the database: SQLite would make an empty one, and
    the opening that follows could not tell that the last one is gone."""
    still = not any(journal.exists() for journal in driver.journals(path))
    return driver.connect(path, look_only=not still, still=still)
