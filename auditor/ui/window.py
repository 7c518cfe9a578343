"""The window: which screen one is on, and how one gets from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from auditor.ui.frame import Frame

if TYPE_CHECKING:
    from auditor.domain.records import VisitRecord
    from auditor.ui.context import AppContext
    from auditor.ui.screen import Screen
    from auditor.ui.theme import Theme

#: How often a backup may be due.
IDLE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Route:
    """Where the person is: ``kind`` names the screen, ``visit_id`` what it is about."""

    kind: str
    visit_id: int = 0


VISITS, REPORTS, SETTINGS, SETUP = (
    Route("visits"),
    Route("reports"),
    Route("settings"),
    Route("setup"),
)


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

    def begin(self) -> None:
        from auditor.ui.standard_words import speak

        self.context = context = self._prepare()
        self._standard_words = speak(context.words)
        self._look_at_folder()
        self.build(context.words)
        self._keys()
        self._say_words()
        self.go(VISITS)
        context.failed.connect(self._show_error)
        # Queued: the control that asked for it is done with its key before it goes.
        context.restyled.connect(self._restyle, Qt.ConnectionType.QueuedConnection)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._when_idle)
        self._idle.start(IDLE_MS)
        self.ready.emit()

    def _look_at_folder(self) -> None:
        from auditor.ui import session

        self._fresh = not self.context.ports.has_data(self.context.folder)
        self._crashed = session.left_open(self.context.folder)

    def _say_words(self) -> None:
        """Everything around the screens, in the present language and size."""
        context = self.context
        self.setWindowTitle(context.words("Mystery Auditor"))
        self.put_rail(context.words).chosen.connect(self._go_key)
        self._fill_rail()
        demo = self.put_demo_strip(context.words, wanted=context.is_demo)
        if demo is not None:
            demo.leave.connect(self.leave_demo)
            demo.cleared.connect(self.clear_demo)

    def _fill_rail(self) -> None:
        self.fill_rail(self.context.words, fresh=self._fresh)
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

    def _go_key(self, key: str) -> None:
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
        if self.screen_ is not None and self.route == SETUP:
            self._half_done = self.screen_.place()
        self.error.close_it()
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
            self.rail.choose("visits" if self.route.kind in ("setup", "visit") else (
                "reports" if self.route.kind == "report" else self.route.kind))  # fmt: skip
        if self.demo is not None:
            self.demo.setVisible(not capturing)
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

    def _when_idle(self) -> None:
        if not self._fresh and not self.context.lane.busy:
            from auditor.ui.commands.data import back_up_if_due

            back_up_if_due(self.context)

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

    def _mark_closed(self) -> None:
        from auditor.ui import session

        self.context.lane.run(session.end, self.context.folder)

    # visits

    def open_visit(self, visit: VisitRecord) -> None:
        """What is not begun is begun first; what is handed in opens to be read."""
        from auditor.domain.visits import VisitStatus

        if visit.status in (VisitStatus.PLANNED, VisitStatus.SENT_BACK):
            from auditor.ui.commands.visits import begin_visit

            begin_visit(self.context, visit, self._open_begun)
        else:
            self._open_begun(visit)

    def _open_begun(self, visit: VisitRecord) -> None:
        from auditor.domain.visits import WRITABLE
        from auditor.ui import session

        if visit.status in WRITABLE:
            self.context.lane.run(session.begin, self.context.folder, visit.id)
        self.go(Route("visit", visit.id))

    def leave_visit(self) -> None:
        self._mark_closed()
        self.go(VISITS)

    def visit_submitted(self, visit_id: int) -> None:
        self._mark_closed()
        self.go(Route("report", visit_id))

    def show_report(self, visit: VisitRecord) -> None:
        self.go(Route("report", visit.id))

    def new_visit(self, location_id: int = 0) -> None:
        if self._fresh or self.route.kind == "visit":
            return
        from auditor.ui.start_visit import StartVisitDialog

        dialog = StartVisitDialog(self.context, self, location_id=location_id)
        dialog.started.connect(self._open_begun)
        dialog.open()

    def search(self) -> None:
        if self._fresh or self.route.kind == "visit":
            return
        from auditor.ui.palette import Palette

        palette = Palette(self.context, self)
        palette.visit_chosen.connect(self.open_or_report)
        palette.location_chosen.connect(self.new_visit)
        palette.place_chosen.connect(self._go_key)
        palette.open()

    def open_or_report(self, visit: VisitRecord) -> None:
        from auditor.domain.visits import WRITABLE

        if visit.status in WRITABLE:
            self.open_visit(visit)
        else:
            self.show_report(visit)

    def show_keys(self) -> None:
        from auditor.ui.keys import KeysDialog

        KeysDialog(self.context.words, self).open()

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

    def restored(self) -> None:
        self._switched()
        self.toast(self.context.words("The backup is in place."))

    def show_about(self) -> None:
        from auditor.ui.about import AboutDialog

        AboutDialog(self.context.words, self.context.ports.licences, self).open()

    def switch_to(self, folder: Path) -> None:
        """Show another workspace in this window."""
        self.context.switch_to(folder, done=self._switched)

    def _switched(self) -> None:
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

    def toast(self, text: str) -> None:
        from auditor.ui.kit.toast import Toast

        Toast.show_in(self, text)

    def backup_now(self) -> None:
        from auditor.ui.commands.data import back_up

        back_up(self.context, self._backed_up)

    def _backed_up(self) -> None:
        if self.screen_ is not None and self.route == VISITS:
            self._start(self.screen_)
        self.toast(self.context.words("The backup is made."))

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
        self._put(self._make(self.route), place)
