"""The backups of the workspace, judged, to choose one from: time, size, good or bad."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui import when
from auditor.ui.commands import care
from auditor.ui.findings import TEXT_WIDTH
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea, clear
from auditor.ui.kit.chip import Chip, column
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.ring import ProgressLine
from auditor.ui.kit.text import Label, file_size
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.rescue import Copy, Rescue
    from auditor.ui.context import AppContext


def told(copy: Copy, words: Words) -> str:
    """ "12 visits · last answer 14:02 · 1.2 MB" """
    parts = [copy.path.name] if copy.stray else []
    if copy.visits is not None:
        parts.append(words.plural("{count} visit", "{count} visits", copy.visits))
    if copy.saved is not None:
        now = datetime.now().astimezone()
        time = when.moment(words, copy.saved, now)
        parts.append(words("last answer {time}", time=time))
    if copy.whole:
        parts.append(words("with all photos"))
    parts.append(file_size(copy.size, words))
    return " · ".join(parts)


class CopiesDialog(Dialog):
    """``chosen(path)`` names a backup; ``other_wanted`` asks for a file from elsewhere."""

    chosen = Signal(str)
    other_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Restore a backup"), parent, width=640)
        self.words = words
        self._column = column(map(self._chip, (True, False)))
        self._present = self.say(words("What is here now is kept aside, not erased."))
        self.rows = ScrollArea()
        self.rows.setMinimumHeight(current().px(240))
        self.body.addWidget(self.rows, 1)
        self.wait = ProgressLine()
        self.wait.setAccessibleName(words("Looking at the backups"))
        self.rows.body.addWidget(self.wait)
        self.rows.body.addStretch(1)
        self.other = self.add_button(Button(words("Another file…"), icon="folder-open"))
        self.other.clicked.connect(self._other)
        self.cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        self.cancel.clicked.connect(self.reject)
        self.buttons: list[Button] = []
        self._task = context.images.run_long(
            care.look_for_copies, context.folder, done=self._show, failed=context.report_error
        )
        self._task.progressed.connect(self._progress)
        self.finished.connect(self._task.cancel)

    def _progress(self, done: int, total: int, _what: str) -> None:
        self.wait.set(done, total)

    def _show(self, found: Rescue) -> None:
        clear(self.rows.body)
        if found.present is not None and found.copies:
            self._tell_present(found.present)
        if not found.copies:
            self._say_none()
        for index, copy in enumerate(found.copies):
            if index:
                self.rows.body.addWidget(Line())
            self.rows.body.addWidget(self._row(copy))
        self.rows.body.addStretch(1)
        first = self.buttons[0] if self.buttons else self.other
        first.setFocus()

    def _tell_present(self, present: Copy) -> None:
        """What is here, to hold the copies against."""
        what = told(present, self.words)
        self._present.setText(
            self.words("Here now: {what}. It is kept aside, not erased.", what=what)
        )

    def _say_none(self) -> None:
        """The one way on is a file from elsewhere."""
        none = self.words("There is no backup in this folder. Choose one from another disk.")
        self.rows.body.addWidget(Label(none, Type.BODY, wrap=True))
        self.rows.setMinimumHeight(current().px(40))
        self.other.set_kind(Kind.PRIMARY)
        self.fit()

    def _row(self, copy: Copy) -> QWidget:
        words = self.words
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 6, 8, 6)
        row.setSpacing(12)
        chip = self._chip(copy.good)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(self._column - chip.sizeHint().width())
        texts = QVBoxLayout()
        texts.setSpacing(1)
        now = datetime.now().astimezone()
        at = when.spoken(words, copy.at, now)
        at = at[:1].upper() + at[1:]
        texts.addWidget(Label(at, Type.STRONG))
        said = Label(told(copy, words), Type.HELP, Ink.TEXT2, wrap=True)
        said.setMinimumWidth(current().px(TEXT_WIDTH))
        texts.addWidget(said)
        row.addLayout(texts, 1)
        if copy.good:
            button = Button(words("Restore"), Kind.SOFT, icon="history", height=34)
            button.set_caption(words("Restore"), words("Restore: {time}", time=at))
            button.setProperty("path", str(copy.path))
            button.clicked.connect(self._choose)
            self.buttons.append(button)
            row.addWidget(button)
        return holder

    def _chip(self, good: bool) -> Chip:
        if good:
            return Chip(self.words("Good"), Tone.SUCCESS, icon="circle-check")
        return Chip(self.words("Damaged"), Tone.DANGER, icon="circle-alert")

    def _choose(self) -> None:
        path = self.sender().property("path")
        self.accept()
        self.chosen.emit(path)

    def _other(self) -> None:
        self.accept()
        self.other_wanted.emit()
