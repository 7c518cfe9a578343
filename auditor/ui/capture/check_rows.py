"""The rows of the check: what must be mended, what may stay, what is ready."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.answers import MIDDLE, advance
from auditor.ui.capture.draft import Draft
from auditor.ui.capture.sections import SectionFace
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.chip import Chip, Icon, LeadIcon
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words
from forms.problems import Problem, Severity

_ICONS = {
    "photo-missing": "camera",
    "comment-missing": "message-square",
    "too-few-words": "message-square-text",
    "too-long": "message-square-text",
    "left-blank": "list-checks",
    "stopwatch": "timer",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: ``question`` is where its button goes, None for the first blank question."""

    question: str | None
    number: str
    title: str
    sentence: str
    icon: str
    severity: Severity


def findings_of(draft: Draft) -> list[Finding]:
    """Errors and warnings of the check in the checklist's order."""
    return [_finding(draft, problem) for problem in draft.filling.problems()]


def _finding(draft: Draft, problem: Problem) -> Finding:
    icon = _ICONS.get(problem.code, "circle-alert")
    said = problem.text(draft.language)
    where = problem.where.question
    if where is None:
        return Finding(None, "", said, "", icon, problem.severity)
    item = draft.compiled.item(where)
    title = draft.text(item.label)
    if item.row is not None:
        title = f"{draft.text(item.question.label)} · {title}"
    return Finding(item.id, item.number, title, said, icon, problem.severity)


class GroupHead(QWidget):
    """ "Must fix 2", and at the right what that means."""

    def __init__(self, title: str, icon: str, tone: Tone, note: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(Icon(icon, tone.value, 18))
        row.addWidget(Label(title, Type.STRONG))
        self.count = Chip("0", tone)
        row.addWidget(self.count)
        row.addStretch(1)
        self.note = Label(note, Type.HINT, Ink.TEXT2)
        row.addWidget(self.note)


class FindingRow(QWidget):
    """``chosen(question id)``; "" goes to the first blank question."""

    chosen = Signal(str)

    def __init__(self, finding: Finding, words: Words) -> None:
        super().__init__()
        self.finding = finding
        wrong = finding.severity is Severity.ERROR
        tone = Tone.DANGER if wrong else Tone.WARNING
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 11, 13, 11)
        row.setSpacing(12)
        row.addWidget(LeadIcon(finding.icon, tone, 36), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_Sentences(finding, Ink.DANGER if wrong else Ink.TEXT2), 1)
        caption = (
            words("Go to {number}", number=finding.number) if finding.number else words("Go there")
        )
        self.button = Button(caption, Kind.OUTLINE, height=36)
        self.button.set_caption(caption, f"{caption}: {finding.title} – {finding.sentence}")
        self.button.clicked.connect(self._choose)
        self.button.installEventFilter(self)
        row.addWidget(self.button)

    def _choose(self) -> None:
        self.chosen.emit(self.finding.question or "")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.button.set_hint("Enter" if event.type() == QEvent.Type.FocusIn else "")
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return False


class _Sentences(QWidget):
    """Number and question, cut to one line; below it what is wrong, in full."""

    def __init__(self, finding: Finding, ink: Ink) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(_Title(finding.number, finding.title))
        if finding.sentence:
            column.addWidget(Label(finding.sentence, Type.HELP, ink, wrap=True))


class _Title(QWidget):
    def __init__(self, number: str, title: str) -> None:
        super().__init__()
        self._number, self._title = number, title
        self.setToolTip(title)
        self.setAccessibleName(f"{number} {title}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(current().px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        x = 0
        if self._number:
            painter.setFont(theme.font(Type.HELP, 600))
            painter.setPen(colour(theme.tokens.text3))
            x = advance(self._number, Type.HELP, 600) + 8
            painter.drawText(QRect(0, 0, x, self.height()), MIDDLE, self._number)
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(colour(theme.tokens.text))
        cut = QFontMetrics(painter.font()).elidedText(
            self._title, Qt.TextElideMode.ElideRight, self.width() - x
        )
        painter.drawText(QRect(x, 0, self.width() - x, self.height()), MIDDLE, cut)


class FindingCard(Card):
    """Rows with a hairline between them."""

    chosen = Signal(str)

    def __init__(self, findings: list[Finding], words: Words) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self.rows: list[FindingRow] = []
        for finding in findings:
            if self.rows:
                self.body.addWidget(Line())
            row = FindingRow(finding, words)
            row.chosen.connect(self.chosen)
            self.rows.append(row)
            self.body.addWidget(row)


class ReadyCard(Card):
    """Sections with nothing left to do, two to a line."""

    def __init__(self, faces: list[SectionFace], words: Words) -> None:
        super().__init__(margins=(15, 4, 15, 4), spacing=0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        for index, face in enumerate(faces):
            row, column = divmod(index, 2)
            grid.addWidget(self._entry(face, words), row * 2, column)
            grid.setColumnStretch(column, 1)
            if row and not column:
                grid.addWidget(Line(), row * 2 - 1, 0, 1, 2)
        if len(faces) == 1:
            grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _entry(self, face: SectionFace, words: Words) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(8)
        row.addWidget(Icon("check", "success", 16))
        row.addWidget(Label(face.title, Type.STRONG))
        said = words.plural("{count} question", "{count} questions", face.total)
        row.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        row.addStretch(1)
        return entry
