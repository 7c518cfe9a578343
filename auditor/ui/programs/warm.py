"""What one is likely to open next, imported while nobody waits, so that it opens at once."""

from __future__ import annotations

from importlib import import_module

from auditor.ui.context import AppContext
from auditor.ui.tasks import Priority

_NEXT = (
    "auditor.ui.planning.screen",
    "auditor.ui.planning.plan_dialog",
    "auditor.ui.planning.assign_dialog",
    "auditor.ui.planning.move_dialogs",
    "auditor.ui.evaluators.screen",
    "auditor.services.planning",
)


def warm(context: AppContext) -> None:
    """On the lane, one at a time: saves and reads pass between them."""
    for name in _NEXT:
        context.lane.run(import_module, name, priority=Priority.IDLE)
