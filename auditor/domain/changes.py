"""What a unit of work touched. A view looks at it and decides whether to refresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of visits whose answers, evidence or status were written; flags for the rest."""

    answers: frozenset[int] = frozenset()
    visits: frozenset[int] = frozenset()
    places: bool = False  # clients, brands, regions, locations
    checklists: bool = False
    programs: bool = False  # programs, waves, assignments
    settings: bool = False
    evaluators: bool = False
    actions: bool = False  # corrective actions
    issued: frozenset[int] = frozenset()  # visits whose reports were entered as issued

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            self.answers | other.answers,
            self.visits | other.visits,
            self.places or other.places,
            self.checklists or other.checklists,
            self.programs or other.programs,
            self.settings or other.settings,
            self.evaluators or other.evaluators,
            self.actions or other.actions,
            self.issued | other.issued,
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """The change is on disk since ``at`` (UTC)."""

    at: datetime
    changes: Changes
