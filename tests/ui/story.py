"""What a person does and reads when something is wrong with the data."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from auditor.services.workspace import Workspace
from auditor.store import driver
from auditor.ui.window import MainWindow

from .conftest import find, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
ROOT = Path(__file__).resolve().parents[2]
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


def choose(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Give the file dialog that is open ``path``."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    dialog = window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    settle(qtbot, window)
