"""Programs (a client's continuing study) and their waves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.services.typed import required
from auditor.store import events
from auditor.store.tables import PROGRAM, WAVE
from auditor.store.units import Store

_TOUCHED = Changes(programs=True)


class Programs:
    def __init__(self, store: Store) -> None:
        self._store = store

    def add_program(self, client_id: int, name: str) -> ProgramRecord:
        """Raises RefusedError: empty_name, program_taken."""
        name = required(name)
        with self._store.unit() as unit:
            taken = select(PROGRAM.c.id).where(
                PROGRAM.c.client_id == client_id, PROGRAM.c.name == name
            )
            if unit.execute(taken).scalar() is not None:
                raise RefusedError(
                    "program_taken", "A program named {name} is here already.", name=name
                )
            key = unit.insert(insert(PROGRAM).values(client_id=client_id, name=name))
            events.append(unit, "program.added", None, {"name": name})
            unit.touch(_TOUCHED)
        return ProgramRecord(key, client_id, name)

    def add_wave(
        self,
        program_id: int,
        name: str,
        starts_on: date | None = None,
        ends_on: date | None = None,
    ) -> WaveRecord:
        """Raises RefusedError: empty_name, wave_taken, wave_days."""
        name = required(name)
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            raise RefusedError("wave_days", "The wave ends before it starts. Change its days.")
        with self._store.unit() as unit:
            taken = select(WAVE.c.id).where(WAVE.c.program_id == program_id, WAVE.c.name == name)
            if unit.execute(taken).scalar() is not None:
                raise RefusedError("wave_taken", "A wave named {name} is here already.", name=name)
            values = {"program_id": program_id, "name": name}
            values |= {"starts_on": starts_on, "ends_on": ends_on}
            key = unit.insert(insert(WAVE).values(**values))
            events.append(unit, "wave.added", None, {"name": name})
            unit.touch(_TOUCHED)
        return WaveRecord(key, program_id, name, starts_on, ends_on)
