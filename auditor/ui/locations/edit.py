"""Add a location, or change one: every field, checked while it is typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QWidget

from auditor.domain.errors import UserError
from auditor.domain.folding import folded
from auditor.domain.places import (
    LONGEST,
    LONGEST_TAG,
    MOST_TAGS,
    ClientLine,
    ListedLocation,
    LocationInput,
    RegionNode,
)
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import locations
from auditor.ui.context import AppContext
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.locations.region_dialogs import foot

_TAG_PARTS = re.compile(r"[,;|\n]")
DEEPEST = 8


class Tall(ScrollArea):
    """As high as what is in it; it scrolls where the window is lower."""

    def sizeHint(self) -> QSize:
        hint = self.inner.sizeHint()
        return QSize(hint.width() + 14, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inner.minimumSizeHint().width() + 14, 120)

    def grow(self) -> None:
        """The dialog takes up what was put in meanwhile, once that is shown."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        self.updateGeometry()
        dialog = self.window()
        if isinstance(dialog, Dialog):
            dialog.fit()


class LocationDialog(Dialog):
    """``kept(Act)`` once it is on disk. ``listed`` None is a new location, of ``brand`` in
    ``region`` at first."""

    kept = Signal(object)

    def __init__(
        self,
        context: AppContext,
        clients: Sequence[ClientLine],
        regions: Sequence[RegionNode],
        parent: QWidget,
        *,
        listed: ListedLocation | None = None,
        brand: int = 0,
        region: str = "",
    ) -> None:
        words = context.words
        title = words("Add a location") if listed is None else words("Edit the location")
        super().__init__(title, parent, width=600)
        self._context, self._listed = context, listed
        self._clients, self._regions = clients, regions
        area = Tall(spacing=10, margins=(0, 0, 4, 0))
        self._column = area.body
        self._add_fields(region)
        self.body.addWidget(area, 1)
        self._fill_brands(brand)
        caption = words("Add the location") if listed is None else words("Save")
        self.save = foot(self, context, caption)
        self.save.clicked.connect(self._save)
        self._watch()
        self.code.edit.setFocus()

    def _add_fields(self, region: str) -> None:
        words = self._context.words
        known = LocationInput("", "", region=region)
        place = self._listed.place if self._listed is not None else known
        self.brand = Select()
        self.brand_field = Labelled(words("Brand"), self.brand)
        self.code = Field(words("Code"), place.code, placeholder="SV-014")
        self._row(self.brand_field, self.code)
        self.name = Field(words("Name"), place.name)
        self._column.addWidget(self.name)
        hint = words("From wide to narrow, parted by /. New ones are made.")
        self.region = Field(words("Region"), place.region, hint=hint)
        self._complete()
        self._column.addWidget(self.region)
        self.address = Field(words("Address"), place.address)
        self._column.addWidget(self.address)
        self.hours = Field(words("Opening hours"), place.hours, placeholder="07:00–22:00")
        self.tags = Field(words("Tags"), ", ".join(place.tags), placeholder=words("drive-in, mall"))
        self._row(self.hours, self.tags)
        self.contacts = TextInput(words("Contacts"), lines=2, parent=self)
        self.contacts.show_text(place.contacts)
        self.contacts_field = Labelled(words("Contacts"), self.contacts)
        self._column.addWidget(self.contacts_field)

    def _row(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        self._column.addLayout(row)
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    def _complete(self) -> None:
        """Paths that are there are offered while one types, wherever the letters stand in them."""
        paths = QCompleter(self)
        paths.setModel(QStringListModel(sorted({node.path for node in self._regions}), paths))
        paths.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        paths.setFilterMode(Qt.MatchFlag.MatchContains)
        self.region.edit.setCompleter(paths)

    def _fill_brands(self, brand: int) -> None:
        """Of one client where the location has one: a place does not change its client."""
        held = self._listed.place.brand_id if self._listed is not None else brand
        owner = next(
            (each for each in self._clients if any(b.id == held for b in each.brands)), None
        )
        several = len(self._clients) > 1
        for client in self._clients:
            if self._listed is not None and client is not owner:
                continue
            for each in client.brands:
                if each.active or (self._listed is not None and each.id == held):
                    alone = self._listed is not None or not several
                    name = each.name if alone else f"{client.name} · {each.name}"
                    self.brand.addItem(name, each.id)
        self.brand.setCurrentIndex(max(self.brand.findData(held), 0))

    # checking

    def _watch(self) -> None:
        for field in self._lines().values():
            field.edit.textChanged.connect(self._check)
        self.contacts.typed.connect(self._check)

    def _lines(self) -> dict[str, Field]:
        return {
            "code": self.code, "name": self.name, "region": self.region, "address": self.address,
            "hours": self.hours, "tags": self.tags,
        }  # fmt: skip

    def _check(self) -> None:
        """Say beside each field what is wrong with it. One that was not touched yet may be
        empty."""
        for name, field in self._lines().items():
            wrong = self._wrong(name, field.text())
            if wrong is None and name in ("code", "name") and not field.text():
                touched = field.edit.isModified()
                wrong = self._context.words("Type it: it may not be empty.") if touched else None
            field.set_error(wrong)
        self.contacts_field.set_error(self._wrong("contacts", self.contacts.text()))

    def _wrong(self, name: str, text: str) -> str | None:
        words = self._context.words
        most, length = LONGEST.get(name), len(text)
        if most is not None and length > most:
            return words("{length} characters; at most {most} are kept. Shorten it.",
                         length=length, most=most)  # fmt: skip
        if name == "region" and len([part for part in text.split("/") if part.strip()]) > DEEPEST:
            return words("A region lies at most {most} levels deep.", most=DEEPEST)
        if name == "tags":
            tags = self._tags()
            if len({folded(tag) for tag in tags}) > MOST_TAGS:
                return words("A location has at most {most} tags.", most=MOST_TAGS)
            if any(len(tag) > LONGEST_TAG for tag in tags):
                return words("A tag has at most {most} characters.", most=LONGEST_TAG)
        return None

    def _tags(self) -> tuple[str, ...]:
        parts = (part.strip() for part in _TAG_PARTS.split(self.tags.text()))
        return tuple(part for part in parts if part)

    def _given(self) -> LocationInput:
        return LocationInput(
            code=self.code.text(),
            name=self.name.text(),
            address=self.address.text(),
            region=self.region.text(),
            contacts=self.contacts.text(),
            hours=self.hours.text(),
            tags=self._tags(),
            active=self._listed.place.active if self._listed is not None else True,
        )

    # keeping

    def _save(self) -> None:
        self.contacts.commit_input()
        for field in (self.code, self.name):
            field.edit.setModified(True)
        self._check()
        wrong = [field for field in self._lines().values() if field.error]
        if wrong or self.contacts_field.error:
            (wrong[0].edit if wrong else self.contacts).setFocus()
            return
        self.save.setEnabled(False)
        brand, given = self.brand.currentData(), self._given()
        if self._listed is None:
            locations.add(self._context, brand, given, self._kept, self._refused)
        else:
            locations.change(self._context, self._listed, brand, given, self._kept, self._refused)

    def _kept(self, act: object) -> None:
        self.accept()
        self.kept.emit(act)

    def _refused(self, error: UserError) -> None:
        """What is refused stands beside its field."""
        self.save.setEnabled(True)
        fields: dict[str, Field | Labelled[Select]] = {
            "code_taken": self.code, "many_tags": self.tags, "region_deep": self.region,
            "brand_client": self.brand_field,
        }  # fmt: skip
        beside = fields.get(error.code, self.name)
        beside.set_error(self._context.sentence(error))
        beside.control.setFocus()
