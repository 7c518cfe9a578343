"""Into a visit: begun, gone on with, or only read; a new one; found by name or number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.domain.visits import WRITABLE, VisitStatus
from auditor.ui import session
from auditor.ui.route import Route

if TYPE_CHECKING:
    from auditor.domain.records import VisitRecord
    from auditor.ui.window import MainWindow


def open_visit(window: MainWindow, visit: VisitRecord) -> None:
    """What is not begun is begun first; what is handed in opens to be read."""
    if visit.status in (VisitStatus.PLANNED, VisitStatus.SENT_BACK):
        from auditor.ui.commands.visits import begin_visit

        begin_visit(window.context, visit, partial(open_begun, window))
    else:
        open_begun(window, visit)


def open_begun(window: MainWindow, visit: VisitRecord) -> None:
    if not window.go(Route("visit", visit.id)):
        return
    if visit.status in WRITABLE:
        window.context.lane.run(session.begin, window.context.folder, visit.id)
    else:
        mark_closed(window)


def mark_closed(window: MainWindow) -> None:
    """No visit is open from now on."""
    window.context.lane.run(session.end, window.context.folder)


def open_or_report(window: MainWindow, visit: VisitRecord) -> None:
    if visit.status in WRITABLE:
        open_visit(window, visit)
    else:
        window.show_report(visit)


def new_visit(window: MainWindow, location_id: int) -> None:
    from auditor.ui.start_visit import StartVisitDialog

    dialog = StartVisitDialog(window.context, window, location_id=location_id)
    dialog.started.connect(partial(open_begun, window))
    dialog.open()


def search(window: MainWindow) -> None:
    if window.screen_ is None:
        return
    from auditor.ui.palette import Palette

    palette = Palette(window.context, window, window.screen_.destinations())
    palette.here_chosen.connect(window.screen_.go_here)
    palette.visit_chosen.connect(window.open_or_report)
    palette.location_chosen.connect(window.new_visit)
    palette.place_chosen.connect(window.go_to)
    palette.open()
