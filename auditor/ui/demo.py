"""Try the demo, clear it: what the window does around the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.ui.commands import data
from auditor.ui.kit.working import WorkingDialog

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow


def try_demo(window: MainWindow) -> None:
    """Go into the demo; build it first where it is not there yet."""
    context = window.context
    if context.ports.has_data(context.ports.demo):
        window.enter_demo()
        return
    task = context.images.run_long(
        data.build_demo, context.ports.demo, done=window.enter_demo, failed=context.report_error
    )
    WorkingDialog(task, context.words("Preparing the demo"), context.words, window)


def clear_demo(window: MainWindow) -> None:
    """Out of the demo, and away with it."""
    context = window.context
    window.switch_to(context.ports.home)
    context.lane.run(data.clear_demo, context.ports.demo, done=window.demo_cleared)
