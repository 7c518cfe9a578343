"""Right of the visits: what to make of them, in which template and language, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from auditor.domain.report_choice import BOTH, LANGUAGES
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.field import Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.reports.batching import TemplateChoice
from auditor.ui.reports.products import Pane, captions
from auditor.ui.theme import Ink, Type
from auditor.words import Words


class Choices(Pane):
    def __init__(self, words: Words, language: str, folder: Path) -> None:
        super().__init__()
        self.words = words
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        area = ScrollArea(margins=(19, 16, 11, 16), spacing=6)  # large text on a small window
        whole.addWidget(area)
        column = area.body
        self._add_what(column)
        self._name(column, words("Language"))
        self._languages = [*LANGUAGES, BOTH]
        captions = [*(NAMES[each] for each in LANGUAGES), words("Both")]
        self.language = Segmented(captions, words("Language of the reports"), stretch=True)
        self.language.segments[-1].setToolTip(words("Two files for each visit."))
        self.choose_language(language)
        column.addWidget(self.language)
        column.addSpacing(8)
        self._name(column, words("Folder"))
        self.folder = ElidedLabel(str(folder), Type.BODY)
        column.addWidget(self.folder)
        name = words("Choose a folder…")
        self.choose = Button(words("Choose…"), icon="folder-open", name=name)
        column.addWidget(self.choose)
        column.addSpacing(8)
        self.note = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        column.addWidget(self.note)
        column.addStretch(1)

    def _name(self, column: QVBoxLayout, name: str) -> Label:
        label = Label(name, Type.HELP, Ink.TEXT2)
        column.addWidget(label)
        return label

    def _add_what(self, column: QVBoxLayout) -> None:
        """What to make, of which wave, in which template."""
        words = self.words
        self._name(column, words("Make"))
        self.product = Select()
        self.product.setAccessibleName(words("Make"))
        self.product.addItems(captions(words))
        column.addWidget(self.product)
        column.addSpacing(8)
        self._name(column, words("Program and wave"))
        self.wave = Select()
        self.wave.setAccessibleName(words("Program and wave"))
        self.wave.addItem(words("All programs"))
        column.addWidget(self.wave)
        column.addSpacing(8)
        self._template = self._name(column, words("Template"))
        self.template = TemplateChoice(words)
        column.addWidget(self.template)
        column.addSpacing(8)

    @property
    def chosen_language(self) -> str:
        """One, or ``BOTH``."""
        return self._languages[self.language.index]

    def choose_language(self, language: str) -> None:
        self.language.choose(self._languages.index(language))

    def offer_template(self, *, on: bool) -> None:
        """Of one PDF for each visit, which may be in both languages, too."""
        if not on and self.chosen_language == BOTH:
            self.choose_language(self.words.language)
        self.language.segments[-1].setVisible(on)
        self._template.setVisible(on)
        self.template.setVisible(on)
