"""What the visits of each location come to, built from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, text

from auditor.domain.visits import SUBMITTED

_SEEN = ", ".join(sorted(f"'{status.value}'" for status in SUBMITTED))
_COLUMNS = "location_id, visits, last_visit_id, last_at, score, band, change"
#: So many locations are asked about by one statement.
MANY = 500


def _built(among: str) -> str:
    """Rows of ``location_rollup`` as the visits tell them; ``among`` narrows the visits."""
    return f"""
WITH seen AS (
    SELECT visit.id, location_id, started_at, score, band, checklist_id,
        count(*) OVER (PARTITION BY location_id) AS visits,
        row_number() OVER (
            PARTITION BY location_id ORDER BY started_at DESC, visit.id DESC
        ) AS place
    FROM visit JOIN checklist_version ON checklist_version.id = checklist_version_id
    WHERE status IN ({_SEEN}) {among}
), scored AS (
    SELECT location_id, band, CAST(score AS REAL) AS score,
        CAST(lead(score) OVER (PARTITION BY location_id, checklist_id
            ORDER BY started_at DESC, id DESC) AS REAL) AS earlier,
        row_number() OVER (PARTITION BY location_id ORDER BY started_at DESC, id DESC) AS place
    FROM seen WHERE score IS NOT NULL
)
SELECT seen.location_id, visits, seen.id, started_at, scored.score, scored.band,
    round(scored.score - earlier, 6)
FROM seen LEFT JOIN scored ON scored.location_id = seen.location_id AND scored.place = 1
WHERE seen.place = 1
"""


def rebuild(connection: Connection, location_ids: Iterable[int] | None = None) -> None:
    """Build the roll-ups of these locations again, of all where it is None."""
    if location_ids is None:
        connection.execute(text("DELETE FROM location_rollup"))
        connection.execute(text(f"INSERT INTO location_rollup ({_COLUMNS}) {_built('')}"))
        return
    wanted = sorted(set(location_ids))
    for start in range(0, len(wanted), MANY):
        _rebuild(connection, ", ".join(map(str, map(int, wanted[start : start + MANY]))))


def _rebuild(connection: Connection, ids: str) -> None:
    connection.execute(text(f"DELETE FROM location_rollup WHERE location_id IN ({ids})"))
    among = f"AND location_id IN ({ids})"
    connection.execute(text(f"INSERT INTO location_rollup ({_COLUMNS}) {_built(among)}"))


def kept(connection: Connection) -> list[tuple[Any, ...]]:
    """The rows of ``location_rollup`` as they lie on disk."""
    query = text(f"SELECT {_COLUMNS} FROM location_rollup ORDER BY location_id")
    return [tuple(row) for row in connection.execute(query)]


def built(connection: Connection) -> list[tuple[Any, ...]]:
    """What ``kept`` must be."""
    query = text(f"SELECT * FROM ({_built('')}) ORDER BY 1")
    return [tuple(row) for row in connection.execute(query)]
