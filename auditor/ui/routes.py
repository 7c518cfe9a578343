"""Which screen stands for which route, and how its signals reach the window.

Screens are imported here, on first use: the first paint needs one of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.ui.screen import Screen

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow, Route


def make(window: MainWindow, route: Route, *, fresh: bool) -> Screen:
    match route.kind:
        case "visits":
            return _first_run(window) if fresh else _home(window)
        case "setup":
            return _setup(window)
        case "visit":
            return _capture(window, route.id)
        case "report":
            return _report(window, route.id)
        case "reports":
            return _reports(window)
        case "programs":
            return _programs(window)
        case "locations":
            return _locations(window, route.id)
        case "clients":
            return _clients(window)
        case "import" | "import_evaluators" | "import_visits":
            return _import(window, route)
        case "wave" | "overdue":
            return _planning(window, route.id)
        case "evaluators":
            return _evaluators(window)
        case "branding":
            return _branding(window, route.id)
        case "actions":
            return _actions(window, route.id)
        case "settings":
            return _settings(window)
        case unknown:
            raise ValueError(unknown)


def _first_run(window: MainWindow) -> Screen:
    from auditor.ui.first_run import FirstRunScreen

    screen = FirstRunScreen(window.context)
    screen.demo_wanted.connect(window.try_demo)
    screen.program_wanted.connect(window.start_program)
    screen.keys_wanted.connect(window.show_keys)
    return screen


def _home(window: MainWindow) -> Screen:
    from auditor.ui.home.screen import HomeScreen

    screen = HomeScreen(window.context)
    screen.opened.connect(window.open_visit)
    screen.report_wanted.connect(window.show_report)
    screen.new_wanted.connect(window.new_visit)
    screen.search_wanted.connect(window.search)
    screen.wanted.connect(window.do)
    screen.restore_wanted.connect(window.restore)
    screen.troubled.connect(window.cannot_open)
    screen.empty.connect(window.nothing_here)
    screen.counted.connect(window.show_open_count)
    screen.shown.connect(window.list_shown)
    return screen


def _setup(window: MainWindow) -> Screen:
    from auditor.ui.setup.screen import SetupScreen

    screen = SetupScreen(window.context)
    screen.closed.connect(window.go_home)
    screen.created.connect(window.program_created)
    return screen


def _capture(window: MainWindow, visit_id: int) -> Screen:
    from auditor.ui.capture.screen import CaptureScreen

    screen = CaptureScreen(window.context, visit_id, window)
    screen.closed.connect(window.leave_visit)
    screen.submitted.connect(window.visit_submitted)
    screen.migrated.connect(window.visit_migrated)
    return screen


def _report(window: MainWindow, visit_id: int) -> Screen:
    from auditor.ui.report.screen import ReportScreen

    screen = ReportScreen(window.context, visit_id)
    screen.closed.connect(window.go_home)
    screen.answers_wanted.connect(window.open_visit)
    return screen


def _reports(window: MainWindow) -> Screen:
    from auditor.ui.reports.screen import ReportsScreen

    screen = ReportsScreen(window.context)
    screen.report_wanted.connect(window.show_report)
    return screen


def _programs(window: MainWindow) -> Screen:
    from auditor.ui.programs.screen import ProgramsScreen

    screen = ProgramsScreen(window.context)
    screen.closed.connect(window.go_home)
    screen.wave_opened.connect(partial(_to, window, "wave"))
    screen.overdue_wanted.connect(partial(_to, window, "overdue", 0))
    screen.clients_wanted.connect(window.show_clients)
    return screen


def _planning(window: MainWindow, wave_id: int) -> Screen:
    from auditor.ui.planning.screen import PlanningScreen

    screen = PlanningScreen(window.context, wave_id)
    screen.closed.connect(partial(_to, window, "programs", 0))
    screen.visit_wanted.connect(partial(_read_visit, window))
    screen.import_wanted.connect(partial(_to, window, "import_visits", wave_id))
    return screen


def _evaluators(window: MainWindow) -> Screen:
    from auditor.ui.evaluators.screen import EvaluatorsScreen

    screen = EvaluatorsScreen(window.context)
    screen.import_wanted.connect(partial(_import_file, window, "import_evaluators"))
    return screen


def _to(window: MainWindow, kind: str, about: int) -> None:
    from auditor.ui.route import Route

    window.go(Route(kind, about))


def _import_file(window: MainWindow, kind: str, path: str) -> None:
    from auditor.ui.route import Route

    window.go(Route(kind), path)


def _read_visit(window: MainWindow, visit_id: int) -> None:
    from auditor.ui.commands.reports import read_visit

    window.context.ask(read_visit, visit_id, done=window.open_or_report)


def _locations(window: MainWindow, location_id: int) -> Screen:
    from auditor.ui.locations.screen import LocationsScreen

    screen = LocationsScreen(window.context, location_id)
    screen.import_wanted.connect(window.import_locations)
    screen.clients_wanted.connect(window.show_clients)
    screen.visit_wanted.connect(window.new_visit)
    screen.visit_opened.connect(window.open_or_report)
    return screen


def _clients(window: MainWindow) -> Screen:
    from auditor.ui.locations.clients import ClientsScreen

    screen = ClientsScreen(window.context)
    screen.closed.connect(window.show_locations)
    screen.branding_wanted.connect(window.show_branding)
    return screen


def _import(window: MainWindow, route: Route) -> Screen:
    from auditor.ui.importing import subjects
    from auditor.ui.importing.screen import ImportScreen
    from auditor.ui.importing.subject import Subject

    words = window.context.words
    subject: Subject
    match route.kind:
        case "import_evaluators":
            subject, back = subjects.Evaluators(words), "evaluators"
        case "import_visits":
            subject, back = subjects.Visits(words, route.id), "wave"
        case _:
            subject, back = subjects.Locations(words), "locations"
    screen = ImportScreen(window.context, subject)
    screen.closed.connect(partial(_to, window, back, route.id))
    screen.nowhere.connect(window.show_clients)
    return screen


def _branding(window: MainWindow, client_id: int) -> Screen:
    from auditor.ui.branding.screen import BrandingScreen

    screen = BrandingScreen(window.context, client_id)
    screen.closed.connect(window.show_clients)
    return screen


def _actions(window: MainWindow, location_id: int) -> Screen:
    from auditor.ui.actions.screen import ActionsScreen

    screen = ActionsScreen(window.context, location_id)
    screen.report_wanted.connect(partial(_to_report, window))
    return screen


def _to_report(window: MainWindow, visit_id: int) -> None:
    from auditor.ui.route import Route

    window.go(Route("report", visit_id))


def _settings(window: MainWindow) -> Screen:
    from auditor.ui.settings import SettingsScreen

    screen = SettingsScreen(window.context)
    screen.wanted.connect(window.do)
    screen.demo_wanted.connect(window.try_demo)
    screen.demo_left.connect(window.leave_demo)
    screen.demo_cleared.connect(window.clear_demo)
    screen.about_wanted.connect(window.show_about)
    return screen
