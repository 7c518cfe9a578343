"""The first list on screen, before SQLModel is loaded."""

from __future__ import annotations

from pathlib import Path

from auditor.domain.my_visits import Overview, Wanted
from auditor.store import quick


def first_list(folder: Path, wanted: Wanted) -> Overview | None:
    """My visits of ``folder``, as ``queries.visits.my_visits`` would give them; None where the
    workspace must be opened in full first (new, old, damaged, not there)."""
    return quick.overview(folder, wanted)
