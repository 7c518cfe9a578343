"""``text``: one line or many; live count where a number of words is asked for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from auditor.ui.capture.cards.answers import MIDDLE, advance
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.inputs import LineInput, TextInput
from auditor.ui.capture.cards.typed import count_words
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import Type, colour, current
from forms.questions.kinds.words import Words


class TextEditor(Editor):
    wide = True

    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        kind = self.current.kind
        assert isinstance(kind, Words)
        self._kind = kind
        name = self.draft.text(group.question.label)
        long = kind.multiline or kind.min_words is not None
        self.field: LineInput | TextInput = (
            TextInput(name, lines=2 if desk.compact else 3, parent=self)
            if long
            else LineInput(name, parent=self)
        )
        self.count = WordCount(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        self.field.typed.connect(self._typed)
        self.field.left.connect(self._leave_field)
        if isinstance(self.field, LineInput):
            self.field.returnPressed.connect(self.done)

    def _typed(self, text: str) -> None:
        self.draft.set_value(self.current, text or None, typing=True)

    def _leave_field(self) -> None:
        self.draft.end_typing()
        self.left.emit()

    def refresh(self) -> None:
        value = self.draft.answer(self.current).value
        text = value if isinstance(value, str) else ""
        self.field.show_text(text)
        self.count.set(*self._said(text))

    def _said(self, text: str) -> tuple[str, str, float | None]:
        """Count, what is missing, share of what is asked for."""
        least, most = self._kind.min_words, self._kind.max_length
        if least is not None:
            counted = count_words(text)
            said = self.words("{count} of {least} words", count=counted, least=least)
            lacking = max(least - counted, 0)
            more = self.words("{n} more to go", n=lacking) if lacking else ""
            return said, more, min(counted / least, 1.0)
        length = len(text)
        if most is not None and length > most * 0.8:
            said = self.words("{count} of {most} characters", count=length, most=most)
            over = self.words("{n} too many", n=length - most) if length > most else ""
            return said, over, None
        return "", "", None

    def show_hints(self, on: bool) -> None:
        self.field.setPlaceholderText(self.words("Press Enter to write") if on else "")

    def enter(self) -> bool:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        self.field.show_text("")
        super().clear()

    def commit_input(self) -> None:
        self.field.commit_input()

    def lock(self) -> None:
        """Readable, and its text can be selected."""
        self.field.setReadOnly(True)

    def foot(self) -> QWidget:
        return self.count


class WordCount(QWidget):
    """A short bar, the count, and what is still missing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said, self._missing, self._share = "", "", 0.0
        self._bar = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set(self, said: str, missing: str, share: float | None) -> None:
        self._said, self._missing = said, missing
        self._bar, self._share = share is not None, share or 0.0
        self.setAccessibleName(f"{said} {missing}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        bar = current().px(120) + 10 if self._bar else 0
        words = advance(self._said, Type.CHIP, 600) + advance(self._missing, Type.HINT, 400)
        return QSize(bar + words + 16, current().px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, current().px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        t = theme.tokens
        painter = QPainter(self)
        x, middle = 0, self.height() // 2
        lacking = colour(t.warning)
        if self._bar:
            width = theme.px(120)
            rounded(painter, QRectF(0, middle - 3, width, 6), 3, colour(t.neutral_soft))
            ink = lacking if self._missing else colour(t.success)
            if self._share:
                rounded(painter, QRectF(0, middle - 3, max(width * self._share, 6), 6), 3, ink)
            x = width + 10
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(colour(t.text))
        said = advance(self._said, Type.CHIP, 600)
        painter.drawText(QRect(x, 0, said + 4, self.height()), MIDDLE, self._said)
        painter.setFont(theme.font(Type.HINT, 400))
        painter.setPen(lacking)
        painter.drawText(QRect(x + said + 8, 0, 400, self.height()), MIDDLE, self._missing)
