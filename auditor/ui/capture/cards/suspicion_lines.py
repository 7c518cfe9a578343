"""What looks wrong, said quietly below an answer, with a way to keep it as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.suspicion import Suspicion
from auditor.ui.capture.cards.problems import INDENT, ProblemLine
from auditor.ui.capture.check.reasons import ReasonField
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.button import Button, Kind
from auditor.ui.theme import Tone, current


class SuspicionLines(QWidget):
    """Those of one item, in order. ``done()`` when a reason was given or given up: the keys go
    back to the card."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._lines: dict[str, SuspicionLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    @property
    def text(self) -> str:
        """All that is said; "" when nothing is."""
        return "\n".join(line.problem.text for line in self._lines.values())

    def show_found(self, found: tuple[Suspicion, ...]) -> None:
        """A line that is there already stays, with the reason that is being written in it."""
        for key in self._lines.keys() - {each.key for each in found}:
            self._lines.pop(key).drop()
        shown: dict[str, SuspicionLine] = {}
        for place, suspicion in enumerate(found):
            line = self._lines.get(suspicion.key)
            if line is None:
                line = SuspicionLine(self.desk, suspicion)
                line.done.connect(self.done)
            else:
                line.show_suspicion(suspicion)
            self._column.insertWidget(place, line)
            shown[suspicion.key] = line
        self._lines = shown
        self.setVisible(bool(shown))

    def commit_input(self) -> None:
        for line in tuple(self._lines.values()):
            line.commit_input()


class SuspicionLine(QWidget):
    done = Signal()

    def __init__(self, desk: Desk, suspicion: Suspicion) -> None:
        super().__init__()
        self.desk, self.suspicion = desk, suspicion
        self.field: ReasonField | None = None
        self.problem = ProblemLine(tone=Tone.WARNING)
        self.keep = Button(desk.words("Keep, say why"), Kind.TEXT, height=30)
        self.keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.keep.clicked.connect(self.ask_reason)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.problem, 1)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(row)
        self.show_suspicion(suspicion)

    def show_suspicion(self, suspicion: Suspicion) -> None:
        self.suspicion = suspicion
        said = suspicion.text(self.desk.draft.language)
        self.problem.set_sentences((said,))
        self.keep.set_caption(self.keep.caption, f"{self.keep.caption}: {said}")

    def ask_reason(self) -> None:
        """Open the line for a reason, in place."""
        if self.field is None:
            kept = self.desk.draft.kept.get(self.suspicion.key)
            about = self.suspicion.title(self.desk.draft.language)
            reason = "" if kept is None else kept.reason  # of what it was before it changed
            self.field = ReasonField(self.desk.words, about, reason)
            self.field.setContentsMargins(current().px(INDENT), 0, 0, 2)
            self.field.kept.connect(self._keep)
            self.field.cancelled.connect(self._cancel)
            self._column.addWidget(self.field)
            self.field.show()
            QWidget.setTabOrder(self.keep, self.field.line)
        self.field.write()

    def _keep(self, reason: str) -> None:
        self._end()
        self.desk.draft.keep(self.suspicion, reason)

    def _cancel(self) -> None:
        self._end()

    def _end(self) -> None:
        field, self.field = self.field, None
        if field is None:
            return
        mine = field.line.hasFocus()
        field.drop()
        if mine:
            self.done.emit()

    def commit_input(self) -> None:
        if self.field is not None:
            self.field.leave()

    def drop(self) -> None:
        """It is said no more."""
        if self.field is not None:
            self.field.drop()
        self.hide()
        self.deleteLater()


def tab_after(lines: SuspicionLines, card: QWidget) -> None:
    """The buttons of ``lines`` come last of what Tab goes through in ``card``."""
    last: QWidget = card
    found = card.nextInFocusChain()
    while found is not None and found is not card:
        if card.isAncestorOf(found) and not lines.isAncestorOf(found):
            last = found
        found = found.nextInFocusChain()
    for button in lines.findChildren(Button):
        QWidget.setTabOrder(last, button)
        last = button
