"""What the check of the data found: each with its weight in icon, word and colour, and a way on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands import care
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea
from auditor.ui.kit.chip import Chip, column
from auditor.ui.kit.dialog import ConfirmDialog, Dialog
from auditor.ui.kit.text import Label, file_size
from auditor.ui.theme import Tone, Type, current
from auditor.words import mark

if TYPE_CHECKING:
    from auditor.services.doctor import Finding, Findings
    from auditor.ui.context import AppContext

#: Rows that are shown; a lost disk of photos would be thousands.
MOST = 200
#: Else a list reckons with the height of its words in a narrow column.
TEXT_WIDTH = 280
_LEVELS = {
    "fault": (Tone.DANGER, mark("Fault"), "circle-alert"),
    "warning": (Tone.WARNING, mark("Warning"), "triangle-alert"),
    "good": (Tone.SUCCESS, mark("Good"), "circle-check"),
}
#: Which errand mends what, by the code of a finding.
_MENDS = {
    "database": ("copies", mark("Restore a backup…")),
    "damaged": ("copies", mark("Restore a backup…")),
    "missing_database": ("copies", mark("Restore a backup…")),
    "missing": ("photos", mark("Bring back…")),
    "altered": ("photos", mark("Bring back…")),
    "unreadable": ("photos", mark("Bring back…")),
    "pictures": ("photos", mark("Bring back…")),
    "older_data": ("copies", mark("Restore a backup…")),
    "second_file": ("copies", mark("Compare…")),
    "figures": ("figures", mark("Count again")),
    "backups": ("backup", mark("Back up now")),
    "bad_backup": ("backup", mark("Back up now")),
    "synced": ("move", mark("Move your data…")),
    "network": ("move", mark("Move your data…")),
}


class FindingsDialog(Dialog):
    """``wanted(errand)`` asks the window to mend something."""

    wanted = Signal(str)

    def __init__(self, context: AppContext, findings: Findings, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("The check of your data"), parent, width=640)
        self._context, self.words = context, words
        self._files = findings.removable
        self._column = column(map(self._chip, _LEVELS))
        worst = _worst(findings)
        self.say(words(_SUMS[worst]))
        self.rows = ScrollArea()
        self.rows.setMinimumHeight(current().px(240))
        weighty = sorted(findings.findings, key=_weight)
        for index, finding in enumerate(weighty[:MOST]):
            if index:
                self.rows.body.addWidget(Line())
            self.rows.body.addWidget(self._row(finding))
        if len(weighty) > MOST:
            more = words("And {count} more: see them with auditor doctor.",
                         count=len(weighty) - MOST)  # fmt: skip
            self.rows.body.addWidget(Label(more, Type.BODY, wrap=True))
        self.rows.body.addStretch(1)
        self.body.addWidget(self.rows, 1)
        if self._files:
            self.remove = self.add_button(Button(self._remove_words(), icon="trash-2"))
            self.remove.clicked.connect(self._ask)
        self.close_button = self.add_button(Button(words("Close"), Kind.PRIMARY))
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()

    def _row(self, finding: Finding) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 6, 8, 6)
        row.setSpacing(12)
        chip = self._chip(finding.level.value)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(self._column - chip.sizeHint().width())
        texts = QVBoxLayout()
        said = Label(finding.text(self.words), Type.BODY, wrap=True)
        said.setMinimumWidth(current().px(TEXT_WIDTH))
        texts.addWidget(said)
        row.addLayout(texts, 1)
        mend = _MENDS.get(finding.code)
        if mend is not None and finding.level.value != "good":
            button = Button(self.words(mend[1]), Kind.SOFT, height=30)
            button.setProperty("errand", mend[0])
            button.clicked.connect(self._want)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _chip(self, level: str) -> Chip:
        tone, word, icon = _LEVELS[level]
        return Chip(self.words(word), tone, icon=icon)

    def _want(self) -> None:
        errand = self.sender().property("errand")
        self.accept()
        self.wanted.emit(errand)

    # what nothing names

    def _remove_words(self) -> str:
        size = file_size(sum(map(_size, self._files)), self.words)
        return self.words.plural(
            "Remove {count} unused file ({size})…",
            "Remove {count} unused files ({size})…",
            len(self._files),
            size=size,
        )

    def _ask(self) -> None:
        words = self.words
        dialog = ConfirmDialog(
            words("Remove these files for good?"),
            words("No visit, no backup and nothing that was set aside names them. They cannot be "
                  "brought back."),
            words("Remove"),
            words("Cancel"),
            self,
            danger=True,
        )  # fmt: skip
        dialog.accepted.connect(self._remove)
        dialog.open()

    def _remove(self) -> None:
        self.remove.setEnabled(False)
        self._context.ask(care.sweep, self._files, done=self._removed)

    def _removed(self, count: int) -> None:
        self.remove.hide()
        self.say(self.words.plural("{count} file was removed.", "{count} files were removed.",
                                   count))  # fmt: skip


_SUMS = {
    "fault": mark("Something is broken. Nothing was changed: go through this list from the top."),
    "warning": mark("Your data is whole. Some things deserve a look."),
    "good": mark("Everything is in order: the data, each photo byte for byte, and the backups."),
}


def _worst(findings: Findings) -> str:
    levels = [finding.level.value for finding in findings.findings]
    return next((level for level in _LEVELS if level in levels), "good")


def _weight(finding: Finding) -> int:
    return tuple(_LEVELS).index(finding.level.value)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
