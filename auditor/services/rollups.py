"""What the visits of each location come to, kept in the unit of work that changes them.

Whoever moves a visit in or out of what the office sees, scores it anew, or gives it to another
location calls ``rebuild`` in the same unit.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from auditor.domain.changes import Changes
from auditor.domain.places import Step
from auditor.store.queries import rollups as rollup_queries
from auditor.store.tables import VISIT
from auditor.store.units import Store, Unit


def rebuild(unit: Unit, location_ids: Iterable[int] | None = None) -> None:
    """Build the roll-ups of these locations again from their visits, of all where it is None."""
    rollup_queries.rebuild(unit.connection, location_ids)


def follow(unit: Unit, step: Step) -> None:
    """``rebuild`` for the locations between which ``step`` moved visits."""
    images = [image for image in step.images if image.table == VISIT.name]
    rows = [row for image in images for row in (image.before, image.after) if row is not None]
    touched = {int(str(row["location_id"])) for row in rows}
    if touched:
        rebuild(unit, touched)


def differing(connection: Connection) -> tuple[int, ...]:
    """Ids of the locations whose roll-ups are not what their visits come to; none where all is
    well."""
    kept, built = rollup_queries.kept(connection), rollup_queries.built(connection)
    return tuple(sorted({row[0] for row in {*kept} ^ {*built}}))


def mend(store: Store) -> int:
    """Build those that differ again; returns how many. Raises NotSavedError."""
    with store.unit() as unit:
        wrong = differing(unit.connection)
        rebuild(unit, wrong)
        if wrong:
            unit.touch(Changes(places=True))
    return len(wrong)
