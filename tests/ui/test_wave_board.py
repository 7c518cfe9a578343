"""The place of a wave: its calendar, what is late, who has how much, what is done to all of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.domain.planning import PlanAsk
from auditor.domain.programs import Terms, WaveInput
from auditor.domain.rotation import Bar, Conflict
from auditor.domain.visits import VisitStatus
from auditor.services.workspace import Workspace
from auditor.store.queries import planning as planning_queries
from auditor.store.queries import visits as visit_queries
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import Banner
from auditor.ui.kit.text import Label
from auditor.ui.locations.screen import LocationsScreen
from auditor.ui.palette import Palette
from auditor.ui.planning.calendar import CalendarView
from auditor.ui.planning.conflicts import ConflictDialog
from auditor.ui.planning.load import LoadView
from auditor.ui.planning.move_dialogs import ReasonDialog
from auditor.ui.planning.plan_dialog import PlanDialog
from auditor.ui.planning.replace_dialog import ReplaceDialog
from auditor.ui.planning.screen import CALENDAR, LOAD, OVERDUE, PlanningScreen
from auditor.ui.planning.wave_dialogs import AddVisitDialog, QuotaDialog
from auditor.ui.programs.dialogs import WaveDialog
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.programs.wave_rows import count_text
from auditor.ui.route import Route
from auditor.ui.window import LOCATIONS as LOCATIONS_ROUTE
from auditor.words import Words

from .conftest import OpenWindow, settle
from .office import (
    LOCATIONS,
    change,
    dialog,
    furnish,
    listed,
    on_disk,
    ready,
    texts,
    today,
    turn,
    visits,
    wave_screen,
)
from .telling import told

LEFT = Qt.MouseButton.LeftButton
Role = QAccessible.Role


@pytest.fixture
def planned(folder: Path) -> Path:
    return furnish(folder, planned=True)


@pytest.fixture
def bare(folder: Path) -> Path:
    return furnish(folder)


def test_the_calendar_is_moved_through_by_keys(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    calendar = screen._view
    assert isinstance(calendar, CalendarView)
    grid = calendar.grid
    assert grid.hasFocus()
    assert calendar.day == today()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert calendar.day == today() + timedelta(days=1)
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    settle(qtbot, window)
    assert calendar.day.month != today().month
    QTest.keyClick(grid, Qt.Key.Key_Home)
    settle(qtbot, window)
    assert calendar.day == today()
    busy = next(day for day, count in grid.days.counts.items() if count.total)
    calendar.go_to(busy)
    settle(qtbot, window)
    spoken = grid.days.of(busy).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{grid.days.counts[busy].total} visit" in spoken
    assert "to do" in spoken
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert calendar.list.table.hasFocus()
    assert len(calendar.list.rows.rows) == grid.days.counts[busy].total
    QTest.keyClick(calendar.list.table, Qt.Key.Key_Escape)
    assert grid.hasFocus()


def test_a_month_is_six_weeks_from_monday(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    screen = wave_screen(qtbot, open_window(planned))
    screen.tabs.tabs[CALENDAR].click()
    view = screen._view
    assert isinstance(view, CalendarView)
    model = view.grid.days
    model.show(date(2026, 11, 15), {})
    shown = [model.day(model.index(at // 7, at % 7)) for at in range(42)]
    assert (shown[0], shown[-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert not model.of(date(2026, 12, 7)).isValid()


def test_what_is_overdue_has_its_board(qtbot: QtBot, open_window: OpenWindow, bare: Path) -> None:
    first = today() - timedelta(days=30)

    def late(workspace: Workspace) -> None:
        past = WaveInput("Cũ", first, today() - timedelta(days=1))
        (wave,) = workspace.programs.add_waves(1, [past])
        plan = workspace.planning.preview([wave.id], PlanAsk(), first)
        workspace.planning.make(plan)

    change(bare, late)
    window = open_window(bare)
    window.search()
    settle(qtbot, window)
    palette = dialog(Palette)
    QTest.keyClicks(palette.edit, "overdue")
    QTest.keyClick(palette.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, PlanningScreen)
    view = listed(screen)
    assert len(view.rows.rows) == LOCATIONS
    due = [record.due for record in view.rows.rows]
    assert due == sorted(due, key=lambda day: day or date.max)
    assert view.rows.index(0, 6).data().endswith("days late")
    assert window.rail is not None
    assert window.rail.items["programs"].isChecked()
    screen.header.back.click()
    settle(qtbot, window)
    programs = window.screen_
    assert isinstance(programs, ProgramsScreen)
    assert programs.overdue.caption == "12 overdue"


def test_who_has_how_much_and_is_replaced(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    turn(qtbot, window, screen, LOAD)
    view = screen._view
    assert isinstance(view, LoadView)
    assert [load.total for load in view.rows.rows] == [3, 3, 3, 3]
    view.table.go_to(1)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, window)
    filtered = listed(screen)
    assert {record.evaluator for record in filtered.rows.rows} == {"EV-01"}
    turn(qtbot, window, screen, LOAD)
    view.table.go_to(1)
    view.replace.click()
    replacing = dialog(ReplaceDialog)
    assert not replacing.yes.isEnabled(), "before it is known who fits"
    settle(qtbot, window)
    assert replacing.by.currentText() == "EV-02 · Người 2: fits, 3 visits in the wave"
    assert replacing.yes.caption == "Give 3 visits to Người 2"
    assert replacing.by.itemText(replacing.by.count() - 1) == "Nobody yet"
    replacing.by.setCurrentIndex(replacing.by.count() - 1)
    assert replacing.yes.caption == "Leave 3 visits unassigned"
    replacing.by.setCurrentIndex(0)
    replacing.yes.click()
    settle(qtbot, window)
    assert told(window) == "3 visits of EV-01 go to EV-02 · Người 2."
    assert [load.total for load in view.rows.rows] == [0, 6, 3, 3]
    screen.undo.undo()
    settle(qtbot, window)
    assert [load.total for load in view.rows.rows] == [3, 3, 3, 3]


def test_who_leaves_is_replaced_in_all_waves_to_come(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    def next_wave(workspace: Workspace) -> None:
        begins = today() + timedelta(days=40)
        workspace.programs.add_waves(1, [WaveInput("Sau", begins, begins + timedelta(days=9))])
        workspace.planning.make(workspace.planning.preview([2], PlanAsk(), today()))

    change(planned, next_wave)
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    turn(qtbot, window, screen, LOAD)
    view = screen._view
    assert isinstance(view, LoadView)
    view.table.go_to(1)
    view.replace.click()
    replacing = dialog(ReplaceDialog)
    assert replacing.waves.currentText() == "This wave alone"
    settle(qtbot, window)
    replacing.waves.setCurrentIndex(1)
    settle(qtbot, window)
    assert replacing.yes.caption == "Give 6 visits to Người 2"
    replacing.by.setCurrentIndex(replacing.by.findData(2))
    replacing.yes.click()
    settle(qtbot, window)
    left = [visit for visit in visits(planned) if visit.evaluator == "EV-01"]
    assert left == []
    assert told(window) == "6 visits of EV-01 go to EV-02 · Người 2."


def test_what_nobody_may_take_over_is_told(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    furnish(folder, planned=True, terms=Terms(most_visits=3))
    window = open_window(folder)
    screen = wave_screen(qtbot, window)
    turn(qtbot, window, screen, LOAD)
    view = screen._view
    assert isinstance(view, LoadView)
    view.table.go_to(1)
    view.replace.click()
    replacing = dialog(ReplaceDialog)
    settle(qtbot, window)
    assert replacing.by.currentText() == "Choose who takes over", "nobody may without a conflict"
    assert not replacing.yes.isEnabled()
    replacing.by.setCurrentIndex(replacing.by.findData(2))
    replacing.yes.click()
    settle(qtbot, window)
    asked = dialog(ConflictDialog)
    asked.off.click()
    settle(qtbot, window)
    assert told(window) == "EV-01: 3 visits now unassigned."
    assert [load.total for load in view.rows.rows] == [0, 3, 3, 3]


def test_one_more_by_hand_is_above_the_quota(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    screen._add()
    adding = dialog(AddVisitDialog)
    settle(qtbot, window)
    adding.places.search.setText("SV-007")
    qtbot.waitUntil(lambda: len(adding.places.rows.rows) == 1)
    adding.day.edit.setText(f"{today() + timedelta(days=1):%d/%m/%Y}")
    adding.yes.click()
    settle(qtbot, window)
    dialog(ConflictDialog).yes.click()
    settle(qtbot, window)
    assert len(visits(planned)) == LOCATIONS + 1
    assert told(window).endswith("is added.")


def test_the_whole_wave_is_cancelled_and_back(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    screen.cancel_wave()
    asked = dialog(ReasonDialog)
    assert asked.yes.caption == "Cancel 12 visits"
    high = asked.reason.height()
    asked.reason.setPlainText("Khách hàng hoãn. " * 300)
    assert asked.reason.height() == high, "a long reason scrolls: the dialog is as high as it is"
    asked.reason.setPlainText("Khách hàng hoãn")
    asked.yes.click()
    settle(qtbot, window)
    assert {v.status for v in visits(planned)} == {VisitStatus.VOID}
    assert listed(screen).rows.rows == []
    screen.undo.undo()
    settle(qtbot, window)
    assert {v.status for v in visits(planned)} == {VisitStatus.PLANNED}
    assert len(listed(screen).rows.rows) == LOCATIONS


def test_a_wave_that_is_cancelled_says_so_in_its_program(planned: Path) -> None:
    change(planned, lambda workspace: workspace.planning.cancel_wave(1, "Khách hàng hoãn"))
    counts = on_disk(
        planned, lambda workspace: workspace.read(planning_queries.wave_counts, [1], today())
    )
    assert count_text(Words("en"), counts[1]) == "12 visits, all cancelled"


def test_some_locations_get_another_quota(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    view.rows.tick([view.rows.rows[0].visit_id, view.rows.rows[1].visit_id])
    names = [action.text() for action in screen.menu().actions() if action.isEnabled()]
    assert "Quota of the ticked locations…" in names
    screen.set_quota()
    asked = dialog(QuotaDialog)
    asked.quota.control.setText("0")
    asked.yes.click()
    settle(qtbot, window)
    assert told(window) == "The quota is kept; 2 visits above it are cancelled."
    assert len(listed(screen).rows.rows) == LOCATIONS - 2
    assert len(on_disk(planned, lambda w: w.read(planning_queries.location_quotas, 1))) == 2
    screen.undo.undo()
    settle(qtbot, window)
    assert len(listed(screen).rows.rows) == LOCATIONS
    screen.change_wave()
    settle(qtbot, window)
    changing = dialog(WaveDialog)
    changing.own.quota.control.setText("0")
    changing.save.click()
    settle(qtbot, window)
    assert told(window) == f"The wave Nay is saved. {LOCATIONS} planned visits break a rule now."


def test_a_wave_moves_with_its_visits(qtbot: QtBot, open_window: OpenWindow, planned: Path) -> None:
    change(planned, lambda w: w.programs.add_wave(1, "Sau", today() + timedelta(days=90)))
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    screen.change_wave()
    settle(qtbot, window)
    changing = dialog(WaveDialog)
    assert not changing.move_tick.isVisible()
    first = today() + timedelta(days=40)
    changing.starts.edit.setText(f"{first:%d/%m/%Y}")
    changing.ends.edit.setText(f"{first + timedelta(days=19):%d/%m/%Y}")
    assert changing.move_tick.isVisible()
    changing.name.edit.setText("Sau")
    changing.save.click()
    settle(qtbot, window)
    assert changing.name.error == "A wave named Sau is here already."
    assert all(v.planned_for and v.planned_for < first for v in visits(planned)), "all or nothing"
    changing.name.edit.setText("Nay")
    changing.save.click()
    settle(qtbot, window)
    assert told(window) == f"The wave Nay is saved. {LOCATIONS} visits are moved."
    days = [v.planned_for for v in visits(planned)]
    assert all(day is not None and day >= first for day in days)
    screen.undo.undo()
    settle(qtbot, window)
    assert (
        on_disk(planned, lambda w: w.read(visit_queries.programs))[0].waves[0].starts_on == today()
    )
    assert all(v.planned_for and v.planned_for < first for v in visits(planned))


def test_what_breaks_a_rule_is_marked_and_shown_alone(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    """A wave that is shortened without its visits leaves them outside; nothing is silent."""
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    assert not view.broken.isVisible()
    screen.change_wave()
    settle(qtbot, window)
    changing = dialog(WaveDialog)
    changing.ends.edit.setText(f"{today() + timedelta(days=9):%d/%m/%Y}")
    changing.move_tick.setChecked(False)
    changing.save.click()
    settle(qtbot, window)
    late = {v.visit_id for v in visits(planned)
            if v.due and v.due > today() + timedelta(days=9)}  # fmt: skip
    assert 0 < len(late) < LOCATIONS
    assert told(window) == (f"The wave Nay is saved. {len(late)} planned visits break a rule now.")
    assert view.broken.isVisible()
    chips = texts(view, 5)
    assert chips.count("Breaks a rule") == len(late)
    view.broken.show_.click()
    settle(qtbot, window)
    assert {record.visit_id for record in view.rows.rows} == late
    assert screen.listed().visits == late, "what is exported"
    said = [banner.accessibleName() for banner in view.pane.findChildren(Banner)]
    assert len(said) == 1
    assert "is not within Nay" in said[0]
    screen.undo.undo()
    settle(qtbot, window)
    assert not view.broken.isVisible()
    assert len(view.rows.rows) == LOCATIONS


def test_a_location_that_closes_says_what_is_planned_there(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    window.go(LOCATIONS_ROUTE)
    settle(qtbot, window)
    places = window.screen_
    assert isinstance(places, LocationsScreen)
    qtbot.waitUntil(lambda: len(places.table.locations.rows) == LOCATIONS)
    places.table.locations.tick([1, 2], on=True)
    places.doing.archive_chosen()
    settle(qtbot, window)
    assert told(window) == (
        "2 locations are archived. 2 visits that are not begun are still planned there: cancel "
        "them in their waves."
    )
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    qtbot.waitUntil(view.broken.isVisible)
    view.broken.show_.click()
    settle(qtbot, window)
    assert {row.location_id for row in view.rows.rows} == {1, 2}
    said = [banner.accessibleName() for banner in view.pane.findChildren(Banner)]
    assert any("is archived: nobody is sent there any more." in each for each in said)


def test_a_stricter_rule_says_what_breaks_it(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    window.go(Route("programs"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ProgramsScreen)
    detail = screen.detail
    assert detail is not None
    detail.turn(1)
    most = detail.rules.numbers["most_visits"]
    most.control.setText("2")
    detail.commit()
    settle(qtbot, window)
    assert told(window) == (
        "4 planned visits break a rule now. They are marked in the visits of Nay."
    )
    most.control.setText("")
    detail.rules.numbers["quota"].control.setText("0")
    detail.commit()
    settle(qtbot, window)
    assert told(window).startswith("12 planned visits break a rule now.")


def test_many_conflicts_stand_by_rule(qtbot: QtBot, open_window: OpenWindow, planned: Path) -> None:
    window = open_window(planned)
    full = [Conflict(Bar.FULL, f"SV-{n}", "EV-01", n, {"count": n, "most": 3, "wave": "Nay"})
            for n in range(60)]  # fmt: skip
    closed = Conflict(Bar.CLOSED, "SV-1", "", 1, {"day": today()})
    window.resize(1024, 600)
    asked = ConflictDialog(Words("en"), [closed, *full], "Move them anyway", window, release=True)
    asked.open()
    QApplication.processEvents()
    assert asked.windowTitle() == "This breaks rules 61 times"
    labels = [label.text() for label in asked.sentences.findChildren(Label) if label.isVisible()]
    heads = ["Most visits of one evaluator", "Visit windows"]
    assert [text for text in labels if text in heads] == heads, "what is broken most first"
    assert len([text for text in labels if text.startswith("EV-01 has ")]) == 3
    more = next(b for b in asked.sentences.findChildren(Button) if b.caption.endswith("of 57"))
    more.click()
    QApplication.processEvents()
    labels = [label.text() for label in asked.sentences.findChildren(Label) if label.isVisible()]
    assert len([text for text in labels if text.startswith("EV-01 has ")]) == 43
    assert asked.height() <= 600 - 16
    assert asked.yes.mapTo(window, asked.yes.rect().bottomRight()).y() < 600
    asked.reject()


def test_the_most_visits_leave_some_without_anybody(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    furnish(folder, terms=Terms(most_visits=2))
    window = open_window(folder)
    screen = wave_screen(qtbot, window)
    screen.plan_visits()
    plan = dialog(PlanDialog)
    ready(qtbot, plan)
    assert len(plan._plan.unassigned) == LOCATIONS - 8
    sentence = plan._plan.unassigned[0].text("en")
    labels = [label.text() for label in plan.preview.findChildren(Label)]
    assert sentence in labels
    assert "4 visits without an evaluator" in labels


def test_search_and_filters_narrow_the_list(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    QTest.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filters.search.hasFocus()
    view.filters.search.setText("quan 11")
    qtbot.waitUntil(lambda: len(view.rows.rows) == 1)
    settle(qtbot, window)
    assert view.filters.count.text() == "1 visit"
    view.filters.search.setText("")
    qtbot.waitUntil(lambda: len(view.rows.rows) == LOCATIONS)
    region = view.filters.region
    region.setCurrentIndex(region.findText("Nam"))
    region.activated.emit(0)
    qtbot.waitUntil(lambda: len(view.rows.rows) == 8)
    view.filters.status.setCurrentIndex(4)
    view.filters.status.activated.emit(4)
    settle(qtbot, window)
    assert view.rows.rows == []


def test_the_place_is_kept_in_another_language(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    view = listed(screen)
    wanted = view.rows.rows[5].visit_id
    view.table.go_to(wanted)
    window.context.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    settle(qtbot, window)
    again = window.screen_
    assert isinstance(again, PlanningScreen)
    assert listed(again).table.record.visit_id == wanted
    assert again.plan.caption == "Lên lịch…"


@pytest.mark.parametrize(("size", "text_size"), [((1024, 600), 150), ((1366, 768), 100)])
def test_the_window_keeps_its_size(
    qtbot: QtBot, open_window: OpenWindow, planned: Path, size: tuple[int, int], text_size: int
) -> None:
    window = open_window(planned, language="vi", text_size=text_size)
    window.resize(*size)
    screen = wave_screen(qtbot, window)
    listed(screen)._open_pane(listed(screen).table.record)
    for tab in (CALENDAR, OVERDUE, LOAD):
        turn(qtbot, window, screen, tab)
    least = window.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True), least
    screen.plan_visits()
    plan = dialog(PlanDialog)
    assert plan.height() <= size[1]
    assert plan.width() <= size[0]
    assert (window.width(), window.height()) == size


def test_everything_that_takes_the_keys_has_a_name(
    qtbot: QtBot, open_window: OpenWindow, planned: Path
) -> None:
    window = open_window(planned)
    screen = wave_screen(qtbot, window)
    for tab in range(4):
        turn(qtbot, window, screen, tab)
        assert _nameless(window) == []
    for open_dialog in (screen.plan_visits, screen._add, screen.cancel_wave, screen.change_wave):
        open_dialog()
        settle(qtbot, window)
        asked = QApplication.activeModalWidget()
        assert asked is not None
        assert _nameless(asked) == []
        asked.reject()  # type: ignore[attr-defined]
    for place in ("programs", "evaluators"):
        window.go_to(place)
        settle(qtbot, window)
        tabs = getattr(getattr(window.screen_, "detail", None), "tabs", None)
        for tab in tabs.tabs if tabs is not None else ():
            tab.click()
            assert _nameless(window) == []
        assert _nameless(window) == []


def _nameless(top: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in top.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.accessibleName()
    ]
