"""The right side of the check: progress, figures, the declaration, and Submit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.inputs import OwnLine
from auditor.ui.capture.check.figures import Figures
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, Line, ScrollArea
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.ring import Ring
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.words import Words

WIDTH = 320
#: Above this text size a small window has no room for the figures.
LARGE = 1.2


@dataclass(frozen=True, slots=True)
class Declared:
    """How far the declaration is; ``signing``: the caret is in the code."""

    ticked: bool
    code: str
    signing: bool


class CheckPane(QWidget):
    """``submit_wanted(code)`` by the button; ``declared()`` when tick or code changed."""

    submit_wanted = Signal(str)
    declared = Signal()

    def __init__(self, draft: Draft, words: Words, evaluator: str, *, compact: bool) -> None:
        super().__init__()
        self._draft, self.words = draft, words
        self.setFixedWidth(max(WIDTH, min(current().px(WIDTH), 400)))
        self._tight = 0.5 if compact else 1.0
        #: Where there is no room for all of it the figures come after the declaration.
        self._roomy = not (compact and current().scale > LARGE)
        self.ring = Ring(72 if self._roomy else 48, 6, text_type=Type.ANSWER, tick=False)
        self.ring.setAccessibleName(words("Answered"))
        self.left = Label("", Type.QUESTION, wrap=True)
        self.where = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self._scroll = scroll = ScrollArea(
            margins=(20, self._gap(20), 20, self._gap(12)), spacing=0
        )
        self.figures = Figures(draft, words, gap=self._gap(4))
        self._fill(scroll.body, words, evaluator)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(self._foot(words))

    def _gap(self, size: int) -> int:
        """The small screen has half the air."""
        return round(size * self._tight)

    def _fill(self, body: QVBoxLayout, words: Words, evaluator: str) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addWidget(self.left)
        beside.addWidget(self.where)
        beside.addStretch(1)
        top.addWidget(self.ring)
        top.addLayout(beside, 1)
        body.addLayout(top)
        self.declaration = self._make_declaration(words, evaluator)
        parts = (self.declaration, self.figures)
        for part in parts[::-1] if self._roomy else parts:
            body.addSpacing(self._gap(20))
            body.addWidget(Line())
            body.addSpacing(self._gap(14))
            body.addWidget(part)
        if not self._roomy:
            body.addSpacing(12)
            body.addWidget(self._small_print())
        body.addStretch(1)

    def _make_declaration(self, words: Words, evaluator: str) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(words("Declaration"), Type.STRONG))
        column.addLayout(self._declaration(words))
        column.addSpacing(self._gap(10))
        column.addLayout(self._signature(words, evaluator))
        return part

    def _declaration(self, words: Words) -> QHBoxLayout:
        sentence = words(
            "I made this visit myself, wrote down what I saw and heard, and took no benefit from "
            "the place."
        )
        self.tick = CheckBox("")
        self.tick.setAccessibleName(sentence)
        self.tick.setFixedWidth(current().px(30))
        self.tick.toggled.connect(self.declared)
        row = QHBoxLayout()
        row.setSpacing(2)
        said = _Clicking(sentence, self.tick)
        box, line = self.tick.sizeHint().height(), QFontMetrics(current().font(Type.HELP)).height()
        said.setContentsMargins(0, max((box - line) // 2, 0), 0, 0)  # level with the box
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(said, 1)
        return row

    def _signature(self, words: Words, evaluator: str) -> QHBoxLayout:
        self.code = OwnLine(words("Evaluator code"))
        self.code.setText(evaluator)
        self.code.setFixedWidth(current().px(110))
        self.code.setFixedHeight(current().px(36))
        self.code.typed.connect(self._code_typed)
        day = Label(self._draft.local_now().strftime("%d/%m/%Y"), Type.HELP, Ink.TEXT2)
        name = ElidedLabel(words("Signed by"), Type.HELP, Ink.TEXT2)
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._roomy:
            row.addWidget(name, 1)
            row.addWidget(self.code)
            row.addWidget(day)
        else:
            below = QVBoxLayout()
            below.setSpacing(0)
            below.addWidget(name)
            below.addWidget(day)
            row.addLayout(below, 1)
            row.addWidget(self.code)
        return row

    def _foot(self, words: Words) -> QVBoxLayout:
        self.reason = Banner("", Tone.DANGER)
        self.submit = Button(
            words("Submit to the office"),
            Kind.PRIMARY,
            icon="send",
            hint="Ctrl Enter",
            height=44,
            type=Type.ANSWER,
        )
        policy = self.submit.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.submit.setSizePolicy(policy)
        self.submit.clicked.connect(self._submit)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, self._gap(8), 20, 16)
        foot.setSpacing(10 if self._roomy else 6)
        foot.addWidget(self.reason)
        foot.addWidget(self.submit)
        if self._roomy:
            foot.addWidget(self._small_print())
        return foot

    def _small_print(self) -> Label:
        note = self.words(
            "Once submitted it is read-only here. The office can send it back to you."
        )
        return Label(note, Type.HINT, Ink.TEXT2, wrap=True)

    def _code_typed(self, _text: str) -> None:
        self.declared.emit()

    def _submit(self) -> None:
        self.submit_wanted.emit(self.code.text().strip())

    def sign(self) -> None:
        """The focus goes to what the declaration lacks."""
        lacking = self.code if self.tick.isChecked() and not self.is_declared else self.tick
        lacking.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(lacking, 0, 12)

    def declared_so_far(self) -> Declared:
        return Declared(self.tick.isChecked(), self.code.text(), self.code.hasFocus())

    def take_up(self, declared: Declared) -> None:
        """What was declared in the pane that this one replaces."""
        self.tick.setChecked(declared.ticked)
        self.code.setText(declared.code)
        if declared.signing:
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_declared(self) -> bool:
        return self.tick.isChecked() and bool(self.code.text().strip())

    def set_reason(self, reason: str, tone: Tone, *, allowed: bool) -> None:
        """Why Submit is closed, beside it; "" when nothing is in the way."""
        self.reason.set_tone(tone)
        self.reason.set_text(reason)
        self.reason.setVisible(bool(reason))
        self.submit.setEnabled(allowed)
        self.submit.setAccessibleDescription(reason)
        self.submit.setToolTip(reason)

    def refresh(self, sections_left: list[str]) -> None:
        words, draft = self.words, self._draft
        progress = draft.filling.progress()
        self.ring.set(progress.answered, progress.total, f"{progress.answered}/{progress.total}")
        left = progress.total - progress.answered
        said = words.plural("{count} question left", "{count} questions left", left)
        self.left.setText(said if left else words("Everything is answered"))
        self.where.setText(self._where(sections_left))
        self.figures.refresh()

    def _where(self, sections: list[str]) -> str:
        if not sections:
            return ""
        shown = ", ".join(sections[:4]) + ("…" if len(sections) > 4 else "")
        return self.words.plural(
            "In section {list}", "In sections {list}", len(sections), list=shown
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))


class _Clicking(Label):
    """Words that tick their box when clicked."""

    def __init__(self, text: str, box: CheckBox) -> None:
        super().__init__(text, Type.HELP, wrap=True)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._box.click()
