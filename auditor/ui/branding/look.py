"""The looks of a client: logo and colours of a brand; footer, page and template of every report.

What is tried shows on the sample at once; what is meant is kept on disk and can be taken back.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.branding import (
    LONGEST_FOOTER,
    BrandLook,
    ClientBranding,
    Dress,
    PageFormat,
    TemplateRecord,
)
from auditor.ui.branding.colour_field import ColourField
from auditor.ui.branding.logo_field import LogoField
from auditor.ui.commands import branding as commands
from auditor.ui.context import AppContext
from auditor.ui.kit.card import Card
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.services.logos import Logo
    from auditor.ui.commands.acts import Act

PAGES = (PageFormat.A4, PageFormat.LETTER)


class LookPanel(QWidget):
    """``changed()`` when the sample is to follow; ``kept()`` when something is on disk."""

    changed = Signal()
    kept = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self.branding: ClientBranding | None = None
        self.templates: tuple[TemplateRecord, ...] = ()
        self._look = BrandLook(0, "", "#000000", "#000000")
        self._offered: str | None = None
        self._footer_dirty = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self._brand_card()
        self._page_card()
        self.column.addStretch(1)

    def _card(self, title: str, said: str) -> Card:
        card = Card(margins=(20, 14, 20, 18), spacing=12)
        self.column.addWidget(card)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        card.body.addLayout(texts)
        texts.addWidget(Label(title, Type.QUESTION))
        texts.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))
        return card

    def _brand_card(self) -> None:
        words = self.words
        card = self._card(words("Brand"), words("Stands on the reports of its locations."))
        self.brand = Select()
        self.brand.currentIndexChanged.connect(self._choose_brand)
        self.brand_field = Labelled(words("Brand"), self.brand)
        self.logo = LogoField(words)
        self.logo.given.connect(self.read_logo)
        self.logo.removed.connect(self._remove_logo)
        self.first = ColourField(words, words("Main colour"))
        self.second = ColourField(words, words("Second colour"), second=True)
        for field in (self.first, self.second):
            field.tried.connect(self._try)
            field.chosen.connect(self._keep_colours)
        for widget in (self.brand_field, self.logo, self.first, self.second):
            card.body.addWidget(widget)

    def _page_card(self) -> None:
        words = self.words
        card = self._card(words("Every page"), words("Holds for all brands of this client."))
        self.footer = Field(words("Footer"), placeholder=words("Confidential, for internal use"))
        self.footer.edit.textEdited.connect(self._footer_typed)
        self.footer.edit.editingFinished.connect(self._keep_footer)
        self.page = Segmented(("A4", "Letter"), words("Page size"))
        self.page.changed.connect(self._keep_page)
        self.template = Select()
        self.template.activated.connect(self._keep_template)
        card.body.addWidget(self.footer)
        card.body.addWidget(Labelled(words("Page size"), self.page))
        note = words("A program may choose another one.")
        card.body.addWidget(Labelled(words("Parts of the report"), self.template, note))

    # showing

    def show_branding(
        self, branding: ClientBranding, templates: tuple[TemplateRecord, ...]
    ) -> None:
        """What is on disk; what is being typed stays."""
        other = self.branding is None or self.branding.id != branding.id
        self.branding, self.templates = branding, templates
        wanted = 0 if other else self._look.id
        self._fill_brands(branding, wanted)
        if other or not self._footer_dirty:
            self.footer.edit.setText(branding.footer)
            self._footer_dirty = False
            self._count_footer()
        self.page.choose(PAGES.index(branding.page))
        self._fill_templates()
        self.changed.emit()

    def _fill_brands(self, branding: ClientBranding, wanted: int) -> None:
        self.brand.blockSignals(True)
        self.brand.clear()
        for look in branding.brands:
            self.brand.addItem(look.name, look.id)
        at = max(self.brand.findData(wanted), 0)
        self.brand.setCurrentIndex(at if branding.brands else -1)
        self.brand.blockSignals(False)
        self.brand_field.setVisible(len(branding.brands) > 1)
        if branding.brands:
            self._show_look(branding.brands[at])

    def _show_look(self, look: BrandLook) -> None:
        self._look = look
        self.logo.say(None)
        self.logo.show_logo(look.logo_picture, held=look.logo is not None)
        self._show_colours()
        if look.logo_picture != self._offered:
            self._offered = look.logo_picture
            self._offer(())
            if look.logo_picture is not None:
                commands.suggest(self.context, look.logo_picture, self._offer)

    def _offer(self, colours: tuple[str, ...]) -> None:
        for field in (self.first, self.second):
            field.offer(colours)

    def _show_colours(self) -> None:
        self.first.show_colour(self._look.colour, self._look.colour2)
        self.second.show_colour(self._look.colour2, self._look.colour)

    def _fill_templates(self) -> None:
        self.template.clear()
        self.template.addItem(self.words("All parts"), None)
        for record in self.templates:
            self.template.addItem(record.name, record.id)
        chosen = None if self.branding is None else self.branding.template_id
        self.template.setCurrentIndex(max(self.template.findData(chosen), 0))

    @property
    def chosen_template(self) -> TemplateRecord | None:
        key = self.template.currentData()
        return next((each for each in self.templates if each.id == key), None)

    def dress(self) -> Dress | None:
        """What the sample is to wear now, kept or only tried."""
        if self.branding is None or not self.branding.brands:
            return None
        template = self.chosen_template
        return Dress(
            self.branding.name,
            self._look,
            self.footer.text()[:LONGEST_FOOTER],
            PAGES[self.page.index],
            None if template is None else template.input,
        )

    @property
    def brand_id(self) -> int:
        return self._look.id

    def choose_brand(self, brand_id: int) -> None:
        at = self.brand.findData(brand_id)
        if at >= 0:
            self.brand.setCurrentIndex(at)

    # a brand

    def _choose_brand(self, index: int) -> None:
        if self.branding is not None and 0 <= index < len(self.branding.brands):
            self._show_look(self.branding.brands[index])
            self.changed.emit()

    def _try(self, value: str) -> None:
        self._look = self._with(value)
        self._show_colours()
        self.changed.emit()

    def _with(self, value: str) -> BrandLook:
        if self.sender() is self.second:
            return replace(self._look, colour2=value)
        return replace(self._look, colour=value)

    def _keep_colours(self, value: str) -> None:
        self._look = self._with(value)
        self._show_colours()
        self.changed.emit()
        self._send_colours()

    def _send_colours(self) -> None:
        look = self._look
        commands.set_colours(
            self.context, look, look.colour, look.colour2, self._colours_kept, self._refused
        )

    def _colours_kept(self, act: Act) -> None:
        self._told(act, self.words("The colours of {brand} are changed.", brand=self._look.name))

    def read_logo(self, path: Path) -> None:
        self.logo.set_busy(True)
        self.logo.say(None)
        commands.read_logo(self.context, path, self._keep_logo, self._logo_refused)

    def _keep_logo(self, logo: Logo) -> None:
        commands.set_logo(self.context, self._look, logo, self._logo_kept, self._logo_refused)

    def _remove_logo(self) -> None:
        self.logo.set_busy(True)
        commands.set_logo(self.context, self._look, None, self._logo_kept, self._logo_refused)

    def _logo_kept(self, act: Act) -> None:
        self.logo.set_busy(False)
        self._told(act, self.words("The logo of {brand} is changed.", brand=self._look.name))

    def _logo_refused(self, error: Exception) -> None:
        self.logo.set_busy(False)
        self.logo.say(self.context.sentence(error))

    # every page

    def _footer_typed(self) -> None:
        self._footer_dirty = True
        self._count_footer()
        self.changed.emit()

    def _count_footer(self) -> None:
        """How much of the line is taken, and whether it is too much."""
        length = len(self.footer.text())
        told = {"count": length, "most": LONGEST_FOOTER}
        if length > LONGEST_FOOTER:
            self.footer.set_error(self.words("{count} of {most} characters: shorten it.", **told))
            return
        self.footer.set_error(None)
        self.footer.note.setText(self.words("{count} of {most} characters", **told))
        self.footer.note.setVisible(length > 0)

    def _keep_footer(self) -> None:
        if self.branding is None or not self._footer_dirty:
            return
        commands.set_footer(
            self.context, self.branding.id, self.footer.text(), self._footer_kept,
            self._footer_refused,
        )  # fmt: skip

    def _footer_kept(self, act: Act) -> None:
        self._footer_dirty = False
        self._told(act, self.words("The footer is changed."))

    def _footer_refused(self, error: Exception) -> None:
        self.footer.set_error(self.context.sentence(error))

    def _keep_page(self, index: int) -> None:
        self.changed.emit()
        if self.branding is not None:
            commands.set_page(
                self.context, self.branding.id, PAGES[index], self._page_kept, self._refused
            )

    def _page_kept(self, act: Act) -> None:
        self._told(act, self.words("The page size is changed."))

    def _keep_template(self) -> None:
        self.changed.emit()
        if self.branding is not None:
            key = self.template.currentData()
            commands.set_template(
                self.context, self.branding.id, key, self._template_kept, self._refused
            )

    def _template_kept(self, act: Act) -> None:
        self._told(act, self.words("The parts of the report are changed."))

    def _told(self, act: Act, said: str) -> None:
        if act.steps:
            undo_of(self.context).did(act, said, self)
        self.kept.emit()

    def _refused(self, error: Exception) -> None:
        """What is on disk holds."""
        self.context.report_error(error)
        self.kept.emit()

    def commit(self) -> bool:
        """Keep what is typed; False where it cannot be."""
        self._keep_footer()
        stored = () if self.branding is None else self.branding.brands
        look = next((each for each in stored if each.id == self._look.id), self._look)
        if (look.colour, look.colour2) != (self._look.colour, self._look.colour2):
            self._send_colours()
        return len(self.footer.text()) <= LONGEST_FOOTER and all(
            field.settled() for field in (self.first, self.second)
        )
