"""Which checklist: one of ours, or a file with all that is wrong in it shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from auditor.ui.commands.programs import Reviewed, library, review_checklist
from auditor.ui.context import AppContext
from auditor.ui.home.groups import checklist_title
from auditor.ui.kit.button import Button
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.option import Option
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Type, colour, current
from auditor.words import Words

if TYPE_CHECKING:
    from forms.problems import Problem


def _line(problem: Problem, words: Words, language: str) -> str:
    """ "Line 10, column 37: sentence"; the file is named above."""
    where, sentence = problem.where, problem.text(language)
    if where.line is None:
        return sentence
    return words("Line {line}, column {column}: {sentence}", line=where.line,
                 column=where.column or 1, sentence=sentence)  # fmt: skip


class ChecklistChoice(QWidget):
    """``chosen`` is the file to use, None while there is none without errors. ``shown(widget)``
    when there is something new to see: a choice, or what is wrong with a file."""

    changed = Signal()
    shown = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._hot = False
        self._offers: list[Reviewed] = []
        self._unread: list[Path] = []
        self.setAcceptDrops(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._options = QVBoxLayout()
        self._options.setSpacing(8)
        self._column.addLayout(self._options)
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)
        self._add_file_row()
        self._add_problems()
        context.images.run(library, done=self._read_library)

    def _add_file_row(self) -> None:
        words = self._context.words
        row = QHBoxLayout()
        row.setSpacing(12)
        self.browse = Button(words("Choose a file…"), icon="folder-open")
        self.browse.clicked.connect(self._browse)
        row.addWidget(self.browse)
        hint = words("A checklist as YAML or JSON. You can drop it here, too.")
        row.addWidget(Label(hint, Type.HELP, Ink.TEXT2, wrap=True), 1)
        self._column.addLayout(row)

    def _add_problems(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._problem_icon = Icon("circle-alert", "danger", 18)
        self.summary = Label("", Type.HELP, Ink.DANGER, wrap=True)
        head.addWidget(self._problem_icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.summary, 1)
        self._column.addLayout(head)
        self.problems = QPlainTextEdit()
        self.problems.setReadOnly(True)
        self.problems.setAccessibleName(self._context.words("Problems in the file"))
        self.problems.setFixedHeight(current().px(132))
        self._column.addWidget(self.problems)
        self._tell("", "")

    def _tell(self, summary: str, problems: str) -> None:
        self.summary.setText(summary)
        for widget in (self.summary, self._problem_icon):
            widget.setVisible(bool(summary))
        self.problems.setPlainText(problems)
        self.problems.setVisible(bool(problems))

    # offers

    def _read_library(self, files: Sequence[Path]) -> None:
        """One after the other, so that each stands there as soon as it is read."""
        self._unread = list(files)
        self._read_next()

    def _read_next(self) -> None:
        if self._unread:
            file = self._unread.pop(0)
            self._context.images.run(review_checklist, file, done=self._offer)
        elif len(self._offers) == 1:  # of several none is taken by mistake
            self._group.button(0).setChecked(True)

    def _offer(self, offer: Reviewed) -> None:
        if offer.usable and self._offered(offer.path) is None:
            self._add(offer)
        self._read_next()

    def _offered(self, path: Path) -> QAbstractButton | None:
        """The option that stands for the file, when there is one."""
        found = [index for index, offer in enumerate(self._offers) if offer.path == path]
        return self._group.button(found[0]) if found else None

    def _add(self, offer: Reviewed) -> Option:
        words = self._context.words
        title = checklist_title(offer.title, words.language)
        count = words.plural("{count} question", "{count} questions", offer.questions)
        languages = ", ".join(offer.title)
        note = words("{questions} · version {version} · {languages}", questions=count,
                     version=offer.version, languages=languages)  # fmt: skip
        option = Option(title, note)
        self._group.addButton(option, len(self._offers))
        self._offers.append(offer)
        self._options.addWidget(option)
        self.setTabOrder(option, self.browse)
        self.setTabOrder(self.browse, self.problems)
        return option

    def _toggled(self, _index: int, on: bool) -> None:
        if on:
            self._tell("", "")
            self.changed.emit()

    @property
    def chosen(self) -> Path | None:
        index = self._group.checkedId()
        return self._offers[index].path if index >= 0 else None

    def choose(self, path: Path) -> None:
        """Offer ``path`` and choose it, as after dropping it."""
        self._review(path)

    def check(self) -> bool:
        if self.chosen is None:
            self._tell(self._context.words("Choose a checklist, or a file of yours."), "")
        return self.chosen is not None

    # files

    def _browse(self) -> None:
        words = self._context.words
        dialog = QFileDialog(self, words("Choose a checklist"))
        dialog.setNameFilter(words("Checklists") + " (*.yaml *.yml *.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._picked)
        open_dialog(dialog)

    def _picked(self, path: str) -> None:
        self._review(Path(path))

    def _review(self, path: Path) -> None:
        self._context.images.run(review_checklist, path, done=self._reviewed)

    def _reviewed(self, found: Reviewed) -> None:
        words, language = self._context.words, self._context.language
        if found.usable:
            option = self._offered(found.path) or self._add(found)
            option.setChecked(True)
            self.shown.emit(option)
            return
        lines = [_line(problem, words, language) for problem in found.problems]
        summary = words.plural(
            "{name}: {count} problem. Nothing is added until the file is clean.",
            "{name}: {count} problems. Nothing is added until the file is clean.",
            len(lines),
            name=found.path.name,
        )
        self._tell(summary, "\n".join(lines))
        self.shown.emit(self.problems)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_hot(False)

    def _set_hot(self, hot: bool) -> None:
        """A file is held over it: say that it may be dropped."""
        self._hot = hot
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._hot:
            t = current().tokens
            box = QRectF(self.rect())
            painter = QPainter(self)
            rounded(painter, box, RADIUS_CONTROL, colour(t.accent_soft), colour(t.accent), 2)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hot(False)
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._review(Path(url.toLocalFile()))
                event.acceptProposedAction()
                return
