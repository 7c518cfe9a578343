"""The window: which screen one is on, and how one gets from one to the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from auditor.ui.frame import Frame
from auditor.ui.route import (
    CLIENTS,
    IMPORT,
    LOCATIONS,
    PROGRAMS,
    REPORTS,
    SETTINGS,
    SETUP,
    VISITS,
    Route,
)

if TYPE_CHECKING:
    from auditor.domain.errors import UserError
    from auditor.domain.records import VisitRecord
    from auditor.domain.standing import Standing
    from auditor.ui.capture.newer.banner import Moved
    from auditor.ui.context import AppContext
    from auditor.ui.screen import Screen
    from auditor.ui.theme import Theme

LOG = logging.getLogger("auditor")


__all__ = [
    "LOCATIONS", "PROGRAMS", "REPORTS", "SETTINGS", "SETUP", "VISITS", "MainWindow", "Route",
]  # fmt: skip


#: The place in the rail of screens that have none of their own.
RAIL = {
    "setup": "visits", "visit": "visits", "report": "reports", "branding": "locations",
    "clients": "locations", "import": "locations", "import_evaluators": "evaluators",
    "import_visits": "programs", "wave": "programs", "overdue": "programs",
}  # fmt: skip


class MainWindow(Frame):
    """``ready`` when the first screen is there, ``listed`` when My visits has its rows;
    ``moved(folder)`` when another workspace is shown. ``prepare`` makes the context.
    """

    ready = Signal()
    moved = Signal(object)
    listed = Signal()

    context: AppContext

    def __init__(self, look: Theme, prepare: Callable[[], AppContext]) -> None:
        super().__init__(look)
        self._prepare = prepare
        self.route = VISITS
        self.screen_: Screen | None = None
        self._fresh = False
        self._crashed: int | None = None
        #: What stands in the set-up of a program that the person left half done.
        self._half_done: Any = None
        #: Why the workspace does not open.
        self.refused: UserError | None = None

    def begin(self) -> None:
        from auditor.ui.standard_words import speak

        self.context = context = self._prepare()
        self._standard_words = speak(context.words)
        self._look_at_folder()
        self.build(context.words)
        self.across = self.put_across(context.words)
        context.stood.connect(self._stand)
        self._keys()
        self._say_words()
        self.go(VISITS)
        context.failed.connect(self._show_error)
        # Queued: the control that asked for it is done with its key before it goes.
        context.restyled.connect(self._restyle, Qt.ConnectionType.QueuedConnection)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.ready.emit()
        from auditor.ui.idle import Idle

        self.idle = Idle(self)

    def _look_at_folder(self) -> None:
        from auditor.ui import session

        self.refused = None
        self._fresh = not self.context.ports.has_data(self.context.folder)
        self._crashed = session.left_open(self.context.folder)

    def _say_words(self) -> None:
        """Everything around the screens, in the present language and size."""
        context = self.context
        self.setWindowTitle(context.words("Mystery Auditor"))
        self.put_rail(context.words).chosen.connect(self.go_to)
        self._fill_rail()
        demo = self.put_demo_strip(context.words, wanted=context.is_demo)
        if demo is not None:
            demo.leave.connect(self.leave_demo)
            demo.cleared.connect(self.clear_demo)

    def _fill_rail(self) -> None:
        self.fill_rail(self.context.words, fresh=self._nowhere)
        if self.rail is not None:
            self.rail.choose(self.route.kind)

    def _keys(self) -> None:
        for keys, slot in (
            ("Ctrl+K", self.search),
            ("Ctrl+N", self.new_visit),
            ("F1", self.show_keys),
            ("Ctrl+,", self._go_settings),
            ("Ctrl+Q", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # going places

    def go_to(self, key: str) -> None:
        """To the place of that name in the rail."""
        if not self.go(Route(key)) and self.rail is not None:
            self.rail.choose(self.route.kind)

    def _go_settings(self) -> None:
        self.go(SETTINGS)

    def go_home(self) -> None:
        self.go(VISITS)

    def go(self, route: Route, place: Any = None) -> bool:
        """Leave the present screen and make that of ``route``; False when it holds on."""
        if self.screen_ is not None and not self.screen_.leave():
            return False
        if self.route.kind == "visit" != route.kind:
            self._mark_closed()
        if self.screen_ is not None and self.route == SETUP:
            self._half_done = self.screen_.place()
        self.error.close_it()
        LOG.debug("screen %s", route.kind)
        self.route = route
        self._put(self._make(route), self._half_done if route == SETUP else place)
        return True

    def _put(self, screen: Screen, place: Any) -> None:
        old, self.screen_ = self.screen_, screen
        self.screens.addWidget(screen)
        self.screens.setCurrentWidget(screen)
        if old is not None:
            self.screens.removeWidget(old)
            old.deleteLater()
        capturing = self.route.kind == "visit"
        if self.rail is not None:
            self.rail.setVisible(not capturing)
            self.rail.choose(RAIL.get(self.route.kind, self.route.kind))
        if self.demo is not None:
            self.demo.setVisible(not capturing)
        self.across.setVisible(not capturing)
        if place is not None:
            screen.return_to(place)
        self._start(screen)
        screen.focus_first()

    def _start(self, screen: Screen) -> None:
        start = getattr(screen, "load", None)
        if start is not None:
            start()

    def _make(self, route: Route) -> Screen:
        from auditor.ui import routes

        return routes.make(self, route, fresh=self._fresh)

    # life

    def _stand(self, standing: Standing) -> None:
        from auditor.ui import standing_bars

        standing_bars.show(self, self.across, standing)

    def cannot_open(self, error: UserError) -> None:
        """The screen says so; until it is mended there is nowhere else to go."""
        self.refused = error
        self._fill_rail()

    def do(self, errand: str) -> None:
        """What a button about the data asks for, see ``care``."""
        from auditor.ui import care

        care.run(self, errand)

    def nothing_here(self) -> None:
        """The workspace is empty: offer the two ways to begin."""
        self._set_fresh(True)

    def program_created(self) -> None:
        self._set_fresh(False)
        self._half_done = None
        self.toast(self.context.words("The program is ready. Start a visit when you are there."))

    def _set_fresh(self, fresh: bool) -> None:
        self._fresh = fresh
        self._fill_rail()
        self.go(VISITS)

    def show_open_count(self, count: int) -> None:
        if self.rail is not None:
            self.rail.set_badge("visits", count)

    def list_shown(self) -> None:
        """Rows are on screen; after a crash, the draft that was open is offered once."""
        from auditor.ui.home.screen import HomeScreen

        visit_id, self._crashed = self._crashed, None
        if visit_id is not None and isinstance(self.screen_, HomeScreen):
            self.screen_.offer_recovery(visit_id)
        self.listed.emit()

    def log_path(self) -> Path:
        return self.context.ports.log_file(self.context.folder)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.screen_ is not None and not self.screen_.leave():
            event.ignore()
            return
        if self.screen_ is not None:
            self._mark_closed()
        event.accept()

    def end(self) -> None:
        """After it was closed: on another thread Python's collector could not stop its timers."""
        if self.screen_ is not None:
            self.context.close()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.DeferredDelete)

    def _mark_closed(self) -> None:
        from auditor.ui import visiting

        visiting.mark_closed(self)

    # visits

    def open_visit(self, visit: VisitRecord) -> None:
        from auditor.ui import visiting

        visiting.open_visit(self, visit)

    def open_or_report(self, visit: VisitRecord) -> None:
        from auditor.ui import visiting

        visiting.open_or_report(self, visit)

    def leave_visit(self) -> None:
        self.go(VISITS)

    def visit_submitted(self, visit_id: int) -> None:
        self.go(Route("report", visit_id))

    def visit_migrated(self, moved: Moved) -> None:
        """The draft is on another version of its checklist: opened anew, at the same question."""
        self.go(Route("visit", moved.visit_id), moved)

    def show_report(self, visit: VisitRecord) -> None:
        self.go(Route("report", visit.id))

    def show_locations(self) -> None:
        self.go(LOCATIONS)

    def show_clients(self) -> None:
        self.go(CLIENTS)

    def show_branding(self, client_id: int) -> None:
        self.go(Route("branding", client_id))

    def import_locations(self, path: str = "") -> None:
        """From the file at ``path``; "" asks for one."""
        self.go(IMPORT, path)

    @property
    def _nowhere(self) -> bool:
        """There are no visits to go to: none yet, or they do not open."""
        return self._fresh or self.refused is not None

    def new_visit(self, location_id: int = 0) -> None:
        from auditor.ui import visiting

        if not self._nowhere:
            visiting.new_visit(self, location_id)

    def search(self) -> None:
        from auditor.ui import visiting

        if not self._nowhere:
            visiting.search(self)

    def show_keys(self) -> None:
        from auditor.ui.keys import KeysDialog

        KeysDialog(self.context.words, self, self.route.kind).open()

    # the demo, one's own program, other data

    def try_demo(self) -> None:
        from auditor.ui.demo import try_demo

        try_demo(self)

    def enter_demo(self) -> None:
        self.switch_to(self.context.ports.demo)

    def leave_demo(self) -> None:
        self.switch_to(self.context.ports.home)

    def clear_demo(self) -> None:
        from auditor.ui.demo import clear_demo

        clear_demo(self)

    def demo_cleared(self) -> None:
        self.toast(self.context.words("The demo is gone."))

    def start_program(self) -> None:
        self.go(SETUP)

    def restore(self, path: str) -> None:
        from auditor.ui.restore import ask_and_restore

        ask_and_restore(self, Path(path))

    def restored(self, aside: Path | None) -> None:
        from auditor.ui import standing_bars

        self.look_anew()
        standing_bars.restored(self, self.across, aside)

    def show_about(self) -> None:
        from auditor.ui.about import AboutDialog

        AboutDialog(self.context.words, self.context.ports.licences, self).open()

    def switch_to(self, folder: Path) -> None:
        """Show another workspace in this window."""
        self.context.switch_to(folder, done=self.look_anew)

    def look_anew(self) -> None:
        """The workspace may be another one, or open in another way."""
        self.across.clear()
        self._look_at_folder()
        self._say_words()
        self.go(VISITS)
        self.moved.emit(self.context.folder)

    # telling

    def _show_error(self, error: Exception, beside: QWidget | None) -> None:
        from auditor.ui.kit.callout import Callout

        sentence = self.context.sentence(error)
        show = getattr(beside, "set_error", None)
        if show is not None:
            show(sentence)
        elif beside is not None and beside.isVisible():
            Callout.show_beside(beside, sentence)
        else:
            self.error.say(sentence)

    def backed_up(self, file: Path) -> None:
        if self.screen_ is not None and self.route == VISITS:
            self._start(self.screen_)
        self.context.look_again()
        self.say_done(self.context.words("The backup is made."), file, self.context.words)

    def _system_changed(self) -> None:
        if self.context.settings.theme.value == "system":
            self._restyle()

    def _restyle(self) -> None:
        """New language, theme or text size: the same place in a new screen."""
        from auditor.ui.app import style
        from auditor.ui.standard_words import use_locale

        use_locale(self.context.words)
        style(self.context.settings)
        place = self.screen_.place() if self.screen_ is not None else None
        self._say_words()
        self.error.set_words(self.context.words)
        self.across.restyle()
        self._put(self._make(self.route), place)
