"""Add or change an evaluator; give a grade."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from auditor.domain.evaluators import (
    HIGHEST,
    LOWEST,
    EvaluatorInput,
    EvaluatorRecord,
    looks_like_code,
)
from auditor.domain.places import RegionNode
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import evaluators
from auditor.ui.commands.acts import Act
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.tall import TallArea
from auditor.ui.programs.dialogs import day_field, foot, read_field

FORM = 620


def words_of(text: str) -> tuple[str, ...]:
    """ "vi, English; 日本語" as words, in their order, each once."""
    found = (each.strip() for each in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(each for each in found if each))


class EvaluatorForm(Dialog):
    """``kept(Act)`` once it is on disk; its value is the EvaluatorRecord."""

    kept = Signal(object)

    def __init__(
        self,
        context: AppContext,
        known: EvaluatorRecord | None,
        regions: Sequence[RegionNode],
        parent: QWidget,
    ) -> None:
        words = context.words
        title = words("Change {code}", code=known.code) if known else words("Add an evaluator")
        super().__init__(title, parent, width=FORM)
        self._context, self._known = context, known
        given = known.given if known else EvaluatorInput("")
        self._area = TallArea(FORM - 48)
        self.body.addWidget(self._area)
        self._add_who(given)
        self._add_skills(given, regions)
        self._add_notes(given)
        self.save = foot(self, context, words("Save"))
        self.save.clicked.connect(self._save)
        self.code.edit.setFocus()

    def _row(self, *fields: QWidget) -> None:
        row = QHBoxLayout()
        self._area.body.addLayout(row)
        row.setSpacing(12)
        for field in fields:
            column = QVBoxLayout()
            row.addLayout(column, 1)
            column.addWidget(field)
            column.addStretch(1)

    def _add_who(self, given: EvaluatorInput) -> None:
        words = self._context.words
        self.code = Field(words("Code"), given.code, placeholder="EV-07", hint=words(
            "All that a client may ever see of them."))  # fmt: skip
        self.code.edit.textChanged.connect(self._check_code)
        self.name = Field(words("Name"), given.name, hint=words("For the office alone."))
        self._row(self.code, self.name)
        self.contacts = Field(words("Contacts"), given.contacts,
                              placeholder=words("Phone, e-mail"))  # fmt: skip
        self._area.body.addWidget(self.contacts)

    def _add_skills(self, given: EvaluatorInput, regions: Sequence[RegionNode]) -> None:
        words = self._context.words
        self.region = Select()
        self.region.addItem(words("None"), None)
        for each in regions:
            self.region.addItem(each.path, each.id)
        self.region.setCurrentIndex(max(self.region.findData(given.region_id), 0))
        self.languages = Field(words("Languages"), ", ".join(given.languages), placeholder="vi, en",
                               hint=words("With commas between."))  # fmt: skip
        self._row(Labelled(words("Home region"), self.region, words(
            "Planning looks near home first.")), self.languages)  # fmt: skip
        said = words("With commas between. Planning may ask for them.")
        self.skills = Field(words("Qualifications"), ", ".join(given.qualifications), hint=said)
        self._area.body.addWidget(self.skills)

    def _add_notes(self, given: EvaluatorInput) -> None:
        words = self._context.words
        self.notes = TextInput(words("Notes"), lines=2, parent=self)
        self.notes.show_text(given.notes)
        self.notes_field: Labelled[QPlainTextEdit] = Labelled(words("Notes"), self.notes)
        self._area.body.addWidget(self.notes_field)

    def _check_code(self) -> None:
        """A code that could be a name is told while it is typed."""
        text, words = self.code.text(), self._context.words
        fine = not text or looks_like_code(text)
        said = words("Use letters and digits, such as EV-07: clients may see it, a name they "
                     "must not.")  # fmt: skip
        self.code.set_error(None if fine else said)

    def given(self) -> EvaluatorInput:
        return EvaluatorInput(
            code=self.code.text(),
            name=self.name.text(),
            contacts=self.contacts.text(),
            languages=words_of(self.languages.text()),
            region_id=self.region.currentData(),
            qualifications=words_of(self.skills.text()),
            notes=self.notes.text().strip(),
            active=self._known.active if self._known else True,
        )

    def _save(self) -> None:
        self.notes.commit_input()
        self.save.setEnabled(False)
        evaluators.keep(self._context, self._known, self.given(), self._kept, self._refused)

    def _kept(self, act: Act) -> None:
        self.accept()
        self.kept.emit(act)

    def _refused(self, error: Any) -> None:
        self.save.setEnabled(True)
        field = str(dict(error.values).get("field", ""))
        fields: dict[str, Labelled[Any]] = {
            "languages": self.languages, "qualifications": self.skills, "name": self.name,
            "contacts": self.contacts, "notes": self.notes_field,
        }  # fmt: skip
        beside = fields.get(field, self.code)
        beside.set_error(self._context.sentence(error))
        beside.control.setFocus()
        self._area.ensureWidgetVisible(beside)


class GradeDialog(Dialog):
    """``kept(Act)`` once the grade is on disk."""

    kept = Signal(object)

    def __init__(self, context: AppContext, who: EvaluatorRecord, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Grade {code}", code=who.code), parent, width=520)
        self._context, self._who = context, who
        figures = [str(grade) for grade in range(LOWEST, HIGHEST + 1)]
        self.grade = Segmented(figures, words("Grade"), chosen=HIGHEST - LOWEST - 2, stretch=True)
        said = words("{lowest} is the worst, {highest} the best.", lowest=LOWEST, highest=HIGHEST)
        self.body.addWidget(Labelled(words("Grade"), self.grade, said))
        self.day = day_field(words, words("Day"), today())
        self.note: Labelled[QLineEdit] = Field(words("Note"), placeholder=words(
            "What was good, what was not"))  # fmt: skip
        row = QHBoxLayout()
        self.body.addLayout(row)
        row.setSpacing(12)
        row.addWidget(self.day, 1)
        row.addWidget(self.note, 3)
        self.save = foot(self, context, words("Give the grade"))
        self.save.clicked.connect(self._save)
        self.grade.segments[self.grade.index].setFocus()

    def _save(self) -> None:
        day, right = read_field(self._context.words, self.day)
        if not right:
            self.day.edit.setFocus()
            return
        given_on: date = day or today()
        self.save.setEnabled(False)
        evaluators.add_grade(
            self._context, self._who.id, self.grade.index + LOWEST, given_on,
            self.note.control.text().strip(), self._kept, self._refused,
        )  # fmt: skip

    def _kept(self, act: Act) -> None:
        self.accept()
        self.kept.emit(act)

    def _refused(self, error: Any) -> None:
        self.save.setEnabled(True)
        self.day.set_error(self._context.sentence(error))
