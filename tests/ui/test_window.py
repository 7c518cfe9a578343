"""The frame: going places, restyling live, errors, the second start, bugs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from auditor import bootstrap
from auditor.domain.errors import RefusedError
from auditor.domain.settings import Settings, Theme
from auditor.services import settings as kept
from auditor.services.folders import default_folder
from auditor.services.workspace import Workspace
from auditor.store import driver
from auditor.store import folder as layout
from auditor.ui import instance as instance_
from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.crash import BugHook
from auditor.ui.frame import Frame
from auditor.ui.home.screen import HomeScreen
from auditor.ui.instance import Instance, raise_other
from auditor.ui.keys import KeysDialog
from auditor.ui.kit.callout import Callout
from auditor.ui.start_visit import StartVisitDialog
from auditor.ui.window import SETTINGS, VISITS, Route

from .conftest import OpenWindow, find, names, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
ROOT = Path(__file__).resolve().parents[2]


def test_language_changes_live_and_is_kept(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(SETTINGS)
    settle(qtbot, window)
    qtbot.mouseClick(find(window, "Tiếng Việt", Role.RadioButton), LEFT)
    settle(qtbot, window)
    shown = [item.accessibleName() for item in window.rail.items.values() if item.isVisible()]
    assert shown == ["Ghé thăm", "Chương trình", "Địa điểm", "Đánh giá viên", "Khắc phục",
                     "Báo cáo", "Cài đặt"]  # fmt: skip
    assert window.route == SETTINGS
    assert window.focusWidget() is find(window, "Tiếng Việt", Role.RadioButton)
    assert kept.load().language == "vi"


def test_theme_and_text_size_change_live(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    light = window.grab().toImage().pixelColor(1358, 700)
    before = find(window, "New visit", Role.Button).height()
    window.context.change_settings(theme=Theme.DARK, text_size=130)
    settle(qtbot, window)
    dark = window.grab().toImage().pixelColor(1358, 700)
    assert light == QColor(theme.LIGHT.bg)
    assert dark == QColor(theme.DARK.bg)
    assert find(window, "New visit", Role.Button).height() > before
    assert isinstance(window.screen_, HomeScreen)
    assert "Start: Cà phê Sen Việt – Lê Lợi, V-0002" in names(window, Role.Button)


def test_restyling_keeps_the_visit_that_is_open(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(Route("visit", 3))
    settle(qtbot, window)
    window.context.change_settings(language="vi", theme=Theme.DARK)
    settle(qtbot, window)
    assert window.route == Route("visit", 3)
    assert not window.rail.isVisible()


def test_an_error_stands_beside_its_cause(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished, language="vi")
    error = RefusedError("empty_name", "The name is empty. Type a name.")
    button = find(window, "Lượt mới", Role.Button)
    window.context.report_error(error, button)
    callout = window.findChild(Callout)
    assert callout.accessibleName() == error.text("vi")
    below = button.mapTo(window, button.rect().bottomLeft()).y()
    assert 0 < callout.y() - below < 12
    assert callout.geometry().right() <= window.width()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(Callout) is None)


def test_an_error_without_a_place_stands_across_the_top(
    open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.context.report_error(RefusedError("empty_name", "The name is empty. Type a name."))
    assert window.error.isVisible()
    assert window.error.label.text() == "The name is empty. Type a name."


def test_a_damaged_workspace_says_so_and_offers_its_backup(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    workspace.backups.make()
    workspace.close()
    database = furnished / "workspace.db"
    data = bytearray(database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    database.write_bytes(data)
    window = open_window(furnished)
    told = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "damaged" in told
    qtbot.mouseClick(find(window, "Restore the backup", Role.Button), LEFT)
    qtbot.mouseClick(find(window, "Restore", Role.Button), LEFT)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "Continue: Cà phê Sen Việt – Thảo Điền" in names(window, Role.Button))
    assert list((furnished / "set-aside").rglob("workspace.db"))


def test_a_database_that_is_gone_is_no_first_run_and_its_backup_is_offered(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    workspace.backups.make()
    workspace.close()
    for path in furnished.glob("workspace.db*"):
        path.unlink()
    window = open_window(furnished)
    assert isinstance(window.screen_, HomeScreen)
    told = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "is gone" in told
    qtbot.mouseClick(find(window, "Restore the backup", Role.Button), LEFT)
    qtbot.mouseClick(find(window, "Restore", Role.Button), LEFT)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "Continue: Cà phê Sen Việt – Thảo Điền" in names(window, Role.Button))


def test_a_second_start_raises_the_first(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    instance = Instance(window)
    assert not raise_other(furnished)
    assert instance.listen(furnished)
    instance.asked.connect(window.raise_it)
    window.showMinimized()
    assert _second_start(qtbot, furnished)
    assert not window.isMinimized()
    assert not raise_other(tmp_path / "another"), "another workspace is another window"
    instance.close()
    assert not raise_other(furnished)


@pytest.mark.parametrize(
    ("room", "size", "whole"),
    [
        ((1920, 1040), (1366, 768), False),
        ((1366, 728), (1350, 688), True),  # a laptop of 1366 × 768 with a task bar
        ((1093, 574), (1077, 534), True),  # the same at 125 %
    ],
)
def test_the_window_is_never_larger_than_the_screen(
    qtbot: QtBot, room: tuple[int, int], size: tuple[int, int], whole: bool
) -> None:
    frame = Frame(theme.current())
    qtbot.addWidget(frame)
    frame.fit(QSize(*room))
    assert (frame.width(), frame.height()) == size
    assert frame.isMaximized() is whole
    assert frame.minimumHeight() == min(600, size[1])


def test_the_window_has_the_sign_of_the_app(open_window: OpenWindow, furnished: Path) -> None:
    """Title bar, task bar and switcher show it, at every size sharp."""
    sign = open_window(furnished).windowIcon()
    assert {size.width() for size in sign.availableSizes()} >= {16, 32, 48, 256}
    for size in (16, 256):
        drawn = sign.pixmap(size, size).toImage()
        assert drawn.pixelColor(0, 0).alpha() < 128, "its corners are round"
        assert drawn.pixelColor(size // 2, 1).name() == theme.LIGHT.accent.lower()
    met = {drawn.pixelColor(x, y).name() for x in range(0, 256, 3) for y in range(0, 256, 3)}
    assert theme.LIGHT.on_accent.lower() in met


CALL = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from auditor.ui.instance import raise_other
app = QCoreApplication([])
print(raise_other(Path(sys.argv[1])))
"""


def _second_start(qtbot: QtBot, folder: Path) -> bool:
    """What a second process hears, while this one goes on."""
    process = QProcess()
    process.setWorkingDirectory(str(ROOT))
    with qtbot.waitSignal(process.finished, timeout=30_000):
        process.start(sys.executable, ["-c", CALL, str(folder)])
    return process.readAllStandardOutput().data() == b"True\n"


def test_of_two_windows_only_the_first_has_the_place(qtbot: QtBot, furnished: Path) -> None:
    first, second = Instance(), Instance()
    assert first.listen(furnished)
    assert not second.listen(furnished), "the place of a living window is not taken"
    assert _second_start(qtbot, furnished)
    first.close()
    assert second.listen(furnished)
    second.close()


def test_a_window_has_its_place_where_two_may_listen_to_one_name(
    qtbot: QtBot, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where the second one would then never raise the first."""

    def listen(server: QLocalServer, name: str) -> bool:
        QLocalServer.removeServer(name)
        return server.listen(name)

    monkeypatch.setattr(instance_, "_listen", listen)
    first, second = Instance(), Instance()
    assert first.listen(furnished)
    assert not second.listen(furnished)
    assert _second_start(qtbot, furnished)
    first.close()


def test_a_user_without_a_name_has_a_window(
    furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr("getpass.getuser", nameless)
    instance = Instance()
    assert instance.listen(furnished)
    instance.close()


def test_a_window_that_hangs_is_not_taken_for_one_that_came_to_the_front(
    furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_, "ANSWER_MS", 50)
    hanging = Instance()
    assert hanging.listen(furnished)
    assert not raise_other(furnished), "no event loop of the other one runs"
    hanging.close()


START = """
import sys
from pathlib import Path
from auditor import bootstrap
def watched(*given):
    window = made(*given)
    window.listed.connect(lambda: print("listed", flush=True))
    window.raise_it = lambda: (print("raised", flush=True), window.close())
    return window
made, bootstrap.make_window = bootstrap.make_window, watched
print("code", bootstrap.open_window(Path(sys.argv[1])), flush=True)
"""


def test_the_app_started_twice_is_one_window(furnished: Path) -> None:
    command = [sys.executable, "-c", START, str(furnished)]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert first.stdout is not None
    assert first.stdout.readline() == "listed\n"
    second = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60,
                            check=False)  # fmt: skip
    assert second.stdout == "code 0\n", "it shows no window of its own"
    assert first.communicate(timeout=60)[0] == "raised\ncode 0\n"


def test_a_bug_says_that_the_draft_is_safe_and_is_logged_once(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(furnished)
    hook = BugHook(window.context.words, window.log_path, window)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    hook.install()
    window.go(SETTINGS)
    window.context.ask(_stumble)
    qtbot.waitUntil(lambda: hook.dialog is not None)
    told = " ".join(label.text() for label in hook.dialog.findChildren(QLabel))
    assert "Your draft is safe" in told
    assert str(window.log_path()) in told
    first = hook.dialog
    window.context.ask(_stumble)
    settle(qtbot, window)
    assert hook.dialog is first
    first.accept()
    log = window.log_path().read_text(encoding="utf-8")
    assert log.count("ZeroDivisionError: ") == 2
    steps = log.partition("The last steps:")[2]
    assert steps.index("screen settings") < steps.index("job _stumble")
    hook.uninstall()


def _stumble(workspace: object) -> float:
    return 1 / 0


def test_settings_keep_the_evaluator_code(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(SETTINGS)
    edit = find(window, "Evaluator code", Role.EditableText)
    edit.setText("  E-42 ")
    window.go(VISITS)
    settle(qtbot, window)
    assert kept.load().evaluator == "E-42"


@pytest.mark.parametrize(("language", "size"), [("vi", (1024, 600)), ("en", (1366, 768))])
@pytest.mark.parametrize(
    "route", [VISITS, SETTINGS, Route("reports"), Route("setup"), Route("report", 1)]
)
def test_no_screen_enlarges_the_window(
    qtbot: QtBot,
    open_window: OpenWindow,
    furnished: Path,
    language: str,
    size: tuple[int, int],
    route: Route,
) -> None:
    window = open_window(furnished, language=language)
    window.resize(*size)
    window.go(route)
    settle(qtbot, window)
    assert (window.width(), window.height()) == size
    hint = window.centralWidget().minimumSizeHint()
    assert (hint.width(), hint.height()) <= size


def test_what_bootstrap_knows_early_is_what_the_services_know() -> None:
    from auditor.services.demo import demo_folder

    assert bootstrap.DATABASE == driver.DATABASE
    assert bootstrap.LEFTOVERS == (layout.BACKUPS, layout.EVIDENCE)
    assert bootstrap.ports(default_folder()).demo == demo_folder()


def test_the_language_of_the_system_until_one_is_chosen(own_home: None, tmp_path: Path) -> None:
    assert bootstrap.load_settings().language in ("vi", "en")
    kept.save(Settings(language="vi", language_chosen=True))
    assert bootstrap.load_settings().language == "vi"


@pytest.mark.parametrize("how", ["continue", "new"])
def test_a_visit_that_opens_has_the_keys_on_its_card(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, how: str
) -> None:
    window = open_window(furnished)
    if how == "continue":
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    else:
        window.new_visit()
        settle(qtbot, window)
        qtbot.keyClick(window.findChild(StartVisitDialog).query.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.screen_, CaptureScreen))
    screen = window.screen_
    assert isinstance(screen, CaptureScreen)
    qtbot.waitUntil(lambda: screen.page is not None and screen.page.isVisible())
    settle(qtbot, window)
    card = screen.page.current_card
    assert window.focusWidget() is card
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2)
    assert screen.draft.answer(card.item).value == "no"


def test_enter_begins_what_was_typed_before_the_places_stand(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """Unless several are called so: then the person sees them first."""
    window = open_window(furnished)
    window.new_visit()
    dialog = window.findChild(StartVisitDialog)
    dialog.query.edit.setText("sv-")
    qtbot.keyClick(dialog.query.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert dialog.places.model().rowCount() == 3
    dialog.query.edit.setText("thao dien")
    qtbot.keyClick(dialog.query.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert isinstance(window.screen_, CaptureScreen)
    qtbot.waitUntil(lambda: window.screen_.page is not None)  # type: ignore[union-attr]
    assert window.screen_.draft.record.location == "Thảo Điền"
    settle(qtbot, window)


def test_the_keys_are_listed_in_a_visit_too(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(Route("visit", 3))
    settle(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.findChild(KeysDialog).isVisible()
