"""Small lines beside answers. What was answered at the last visit of the place stands there only
where the program shows it: it biases."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Ink, Type, current
from forms.compiled import Item

MOST = 220


def last_answer(desk: Desk, item: Item) -> str:
    """ "Last visit: Yes"; "" where there is none to show."""
    draft = desk.draft
    known = draft.last_visit
    answer = None if known is None else known.answers.get((item.id, 0))
    said = "" if answer is None else item.read(answer, draft.language)
    return desk.words("Last visit: {answer}", answer=said) if said and draft.writable else ""


class QuietLine(ElidedLabel):
    """One small line; a long text stands whole in the tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__(" ".join(text.split()), Type.HINT, Ink.TEXT2)
        self.setFont(current().font(Type.HINT, 400))
        self.setProperty("type", "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(min(words, current().px(MOST)), current().px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current().px(90)), current().px(22))


class LastAnswer(QuietLine):
    """What ``last_answer`` says."""


class RowNote(QuietLine):
    """What a row of a matrix still asks for; gone when it asks for nothing."""

    def __init__(self) -> None:
        super().__init__("")
        self.set_ink(Ink.WARNING)
        self.hide()

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setVisible(bool(text))
