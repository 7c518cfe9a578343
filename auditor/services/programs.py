"""Programs (a client's continuing study): their waves, their rules, what is read before a visit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.facts import VisitRules
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.services import evidence as evidence_rows
from auditor.services.evidence import Evidence
from auditor.services.pictures import Prepared, prepare
from auditor.services.typed import prose, required
from auditor.store import events, queries
from auditor.store.tables import PROGRAM, WAVE
from auditor.store.units import Store, Unit

_TOUCHED = Changes(programs=True)


class Programs:
    """Every change of a program holds for its visits from then on, those under way included."""

    def __init__(self, store: Store, evidence: Evidence) -> None:
        self._store = store
        self._evidence = evidence

    def get(self, program_id: int) -> ProgramRecord:
        """Raises NotFoundError."""
        for found in self._store.read(queries.programs):
            if found.id == program_id:
                return found
        raise _no_program()

    # programs

    def add_program(self, client_id: int, name: str) -> ProgramRecord:
        """Raises RefusedError: empty_name, program_taken."""
        name = required(name)
        with self._store.unit() as unit:
            _require_free(unit, client_id, name)
            key = unit.insert(insert(PROGRAM).values(client_id=client_id, name=name))
            events.append(unit, "program.added", None, {"name": name})
            unit.touch(_TOUCHED)
        return ProgramRecord(key, client_id, name)

    def update_program(
        self,
        program_id: int,
        *,
        name: str | None = None,
        rules: VisitRules | None = None,
        briefing: str | None = None,
    ) -> ProgramRecord:
        """Change what is given. Raises NotFoundError, RefusedError: empty_name, program_taken."""
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = required(name)
        if rules is not None:
            values |= {
                "hide_score": rules.hide_score,
                "show_last_visit": rules.show_last_visit,
                "staff_names": rules.staff_names,
            }
        if briefing is not None:
            values["briefing"] = prose(briefing)
        with self._store.unit() as unit:
            self._change(unit, program_id, values)
        return self.get(program_id)

    def set_document(
        self, program_id: int, source: Path | bytes | Prepared | None, name: str = ""
    ) -> ProgramRecord:
        """Attach the document that is read before a visit, any file; None takes it away. It is
        durable before the program names it. Reading it takes time: hand over what
        ``pictures.prepare`` made on another thread.

        Raises NotFoundError, RefusedError (empty_file, file_too_big), NotSavedError.
        """
        prepared = source
        if source is not None and not isinstance(source, Prepared):
            prepared = prepare(source, name, "file")
        assert prepared is None or isinstance(prepared, Prepared)
        if prepared is not None:
            self._evidence.keep_files(prepared)
        with self._store.unit() as unit:
            before = _program(unit, program_id)["document"]
            if prepared is not None:
                evidence_rows.insert_row(unit, prepared)
            sha256, shown = (prepared.sha256, prepared.name) if prepared else (None, "")
            self._change(unit, program_id, {"document": sha256, "document_name": shown})
            if before is not None and before != sha256:
                evidence_rows.forget(unit, before)
        return self.get(program_id)

    def document_path(self, program: ProgramRecord) -> Path | None:
        """Where the document lies; None where there is none."""
        if program.document is None:
            return None
        return self._evidence.files.original(program.document, program.document_type)

    def _change(self, unit: Unit, program_id: int, values: dict[str, Any]) -> None:
        """Write what differs, and say in the trail what it was."""
        row = _program(unit, program_id)
        changed = {key: value for key, value in values.items() if row[key] != value}
        if not changed:
            return
        if "name" in changed:
            _require_free(unit, row["client_id"], changed["name"])
        unit.execute(update(PROGRAM).where(PROGRAM.c.id == program_id).values(**changed))
        told = {key: {"from": row[key], "to": value} for key, value in changed.items()}
        events.append(unit, "program.changed", None, {"program": row["name"], **told})
        unit.touch(_TOUCHED)

    # waves

    def add_wave(
        self,
        program_id: int,
        name: str,
        starts_on: date | None = None,
        ends_on: date | None = None,
        scenario: str = "",
    ) -> WaveRecord:
        """Raises NotFoundError, RefusedError: empty_name, wave_taken, wave_days."""
        name = required(name)
        _require_days(starts_on, ends_on)
        values = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
        values["scenario"] = prose(scenario)
        with self._store.unit() as unit:
            _program(unit, program_id)
            _require_wave_free(unit, program_id, name)
            key = unit.insert(insert(WAVE).values(program_id=program_id, **values))
            events.append(unit, "wave.added", None, {"name": name})
            unit.touch(_TOUCHED)
        return WaveRecord(key, program_id, name, starts_on, ends_on, prose(scenario))

    def update_wave(
        self,
        wave_id: int,
        name: str,
        starts_on: date | None,
        ends_on: date | None,
        scenario: str,
    ) -> None:
        """Raises NotFoundError, RefusedError: empty_name, wave_taken, wave_days."""
        values = {"name": required(name), "starts_on": starts_on, "ends_on": ends_on}
        _require_days(starts_on, ends_on)
        with self._store.unit() as unit:
            self._change_wave(unit, wave_id, {**values, "scenario": prose(scenario)})

    def set_scenario(self, wave_id: int, scenario: str) -> None:
        """What the evaluators of the wave are to do. Raises NotFoundError."""
        with self._store.unit() as unit:
            self._change_wave(unit, wave_id, {"scenario": prose(scenario)})

    def _change_wave(self, unit: Unit, wave_id: int, values: dict[str, Any]) -> None:
        row = unit.execute(select(WAVE).where(WAVE.c.id == wave_id)).mappings().one_or_none()
        if row is None:
            raise NotFoundError("wave", "There is no such wave here.")
        changed = {key: value for key, value in values.items() if row[key] != value}
        if not changed:
            return
        if "name" in changed:
            _require_wave_free(unit, row["program_id"], changed["name"])
        unit.execute(update(WAVE).where(WAVE.c.id == wave_id).values(**changed))
        told = {
            key: {"from": _plain(row[key]), "to": _plain(value)} for key, value in changed.items()
        }
        events.append(unit, "wave.changed", None, {"wave": row["name"], **told})
        unit.touch(_TOUCHED)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _program(unit: Unit, program_id: int) -> dict[str, Any]:
    found = unit.execute(select(PROGRAM).where(PROGRAM.c.id == program_id)).mappings()
    row = found.one_or_none()
    if row is None:
        raise _no_program()
    return dict(row)


def _no_program() -> NotFoundError:
    return NotFoundError("program", "There is no such program here.")


def _require_free(unit: Unit, client_id: int, name: str) -> None:
    taken = select(PROGRAM.c.id).where(PROGRAM.c.client_id == client_id, PROGRAM.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("program_taken", "A program named {name} is here already.", name=name)


def _require_wave_free(unit: Unit, program_id: int, name: str) -> None:
    taken = select(WAVE.c.id).where(WAVE.c.program_id == program_id, WAVE.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("wave_taken", "A wave named {name} is here already.", name=name)


def _require_days(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise RefusedError("wave_days", "The wave ends before it starts. Change its days.")
