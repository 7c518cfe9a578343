"""Where the caret is on a card, so that a card that replaces it has it as well."""

from __future__ import annotations

from enum import Enum, auto

from auditor.ui.capture.card import QuestionCard
from auditor.ui.capture.details import Details
from auditor.ui.capture.inputs import LineInput, TextInput


class Writing(Enum):
    """In which field of a card the person writes."""

    NOTHING = auto()
    ANSWER = auto()
    COMMENT = auto()


def writing_on(card: QuestionCard | None) -> Writing:
    focus = None if card is None else card.window().focusWidget()
    if card is None or not isinstance(focus, (LineInput, TextInput)):
        return Writing.NOTHING
    if not card.isAncestorOf(focus):
        return Writing.NOTHING
    return Writing.COMMENT if isinstance(focus.parentWidget(), Details) else Writing.ANSWER


def write_on(card: QuestionCard | None, writing: Writing) -> None:
    """Put the caret into that field."""
    if card is not None and writing is Writing.ANSWER:
        card.editor.enter()
    elif card is not None and writing is Writing.COMMENT:
        card.comment()
