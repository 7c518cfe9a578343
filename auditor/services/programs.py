"""Programs (a client's continuing study): their waves, their rules, what is read before a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.facts import VisitRules
from auditor.domain.programs import ProgramInput, WaveInput
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.services import evidence as evidence_rows
from auditor.services.checklists import Checklists
from auditor.services.evidence import Evidence
from auditor.services.pictures import Prepared, prepare
from auditor.services.program_values import program_values, rule_values, wave_values
from auditor.services.program_writing import (
    following,
    require_known,
    require_wave_free,
    totals_of,
    wave_row,
    wave_totals,
    write_changes,
    write_wave,
)
from auditor.services.typed import prose, required
from auditor.services.writing import Writing, require_version, row_of
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import (
    ASSIGNMENT,
    CLIENT,
    PROGRAM,
    VISIT,
    WAVE,
    WAVE_QUOTA,
)
from auditor.store.units import Store, Unit


class Programs(Writing):
    """Every change of a program holds for its visits from then on, those under way included."""

    def __init__(self, store: Store, evidence: Evidence, checklists: Checklists) -> None:
        super().__init__(store, Changes(programs=True))
        self._evidence, self._checklists = evidence, checklists

    def get(self, program_id: int) -> ProgramRecord:
        """Raises NotFoundError."""
        return self.store.read(visit_queries.program, program_id)

    def wave(self, wave_id: int) -> WaveRecord:
        """Raises NotFoundError."""
        return self.store.read(visit_queries.wave, wave_id)

    # programs

    def add_program(self, client_id: int, name: str) -> ProgramRecord:
        """``add`` with the fewest words."""
        return self.add(client_id, ProgramInput(name))

    def add(self, client_id: int, given: ProgramInput) -> ProgramRecord:
        """Raises NotFoundError, RefusedError: empty_name, program_taken, and those of
        ``program_values``."""
        values = program_values(given)
        with self.change("program.added", values["name"]) as (unit, journal):
            row_of(
                unit, CLIENT, client_id, NotFoundError("client", "There is no such client here.")
            )
            require_known(unit, values)
            _require_free(unit, client_id, values["name"])
            key = journal.insert(PROGRAM.name, values | {"client_id": client_id})
        return self.get(key)

    def change_program(self, program_id: int, given: ProgramInput, version: int) -> ProgramRecord:
        """``version`` is that of the record which the person looked at. Raises NotFoundError,
        RefusedError: changed_meanwhile, and those of ``add``."""
        self._write(program_id, program_values(given), version)
        return self.get(program_id)

    def update_program(
        self,
        program_id: int,
        *,
        name: str | None = None,
        rules: VisitRules | None = None,
        briefing: str | None = None,
    ) -> ProgramRecord:
        """Change what is given. Raises NotFoundError, RefusedError: empty_name, program_taken,
        and those of ``rule_values``."""
        values: dict[str, Any] = {}
        if name is not None:
            values["name"] = required(name)
        if rules is not None:
            values |= rule_values(rules)
        if briefing is not None:
            values["briefing"] = prose(briefing)
        self._write(program_id, values)
        return self.get(program_id)

    def set_document(
        self, program_id: int, source: Path | bytes | Prepared | None, name: str = ""
    ) -> ProgramRecord:
        """Attach the document that is read before a visit, any file; None takes it away. It is
        durable before the program names it. Reading it takes time: hand over what
        ``pictures.prepare`` made on another thread. The file that stood there stays, so that this
        can be taken back.

        Raises NotFoundError, RefusedError (empty_file, file_too_big), NotSavedError.
        """
        prepared = source
        if source is not None and not isinstance(source, Prepared):
            prepared = prepare(source, name, "file")
        assert prepared is None or isinstance(prepared, Prepared)
        if prepared is not None:
            self._evidence.keep_files(prepared)
        with self.change("program.changed", "") as (unit, journal):
            row = _program(unit, program_id)
            if prepared is not None:
                evidence_rows.insert_row(unit, prepared)
            sha256, shown = (prepared.sha256, prepared.name) if prepared else (None, "")
            write_changes(journal, PROGRAM, row, {"document": sha256, "document_name": shown})
        return self.get(program_id)

    def document_path(self, program: ProgramRecord) -> Path | None:
        """Where the document lies; None where there is none."""
        if program.document is None:
            return None
        return self._evidence.files.original(program.document, program.document_type)

    def _write(self, program_id: int, values: dict[str, Any], version: int | None = None) -> None:
        named = [values.get("checklist_version_id")]
        totals = totals_of(self.store, self._checklists, named)
        with self.change("program.changed", values.get("name", "")) as (unit, journal):
            row = _program(unit, program_id)
            if version is not None:
                require_version(row, version, row["name"])
            require_known(unit, values)
            if values.get("name", row["name"]) != row["name"]:
                _require_free(unit, row["client_id"], values["name"])
            with following(unit, journal, program_id, totals):
                write_changes(journal, PROGRAM, row, values)

    # waves

    def add_wave(
        self,
        program_id: int,
        name: str,
        starts_on: date | None = None,
        ends_on: date | None = None,
        scenario: str = "",
    ) -> WaveRecord:
        """``add_waves`` with one."""
        (wave,) = self.add_waves(program_id, [WaveInput(name, starts_on, ends_on, scenario)])
        return wave

    def add_waves(self, program_id: int, given: Sequence[WaveInput]) -> tuple[WaveRecord, ...]:
        """All of them or none. Raises NotFoundError, RefusedError: empty_name, wave_taken,
        wave_days, and those of ``wave_values``."""
        rows = [wave_values(each) for each in given]
        keys = []
        with self.change("wave.added", ", ".join(row["name"] for row in rows)) as (unit, journal):
            _program(unit, program_id)
            for values in rows:
                require_known(unit, values)
                require_wave_free(unit, program_id, values["name"])
                keys.append(journal.insert(WAVE.name, values | {"program_id": program_id}))
        return tuple(map(self.wave, keys))

    def change_wave(self, wave_id: int, given: WaveInput, version: int) -> WaveRecord:
        """Visits that are planned stay on their days: ``Planning.move_wave`` takes them along.

        Raises NotFoundError, RefusedError: changed_meanwhile, and those of ``add_waves``.
        """
        self._write_wave(wave_id, wave_values(given), version)
        return self.wave(wave_id)

    def update_wave(
        self,
        wave_id: int,
        name: str,
        starts_on: date | None,
        ends_on: date | None,
        scenario: str,
    ) -> None:
        """``change_wave`` of what is always there."""
        given = replace(
            self.wave(wave_id).given,
            name=name, starts_on=starts_on, ends_on=ends_on, scenario=scenario,
        )  # fmt: skip
        self._write_wave(wave_id, wave_values(given))

    def set_scenario(self, wave_id: int, scenario: str) -> None:
        """What the evaluators of the wave are to do. Raises NotFoundError."""
        self._write_wave(wave_id, {"scenario": prose(scenario)})

    def remove_wave(self, wave_id: int) -> None:
        """A wave in which nothing was ever planned. Raises NotFoundError, RefusedError
        wave_used."""
        with self.change("wave.removed", self.wave(wave_id).name) as (unit, journal):
            row = wave_row(unit, wave_id)
            for table in (ASSIGNMENT, VISIT):
                used = select(table.c.id).where(table.c.wave_id == wave_id).limit(1)
                if unit.execute(used).scalar() is not None:
                    raise RefusedError(
                        "wave_used",
                        "{name} has visits. Cancel the wave instead: its visits stay on record.",
                        name=row["name"],
                    )
            quotas = select(WAVE_QUOTA).where(WAVE_QUOTA.c.wave_id == wave_id)
            for quota in unit.execute(quotas).mappings().all():
                journal.delete(WAVE_QUOTA.name, dict(quota))
            journal.delete(WAVE.name, row)

    def _write_wave(self, wave_id: int, values: dict[str, Any], version: int | None = None) -> None:
        totals = wave_totals(self.store, self._checklists, wave_id, values)
        with self.change("wave.changed", values.get("name", "")) as (unit, journal):
            write_wave(unit, journal, wave_id, values, version, totals)


def _program(unit: Unit, program_id: int) -> dict[str, Any]:
    missing = NotFoundError("program", "There is no such program here.")
    return row_of(unit, PROGRAM, program_id, missing)


def _require_free(unit: Unit, client_id: int, name: str) -> None:
    taken = select(PROGRAM.c.id).where(PROGRAM.c.client_id == client_id, PROGRAM.c.name == name)
    if unit.execute(taken).scalar() is not None:
        raise RefusedError("program_taken", "A program named {name} is here already.", name=name)
