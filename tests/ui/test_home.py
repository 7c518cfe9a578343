"""My visits: what it shows of a real workspace, and the keyboard."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from auditor.domain.records import place_title
from auditor.services.workspace import Workspace
from auditor.store.queries import finding
from auditor.ui.home.hero import Hero
from auditor.ui.home.screen import HomeScreen
from auditor.ui.kit.button import Button
from auditor.ui.kit.chip import Chip
from auditor.ui.palette import Palette
from auditor.ui.window import Route

from .conftest import OpenWindow, find, find_all, names, settle

Role = QAccessible.Role


def texts(window: object) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]  # type: ignore[attr-defined]


def test_the_newest_draft_is_the_one_to_go_on_with(
    open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    button = find(window, "Continue: Cà phê Sen Việt – Thảo Điền", Role.Button)
    assert button.hasFocus()
    line = next(text for text in texts(window) if text.startswith("Draft of "))
    assert line.endswith(": 2 of 4 answered.")


def test_every_visit_stands_in_its_group(open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    find(window, "Start: Cà phê Sen Việt – Lê Lợi", Role.Button)
    assert [c.text() for c in window.findChildren(Chip) if c.text().startswith("Tomorrow")]
    counts = {segment.accessibleName(): segment.accessibleDescription()
              for segment in window.screen_.tabs.segments}  # fmt: skip
    assert counts == {"All": "2", "Due": "1", "Drafts": "1", "Done": "1"}


DUE = 120
#: More planned visits at one location, all of EV-02; the last of them is due first.
MORE = f"""
WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {DUE})
INSERT INTO visit (uid, number, status, revision, location_id, checklist_version_id, evaluator,
    assignment_id, zone, answered, total, photos, created_at, version, tray)
SELECT 'more-' || k, 'M-' || k, 'planned', 1, 1, 1, 'EV-02', %s, 'UTC', 0, 4, 0,
    '2026-11-22T00:00:00.000000Z', 1, '[]' FROM n
"""
DAYS = f"""
WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {DUE})
INSERT INTO assignment (id, uid, location_id, due, evaluator, created_at)
SELECT 1000 + k, 'more-' || k, 1, date('now', (30 - k) || ' days'), 'EV-02',
    '2026-11-22T00:00:00.000000Z' FROM n
"""


def crowd(folder: Path) -> None:
    workspace = Workspace.open(folder)
    with workspace.store.raw_transaction() as raw:
        raw.execute(DAYS)
        raw.execute(MORE % "1000 + k")
    workspace.close()


def test_a_long_group_is_shown_page_by_page(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """Counts are of all of it; the focus goes on where the first page ended."""
    crowd(furnished)
    window = open_window(furnished, evaluator="BOSS")
    screen = window.screen_
    assert isinstance(screen, HomeScreen)
    counts = [segment.accessibleDescription() for segment in screen.tabs.segments]
    assert counts == [str(DUE + 2), str(DUE + 1), "1", "1"]
    assert len(screen.list.rows) == 50
    assert screen.list.rows[0].visit.number == f"M-{DUE}"
    late = sum(1 for chip in screen.list.findChildren(Chip) if chip.text().endswith(" overdue"))
    assert late == 1
    assert not screen.filter.whose.isVisible(), "nothing is of BOSS"
    more = find(window, "Show 50 more of 71", Role.Button)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(screen.list.rows) == 100
    assert screen.list.focused() == 50
    with qtbot.waitSignal(screen.opened) as opened:
        screen.list.rows[99].button.click()
    assert opened.args[0].number == f"M-{DUE - 98}"  # one of another location is among them


def test_who_opens_it_sees_what_is_theirs_and_may_look_at_all(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    crowd(furnished)
    window = open_window(furnished, evaluator="e-07")
    screen = window.screen_
    assert isinstance(screen, HomeScreen)
    shown = [screen.filter.whose.itemText(at) for at in range(2)]
    assert shown == ["Mine (2)", "Everybody's (122)"]
    assert [row.visit.number for row in screen.list.rows] == ["V-0002"]
    screen.filter.whose.setFocus()
    screen.filter.whose.setCurrentIndex(1)
    settle(qtbot, window)
    assert len(screen.list.rows) == 50
    assert any(text.startswith("EV-02 · ") for text in texts(window)), "whose they are"
    assert screen.filter.whose.hasFocus()
    screen.order.setCurrentIndex(1)
    settle(qtbot, window)
    assert screen.list.rows[0].visit.location == "Lê Lợi"
    assert {row.visit.location for row in screen.list.rows[1:]} == {"Quận 1"}


def test_the_done_tab_offers_the_report(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    done = find(window, "Done", Role.RadioButton)
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    find(window, "Report: Cà phê Sen Việt – Quận 1", Role.Button)
    find(window, "Read the answers: Cà phê Sen Việt – Quận 1", Role.Button)
    assert not find_all(window, "Start:", Role.Button)
    assert "75.0" in texts(window)


def test_arrows_walk_from_the_big_button_through_the_rows_and_enter_opens(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    first = window.focusWidget()
    assert first.accessibleName().startswith("Start: Cà phê Sen Việt – Lê Lợi")
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert window.focusWidget() is first, "there is no row below the last"
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert isinstance(window.focusWidget().parentWidget(), Hero)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.route.kind == "visit")


def test_search_finds_without_marks_and_goes_there(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.search()
    settle(qtbot, window)
    edit = find(window, "Find or go to…", Role.EditableText, QLineEdit)
    edit.setText("quan 1 V-0001")
    settle(qtbot, window)
    with qtbot.waitSignal(window.screen_.destroyed):
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.route == Route("report", 1)
    settle(qtbot, window)


def test_search_finds_an_old_visit_by_its_number(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the newest are looked through as one types."""
    monkeypatch.setattr(finding, "NEWEST", 1)
    window = open_window(furnished)
    window.search()
    settle(qtbot, window)
    palette = window.findChild(Palette)
    palette.edit.setText("v-0001")
    settle(qtbot, window)
    assert palette.none.isHidden()
    with qtbot.waitSignal(palette.visit_chosen) as chosen:
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert chosen.args[0].number == "V-0001"
    settle(qtbot, window)


def test_typing_nonsense_in_search_says_so(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.search()
    settle(qtbot, window)
    edit = find(window, "Find or go to…", Role.EditableText, QLineEdit)
    edit.setText("xyzzy")
    settle(qtbot, window)
    assert "Nothing is called that." in texts(window)


def test_the_backup_button_makes_one_and_the_card_says_when(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    assert any("There is no backup yet." in text for text in texts(window))
    qtbot.mouseClick(find(window, "Back up now", Role.Button), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(list((furnished / "backups").glob("*.db"))) == 1
    assert any("Last backup: today" in text for text in texts(window))


def test_after_a_crash_the_open_draft_is_offered_once(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    from auditor.ui import session

    session.begin(furnished, 3)
    window = open_window(furnished)
    told = [text for text in texts(window) if "The app was cut off." in text]
    assert len(told) == 1
    assert "2 of 4 answered: continue?" in told[0]
    window.go_home()
    settle(qtbot, window)
    assert not [text for text in texts(window) if "The app was cut off." in text]


def test_after_a_crash_in_the_middle_of_submitting_it_says_that_it_is_handed_in(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    from auditor.ui import session

    session.begin(furnished, 1)
    window = open_window(furnished)
    told = [text for text in texts(window) if "The app was cut off." in text]
    assert len(told) == 1
    assert "Visit V-0001 (Cà phê Sen Việt – Quận 1) was handed in before" in told[0]
    qtbot.mouseClick(find(window, "Report", Role.Button, Button), Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.route == Route("report", 1)


def test_a_small_window_keeps_its_size_and_loses_no_button(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: window.width() == 1024)
    assert (window.width(), window.height()) == (1024, 600)
    screen = window.screen_
    assert isinstance(screen, HomeScreen)
    for name in names(window, Role.Button):
        button = find_all(window, name, Role.Button, Button)
        for each in button:
            right = each.mapTo(window, each.rect().topRight()).x()
            assert right < 1024, name
    find(window, "Back up now", Role.Button)


def test_a_place_whose_name_holds_the_brand_says_it_once() -> None:
    assert place_title("Sông Hồng", "Sông Hồng – Láng Hạ") == "Sông Hồng – Láng Hạ"
    assert place_title("Sông Hồng", "Láng Hạ") == "Sông Hồng – Láng Hạ"
    assert place_title("", "Láng Hạ") == "Láng Hạ"


def test_a_program_that_keeps_the_score_shows_none(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    client = workspace.places.add_client("Kín")
    program = workspace.programs.add_program(client.id, "Chương trình kín")
    wave = workspace.programs.add_wave(program.id, "Đợt 1")
    with workspace.store.unit() as unit:
        unit.execute(text("UPDATE program SET hide_score = 1"))
        unit.execute(text(f"UPDATE visit SET wave_id = {wave.id} WHERE status = 'submitted'"))
    workspace.close()
    window = open_window(furnished)
    qtbot.mouseClick(find(window, "Done", Role.RadioButton), Qt.MouseButton.LeftButton)
    find(window, "Read: Cà phê Sen Việt – Quận 1", Role.Button)
    assert not find_all(window, "Report:", Role.Button)
    assert "75.0" not in texts(window)


def test_a_page_that_takes_long_to_open_says_so(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """Everything is checked after a crash: nobody looks at a blank page meanwhile."""
    window = open_window(furnished)
    done = threading.Event()
    window.context.lane.run(done.wait)
    window.go(Route("settings"))
    window.go(Route("visits"))
    try:
        qtbot.waitUntil(lambda: "Opening your data…" in texts(window))
    finally:
        done.set()
    settle(qtbot, window)
    assert "Opening your data…" not in texts(window)


def test_a_visit_that_takes_long_to_open_says_so(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    done = threading.Event()
    window.context.lane.run(done.wait)
    window.go(Route("visit", 3))
    try:
        qtbot.waitUntil(lambda: "Opening the visit…" in texts(window))
    finally:
        done.set()
    settle(qtbot, window)
    assert "Opening the visit…" not in texts(window)


def test_where_it_is_narrow_the_name_of_the_place_has_the_room(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    wide = window.screen_.hero.button.width()
    window.context.change_settings(text_size=150)
    window.resize(1024, 600)
    settle(qtbot, window)
    hero = window.screen_.hero
    assert hero.button.width() < 1.5 * wide - 40, "its key is not shown"
    line = next(label for label in hero.findChildren(QLabel) if label.text().startswith("Draft"))
    assert line.heightForWidth(line.width()) <= line.height(), "all of it can be read"


def test_a_search_without_a_hit_says_so_below_the_field(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.search()
    settle(qtbot, window)
    palette = window.findChild(Palette)
    palette.edit.setText("zzz")
    qtbot.waitUntil(palette.none.isVisible)
    assert 0 < palette.none.y() - palette.edit.geometry().bottom() < 30


def test_the_big_button_can_take_the_focus_at_once(
    open_window: OpenWindow, furnished: Path, qtbot: QtBot
) -> None:
    """A window that becomes the active one just then gives its focus to what is visible."""
    window = open_window(furnished)
    window.go_home()
    home = window.screen_
    assert isinstance(home, HomeScreen)
    seen: list[bool] = []
    home.shown.connect(lambda: seen.append(home.hero.button.isVisible()))
    settle(qtbot, window)
    assert seen == [True]
