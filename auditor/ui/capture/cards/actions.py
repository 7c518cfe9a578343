"""What stands at the right of the answers of a card: last visit's answer, comment, photo, mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import advance
from auditor.ui.kit.button import Button, Kind
from auditor.ui.theme import Type, current
from auditor.words import Words

_TOP = Qt.AlignmentFlag.AlignTop
#: Beside its words: the last one ends below the words of the chips above it.
SIDE = 8
#: In a row of their own.
LOW = 32


class Actions:
    """``row`` is the row of the answers; they go to a row of their own below it where they do not
    fit beside them. ``column`` is the card's."""

    def __init__(self, column: QVBoxLayout, row: QHBoxLayout, *, low: bool) -> None:
        self._column, self._row = column, row
        self._below: QHBoxLayout | None = None
        self._is_below = False
        self._height = LOW if low else 40
        self._widgets: list[QWidget] = []
        self._mark: MarkButton | None = None

    def add(self, caption: str, icon: str, key: str, slot: Callable[[], None]) -> None:
        self._take(_Action(caption, Kind.TEXT, icon=icon, hint=key, height=self._height), slot)

    def add_mark(self, words: Words, slot: Callable[[], None]) -> None:
        self._mark = MarkButton(words, self._height)
        self._take(self._mark, slot)

    def add_words(self, label: QWidget) -> None:
        """Quiet words before the buttons."""
        label.setFixedHeight(current().reach(self._height))
        self._put(label)

    def _take(self, button: Button, slot: Callable[[], None]) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        self._put(button)

    def _put(self, widget: QWidget) -> None:
        self._widgets.append(widget)
        self._row.addWidget(widget, 0, _TOP)

    def show_mark(self, on: bool) -> None:
        if self._mark is not None:
            self._mark.setChecked(on)

    def hide(self) -> None:
        for widget in self._widgets:
            widget.hide()

    def fit(self, width: int) -> None:
        """Beside the answers, or below them: the card is ``width`` wide."""
        if not self._widgets:
            return
        margins = self._column.contentsMargins()
        need = self._row.sizeHint().width() + margins.left() + margins.right()
        if self._is_below:
            gap = self._row.spacing()  # one of another size would have them go to and fro
            need += sum(each.sizeHint().width() + gap for each in self._widgets)
        if (need > width) != self._is_below:
            self._is_below = not self._is_below
            self._show_height(LOW if self._is_below else self._height)
            self._move(self._row_below() if self._is_below else self._row)

    def _row_below(self) -> QHBoxLayout:
        """Made once, and it stays: empty it takes no room. A layout that goes leaves the Python
        wrapper of its stretch behind, and the next widget at that address is taken for it."""
        if self._below is None:
            self._below = below = QHBoxLayout()
            self._column.insertLayout(self._column.indexOf(self._row) + 1, below)
            below.setSpacing(self._row.spacing())
            below.addStretch(1)
        return self._below

    def _show_height(self, height: int) -> None:
        for widget in self._widgets:
            if isinstance(widget, _Action):
                widget.set_height(height)
            else:
                widget.setFixedHeight(current().reach(height))

    def _move(self, target: QHBoxLayout) -> None:
        for widget in self._widgets:
            target.addWidget(widget, 0, _TOP)


class _Action(Button):
    """Quiet words with their key."""

    def __init__(self, caption: str, kind: Kind, **looks: Any) -> None:
        super().__init__(caption, kind, **looks)
        self._side = SIDE

    def set_height(self, height: int) -> None:
        self._height = height
        self.updateGeometry()


class MarkButton(_Action):
    """Pressed while the question is marked for later: an icon and its key."""

    def __init__(self, words: Words, height: int) -> None:
        name = words("Mark for later")
        super().__init__("", Kind.TEXT, icon="bookmark", name=name, hint="M", height=height)
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Only the draft presses it."""

    def _parts(self) -> list[tuple[str, int]]:
        return [*super()._parts(), ("hint", advance("M", Type.HINT, 400))]
