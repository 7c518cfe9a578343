"""``choice``: answers side by side; long ones in rows, two to a line where they fit."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.ui.capture.cards.answers import AnswerButton, Option, RowRadio, advance
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.options import by_digit, na_choice, segments
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.theme import Type, current

#: Segments are at least this wide; N/A less.
LEAST, LEAST_NA = 116, 88
#: A label longer than this, or more segments than these, make rows.
LONGEST_SEGMENT, MOST_SEGMENTS = 190, 6
#: The longest label of a row that shares its line.
LONGEST_HALF = 300


class ChoiceEditor(Editor):
    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        options = segments(self.draft, self.current)
        self.wide = _needs_rows(options)
        self.offers_na = na_choice(self.current) is None
        self.buttons: list[AnswerButton | RowRadio] = []
        if self.wide:
            self._lay_rows(options)
        else:
            self._lay_segments(options)
        for button in self.buttons:
            button.clicked.connect(self._clicked)

    def _lay_segments(self, options: list[Option]) -> None:
        row = FlowLayout(self)
        for option in options:
            least = LEAST_NA if option.hint == "N" else LEAST
            button = AnswerButton(option, least=least)
            self.buttons.append(button)
            row.addWidget(button)

    def _lay_rows(self, options: list[Option]) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        columns = columns_of(options)
        for index, option in enumerate(options):
            button = RowRadio(option)
            self.buttons.append(button)
            grid.addWidget(button, index // columns, index % columns)
            grid.setColumnStretch(index % columns, 1)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, (AnswerButton, RowRadio)):
            self.draft.set_value(self.current, button.option.id)

    def refresh(self) -> None:
        chosen = self.draft.answer(self.current).value
        for button in self.buttons:
            button.setChecked(button.option.id == chosen)

    def pick(self, digit: int) -> bool:
        choice = by_digit(self.current, digit)
        if choice is not None:
            self.draft.set_value(self.current, choice.id)
        return choice is not None

    def has_ten(self) -> bool:
        return by_digit(self.current, 10) is not None

    def not_applicable(self) -> bool:
        choice = na_choice(self.current)
        if choice is not None:
            self.draft.set_value(self.current, choice.id)
        return choice is not None

    def show_hints(self, on: bool) -> None:
        for button in self.buttons:
            button.show_hints(on)


def _needs_rows(options: list[Option]) -> bool:
    limit = current().px(LONGEST_SEGMENT)
    longest = max((advance(option.label, Type.ANSWER, 700) for option in options), default=0)
    return len(options) > MOST_SEGMENTS or longest > limit


def columns_of(options: list[Option]) -> int:
    """Two to a line unless a label is too long for half the column."""
    longest = max((advance(option.label, Type.ANSWER, 600) for option in options), default=0)
    return 2 if len(options) > 1 and longest <= current().px(LONGEST_HALF) else 1
