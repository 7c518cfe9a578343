"""``photo``: tiles of what is attached, and the place to drop, paste or choose more."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.theme import Tone


class PhotoEditor(Editor):
    wide = True
    shows_evidence = True

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.strip = EvidenceStrip(desk, self.current, parent=self)
        column.addWidget(self.strip)

    def refresh(self) -> None:
        self.strip.refresh()

    def commit_input(self) -> None:
        self.strip.commit_input()

    def marks(self) -> tuple[Mark, ...]:
        count = len(self.draft.answer(self.current).evidence)
        if not count:
            return ()
        said = self.words.plural("{count} photo", "{count} photos", count)
        return (Mark(said, Tone.SUCCESS, "check"),)

    def lock(self) -> None:
        """The tiles know that they are read-only."""
