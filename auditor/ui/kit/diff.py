"""Old words beside new ones: removed words have a dashed underline on red, added ones a solid one
on green. (A line through the words would hide the marks that stand above Vietnamese letters.)"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from enum import Enum, auto

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.ui.theme import Type, colour, current

#: A word with the space after it.
_WORD = re.compile(r"\S+\s*|\s+")
#: Texts less alike than this read better one after the other.
ALIKE = 0.4


class Part(Enum):
    SAME = auto()
    REMOVED = auto()
    ADDED = auto()


def parts(old: str, new: str) -> list[tuple[Part, str]]:
    """``old`` and ``new`` as one text, word by word; what is removed stands before what is added.
    The parts that are not ADDED make up ``old``, those that are not REMOVED ``new``."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        whole = ((Part.REMOVED, old), (Part.ADDED, new))
        return [(part, text) for part, text in whole if text]
    return [each for code in matcher.get_opcodes() for each in _of(code, before, after)]


def _of(
    code: tuple[str, int, int, int, int], before: list[str], after: list[str]
) -> Iterator[tuple[Part, str]]:
    tag, start, end, new_start, new_end = code
    if tag == "equal":
        yield Part.SAME, "".join(after[new_start:new_end])
        return
    for part, text in (
        (Part.REMOVED, "".join(before[start:end])),
        (Part.ADDED, "".join(after[new_start:new_end])),
    ):
        if text:
            yield part, text


class WordDiff(QWidget):
    """``name`` is what a screen reader says of it."""

    def __init__(self, old: str, new: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._text = QTextDocument(self)
        self._text.setDocumentMargin(0)
        self._text.setDefaultFont(current().font(Type.HELP))
        self._fill(old, new)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _fill(self, old: str, new: str) -> None:
        cursor = QTextCursor(self._text)
        before = Part.SAME
        for part, text in parts(old, new):
            if Part.SAME not in (part, before):
                cursor.insertText(" ", _format(Part.SAME))
            space = text[len(text.rstrip()) :]
            cursor.insertText(text.rstrip(), _format(part))
            cursor.insertText(space, _format(Part.SAME))
            before = Part.SAME if space else part

    def sizeHint(self) -> QSize:
        return QSize(current().px(320), self.heightForWidth(self.width() or current().px(320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(120), current().px(18))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._text.setTextWidth(width)
        return round(self._text.size().height()) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._text.setTextWidth(self.width())
        painter = QPainter(self)
        self._text.drawContents(painter)


def _format(part: Part) -> QTextCharFormat:
    tokens = current().tokens
    look = QTextCharFormat()
    look.setForeground(colour(tokens.text))
    if part is Part.REMOVED:
        look.setBackground(colour(tokens.danger_soft))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        look.setUnderlineColor(colour(tokens.danger))
    elif part is Part.ADDED:
        look.setBackground(colour(tokens.success_soft))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(colour(tokens.success))
    return look
