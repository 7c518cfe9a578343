"""What is said when something does not go well: not saved, not opened, not to be left."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, EmptyState
from auditor.ui.theme import Tone
from auditor.words import Words


class SaveBanner(QWidget):
    """Hidden while all is well. ``retry`` tries again; the next change does so as well."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 0)
        self.banner = Banner("", Tone.DANGER)
        self.retry = self.banner.add(Button(context.words("Try again"), Kind.DANGER))
        row.addWidget(self.banner)
        self.hide()

    def show_state(self, state: SaveState) -> None:
        if state.error is not None:
            said = self._context.sentence(state.error)
            count = state.waiting
            kept = self._context.words.plural(
                "{count} answer is kept in this window until it is on disk.",
                "{count} answers are kept in this window until they are on disk.",
                count,
            )
            self.banner.set_text(f"{said} {kept}" if count else said)
        self.setVisible(state.error is not None)

    @property
    def text(self) -> str:
        return self.banner.label.text()


class NotOpened(EmptyState):
    def __init__(self, words: Words, sentence: str) -> None:
        super().__init__("circle-alert", words("This visit cannot be opened."), sentence)
