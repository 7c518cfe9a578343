"""Changes that can be taken back: each row as it was and as it became, written as one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from auditor.domain.errors import RefusedError
from auditor.domain.places import Images, Step
from auditor.store.tables import METADATA
from auditor.store.units import Unit

Values: TypeAlias = Mapping[str, Any]
_Rows: TypeAlias = dict[tuple[str, int], dict[str, Any] | None]
#: So many rows are read by one statement.
MANY = 500


class Journal:
    """Writes rows of tables with an integer key ``id`` and keeps what they were."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._images: list[Images] = []
        #: What the trail is told beside the name.
        self.told: dict[str, Any] = {}

    def insert(self, table: str, values: Values) -> int:
        key = self._unit.insert(insert(METADATA.tables[table]).values(**values))
        (after,) = self._rows(table, [key]).values()
        self._images.append(Images(table, key, None, after))
        return key

    def insert_many(self, table: str, rows: Sequence[Values]) -> list[int]:
        """The same columns in each. Their keys, in the same order."""
        if not rows:
            return []
        columns = METADATA.tables[table]
        last = self._unit.execute(select(func.max(columns.c.id))).scalar() or 0
        self._unit.execute(insert(columns), [dict(row) for row in rows])
        new = select(columns).where(columns.c.id > last).order_by(columns.c.id)
        found = [dict(row) for row in self._unit.execute(new).mappings()]
        self._images += [Images(table, row["id"], None, row) for row in found]
        return [row["id"] for row in found]

    def update(self, table: str, before: Values, values: Values) -> bool:
        """Write what differs from ``before``, the row as it is; whether anything does."""
        return self.update_many(table, [(before, values)]) > 0

    def update_many(self, table: str, changes: Iterable[tuple[Values, Values]]) -> int:
        """``update`` of each pair of a row and its new values, each row once; how many differ.
        Those that change the same columns are written together."""
        alike: dict[tuple[str, ...], list[Images]] = defaultdict(list)
        for before, values in changes:
            changed = {name: value for name, value in values.items() if before[name] != value}
            if changed:
                old = dict(before)
                image = Images(table, old["id"], old, old | changed)
                alike[tuple(sorted(changed))].append(image)
        for images in alike.values():
            self._write(images)
            self._images += images
        return sum(map(len, alike.values()))

    def delete(self, table: str, before: Values) -> None:
        image = Images(table, before["id"], dict(before), None)
        self._write([image])
        self._images.append(image)

    def step(self, kind: str, name: str) -> Step:
        """All that was written, to be taken back together."""
        return Step(kind, name, tuple(self._images))

    def take_back(self, step: Step) -> None:
        """Make every row what it was before. Raises RefusedError: ``changed_since``,
        ``used_since``."""
        back = [
            Images(image.table, image.id, image.after, image.before)
            for image in reversed(step.images)
        ]
        now = self._present(back)
        for image in back:
            if now[image.table, image.id] != image.before:
                raise _changed_since()
            now[image.table, image.id] = image.after
        try:
            for _, alike in groupby(back, _alike):
                self._write(list(alike))
        except IntegrityError as error:  # what came with it is used by something newer
            raise _used_since() from error
        self._images += back

    def _present(self, images: Iterable[Images]) -> _Rows:
        wanted: dict[str, dict[int, None]] = defaultdict(dict)
        for image in images:
            wanted[image.table][image.id] = None
        found: _Rows = {(name, key): None for name, keys in wanted.items() for key in keys}
        for name, keys in wanted.items():
            found |= {(name, key): row for key, row in self._rows(name, list(keys)).items()}
        return found

    def _rows(self, table: str, keys: Sequence[int]) -> dict[int, dict[str, Any]]:
        columns = METADATA.tables[table]
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(keys), MANY):
            query = select(columns).where(columns.c.id.in_(keys[start : start + MANY]))
            found |= {row["id"]: dict(row) for row in self._unit.execute(query).mappings()}
        return found

    def _write(self, images: Sequence[Images]) -> None:
        """Alike ones (``_alike``) by one statement."""
        table, first = METADATA.tables[images[0].table], images[0]
        if first.after is None:
            gone = delete(table).where(table.c.id == bindparam("gone"))
            self._unit.execute(gone, [{"gone": image.id} for image in images])
        elif first.before is None:
            self._unit.execute(insert(table), [dict(image.after or {}) for image in images])
        else:
            names = _changed(first)
            new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            rows = [_new_values(image, names) for image in images]
            self._unit.execute(
                update(table).where(table.c.id == bindparam("key")).values(new), rows
            )


def _changed_since() -> RefusedError:
    return RefusedError(
        "changed_since",
        "It was changed again since then, so this cannot be undone. Change it by hand.",
    )


def _used_since() -> RefusedError:
    return RefusedError(
        "used_since",
        "Something newer needs it by now, so this cannot be undone. Change it by hand.",
    )


def _changed(image: Images) -> list[str]:
    assert image.before is not None
    assert image.after is not None
    return [name for name, value in image.after.items() if image.before[name] != value]


def _new_values(image: Images, names: Iterable[str]) -> dict[str, Any]:
    assert image.after is not None
    return {"key": image.id} | {f"new_{name}": image.after[name] for name in names}


def _alike(image: Images) -> tuple[object, ...]:
    """Rows of one table that come, or go, or change in the same columns are written together."""
    if image.before is None or image.after is None:
        return image.table, image.before is None
    return image.table, *_changed(image)
