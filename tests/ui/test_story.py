"""What a person sees when something is wrong with the data, and how they get out of it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.services import log, settings
from auditor.services.workspace import Workspace
from auditor.store import backup, driver, lock, opening, queries
from auditor.store import folder as layout
from auditor.ui import care, crash, standing_bars
from auditor.ui.copies import CopiesDialog
from auditor.ui.crash import BugHook, CrashDialog
from auditor.ui.fatal import FatalGuard
from auditor.ui.findings import FindingsDialog
from auditor.ui.kit.toast import Toast
from auditor.ui.settings import SettingsScreen
from auditor.ui.window import SETTINGS, VISITS, MainWindow, Route

from .conftest import OpenWindow, find, find_all, names, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
CONTINUE = "Continue: Cà phê Sen Việt – Thảo Điền"


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.mouseClick(find(window, name, Role.Button), LEFT)


def said(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def bar(window: MainWindow, key: str) -> str:
    return window.across.bars[key].label.text()


def back_up(folder: Path) -> Path:
    workspace = Workspace.open(folder)
    made = workspace.backups.make()
    workspace.close()
    return made


def spoil(folder: Path) -> bytes:
    garbage = os.urandom(50_000)
    (folder / driver.DATABASE).write_bytes(garbage)
    return garbage


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that would be shown by the files of the computer."""
    shown: list[Path] = []
    monkeypatch.setattr(care, "show_folder", shown.append)
    return shown


def choose(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Give the file dialog that is open ``path``."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    settle(qtbot, window)


# a database that does not open


def test_a_damaged_database_is_one_sentence_and_ways_on(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    made = back_up(furnished)
    older = made.with_name("2020-01-01T000000Z.db")
    shutil.copyfile(made, older)
    newer = made.with_name("2999-01-01T000000Z.db")
    newer.write_bytes(made.read_bytes()[:5000])
    garbage = spoil(furnished)
    window = open_window(furnished)
    told = said(window)
    assert "The data is damaged" in told
    assert "Nothing was erased" in told
    assert "3 visits" in told
    assert "would be missing" in told
    assert window.rail is not None
    assert set(window.rail.items) == {"visits", "settings"}, "nowhere else to go"
    press(qtbot, window, "Choose…")
    settle(qtbot, window)
    dialog = window.findChild(CopiesDialog)
    assert said(dialog).count("Good") == 2
    assert said(dialog).count("Damaged") == 1
    assert len(find_all(dialog, "Bring back", Role.Button)) == 2
    press(qtbot, dialog, "Bring back: 1 Jan 2020")
    press(qtbot, window, "Restore")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    (aside,) = (furnished / "set-aside").iterdir()
    assert (aside / driver.DATABASE).read_bytes() == garbage
    assert str(aside) in bar(window, standing_bars.DONE)


def test_begin_anew_keeps_the_damaged_file(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    garbage = spoil(furnished)
    window = open_window(furnished)
    assert "There is no backup in this folder" in said(window)
    press(qtbot, window, "Begin anew…")
    dialog = QApplication.activeModalWidget()
    assert "not erased" in said(dialog)
    press(qtbot, dialog, "Begin anew")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "Try the demo" in names(window, Role.Button))
    (aside,) = (furnished / "set-aside").iterdir()
    assert (aside / driver.DATABASE).read_bytes() == garbage


def _foreign(folder: Path) -> None:
    (folder / driver.DATABASE).unlink()
    raw = driver.connect(folder / driver.DATABASE)
    raw.execute("CREATE TABLE theirs (id)")
    raw.close()


def _newer(folder: Path) -> None:
    raw = driver.connect(folder / driver.DATABASE)
    raw.execute(f"PRAGMA user_version={driver.SCHEMA + 1}")
    raw.close()


@pytest.mark.parametrize(
    ("make", "title"),
    [(_foreign, "the data of another program"), (_newer, "of a newer version")],
)
def test_what_is_not_ours_is_left_and_another_folder_offered(
    qtbot: QtBot,
    open_window: OpenWindow,
    furnished: Path,
    tmp_path: Path,
    make: Callable[[Path], None],
    title: str,
) -> None:
    other = tmp_path / "other"
    shutil.copytree(furnished, other)
    make(furnished)
    before = (furnished / driver.DATABASE).read_bytes()
    window = open_window(furnished)
    assert title in said(window)
    assert not find_all(window, "Begin anew…", Role.Button)
    press(qtbot, window, "Choose a folder…")
    choose(qtbot, window, other)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    assert settings.load().workspace == str(other), "remembered for the next start"
    assert (furnished / driver.DATABASE).read_bytes() == before


def test_a_workspace_that_is_open_elsewhere_says_where_and_can_be_read(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    held = lock.Lock(furnished)
    (furnished / lock.NAME).write_text("4711\nkho-02\nlan\n")
    window = open_window(furnished)
    assert "kho-02" in said(window)
    assert "lan" in said(window)
    assert not find_all(window, "Show it", Role.Button), "a window of another computer"
    press(qtbot, window, "Open read only")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    assert "Read only" in bar(window, standing_bars.READ_ONLY)
    held.release()
    press(qtbot, window, "Try again")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    assert standing_bars.READ_ONLY not in window.across.bars
    assert window.context.standing is not None
    assert window.context.standing.writable


# read only


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """``refusing(errno)``: no file can be made in the workspace, as on a locked or full disk."""

    def begin(number: int) -> None:
        def refuse(place: Path) -> lock.Lock:
            raise layout.unusable(place, OSError(number, os.strerror(number)))

        monkeypatch.setattr(opening, "_lock", refuse)

    return begin


@pytest.mark.parametrize(
    ("number", "word"), [(errno.EROFS, "may not be written"), (errno.ENOSPC, "is full")]
)
def test_a_folder_that_cannot_be_written_is_read(
    qtbot: QtBot,
    open_window: OpenWindow,
    furnished: Path,
    refusing: Callable[[int], None],
    number: int,
    word: str,
) -> None:
    before = _content(furnished)
    refusing(number)
    window = open_window(furnished)
    assert CONTINUE in names(window, Role.Button)
    text = bar(window, standing_bars.READ_ONLY)
    assert text.startswith("Read only")
    assert word in text
    window.go(Route("visit", 3))
    settle(qtbot, window)
    assert "Read only" in said(window)
    window.go(Route("report", 1))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.screen_._made is not None, timeout=30_000)  # type: ignore[union-attr]
    window.go(VISITS)
    settle(qtbot, window)
    qtbot.mouseClick(find(window, "Start: Cà phê Sen Việt – Lê Lợi", Role.Button), LEFT)
    settle(qtbot, window)
    assert window.error.isVisible()
    assert window.error.label.text().startswith("Read only")
    window.close()
    window.context.lane.run(lambda: None)
    settle(qtbot, window)
    assert _content(furnished) == before, "nothing was written"


def _content(folder: Path) -> dict[Path, bytes]:
    """All but what SQLite puts beside a database that is read."""
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(f"{driver.DATABASE}-")
    }


# a bad folder


def test_a_synced_folder_is_told_once_and_left_with_everything(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    (furnished / ".stfolder").mkdir()
    window = open_window(furnished)
    assert "kept by a sync program" in bar(window, standing_bars.WARNED)
    press(qtbot, window, "Why?")
    dialog = QApplication.activeModalWidget()
    assert "journal" in said(dialog)
    dialog.close()
    press(qtbot, window, "Move the workspace…")
    target = tmp_path / "at home"
    choose(qtbot, window, target)
    qtbot.waitUntil(lambda: window.context.folder == target, timeout=20_000)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    assert standing_bars.WARNED not in window.across.bars
    assert settings.load().workspace == str(target)
    assert window.context.ports.home == target, "the way out of the demo leads here"
    assert (furnished / driver.DATABASE).exists(), "the old folder is left"
    assert str(target) in (furnished / "MOVED.txt").read_text(encoding="utf-8")


def test_a_warning_that_was_closed_is_not_told_again(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    (furnished / ".stfolder").mkdir()
    window = open_window(furnished)
    qtbot.mouseClick(window.across.bars[standing_bars.WARNED].buttons[-1], LEFT)
    settle(qtbot, window)
    window.close()
    window.context.close()
    again = open_window(furnished)
    assert standing_bars.WARNED not in again.across.bars


def test_a_journal_of_garbage_is_told_with_a_way_to_a_backup(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    back_up(furnished)
    (furnished / f"{driver.DATABASE}-wal").write_bytes(os.urandom(9000))
    window = open_window(furnished)
    assert "journal of the last session was damaged" in bar(window, standing_bars.NOTED)
    press(qtbot, window, "Bring a backup back…")
    settle(qtbot, window)
    assert window.findChild(CopiesDialog).isVisible()


# copies


def test_a_backup_is_made_when_idle_and_a_failure_told_once(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(furnished)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(backup, "make", full)
        window.idle.look()
        settle(qtbot, window)
        assert "is full" in bar(window, standing_bars.FAILED)
        qtbot.mouseClick(window.across.bars[standing_bars.FAILED].buttons[-1], LEFT)
        _forget_failure(window, monkeypatch)
        window.idle.look()
        settle(qtbot, window)
        assert not window.across.said(standing_bars.FAILED), "told once"
    assert not backup.listed(furnished)
    _forget_failure(window, monkeypatch)
    window.idle.look()
    settle(qtbot, window)
    assert len(backup.listed(furnished)) == 1
    assert standing_bars.FAILED not in window.across.bars


def _forget_failure(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the minutes had passed after which it is tried again."""
    workspace = window.context._workspace
    assert workspace is not None
    monkeypatch.setattr(workspace.backups, "_failed", None)


def test_settings_that_cannot_be_kept_are_told(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    config = settings.settings_file().parent
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("no folder")
    window = open_window(furnished)
    window.context.change_settings(evaluator="E-9")
    settle(qtbot, window)
    assert window.error.isVisible()
    assert str(config) in window.error.label.text()


def test_everything_is_copied_to_another_disk_and_brought_back(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    window = open_window(furnished)
    window.go(SETTINGS)
    settle(qtbot, window)
    press(qtbot, window, "Copy everything…")
    choose(qtbot, window, usb)
    qtbot.waitUntil(lambda: len(list(usb.glob("*.auditor-backup"))) == 1, timeout=20_000)
    settle(qtbot, window)
    (file,) = usb.iterdir()
    assert file.name in window.findChild(Toast).label.text()
    qtbot.waitUntil(lambda: str(usb) in said(window.screen_))  # type: ignore[arg-type]
    window.context.ask(lambda workspace: workspace.places.add_client("Later"))
    window.restore(str(file))
    press(qtbot, window, "Restore")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    clients: list[str] = []
    window.context.ask(_clients, done=clients.extend)
    settle(qtbot, window)
    assert clients == ["Ẩm thực Ngõ Cũ"]


def _clients(workspace: Workspace) -> list[str]:
    return [client.name for client in workspace.read(queries.clients)]


@pytest.mark.parametrize(("days", "old"), [(3, False), (9, True)])
def test_an_old_copy_is_reminded_of(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, days: int, old: bool
) -> None:
    workspace = Workspace.open(furnished)
    made = datetime.now(UTC) - timedelta(days=days)
    workspace.set_fact("copied_at", made.isoformat())
    workspace.set_fact("copied_to", "/media/usb")
    workspace.close()
    window = open_window(furnished)
    window.go(SETTINGS)
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, SettingsScreen)
    assert (f"{days} days old" in screen.data.copy.note.text()) is old
    assert ("/media/usb" in screen.data.copy.note.text()) is not old


# the check


def test_the_check_lists_what_it_found_and_removes_what_nothing_names(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    orphan = furnished / "evidence" / "00" / f"{'0' * 64}.jpg"
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"x" * 2000)
    os.utime(orphan, (0, 0))
    window = open_window(furnished)
    window.go(SETTINGS)
    settle(qtbot, window)
    press(qtbot, window, "Check now")
    qtbot.waitUntil(lambda: window.findChild(FindingsDialog) is not None, timeout=20_000)
    dialog = window.findChild(FindingsDialog)
    assert "The trail of events is unbroken." in said(dialog)
    assert "There is no backup yet" in said(dialog)
    press(qtbot, dialog, "Remove 1 file that nothing names (2 KB)…")
    press(qtbot, dialog, "Remove")
    settle(qtbot, window)
    assert not orphan.exists()
    assert "1 file was removed." in said(dialog)
    dialog.accept()
    settle(qtbot, window)
    assert "all in order" in window.screen_.data.check.note.text()  # type: ignore[union-attr]


def test_the_weekly_check_runs_by_itself_and_tells_of_faults(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    record = workspace.visits.attach(3, ("q3", 0), b"%PDF-1.7", "giấy.pdf", "file")
    workspace.backups.make()
    workspace.close()
    Path(record.path).unlink()
    window = open_window(furnished)
    window.idle.look()
    qtbot.waitUntil(lambda: window.across.said(standing_bars.FOUND), timeout=20_000)
    press(qtbot, window, "Show")
    dialog = window.findChild(FindingsDialog)
    assert "giấy.pdf" in said(dialog)
    assert "V-0003" in said(dialog)
    dialog.accept()
    settle(qtbot, window)
    window.idle.look()
    settle(qtbot, window)
    assert not window.across.said(standing_bars.FOUND), "not again before a week is over"


# help


def test_the_report_for_support_is_saved_and_shown(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path, no_programs: list[Path]
) -> None:
    window = open_window(furnished)
    window.do("support")
    dialog = QApplication.activeModalWidget()
    assert "No answer, name, photo or place is in it." in said(dialog)
    press(qtbot, dialog, "Choose where…")
    choose(qtbot, window, tmp_path / "help.zip")
    qtbot.waitUntil(lambda: window.findChild(Toast) is not None, timeout=20_000)
    with zipfile.ZipFile(tmp_path / "help.zip") as bundle:
        assert "health.json" in bundle.namelist()
    qtbot.mouseClick(window.findChild(Toast).button, LEFT)
    assert no_programs == [tmp_path]


# crashes


@pytest.fixture
def hook(open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    window = open_window(furnished)
    made = BugHook(window.context.words, window.log_path, window)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made.install()
    yield made
    made.uninstall()


def test_a_bug_in_the_crash_dialog_does_not_loop(
    qtbot: QtBot, hook: BugHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(*_: object) -> None:
        calls.append(1)
        raise ZeroDivisionError("in the dialog")

    monkeypatch.setattr(crash, "CrashDialog", broken)
    handled: list[str] = []
    keep = hook._kept_in
    monkeypatch.setattr(hook, "_kept_in", lambda text: handled.append(text) or keep(text))
    with pytest.raises(ZeroDivisionError, match="in the dialog"):
        hook._tell("first", hook.log())
    hook.handle(ValueError, ValueError("second"), None)
    assert calls == [1]
    assert len(handled) == 1
    assert "second" in hook.log().read_text(encoding="utf-8")


def test_a_bug_is_kept_where_the_log_cannot_be(
    qtbot: QtBot, hook: BugHook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may only be read: the dialog names the file that has it."""
    monkeypatch.setattr(hook, "log", lambda: tmp_path / "nowhere" / "auditor.log")
    monkeypatch.setattr(crash.tempfile, "gettempdir", lambda: str(tmp_path))
    hook.handle(ValueError, ValueError("kept"), None)
    assert str(tmp_path / "auditor.log") in said(hook.dialog)
    assert "kept" in (tmp_path / "auditor.log").read_text(encoding="utf-8")
    hook.dialog.accept()


def test_the_crash_dialog_leads_to_the_report(
    qtbot: QtBot, hook: BugHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.handle(ValueError, ValueError("x"), None)
    assert isinstance(hook.dialog, CrashDialog)
    with qtbot.waitSignal(hook.support_wanted):
        press(qtbot, hook.dialog, "Save a report for support…")
    assert hook.dialog is None


def test_a_crash_below_python_is_told_at_the_next_start(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log.faulthandler, "enable", lambda _file: None)
    monkeypatch.setattr(log.faulthandler, "disable", lambda: None)
    (furnished / "logs").mkdir(exist_ok=True)
    (furnished / "logs" / log.FATAL).write_text("Fatal Python error: Segmentation fault\n")
    window = open_window(furnished)
    guard = FatalGuard(window)
    assert "The app crashed last time" in bar(window, standing_bars.DIED)
    assert "fatal.log.1" in bar(window, standing_bars.DIED)
    guard.end()


def test_a_crash_of_the_renderer_stands_beside_its_report_and_in_the_log(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process of the reports dies; the app goes on, and no crash dialog comes."""
    from auditor.services import report_worker

    def die(worker: Any, job: object) -> None:
        if worker._process is None:
            worker._spawn()
        assert worker._is_ready()
        os.kill(worker._process.pid, 11)
        return

    monkeypatch.setattr(report_worker._Worker, "_ask", die)
    bugs: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *bug: bugs.append(bug))
    window = open_window(furnished)
    window.go(Route("report", 1))
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "the renderer stopped" in said(window), timeout=60_000)
    assert bugs == []
    text = window.log_path().read_text(encoding="utf-8")
    assert "the renderer ended with code -11 on V-0001" in text
    window.go(VISITS)
    settle(qtbot, window)
    assert CONTINUE in names(window, Role.Button)


# looks


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_trouble_does_not_enlarge_the_window(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, language: str, size: tuple[int, int]
) -> None:
    back_up(furnished)
    spoil(furnished)
    window = open_window(furnished, language=language)
    window.resize(*size)
    settle(qtbot, window)
    assert (window.width(), window.height()) == size
    window.context.change_settings(language="en" if language == "vi" else "vi")
    settle(qtbot, window)
    assert find_all(window, "Khôi phục bản sao lưu" if language == "en" else "Restore", Role.Button)
