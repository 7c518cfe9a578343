"""The keys of the whole capture screen. Those of a card are in ``cards.card_keys``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from auditor.ui.capture.panes import step_pane

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen


def add_shortcuts(screen: CaptureScreen) -> None:
    """They act wherever the focus is on the screen, in a field too."""
    for keys, slot in _all(screen):
        shortcut = QShortcut(QKeySequence(keys), screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)


def _all(screen: CaptureScreen) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "F8", screen.next_unanswered
    yield "Shift+F8", screen.previous_unanswered
    yield "PgDown", partial(screen.step_section, 1)
    yield "PgUp", partial(screen.step_section, -1)
    yield "F6", partial(step_pane, screen, 1)
    yield "Shift+F6", partial(step_pane, screen, -1)
    yield "Ctrl+Return", screen.check_or_submit
    yield "Ctrl+Enter", screen.check_or_submit
    yield "Ctrl+Z", screen.draft.undo
    yield "Ctrl+Shift+Z", screen.draft.redo
    yield "Ctrl+Y", screen.draft.redo
    yield "Ctrl+F", screen.finder.open
    yield "F3", partial(screen.finder.step, 1)
    yield "Shift+F3", partial(screen.finder.step, -1)
