"""Where a person was on My visits."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.domain.my_visits import Group, Overview, Wanted


@dataclass(frozen=True, slots=True)
class Place:
    tab: Group | None
    wanted: Wanted
    scroll: int
    visit: int | None
    overview: Overview | None
    focus: str = ""
