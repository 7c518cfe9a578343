"""Commands whose changes can be taken back: one unit, one event, one step each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.places import Step
from auditor.store import events
from auditor.store.journal import Journal
from auditor.store.tables import EVIDENCE, VISIT
from auditor.store.units import Store, Unit


class Writing:
    """``last`` is the step of the newest change, None before the first one."""

    def __init__(self, store: Store, touched: Changes) -> None:
        self.store, self._touched = store, touched
        self.last: Step | None = None

    @contextmanager
    def change(self, kind: str, name: str, /, **told: Any) -> Iterator[tuple[Unit, Journal]]:
        """A unit that tells the trail what it did. One that changes nothing leaves no trace."""
        with self.store.unit() as unit:
            journal = Journal(unit)
            yield unit, journal
            step = journal.step(kind, name)
            if step.images:
                events.append(unit, kind, None, {"name": name, **told, **journal.told})
                unit.touch(self._touched | Changes(visits=_visits_of(step)))
        if step.images:
            self.last = step

    def undo(self, step: Step) -> Step:
        """Take a change back as a whole; returns the step that does it again.

        Raises RefusedError ``changed_since``: then nothing is changed.
        """
        kind = step.kind.removesuffix(".undone")
        kind = kind if kind != step.kind else f"{step.kind}.undone"
        with self.change(kind, step.name) as (unit, journal):
            _require_files(unit, step)
            journal.take_back(step)
        assert self.last is not None
        return self.last


def _visits_of(step: Step) -> frozenset[int]:
    return frozenset(image.id for image in step.images if image.table == VISIT.name)


def _require_files(unit: Unit, step: Step) -> None:
    """What a row names again must still be there."""
    named = {
        (image.before or {}).get(column) for image in step.images for column in ("logo", "proof")
    }
    for sha256 in named - {None}:
        here = select(EVIDENCE.c.sha256).where(EVIDENCE.c.sha256 == sha256)
        if unit.execute(here).scalar() is None:
            raise RefusedError(
                "file_gone",
                "The file that stood there is no longer kept, so this cannot be undone. Choose "
                "it again.",
            )


def row_of(unit: Unit, table: Any, key: int, error: NotFoundError) -> dict[str, Any]:
    """Raises ``error`` where there is none."""
    found = unit.execute(select(table).where(table.c.id == key)).mappings().one_or_none()
    if found is None:
        raise error
    return dict(found)


def require_version(row: dict[str, Any], version: int, name: str) -> None:
    if row["version"] != version:
        raise RefusedError(
            "changed_meanwhile",
            "{name} was changed meanwhile. Look at it again, then change it.",
            name=name,
        )
