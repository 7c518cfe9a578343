"""``choices``: boxes to tick, in two columns; an exclusive one clears the others."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from auditor.ui.capture.cards.answers import RowCheck
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.editors.choice import columns_of
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.options import boxes, by_digit, na_choice, toggled
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from forms.questions.base import Choice


class ChoicesEditor(Editor):
    wide = True

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self.offers_na = na_choice(self.current) is None
        self._before: tuple[str, ...] = ()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        options = boxes(self.draft, self.current)
        columns = columns_of(options)
        self.buttons: list[RowCheck] = []
        for index, option in enumerate(options):
            box = RowCheck(option)
            box.clicked.connect(self._clicked)
            self.buttons.append(box)
            grid.addWidget(box, index // columns, index % columns)
            grid.setColumnStretch(index % columns, 1)
        self._said = Label("", Type.HELP, Ink.TEXT2)

    @property
    def _chosen(self) -> tuple[str, ...]:
        value = self.draft.answer(self.current).value
        return value if isinstance(value, tuple) else ()

    def _clicked(self) -> None:
        box = self.sender()
        if isinstance(box, RowCheck):
            self._toggle(next(c for c in self.current.choices if c.id == box.option.id))

    def _toggle(self, choice: Choice) -> None:
        self.draft.set_value(self.current, toggled(self.current, self._chosen, choice))

    def refresh(self) -> None:
        chosen = self._chosen
        for box in self.buttons:
            box.setChecked(box.option.id in chosen)
        self._said.setText(self._sentence(len(chosen)))

    def _sentence(self, count: int) -> str:
        said = self.words.plural("{count} chosen.", "{count} chosen.", count)
        alone = [choice for choice in self.current.choices if choice.exclusive]
        if len(alone) != 1:
            return said
        label = self.draft.text(alone[0].label)
        clears = self.words("“{label}” clears the others.", label=label)
        return f"{said} {clears}" if count else clears

    def pick(self, digit: int) -> bool:
        choice = by_digit(self.current, digit)
        if choice is not None:
            self._before = self._chosen
            self._toggle(choice)
        return choice is not None

    def has_ten(self) -> bool:
        return by_digit(self.current, 10) is not None

    def unpick(self, _digit: int) -> None:
        """Also what an exclusive choice had cleared."""
        self.draft.set_value(self.current, self._before or None)

    def not_applicable(self) -> bool:
        choice = na_choice(self.current)
        if choice is not None:
            self._toggle(choice)
        return choice is not None

    def show_hints(self, on: bool) -> None:
        for box in self.buttons:
            box.show_hints(on)

    def foot(self) -> QWidget:
        return self._said
