"""The same place was here twice: what goes to the one that stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from auditor.domain.errors import RefusedError
from auditor.services.location_rows import row_of
from auditor.store.journal import Journal
from auditor.store.tables import (
    ASSIGNMENT,
    BRAND,
    CORRECTIVE_ACTION,
    LOCATION,
    VISIT,
    WAVE_QUOTA,
)
from auditor.store.units import Unit


def merge(unit: Unit, journal: Journal, keep_id: int, gone_ids: Sequence[int]) -> None:
    """Raises NotFoundError, RefusedError: merge_archived, merge_clients."""
    keep = row_of(unit, LOCATION, keep_id, "location")
    if not keep["active"]:
        raise RefusedError(
            "merge_archived",
            "{name} is archived. Bring it back first, or keep another one.",
            name=keep["name"],
        )
    for key in gone_ids:
        gone = row_of(unit, LOCATION, key, "location")
        _require_same_client(unit, keep, gone)
        _hand_over(unit, journal, key, keep_id)
        values = {"active": False, "merged_into": keep_id, "version": gone["version"] + 1}
        journal.update(LOCATION.name, gone, values)


def _hand_over(unit: Unit, journal: Journal, gone: int, keep: int) -> None:
    for table in (VISIT, ASSIGNMENT, CORRECTIVE_ACTION):
        for row in _of(unit, table, gone):
            journal.update(table.name, row, {"location_id": keep})
    for earlier in _rows(unit, LOCATION, LOCATION.c.merged_into == gone):
        journal.update(LOCATION.name, earlier, {"merged_into": keep})
    settled = {row["wave_id"] for row in _of(unit, WAVE_QUOTA, keep)}
    for row in _of(unit, WAVE_QUOTA, gone):
        if row["wave_id"] in settled:  # what is said of the one that stays holds
            journal.delete(WAVE_QUOTA.name, row)
        else:
            journal.update(WAVE_QUOTA.name, row, {"location_id": keep})


def _of(unit: Unit, table: Any, location_id: int) -> list[dict[str, Any]]:
    return _rows(unit, table, table.c.location_id == location_id)


def _rows(unit: Unit, table: Any, condition: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in unit.execute(select(table).where(condition)).mappings()]


def _require_same_client(unit: Unit, keep: dict[str, Any], gone: dict[str, Any]) -> None:
    clients = {row_of(unit, BRAND, row["brand_id"], "brand")["client_id"] for row in (keep, gone)}
    if len(clients) > 1:
        raise RefusedError(
            "merge_clients",
            "{one} and {other} belong to different clients and cannot be merged.",
            one=keep["name"],
            other=gone["name"],
        )
