"""From a table to a plan: which rows add, change, are there already, or are refused and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.domain.errors import RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import LocationInput
from auditor.domain.records import BrandRecord, LocationRecord
from auditor.services.importing.cells import CellReader, Said, region_path
from auditor.services.importing.fields import Field
from auditor.services.importing.foot import without_foot
from auditor.services.importing.mapping import ColumnMapping
from auditor.services.importing.naming import Brands, RegionPaths
from auditor.services.importing.plan import Defaults, Known, LocationChange, Plan, RefusedRow
from auditor.services.sheets.book import Book, Row
from auditor.words import mark

_NO_CODE = mark("The code is empty. Give each location its code.")
_NO_NAME = mark("The name is empty. Type the name of the location.")
_NEW_NO_NAME = mark("This location is new and needs a name. Say which column holds the names.")
_TWICE = mark("The code {given} stands in row {first} and in row {second}. Keep one of the two.")
_NO_BRAND = mark("The row names no brand. Type it, or choose the brand of the whole table.")
_UNKNOWN_BRAND = mark("There is no brand {given} here. Correct the name, or add the brand first.")
_ARCHIVED_BRAND = mark("The brand {given} is archived. Bring it back before it gets new locations.")
_SEVERAL = mark("Several brands have a location of code {given}. Name the brand in the row.")
_MERGED = mark("This location was merged into another one. Remove the row, or use the other code.")


def plan(
    book: Book, mapping: ColumnMapping, known: Known, defaults: Defaults | None = None
) -> Plan:
    """What importing ``book`` would do. Changes nothing.

    Raises RefusedError: ``empty_sheet``; ``no_code_column``: without codes no row can be told from
    another.
    """
    if not book.rows:
        raise _empty(book)
    if not mapping.has(Field.CODE):
        raise RefusedError("no_code_column", "Say which column holds the code of the locations.")
    planner = _Planner(mapping, known, defaults or Defaults())
    return planner.planned(_rows(book, mapping))


def _empty(book: Book) -> RefusedError:
    if not book.sheet:
        return RefusedError("empty_sheet", "There is no row in this file. Choose another one.")
    return RefusedError(
        "empty_sheet",
        "Nothing stands in the sheet {name}. Choose another sheet, or another file.",
        name=book.sheet,
    )


def _rows(book: Book, mapping: ColumnMapping) -> list[Row]:
    """The rows behind the heading; headings that are repeated on each page are no locations, nor
    is what stands at the foot."""
    heading = book.row(mapping.heading)
    titles = heading.cells if heading else None
    names = [*mapping.columns(Field.CODE), *mapping.columns(Field.NAME)]
    below = (row for row in book.rows if row.number > mapping.heading and row.cells != titles)
    return without_foot(below, names)


@dataclass(slots=True)
class _Draft:
    """A row on its way: what it says, whose it is, and what is there of it."""

    said: Said
    brand: BrandRecord | None = None
    before: LocationRecord | None = None

    @property
    def code(self) -> str:
        return self.said.texts[Field.CODE]


@dataclass(slots=True)
class _Outcome:
    adds: list[LocationChange] = field(default_factory=list)
    changes: list[LocationChange] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)


class _Planner:
    def __init__(self, mapping: ColumnMapping, known: Known, defaults: Defaults) -> None:
        self._reader = CellReader(mapping)
        self._known = known
        self._defaults = defaults
        self._brands = Brands(known.brands)
        self._regions = RegionPaths(known.regions)
        self._default_region = region_path(defaults.region.split("/"))
        self._by_code: dict[str, list[LocationRecord]] = {}
        for (_, code), record in known.locations.items():
            self._by_code.setdefault(code, []).append(record)

    def planned(self, rows: Iterable[Row]) -> Plan:
        drafts = [self._draft(row) for row in rows if not self._reader.is_blank(row)]
        self._refuse_twice(drafts)
        outcome = _Outcome()
        for draft in drafts:
            self._settle(draft, outcome)
        return Plan(
            tuple(outcome.adds),
            tuple(outcome.changes),
            tuple(outcome.same),
            tuple(outcome.refused),
            self._regions.made(),
        )

    def _draft(self, row: Row) -> _Draft:
        draft = _Draft(self._reader.read(row))
        if Field.CODE not in draft.said.texts:  # a formula failed
            return draft
        if not draft.code:
            self._refuse(draft, Field.CODE, "no_code", _NO_CODE)
            return draft
        self._find(draft)
        self._check_name(draft)
        return draft

    def _refuse(
        self, draft: _Draft, held: Field, code: str, message: str, **values: object
    ) -> None:
        draft.said.refuse(self._reader.first(held), held, code, message, **values)

    def _find(self, draft: _Draft) -> None:
        """The brand of the row and the location of its code, where there is one."""
        named, code = draft.said.texts.get(Field.BRAND, ""), folded(draft.code)
        if named:
            draft.brand = self._brands.named(named)
            if draft.brand is None:
                self._refuse(draft, Field.BRAND, "unknown_brand", _UNKNOWN_BRAND, given=named[:60])
                return
        else:
            draft.brand = self._default_brand(draft, code)
        if draft.brand is not None:
            draft.before = self._known.locations.get((draft.brand.id, code))
            if draft.before is None and not draft.brand.active:
                name = draft.brand.name
                self._refuse(draft, Field.BRAND, "archived_brand", _ARCHIVED_BRAND, given=name)
        if draft.before is not None and draft.before.merged_into is not None:
            self._refuse(draft, Field.CODE, "merged", _MERGED)

    def _default_brand(self, draft: _Draft, code: str) -> BrandRecord | None:
        """The brand chosen for the table, the only one there is, or that of the one location of
        this code."""
        only = self._brands.by_id(self._defaults.brand_id) or self._brands.only()
        if only is not None:
            return only
        there = self._by_code.get(code, [])
        if len(there) == 1:
            return self._brands.by_id(there[0].brand_id)
        if there:
            self._refuse(draft, Field.BRAND, "several_brands", _SEVERAL, given=draft.code[:40])
        else:
            self._refuse(draft, Field.BRAND, "no_brand", _NO_BRAND)
        return None

    def _check_name(self, draft: _Draft) -> None:
        name = draft.said.texts.get(Field.NAME)
        if name == "":
            self._refuse(draft, Field.NAME, "no_name", _NO_NAME)
        elif name is None and draft.before is None and draft.brand is not None:
            self._refuse(draft, Field.NAME, "no_name", _NEW_NO_NAME)

    def _refuse_twice(self, drafts: list[_Draft]) -> None:
        """A code that stands twice for one brand refuses both rows: either may be the right one."""
        first: dict[tuple[int, str], _Draft] = {}
        for draft in drafts:
            if draft.brand is None:
                continue
            key = draft.brand.id, folded(draft.code)
            earlier = first.setdefault(key, draft)
            if earlier is draft:
                continue
            rows = {"first": earlier.said.row.number, "second": draft.said.row.number}
            told = [draft] if _is_told_twice(earlier) else [earlier, draft]
            for each in told:
                self._refuse(each, Field.CODE, "code_twice", _TWICE, given=draft.code[:40], **rows)

    def _settle(self, draft: _Draft, outcome: _Outcome) -> None:
        said = draft.said
        if said.problems or draft.brand is None:
            problems = sorted(said.problems, key=lambda problem: problem.column or 0)
            refused = RefusedRow(said.row.number, said.row.cells, tuple(problems))
            outcome.refused.append(refused)
            return
        after = self._after(draft)
        differing = _differing(draft.before, after)
        if not differing:
            outcome.same.append(said.row.number)
            return
        change = LocationChange(
            said.row.number, after.code, draft.brand.name, draft.brand.id, draft.before, after,
            differing,
        )  # fmt: skip
        (outcome.adds if draft.before is None else outcome.changes).append(change)

    def _after(self, draft: _Draft) -> LocationInput:
        """What the location would be: what the row says, over what is there."""
        said = draft.said
        base = _input(draft.before) if draft.before else LocationInput(draft.code, "")
        clears = self._defaults.clear_blank

        def text(held: Field, there: str) -> str:
            given = said.texts.get(held)
            return there if given is None or not (given or clears) else given

        region = text(Field.REGION, base.region) or ("" if draft.before else self._default_region)
        return LocationInput(
            code=base.code,
            name=text(Field.NAME, base.name),
            address=text(Field.ADDRESS, base.address),
            region=self._regions.spelled(region),
            contacts=text(Field.CONTACTS, base.contacts),
            hours=text(Field.HOURS, base.hours),
            tags=base.tags if said.tags is None or not (said.tags or clears) else said.tags,
            active=base.active if said.active is None else said.active,
        )


def _is_told_twice(draft: _Draft) -> bool:
    return any(problem.code == "code_twice" for problem in draft.said.problems)


def _input(record: LocationRecord) -> LocationInput:
    return LocationInput(
        code=record.code,
        name=record.name,
        address=record.address,
        region=record.region,
        contacts=record.contacts,
        hours=record.hours,
        tags=record.tags,
        active=record.active,
    )


_COMPARED = (
    Field.NAME,
    Field.ADDRESS,
    Field.REGION,
    Field.CONTACTS,
    Field.HOURS,
    Field.TAGS,
    Field.ACTIVE,
)


def _differing(before: LocationRecord | None, after: LocationInput) -> tuple[Field, ...]:
    """The fields that change; for a new location those that say something."""
    there = _input(before) if before else LocationInput("", "")
    if there == after:
        return ()
    found = tuple([held for held in _COMPARED if getattr(there, held) != getattr(after, held)])
    return found if before else (Field.CODE, *found)
