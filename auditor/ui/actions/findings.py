"""What a visit found amiss: an action for one of them, or for all at once."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.action_words import CAUSE_NAMES
from auditor.domain.actions import LONGEST, Finding
from auditor.ui.actions import phrases
from auditor.ui.actions.day_field import DayField
from auditor.ui.commands import actions as commands
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.home.phrases import figure
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.ui.undo import undo_of
from auditor.words import Words

HEIGHT = 320


class FindingRow(QWidget):
    """``wanted(question, instance)`` by its button."""

    wanted = Signal(str, int)

    def __init__(self, words: Words, finding: Finding, visit_id: int, today: date) -> None:
        super().__init__()
        self.finding = finding
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 8, 8)
        row.setSpacing(12)
        lost = Label(f"−{figure(words, finding.lost)}" if finding.lost else "", Type.STRONG,
                     Ink.DANGER)  # fmt: skip
        lost.setFixedWidth(current().px(46))
        lost.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row.addWidget(lost, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        row.addLayout(texts, 1)
        texts.addWidget(Label(f"{finding.number}  {finding.text}".strip(), Type.STRONG, wrap=True))
        said = finding.comment or finding.answer
        if said:
            texts.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))
        self._marks(words, texts, today)
        side = QVBoxLayout()
        row.addLayout(side)
        self.make = Button(words("Make an action"), Kind.SOFT, icon="plus", height=34)
        self.make.set_caption(
            words("Make an action"), words("Make an action: {what}", what=finding.text)
        )
        self.make.clicked.connect(self._want)
        known = finding.action
        if known is not None and known.visit_id != visit_id:
            caption = words("Found again")
            self.make.set_caption(caption, f"{caption}: {finding.text}")
            self.make.set_icon("rotate-ccw")
        self.make.setVisible(known is None or known.visit_id != visit_id)
        side.addWidget(self.make)
        side.addStretch(1)

    def _marks(self, words: Words, texts: QVBoxLayout, today: date) -> None:
        finding = self.finding
        chips = []
        if finding.critical:
            chips.append(Chip(words("Critical"), Tone.DANGER, "octagon-alert"))
        if finding.cause is not None:
            cause = words(CAUSE_NAMES[finding.cause])
            chips.append(Chip(words("Cause: {cause}", cause=cause), Tone.NEUTRAL))
        if finding.action is not None:
            chips.append(Chip(*phrases.status(words, finding.action.status)))
            due = phrases.due(words, finding.action, today)
            if due is not None:
                chips.append(Chip(*due))
        if chips:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.setContentsMargins(0, 3, 0, 0)
            texts.addLayout(row)
            for chip in chips:
                row.addWidget(chip)
            row.addStretch(1)

    def _want(self) -> None:
        self.wanted.emit(self.finding.question, self.finding.instance)


class FindingsDialog(Dialog):
    """Stays open after each action that was made."""

    def __init__(self, context: AppContext, visit_id: int, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Actions from the findings"), parent, width=640)
        self._context, self._visit_id, self._host = context, visit_id, parent
        self._today = datetime.now().astimezone().date()
        self.rows: list[FindingRow] = []
        self.about = self.say(words("Reading the visit…"))
        self._add_fields()
        self.area = ScrollArea(spacing=0)
        self.area.setMinimumHeight(120)
        self.body.addWidget(self.area, 1)
        self.close_button = self.add_button(Button(words("Close"), hint="Esc"))
        self.close_button.clicked.connect(self.accept)
        self.all = self.add_button(
            Button(words("Make all of them"), Kind.PRIMARY, icon="list-checks")
        )
        self.all.clicked.connect(self._make_all)
        self.all.setEnabled(False)
        self._load()

    def _add_fields(self) -> None:
        words = self._context.words
        row = QHBoxLayout()
        row.setSpacing(12)
        self.body.addLayout(row)
        self.owner = Field(words("Owner"), placeholder=words("Store manager"))
        self.owner.edit.setMaxLength(LONGEST["owner"])
        self.due = DayField(words, words("Due day"))
        row.addWidget(self.owner, 1)
        row.addWidget(self.due, 1)

    def fit(self) -> None:
        super().fit()
        parent = self.parentWidget()
        most = self.height() if parent is None else parent.window().height() - 16
        self.resize(self.width(), min(self.height() + current().px(HEIGHT) - 120, most))

    def _load(self) -> None:
        self._context.ask(
            commands.read_findings, self._visit_id, self._context.language,
            done=self._show, failed=self._fail,
        )  # fmt: skip

    def _show(self, found: commands.Found) -> None:
        words, visit = self._context.words, found.visit
        count = len(found.findings)
        told = words.plural("{count} finding", "{count} findings", count)
        self.about.setText(
            words("{place}, visit {number}: {told}. Owner and day hold for what you make now.",
                  place=visit.location, number=visit.number, told=told)
            if count
            else words("{place}, visit {number}: nothing was found amiss.",
                       place=visit.location, number=visit.number)
        )  # fmt: skip
        clear(self.area.body)
        self.rows = []
        for finding in found.findings:
            row = FindingRow(words, finding, self._visit_id, self._today)
            row.wanted.connect(self._make)
            if self.rows:
                self.area.body.addWidget(Line())
            self.area.body.addWidget(row)
            self.rows.append(row)
        self.area.body.addStretch(1)
        self.all.setEnabled(any(not row.make.isHidden() for row in self.rows))

    def _fail(self, error: Exception) -> None:
        self.about.setText(self._context.sentence(error))
        self.about.set_ink(Ink.DANGER)
        self.all.setEnabled(False)

    def _make_all(self) -> None:
        self._run(None)

    def _make(self, question: str, instance: int) -> None:
        self._run([(question, instance)])

    def _run(self, keys: list[tuple[str, int]] | None) -> None:
        if not self.due.check():
            return
        self.setEnabled(False)
        commands.make(
            self._context, self._visit_id, keys, self.owner.text(), self.due.day,
            self._made, self._refused,
        )  # fmt: skip

    def _made(self, act: Act) -> None:
        self.setEnabled(True)
        undo_of(self._context).did(act, self._said(act), self._host)
        self._load()

    def _said(self, act: Act) -> str:
        words, told = self._context.words, []
        made, again = len(act.value.made), len(act.value.found_again)
        if made:
            told.append(words.plural("{count} action made.", "{count} actions made.", made))
        if again:
            told.append(words.plural(
                "{count} was here already and stays open instead of a double.",
                "{count} were here already and stay open instead of doubles.",
                again,
            ))  # fmt: skip
        return " ".join(told) or words("All of them are made already.")

    def _refused(self, error: Exception) -> None:
        self.setEnabled(True)
        self.owner.set_error(self._context.sentence(error))
