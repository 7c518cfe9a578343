"""Corrective actions as a table for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.action_words import CAUSE_NAMES, STATUS_NAMES
from auditor.domain.actions import ActionFilter, ActionKey, ActionRecord
from auditor.services.sheets.writing import Cell, Table, write
from auditor.store.queries.actions import key_of
from auditor.words import WORDS, mark

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

PAGE = 500
_TITLE = mark("Corrective actions")
_HEADINGS = (
    mark("Status"), mark("Days late"), mark("Due day"), mark("Code"), mark("Location"),
    mark("Region"), mark("Client"), mark("Brand"), mark("Finding"), mark("Cause"), mark("Action"),
    mark("Owner"), mark("Visit"), mark("Visited on"), mark("Program"), mark("Proof"), mark("Note"),
    mark("Created on"), mark("Closed on"),
)  # fmt: skip


def export(
    workspace: Workspace, path: Path, wanted: ActionFilter, today: date, language: str
) -> Path:
    """Write the actions of ``wanted``, the most overdue first: .xlsx or .csv by the ending of
    ``path``. Raises RefusedError, NotSavedError as ``sheets.writing.write``."""
    headings = tuple(WORDS.text(language, heading) for heading in _HEADINGS)
    rows = (_row(record, today, language) for record in _all(workspace, wanted, today))
    return write(path, Table(WORDS.text(language, _TITLE), headings, rows))


def _all(workspace: Workspace, wanted: ActionFilter, today: date) -> Iterator[ActionRecord]:
    after: ActionKey | None = None
    while True:
        page = workspace.actions.page(wanted, today, after, PAGE)
        yield from page
        if len(page) < PAGE:
            return
        after = key_of(page[-1])


def _row(record: ActionRecord, today: date, language: str) -> tuple[Cell, ...]:
    cause = "" if record.cause is None else WORDS.text(language, CAUSE_NAMES[record.cause])
    closed = None if record.closed_at is None else record.closed_at.astimezone().date()
    return (
        WORDS.text(language, STATUS_NAMES[record.status]),
        record.overdue(today) or None,
        record.due,
        record.location_code,
        record.location,
        record.region,
        record.client,
        record.brand,
        record.finding,
        cause,
        record.action,
        record.owner,
        record.visit,
        record.visited_on,
        record.program,
        record.proof_name,
        record.note,
        record.created_at.astimezone().date(),
        closed,
    )
