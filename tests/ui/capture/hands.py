"""What a person does: keys where the focus is, input methods, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from auditor.store import driver
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.screen import CaptureScreen

W = TypeVar("W", bound=QWidget)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def press(
    key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key where the focus is."""
    if isinstance(key, str):
        for letter in key:
            QTest.keyClick(focus(), letter, modifiers)
    else:
        QTest.keyClick(focus(), key, modifiers)


def compose(text: str, commit: bool = True) -> None:
    """Text through an input method, letter by letter as pre-edit; then committed or not."""
    for end in range(1, len(text) + 1):
        QApplication.sendEvent(focus(), QInputMethodEvent(text[:end], []))
    if commit:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(focus(), event)


def card(screen: CaptureScreen, question: str) -> QuestionCard:
    """The card of a question, made the current one."""
    screen.go_to(first_item(screen, question))
    assert screen.page is not None
    return screen.page.cards[question]


def first_item(screen: CaptureScreen, question: str) -> str:
    items = screen.draft.compiled.items
    return next(item.id for item in items if item.question.id == question)


def named(root: QWidget, kind: type[W], name: str) -> W:
    """The visible widget of that accessible name."""
    found = [w for w in root.findChildren(kind) if w.accessibleName() == name and w.isVisible()]
    assert len(found) == 1, [w.accessibleName() for w in root.findChildren(kind)]
    return found[0]


def picture(colour: Qt.GlobalColor = Qt.GlobalColor.darkCyan) -> QImage:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def picture_file(folder: Path, name: str = "quầy.png") -> Path:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture().save(buffer, "PNG")  # type: ignore[call-overload]
    path = folder / name
    path.write_bytes(bytes(held.data()))
    return path


def drop(target: QWidget, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(5, 5), copy, data, left, plain))
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), copy, data, left, plain))


def on_disk(folder: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a second connection reads from the database file. By the driver of the application:
    two copies of SQLite in one process undo each other's locks
    (https://www.sqlite.org/howtocorrupt.html, 2.2.1), and reading ends in SIGBUS."""
    connection = driver.connect(folder / driver.DATABASE, look_only=True)
    try:
        return list(connection.execute(query, values).fetchall())
    finally:
        connection.close()
