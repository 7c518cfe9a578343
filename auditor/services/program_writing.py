"""Rows of programs and waves, as they are changed by whoever changes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import Table, select

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.visits import VisitStatus
from auditor.services.checklists import Checklists
from auditor.services.new_visits import questions
from auditor.services.writing import require_version, row_of
from auditor.store.journal import Journal
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import CHECKLIST, REPORT_TEMPLATE, VISIT, WAVE
from auditor.store.units import Store, Unit

Totals: TypeAlias = Mapping[int, int]


def write_wave(
    unit: Unit,
    journal: Journal,
    wave_id: int,
    values: dict[str, Any],
    version: int | None,
    totals: Totals,
) -> None:
    """``version`` is that of the record which the person looked at; ``totals``: see
    ``totals_of``. Raises NotFoundError, RefusedError: changed_meanwhile, wave_taken."""
    row = wave_row(unit, wave_id)
    if version is not None:
        require_version(row, version, row["name"])
    require_known(unit, values)
    if values.get("name", row["name"]) != row["name"]:
        require_wave_free(unit, row["program_id"], values["name"])
    with following(unit, journal, row["program_id"], totals):
        write_changes(journal, WAVE, row, values)


def totals_of(store: Store, checklists: Checklists, versions: Iterable[int | None]) -> Totals:
    """How many questions an untouched visit asks, by version of a checklist. Raises
    NotFoundError."""
    now = store.clock()
    return {key: questions(checklists, key, now) for key in set(versions) if key is not None}


def wave_totals(
    store: Store, checklists: Checklists, wave_id: int, values: Mapping[str, Any]
) -> Totals:
    """``totals_of`` what a wave may have once ``values`` are written. Raises NotFoundError."""
    if "checklist_version_id" not in values:
        return {}
    program = store.read(visit_queries.program, store.read(visit_queries.wave, wave_id).program_id)
    versions = (values["checklist_version_id"], program.terms.checklist_version_id)
    return totals_of(store, checklists, versions)


@contextmanager
def following(unit: Unit, journal: Journal, program_id: int, totals: Totals) -> Iterator[None]:
    """Visits that are not begun have the checklist of their wave: where it becomes another one of
    ``totals``, they have that from then on. One with a checklist of its own keeps it."""
    was = _versions(unit, program_id)
    yield
    moved = []
    for wave_id, new in _versions(unit, program_id).items():
        if new is not None and new in totals and new != was[wave_id]:
            values = {"checklist_version_id": new, "total": totals[new]}
            moved += [(row, values) for row in _waiting(unit, wave_id, was[wave_id])]
    count = journal.update_many(VISIT.name, moved)
    if count:
        journal.told["visits"] = count


def _versions(unit: Unit, program_id: int) -> dict[int, int | None]:
    """The version of the checklist of each wave."""
    program = visit_queries.program(unit.connection, program_id)
    return {wave.id: program.terms_of(wave).checklist_version_id for wave in program.waves}


def _waiting(unit: Unit, wave_id: int, version_id: int | None) -> list[dict[str, Any]]:
    """The planned visits of a wave that have this checklist."""
    mine = VISIT.c.wave_id == wave_id, VISIT.c.checklist_version_id == version_id
    waiting = select(VISIT).where(*mine, VISIT.c.status == VisitStatus.PLANNED.value)
    return [dict(row) for row in unit.execute(waiting).mappings()]


def write_changes(
    journal: Journal, table: Table, row: dict[str, Any], values: dict[str, Any]
) -> None:
    """Write what differs, and say in the trail what it was."""
    changed = {key: value for key, value in values.items() if row[key] != value}
    if changed:
        journal.update(table.name, row, changed | {"version": row["version"] + 1})
        journal.told[table.name] = row["name"]
        for key, value in changed.items():
            journal.told[key] = {"from": _plain(row[key]), "to": _plain(value)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def wave_row(unit: Unit, wave_id: int) -> dict[str, Any]:
    """Raises NotFoundError."""
    return row_of(unit, WAVE, wave_id, NotFoundError("wave", "There is no such wave here."))


def require_known(unit: Unit, values: dict[str, Any]) -> None:
    """The checklist and the template that are named are here. Raises NotFoundError."""
    checklist = NotFoundError("checklist", "There is no such checklist here.")
    template = NotFoundError("template", "There is no such report template here.")
    for name, table, missing in (
        ("checklist_version_id", CHECKLIST, checklist),
        ("template_id", REPORT_TEMPLATE, template),
    ):
        if values.get(name) is not None:
            row_of(unit, table, values[name], missing)


def require_wave_free(unit: Unit, program_id: int, name: str) -> None:
    """Raises RefusedError wave_taken."""
    taken = select(WAVE.c.id).where(WAVE.c.program_id == program_id, WAVE.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("wave_taken", "A wave named {name} is here already.", name=name)
