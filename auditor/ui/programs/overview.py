"""A program at a glance: its name and client, what it is for, what is filled, what is aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor

from auditor.domain.records import ChecklistRecord
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.home.groups import checklist_title
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.programs.cards import Page
from auditor.ui.programs.form import Part, ProgramForm
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.theme import Ink, Type
from auditor.words import Words


def checklist_name(words: Words, checklist: ChecklistRecord) -> str:
    """ "Café visit 3.1"."""
    return f"{checklist_title(checklist.title, words.language)} {checklist.version}"


class ChecklistSelect(Select):
    """The stored versions; ``nothing`` is the entry of none."""

    def __init__(self, words: Words, checklists: Sequence[ChecklistRecord], nothing: str) -> None:
        super().__init__()
        self.addItem(nothing, None)
        for each in checklists:
            self.addItem(checklist_name(words, each), each.id)

    @property
    def version_id(self) -> int | None:
        found: int | None = self.currentData()
        return found

    def show_value(self, version_id: int | None) -> None:
        self.setCurrentIndex(max(self.findData(version_id), 0))


class OverviewPage(Page):
    """``archive_wanted()`` puts the program away, or brings it back."""

    archive_wanted = Signal()

    def __init__(
        self,
        form: ProgramForm,
        client: str,
        checklists: Sequence[ChecklistRecord],
        templates: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__()
        self.form, self.words = form, form.context.words
        self._add_name(client)
        self._add_contents(checklists, templates)
        self.column.addStretch(1)

    def _add_name(self, client: str) -> None:
        words, form = self.words, self.form
        card = self.card(words("Program"))
        card.top.addWidget(ElidedLabel(client, Type.HELP, Ink.TEXT2))
        self.name = Field(words("Name of the program"))
        self.name.edit.editingFinished.connect(form.keep)
        card.body.addWidget(self.name)
        form.add(Part("name", self.name.text, self.name.edit.setText, self.name.set_error))
        self.objectives = TextInput(words("Objectives"), lines=3, parent=self)
        self.objectives.left.connect(form.keep)
        field = Labelled(words("Objectives"), self.objectives, words(
            "What the client wants to learn. Not shown to evaluators."))  # fmt: skip
        card.body.addWidget(field)
        form.add(text_part("objectives", self.objectives, field))

    def _add_contents(
        self, checklists: Sequence[ChecklistRecord], templates: Sequence[tuple[int, str]]
    ) -> None:
        words, form = self.words, self.form
        card = self.card(words("What is filled, and what is aimed at"), words(
            "Holds for every wave that says nothing else."))  # fmt: skip
        self.checklist = ChecklistSelect(words, checklists, words("None yet"))
        self.checklist.activated.connect(form.keep)
        field = Labelled(words("Checklist"), self.checklist, words(
            "This version is given to every visit that is planned."))  # fmt: skip
        self.target = NumberField(
            words, words("Target score"), words("of 100"),
            words("The score the client aims at; charts draw it as a line."),
            allowed=Range(0, 100, places=2),
        )  # fmt: skip
        self.target.left.connect(form.keep)
        card.add_row(field, self.target)
        form.add(Part("terms.checklist_version_id", lambda: self.checklist.version_id,
                      self.checklist.show_value, field.set_error))  # fmt: skip
        form.add(number_part("terms.target", self.target))
        if templates:
            self._add_template(card, templates)

    def _add_template(self, card: object, templates: Sequence[tuple[int, str]]) -> None:
        words, form = self.words, self.form
        self.template = Select()
        self.template.addItem(words("As the client"), None)
        for id_, name in templates:
            self.template.addItem(name, id_)
        self.template.activated.connect(form.keep)
        field = Labelled(words("Report template"), self.template, words(
            "Which parts the PDF report has."))  # fmt: skip
        from auditor.ui.programs.cards import TitledCard

        if isinstance(card, TitledCard):
            card.add_row(field, Page())

        def show(value: int | None) -> None:
            self.template.setCurrentIndex(max(self.template.findData(value), 0))

        form.add(Part("terms.template_id", self.template.currentData, show, field.set_error))


def text_part(key: str, control: TextInput, field: Labelled[TextInput]) -> Part:
    """The text as it is kept: without space around it."""

    def show(text: str) -> None:
        control.show_text(text)
        control.moveCursor(QTextCursor.MoveOperation.Start)

    return Part(key, lambda: control.text().strip(), show, field.set_error)


def number_part(key: str, field: NumberField, *, whole: bool = False) -> Part:
    """A Decimal or None; ``whole``: an int, 0 where it is blank."""

    def read() -> Decimal | int | None:
        if field.wrong:
            raise ValueError(key)
        return field.whole if whole else field.value

    def show(value: Decimal | int | None) -> None:
        blank = whole and value == 0 and field.allowed.blank
        field.show_value(None if blank else value)

    return Part(key, read, show, field.set_error)
