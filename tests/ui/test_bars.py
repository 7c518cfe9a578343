"""What stands across the top of the window about the data, and in dialogs: told once, in few
words, with a way on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.domain.standing import OLDER, SECOND
from auditor.services import settings, standing
from auditor.services.workspace import Workspace
from auditor.store import driver
from auditor.ui import standing_bars
from auditor.ui.copies import CopiesDialog

from .conftest import OpenWindow, find, find_all, names, settle
from .story import CONTINUE, LEFT, ROOT, Role, back_up, bar, choose, press, said, spoil

# a disk with little room


def test_a_disk_that_is_nearly_full_is_told_before_it_is(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "SPARE", 1 << 62)
    window = open_window(furnished)
    told = bar(window, standing_bars.SCANT)
    assert "nearly full" in told
    assert "Your answers are saved" in told
    qtbot.mouseClick(window.across.bars[standing_bars.SCANT].buttons[-1], LEFT)
    window.idle.look()
    settle(qtbot, window)
    assert standing_bars.SCANT not in window.across.bars, "closed is closed"
    monkeypatch.setattr(standing, "SPARE", 0)
    window.idle.look()
    settle(qtbot, window)
    monkeypatch.setattr(standing, "SPARE", 1 << 62)
    window.idle.look()
    settle(qtbot, window)
    assert standing_bars.SCANT in window.across.bars, "scarce once more"


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
    press(qtbot, window, "Move your data…")
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
    press(qtbot, window, "Restore a backup…")
    settle(qtbot, window)
    assert window.findChild(CopiesDialog).isVisible()


CUT_OFF = """
import os, sys
from pathlib import Path
from auditor.services.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
workspace.places.add_client("Khách mới")
os.kill(os.getpid(), 9)
"""


def test_a_journal_that_is_gone_after_a_crash_is_told(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """The list that is shown before the workspace is open must not leave a journal of its own."""
    done = subprocess.run([sys.executable, "-c", CUT_OFF, str(furnished)], cwd=ROOT, check=False)
    assert done.returncode == -9
    for ending in ("-wal", "-shm"):
        (furnished / f"{driver.DATABASE}{ending}").unlink()
    window = open_window(furnished)
    assert CONTINUE in names(window, Role.Button)
    told = bar(window, standing_bars.NOTED)
    assert "its journal is no longer" in told
    assert "what is missing may be in a backup" in told


def test_older_data_and_a_second_file_are_told_with_a_way_to_compare(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """As a sync program leaves them when two computers worked at the same time."""
    older = (furnished / driver.DATABASE).read_bytes()
    workspace = Workspace.open(furnished)
    workspace.places.add_client("Khách mới")
    workspace.close()
    (furnished / driver.DATABASE).rename(furnished / "workspace-MAY-2.db")
    (furnished / driver.DATABASE).write_bytes(older)
    window = open_window(furnished)
    assert "older than when it was last closed" in bar(window, OLDER)
    assert "workspace-MAY-2.db" in bar(window, SECOND)
    press(qtbot, window, "Compare…")
    settle(qtbot, window)
    dialog = window.findChild(CopiesDialog)
    assert "Here now: 3 visits" in said(dialog)
    assert "workspace-MAY-2.db · 3 visits" in said(dialog)
    dialog.reject()
    for key in (OLDER, SECOND):
        qtbot.mouseClick(window.across.bars[key].buttons[-1], LEFT)
    settle(qtbot, window)
    window.close()
    window.context.close()
    again = open_window(furnished)
    assert again.context.standing is not None
    assert again.context.standing.writable
    assert not {OLDER, SECOND} & set(again.across.bars), "closed is closed"


# looks


def test_what_is_said_across_the_top_leaves_room_for_the_screen(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    """Buttons go below the words before these stand in a narrow column."""
    (furnished / ".stfolder").mkdir()
    window = open_window(furnished, language="vi", text_size=150)
    window.resize(1024, 600)
    window.across.put(standing_bars.FOUND, window.across._said[standing_bars.WARNED])
    settle(qtbot, window)
    (shown,) = window.across.bars.values()
    assert shown.label.width() > 700
    window.resize(1900, 1000)
    window.across.restyle()
    settle(qtbot, window)
    assert len(window.across.bars) == 2
    (first, _) = window.across.bars.values()
    assert first.buttons[0].mapTo(first, QPoint()).x() > first.label.geometry().right()


def test_the_copies_stand_in_one_column(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    made = back_up(furnished)
    made.with_name("2020-01-01T000000Z.db").write_bytes(b"no backup")
    window = open_window(furnished)
    window.do("copies")
    settle(qtbot, window)
    dialog = window.findChild(CopiesDialog)
    titles = [
        label
        for label in dialog.findChildren(QLabel)
        if label.text().startswith(("Today", "1 Jan"))
    ]
    assert len({label.mapTo(dialog, QPoint()).x() for label in titles}) == 1
    assert len(titles) == 2


def test_without_a_backup_the_way_on_is_another_disk(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    spoil(furnished)
    window = open_window(furnished)
    assert window.focusWidget() is find(window, "Choose…", Role.Button)
    press(qtbot, window, "Choose…")
    settle(qtbot, window)
    dialog = window.findChild(CopiesDialog)
    assert "Choose one from another disk" in said(dialog)
    assert dialog.focusWidget() is dialog.other


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
