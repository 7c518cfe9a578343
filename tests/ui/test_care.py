"""Backups, copies on another disk, the check of the data, the report for support."""

from __future__ import annotations

import errno
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.services import rollups, settings
from auditor.services.workspace import Workspace
from auditor.store import backup
from auditor.store.queries import visits as visit_queries
from auditor.ui import standing_bars
from auditor.ui.findings import FindingsDialog
from auditor.ui.settings import SettingsScreen
from auditor.ui.window import SETTINGS, MainWindow

from .conftest import OpenWindow, names, settle
from .story import CONTINUE, LEFT, Role, bar, choose, press, said
from .telling import standing, toast

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
        told = bar(window, standing_bars.FAILED)
        assert "Your answers are saved" in told
        assert "no room for a backup" in told
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
    assert file.name in toast(window).label.text()
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


def test_a_copy_that_fails_says_that_the_data_is_as_it_was(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    """The disk was unplugged after its folder was chosen."""
    window = open_window(furnished)
    window.do("copy")
    choose(qtbot, window, tmp_path / "a file")
    (tmp_path / "a file").write_text("no folder")
    window.do("copy")
    choose(qtbot, window, tmp_path / "a file" / "usb")
    qtbot.waitUntil(window.error.isVisible, timeout=20_000)
    assert window.error.label.text().startswith("Nothing was copied. Your data here is as it was.")


def _clients(workspace: Workspace) -> list[str]:
    return [client.name for client in workspace.read(visit_queries.clients)]


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
    press(qtbot, dialog, "Remove 1 unused file (2 KB)…")
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
    settle(qtbot, window)
    press(qtbot, window, "Show")
    qtbot.waitUntil(lambda: window.findChild(FindingsDialog) is not None)
    dialog = window.findChild(FindingsDialog)
    assert "giấy.pdf" in said(dialog)
    assert "V-0003" in said(dialog)
    dialog.accept()
    settle(qtbot, window)
    window.idle.look()
    settle(qtbot, window)
    assert not window.across.said(standing_bars.FOUND), "not again before a week is over"


def open_findings(window: MainWindow) -> list[FindingsDialog]:
    return [each for each in window.findChildren(FindingsDialog) if each.isVisible()]


def test_the_check_counts_figures_again_that_the_visits_do_not_tell(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    workspace = Workspace.open(furnished)
    workspace.store.raw.execute(
        "INSERT OR REPLACE INTO location_rollup (location_id, visits) VALUES (1, 99)"
    )
    assert workspace.read(rollups.differing) == (1,)
    workspace.close()
    window = open_window(furnished)
    window.go(SETTINGS)
    settle(qtbot, window)
    press(qtbot, window, "Check now")
    qtbot.waitUntil(lambda: window.findChild(FindingsDialog) is not None, timeout=20_000)
    first = window.findChild(FindingsDialog)
    assert "(locations: 1)" in said(first)
    press(qtbot, first, "Count again")
    qtbot.waitUntil(lambda: bool(open_findings(window)), timeout=20_000)
    (second,) = open_findings(window)
    assert "(locations: 1)" not in said(second)
    second.accept()
    settle(qtbot, window)
    assert "all in order" in window.screen_.data.check.note.text()  # type: ignore[union-attr]


def test_a_file_that_is_gone_comes_back_from_a_copy_and_the_data_stays(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    workspace = Workspace.open(furnished)
    record = workspace.visits.attach(3, ("q3", 0), b"%PDF-1.7", "giấy.pdf", "file")
    copy = workspace.backups.export(tmp_path / "copy.auditor-backup")
    workspace.places.add_client("Later")
    workspace.close()
    Path(record.path).unlink()
    window = open_window(furnished)
    window.do("check")
    qtbot.waitUntil(lambda: bool(open_findings(window)), timeout=20_000)
    press(qtbot, open_findings(window)[0], "Bring back…")
    choose(qtbot, window, copy)
    qtbot.waitUntil(lambda: bool(open_findings(window)), timeout=20_000)
    again = open_findings(window)[0]
    assert "giấy.pdf" not in said(again)
    assert "1 file is back." in toast(window).label.text()
    assert Path(record.path).read_bytes() == b"%PDF-1.7"
    clients: list[str] = []
    window.context.ask(_clients, done=clients.extend)
    again.accept()
    settle(qtbot, window)
    assert "Later" in clients


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
    qtbot.waitUntil(lambda: standing(window) is not None, timeout=20_000)
    with zipfile.ZipFile(tmp_path / "help.zip") as bundle:
        assert "health.json" in bundle.namelist()
    qtbot.mouseClick(toast(window).button, LEFT)
    assert no_programs == [tmp_path]
