"""A newer version of the checklist: offered and shown in full; nothing moves before one says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor import bootstrap
from auditor.domain.errors import NotSavedError
from auditor.domain.facts import VisitRules
from auditor.domain.settings import Settings, Theme
from auditor.services.migrating import Migrating
from auditor.services.workspace import Workspace
from auditor.ui.capture.newer.migration import MigrationDialog
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.diff import Part, parts
from auditor.ui.window import MainWindow, Route
from forms.answers import Answer
from tests.ui.capture.hands import card, focus, named, on_disk, press
from tests.ui.capture.stage import FIXTURES, begin_visit

SMALL = (FIXTURES / "small.yaml").read_text(encoding="utf-8")
GREETED = """      - {id: greeted, type: choice, list: yna, points: 5, required: true, \
label: {vi: "Có chào không?", en: "Greeted?"}, evidence: {comment: on_fail}}
"""
NEXT = (
    SMALL.replace('version: "1"', 'version: "2"')
    .replace('vi: "Có chào không?", en: "Greeted?"', 'vi: "Có chào ngay không?", en: "Greeted?"')
    .replace("type: scale, points: 4", "type: scale, max: 3, points: 4")
    .replace("""      - {id: name, type: text, label: {vi: "Tên món", en: "Dish"}}\n""", "")
    .replace(
        "      - {id: nps,",
        """      - {id: drink, type: text, required: true, label: {vi: "Thức uống", en: "Drink"}}
      - {id: nps,""",
    )
)
Act = Callable[[], object]


def publish(folder: Path, text: str = NEXT) -> None:
    workspace = Workspace.open(folder)
    try:
        workspace.checklists.add(text.encode(), "small.yaml")
    finally:
        workspace.close()


def begin(folder: Path) -> int:
    """A draft on version 1 with two answers, one of which version 2 does not take."""
    assert GREETED in SMALL
    visit = begin_visit(folder, FIXTURES / "small.yaml")
    workspace = Workspace.open(folder)
    try:
        progress = workspace.visits.open(visit.id)
        from forms.filling import Filling

        filling = Filling(progress.compiled, {}, progress.at)
        for id, answer in (
            ("greeted", Answer("yes")),
            ("taste", Answer(5, comment="đậm")),
            ("name", Answer("Phở")),
        ):
            filling.set((id, 0), answer)
            workspace.visits.save_answer(visit.id, (id, 0), answer, filling.progress())
        workspace.visits.save_place(visit.id, "arrival", "taste")
    finally:
        workspace.close()
    return visit.id


@pytest.fixture
def open_window(qtbot: QtBot, folder: Path) -> Iterator[Callable[..., MainWindow]]:
    """The window of the app, in a visit."""
    opened: list[MainWindow] = []

    def show(visit: int, language: str = "en") -> MainWindow:
        settings = Settings(language=language, theme=Theme.LIGHT, evaluator="E-07")
        window = bootstrap.make_window(settings, folder, folder)
        opened.append(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.ready):
            window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        window.go(Route("visit", visit))
        arrived(qtbot, window)
        return window

    yield show
    for window in opened:
        window.close()
        window.context.close()
        window.deleteLater()


def arrived(qtbot: QtBot, window: MainWindow) -> CaptureScreen:
    """The visit is on the screen, and all that was asked is answered."""

    def there() -> bool:
        screen = window.screen_
        shown = isinstance(screen, CaptureScreen) and screen.page is not None
        return shown and not window.context.lane.busy

    qtbot.waitUntil(there)
    with qtbot.waitActive(window):
        window.activateWindow()
    QApplication.processEvents()
    assert isinstance(window.screen_, CaptureScreen)
    window.screen_.focus_first()
    return window.screen_


def banner(screen: CaptureScreen) -> str:
    assert screen.frame is not None
    found = screen.frame.newer
    return found.banner.label.text() if found.isVisible() and found.banner is not None else ""


def tab_to(name: str, *, back: bool = False) -> QWidget:
    """Press Tab until the button of that name has the focus."""
    for _ in range(60):
        if focus().accessibleName() == name:
            return focus()
        press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name}")


def see(qtbot: QtBot, screen: CaptureScreen) -> MigrationDialog:
    """From the card to the dialog, by keys."""
    tab_to("See what changes", back=True)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.newer.dialog is not None and screen.newer.dialog.isVisible())
    dialog = screen.newer.dialog
    assert dialog is not None
    qtbot.waitActive(dialog)
    dialog.list.setFocus()
    return dialog


def escape(qtbot: QtBot, screen: CaptureScreen) -> None:
    with qtbot.waitActive(screen.window()):
        press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: screen.newer.dialog is None)
        screen.window().activateWindow()
    assert screen.page is not None
    assert focus() is screen.page.current_card


def words_in(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def state(folder: Path) -> list[Any]:
    """All that a move could change; where the person is moves with the focus."""
    return [
        on_disk(folder, "SELECT * FROM answer ORDER BY question"),
        on_disk(folder, "SELECT * FROM event ORDER BY id"),
        on_disk(folder, "SELECT checklist_version_id, answered, total, version FROM visit"),
    ]


def version(folder: Path) -> str:
    query = (
        "SELECT version FROM checklist_version WHERE id = (SELECT checklist_version_id FROM visit)"
    )
    return str(on_disk(folder, query)[0][0])


def test_nothing_is_said_without_a_newer_version(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    window = open_window(begin(folder))
    assert banner(arrived(qtbot, window)) == ""


def test_by_keys_from_the_offer_to_the_new_version_and_back(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    window = open_window(visit)
    screen = arrived(qtbot, window)
    assert banner(screen) == "A newer version of this checklist is here (2)."
    before = state(folder)
    see(qtbot, screen)
    assert state(folder) == before  # nothing has changed yet
    tab_to("Move to 2")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    moved = arrived(qtbot, window)
    assert QApplication.activeModalWidget() is None
    assert version(folder) == "2"
    assert moved.draft.compiled.checklist.version == "2"
    assert moved.page is not None
    assert moved.page.current == "greeted"  # where Tab led past
    assert moved.draft.filling.answer("taste") == Answer(comment="đậm")
    assert moved.draft.filling.answer("greeted") == Answer("yes")
    assert banner(moved) == "Now on version 2. 1 question must be answered again."
    card(moved, "taste")
    press("3")  # and it goes on by keys
    qtbot.waitUntil(lambda: moved.session.saver.clean)
    assert moved.draft.filling.answer("taste").value == 3
    tab_to("Undo", back=True)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_ is not moved)
    back = arrived(qtbot, window)
    assert version(folder) == "1"
    assert banner(back) == "Back on version 1, with every answer."
    assert back.draft.filling.answer("name") == Answer("Phở")
    tab_to("Close", back=True)
    press(Qt.Key.Key_Return)
    assert banner(back) == ""  # not offered again in this window
    assert back.page is not None
    assert focus() is back.page.current_card


def test_the_new_version_opens_at_the_same_question(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    window = open_window(visit)
    screen = arrived(qtbot, window)
    card(screen, "wait")
    named(screen, QPushButton, "See what changes").click()
    qtbot.waitUntil(lambda: screen.newer.dialog is not None)
    assert screen.newer.dialog is not None
    screen.newer.dialog.move_there.click()
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    moved = arrived(qtbot, window)
    assert moved.page is not None
    assert moved.page.current == "wait"
    assert moved.frame is not None
    assert moved.frame.section == "words"


def test_the_way_back_stays_when_the_window_is_built_anew(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    """Other words, another size: undo is still there."""
    visit = begin(folder)
    publish(folder)
    window = open_window(visit)
    screen = arrived(qtbot, window)
    screen.newer.see()
    qtbot.waitUntil(lambda: screen.newer.dialog is not None)
    assert screen.newer.dialog is not None
    screen.newer.dialog.move_there.click()
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    moved = arrived(qtbot, window)
    window.context.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.screen_ is not moved)
    again = arrived(qtbot, window)
    assert banner(again) == "Đang dùng phiên bản 2. Cần trả lời lại 1 câu hỏi."
    window.resize(1024, 600)
    QApplication.processEvents()
    named(again, QPushButton, "Hoàn tác").click()
    qtbot.waitUntil(lambda: window.screen_ is not again)
    assert arrived(qtbot, window).draft.compiled.checklist.version == "1"


def test_the_dialog_says_all_that_would_change(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit))
    dialog = see(qtbot, screen)
    said = words_in(dialog)
    for expected in (
        "Move to version 2?",
        "Answer again",
        "Taste",
        "Scale: 1–5 → 1–3",
        "Your answer was: 5 / 5 · đậm",
        "New questions",
        "Drink",
        "Required",
        "No longer asked",
        "Dish",
        "Your answer: Phở",
        "3/9",
        "1/9",
    ):
        assert expected in said, said
    assert "Reworded" not in said  # only the Vietnamese words have changed


def test_old_and_new_words_stand_in_the_persons_language(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit, language="vi"))
    screen.newer.see()
    qtbot.waitUntil(lambda: screen.newer.dialog is not None)
    assert screen.newer.dialog is not None
    named(screen.newer.dialog, QWidget, "Trước: Có chào không? Nay: Có chào ngay không?")


def test_esc_stays(open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit))
    before = state(folder)
    see(qtbot, screen)
    escape(qtbot, screen)
    assert state(folder) == before
    assert banner(screen) == "A newer version of this checklist is here (2)."
    assert see(qtbot, screen).isVisible()  # and may be looked at again


def test_not_now_holds_for_this_window(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    window = open_window(visit)
    screen = arrived(qtbot, window)
    tab_to("Not now", back=True)
    press(Qt.Key.Key_Return)
    assert banner(screen) == ""
    window.go(Route("visit", visit))
    assert banner(arrived(qtbot, window)) == ""
    window.close()
    window.context.close()
    another = open_window(visit)
    assert banner(arrived(qtbot, another)) == "A newer version of this checklist is here (2)."


def test_what_is_being_typed_is_on_disk_before_the_comparison(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit))
    card(screen, "name")
    press(Qt.Key.Key_Return)
    press("Bun")
    screen.newer.see()
    qtbot.waitUntil(lambda: screen.newer.dialog is not None)
    assert screen.newer.dialog is not None
    typed = on_disk(folder, "SELECT value FROM answer WHERE question = 'name'")
    assert typed[0][0] in ('"Bun"', '"PhởBun"')
    assert any("Bun" in said for said in words_in(screen.newer.dialog))


def test_a_move_that_fails_says_why_and_changes_nothing(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit))
    dialog = see(qtbot, screen)

    def full(*_args: object) -> None:
        raise NotSavedError("disk_full", "The disk is full.")

    monkeypatch.setattr(Migrating, "migrate", full)
    before = state(folder)
    tab_to("Move to 2")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.refused.isVisible())
    assert dialog.refused.label.text() == "The disk is full."
    assert state(folder) == before
    escape(qtbot, screen)
    card(screen, "greeted")
    press("2")  # and one can go on
    assert screen.draft.filling.answer("greeted").value == "no"


def test_a_move_that_stumbles_leaves_the_draft_open(
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit = begin(folder)
    publish(folder)
    screen = arrived(qtbot, open_window(visit))
    dialog = see(qtbot, screen)
    monkeypatch.setattr(Migrating, "migrate", _stumble)
    with qtbot.captureExceptions() as told:
        screen.newer._move()
        qtbot.waitUntil(lambda: dialog.refused.isVisible())
    assert [kind for kind, *_ in told] == [ZeroDivisionError]
    assert "was not moved" in dialog.refused.label.text()
    escape(qtbot, screen)
    card(screen, "greeted")
    press("2")
    assert screen.draft.filling.answer("greeted").value == "no"


def _stumble(*_: object) -> None:
    raise ZeroDivisionError


def test_a_program_that_hides_the_score_hides_it_here(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    publish(folder, NEXT.replace("points: 5,", "points: 9,"))
    screen = arrived(qtbot, open_window(visit))
    said = words_in(see(qtbot, screen))
    assert "Running score" in said
    assert "Points: 5 → 9" in said
    escape(qtbot, screen)
    screen.draft.rules = VisitRules(hide_score=True)
    said = words_in(see(qtbot, screen))
    assert "Running score" not in said
    assert "Scoring" not in said


def test_it_fits_a_small_window_and_scrolls_by_keys(
    open_window: Callable[..., MainWindow], qtbot: QtBot, folder: Path
) -> None:
    visit = begin(folder)
    many = "".join(
        f"      - {{id: extra{n}, type: text, label: {{vi: Thêm, en: More {n}}}}}\n"
        for n in range(40)
    )
    publish(folder, NEXT + many)
    window = open_window(visit)
    window.resize(1024, 600)
    QApplication.processEvents()
    screen = arrived(qtbot, window)
    dialog = see(qtbot, screen)
    assert dialog.height() <= 600
    assert "More 39" not in words_in(dialog)
    named(dialog, QPushButton, "Show 16 more").click()
    QApplication.processEvents()
    assert focus() is dialog.list
    assert "More 39" in words_in(dialog)
    bar = dialog.list.verticalScrollBar()
    press(Qt.Key.Key_Down)
    assert bar.value() > 0
    press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Có chào không?", "Có chào ngay không?",
         [(Part.SAME, "Có chào "), (Part.ADDED, "ngay "), (Part.SAME, "không?")]),
        ("a b c", "a c", [(Part.SAME, "a "), (Part.REMOVED, "b "), (Part.SAME, "c")]),
        ("a b c", "a x c",
         [(Part.SAME, "a "), (Part.REMOVED, "b "), (Part.ADDED, "x "), (Part.SAME, "c")]),
        ("", "new", [(Part.ADDED, "new")]),
        ("old", "", [(Part.REMOVED, "old")]),
        ("one two three", "four five", [(Part.REMOVED, "one two three"),
                                        (Part.ADDED, "four five")]),
    ],
)  # fmt: skip
def test_old_and_new_words(old: str, new: str, expected: list[tuple[Part, str]]) -> None:
    found = parts(old, new)
    assert found == expected
    assert "".join(text for part, text in found if part is not Part.ADDED) == old
    assert "".join(text for part, text in found if part is not Part.REMOVED) == new
