"""Programs and waves as their rows say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select

from auditor.domain.errors import NotFoundError
from auditor.domain.facts import VisitRules
from auditor.domain.programs import Terms, WaveTerms
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.visit_hours import hours_from_json
from auditor.store.tables import EVIDENCE, PROGRAM, WAVE

#: Of a program, what ``rules_of`` and ``terms_of`` read.
RULES = tuple(
    PROGRAM.c[name]
    for name in (
        "hide_score", "show_last_visit", "staff_names", "dayparts_only", "receipt_needed",
        "photos_least", "windows",
    )
)  # fmt: skip
_PLAIN = ("checklist_version_id", "quota", "rotation", "lockout_days", "most_visits", "currency",
          "template_id")  # fmt: skip
_DECIMALS = ("target", "fee", "expense_cap")
TERMS = tuple(PROGRAM.c[name] for name in (*_PLAIN, *_DECIMALS))


def programs(connection: Connection) -> list[ProgramRecord]:
    """Programs by name, each with its waves in the order of their start."""
    return _programs(connection, select(WAVE), _with_document())


def program(connection: Connection, program_id: int) -> ProgramRecord:
    """Raises NotFoundError."""
    waves = select(WAVE).where(WAVE.c.program_id == program_id)
    found = _programs(connection, waves, _with_document().where(PROGRAM.c.id == program_id))
    if not found:
        raise NotFoundError("program", "There is no such program here.")
    return found[0]


def wave(connection: Connection, wave_id: int) -> WaveRecord:
    """Raises NotFoundError."""
    row = connection.execute(select(WAVE).where(WAVE.c.id == wave_id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError("wave", "There is no such wave here.")
    return wave_record(row)


def _with_document() -> Select[Any]:
    joined = PROGRAM.outerjoin(EVIDENCE, PROGRAM.c.document == EVIDENCE.c.sha256)
    found = select(PROGRAM, EVIDENCE.c.media_type, EVIDENCE.c.bytes).select_from(joined)
    return found.order_by(PROGRAM.c.name, PROGRAM.c.id)


def _programs(
    connection: Connection, of_waves: Select[Any], of_programs: Select[Any]
) -> list[ProgramRecord]:
    waves: dict[int, list[WaveRecord]] = {}
    in_order = of_waves.order_by(WAVE.c.starts_on, WAVE.c.id)
    for row in connection.execute(in_order).mappings():
        waves.setdefault(row["program_id"], []).append(wave_record(row))
    rows = connection.execute(of_programs).mappings()
    return [_program_record(row, tuple(waves.get(row["id"], ()))) for row in rows]


def _program_record(row: RowMapping, waves: tuple[WaveRecord, ...]) -> ProgramRecord:
    kept = ("id", "client_id", "name", "briefing", "document", "document_name", "objectives",
            "active", "version")  # fmt: skip
    return ProgramRecord(
        **{name: row[name] for name in kept},
        waves=waves,
        rules=rules_of(row),
        terms=terms_of(row),
        document_type=row["media_type"] or "",
        document_bytes=row["bytes"] or 0,
    )


def wave_record(row: RowMapping) -> WaveRecord:
    kept = ("id", "program_id", "name", "starts_on", "ends_on", "scenario", "version")
    return WaveRecord(**{name: row[name] for name in kept}, own=own_of(row))


def rules_of(row: RowMapping) -> VisitRules:
    """Of a program."""
    return VisitRules(
        hide_score=bool(row["hide_score"]),
        show_last_visit=bool(row["show_last_visit"]),
        staff_names=bool(row["staff_names"]),
        dayparts_only=bool(row["dayparts_only"]),
        receipt_needed=bool(row["receipt_needed"]),
        photos_least=row["photos_least"],
        windows=hours_from_json(row["windows"]),
    )


def terms_of(row: RowMapping) -> Terms:
    """Of a program."""
    plain: dict[str, Any] = {name: row[name] for name in _PLAIN}
    return Terms(**plain, **_decimals(row))


def own_of(row: RowMapping) -> WaveTerms:
    """Of a wave."""
    return WaveTerms(row["checklist_version_id"], quota=row["quota"], **_decimals(row))


def _decimals(row: RowMapping) -> dict[str, Any]:
    return {name: decimal(row[name]) for name in _DECIMALS}


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
