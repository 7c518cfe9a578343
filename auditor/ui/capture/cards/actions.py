"""What stands at the right of the answers of a card: last visit's answer, comment, photo, mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import advance
from auditor.ui.kit.button import Button, Kind
from auditor.ui.theme import Type, current
from auditor.words import Words

_TOP = Qt.AlignmentFlag.AlignTop


class Actions:
    """``row`` is the row of the answers; they go to a row of their own below it where they do not
    fit beside them. ``column`` is the card's."""

    def __init__(self, column: QVBoxLayout, row: QHBoxLayout, *, low: bool) -> None:
        self._column, self._row = column, row
        self._below: QHBoxLayout | None = None
        self._height = 32 if low else 40
        self._widgets: list[QWidget] = []
        self._mark: MarkButton | None = None

    def add(self, caption: str, icon: str, key: str, slot: Callable[[], None]) -> None:
        self._take(Button(caption, Kind.TEXT, icon=icon, hint=key, height=self._height), slot)

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

    def show_hints(self, on: bool) -> None:
        if self._mark is not None:
            self._mark.show_hint(on)

    def hide(self) -> None:
        for widget in self._widgets:
            widget.hide()

    def fit(self, width: int) -> None:
        """Beside the answers, or below them: the card is ``width`` wide."""
        if not self._widgets:
            return
        margins = self._column.contentsMargins()
        need = self._row.sizeHint().width() + margins.left() + margins.right()
        if self._below is not None:
            need += sum(each.sizeHint().width() + 8 for each in self._widgets)
        if (need > width) != (self._below is not None):
            self._move()

    def _move(self) -> None:
        before, target = self._below, self._row
        self._below = None
        if before is None:
            self._below = target = QHBoxLayout()
            target.setSpacing(self._row.spacing())
            target.addStretch(1)
            self._column.insertLayout(self._column.indexOf(self._row) + 1, target)
        for widget in self._widgets:
            target.addWidget(widget, 0, _TOP)
        if before is not None:
            self._column.removeItem(before)
            before.deleteLater()


class MarkButton(Button):
    """Pressed while the question is marked for later: an icon, and its key on the current card."""

    def __init__(self, words: Words, height: int) -> None:
        name = words("Mark for later")
        super().__init__("", Kind.TEXT, icon="bookmark", name=name, hint="M", height=height)
        self.setCheckable(True)
        self.show_hint(False)

    def nextCheckState(self) -> None:
        """Only the draft presses it."""

    def _parts(self) -> list[tuple[str, int]]:
        return [*super()._parts(), ("hint", advance("M", Type.HINT, 400))]
