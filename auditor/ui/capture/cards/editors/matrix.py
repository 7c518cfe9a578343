"""``matrix``: a row for each thing asked about; keys answer the current row and go on."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import AnswerButton, Option, advance
from auditor.ui.capture.cards.details import Details
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.cards.last_visit import LastAnswer, RowNote, last_answer
from auditor.ui.capture.cards.options import by_digit, na_choice, segments
from auditor.ui.capture.cards.problems import ProblemLine, wants
from auditor.ui.capture.cards.scales import scale_of
from auditor.ui.capture.cards.suspicion_lines import SuspicionLines, tab_after
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Tone, Type, colour, current
from forms.compiled import Item
from forms.questions.base import When

ROW, CELL, CELL_LEAST = 44, 34, 104
#: The words of a row have at least this width beside its answers.
LABEL_LEAST = 132
_ASKS = (When.ON_FAIL, When.ALWAYS)


class MatrixEditor(Editor):
    wide = True
    offers_na = False

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self._at = self._picked = 0
        self._active = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = [MatrixRow(desk, item) for item in group.items]
        for row in self.rows:
            column.addWidget(row)
            row.touched.connect(self._touched)
            row.left.connect(self.left)
            row.done.connect(self.done)
        self._same_cells()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the answers of one row do not fit beside its words, those of all go below."""
        super().resizeEvent(event)
        stacked = max(row.need() for row in self.rows) > self.width()
        for row in self.rows:
            row.stack(stacked)

    def _same_cells(self) -> None:
        """Cells of a column have one width, whatever a row says of N/A."""
        widths: dict[str, int] = {}
        for row in self.rows:
            for button in row.buttons:
                known = widths.get(button.option.id, 0)
                widths[button.option.id] = max(known, button.sizeHint().width())
        for row in self.rows:
            for button in row.buttons:
                button.setFixedWidth(widths[button.option.id])

    @property
    def current(self) -> Item:
        return self.rows[self._at].item

    def refresh(self) -> None:
        for row in self.rows:
            row.refresh()

    def marks(self) -> tuple[Mark, ...]:
        done = sum(self.draft.filling.answered(item) for item in self.group.items)
        total = len(self.rows)
        said = self.words("{n} of {total}", n=done, total=total)
        return (Mark(said, Tone.SUCCESS if done == total else Tone.ACCENT),)

    def _touched(self, item_id: str) -> None:
        self.go_to(item_id)

    def go_to(self, item_id: str) -> None:
        found = [index for index, row in enumerate(self.rows) if row.item.id == item_id]
        if found:
            self._go(found[0])

    def focus_moved(self, widget: QWidget) -> None:
        for index, row in enumerate(self.rows):
            if row.isAncestorOf(widget):
                self._go(index)

    def _go(self, at: int) -> None:
        self._at = at
        for index, row in enumerate(self.rows):
            row.set_current(self._active and index == at)
        self.moved.emit()

    def _go_on(self) -> None:
        if self._at + 1 < len(self.rows):
            self._go(self._at + 1)

    def pick(self, digit: int) -> bool:
        value = self.rows[self._at].value_of(digit)
        if value is None:
            return False
        self.draft.set_value(self.current, value)
        self._picked = self._at
        self._go_on()
        return True

    def has_ten(self) -> bool:
        return self.rows[self._picked].value_of(10) is not None

    def unpick(self, _digit: int) -> None:
        """The 1 of a 10 was for the row before."""
        self._go(self._picked)

    def not_applicable(self) -> bool:
        row = self.rows[self._at]
        if row.not_applicable():
            self._go_on()
        return True

    def step(self, delta: int) -> bool:
        at = self._at + delta
        if not 0 <= at < len(self.rows):
            return False
        self._go(at)
        return True

    def come_in(self, delta: int) -> None:
        if delta:
            self._go(0 if delta > 0 else len(self.rows) - 1)

    def show_hints(self, on: bool) -> None:
        self._active = on
        self._go(self._at)

    def details(self) -> Details:
        """Comment and photos of the current row."""
        return self.rows[self._at].details()

    def show_problems(self, told: dict[str, tuple[str, ...]]) -> None:
        for row in self.rows:
            row.show_problems(told.get(row.item.id, ()))

    def show_suspicions(self) -> None:
        for row in self.rows:
            row.show_suspicions()

    def current_row(self) -> QWidget:
        return self.rows[self._at]

    def commit_input(self) -> None:
        for row in self.rows:
            row.commit_input()

    def lock(self) -> None:
        for row in self.rows:
            row.lock()


class MatrixRow(QWidget):
    """``touched(item id)`` when the person works in it."""

    touched = Signal(str)
    left = Signal()
    done = Signal()

    def __init__(self, desk: Desk, item: Item) -> None:
        super().__init__()
        self.desk, self.item = desk, item
        self.draft = desk.draft
        self._current = False
        self._details: Details | None = None
        self._problem: ProblemLine | None = None
        self._doubts: SuspicionLines | None = None
        self._choices = bool(item.choices)
        name = self.draft.text(item.label)
        self.setAccessibleName(name)
        self.buttons = self._buttons(name)
        line = QHBoxLayout()
        line.setSpacing(8)
        label = Label(name, Type.ANSWER, wrap=True)
        label.setMinimumHeight(max(current().px(ROW), current().reach(CELL) + 8))
        line.addWidget(label, 1)
        self.said = RowNote()
        line.addLayout(self._notes(last_answer(desk, item)))
        self.marked = Icon("bookmark", "accent")
        self.marked.setAccessibleName(desk.words("Marked for later"))
        self.marked.hide()
        line.addWidget(self.marked)
        self._words, self._cells = line, QWidget()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(10, 0, 6, 0)
        self._line.setSpacing(8)
        self._line.addLayout(line, 1)
        self._line.addWidget(self._cells)
        self._fill_cells()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 2)
        self.column.setSpacing(0)
        self.column.addLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _notes(self, last: str) -> QVBoxLayout:
        """Beside the answers, one above the other: what it asks for, the last visit's answer."""
        notes = QVBoxLayout()
        notes.setSpacing(0)
        notes.addStretch(1)
        notes.addWidget(self.said, 0, Qt.AlignmentFlag.AlignRight)
        if last:
            notes.addWidget(LastAnswer(last), 0, Qt.AlignmentFlag.AlignRight)
            self.setAccessibleDescription(last)
        notes.addStretch(1)
        return notes

    def _fill_cells(self) -> None:
        flow = FlowLayout(self._cells)
        for button in self.buttons:
            flow.addWidget(button)
            button.clicked.connect(self._clicked)
        self.stack(False)

    def need(self) -> int:
        """The width of words and answers side by side, what may still be asked for included."""
        rules = self.item.evidence
        words = [self.desk.words("Photo needed")] if rules.photo in _ASKS else []
        words += [self.desk.words("Comment needed")] if rules.comment in _ASKS else []
        asked = advance(" · ".join(words), Type.HELP, 400)
        least = current().px(LABEL_LEAST) + 8 + asked + 8
        return least + self._cells.sizeHint().width() + 24

    def stack(self, on: bool) -> None:
        """The answers below the words, in as many lines as they take."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(down if on else across)
        self._line.setSpacing(0 if on else 8)
        middle = Qt.AlignmentFlag(0) if on else Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self._cells, middle)
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        policy = QSizePolicy(free if on else fixed, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._cells.setSizePolicy(policy)

    def _buttons(self, name: str) -> list[AnswerButton]:
        if self._choices:
            options = segments(self.draft, self.item)
            least = CELL_LEAST
        else:
            scale = scale_of(self.item.kind, self.draft)
            options = [
                Option(str(v), str(v), hint="", name=scale.labels.get(v, str(v)))
                for v in scale.values
            ]
            least = 44
        if self.item.allow_na and na_choice(self.item) is None:
            tone = Tone.NEUTRAL
            options.append(Option("", self.desk.words("N/A"), None, tone, "N"))
        return [self._button(option, least, name) for option in options]

    def _button(self, option: Option, least: int, name: str) -> AnswerButton:
        button = AnswerButton(option, least=least, height=CELL)
        button.setAccessibleName(f"{name}: {option.name or option.label}")
        return button

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.touched.emit(self.item.id)
            self._choose(button.option.id)

    def _choose(self, option: str) -> None:
        if not option:
            self.draft.set_not_applicable(self.item, True)
        else:
            self.draft.set_value(self.item, option if self._choices else int(option))

    def value_of(self, digit: int) -> str | int | None:
        if self._choices:
            choice = by_digit(self.item, digit)
            return None if choice is None else choice.id
        return scale_of(self.item.kind, self.draft).by_digit(digit)

    def not_applicable(self) -> bool:
        choice = na_choice(self.item)
        if choice is not None:
            self.draft.set_value(self.item, choice.id)
        elif self.item.allow_na:
            on = not self.draft.answer(self.item).not_applicable
            self.draft.set_not_applicable(self.item, on)
            return on
        return choice is not None

    def refresh(self) -> None:
        answer = self.draft.answer(self.item)
        chosen = "" if answer.value is None else str(answer.value)
        for button in self.buttons:
            own = button.option.id
            button.setChecked(answer.not_applicable if not own else own == chosen)
        comment, photo = wants(self.draft.filling, self.item)
        given = bool(answer.comment or answer.evidence)
        asked = self.desk.attaching.under_way(self.item) or self.desk.attaching.error(self.item)
        if self._details is not None or comment or photo or given or asked:
            self.details().refresh(comment=comment, photo=photo)
        self.said.say(self._needs(answer.comment, answer.evidence))
        self.marked.setVisible(answer.later)

    def _needs(self, comment: str, evidence: tuple[str, ...]) -> str:
        filling, words = self.draft.filling, self.desk.words
        needs = []
        if filling.wants_photo(self.item) and not evidence:
            needs.append(words("Photo needed"))
        if filling.wants_comment(self.item) and not comment.strip():
            needs.append(words("Comment needed"))
        return " · ".join(needs)

    def details(self) -> Details:
        if self._details is None:
            self._details = Details(self.desk, self.item)
            self._details.box.setContentsMargins(10, 2, 6, 8)
            self._details.left.connect(self.left)
            self.column.addWidget(self._details)
        return self._details

    def show_problems(self, sentences: tuple[str, ...]) -> None:
        if self._problem is None and sentences:
            self._problem = ProblemLine()
            place = QHBoxLayout()
            place.setContentsMargins(10, 0, 6, 6)
            place.addWidget(self._problem)
            self.column.addLayout(place)
        if self._problem is not None:
            self._problem.set_sentences(sentences)

    def show_suspicions(self) -> None:
        found = self.draft.suspicions_of(self.item)
        if self._doubts is None and found:
            self._doubts = SuspicionLines(self.desk)
            self._doubts.setContentsMargins(10, 2, 6, 4)
            self._doubts.done.connect(self.done)
            self.column.addWidget(self._doubts)
        if self._doubts is not None:
            self._doubts.show_found(found)
            tab_after(self._doubts, self)

    def set_current(self, on: bool) -> None:
        if on != self._current:
            self._current = on
            for button in self.buttons:
                button.show_hints(on)
            self.update()

    def commit_input(self) -> None:
        for part in (self._details, self._doubts):
            if part is not None:
                part.commit_input()

    def lock(self) -> None:
        for button in self.buttons:
            button.setEnabled(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit(self.item.id)
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._current:
            box = QRectF(self.rect()).adjusted(0, 0, 0, -2)
            rounded(QPainter(self), box, RADIUS_CONTROL, colour(current().tokens.surface2))
