"""Every screen for those who do not see it, and on the smallest window there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auditor.domain.my_visits import Group
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.frame import MINIMUM
from auditor.ui.kit.button import Button, Kind
from auditor.ui.settings import SettingsScreen
from auditor.ui.window import REPORTS, SETTINGS, SETUP, VISITS, MainWindow, Route
from forms import library
from tests.ui.capture.stage import begin_visit
from tests.ui.conftest import OpenWindow, overview_of, settle
from tests.ui.office import furnish

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)
Act = Callable[[MainWindow], object]
#: Screens of the office, which ``_walk`` does not go to.
OFFICE = (
    "programs", "locations", "clients", "import", "import_evaluators", "overdue", "wave",
    "evaluators", "branding",
)  # fmt: skip


@pytest.fixture
def every_type(folder: Path) -> Route:
    return Route("visit", begin_visit(folder, library.path("every-type")).id)


def _walk(
    qtbot: QtBot, window: MainWindow, capture: Route | None = None, report: Route | None = None
) -> Iterator[str]:
    """Go to every screen and dialog; its name."""
    for name, route in (("visits", VISITS), ("reports", REPORTS), ("settings", SETTINGS),
                        ("setup", SETUP), ("branding", Route("branding")),
                        ("actions", Route("actions")), ("report", report)):  # fmt: skip
        if route is not None:
            window.go(route)
            settle(qtbot, window)
            yield name
    window.go(VISITS)
    settle(qtbot, window)
    dialogs: tuple[Act, ...] = (
        MainWindow.search, MainWindow.new_visit, MainWindow.show_keys, MainWindow.show_about,
    )  # fmt: skip
    for act in dialogs:
        act(window)
        settle(qtbot, window)
        yield act.__name__
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        dialog.close()
    if capture is not None:
        yield from _walk_capture(qtbot, window, capture)


def _walk_capture(qtbot: QtBot, window: MainWindow, capture: Route) -> Iterator[str]:
    window.go(capture)
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    qtbot.waitUntil(lambda: screen.frame is not None)
    assert screen.frame is not None
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        assert screen.page is not None
        screen.page.complete()
        settle(qtbot, window)
        yield f"capture {section}"
    screen.open_check()
    settle(qtbot, window)
    yield "check"
    screen.close_check()


def _shown(window: QWidget) -> list[QWidget]:
    top = QApplication.activeModalWidget() or window
    return [each for each in top.findChildren(QWidget) if each.isVisible()]


def _is_part(widget: QWidget) -> bool:
    """Of another control, which speaks for it."""
    parent = widget.parentWidget()
    inside = isinstance(parent, (QComboBox, QAbstractSpinBox, QAbstractItemView))
    return inside or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")


def _name_and_role(widget: QWidget) -> tuple[str, QAccessible.Role]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if not interface:
        return "", QAccessible.Role.NoRole
    return interface.text(QAccessible.Text.Name), interface.role()


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


def test_every_control_says_what_it_is_and_one_is_primary_at_most(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, every_type: Route
) -> None:
    window = open_window(furnished)
    done = overview_of(window).groups[Group.DONE][0].id
    nameless: list[str] = []
    met = 0
    for place in _walk(qtbot, window, every_type, Route("report", done)):
        shown = [each for each in _shown(window) if not _is_part(each)]
        for widget in shown:
            name, role = _name_and_role(widget)
            told = bool(name.strip()) and role is not QAccessible.Role.NoRole
            if isinstance(widget, INTERACTIVE):
                met += 1
                if not told:
                    nameless.append(f"{place}: {type(widget).__name__}")
            elif _takes_focus(widget) and not widget.accessibleName().strip():
                nameless.append(f"{place}: {type(widget).__name__} takes the focus")
        primary = [w for w in shown if isinstance(w, Button) and w._kind is Kind.PRIMARY]
        assert len(primary) <= 1, (place, [button.caption for button in primary])
    assert not nameless
    assert met > 200


@pytest.mark.parametrize(("language", "text_size"), [("vi", 100), ("vi", 150), ("en", 150)])
def test_no_screen_is_larger_than_the_smallest_window_and_nothing_wider_than_its_place(
    qtbot: QtBot,
    open_window: OpenWindow,
    furnished: Path,
    every_type: Route,
    text_size: int,
    language: str,
) -> None:
    window = open_window(furnished, language=language, text_size=text_size)
    window.resize(*MINIMUM)
    done = overview_of(window).groups[Group.DONE][0].id
    for place in _walk(qtbot, window, every_type, Route("report", done)):
        least = window.minimumSizeHint()
        assert least.width() <= MINIMUM[0], (place, least)
        assert least.height() <= MINIMUM[1], (place, least)
        assert (window.width(), window.height()) == MINIMUM, place
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            assert dialog.height() <= MINIMUM[1], (place, dialog.size())
            assert dialog.width() <= MINIMUM[0], (place, dialog.size())
        for widget in _shown(window):
            if widget.objectName() == "scrolled":
                room = widget.parentWidget()
                assert room is not None
                assert widget.width() <= room.width(), (place, widget.width(), room.width())


def test_the_screens_of_the_office_say_what_they_are_and_fit(
    qtbot: QtBot, open_window: OpenWindow, folder: Path
) -> None:
    """Every control has a name and a role, what takes the focus too, and no screen is larger than
    the smallest window, in large Vietnamese text."""
    window = open_window(furnish(folder, planned=True), language="vi", text_size=150)
    window.resize(*MINIMUM)
    met = 0
    for kind in OFFICE:
        window.go(Route(kind, 1) if kind in ("wave", "branding") else Route(kind))
        settle(qtbot, window)
        for widget in _shown(window):
            if _is_part(widget):
                continue
            if isinstance(widget, INTERACTIVE) or _takes_focus(widget):
                met += 1
                name, role = _name_and_role(widget)
                assert name.strip(), (kind, type(widget).__name__)
                assert role is not QAccessible.Role.NoRole, (kind, name)
        least = window.minimumSizeHint()
        assert (window.width(), window.height()) == MINIMUM, (kind, least)
    assert met > 150


def test_a_small_window_of_large_text_shows_the_answer_that_one_goes_to(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, every_type: Route
) -> None:
    window = open_window(furnished, text_size=150)
    window.resize(*MINIMUM)
    window.go(every_type)
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    qtbot.waitUntil(lambda: screen.frame is not None)
    for question in ("queue", "story", "exit_clear", "heat"):
        screen.go_to(question)
        settle(qtbot, window)
        page = screen.page
        assert page is not None
        card = page.cards[question]
        top = card.mapTo(page.viewport(), card.rect().topLeft()).y()
        assert -8 <= top < page.viewport().height() - 100, question


def test_the_settings_reach_every_text_size(open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished, text_size=150)
    window.go(SETTINGS)
    screen = window.screen_
    assert isinstance(screen, SettingsScreen)
    assert [segment.accessibleName() for segment in screen.text_size.segments] == [
        "90%", "100%", "115%", "130%", "150%",
    ]  # fmt: skip
