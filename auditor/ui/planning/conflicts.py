"""Rules that a change would break, each in a sentence, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.planning import Clash
from auditor.domain.rotation import Conflict
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words

#: So many are spelled out.
SHOWN = 40


class Sentences(ScrollArea):
    """One below the other, with a sign; scrolls where they are many."""

    def __init__(self, words: Words, most: int = 240) -> None:
        super().__init__(spacing=8)
        self.words, self._most = words, most
        self.setAccessibleName(words("What speaks against it"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def say(self, sentences: Sequence[str], icon: str = "triangle-alert") -> None:
        from auditor.ui.kit.card import clear

        clear(self.body)
        for sentence in sentences[:SHOWN]:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(8)
            row.addWidget(Icon(icon, "warning", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(sentence, Type.HELP, wrap=True), 1)
            self.body.addWidget(holder)
        more = len(sentences) - SHOWN
        if more > 0:
            said = self.words.plural("and {count} more", "and {count} more", more)
            self.body.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        self.body.addStretch(1)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = current().px(420)
        height = self.inner.heightForWidth(width) if self.inner.hasHeightForWidth() else -1
        wanted = height if height > 0 else self.inner.sizeHint().height()
        return QSize(width, min(wanted + 4, current().px(self._most)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(self.sizeHint().height(), current().px(120)))


class ConflictDialog(Dialog):
    """``decided(Clash)`` when the person goes on all the same. ``release``: whether the visits may
    also stay without their evaluators."""

    decided = Signal(object)

    def __init__(
        self, words: Words, conflicts: Sequence[Conflict], anyway: str, parent: QWidget,
        *, release: bool = False,
    ) -> None:  # fmt: skip
        title = words.plural(
            "This breaks a rule", "This breaks rules {count} times", len(conflicts)
        )
        super().__init__(title, parent, width=560)
        self.sentences = Sentences(words)
        self.sentences.say([conflict.text(words.language) for conflict in conflicts])
        self.body.addWidget(self.sentences)
        self.no = self.add_button(Button(words("Cancel"), hint="Esc"))
        self.no.clicked.connect(self.reject)
        if release:
            off = self.add_button(Button(words("Leave them without an evaluator")))
            off.clicked.connect(self._release)
            self.off = off
        self.yes = self.add_button(Button(anyway, Kind.PRIMARY))
        self.yes.clicked.connect(self._anyway)
        self.no.setFocus()

    def _anyway(self) -> None:
        self.accept()
        self.decided.emit(Clash.ANYWAY)

    def _release(self) -> None:
        self.accept()
        self.decided.emit(Clash.RELEASE)
