"""What every screen is to the window: a widget that knows where the person is in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from auditor.ui.context import AppContext


class Screen(QWidget):
    """Rebuilt when language, theme or text size change: ``place`` before, ``return_to`` after."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.context = context

    def place(self) -> Any:
        """Where the person is (scroll, selection, typed text), for ``return_to`` of a new one."""
        return None

    def return_to(self, place: Any) -> None:
        """Take up ``place`` of the screen that this one replaces."""

    def focus_first(self) -> None:
        """Put the focus where work starts."""

    def leave(self) -> bool:
        """Called before the screen is left; False keeps the person there."""
        return True
