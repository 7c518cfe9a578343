"""The dialog of the words of complaint: what the check looks for in comments, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.dialog import ConfirmDialog, Dialog
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words
from forms.complaint_words import ComplaintWords

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from auditor.ui.context import AppContext


WIDTH = 720


def load(workspace: Workspace) -> tuple[ComplaintWords, bool]:
    """On the lane: the firm's lists, and whether they may be changed here."""
    return workspace.complaints.load(), workspace.complaints.writable


def _save(workspace: Workspace, words: ComplaintWords) -> ComplaintWords:
    return workspace.complaints.save(words)


class ComplaintWordsDialog(Dialog):
    """``accepted`` once the lists are on disk."""

    def __init__(
        self, context: AppContext, lists: ComplaintWords, parent: QWidget, *, writable: bool
    ) -> None:
        words = context.words
        room = round((parent.window().width() - 32) / current().scale)
        super().__init__(words("Words of complaint"), parent, width=min(WIDTH, room))
        self.context, self.words = context, words
        self._before = lists
        self.say(
            words(
                "When a comment has one of these and its answer is the best one, the check asks "
                "the evaluator to look again. One word or phrase a line."
            )
        )
        if not writable:
            said = words(
                "The workspace is open in another window, which alone may write to it. Change the "
                "words there."
            )
            self.body.addWidget(Banner(said, Tone.WARNING, icon="lock"))
        self.lists = {
            language: PhraseList(words, language, lists, writable=writable) for language in NAMES
        }
        across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        across.setSpacing(16)
        for each in self.lists.values():
            each.field.setMinimumHeight(self._lines_height(parent))
            across.addWidget(each, 1)
            each.changed.connect(self._look)
        self.body.addLayout(across, 1)
        self.refused = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self.refused.hide()
        self.body.addWidget(self.refused)
        self._add_foot(writable=writable)

    def _lines_height(self, parent: QWidget) -> int:
        """What the window leaves beside the other parts."""
        left = parent.window().height() - current().px(330)
        return max(current().px(110), min(left, current().px(340)))

    def _add_foot(self, *, writable: bool) -> None:
        words = self.words
        close = words("Cancel") if writable else words("Close")
        self.no = self.add_button(Button(close, Kind.OUTLINE))
        self.no.clicked.connect(self.reject)
        self.yes = self.add_button(Button(words("Save"), Kind.PRIMARY, hint="Ctrl Enter"))
        self.yes.setVisible(writable)
        self.yes.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.yes.click)

    @property
    def typed(self) -> ComplaintWords:
        """The lists as they stand in the fields, tidied."""
        found = ComplaintWords()
        for language, each in self.lists.items():
            found = found.changed(language, each.phrases)
        return found.normalised()

    def _look(self) -> None:
        wrong = any(each.problems for each in self.lists.values())
        self.yes.setEnabled(not wrong)
        self.refused.hide()

    def save(self) -> None:
        """They are on disk before the dialog closes; when they cannot be, it says why."""
        for each in self.lists.values():
            each.field.commit_input()
        if any(each.problems for each in self.lists.values()):
            return
        self.yes.setEnabled(False)
        self.context.save(_save, self.typed, done=self._saved, failed=self._refuse)

    def _saved(self, kept: ComplaintWords) -> None:
        self._before = kept
        self.accept()

    def _refuse(self, error: Any) -> None:
        self.yes.setEnabled(True)
        self.refused.setText(self.context.sentence(error))
        self.refused.show()

    def reject(self) -> None:
        """Esc and Cancel ask first where something was changed."""
        for each in self.lists.values():
            each.field.commit_input()
        if self.yes.isHidden() or self.typed == self._before.normalised():
            super().reject()
            return
        words = self.words
        ask = ConfirmDialog(
            words("Leave without saving?"),
            words("Your changes to the words of complaint are not saved yet."),
            words("Leave without saving"),
            words("Go on editing"),
            self,
            danger=True,
        )
        ask.accepted.connect(self._leave)
        ask.open()

    def _leave(self) -> None:
        super().reject()


class PhraseList(QWidget):
    """The phrases of one language, one a line, with their number and what is wrong with them."""

    changed = Signal()

    def __init__(
        self, words: Words, language: str, lists: ComplaintWords, *, writable: bool
    ) -> None:
        super().__init__()
        self.words, self.language = words, language
        name = NAMES[language]
        self.field = _Lines(words("Words of complaint: {language}", language=name))
        self.field.setPlainText("\n".join(lists.of(language)))
        self.field.setReadOnly(not writable)
        self.field.textChanged.connect(self._typed)
        self.count = Chip("")
        self.back = Button(words("Back to the built-in list"), Kind.TEXT, icon="undo-2", height=32)
        self.back.set_caption(self.back.caption, f"{self.back.caption}: {name}")
        self.back.clicked.connect(self._take_ours)
        self.back.setVisible(writable)
        self.wrong = Label("", Type.HELP, Ink.DANGER, wrap=True)
        self._lay_out(name)
        self._show_state()

    def _lay_out(self, name: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(name, Type.STRONG))
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.field, 1)
        column.addWidget(self.wrong)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(self.field.text().splitlines())

    @property
    def _lists(self) -> ComplaintWords:
        return ComplaintWords().changed(self.language, self.phrases).normalised()

    @property
    def problems(self) -> tuple[str, ...]:
        """Why these cannot be kept, in sentences."""
        return tuple(problem.text(self.words.language) for problem in self._lists.problems())

    def _typed(self) -> None:
        self._show_state()
        self.changed.emit()

    def _show_state(self) -> None:
        tidy = self._lists.of(self.language)
        words = self.words
        self.count.set(words.plural("{count} phrase", "{count} phrases", len(tidy)))
        problems = self.problems
        self.wrong.setText("\n".join(problems[:3]))
        self.wrong.setVisible(bool(problems))
        self.field.set_wrong(bool(problems))
        self.field.setAccessibleDescription(self.wrong.text())
        ours = ComplaintWords.default().normalised().of(self.language)
        self.back.setEnabled(tidy != ours)

    def _take_ours(self) -> None:
        """Undo (Ctrl+Z) brings the firm's own list back."""
        cursor = self.field.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText("\n".join(ComplaintWords.default().normalised().of(self.language)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class _Lines(TextInput):
    """As high as there is room, with an undo of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setUndoRedoEnabled(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _fit_lines(self) -> None:
        """It scrolls."""

    def event(self, event: QEvent) -> bool:
        return QPlainTextEdit.event(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        QPlainTextEdit.keyPressEvent(self, event)
