"""One program: its name, its rules, what is read before a visit, its waves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.facts import VisitRules
from auditor.domain.records import ProgramRecord
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import studies
from auditor.ui.commands.documents import open_document
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line, clear
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.field import CheckBox, Field, Labelled
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.text import ElidedLabel, Label, file_size
from auditor.ui.programs.wave_rows import WaveRow
from auditor.ui.theme import Ink, Type, current

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared
    from auditor.ui.tasks import Done


class ProgramDetail(QWidget):
    """What is typed is kept when its field is left; a tick at once. ``kept(ProgramRecord)`` after
    each; ``wave_wanted(WaveRecord or None)`` to change or add one."""

    kept = Signal(object)
    wave_wanted = Signal(object)

    def __init__(self, context: AppContext, program: ProgramRecord, client: str) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        self.program = program
        self._under_way = 0
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self._head(client)
        self._add_waves()
        self._add_briefing()
        self._add_rules()
        self._show_waves()
        self._show_document()

    def _card(self, title: str, said: str) -> Card:
        card = Card(margins=(20, 16, 20, 16), spacing=10)
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Label(title, Type.QUESTION))
        texts.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))
        self.top.addLayout(texts, 1)
        card.body.addLayout(self.top)
        self.column.addWidget(card)
        return card

    # parts

    def _head(self, client: str) -> None:
        card = Card(margins=(20, 14, 20, 16), spacing=4)
        self.name = Field(self.words("Name of the program"), self.program.name)
        self.name.edit.editingFinished.connect(self._keep_name)
        card.body.addWidget(ElidedLabel(client, Type.HELP, Ink.TEXT2))
        card.body.addWidget(self.name)
        self.column.addWidget(card)

    def _add_waves(self) -> None:
        words = self.words
        card = self._card(words("Waves"), words(
            "Each round of the program, and what its evaluators are to do."))  # fmt: skip
        self.add_wave = Button(words("Add a wave"), Kind.OUTLINE, icon="plus", height=34)
        self.add_wave.clicked.connect(self._want_new_wave)
        self.top.addWidget(self.add_wave, 0, Qt.AlignmentFlag.AlignTop)
        self._waves = QVBoxLayout()
        self._waves.setSpacing(0)
        card.body.addLayout(self._waves)

    def _add_briefing(self) -> None:
        words = self.words
        card = self._card(words("Briefing"), words(
            "Shown before a visit opens, and read without a network. Blank lines part paragraphs; "
            "lines that begin with “- ” are a list."))  # fmt: skip
        self.briefing = TextInput(words("Briefing"), lines=5, parent=self)
        self.briefing.show_text(self.program.briefing)
        self.briefing.moveCursor(QTextCursor.MoveOperation.Start)
        self.briefing.left.connect(self._keep_briefing)
        self.briefing_field = Labelled(words("Text"), self.briefing)
        card.body.addWidget(self.briefing_field)
        card.body.addWidget(self._document_row())

    def _document_row(self) -> QWidget:
        words = self.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.document = ElidedLabel("", Type.BODY)
        self.open = Button(words("Open"), Kind.TEXT, icon="external-link", height=34)
        self.open.clicked.connect(self._open)
        self.remove = Button(words("Remove"), Kind.TEXT, icon="x", height=34)
        self.remove.clicked.connect(self._remove)
        self.choose = Button(words("Choose a document…"), Kind.SOFT, icon="paperclip", height=34)
        self.choose.clicked.connect(self._choose)
        row.addWidget(Icon("file-text", "text2", 18))
        row.addWidget(self.document, 1)
        for button in (self.open, self.remove, self.choose):
            row.addWidget(button)
        field = Labelled(words("Document"), holder)
        self.document_field = field
        return field

    def _add_rules(self) -> None:
        words, rules = self.words, self.program.rules
        card = self._card(words("What evaluators see and write"), words(
            "Holds for visits under way, too."))  # fmt: skip
        self.ticks: dict[str, CheckBox] = {}
        for name, caption, said in (
            ("hide_score", words("Hide the score"),
             words("They fill the checklist without seeing what it scores.")),
            ("show_last_visit", words("Show the answers of the last visit"),
             words("Of the same location, beside each question. This biases: people tend to see "
                   "again what they have just read.")),
            ("staff_names", words("Staff may be named"),
             words("If not, evaluators describe role, uniform and hair. Reports never name "
                   "anybody.")),
        ):  # fmt: skip
            tick = CheckBox(caption)
            tick.setChecked(getattr(rules, name))
            tick.setAccessibleDescription(said)
            tick.clicked.connect(self._keep_rules)
            self.ticks[name] = tick
            card.body.addWidget(Line())
            note = QVBoxLayout()
            note.setSpacing(0)
            note.addWidget(tick)
            label = Label(said, Type.HELP, Ink.TEXT2, wrap=True)
            label.setContentsMargins(current().px(18) + 10, 0, 0, 0)
            note.addWidget(label)
            card.body.addLayout(note)

    # showing

    def _show_waves(self) -> None:
        clear(self._waves)
        for wave in self.program.waves:
            self._waves.addWidget(Line())
            row = WaveRow(self.words, wave)
            row.edit.clicked.connect(self._want_wave)
            self._waves.addWidget(row)
        if not self.program.waves:
            none = self.words("No wave yet. A visit that belongs to a wave gets its briefing.")
            self._waves.addWidget(Label(none, Type.HELP, Ink.TEXT2, wrap=True))

    def _show_document(self) -> None:
        words, program = self.words, self.program
        held = program.document is not None
        size = file_size(program.document_bytes, words)
        shown = f"{program.document_name} · {size}" if held else words("None")
        self.document.setText(shown)
        self.document.set_ink(Ink.TEXT if held else Ink.TEXT3)
        self.open.setVisible(held)
        self.remove.setVisible(held)
        another = words("Replace…") if held else words("Choose a document…")
        self.choose.set_caption(another)

    def take(self, program: ProgramRecord) -> None:
        """The program as it is on disk now; what is being typed stays."""
        before, self.program = self.program, program
        if before.waves != program.waves:
            self._show_waves()
        if before.document != program.document:
            self._show_document()

    # keeping

    @property
    def settled(self) -> bool:
        """Nothing is on its way to the disk."""
        return not self._under_way

    @property
    def unsaved(self) -> bool:
        """Something is typed that the disk does not have."""
        return self.name.text() != self.program.name or self._briefing() != self.program.briefing

    def _briefing(self) -> str:
        return self.briefing.text().strip()

    def commit(self) -> None:
        """Send what is typed to the disk."""
        self.briefing.commit_input()
        self._keep_name()
        self._keep_briefing()

    def _keep_name(self) -> None:
        if self.name.text() != self.program.name:
            self._update(self._name_refused, name=self.name.text())

    def _keep_briefing(self) -> None:
        if self._briefing() != self.program.briefing:
            self._update(self._briefing_refused, briefing=self._briefing())

    def _keep_rules(self) -> None:
        values = {name: tick.isChecked() for name, tick in self.ticks.items()}
        self._update(self._rules_refused, rules=VisitRules(**values))

    def _update(self, refused: Done, **values: Any) -> None:
        self._under_way += 1
        studies.update_program(self.context, self.program.id, self._updated, refused, **values)

    def _updated(self, program: ProgramRecord) -> None:
        self._under_way -= 1
        for field in (self.name, self.briefing_field):
            field.set_error(None)
        self.take(program)
        self.kept.emit(program)

    def _name_refused(self, error: Exception) -> None:
        self._under_way -= 1
        self.name.set_error(self.context.sentence(error))

    def _briefing_refused(self, error: Exception) -> None:
        self._under_way -= 1
        self.briefing_field.set_error(self.context.sentence(error))

    def _rules_refused(self, error: Exception) -> None:
        """The ticks say again what holds."""
        self._under_way -= 1
        for name, tick in self.ticks.items():
            tick.setChecked(getattr(self.program.rules, name))
        self.context.report_error(error, self.ticks["hide_score"])

    # the document

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.words("Choose a document"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.attach)
        open_dialog(dialog)

    def attach(self, path: str) -> None:
        self._busy_document(on=True)
        studies.read_document(self.context, Path(path), self._keep_document, self._not_kept)

    def _keep_document(self, prepared: Prepared) -> None:
        studies.set_document(
            self.context, self.program.id, prepared, self._document_kept, self._not_kept
        )

    def _remove(self) -> None:
        self._busy_document(on=True)
        studies.set_document(
            self.context, self.program.id, None, self._document_kept, self._not_kept
        )

    def _busy_document(self, *, on: bool) -> None:
        self._under_way += 1 if on else -1
        self.choose.setEnabled(not on)
        self.remove.setEnabled(not on)

    def _document_kept(self, program: ProgramRecord) -> None:
        self._busy_document(on=False)
        self.document_field.set_error(None)
        self.take(program)
        self.kept.emit(program)

    def _not_kept(self, error: Exception) -> None:
        self._busy_document(on=False)
        self._say_of_document(error)

    def _say_of_document(self, error: Exception) -> None:
        self.document_field.set_error(self.context.sentence(error))

    def _open(self) -> None:
        studies.find_document(self.context, self.program, self._found)

    def _found(self, path: Path | None) -> None:
        if path is not None:
            name = self.program.document_name
            open_document(self.context, path, name, self._say_of_document)

    # waves

    def _want_new_wave(self) -> None:
        self.wave_wanted.emit(None)

    def _want_wave(self) -> None:
        button = self.sender()
        row = button.parent() if button is not None else None
        if isinstance(row, WaveRow):
            self.wave_wanted.emit(row.wave)
