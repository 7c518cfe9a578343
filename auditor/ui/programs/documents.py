"""What is read before a visit: the briefing of the program, its document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from auditor.domain.records import ProgramRecord
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import studies
from auditor.ui.commands.acts import Act
from auditor.ui.commands.documents import open_document
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.field import Labelled
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.text import ElidedLabel, file_size
from auditor.ui.programs.cards import Page
from auditor.ui.programs.form import ProgramForm
from auditor.ui.programs.overview import text_part
from auditor.ui.theme import Ink, Type

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared


class DocumentsPage(Page):
    """``kept(Act, sentence)`` when the document is another one; the Act is of the ProgramRecord."""

    kept = Signal(object, str)

    def __init__(self, form: ProgramForm) -> None:
        super().__init__()
        self.form, self.context, self.words = form, form.context, form.context.words
        self.under_way = 0
        words = self.words
        card = self.card(words("Briefing"), words(
            "Shown before a visit opens, and read without a network. Blank lines part paragraphs; "
            "lines that begin with “- ” are a list."))  # fmt: skip
        self.briefing = TextInput(words("Briefing"), lines=5, parent=self)
        self.briefing.left.connect(form.keep)
        self.briefing_field = Labelled(words("Text"), self.briefing)
        card.body.addWidget(self.briefing_field)
        form.add(text_part("briefing", self.briefing, self.briefing_field))
        card.body.addWidget(self._document_row())
        said = words("What evaluators are to do in a wave stands with the wave: see Waves, Change.")
        self.card(words("Scenarios"), said)
        self.column.addStretch(1)
        self.show_document()

    @property
    def program(self) -> ProgramRecord:
        return self.form.program

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
        self.document_field = Labelled(words("Document"), holder)
        return self.document_field

    def show_document(self) -> None:
        words, program = self.words, self.program
        held = program.document is not None
        size = file_size(program.document_bytes, words)
        shown = f"{program.document_name} · {size}" if held else words("None")
        self.document.setText(shown)
        self.document.set_ink(Ink.TEXT if held else Ink.TEXT3)
        self.open.setVisible(held)
        self.remove.setVisible(held)
        self.choose.set_caption(words("Replace…") if held else words("Choose a document…"))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.words("Choose a document"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.attach)
        open_dialog(dialog)

    def attach(self, path: str) -> None:
        self._busy(on=True)
        studies.read_document(self.context, Path(path), self._keep, self._not_kept)

    def _keep(self, prepared: Prepared) -> None:
        studies.set_document(
            self.context, self.program.id, prepared, self._document_kept, self._not_kept
        )

    def _remove(self) -> None:
        self._busy(on=True)
        studies.set_document(
            self.context, self.program.id, None, self._document_kept, self._not_kept
        )

    def _busy(self, *, on: bool) -> None:
        self.under_way += 1 if on else -1
        self.choose.setEnabled(not on)
        self.remove.setEnabled(not on)

    def _document_kept(self, act: Act) -> None:
        self._busy(on=False)
        self.document_field.set_error(None)
        words, name = self.words, act.value.document_name
        gone = words("The document is removed.")
        self.kept.emit(act, words("{name} is attached.", name=name) if name else gone)

    def _not_kept(self, error: Exception) -> None:
        self._busy(on=False)
        self._say(error)

    def _say(self, error: Exception) -> None:
        self.document_field.set_error(self.context.sentence(error))

    def _open(self) -> None:
        studies.find_document(self.context, self.program, self._found)

    def _found(self, path: Path | None) -> None:
        if path is not None:
            open_document(self.context, path, self.program.document_name, self._say)
