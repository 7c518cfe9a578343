"""``audio`` and ``file``: what is attached, and a button to choose a file."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.capture.photos.file_kinds import AUDIO, FILE, FileKind
from auditor.ui.kit.button import Button, Kind
from auditor.words import mark


class AttachmentEditor(Editor):
    shows_evidence = True
    what: ClassVar[FileKind] = FILE
    caption: ClassVar[str] = mark("Attach a file")
    icon: ClassVar[str] = "paperclip"

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.strip = EvidenceStrip(desk, self.current, place=False, parent=self)
        caption = self.words(self.caption)
        self.button = Button(caption, Kind.OUTLINE, icon=self.icon, height=40)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self._choose)
        column.addWidget(self.strip)
        column.addWidget(self.button)

    def _choose(self) -> None:
        self.desk.attaching.choose(self.current, self.what, self.window())

    def enter(self) -> bool:
        self._choose()
        return True

    def refresh(self) -> None:
        self.strip.refresh()
        busy = self.desk.attaching.under_way(self.current) > 0
        self.button.setEnabled(self.draft.writable and not busy)

    def lock(self) -> None:
        self.button.hide()


class AudioEditor(AttachmentEditor):
    what = AUDIO
    caption = mark("Attach a recording")
    icon = "mic"


class FileEditor(AttachmentEditor):
    pass
