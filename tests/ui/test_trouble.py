"""Data that does not open, or only to be read: what is told, and the ways out of it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.domain.settings import Settings
from auditor.services import settings
from auditor.store import driver, lock, opening
from auditor.store import folder as layout
from auditor.ui import standing_bars
from auditor.ui.copies import CopiesDialog
from auditor.ui.window import VISITS, Route

from .conftest import OpenWindow, find, find_all, names, settle
from .story import CONTINUE, LEFT, Role, back_up, bar, choose, press, said, spoil

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
    assert len(find_all(dialog, "Restore", Role.Button)) == 2
    press(qtbot, dialog, "Restore: 1 Jan 2020")
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


def test_backups_beside_the_data_of_another_program_are_offered(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    back_up(furnished)
    _foreign(furnished)
    theirs = (furnished / driver.DATABASE).read_bytes()
    window = open_window(furnished)
    assert "was not touched" in said(window)
    press(qtbot, window, "Restore the backup")
    press(qtbot, window, "Restore")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))
    (aside,) = (furnished / "set-aside").iterdir()
    assert (aside / driver.DATABASE).read_bytes() == theirs


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


def test_a_folder_that_is_not_there_is_no_first_run(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    """The disk that holds the data is not plugged in."""
    disk = tmp_path / "usb" / "data"
    settings.save(Settings(language="en", workspace=str(disk)))
    window = open_window(disk, workspace=str(disk))
    told = said(window)
    assert "The folder of your data is not there" in told
    assert "nothing is lost" in told
    assert str(disk) in told
    assert not disk.parent.exists(), "nothing is made in its place"
    shutil.copytree(furnished, disk)
    press(qtbot, window, "Try again")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: CONTINUE in names(window, Role.Button))


def test_from_a_folder_that_is_not_there_to_the_usual_one(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    disk = tmp_path / "usb" / "data"
    settings.save(Settings(language="en", workspace=str(disk)))
    window = open_window(disk, workspace=str(disk))
    press(qtbot, window, "Open it")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: "Try the demo" in names(window, Role.Button))
    assert settings.load().workspace is None
    assert not disk.parent.exists()


# read only


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """``refusing(errno)``: no file can be made in the workspace, as on a locked or full disk."""

    def begin(number: int) -> None:
        def refuse(place: Path) -> lock.Lock:
            raise layout.unusable(place, OSError(number, os.strerror(number)))

        monkeypatch.setattr(opening, "hold", refuse)

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
