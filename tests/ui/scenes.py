"""What is photographed: screens, and what is done on them before the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from auditor.domain.errors import NotSavedError
from auditor.domain.my_visits import Group
from auditor.domain.visits import SUBMITTED, VisitStatus
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.ui import restore
from auditor.ui.branding.screen import BrandingScreen
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.commands.batch import Batch, BatchRun, State
from auditor.ui.commands.batch_runs import Runs, Shown
from auditor.ui.commands.reports import Failed
from auditor.ui.crash import CrashDialog
from auditor.ui.home.screen import HomeScreen
from auditor.ui.kit.callout import Callout
from auditor.ui.kit.field import DateEdit
from auditor.ui.kit.working import WorkingDialog
from auditor.ui.palette import Palette
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.report.screen import ReportScreen
from auditor.ui.reports.screen import ReportsScreen
from auditor.ui.route import CLIENTS, IMPORT, LOCATIONS
from auditor.ui.settings import SettingsScreen
from auditor.ui.setup.screen import SetupScreen
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.tasks import Task, _Owner
from auditor.ui.window import PROGRAMS, REPORTS, SETTINGS, SETUP, VISITS, MainWindow, Route
from forms.system import reason
from tests.ui import trouble_scenes as trouble
from tests.ui.conftest import overview_of
from tests.ui.looks import close_others, drag_over, hover
from tests.ui.newer_acts import arrive_at_newer, show_changes, show_last_changes, tell_newer

Act = Callable[[MainWindow], object]
W = TypeVar("W", bound=QWidget)
DEMO, CROWD, EMPTY, BROKEN = "demo", "crowd", "empty", "broken"
NOT_ALLOWED, DISK_FULL = reason(OSError(13, "")), reason(OSError(28, ""))

BAD_CHECKLIST = """\
format: auditor-checklist/1
id: broken
version: "1.0"
title: {vi: Hỏng, en: Broken}
languages: [vi, en]
sections:
  - id: door
    title: {vi: Cửa, en: Door}
    questions:
      - {id: a, type: choice, list: nowhere, points: 1, label: {vi: Mở cửa?, en: Open?}}
      - {id: a, type: choise, points: x, label: {vi: Sạch?}}
      - {id: c, type: scale, min: 9, max: 1, points: 1, label: {vi: Chào?, en: Greeted?}}
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen, what is done on it, and its data. ``stay``: on the screen of the scene before."""

    name: str
    route: Route
    act: Act | None = None
    data: str = DEMO
    stay: bool = False


def scenes(demo: Path) -> list[Scene]:
    workspace = Workspace.open(demo, write=False)
    visits = workspace.read(visit_queries.visits)
    workspace.close()
    done = next(visit.id for visit in visits if visit.status in SUBMITTED)
    drafts = [visit for visit in visits if visit.status is VisitStatus.DRAFT]
    draft = next(visit.id for visit in drafts if visit.answered)
    unread = next(visit.id for visit in drafts if not visit.answered)
    report = Route("report", done)
    return [
        Scene("first-run", VISITS, data=EMPTY),
        Scene("first-run-settings", SETTINGS, data=EMPTY),
        Scene("setup", SETUP, data=EMPTY),
        Scene("setup-filled", SETUP, _fill_setup, data=EMPTY),
        Scene("setup-errors", SETUP, _wrong_setup, data=EMPTY),
        Scene("setup-editing", SETUP, _edit_setup, data=EMPTY),
        Scene("setup-problems", SETUP, _problems_of_file, data=EMPTY),
        Scene("setup-drag", SETUP, _drag_file, data=EMPTY),
        Scene("broken", VISITS, data=BROKEN),
        Scene("home", VISITS),
        Scene("home-hover", VISITS, _hover_row),
        Scene("home-row", VISITS, _focus_row),
        Scene("home-rail", VISITS, _focus_rail),
        Scene("home-tabs", VISITS, _focus_tab),
        Scene("home-sort", VISITS, _open_sort),
        Scene("home-error", VISITS, _tell_error),
        Scene("home-recovery", VISITS, _offer_recovery),
        Scene("home-toast", VISITS, _toast),
        Scene("home-done", VISITS, _unfold_done),
        Scene("crowd", VISITS, data=CROWD),
        Scene("crowd-done", VISITS, _unfold_done, data=CROWD),
        Scene("crowd-drafts", VISITS, _show_drafts, data=CROWD),
        Scene("crowd-search", VISITS, MainWindow.search, data=CROWD),
        Scene("crowd-new-visit", VISITS, MainWindow.new_visit, data=CROWD),
        Scene("crowd-reports", REPORTS, data=CROWD),
        Scene("search", VISITS, MainWindow.search),
        Scene("search-none", VISITS, _search_nothing),
        Scene("new-visit", VISITS, MainWindow.new_visit),
        Scene("new-visit-none", VISITS, _no_place),
        Scene("new-visit-error", VISITS, _refused_visit),
        Scene("new-visit-calendar", VISITS, _open_calendar),
        Scene("new-visit-checklist", VISITS, _open_checklists),
        Scene("keys", VISITS, MainWindow.show_keys),
        Scene("confirm", VISITS, _confirm),
        Scene("working", VISITS, _work),
        Scene("crash", VISITS, _crash),
        Scene("about", SETTINGS, MainWindow.show_about),
        Scene("locations", LOCATIONS),
        Scene("locations-none", LOCATIONS, data=EMPTY),
        Scene("locations-crowd", LOCATIONS, data=CROWD),
        Scene("clients", CLIENTS),
        Scene("import", IMPORT),
        Scene("import-evaluators", Route("import_evaluators")),
        Scene("evaluators", Route("evaluators")),
        Scene("overdue", Route("overdue")),
        Scene("wave", Route("wave", 1)),
        Scene("branding", Route("branding")),
        Scene("branding-templates", Route("branding"), _show_templates),
        Scene("actions", Route("actions")),
        Scene("settings", SETTINGS),
        Scene("settings-field", SETTINGS, _focus_evaluator),
        Scene("settings-end", SETTINGS, _scroll_down),
        Scene("settings-file", SETTINGS, _choose_backup),
        Scene("settings-complaints", SETTINGS, _edit_complaints),
        Scene("reports", REPORTS),
        Scene("reports-none", REPORTS, _tick_none),
        Scene("reports-running", REPORTS, _run_reports),
        Scene("reports-over", REPORTS, _end_reports),
        Scene("report", report),
        Scene("report-tip", report, _tip, stay=True),
        Scene("report-find", report, _find_in_report, stay=True),
        Scene("report-more", report, _more_of_report, stay=True),
        Scene("report-saved", report, _save_report, stay=True),
        Scene("report-waiting", report, _wait_report, stay=True),
        Scene("report-failed", report, _fail_report, stay=True),
        Scene("programs", PROGRAMS),
        Scene("programs-end", PROGRAMS, _end_of_program),
        Scene("programs-wrong", PROGRAMS, _wrong_program),
        Scene("programs-add", PROGRAMS, _add_program),
        Scene("programs-wave", PROGRAMS, _open_wave),
        Scene("programs-none", PROGRAMS, data=CROWD),
        Scene("briefing", Route("visit", unread)),
        Scene("facts", Route("visit", draft), _show_facts),
        Scene("facts-end", Route("visit", draft), _end_of_facts),
        Scene("capture", Route("visit", draft)),
        Scene("capture-newer", Route("visit", draft), tell_newer),
        Scene("capture-changes", Route("visit", draft), show_changes),
        Scene("capture-changes-end", Route("visit", draft), show_last_changes),
        Scene("capture-moved", Route("visit", draft), arrive_at_newer),
        Scene("read-only", Route("visit", done)),
        Scene("bar-read-only", VISITS, trouble.read_only),
        Scene("bar-scant", VISITS, trouble.scant),
        Scene("bar-synced", VISITS, trouble.stand("synced")),
        Scene("bar-moved", VISITS, trouble.stand("moved")),
        Scene("bar-journal", VISITS, trouble.stand("journal_gone")),
        Scene("bar-older", VISITS, trouble.stand("older_data", "other_computer")),
        Scene("bar-second", VISITS, trouble.stand("second_file")),
        Scene("bar-two", VISITS, trouble.stand("network", "journal_garbage")),
        Scene("why", VISITS, trouble.why_synced),
        Scene("bar-no-backup", VISITS, trouble.after_quiet(trouble.no_backup)),
        Scene("bar-restored", VISITS, trouble.after_quiet(trouble.restored)),
        Scene("bar-died", VISITS, trouble.after_quiet(trouble.died)),
        Scene("bar-faults", VISITS, trouble.after_quiet(trouble.faults_found)),
        Scene("findings", SETTINGS, trouble.after_quiet(trouble.findings)),
        Scene("findings-good", SETTINGS, trouble.findings_good),
        Scene("support", SETTINGS, trouble.support),
        Scene("copied", SETTINGS, trouble.copied),
        Scene("copy-refused", SETTINGS, trouble.copy_refused),
        Scene("trouble-in-use", VISITS, trouble.refuse(trouble.in_use)),
        Scene("trouble-elsewhere", VISITS, trouble.refuse(trouble.in_use_elsewhere)),
        Scene("trouble-no-access", VISITS, trouble.refuse(trouble.no_access)),
        Scene("trouble-away", VISITS, trouble.refuse(trouble.away)),
        Scene("trouble-not-a-folder", VISITS, trouble.refuse(trouble.not_a_folder)),
        Scene("trouble-disk-full", VISITS, trouble.refuse(trouble.disk_full)),
        Scene("demo", VISITS, trouble.demo),
        Scene("demo-settings", SETTINGS, _scroll_down),
        Scene("trouble-damaged", VISITS, data=trouble.DAMAGED),
        Scene("copies", VISITS, trouble.copies, data=trouble.DAMAGED),
        Scene("begin-anew", VISITS, trouble.begin_anew, data=trouble.DAMAGED),
        Scene("trouble-settings", SETTINGS, _scroll_down, data=trouble.DAMAGED),
        Scene("trouble-lost", VISITS, data=trouble.LOST),
        Scene("copies-none", VISITS, trouble.copies, data=trouble.LOST),
        Scene("trouble-gone", VISITS, data=trouble.GONE),
        Scene("trouble-renamed", VISITS, data=trouble.RENAMED),
        Scene("copies-renamed", VISITS, trouble.copies, data=trouble.RENAMED),
        Scene("trouble-foreign", VISITS, data=trouble.FOREIGN),
        Scene("trouble-newer", VISITS, data=trouble.NEWER),
    ]


# hands


def _screen(window: MainWindow, kind: type[W]) -> W:
    assert isinstance(window.screen_, kind)
    return window.screen_


def _dialog(kind: type[W]) -> W:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def _pause(window: MainWindow) -> None:
    while window.context.lane.busy or window.context.images.busy:
        QTest.qWait(5)


# first run and setup


def _fill_setup(window: MainWindow) -> None:
    screen = _screen(window, SetupScreen)
    _pause(window)
    screen.client.edit.setText("Công ty Cổ phần Tập đoàn Dịch vụ Ăn uống Ẩm thực Việt " * 3)
    screen.brand.edit.setText("Cà phê Sen Việt")
    screen.colour.set_colour("#123456")
    screen.places.model.put(0, 0, [[f"SV-{n:03}", "Thảo Điền, tầng trệt", "12 Xuân Thủy", "Nam"]
                                   for n in range(9)])  # fmt: skip
    screen.brand.edit.setFocus()


def _wrong_setup(window: MainWindow) -> None:
    screen = _screen(window, SetupScreen)
    _pause(window)
    screen.colour.set_colour("xanh")
    screen.places.model.put(0, 0, [["SV-001", "Lê Lợi"], ["SV-001", "Quận 1"]])
    screen.create_button.click()


def _edit_setup(window: MainWindow) -> None:
    screen = _screen(window, SetupScreen)
    _pause(window)
    view = screen.places.view
    view.setFocus()
    view.setCurrentIndex(screen.places.model.index(1, 1))
    view.edit(screen.places.model.index(1, 1))


def _problems_of_file(window: MainWindow) -> None:
    screen = _screen(window, SetupScreen)
    file = window.context.scratch / "bảng-hỏi-hỏng.yaml"
    file.write_text(BAD_CHECKLIST, encoding="utf-8")
    screen.checklist.choose(file)
    _pause(window)
    QTest.qWait(20)
    bar = screen._area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _drag_file(window: MainWindow) -> None:
    screen = _screen(window, SetupScreen)
    _pause(window)
    bar = screen._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    drag_over(screen.checklist, window.context.scratch / "a.yaml")


# my visits


def _hover_row(window: MainWindow) -> None:
    screen = _screen(window, HomeScreen)
    hover(screen.list.rows[1])
    hover(screen.list.rows[1].button)
    hover(screen.new)


def _focus_row(window: MainWindow) -> None:
    _screen(window, HomeScreen).list.focus_row(1)


def _focus_rail(window: MainWindow) -> None:
    assert window.rail is not None
    window.rail.items["reports"].setFocus()


def _focus_tab(window: MainWindow) -> None:
    _screen(window, HomeScreen).tabs.segments[1].setFocus()


def _open_sort(window: MainWindow) -> None:
    _screen(window, HomeScreen).order.showPopup()
    QTest.qWait(20)


def _tell_error(window: MainWindow) -> None:
    error = NotSavedError(
        "report_not_saved",
        "The report could not be saved to {path}: {reason}. Choose another folder.",
        path="/home/mai/Mystery Auditor/dg-05_2026-11-12_vi.pdf", reason=NOT_ALLOWED,
    )  # fmt: skip
    window.context.report_error(error)


def _offer_recovery(window: MainWindow) -> None:
    drafts = overview_of(window).groups[Group.DRAFTS]
    draft = next(visit.id for visit in drafts if visit.answered)
    screen = _screen(window, HomeScreen)
    screen.offer_recovery(draft)


def _toast(window: MainWindow) -> None:
    from auditor.ui.kit.toast import Toast

    words = window.context.words
    Toast.show_in(window, words("The backup is made."), words("Open folder"), window.go_home)


def _unfold_done(window: MainWindow) -> None:
    _screen(window, HomeScreen)._unfold_done()


def _show_drafts(window: MainWindow) -> None:
    screen = _screen(window, HomeScreen)
    screen.tabs.segments[-2].click()


# dialogs


def _search_nothing(window: MainWindow) -> None:
    window.search()
    _pause(window)
    _dialog(Palette).edit.setText("zzz")


def _no_place(window: MainWindow) -> None:
    window.new_visit()
    _pause(window)
    _dialog(StartVisitDialog).query.edit.setText("zzz")


def _refused_visit(window: MainWindow) -> None:
    window.new_visit()
    _pause(window)
    _dialog(StartVisitDialog)._refused(
        NotSavedError("save_failed", "Your answer is not on disk yet, for a reason that was not "
                      "foreseen. It is still here: try again."))  # fmt: skip


def _open_calendar(window: MainWindow) -> None:
    window.new_visit()
    _pause(window)
    day: DateEdit = _dialog(StartVisitDialog).day
    day.setFocus()
    QTest.mouseClick(day, Qt.MouseButton.LeftButton, pos=QPoint(day.width() - 14, 18))
    QTest.qWait(20)


def _open_checklists(window: MainWindow) -> None:
    window.new_visit()
    _pause(window)
    _dialog(StartVisitDialog).checklist.showPopup()
    QTest.qWait(20)


def _confirm(window: MainWindow) -> None:
    restore.ask_and_restore(window, Path("/home/mai/sao-luu-2026-11-12-14-02-31.zip"))


def _work(window: MainWindow) -> None:
    words = window.context.words
    task = Task(lambda: None, _Owner())
    dialog = WorkingDialog(task, words("Preparing the demo"), words, window)
    dialog._task_kept = task  # type: ignore[attr-defined]
    dialog._show(3, 7, "Cà phê Diều Giấy – Phan Xích Long")
    dialog._timer.stop()
    dialog.open()


def _crash(window: MainWindow) -> None:
    CrashDialog(window.context.words, window.log_path(), "details", window).open()


# settings


def _show_templates(window: MainWindow) -> None:
    _screen(window, BrandingScreen).tabs.tabs[1].click()


def _focus_evaluator(window: MainWindow) -> None:
    _screen(window, SettingsScreen).evaluator.setFocus()


def _scroll_down(window: MainWindow) -> None:
    bar = _screen(window, SettingsScreen)._area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _edit_complaints(window: MainWindow) -> None:
    _screen(window, SettingsScreen).complaints.click()
    _pause(window)
    QTest.qWait(20)


def _choose_backup(window: MainWindow) -> None:
    restore.choose_backup(window, window.context)
    QTest.qWait(50)


# programs, the visit's facts


def _end_of_program(window: MainWindow) -> None:
    _pause(window)
    QTest.qWait(20)
    detail = _screen(window, ProgramsScreen).detail
    assert detail is not None
    bar = detail.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _wrong_program(window: MainWindow) -> None:
    _pause(window)
    QTest.qWait(20)
    screen = _screen(window, ProgramsScreen)
    screen._given_up = True  # so that it can be left
    detail = screen.detail
    assert detail is not None
    detail.name.edit.setText("  ")
    detail.name.edit.editingFinished.emit()


def _add_program(window: MainWindow) -> None:
    _pause(window)
    _screen(window, ProgramsScreen).add_program()


def _open_wave(window: MainWindow) -> None:
    _pause(window)
    QTest.qWait(20)
    screen = _screen(window, ProgramsScreen)
    assert screen.detail is not None
    screen._open_wave(screen.detail.program.waves[-1])


def _show_facts(window: MainWindow) -> None:
    _pause(window)
    screen = _screen(window, CaptureScreen)
    screen.show_facts()


def _end_of_facts(window: MainWindow) -> None:
    _show_facts(window)
    QTest.qWait(20)
    frame = _screen(window, CaptureScreen).frame
    assert frame is not None
    assert frame.facts is not None
    frame.facts.weather.setFocus()
    bar = frame.facts.verticalScrollBar()
    bar.setValue(bar.maximum())


# reports


def _tick_none(window: MainWindow) -> None:
    screen = _screen(window, ReportsScreen)
    screen.visits.none.click()
    screen.table.setFocus()
    screen.table.selectRow(1)


def _batch(window: MainWindow) -> BatchRun:
    screen = _screen(window, ReportsScreen)
    ids = tuple(visit.id for visit in screen.model.visits)
    run = BatchRun(window.context, Batch(ids, "vi", Path("/tmp")), screen)
    visits = {visit.id: visit for visit in screen.model.visits}
    shown = Shown(run, Path("/home/mai/Documents/Mystery Auditor"), visits)
    Runs.of(window.context).present = shown  # not begun: nothing is drawn, nothing is kept
    screen._show_run(shown)
    return run


def _settle(run: BatchRun, made: int, error: Exception | None = None) -> None:
    """So many are made; with ``error`` the others failed."""
    for item in tuple(run.items):
        if item.at < made:
            path = Path(f"dg-{item.at + 1:02}_2026-11_vi.pdf")
            run.written.append(path)
            run._put(replace(item, state=State.MADE, path=path, pages=8, size=412_000))
        elif error is not None:
            run.failures.append(Failed(item.visit_id, error))
            run._put(replace(item, state=State.FAILED, error=error))


def _run_reports(window: MainWindow) -> None:
    run = _batch(window)
    _settle(run, 3)
    screen = _screen(window, ReportsScreen)
    screen.run.pace._since -= 7
    run.progressed.emit(3, run.total, "dg-05_2026-11_vi.pdf")
    screen._count()


def _end_reports(window: MainWindow) -> None:
    run = _batch(window)
    close_others(window)
    error = NotSavedError(
        "report_not_saved",
        "The report could not be saved to {path}: {reason}. Choose another folder.",
        path="/home/mai/Documents/Mystery Auditor/dg-05.pdf", reason=NOT_ALLOWED,
    )  # fmt: skip
    _settle(run, 4, error)
    run.progressed.emit(run.done, run.total, "dg-05_2026-11_vi.pdf")
    run.over = True
    run.ended.emit()


def _find_in_report(window: MainWindow) -> None:
    screen = window.screen_
    assert isinstance(screen, ReportScreen)
    screen.finder.open()
    assert screen.finder.bar is not None
    screen.finder.bar.field.setText("quay")


def _more_of_report(window: MainWindow) -> None:
    screen = window.screen_
    assert isinstance(screen, ReportScreen)
    screen.finder.close()
    screen.more.click()


def _save_report(window: MainWindow) -> None:
    _screen(window, ReportScreen).saving.tell(Path("/tmp/bach-dang_V-0016_2026-11-19_vi.pdf"))


def _fail_report(window: MainWindow) -> None:
    error = NotSavedError(
        "report_not_saved",
        "The report could not be saved to {path}: {reason}. Choose another folder.",
        path="/home/mai/x.pdf", reason=DISK_FULL,
    )  # fmt: skip
    screen = _screen(window, ReportScreen)
    screen._show_failure(error)
    Callout.show_beside(screen.save, window.context.sentence(error))


def _wait_report(window: MainWindow) -> None:
    screen = _screen(window, ReportScreen)
    screen._stack.setCurrentWidget(screen._wait)
    screen.save.setEnabled(False)


def _tip(window: MainWindow) -> None:
    screen = _screen(window, ReportScreen)
    screen.toolbar.into.setFocus()
    at = screen.toolbar.into.mapToGlobal(QPoint(10, 20))
    QToolTip.showText(at, screen.toolbar.into.toolTip(), screen.toolbar.into)
    QTest.qWait(20)
