"""Start my program on one page: three cards and one button."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands.programs import NewProgram, create_program
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, ScrollArea
from auditor.ui.kit.chip import Badge
from auditor.ui.kit.field import Field, Labelled
from auditor.ui.kit.header import Header
from auditor.ui.kit.text import Label
from auditor.ui.screen import Screen
from auditor.ui.setup.checklist import ChecklistChoice
from auditor.ui.setup.colours import ColourChoice
from auditor.ui.setup.places import PlaceTable
from auditor.ui.theme import Ink, Type

COLUMN = 840


@dataclass(frozen=True, slots=True)
class Place:
    client: str
    brand: str
    colour: str
    rows: tuple[tuple[str, ...], ...]
    checklist: Path | None
    scroll: int


class SetupScreen(Screen):
    """Signals: ``closed()``, ``created()`` once everything is on disk."""

    closed = Signal()
    created = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._area = ScrollArea(margins=(24, 20, 24, 24), spacing=12, column=COLUMN)
        column.addWidget(self._area, 1)
        self._client_card()
        self._places_card()
        self._checklist_card()
        self._area.body.addStretch(1)

    def _header(self) -> Header:
        words = self.context.words
        header = Header(words("My program"), back=words("Back"))
        header.back.clicked.connect(self.closed)
        self.create_button = Button(words("Create the program"), Kind.PRIMARY, icon="check")
        self.create_button.clicked.connect(self._create)
        header.add(self.create_button)
        return header

    def _card(self, number: int, title: str, text: str) -> Card:
        card = Card(margins=(20, 16, 20, 18), spacing=10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Badge(str(number)))
        head.addWidget(Label(title, Type.QUESTION))
        head.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(Label(text, Type.HELP, Ink.TEXT2, wrap=True))
        self._area.body.addWidget(card)
        return card

    def _client_card(self) -> None:
        words = self.context.words
        text = words("Whose shops you visit. Reports use the colour.")
        card = self._card(1, words("Client and brand"), text)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.client = Field(words("Client"), placeholder=words("The firm that orders the visits"))
        self.brand = Field(words("Brand"), placeholder=words("The name over the door"))
        row.addWidget(self.client)
        row.addWidget(self.brand)
        card.body.addLayout(row)
        self.colour = ColourChoice(words)
        self.colour_field = Labelled(words("Brand colour"), self.colour)
        card.body.addWidget(self.colour_field)

    def _places_card(self) -> None:
        words = self.context.words
        text = words("The shops to be visited; more can follow later.")
        card = self._card(2, words("First locations"), text)
        self.places = PlaceTable(words)
        card.body.addWidget(self.places)

    def _checklist_card(self) -> None:
        words = self.context.words
        text = words("What is asked at each visit. A version never changes once it is added.")
        card = self._card(3, words("Checklist"), text)
        self.checklist = ChecklistChoice(self.context)
        self.checklist.shown.connect(self._bring)
        card.body.addWidget(self.checklist)

    def _bring(self, part: QWidget) -> None:
        """Into view, once it has its place."""
        QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, part, 0, 24))

    # creating

    def _check(self) -> QWidget | None:
        """Say beside each part what is missing; the first of them, None when all is there."""
        words = self.context.words
        wrong: list[QWidget] = []
        for field, sentence in (
            (self.client, words("Enter the name of the client.")),
            (self.brand, words("Enter the name of the brand.")),
        ):
            field.set_error(None if field.text() else sentence)
            if not field.text():
                wrong.append(field)
        sentence = words("Write the colour like #1F5C4A.")
        self.colour_field.set_error(None if self.colour.colour else sentence)
        if not self.colour.colour:
            wrong.append(self.colour_field)
        wrong += [part for part in (self.places, self.checklist) if not part.check()]
        return wrong[0] if wrong else None

    def _create(self) -> None:
        wrong = self._check()
        chosen = self.checklist.chosen
        if wrong is not None or chosen is None:
            self._show(wrong or self.checklist)
            return
        self.create_button.setEnabled(False)
        program = NewProgram(
            client=self.client.text(),
            brand=self.brand.text(),
            colour=self.colour.colour,
            colour2=self.colour.colour2,
            locations=tuple(place for _, place in self.places.model.locations()),
            checklist=chosen,
        )
        create_program(self.context, program, self._created, self._refused)

    def _show(self, part: QWidget) -> None:
        self._area.ensureWidgetVisible(part)
        inner = {self.places: self.places.view, self.checklist: self.checklist.browse}
        control = part.control if isinstance(part, Labelled) else inner.get(part, part)
        control.setFocus()

    def _created(self) -> None:
        self.created.emit()

    def _refused(self, error: Exception) -> None:
        self.create_button.setEnabled(True)
        parts: dict[str, QWidget] = {
            "client_taken": self.client,
            "brand_taken": self.brand,
            "code_taken": self.places,
            "colour": self.colour_field,
        }
        beside = parts.get(getattr(error, "code", ""), self.create_button)
        self.context.report_error(error, beside)
        if beside is not self.create_button:
            self._show(beside)

    # place

    def place(self) -> Place:
        return Place(
            self.client.control.text(),
            self.brand.control.text(),
            self.colour.edit.text(),
            tuple(tuple(row) for row in self.places.model.rows if any(row)),
            self.checklist.chosen,
            self._area.verticalScrollBar().value(),
        )

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self.client.edit.setText(place.client)
            self.brand.edit.setText(place.brand)
            self.colour.set_colour(place.colour)
            if place.rows:
                self.places.model.put(0, 0, place.rows)
            if place.checklist is not None:
                self.checklist.choose(place.checklist)
            self._area.verticalScrollBar().setValue(place.scroll)

    def focus_first(self) -> None:
        self.client.edit.setFocus()
