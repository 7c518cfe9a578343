"""What a visit leaves in memory once its screen is gone: nothing."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.drafting.undo import ChangeCommand
from auditor.ui.capture.screen import CaptureScreen
from tests.ui.capture.hands import card, picture_file, press

Open = Callable[..., CaptureScreen]
CTRL = Qt.KeyboardModifier.ControlModifier


def gone(screen: CaptureScreen) -> None:
    """As the window lets go of a screen."""
    assert screen.leave()
    screen.hide()
    screen.deleteLater()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def commands(draft: Draft) -> int:
    """How many steps of it there are in memory, known to its undo or not."""
    gc.collect()
    steps = [each for each in gc.get_objects() if isinstance(each, ChangeCommand)]
    return sum(any(held is draft for held in vars(step).values()) for step in steps)


def test_what_was_typed_is_forgotten(open_capture: Open) -> None:
    """Typing makes one step of many: those that went into it must not stay, since each of them
    holds the whole draft."""
    screen = open_capture()
    card(screen, "name")
    press(Qt.Key.Key_Return)
    press("Latte")
    press(Qt.Key.Key_Return)
    assert commands(screen.draft) == 1
    press("z", CTRL)
    press("z", CTRL | Qt.KeyboardModifier.ShiftModifier)
    draft = weakref.ref(screen.draft)
    gone(screen)
    del screen
    gc.collect()
    assert draft() is None


def test_photos_of_one_batch_are_forgotten(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture("photos.yaml")
    files = [picture_file(tmp_path, f"{n}.png") for n in range(3)]
    for n, file in enumerate(files):
        file.write_bytes(file.read_bytes() + bytes([n]))
    item = next(i for i in screen.draft.compiled.items if i.kind.is_evidence)
    screen.session.attaching.chosen(item, files, "photo")
    screen.session.attaching.wait()
    assert len(screen.draft.answer(item).evidence) == len(files)
    assert screen.draft.undo_stack.count() == 1
    assert commands(screen.draft) == 1
    session = weakref.ref(screen.session)
    gone(screen)
    del screen, item
    gc.collect()
    assert session() is None
