"""What statuses and causes of corrective actions are called."""

from __future__ import annotations

from auditor.domain.actions import ActionStatus
from auditor.words import mark
from forms.tags import Cause

STATUS_NAMES = {
    ActionStatus.OPEN: mark("To do"),
    ActionStatus.UNDER_WAY: mark("Begun"),
    ActionStatus.DONE: mark("Done, to be checked"),
    ActionStatus.CLOSED: mark("Closed"),
    ActionStatus.DROPPED: mark("Dropped"),
}
CAUSE_NAMES = {
    Cause.PEOPLE: mark("People"),
    Cause.PROCESS: mark("Process"),
    Cause.PRODUCT: mark("Product"),
    Cause.SYSTEM: mark("System"),
}
