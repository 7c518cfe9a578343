"""Clients and their brands: listed, added, changed, archived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.places import BrandLine, ClientLine
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import locations
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, EmptyState, Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled
from auditor.ui.kit.header import Header
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations.phrases import number
from auditor.ui.locations.region_dialogs import foot
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons
from auditor.words import Words

COLUMN = 800


class ClientsScreen(Screen):
    """``closed()`` back to the locations; ``branding_wanted(client id)``."""

    closed = Signal()
    branding_wanted = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        words = context.words
        self.clients: tuple[ClientLine, ...] = ()
        self.undo = undo_of(context)
        self.undo.bind(self)
        self.header = Header(words("Clients and brands"), back=words("Back to the locations"))
        self.header.back.clicked.connect(self.closed)
        self.header.add(UndoButtons(context))
        self.add = Button(words("Add a client"), Kind.PRIMARY, icon="plus")
        self.add.clicked.connect(self.add_client)
        self.header.add(self.add)
        self.area = ScrollArea(margins=(24, 16, 24, 24), spacing=12, column=COLUMN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.area, 1)
        context.changed.connect(self._changed)

    # data

    def load(self) -> None:
        self.context.ask(locations.clients, done=self._show)

    def _changed(self, changes: Changes) -> None:
        if changes.places:
            self.load()

    def _show(self, clients: Sequence[ClientLine]) -> None:
        at = self.area.verticalScrollBar().value()
        self.clients = tuple(clients)
        clear(self.area.body)
        words = self.context.words
        self.add.setVisible(bool(clients))
        if not clients:
            empty = EmptyState("building-2", words("No client yet"), words(
                "A client is whom you report to. Its brands have the locations."))  # fmt: skip
            first = empty.add(Button(words("Add a client"), Kind.PRIMARY, icon="plus", height=40))
            first.clicked.connect(self.add_client)
            self.area.body.addWidget(empty)
            first.setFocus()
        for client in clients:
            self.area.body.addWidget(self._card(client))
        self.area.body.addStretch(1)
        self.area.verticalScrollBar().setValue(at)

    # cards

    def _card(self, client: ClientLine) -> Card:
        words = self.context.words
        card = Card(margins=(20, 14, 16, 12), spacing=4)
        card.body.addWidget(Label(client.name, Type.QUESTION, wrap=True))
        head = QHBoxLayout()
        card.body.addLayout(head)
        head.setSpacing(6)
        shown = number(words, client.locations)
        told = words.plural("{shown} location", "{shown} locations", client.locations, shown=shown)
        under = " · ".join(filter(None, (told, " · ".join(client.contacts.split("\n")))))
        head.addWidget(ElidedLabel(under, Type.HELP, Ink.TEXT2), 1)
        if not client.active:
            head.addWidget(Chip(words("Archived"), Tone.NEUTRAL, "archive"))
        for caption, name, icon, slot in (
            (words("Branding"), words("Branding of {name}", name=client.name), "palette",
             partial(self.branding_wanted.emit, client.id)),
            (words("Edit"), words("Edit {name}", name=client.name), "pencil-line",
             partial(self.edit_client, client)),
            _archive(words, client, partial(self.archive_client, client)),
        ):  # fmt: skip
            button = Button(caption, Kind.SOFT, icon=icon, height=32)
            button.set_caption(caption, name)
            button.clicked.connect(slot)
            head.addWidget(button)
        card.body.addSpacing(4)
        for brand in client.brands:
            card.body.addWidget(Line())
            card.body.addWidget(self._brand(client, brand))
        card.body.addWidget(Line())
        add = Button(words("Add a brand"), Kind.TEXT, icon="plus", height=32)
        add.set_caption(words("Add a brand"), words("Add a brand to {name}", name=client.name))
        add.clicked.connect(partial(self.edit_brand, client, None))
        card.body.addWidget(add)
        return card

    def _brand(self, client: ClientLine, brand: BrandLine) -> QWidget:
        words = self.context.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(Swatch(brand))
        row.addWidget(
            ElidedLabel(brand.name, Type.BODY, Ink.TEXT if brand.active else Ink.TEXT2), 1
        )
        if not brand.active:
            row.addWidget(Chip(words("Archived"), Tone.NEUTRAL, "archive"))
        shown = number(words, brand.locations)
        told = words.plural("{shown} location", "{shown} locations", brand.locations, shown=shown)
        row.addWidget(Label(told, Type.HELP, Ink.TEXT2))
        for caption, name, icon, slot in (
            (words("Rename"), words("Rename {name}", name=brand.name), "pencil-line",
             partial(self.edit_brand, client, brand)),
            _archive(words, brand, partial(self.archive_brand, brand)),
        ):  # fmt: skip
            button = Button(icon=icon, kind=Kind.TEXT, name=name, height=32)
            button.setToolTip(caption)
            button.clicked.connect(slot)
            row.addWidget(button)
        return holder

    # doing

    def add_client(self) -> None:
        self._edit(None)

    def edit_client(self, client: ClientLine) -> None:
        self._edit(client)

    def _edit(self, client: ClientLine | None) -> None:
        dialog = ClientDialog(self.context, client, self)
        dialog.kept.connect(self._kept)
        dialog.open()

    def edit_brand(self, client: ClientLine, brand: BrandLine | None) -> None:
        dialog = BrandDialog(self.context, client, brand, self)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self, act: Act, said: str) -> None:
        if act.steps:
            self.undo.did(act, said, self)

    def archive_client(self, client: ClientLine) -> None:
        done = partial(self._archived, client.name, client.active)
        locations.archive_client(self.context, client.id, done, on=not client.active)

    def archive_brand(self, brand: BrandLine) -> None:
        done = partial(self._archived, brand.name, brand.active)
        locations.archive_brand(self.context, brand.id, done, on=not brand.active)

    def _archived(self, name: str, was_active: bool, act: Act) -> None:
        words = self.context.words
        said = words("{name} is archived.", name=name) if was_active else words(
            "{name} is back.", name=name)  # fmt: skip
        self.undo.did(act, said, self)

    def focus_first(self) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)


def _archive(
    words: Words, line: ClientLine | BrandLine, slot: Callable[[], None]
) -> tuple[str, str, str, Callable[[], None]]:
    caption = words("Archive") if line.active else words("Bring back")
    icon = "archive" if line.active else "archive-restore"
    return caption, f"{caption}: {line.name}", icon, slot


class Swatch(QWidget):
    """The two colours of a brand."""

    def __init__(self, brand: BrandLine) -> None:
        super().__init__()
        self._colours = brand.colour, brand.colour2
        self.setFixedSize(current().px(30), current().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        half = self.width() / 2
        for place, value in enumerate(self._colours):
            box = QRectF(place * half, 0, half - 2, self.height())
            rounded(painter, box, 4, colour(value), colour(current().tokens.border))


class ClientDialog(Dialog):
    """``kept(Act, str)``: what was done, in a sentence."""

    kept = Signal(object, str)

    def __init__(self, context: AppContext, client: ClientLine | None, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Edit the client") if client else words("Add a client"), parent)
        self._context, self._client = context, client
        self.name = Field(words("Name"), client.name if client else "")
        self.body.addWidget(self.name)
        self.contacts = TextInput(words("Contacts"), lines=3, parent=self)
        self.contacts.show_text(client.contacts if client else "")
        hint = words("Who is called about reports and appeals.")
        self.body.addWidget(Labelled(words("Contacts"), self.contacts, hint))
        self.save = foot(self, context, words("Save") if client else words("Add the client"))
        self.save.clicked.connect(self._save)
        self.name.edit.setFocus()

    def _save(self) -> None:
        self.save.setEnabled(False)
        self.contacts.commit_input()
        key = self._client.id if self._client is not None else 0
        locations.keep_client(
            self._context, key, self.name.text(), self.contacts.text(), self._kept, self._refused
        )

    def _kept(self, act: Act) -> None:
        words, name = self._context.words, self.name.text()
        said = words("{name} is changed.", name=name) if self._client else words(
            "{name} is added.", name=name)  # fmt: skip
        self.accept()
        self.kept.emit(act, said)

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()


class BrandDialog(Dialog):
    """``kept(Act, str)``."""

    kept = Signal(object, str)

    def __init__(
        self, context: AppContext, client: ClientLine, brand: BrandLine | None, parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(words("Rename the brand") if brand else words("Add a brand"), parent)
        self._context, self._client, self._brand = context, client, brand
        hint = words("Its colours and its logo are set under Branding.")
        self.name = Field(words("Name"), brand.name if brand else client.name, hint=hint)
        self.body.addWidget(self.name)
        self.save = foot(self, context, words("Rename") if brand else words("Add the brand"))
        self.save.clicked.connect(self._save)
        self.name.edit.selectAll()
        self.name.edit.setFocus()

    def _save(self) -> None:
        self.save.setEnabled(False)
        key = self._brand.id if self._brand is not None else 0
        name = self.name.text()
        locations.keep_brand(self._context, self._client.id, key, name, self._kept, self._refused)

    def _kept(self, act: Act) -> None:
        words, name = self._context.words, self.name.text()
        said = words("{name} is changed.", name=name) if self._brand else words(
            "{name} is added.", name=name)  # fmt: skip
        self.accept()
        self.kept.emit(act, said)

    def _refused(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.name.set_error(self._context.sentence(error))
        self.name.edit.setFocus()
