"""The dialog of the words of complaint, reached from the settings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.services.workspace import Workspace
from auditor.ui.complaint_words import ComplaintWordsDialog
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.settings import SettingsScreen
from auditor.ui.window import SETTINGS, MainWindow
from forms.complaint_words import MOST_CHARACTERS, ComplaintWords

OpenWindow = Callable[..., MainWindow]


def opened(window: MainWindow, qtbot: QtBot) -> ComplaintWordsDialog:
    window.go(SETTINGS)
    screen = window.screen_
    assert isinstance(screen, SettingsScreen)
    screen.complaints.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ComplaintWordsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ComplaintWordsDialog)
    return dialog


def kept(folder: Path) -> ComplaintWords:
    workspace = Workspace.open(folder, write=False)
    found = workspace.complaints.load()
    workspace.close()
    return found


def write(dialog: ComplaintWordsDialog, language: str, text: str) -> None:
    field = dialog.lists[language].field
    field.setFocus()
    field.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def test_words_are_changed_counted_and_on_disk(
    open_window: OpenWindow, qtbot: QtBot, furnished: Path
) -> None:
    dialog = opened(open_window(furnished), qtbot)
    assert dialog.lists["vi"].count.text() == f"{len(ComplaintWords.default().vi)} phrases"
    write(dialog, "vi", unicodedata.normalize("NFD", "nguội ngắt\nNGUỘI NGẮT\n\nồn ào"))
    assert dialog.lists["vi"].count.text() == "2 phrases"
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept(furnished).vi == ("nguội ngắt", "ồn ào")
    assert kept(furnished).en == ComplaintWords.default().normalised().en


def test_what_an_input_method_still_holds_is_saved(
    open_window: OpenWindow, qtbot: QtBot, furnished: Path
) -> None:
    dialog = opened(open_window(furnished), qtbot)
    write(dialog, "en", "")
    QApplication.sendEvent(dialog.lists["en"].field, QInputMethodEvent("lukewarm", []))
    with qtbot.waitSignal(dialog.accepted):
        dialog.yes.click()
    assert kept(furnished).en == ("lukewarm",)


def test_a_phrase_that_cannot_be_kept_is_said_at_its_list(
    open_window: OpenWindow, qtbot: QtBot, furnished: Path
) -> None:
    dialog = opened(open_window(furnished), qtbot)
    write(dialog, "vi", "rất " * MOST_CHARACTERS)
    assert dialog.lists["vi"].wrong.isVisible()
    assert not dialog.lists["en"].wrong.isVisible()
    assert not dialog.yes.isEnabled()
    dialog.lists["vi"].back.click()
    assert dialog.yes.isEnabled()
    assert dialog.typed == ComplaintWords.default().normalised()
    QTest.keyClick(dialog.lists["vi"].field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.lists["vi"].problems, "back to our list is undone like typing"


def test_escape_asks_before_it_forgets(
    open_window: OpenWindow, qtbot: QtBot, furnished: Path
) -> None:
    dialog = opened(open_window(furnished), qtbot)
    write(dialog, "vi", "ồn ào")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    ask = QApplication.activeModalWidget()
    assert isinstance(ask, ConfirmDialog)
    ask.no.click()
    assert dialog.isVisible()
    dialog.reject()
    ask = QApplication.activeModalWidget()
    assert isinstance(ask, ConfirmDialog)
    with qtbot.waitSignal(dialog.rejected):
        ask.yes.click()
    assert kept(furnished) == ComplaintWords.default().normalised()


def test_a_window_that_may_only_read_says_why(
    open_window: OpenWindow, qtbot: QtBot, furnished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.services.complaints import Complaints

    monkeypatch.setattr(Complaints, "writable", property(lambda _: False))
    dialog = opened(open_window(furnished), qtbot)
    assert dialog.lists["vi"].field.isReadOnly()
    assert not dialog.yes.isVisible()
    shown = [label.text() for label in dialog.findChildren(type(dialog.refused))]
    assert any("open in another window" in text for text in shown)
    dialog.no.click()
    assert not dialog.isVisible()
