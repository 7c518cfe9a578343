"""What a picture of a card would show to be wrong: parts cut off, over another, or unpainted."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from auditor.ui.capture.cards.answers import AnswerButton, RowCheck, RowRadio
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.head import Head
from auditor.ui.capture.cards.problems import ProblemLine
from auditor.ui.capture.cards.scales import ScaleButtons
from auditor.ui.capture.photos.tiles import PhotoTile
from auditor.ui.kit.button import Button
from auditor.ui.kit.text import ElidedLabel

#: A line of text may be this much lower than the box that its font asks for.
SLACK = 1


def of_layout(card: QuestionCard) -> list[str]:
    """Parts that stick out, lie over each other, or are too small for their words."""
    name = card.accessibleName()
    return [
        f"{name} ({card.width()}): {fault}"
        for fault in (*_outside(card), *_overlaps(card), *_cut(card), *_short(card))
    ]


def parts(widget: QWidget) -> list[QWidget]:
    """What is visible in ``widget``, without the insides of fields and tiles."""
    found = []
    for child in widget.findChildren(QWidget):
        if child.isVisible() and not _inside(child, widget):
            found.append(child)
    return found


def _inside(child: QWidget, root: QWidget) -> bool:
    """Of a field or a tile, which lay out their own parts."""
    parent = child.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, (QLineEdit, PhotoTile)) or parent.inherits("QAbstractScrollArea"):
            return True
        parent = parent.parentWidget()
    return False


def _say(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel, QLineEdit)) else ""
    return f"{type(widget).__name__} {(widget.accessibleName() or text)[:40]!r}"


def _box(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _outside(card: QuestionCard) -> Iterator[str]:
    for part in parts(card):
        parent = part.parentWidget()
        assert parent is not None
        if not parent.rect().contains(part.geometry()):
            yield f"{_say(part)} {part.geometry()} sticks out of {_say(parent)} {parent.rect()}"


def _overlaps(card: QuestionCard) -> Iterator[str]:
    by_parent: dict[int, list[QWidget]] = {}
    for part in parts(card):
        by_parent.setdefault(id(part.parentWidget()), []).append(part)
    for siblings in by_parent.values():
        for one, other in itertools.combinations(siblings, 2):
            if one.geometry().intersects(other.geometry()):
                yield f"{_say(one)} and {_say(other)} overlap"


def _cut(card: QuestionCard) -> Iterator[str]:
    """Words that have more lines, or a longer line, than their widget has room for."""
    for part in parts(card):
        hint = part.sizeHint()
        if isinstance(part, (Head, ProblemLine, RowRadio, RowCheck)) or (
            isinstance(part, QLabel) and part.wordWrap()
        ):
            need = part.heightForWidth(part.width())
            if part.height() + SLACK < need:
                yield f"{_say(part)} is {part.height()} high and needs {need}"
        elif isinstance(part, ElidedLabel):
            continue
        elif isinstance(part, AnswerButton):
            need = QFontMetrics(_bold(part)).horizontalAdvance(part.option.label) + 8
            need += 24 if part.option.icon else 0
            if part.width() < need:
                yield f"{_say(part)} is {part.width()} wide and needs {need}"
        elif isinstance(part, (QLabel, Button)) and part.width() < hint.width():
            yield f"{_say(part)} is {part.width()} wide and needs {hint.width()}"


def _bold(button: AnswerButton):  # type: ignore[no-untyped-def]
    from auditor.ui.theme import Type, current

    return current().font(Type.ANSWER, 700)


def _short(card: QuestionCard) -> Iterator[str]:
    """Words that are painted with an ellipsis, or not at all, where nobody meant it."""
    for part in parts(card):
        if isinstance(part, Head):
            room = part.width() - part._indent() - part._room - 8
            if part._room and room < min(120, part.width() // 4):
                yield f"the marks leave {room} for the question"
        elif isinstance(part, QLineEdit) and part.placeholderText():
            need = part.fontMetrics().horizontalAdvance(part.placeholderText())
            if need > part.width() - 16:
                yield f"{_say(part)}: {part.placeholderText()!r} does not fit"
        elif isinstance(part, ScaleButtons) and any(part._ends):
            metrics = QFontMetrics(part.font())
            ends = [metrics.horizontalAdvance(words) for words in part._ends]
            if sum(ends) * 0.8 > part._across():
                yield f"the words at the ends need {sum(ends)} of {part._across()}"


# painting


def of_painting(card: QuestionCard) -> list[str]:
    """Words that cannot be told from their absence, and a card of one colour."""
    name = card.accessibleName()
    faults = []
    if _colours(card.grab().toImage()) < 4:
        faults.append(f"{name}: it is empty")
    for part in parts(card):
        before = part.grab().toImage()
        if blank(part) and part.grab().toImage() == before:
            faults.append(f"{name}: {_say(part)} paints no words")
    return faults


def _colours(image: QImage) -> int:
    across, down = max(image.width() // 200, 1), max(image.height() // 60, 1)
    pixels = itertools.product(range(0, image.width(), across), range(0, image.height(), down))
    return len({image.pixel(x, y) for x, y in pixels})


def blank(part: QWidget) -> bool:
    """Take the words out of ``part``; False where it has none. It is of no use after that."""
    if isinstance(part, Head) and part._title:
        part._title = ""
    elif isinstance(part, (AnswerButton, RowRadio, RowCheck)) and part.option.label:
        part.option = replace(part.option, label="")
    elif isinstance(part, Button) and part.caption:
        part._caption = ""
    elif isinstance(part, ProblemLine) and part.text:
        part._text = ""
    elif isinstance(part, QLineEdit) and part.text():
        part.blockSignals(True)
        part.setText("")
        part.setPlaceholderText("")
    elif isinstance(part, QLabel) and part.text():
        part.setText("")
    else:
        return False
    return True
