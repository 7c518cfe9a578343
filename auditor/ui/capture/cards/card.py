"""One question as a card: head, editor, comment and evidence, what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.actions import Actions
from auditor.ui.capture.cards.answers import AnswerButton, Option
from auditor.ui.capture.cards.card_keys import CardKeys
from auditor.ui.capture.cards.details import Details
from auditor.ui.capture.cards.drops import CardDrops
from auditor.ui.capture.cards.editors import EDITORS
from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Head
from auditor.ui.capture.cards.inputs import LineInput, TextInput
from auditor.ui.capture.cards.last_visit import LastAnswer, last_answer
from auditor.ui.capture.cards.marks import marks_of
from auditor.ui.capture.cards.problems import ProblemLine, wants
from auditor.ui.capture.cards.suspicion_lines import SuspicionLines, tab_after
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.photos.dragging import DropTarget
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CARD, Tone, colour, current
from forms.answers import Answer
from forms.compiled import Item
from forms.questions.base import When


class QuestionCard(DropTarget):
    """``stepped(±1)`` by ↑ and ↓ at its edge; ``entered(question id)`` when the focus comes in;
    ``touched()`` when the person has been here, so that what is wrong may be said."""

    stepped = Signal(int)
    entered = Signal(str)
    touched = Signal()

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.group = desk, group
        self.draft, self.words = desk.draft, desk.words
        self._current = False
        self._touched = False
        self._keys = CardKeys(self)
        self._drops = CardDrops(self)
        self._details: Details | None = None
        self._problem: ProblemLine | None = None
        self._doubts: SuspicionLines | None = None
        self._na: AnswerButton | None = None
        self._actions: Actions | None = None
        self.setMinimumWidth(1)  # a card never makes its page wider
        if group.takes_answer:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(self.draft.writable and group.takes_answer)
        title = self.draft.text(group.question.label)
        said = self.draft.text(group.question.help)
        self.head = Head(group.number, title, said, quiet=not group.takes_answer)
        self.editor = EDITORS[group.question.type](desk, group)
        self.setAccessibleName(f"{group.number} {title}".strip())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 10 if desk.compact else 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self.head)
        if group.takes_answer:
            self._lay_out()
        self.editor.left.connect(self.touch)
        self.editor.done.connect(self.take_focus)
        self.editor.moved.connect(self._show_mark)
        if not self.draft.writable:
            self._lock()
        self.refresh()

    # parts

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(current().gap(8))
        na = self._make_na()
        if not self.editor.wide:
            row.addWidget(self.editor)
            if na is not None:
                row.addWidget(na, 0, Qt.AlignmentFlag.AlignTop)
            row.addStretch(1)
        else:
            self.column.addWidget(self.editor)
            foot = self.editor.foot()
            if foot is not None:
                row.addWidget(foot, 1)
            else:
                row.addStretch(1)
            if na is not None:
                row.addWidget(na)
        self.column.addLayout(row)
        self._actions = self._make_actions(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Comment and photo go below the answers where they do not fit beside them."""
        super().resizeEvent(event)
        if self._actions is not None:
            self._actions.fit(self.width())

    def _make_na(self) -> AnswerButton | None:
        item = self.group.first
        if not (self.editor.offers_na and item.allow_na):
            return None
        option = Option("", self.words("N/A"), None, Tone.NEUTRAL, "N")
        self._na = AnswerButton(option, least=72)
        self._na.clicked.connect(self.not_applicable)
        return self._na

    def _make_actions(self, row: QHBoxLayout) -> Actions:
        actions = Actions(self.column, row, low=self.editor.wide)
        rules = [item.evidence for item in self.group.items]
        last = "" if self.group.first.row else last_answer(self.desk, self.group.first)
        if last:
            actions.add_words(LastAnswer(last))
        if any(rule.comment is not When.NEVER for rule in rules):
            actions.add(self.words("Comment"), "message-square", "C", self.comment)
        photo = any(rule.photo is not When.NEVER for rule in rules)
        if photo and not self.editor.shows_evidence:
            actions.add(self.words("Photo"), "camera", "P", self.photo)
        actions.add_mark(self.words, self.mark)
        return actions

    def _lock(self) -> None:
        self.editor.lock()
        if self._na is not None:
            self._na.setEnabled(False)
        if self._actions is not None:
            self._actions.hide()

    @property
    def item(self) -> Item:
        """The item that keys act on: the question, or the current row."""
        return self.editor.current

    # state

    def refresh(self) -> None:
        """Show what the draft holds."""
        self.editor.refresh()
        item = self.group.first
        answer = self.draft.answer(item)
        if self._na is not None:
            self._na.setChecked(answer.not_applicable)
        self.head.set_marks(marks_of(self.desk, self.group, self.editor))
        self.setAccessibleDescription(", ".join(self._said()))
        self._show_mark()
        if not isinstance(self.editor, MatrixEditor) and self.group.takes_answer:
            self._refresh_details(item)
        self.show_problems()

    def _said(self) -> list[str]:
        """What a screen reader says after the name."""
        last = "" if self.group.first.row else last_answer(self.desk, self.group.first)
        return [*(mark.text for mark in self.head.marks), *([last] if last else [])]

    def _show_mark(self) -> None:
        """Of the question, or of the current row."""
        if self._actions is not None:
            self._actions.show_mark(self.draft.answer(self.item).later)

    def _refresh_details(self, item: Item) -> None:
        comment, photo = wants(self.draft.filling, item)
        if not self.draft.writable:
            comment = photo = False
        answer = self.draft.answer(item)
        fetching = self.desk.attaching.under_way(item) or self.desk.attaching.error(item)
        if self._details is not None or comment or photo or fetching or not _bare(answer):
            self.details().refresh(comment=comment, photo=photo)

    def details(self) -> Details:
        """Comment and evidence of the item that keys act on."""
        if isinstance(self.editor, MatrixEditor):
            return self.editor.details()
        if self._details is None:
            self._details = Details(self.desk, self.group.first)
            self._details.left.connect(self.touch)
            place = self.column.count() - sum(
                each is not None for each in (self._problem, self._doubts)
            )
            self.column.insertWidget(place, self._details)
        return self._details

    def touch(self) -> None:
        """The person was here: what is wrong may be said."""
        self._touched = True
        self.show_problems()
        self.touched.emit()

    def show_problems(self) -> None:
        told = {item.id: self._sentences(item) for item in self.group.items}
        if isinstance(self.editor, MatrixEditor):
            self.editor.show_problems(told)
            return
        sentences = told.get(self.group.first.id, ())
        if self._problem is None and sentences:
            self._problem = ProblemLine()
            self.column.insertWidget(
                self.column.count() - (self._doubts is not None), self._problem
            )
        if self._problem is not None:
            self._problem.set_sentences(sentences)

    def show_suspicions(self) -> None:
        """What looks wrong, once the person was here; never while one writes here."""
        focus = self.window().focusWidget()
        writes = isinstance(focus, (LineInput, TextInput)) and self.isAncestorOf(focus)
        if writes or not self.draft.writable or not (self._touched or self.draft.checked):
            return
        if isinstance(self.editor, MatrixEditor):
            self.editor.show_suspicions()
            return
        found = self.draft.suspicions_of(self.group.first) if self.group.takes_answer else ()
        if self._doubts is None and found:
            self._doubts = SuspicionLines(self.desk)
            self._doubts.done.connect(self.take_focus)
            self.column.addWidget(self._doubts)
        if self._doubts is not None:
            self._doubts.show_found(found)
            tab_after(self._doubts, self)

    @property
    def doubts_text(self) -> str:
        """What is said to look wrong; "" when nothing does."""
        return "" if self._doubts is None else self._doubts.text

    def _sentences(self, item: Item) -> tuple[str, ...]:
        typed = self.editor.complaint()
        if typed:
            return (typed,)
        if not self.draft.writable:
            return ()
        if self.draft.checked:
            return self.draft.checked_sentences(item)
        if not self._touched:
            return ()
        found = self.draft.filling.problems_of(item)
        return tuple(problem.text(self.draft.language) for problem in found)

    @property
    def problem_text(self) -> str:
        """What is said to be wrong; "" when nothing is."""
        return "" if self._problem is None else self._problem.text

    def set_current(self, on: bool) -> None:
        """The card that keys act on: it has the ring, and the key hints."""
        if on == self._current:
            return
        self._current = on
        hints = on and self.draft.writable
        self.editor.show_hints(hints)
        if self._na is not None:
            self._na.show_hints(hints)
        self.update()

    def commit_input(self) -> None:
        self.editor.commit_input()
        for part in (self._details, self._doubts):
            if part is not None:
                part.commit_input()

    # what the person does

    def comment(self) -> None:
        if self.draft.writable and self.item.evidence.comment is not When.NEVER:
            self.details().ask_comment()

    def photo(self) -> None:
        own = self.editor.shows_evidence and self.editor.takes_more
        if own or (not self.editor.shows_evidence and self.item.evidence.photo is not When.NEVER):
            self.desk.attaching.choose(self.item, self.editor.what, self.window())

    def mark(self) -> None:
        """Mark the question (or the current row) for later, or take the mark off."""
        if self.draft.writable:
            self.draft.mark_later(self.item, not self.draft.answer(self.item).later)

    def paste(self) -> bool:
        """A picture or files from the clipboard; False when there are none."""
        return self._drops.paste()

    def clear(self) -> None:
        self.editor.clear()
        self.refresh()

    def not_applicable(self) -> None:
        if not self.draft.writable:
            return
        item = self.item
        if self.editor.not_applicable():
            return
        if item.allow_na:
            on = not self.draft.answer(item).not_applicable
            self.draft.set_not_applicable(item, on)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._keys.commit(event.commitString())

    # focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.group.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keys.forget()
        self.update()

    # files

    def why_not(self, data: QMimeData, at: QPoint) -> str:
        return self._drops.why_not(data, at)

    def take_drop(self, data: QMimeData, at: QPoint) -> bool:
        return self._drops.take(data, at)

    def show_drop(self, data: QMimeData | None, at: QPoint) -> None:
        self._drops.show(data, at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        box = QRectF(self.rect())
        ring = self.hot or (self._current and self._ring_is_mine())
        strong = ring or self._current
        border = colour(t.accent if strong else t.border)
        fill = colour(t.accent_soft if self.hot or self._is_found() else t.surface)
        rounded(QPainter(self), box, RADIUS_CARD, fill, border, 2 if ring else 1)

    def _ring_is_mine(self) -> bool:
        """One ring a screen: what else has the focus paints its own."""
        focus = self.window().focusWidget()
        return focus is None or focus is self

    def _is_found(self) -> bool:
        """The focus is in the field of the search, which stands at this card."""
        focus = self.window().focusWidget()
        return self._current and focus is not None and bool(focus.property("finding"))


def _bare(answer: Answer) -> bool:
    return not (answer.comment or answer.evidence)
