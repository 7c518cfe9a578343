"""The form of a program: rules are checked while they are typed, kept, undone; a wave differs and
does not differ any more."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.domain.records import ProgramRecord
from auditor.domain.visit_hours import VisitHours
from auditor.store.queries import visits as visit_queries
from auditor.ui.kit.rows import Column, RowModel
from auditor.ui.programs.detail import RULES, WAVES, ProgramDetail
from auditor.ui.programs.dialogs import MonthsDialog, WaveDialog
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.programs.rules import money
from auditor.ui.programs.screen import ProgramsScreen
from auditor.ui.window import PROGRAMS, VISITS, MainWindow
from auditor.words import Words

from .conftest import OpenWindow, settle
from .office import dialog, furnish, on_disk, today


@pytest.fixture
def office(folder: Path) -> Path:
    return furnish(folder)


def program(folder: Path) -> ProgramRecord:
    return on_disk(folder, lambda workspace: workspace.read(visit_queries.programs))[0]


def programs(qtbot: QtBot, window: MainWindow, tab: int = RULES) -> ProgramsScreen:
    window.go(PROGRAMS)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ProgramsScreen)
    qtbot.waitUntil(lambda: screen.detail is not None)
    shown_by(screen).tabs.tabs[tab].click()
    return screen


def shown_by(screen: ProgramsScreen) -> ProgramDetail:
    assert screen.detail is not None
    return screen.detail


def kept(qtbot: QtBot, shown: ProgramDetail) -> None:
    shown.commit()
    qtbot.waitUntil(lambda: shown.settled and not shown.unsaved)


def test_all_rules_are_kept(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    window = open_window(office)
    shown = shown_by(programs(qtbot, window))
    for name in ("hide_score", "staff_names", "dayparts_only", "receipt_needed"):
        shown.ticks[name].click()
    for name, text in (("photos_least", "3"), ("quota", "2"), ("most_visits", "8"),
                       ("rotation", "3"), ("lockout_days", "45"), ("fee", "200.000"),
                       ("expense_cap", "90000")):  # fmt: skip
        shown.rules.numbers[name].control.setText(text)
    shown.rules.windows.add.click()
    row = shown.rules.windows.rows[0]
    row.opens.setText("9h")
    row.closes.setText("21:30")
    row.days[5].click()
    row.closes.editingFinished.emit()
    shown.overview.target.control.setText("82,5")
    shown.overview.objectives.setPlainText("Đo sự nhất quán.")
    kept(qtbot, shown)
    found = program(office)
    rules, terms = found.rules, found.terms
    assert (rules.hide_score, rules.show_last_visit, rules.staff_names) == (True, False, True)
    assert (rules.dayparts_only, rules.receipt_needed, rules.photos_least) == (False, True, 3)
    assert rules.windows == (VisitHours(frozenset(range(6)), time(9), time(21, 30)),)
    assert (terms.quota, terms.most_visits, terms.rotation, terms.lockout_days) == (2, 8, 3, 45)
    assert (terms.fee, terms.expense_cap, terms.target) == (200_000, 90_000, Decimal("82.5"))
    assert found.objectives == "Đo sự nhất quán."


def test_what_is_wrong_is_told_and_the_rest_is_kept(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    shown = shown_by(programs(qtbot, window))
    rotation = shown.rules.numbers["rotation"]
    rotation.control.setText("vài")
    assert rotation.error == "This is no whole number. Type digits, such as 3."
    rotation.control.setText("99")
    assert rotation.error == "From 0 to 60."
    shown.rules.numbers["quota"].control.setText("4")
    shown.commit()
    qtbot.waitUntil(lambda: shown.settled and shown.program.terms.quota == 4)
    assert program(office).terms.rotation == 0
    assert shown.unsaved
    assert not window.go(VISITS), "what is wrong is not lost without a word"
    asked = QApplication.activeModalWidget()
    assert asked is not None
    asked.reject()
    rotation.control.setText("2")
    assert rotation.error == ""
    kept(qtbot, shown)
    assert program(office).terms.rotation == 2


def test_a_refused_name_holds_nothing_else_up(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    shown = shown_by(programs(qtbot, window))
    shown.name.edit.setText("")
    shown.ticks["hide_score"].click()
    qtbot.waitUntil(lambda: shown.settled and shown.program.rules.hide_score)
    assert shown.name.error == "The name is empty. Type a name."
    assert program(office).name == "Trải nghiệm"


def test_windows_say_what_they_mean(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    shown = shown_by(programs(qtbot, open_window(office)))
    editor = shown.rules.windows
    editor.add.click()
    row = editor.rows[0]
    row.opens.setText("22:00")
    row.closes.setText("2:00")
    assert row.note.text() == "Until the morning after"
    row.closes.setText("25:99")
    assert row.note.text().startswith("Type times such as 9:00")
    row.opens.setText("")
    row.closes.setText("")
    assert row.note.text() == "The whole day"
    for day in range(5):
        row.days[day].click()
    assert row.note.text() == "Choose at least one day."
    row.remove.click()
    kept(qtbot, shown)
    assert program(office).rules.windows == ()


def test_changes_are_undone_and_done_again(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = programs(qtbot, window)
    shown = shown_by(screen)
    shown.ticks["hide_score"].click()
    kept(qtbot, shown)
    shown.rules.numbers["quota"].control.setText("3")
    kept(qtbot, shown)
    screen.undo_buttons.back.click()
    settle(qtbot, window)
    assert shown.rules.numbers["quota"].control.text() == "1"
    assert program(office).terms.quota == 1
    screen.undo_buttons.back.click()
    settle(qtbot, window)
    assert not shown.ticks["hide_score"].isChecked()
    assert not screen.undo_buttons.back.isEnabled()
    screen.undo_buttons.again.click()
    settle(qtbot, window)
    assert shown.ticks["hide_score"].isChecked()
    assert program(office).rules.hide_score
    shown.rules.numbers["quota"].control.setText("5")
    kept(qtbot, shown)
    assert not screen.undo_buttons.again.isEnabled(), "something new was done"


def test_a_program_is_archived_and_brought_back(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = programs(qtbot, window)
    screen.archive.click()
    settle(qtbot, window)
    assert not program(office).active
    assert screen.archive.caption == "Bring back"
    screen.undo.undo()
    settle(qtbot, window)
    assert program(office).active


def test_a_wave_differs_and_is_as_the_program_again(
    qtbot: QtBot, open_window: OpenWindow, office: Path
) -> None:
    window = open_window(office)
    screen = programs(qtbot, window, WAVES)
    shown = shown_by(screen)
    shown.overview.target.control.setText("80")
    kept(qtbot, shown)
    shown.waves.rows[0].edit.click()
    asked = dialog(WaveDialog)
    assert asked.own.target.control.placeholderText() == "As the program: 80"
    asked.own.target.control.setText("101")
    asked.save.click()
    assert asked.own.target.error == "From 0 to 100."
    asked.own.target.control.setText("85")
    asked.save.click()
    settle(qtbot, window)
    assert program(office).waves[0].own.target == 85
    qtbot.waitUntil(lambda: shown.program.waves[0].own.target == 85)
    shown.waves.rows[0].edit.click()
    asked = dialog(WaveDialog)
    assert asked.own.target.control.text() == "85"
    clear = asked.own.target.parent().clear  # type: ignore[union-attr]
    clear.click()
    asked.save.click()
    settle(qtbot, window)
    assert program(office).waves[0].own.target is None


def test_a_year_of_waves(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    window = open_window(office)
    screen = programs(qtbot, window, WAVES)
    shown_by(screen).waves.year.click()
    asked = dialog(MonthsDialog)
    assert re.fullmatch(r"\d\d/\d{4}", asked.first.text())
    asked.first.edit.setText("15/3/2031")
    assert asked.said.text() == "12 waves: Mar 2031 to Feb 2032"
    asked.first.edit.setText("1/2031")
    assert asked.said.text() == "12 waves: Jan 2031 to Dec 2031"
    asked.count.control.setText("zwölf")
    assert not asked.save.isEnabled()
    asked.count.control.setText("12")
    asked.save.click()
    settle(qtbot, window)
    waves = program(office).waves
    assert len(waves) == 13
    assert (waves[-1].name, waves[-1].ends_on and waves[-1].ends_on.day) == ("Dec 2031", 31)
    screen.undo.undo()
    settle(qtbot, window)
    assert len(program(office).waves) == 1


def test_an_empty_wave_is_removed(qtbot: QtBot, open_window: OpenWindow, office: Path) -> None:
    window = open_window(office)
    screen = programs(qtbot, window, WAVES)
    shown_by(screen).waves.rows[0].remove.click()
    settle(qtbot, window)
    assert program(office).waves == ()
    screen.undo.undo()
    settle(qtbot, window)
    assert [wave.starts_on for wave in program(office).waves] == [today()]


@pytest.mark.parametrize(
    ("text", "value", "wrong"),
    [("", None, False), ("82.5", Decimal("82.5"), False), ("82,5", Decimal("82.5"), False),
     ("1.250.000", Decimal(1_250_000), False), ("250.000", Decimal(250_000), False),
     ("12.345678", Decimal("12.345678"), True), ("-1", Decimal(-1), True), ("x", None, True)],
)  # fmt: skip
def test_numbers_as_people_type_them(
    qtbot: QtBot, text: str, value: Decimal | None, wrong: bool
) -> None:
    field = NumberField(Words("en"), "Fee", "VND", allowed=Range(0, None, places=2))
    qtbot.addWidget(field)
    QTest.keyClicks(field.control, text)
    assert (field.value, field.wrong) == (value, wrong)
    assert bool(field.error) == wrong


@pytest.mark.parametrize(
    ("language", "amount", "told"),
    [("en", Decimal(200_000), "200,000 VND"), ("vi", Decimal("1250.5"), "1.250,5 VND"),
     ("en", None, "–")],
)  # fmt: skip
def test_money_is_grouped(language: str, amount: Decimal | None, told: str) -> None:
    assert money(Words(language), amount, "VND") == told


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("amount", [Decimal(250_000), Decimal("1250.5"), Decimal(999)])
def test_a_field_shows_money_grouped_and_reads_it_back(
    qtbot: QtBot, language: str, amount: Decimal
) -> None:
    field = NumberField(Words(language), "Fee", "VND", allowed=Range(0, None, places=2))
    qtbot.addWidget(field)
    field.show_value(amount)
    assert field.control.text() + " VND" == money(Words(language), amount, "VND")
    assert field.value == amount
    field.control.setText("250 000")
    assert field.value == 250_000


def test_rows_come_page_by_page(qtbot: QtBot) -> None:
    model = RowModel([Column("N", str)], lambda row: row)
    model.show(range(3), more=True)
    parent = model.index(-1, -1)
    assert model.canFetchMore(parent)
    with qtbot.waitSignal(model.wanted):
        model.fetchMore(parent)
    assert not model.canFetchMore(parent), "one page is asked for at a time"
    model.tick((1, 4))
    model.add([3, 4], more=False)
    assert model.rowCount() == 5
    assert model.ticked == {1, 4}
    model.show([1], more=False)
    assert model.ticked == {1}, "what is gone is not ticked"
    assert model.data(model.index(0, 1), 9999) is None
