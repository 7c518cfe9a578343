"""Evaluators as a table: in, out, and in again just so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.domain.errors import RefusedError
from auditor.domain.evaluators import EvaluatorFilter, EvaluatorInput, EvaluatorRecord
from auditor.domain.folding import folded
from auditor.domain.places import REGION_SEPARATOR
from auditor.services import evaluators
from auditor.services.importing.cells import check_cell, line, with_zeros, yes_or_no
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
            "ma|code|id|ma so|ma nguoi danh gia|ma danh gia vien|ma ndg|ma dgv|ma nv|ma nhan vien"
            "|ma shopper|ma ms|ma kscv|ma so ctv|ma so nhan vien|evaluator|evaluator code"
            "|evaluator id|shopper code|shopper id|shopper|auditor code|auditor id"
            "|ma cong tac vien|ma ctv|ma khach hang bi mat|ma khbm"
        ),
        F.NAME: (
            "ten|name|ho ten|ho va ten|full name|ten nguoi danh gia|ten danh gia vien"
            "|evaluator name|shopper name|ten nhan vien|ten shopper|ten ctv|ho ten ctv"
            "|nguoi danh gia|danh gia vien|cong tac vien|ctv"
        ),
        F.CONTACTS: (
            "lien he|contacts|contact|dien thoai|so dien thoai|sdt|so dt|dt|di dong|phone|mobile"
            "|email|e mail|mail|thong tin lien he|contact info|zalo|so zalo|facebook|telephone"
        ),
        F.LANGUAGES: "ngon ngu|languages|language|tieng|ngoai ngu",
        F.REGION: (
            "khu vuc|vung|region|home region|noi o|noi song|khu vuc o|dia ban|tinh|tinh tp|area"
            "|khu vuc sinh song|khu vuc nha|home|city|tinh thanh|tinh thanh pho|thanh pho"
            "|khu vuc hoat dong|noi cu tru"
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
    F.NAME,
    others=(
        "stt|so tt|so thu tu|tt|no|ma vung|ma khu vuc|ma tinh|ma so thue|mst|tax code|ma buu chinh"
        "|ten ngan hang|ten tai khoan|ten dang nhap|bank name|account name|tinh trang hon nhan"
        "|so cmnd|so cccd|cccd|cmnd|nguoi quan ly|ten quan ly|ten truong nhom"
    ),
    joined=frozenset({F.CONTACTS, F.NOTES, F.QUALIFICATIONS}),
)
_TEXTS = (F.NAME, F.CONTACTS, F.NOTES)
_BETWEEN = re.compile(r"[,;|\n]")
_PUNCTUATION = re.compile(r"[^0-9a-z]+")
_RANKS = re.compile(r"^(tinh|thanh pho|tp|quan|huyen|thi xa|province|district)\b ?")
_SHORT = {
    "hcm": "ho chi minh", "tphcm": "ho chi minh", "hcmc": "ho chi minh", "sg": "ho chi minh",
    "sai gon": "ho chi minh", "hn": "ha noi", "hanoi": "ha noi", "danang": "da nang",
}  # fmt: skip
_NO_CODE = mark("The code is empty. Give each evaluator a code.")
_TWICE = mark("The code {given} stands in row {first} and in row {second}. Keep one of the two.")
_REGION = mark("There is no region {given} here. Correct it, or add the region first.")
_UNCLEAR = mark("“{given}” is neither yes nor no. Write yes or no.")


class EvaluatorLists:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def guess(self, book: Book, heading: int | None = None) -> Columns:
        return guess(book, KIND, heading)

    def plan(
        self, book: Book, columns: Columns | None = None, *, clear: bool = False
    ) -> EvaluatorPlan:
        """What importing the table would do; ``columns`` None is guessed. A cell that is empty
        leaves what is there, or empties it too where ``clear``. Changes nothing. Raises
        RefusedError: empty_sheet, no_code_column."""
        used = columns or self.guess(book)
        records = self._workspace.read(evaluator_queries.evaluators, active_only=False)
        paths = self._workspace.read(visit_queries.region_paths)
        return _Planner(used, records, paths, clear).planned(rows_of(book, KIND, used))

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

    def template(self, path: Path, language: str) -> Path:
        """Write an empty list, its headings alone, to be filled in. Raises as ``export``."""
        return write(path, evaluator_table((), language))


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
        self, columns: Columns, records: Sequence[EvaluatorRecord], paths: dict[int, str],
        clear: bool,
    ) -> None:  # fmt: skip
        self._columns, self._paths, self._clear = columns, paths, clear
        self._known = {folded(record.code): record for record in records}
        self._regions, self._places = _by_name(paths), _by_place(paths)
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
            told = self._told(before, given)
            change = RowChange(row.number, given.code, given.name, before, given, told)
            if before is None:
                adds.append(change)
            elif told:
                changes.append(change)
            else:
                same.append(row.number)
        return ListPlan(tuple(adds), tuple(changes), tuple(same), tuple(refused))

    def _read(self, row: Row, problems: list[CellProblem]) -> EvaluatorInput | None:
        cells = said(row, self._columns)
        reading = _Reading(row.number, self._columns, problems)
        for field, cell in cells.items():
            check_cell(cell, field, reading.refuse)
        if problems:
            return None
        code = line(cells[F.CODE])
        if not code:
            reading.refuse(F.CODE, "no_code", _NO_CODE)
            return None
        first = self._first.setdefault(folded(code), row.number)
        if first != row.number:
            rows = {"first": first, "second": row.number}
            reading.refuse(F.CODE, "code_twice", _TWICE, given=code[:40], **rows)
            return None
        before = self._known.get(folded(code))
        given = before.given if before else EvaluatorInput(code)
        given = self._texts(self._placed(given, cells, reading), cells)
        try:
            return evaluators.cleaned(given)
        except RefusedError as error:
            reading.refuse(F.CODE, error.code, error.message, **error.values)
            return None

    def _placed(
        self, given: EvaluatorInput, cells: dict[StrEnum, str], reading: _Reading
    ) -> EvaluatorInput:
        """With the region and whether they are active."""
        region, active = line(cells.get(F.REGION, "")), line(cells.get(F.ACTIVE, ""))
        if region:
            found = self._regions.get(_path(region)) or self._places.get(_place(region))
            if found is None:
                reading.refuse(F.REGION, "unknown_region", _REGION, given=region[:60])
            given = replace(given, region_id=found)
        elif self._clear and F.REGION in cells:
            given = replace(given, region_id=None)
        if active:
            if (told := yes_or_no(active)) is None:
                reading.refuse(F.ACTIVE, "active_unclear", _UNCLEAR, given=active[:60])
            given = replace(given, active=told is not False)
        return given

    def _texts(self, given: EvaluatorInput, cells: dict[StrEnum, str]) -> EvaluatorInput:
        typed: dict[str, Any] = {f.value: prose(cells[f]) for f in _TEXTS if f in cells}
        if F.CONTACTS in cells:
            typed[F.CONTACTS.value] = with_zeros(typed[F.CONTACTS.value])
        for field in (F.LANGUAGES, F.QUALIFICATIONS):
            if field in cells:
                parts = map(line, _BETWEEN.split(cells[field]))
                typed[field.value] = tuple(part for part in parts if part)
        kept = {name: value for name, value in typed.items() if value or self._clear}
        return replace(given, **kept)

    def _told(
        self, before: EvaluatorRecord | None, after: EvaluatorInput
    ) -> tuple[tuple[StrEnum, object, object], ...]:
        was = before.given if before else EvaluatorInput("")
        pairs: dict[StrEnum, tuple[object, object]] = {
            f: (getattr(was, f.value), getattr(after, f.value)) for f in F if f is not F.REGION
        }
        paths = self._paths
        pairs[F.REGION] = paths.get(was.region_id or 0, ""), paths.get(after.region_id or 0, "")
        return tuple((f, *pairs[f]) for f in F if pairs[f][0] != pairs[f][1])


@dataclass(frozen=True, slots=True)
class _Reading:
    """A row that is read."""

    row: int
    columns: Columns
    problems: list[CellProblem]

    def refuse(self, field: StrEnum, code: str, message: str, **values: object) -> None:
        at = self.columns.column(field)
        told = tuple(values.items())
        self.problems.append(CellProblem(self.row, at, field, code, message, told))


def _path(region: str) -> str:
    return REGION_SEPARATOR.join(folded(part.strip()) for part in region.split("/"))


def _place(name: str) -> str:
    """A name as people shorten it: "TP. Hồ Chí Minh" is "HCM" and "Sài Gòn"."""
    said = _PUNCTUATION.sub(" ", folded(name)).strip()
    bare = _RANKS.sub("", said) or said
    return _SHORT.get(bare, bare)


def _by_place(paths: dict[int, str]) -> dict[str, int]:
    """Regions by the short form of their last name, where only one is called so."""
    found: dict[str, list[int]] = {}
    for key, path in paths.items():
        found.setdefault(_place(path.rsplit(REGION_SEPARATOR, 1)[-1]), []).append(key)
    return {name: keys[0] for name, keys in found.items() if len(keys) == 1}


def _by_name(paths: dict[int, str]) -> dict[str, int]:
    """Regions by folded path, and by their last name where only one is called so."""
    found = {_path(path): key for key, path in paths.items()}
    last: dict[str, list[int]] = {}
    for key, path in paths.items():
        last.setdefault(_path(path).rsplit(REGION_SEPARATOR, 1)[-1], []).append(key)
    alone = {name: keys[0] for name, keys in last.items() if len(keys) == 1}
    return alone | found
