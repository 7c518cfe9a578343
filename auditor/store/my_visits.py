"""What My visits shows, in SQL that both the driver alone and SQLAlchemy run.

The first list is on screen before SQLAlchemy is imported: nothing here needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from auditor.domain.folding import folded
from auditor.domain.my_visits import Group, Order, Overview, Wanted
from auditor.domain.records import VisitRecord
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.store.times import date_or_none, moment_or_none

#: Runs a statement with its values (dates as text) and gives its rows as SQLite keeps them.
Run: TypeAlias = Callable[[str, tuple[Any, ...]], Iterable[Sequence[Any]]]

#: Visits that are listed beside the week.
LISTED = 4
_RECORDS = """
SELECT visit.id, visit.number, visit.status, visit.revision, visit.location_id, location.name,
       location.code, brand.name, visit.checklist_version_id, checklist_version.title,
       checklist_version.version, coalesce(program.name, ''), coalesce(wave.name, ''),
       visit.evaluator, assignment.planned_for, assignment.due, visit.zone, visit.started_at,
       visit.saved_at, visit.submitted_at, visit.answered, visit.total, visit.photos, visit.score,
       visit.band, visit.last_section, visit.last_question, coalesce(program.hide_score, 0)
FROM visit
JOIN location ON location.id = visit.location_id
JOIN brand ON brand.id = location.brand_id
JOIN checklist_version ON checklist_version.id = visit.checklist_version_id
LEFT JOIN assignment ON assignment.id = visit.assignment_id
LEFT JOIN wave ON wave.id = visit.wave_id
LEFT JOIN program ON program.id = wave.program_id
WHERE visit.id IN (SELECT value FROM json_each(?))
"""
#: Each code once, by a walk that leaps from one to the next in the index.
_CODES = """
WITH RECURSIVE code (name) AS (
    SELECT min(evaluator) FROM visit
    UNION ALL
    SELECT (SELECT min(evaluator) FROM visit WHERE evaluator > name) FROM code
    WHERE name IS NOT NULL
) SELECT name FROM code WHERE name IS NOT NULL
"""
_DAY = "coalesce(assignment.due, assignment.planned_for)"
_PAIRED = "FROM visit LEFT JOIN assignment ON assignment.id = visit.assignment_id"
_AT = "JOIN location ON location.id = visit.location_id"
_ORDERS = {
    Order.DEADLINE: (_AT, f"{_DAY} IS NULL, {_DAY}, location.sort_name, visit.id"),
    Order.PLACE: (
        f"{_AT} JOIN brand ON brand.id = location.brand_id",
        "brand.name, location.sort_name, visit.id",
    ),
}
#: A draft of a later revision was sent back; a void visit stands nowhere.
_WITHIN = {
    Group.DUE: "visit.status = 'planned'",
    Group.SENT_BACK: "visit.status IN ('sent_back', 'draft')"
    " AND (visit.status = 'sent_back' OR visit.revision > 1)",
    Group.DRAFTS: "visit.status = 'draft' AND visit.revision = 1",
}
_OPEN = tuple(_WITHIN)
_DONE = ", ".join(f"'{status}'" for status in sorted(SUBMITTED))
_REST = ", ".join(f"'{status}'" for status in sorted(set(VisitStatus) - SUBMITTED))
_EVERY = "SELECT count(*) FROM visit"


@dataclass(frozen=True, slots=True)
class _Whose:
    """``codes``: the spellings of one evaluator's code, whose are also the visits of nobody that no
    office planned. None: everybody's."""

    codes: tuple[str, ...] | None = None

    @property
    def where(self) -> str:
        if self.codes is None:
            return "1"
        marks = ", ".join("?" * (len(self.codes) + 1))
        return f"visit.evaluator IN ({marks}) AND (visit.evaluator <> '' OR visit.wave_id IS NULL)"

    @property
    def values(self) -> tuple[str, ...]:
        return () if self.codes is None else (*self.codes, "")


_EVERYBODY = _Whose()


@dataclass(frozen=True, slots=True)
class _Sums:
    """Of a group: how many there are, how many are late, how many on each day."""

    count: int
    late: int
    days: Mapping[str | None, int]


def read(run: Run, wanted: Wanted) -> Overview:
    return _Reader(run, wanted).overview()


class _Reader:
    def __init__(self, run: Run, wanted: Wanted) -> None:
        self._run, self._wanted = run, wanted
        self._mine = self._find_mine()
        every = wanted.everybody or self._mine is None
        self._whose = _EVERYBODY if every or self._mine is None else self._mine

    def _find_mine(self) -> _Whose | None:
        """None where no visit bears the evaluator's code."""
        me = folded(self._wanted.evaluator)
        known = self._run(_CODES, ()) if me else ()
        codes = tuple(code for (code,) in known if folded(code) == me)
        return _Whose(codes) if codes else None

    def overview(self) -> Overview:
        sums = {group: self._sums(group) for group in _OPEN}
        counts = {group: found.count for group, found in sums.items()}
        counts[Group.DONE] = self._done()
        ids = {group: self._page(group) for group in Group}
        hero, week = self._hero(ids), self._week() if counts[Group.DUE] else []
        known = self._records({*hero, *week, *(key for page in ids.values() for key in page)})
        return Overview(
            groups={group: tuple(known[key] for key in page) for group, page in ids.items()},
            counts=counts,
            late={group: found.late for group, found in sums.items()},
            hero=known[hero[0]] if hero else None,
            week=tuple(known[key] for key in week),
            days={
                day: sum(found.days.get(day.isoformat(), 0) for found in sums.values())
                for day in self._wanted.week
            },
            mine=None if self._mine is None else self._open(self._mine),
            all=self._open(_EVERYBODY),
            others=self._mine is not None and self._total(self._mine) < self._total(_EVERYBODY),
        )

    # how many

    def _sums(self, group: Group) -> _Sums:
        whose = self._whose
        query = (
            f"SELECT {_DAY}, count(*), sum(assignment.due < ?) {_PAIRED}"
            f" WHERE {_WITHIN[group]} AND {whose.where} GROUP BY 1"
        )
        rows = list(self._run(query, (self._wanted.today.isoformat(), *whose.values)))
        days = {day: count for day, count, _ in rows}
        return _Sums(sum(days.values()), sum(late or 0 for *_, late in rows), days)

    def _done(self) -> int:
        if self._whose.codes is not None:
            return self._count(self._whose, f"visit.status IN ({_DONE})")
        rest = self._count(_EVERYBODY, f"visit.status IN ({_REST})")
        return self._total(_EVERYBODY) - rest

    def _open(self, whose: _Whose) -> int:
        return self._count(whose, "visit.status IN ('planned', 'draft', 'sent_back')")

    def _total(self, whose: _Whose) -> int:
        return self._count(whose, "1")

    def _count(self, whose: _Whose, within: str) -> int:
        where = " AND ".join(part for part in (within, whose.where) if part != "1")
        query = f"SELECT count(*) FROM visit WHERE {where}" if where else _EVERY
        ((count,),) = self._run(query, whose.values)
        return int(count)

    # which

    def _page(self, group: Group) -> list[int]:
        whose, limit = self._whose, self._wanted.limit(group)
        if group is Group.DONE:
            status = "visit.status" if whose.codes is not None else "+visit.status"
            query = (
                f"SELECT visit.id FROM visit WHERE {status} IN ({_DONE}) AND {whose.where}"
                " ORDER BY visit.submitted_at DESC, visit.id DESC LIMIT ?"
            )
            return self._ids(query, (*whose.values, limit))
        joined, order = _ORDERS[self._wanted.order]
        query = (
            f"SELECT visit.id {_PAIRED} {joined} WHERE {_WITHIN[group]} AND {whose.where}"
            f" ORDER BY {order} LIMIT ?"
        )
        return self._ids(query, (*whose.values, limit))

    def _hero(self, ids: dict[Group, list[int]]) -> list[int]:
        """The draft that was saved last, else the visit that is due first."""
        whose = self._whose
        query = (
            "SELECT visit.id FROM visit WHERE visit.status IN ('draft', 'sent_back')"
            f" AND {whose.where}"
            " ORDER BY coalesce(visit.saved_at, visit.started_at) DESC, visit.id DESC LIMIT 1"
        )
        begun = self._ids(query, whose.values)
        if begun or self._wanted.order is Order.DEADLINE or not ids[Group.DUE]:
            return begun or ids[Group.DUE][:1]
        first = replace(self._wanted, order=Order.DEADLINE, rows={Group.DUE: 1})
        return _Reader(self._run, first)._page(Group.DUE)

    def _week(self) -> list[int]:
        """The first that are to be made from today to Sunday."""
        whose, wanted = self._whose, self._wanted
        joined, order = _ORDERS[Order.DEADLINE]
        query = (
            f"SELECT visit.id {_PAIRED} {joined}"
            f" WHERE visit.status IN ('planned', 'draft', 'sent_back') AND {whose.where}"
            f" AND {_DAY} BETWEEN ? AND ? ORDER BY {order} LIMIT {LISTED}"
        )
        span = wanted.today.isoformat(), wanted.week[-1].isoformat()
        return self._ids(query, (*whose.values, *span))

    def _ids(self, query: str, values: tuple[Any, ...]) -> list[int]:
        return [key for (key,) in self._run(query, values)]

    def _records(self, ids: Collection[int]) -> dict[int, VisitRecord]:
        titles: dict[str, dict[str, str]] = {}
        rows = self._run(_RECORDS, (json.dumps(sorted(ids)),))
        return {row[0]: _record(row, titles) for row in rows}


def _record(row: Sequence[Any], titles: dict[str, dict[str, str]]) -> VisitRecord:
    """The columns stand in the order of the record's fields."""
    values = list(row)
    values[2] = VisitStatus(row[2])
    values[9] = titles.get(row[9]) or titles.setdefault(row[9], json.loads(row[9]))
    values[14:16] = map(date_or_none, row[14:16])
    values[17:20] = map(moment_or_none, row[17:20])
    values[-1] = bool(row[-1])
    return VisitRecord(*values)
