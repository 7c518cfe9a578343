"""One question as a card: head, editor, comment and evidence, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.answers import AnswerButton, Option
from auditor.ui.capture.attaching import PHOTO, FileKind, takes
from auditor.ui.capture.desk import Desk
from auditor.ui.capture.details import Details
from auditor.ui.capture.editors import EDITORS
from auditor.ui.capture.editors.attachment import AttachmentEditor
from auditor.ui.capture.editors.matrix import MatrixEditor
from auditor.ui.capture.groups import Group
from auditor.ui.capture.head import Head
from auditor.ui.capture.keys import Digits, digit_of, letter_of
from auditor.ui.capture.marks import marks_of
from auditor.ui.capture.problems import ProblemLine, wants
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import RADIUS_CARD, Tone, colour, current
from forms.answers import Answer
from forms.compiled import Item
from forms.questions.base import When

_FORWARD = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_AROUND = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}


class QuestionCard(QWidget):
    """``stepped(±1)`` by ↑ and ↓ at its edge; ``entered(question id)`` when the focus comes in."""

    stepped = Signal(int)
    entered = Signal(str)

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.group = desk, group
        self.draft, self.words = desk.draft, desk.words
        self._current = False
        self._touched = False
        self._digits = Digits()
        self._details: Details | None = None
        self._problem: ProblemLine | None = None
        self._na: AnswerButton | None = None
        self._row: QHBoxLayout | None = None
        self._below: QHBoxLayout | None = None
        self.setMinimumWidth(1)  # a card never makes its page wider
        self._buttons: list[Button] = []
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
        self.editor.done.connect(self._take_focus)
        if not self.draft.writable:
            self._lock()
        self.refresh()

    # parts

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
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
        for button in self._make_actions():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if row.count() > 1:
            self._row = row
            self.column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Comment and photo go below the answers where they do not fit beside them."""
        super().resizeEvent(event)
        if self._row is None or not self._buttons:
            return
        margins = self.column.contentsMargins()
        need = self._row.sizeHint().width() + margins.left() + margins.right()
        if self._below is not None:
            need += sum(button.sizeHint().width() + 8 for button in self._buttons)
        if (need > self.width()) != (self._below is not None):
            self._move_actions(self._row)

    def _move_actions(self, row: QHBoxLayout) -> None:
        """From beside the answers to below them, or back."""
        before, target = self._below, row
        self._below = None
        if before is None:
            self._below = target = QHBoxLayout()
            target.setSpacing(8)
            target.addStretch(1)
            self.column.insertLayout(self.column.indexOf(row) + 1, target)
        for button in self._buttons:
            target.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if before is not None:
            self.column.removeItem(before)
            before.deleteLater()

    def _make_na(self) -> AnswerButton | None:
        item = self.group.first
        if not (self.editor.offers_na and item.allow_na):
            return None
        option = Option("", self.words("N/A"), None, Tone.NEUTRAL, "N")
        self._na = AnswerButton(option, least=72)
        self._na.clicked.connect(self._not_applicable)
        return self._na

    def _make_actions(self) -> list[Button]:
        rules = [item.evidence for item in self.group.items]
        if any(rule.comment is not When.NEVER for rule in rules):
            self._add_action(self.words("Comment"), "message-square", "C", self.comment)
        photo = any(rule.photo is not When.NEVER for rule in rules)
        if photo and not self.editor.shows_evidence:
            self._add_action(self.words("Photo"), "camera", "P", self.photo)
        return self._buttons

    def _add_action(self, caption: str, icon: str, key: str, slot: Callable[[], None]) -> None:
        button = Button(
            caption, Kind.TEXT, icon=icon, hint=key, height=32 if self.editor.wide else 40
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(slot)
        self._buttons.append(button)

    def _lock(self) -> None:
        self.editor.lock()
        if self._na is not None:
            self._na.setEnabled(False)
        for button in self._buttons:
            button.hide()

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
        self.setAccessibleDescription(", ".join(mark.text for mark in self.head.marks))
        if not isinstance(self.editor, MatrixEditor) and self.group.takes_answer:
            self._refresh_details(item)
        self.show_problems()

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
            place = self.column.count() - (self._problem is not None)
            self.column.insertWidget(place, self._details)
        return self._details

    def touch(self) -> None:
        """The person was here: what is wrong may be said."""
        self._touched = True
        self.show_problems()

    def show_problems(self) -> None:
        told = {item.id: self._sentences(item) for item in self.group.items}
        if isinstance(self.editor, MatrixEditor):
            self.editor.show_problems(told)
            return
        sentences = told.get(self.group.first.id, ())
        if self._problem is None and sentences:
            self._problem = ProblemLine()
            self.column.addWidget(self._problem)
        if self._problem is not None:
            self._problem.set_sentences(sentences)

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
        if self._details is not None:
            self._details.commit_input()

    # what the person does

    def comment(self) -> None:
        if self.draft.writable and self.item.evidence.comment is not When.NEVER:
            self.details().ask_comment()

    def photo(self) -> None:
        if self.editor.shows_evidence and not isinstance(self.editor, AttachmentEditor):
            self.desk.attaching.choose(self.item, PHOTO, self.window())
        elif self.item.evidence.photo is not When.NEVER:
            self.desk.attaching.choose(self.item, self._file_kind(), self.window())

    def _file_kind(self) -> FileKind:
        editor = self.editor
        return editor.what if isinstance(editor, AttachmentEditor) else PHOTO

    def _not_applicable(self) -> None:
        if not self.draft.writable:
            return
        item = self.item
        if self.editor.not_applicable():
            return
        if item.allow_na:
            on = not self.draft.answer(item).not_applicable
            self.draft.set_not_applicable(item, on)

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._move(event) or (self.draft.writable and self._act(event))):
            super().keyPressEvent(event)

    def _move(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Escape and not self.hasFocus():
            self._take_focus()
        elif key in _FORWARD:
            if not self.editor.step(_FORWARD[key]):
                self.stepped.emit(_FORWARD[key])
        elif key in _AROUND and not self.hasFocus():
            self.focusNextPrevChild(_AROUND[key])
        else:
            return key in _AROUND
        return True

    def _act(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.desk.attaching.paste(self.item, self._file_kind().kind)
        if event.key() in _ENTER and not event.modifiers():
            return self.editor.enter()
        if event.key() == Qt.Key.Key_Backspace and not event.modifiers():
            self.editor.clear()
            self.refresh()
            return True
        digit = digit_of(event)
        if digit is not None:
            return self._digit(digit)
        if event.text() in ("-", "+", ".", ",") and self.editor.type_text(event.text()):
            return True
        return self._letter(letter_of(event))

    def _digit(self, digit: int) -> bool:
        if self.editor.type_text(str(digit)):
            return True
        if self._digits.ten(digit) and self._pick_ten():
            return True
        return self.editor.pick(digit)

    def _pick_ten(self) -> bool:
        """1 then 0. Where there is no ten, the 0 is a key of its own."""
        self.editor.unpick(1)
        return self.editor.pick(10)

    def _letter(self, letter: str) -> bool:
        acts = {"N": self._not_applicable, "C": self.comment, "P": self.photo}
        if letter == "T":
            return self.editor.stopwatch()
        if letter in acts and self.group.takes_answer:
            acts[letter]()
            return True
        return False

    # focus

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.group.id)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._digits.forget()
        self.update()

    # files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if takes(event.mimeData()):
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hot(False)
        if self.desk.attaching.take(self.item, event.mimeData(), self._file_kind().kind):
            event.acceptProposedAction()

    def _set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    _hot = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        box = QRectF(self.rect())
        ring = self._hot or (self._current and self._ring_is_mine())
        strong = ring or self._current
        border = colour(t.accent if strong else t.border)
        fill = colour(t.accent_soft if self._hot else t.surface)
        rounded(QPainter(self), box, RADIUS_CARD, fill, border, 2 if ring else 1)

    def _ring_is_mine(self) -> bool:
        """One ring a screen: a field or button of the card that has the focus paints its own."""
        focus = self.window().focusWidget()
        return focus is None or focus is self or not self.isAncestorOf(focus)


def _bare(answer: Answer) -> bool:
    return not (answer.comment or answer.evidence)
