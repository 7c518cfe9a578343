"""Where the caret is on a card, so that a card that replaces it has it as well."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.details import Details
from auditor.ui.capture.cards.inputs import LineInput, TextInput


class Writing(StrEnum):
    """In which field of a card the person writes; the values are on disk."""

    NOTHING = ""
    ANSWER = "field"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the lines of a card's answer, in their order, and which has the focus. Half a
    number is no answer, so nothing else knows of it."""

    lines: tuple[str, ...] = ()
    focus: int | None = None


UNTYPED = Typed()


def typed_on(card: QuestionCard | None) -> Typed:
    fields = [] if card is None else card.editor.findChildren(LineInput)
    focus = next((at for at, field in enumerate(fields) if field.hasFocus()), None)
    return Typed(tuple(field.text() for field in fields), focus)


def type_on(card: QuestionCard | None, typed: Typed) -> None:
    """As it stood where one writes; elsewhere only into lines that are empty, since the draft shows
    what it holds in its own words."""
    fields = [] if card is None else card.editor.findChildren(LineInput)
    if len(fields) != len(typed.lines):
        return
    if typed.focus is not None:
        fields[typed.focus].setFocus()
    for at, (field, text) in enumerate(zip(fields, typed.lines, strict=True)):
        if text != field.text() and (at == typed.focus or not field.text()):
            field.setText(text)
        go_behind(field)


def writing_in(value: str) -> Writing:
    """``value`` as it came from the disk; an unknown one is nothing."""
    return Writing(value) if value in tuple(Writing) else Writing.NOTHING


def writing_on(card: QuestionCard | None) -> Writing:
    focus = None if card is None else card.window().focusWidget()
    if card is None or not isinstance(focus, (LineInput, TextInput)):
        return Writing.NOTHING
    if not card.isAncestorOf(focus):
        return Writing.NOTHING
    return Writing.COMMENT if isinstance(focus.parentWidget(), Details) else Writing.ANSWER


def write_on(card: QuestionCard | None, writing: Writing) -> None:
    """Put the caret into that field, behind what stands there."""
    if card is None or writing is Writing.NOTHING:
        return
    if writing is Writing.COMMENT:
        card.comment()
    else:
        card.editor.enter()
    go_behind(card.window().focusWidget())


def go_behind(field: QWidget | None) -> None:
    """The caret comes after what stands in the field."""
    if isinstance(field, LineInput):
        field.end(False)
    elif isinstance(field, TextInput):
        field.moveCursor(QTextCursor.MoveOperation.End)
