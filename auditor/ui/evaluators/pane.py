"""One evaluator in full, beside the table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.evaluators import GradeRecord
from auditor.ui import when
from auditor.ui.commands import evaluators
from auditor.ui.commands.evaluators import Listed
from auditor.ui.commands.studies import today
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import Label
from auditor.ui.planning.pane import Pane
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import Words

#: So many grades are shown.
GRADES = 12


def grade_text(words: Words, mean: float | None) -> str:
    """ "7.4"; "–" without a grade."""
    if mean is None:
        return "–"
    text = f"{mean:.1f}"
    return text.replace(".", ",") if words.language == "vi" else text


class EvaluatorPane(Pane):
    """``edit_wanted``, ``archive_wanted``, ``grade_wanted`` of the one shown;
    ``grade_removed(GradeRecord)``."""

    edit_wanted = Signal()
    archive_wanted = Signal()
    grade_wanted = Signal()
    grade_removed = Signal(object)

    def __init__(self, context: AppContext) -> None:
        words = context.words
        super().__init__(words("The evaluator"), words("Close"))
        self.context, self.words = context, words
        self.listed: Listed | None = None
        self.grades: QVBoxLayout | None = None
        self.show_listed(None)

    def show_listed(self, listed: Listed | None) -> None:
        held = self.area.verticalScrollBar().value()
        same = bool(listed and self.listed and listed.who.id == self.listed.who.id)
        self.listed, self.grades = listed, None
        clear(self.column)
        if listed is None:
            none = self.words("Choose an evaluator in the table to see them here.")
            self.column.addWidget(Label(none, Type.HELP, Ink.TEXT2, wrap=True))
        else:
            self._fill(listed)
            who = listed.who.id
            evaluators.read_grades(self.context, who, self._show_grades)
        self.column.addStretch(1)
        self.area.verticalScrollBar().setValue(held if same else 0)

    def _fill(self, listed: Listed) -> None:
        words, who, work = self.words, listed.who, listed.work
        title = Label(who.name or who.code, Type.QUESTION, wrap=True)
        title.setContentsMargins(0, 0, 28, 0)
        self.column.addWidget(title)
        self.column.addWidget(Label(who.code, Type.HELP, Ink.TEXT2))
        chips = QHBoxLayout()
        self.column.addLayout(chips)
        chips.setSpacing(6)
        if not who.active:
            chips.addWidget(Chip(words("Archived"), Tone.NEUTRAL, "archive"))
        if work.overdue:
            said = words("{count} overdue", count=work.overdue)
            chips.addWidget(Chip(said, Tone.DANGER, "alarm-clock"))
        chips.addStretch(1)
        self._add_acts(who.active)
        self.column.addWidget(Line())
        self._add_work(listed)
        self.column.addWidget(Line())
        self.fact(words("Home region"), who.region)
        self.fact(words("Languages"), ", ".join(who.languages))
        self.fact(words("Qualifications"), ", ".join(who.qualifications))
        self.fact(words("Contacts"), who.contacts)
        self.fact(words("Notes"), who.notes)
        self._add_grades(listed)

    def _add_acts(self, active: bool) -> None:
        words = self.words
        row = QHBoxLayout()
        self.column.addLayout(row)
        row.setSpacing(6)
        edit = Button(words("Change…"), Kind.SOFT, icon="pencil-line", height=34)
        edit.clicked.connect(self.edit_wanted)
        archive = Button(words("Archive") if active else words("Bring back"), Kind.TEXT,
                         icon="archive" if active else "archive-restore", height=34)  # fmt: skip
        archive.clicked.connect(self.archive_wanted)
        for button in (edit, archive):
            row.addWidget(button)
        row.addStretch(1)

    def _add_work(self, listed: Listed) -> None:
        words, work = self.words, listed.work
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        told = (
            (str(work.made), words("handed in")), (str(work.under_way), words("begun")),
            (str(work.planned), words("not begun")),
        )  # fmt: skip
        for column, (figure, said) in enumerate(told):
            grid.addWidget(Label(figure, Type.TITLE), 0, column)
            grid.addWidget(Label(said, Type.HELP, Ink.TEXT2), 1, column)
        grid.setColumnStretch(3, 1)
        self.column.addWidget(holder)
        if work.last_visit is not None:
            day = when.day(words, work.last_visit, today())
            self.column.addWidget(Label(words("Last visit: {day}", day=day), Type.HELP, Ink.TEXT2))

    def _add_grades(self, listed: Listed) -> None:
        words, work = self.words, listed.work
        self.column.addWidget(Line())
        head = QHBoxLayout()
        self.column.addLayout(head)
        head.setSpacing(8)
        head.addWidget(Label(words("Grades"), Type.STRONG))
        if work.grades:
            said = words("mean {mean}, n = {count}", mean=grade_text(words, work.grade),
                         count=work.grades)  # fmt: skip
            head.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        head.addStretch(1)
        add = Button(words("Grade…"), Kind.TEXT, icon="plus", height=30)
        add.clicked.connect(self.grade_wanted)
        head.addWidget(add)
        self.grades = QVBoxLayout()
        self.column.addLayout(self.grades)
        self.grades.setSpacing(8)

    def _show_grades(self, grades: Sequence[GradeRecord]) -> None:
        if self.grades is None or self.listed is None:
            return
        if grades and grades[0].evaluator_id != self.listed.who.id:
            return
        clear(self.grades)
        for grade in grades[:GRADES]:
            self.grades.addWidget(_GradeRow(self, grade))
        words = self.words
        more = len(grades) - GRADES
        if more > 0:
            said = words.plural("and {count} more", "and {count} more", more)
            self.grades.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        if not grades:
            said = words("None yet. A grade of 1 to 10 for a piece of work.")
            self.grades.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))


class _GradeRow(QWidget):
    def __init__(self, pane: EvaluatorPane, grade: GradeRecord) -> None:
        super().__init__()
        words = pane.words
        self._pane, self._grade = pane, grade
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        figure = Label(str(grade.grade), Type.STRONG)
        figure.setFixedWidth(pane.context.theme.px(22))
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        row.addLayout(texts, 1)
        texts.setSpacing(0)
        day = when.day(words, grade.given_on, today())
        head = " · ".join(part for part in (day, grade.visit) if part)
        texts.addWidget(Label(head, Type.HELP, Ink.TEXT2))
        if grade.note:
            texts.addWidget(Label(grade.note, Type.HELP, wrap=True))
        remove = Button(icon="trash-2", kind=Kind.TEXT, height=28,
                        name=words("Remove the grade of {day}", day=day))  # fmt: skip
        remove.clicked.connect(self._remove)
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    def _remove(self) -> None:
        self._pane.grade_removed.emit(self._grade)
