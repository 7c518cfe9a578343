"""What every screen is to the window: a widget that knows where the person is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from auditor.ui.context import AppContext

if TYPE_CHECKING:
    from auditor.ui.palette import Hit


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

    def destinations(self) -> Sequence[Hit]:
        """What Ctrl+K offers first: places on this screen, whose targets are ``palette.Here``."""
        return ()

    def go_here(self, key: str) -> None:
        """One of ``destinations`` was chosen."""

    def leave(self) -> bool:
        """Called before the screen is left; False keeps the person there."""
        return True
