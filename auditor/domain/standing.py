"""How the open workspace stands: what the window says across its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor.domain.errors import UserError

#: The data file is not the one that was closed here last; another one lies beside it; another
#: computer may still have it open.
OLDER, SECOND, ELSEWHERE = "older_data", "second_file", "other_computer"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the workspace that stops nothing. ``code``: synced, network, moved,
    journal_gone, journal_garbage, older_data, second_file, other_computer. ``message`` is marked
    English, ``folder`` and ``name`` are its values."""

    code: str
    message: str
    folder: Path
    name: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """``refusal``: why nothing is written, None where it is. ``copied`` and ``copied_to``: the
    last copy on another disk. ``examined``: the last check of all data, ``faults`` what it found.
    ``scant``: its disk is nearly full.
    """

    folder: Path
    refusal: UserError | None = None
    warnings: tuple[Notice, ...] = ()
    notes: tuple[Notice, ...] = ()
    copied: datetime | None = None
    copied_to: str = ""
    examined: datetime | None = None
    faults: int = 0
    backed_up: datetime | None = None
    scant: bool = False

    @property
    def writable(self) -> bool:
        return self.refusal is None
