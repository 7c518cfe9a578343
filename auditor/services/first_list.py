"""The first list on screen, before SQLModel is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.domain.records import VisitRecord
from auditor.store import quick


def first_list(folder: Path) -> Sequence[VisitRecord] | None:
    """The visits of ``folder``, as ``queries.visits`` would give them; None where the workspace
    must be opened in full first (new, old, damaged, not there)."""
    return quick.visits(folder)
