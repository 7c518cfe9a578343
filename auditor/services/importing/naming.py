"""Brands and regions by the names that a table writes."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.domain.folding import folded
from auditor.domain.places import REGION_SEPARATOR
from auditor.domain.records import BrandRecord


class Brands:
    def __init__(self, brands: Iterable[BrandRecord]) -> None:
        self._all = tuple(brands)
        self._ids = {brand.id: brand for brand in self._all}
        self._names = {brand.name.casefold(): brand for brand in reversed(self._all)}
        self._folded: dict[str, list[BrandRecord]] = {}
        for brand in self._all:
            self._folded.setdefault(folded(brand.name), []).append(brand)

    def by_id(self, key: int | None) -> BrandRecord | None:
        return None if key is None else self._ids.get(key)

    def only(self) -> BrandRecord | None:
        """The only one that is not archived."""
        active = [brand for brand in self._all if brand.active]
        return active[0] if len(active) == 1 else None

    def named(self, name: str) -> BrandRecord | None:
        """Whatever its case; whatever its marks, too, where no other brand differs by them."""
        alike = self._folded.get(folded(name), [])
        return self._names.get(name.casefold()) or (alike[0] if len(alike) == 1 else None)


class RegionPaths:
    """Paths in one spelling: that of the regions that are there, else the first in the table."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._spelled: dict[str, str] = {}
        self._made: dict[str, None] = {}
        self._whole: dict[str, str] = {}
        for path in paths:
            self.spelled(path)
        self._made.clear()

    def spelled(self, path: str) -> str:
        if path not in self._whole:
            at = ""
            for name in filter(None, path.split(REGION_SEPARATOR)):
                at = self._child(at, name)
            self._whole[path] = at
        return self._whole[path]

    def _child(self, above: str, name: str) -> str:
        path = f"{above}{REGION_SEPARATOR}{name}" if above else name
        key = path.casefold()
        if key not in self._spelled:
            self._spelled[key] = path
            self._made[path] = None
        return self._spelled[key]

    def made(self) -> tuple[str, ...]:
        return tuple(self._made)
