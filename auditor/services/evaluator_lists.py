"""Evaluators as a table: in, out, and in again just so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.domain.errors import RefusedError
from auditor.domain.evaluators import EvaluatorFilter, EvaluatorInput, EvaluatorRecord
from auditor.domain.folding import folded
from auditor.domain.places import REGION_SEPARATOR
from auditor.services import evaluators
from auditor.services.importing.cells import line, yes_or_no
from auditor.services.importing.plan import CellProblem, RefusedRow
from auditor.services.lists.columns import Columns, Kind, guess, rows_of, said
from auditor.services.lists.plan import ListPlan, RowChange
from auditor.services.sheets.book import Book, Row
from auditor.services.sheets.writing import Cell, Table, write
from auditor.services.typed import prose
from auditor.services.writing import require_version
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import visits as visit_queries
from auditor.words import WORDS, mark

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

EvaluatorPlan: TypeAlias = ListPlan[EvaluatorRecord, EvaluatorInput]


class EvaluatorField(StrEnum):
    CODE = "code"
    NAME = "name"
    CONTACTS = "contacts"
    LANGUAGES = "languages"
    REGION = "region"
    QUALIFICATIONS = "qualifications"
    NOTES = "notes"
    ACTIVE = "active"


F = EvaluatorField
KIND = Kind(
    "evaluators",
    {
        F.CODE: mark("Code"),
        F.NAME: mark("Name"),
        F.CONTACTS: mark("Contacts"),
        F.LANGUAGES: mark("Languages"),
        F.REGION: mark("Home region"),
        F.QUALIFICATIONS: mark("Qualifications"),
        F.NOTES: mark("Notes"),
        F.ACTIVE: mark("Active"),
    },
    {
        F.CODE: (
            "ma|code|id|ma so|ma nguoi danh gia|ma ndg|ma nv|ma nhan vien|ma shopper|ma ms"
            "|evaluator|evaluator code|evaluator id|shopper code|shopper id|shopper|auditor code"
            "|ma cong tac vien|ma ctv"
        ),
        F.NAME: (
            "ten|name|ho ten|ho va ten|full name|ten nguoi danh gia|evaluator name|shopper name"
            "|ten nhan vien|ten shopper|ten ctv"
        ),
        F.CONTACTS: (
            "lien he|contacts|contact|dien thoai|so dien thoai|sdt|phone|mobile|email|e mail"
            "|thong tin lien he|contact info|zalo"
        ),
        F.LANGUAGES: "ngon ngu|languages|language|tieng|ngoai ngu",
        F.REGION: (
            "khu vuc|vung|region|home region|noi o|noi song|khu vuc o|dia ban|tinh|tinh tp|area"
            "|khu vuc sinh song|home|city|tinh thanh"
        ),
        F.QUALIFICATIONS: (
            "nang luc|trinh do|qualifications|qualification|ky nang|skills|chung chi"
            "|kinh nghiem|phuong tien"
        ),
        F.NOTES: "ghi chu|notes|note|remarks|remark|mo ta",
        F.ACTIVE: (
            "hoat dong|dang hoat dong|con hoat dong|trang thai|active|status|is active|tinh trang"
        ),
    },
    F.CODE,
)
_TEXTS = (F.NAME, F.CONTACTS, F.NOTES)
_BETWEEN = re.compile(r"[,;|\n]")
_NO_CODE = mark("The code is empty. Give each evaluator a code.")
_TWICE = mark("The code {given} stands in row {first} and in row {second}. Keep one of the two.")
_REGION = mark("There is no region {given} here. Correct it, or add the region first.")
_UNCLEAR = mark("“{given}” is neither yes nor no. Write yes or no.")


class EvaluatorLists:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def guess(self, book: Book, heading: int | None = None) -> Columns:
        return guess(book, KIND, heading)

    def plan(self, book: Book, columns: Columns | None = None) -> EvaluatorPlan:
        """What importing the table would do; ``columns`` None is guessed. A cell that is empty
        leaves what is there. Changes nothing. Raises RefusedError: empty_sheet, no_code_column."""
        used = columns or self.guess(book)
        records = self._workspace.read(evaluator_queries.evaluators, active_only=False)
        paths = self._workspace.read(visit_queries.region_paths)
        return _Planner(used, records, paths).planned(rows_of(book, KIND, used))

    def apply(self, plan: EvaluatorPlan, name: str) -> None:
        """Do what ``plan`` says, as one change; rows that it refuses are left out. Raises
        RefusedError: changed_meanwhile, evaluator_taken."""
        service = self._workspace.evaluators
        told = {"added": len(plan.adds), "changed": len(plan.changes)}
        with service.change("evaluators.imported", name, **told) as (unit, journal):
            new = {}
            for add in plan.adds:
                new[folded(add.after.code)] = evaluators.insert(unit, journal, add.after)
            evaluators.adopt(unit, journal, new)
            for change in plan.changes:
                assert change.before is not None
                row = evaluators.evaluator_row(unit, change.before.id)
                require_version(row, change.before.version, row["code"])
                evaluators.update(unit, journal, row, change.after)

    def export(self, path: Path, language: str, wanted: EvaluatorFilter | None = None) -> Path:
        """Write evaluators as .xlsx or .csv, by the ending; ``plan`` reads it back just so. Raises
        RefusedError, NotSavedError as ``sheets.writing.write``."""
        asked = wanted or EvaluatorFilter(active=None)
        records = self._workspace.read(evaluator_queries.evaluator_page, asked, limit=None)
        return write(path, evaluator_table(records, language))


def evaluator_table(records: Iterable[EvaluatorRecord], language: str) -> Table:
    yes, no = WORDS.text(language, mark("Yes")), WORDS.text(language, mark("No"))
    headings = [WORDS.text(language, title) for title in KIND.titles.values()]
    rows = (_cells(record, yes, no) for record in records)
    return Table(WORDS.text(language, mark("Evaluators")), headings, rows)


def _cells(record: EvaluatorRecord, yes: str, no: str) -> tuple[Cell, ...]:
    languages, qualifications = ", ".join(record.languages), ", ".join(record.qualifications)
    return (
        record.code, record.name, record.contacts, languages, record.region, qualifications,
        record.notes, yes if record.active else no,
    )  # fmt: skip


class _Planner:
    def __init__(
        self, columns: Columns, records: Sequence[EvaluatorRecord], paths: dict[int, str]
    ) -> None:
        self._columns = columns
        self._known = {folded(record.code): record for record in records}
        self._regions = _by_name(paths)
        self._first: dict[str, int] = {}

    def planned(self, rows: Iterable[Row]) -> EvaluatorPlan:
        adds, changes, same, refused = [], [], [], []
        for row in rows:
            problems: list[CellProblem] = []
            given = self._read(row, problems)
            if problems or given is None:
                refused.append(RefusedRow(row.number, row.cells, tuple(problems)))
                continue
            before = self._known.get(folded(given.code))
            fields = _differing(before, given)
            change = RowChange(row.number, given.code, before, given, fields)
            if before is None:
                adds.append(change)
            elif fields:
                changes.append(change)
            else:
                same.append(row.number)
        return ListPlan(tuple(adds), tuple(changes), tuple(same), tuple(refused))

    def _read(self, row: Row, problems: list[CellProblem]) -> EvaluatorInput | None:
        cells = said(row, self._columns)
        code = line(cells[F.CODE])

        def refuse(field: EvaluatorField, of: str, message: str, **values: object) -> None:
            at = self._columns.column(field)
            problems.append(CellProblem(row.number, at, field, of, message, tuple(values.items())))

        if not code:
            refuse(F.CODE, "no_code", _NO_CODE)
            return None
        first = self._first.setdefault(folded(code), row.number)
        if first != row.number:
            rows = {"first": first, "second": row.number}
            refuse(F.CODE, "code_twice", _TWICE, given=code[:40], **rows)
            return None
        before = self._known.get(folded(code))
        given = before.given if before else EvaluatorInput(code)
        region = line(cells.get(F.REGION, ""))
        if region:
            found = self._regions.get(_path(region))
            if found is None:
                refuse(F.REGION, "unknown_region", _REGION, given=region[:60])
            given = replace(given, region_id=found)
        active = line(cells.get(F.ACTIVE, ""))
        if active:
            if (told := yes_or_no(active)) is None:
                refuse(F.ACTIVE, "active_unclear", _UNCLEAR, given=active[:60])
            given = replace(given, active=told is not False)
        typed: dict[str, Any] = {f.value: prose(cells.get(f, "")) for f in _TEXTS}
        for field in (F.LANGUAGES, F.QUALIFICATIONS):
            parts = map(line, _BETWEEN.split(cells.get(field, "")))
            typed[field.value] = tuple(part for part in parts if part)
        given = replace(given, **{name: value for name, value in typed.items() if value})
        try:
            return evaluators.cleaned(given)
        except RefusedError as error:
            refuse(F.CODE, error.code, error.message, **error.values)
            return None


def _differing(before: EvaluatorRecord | None, after: EvaluatorInput) -> tuple[EvaluatorField, ...]:
    there = before.given if before else EvaluatorInput("")
    names = {field: "region_id" if field is F.REGION else field.value for field in F}
    return tuple(
        field for field, name in names.items() if getattr(there, name) != getattr(after, name)
    )


def _path(region: str) -> str:
    return REGION_SEPARATOR.join(folded(part.strip()) for part in region.split("/"))


def _by_name(paths: dict[int, str]) -> dict[str, int]:
    """Regions by folded path, and by their last name where only one is called so."""
    found = {_path(path): key for key, path in paths.items()}
    last: dict[str, list[int]] = {}
    for key, path in paths.items():
        last.setdefault(_path(path).rsplit(REGION_SEPARATOR, 1)[-1], []).append(key)
    alone = {name: keys[0] for name, keys in last.items() if len(keys) == 1}
    return alone | found
