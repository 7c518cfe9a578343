"""What a card shows, compared with an answer."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QAbstractButton, QWidget

from auditor.ui.capture.cards.answers import AnswerButton, RowCheck, RowRadio
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.editors.duration import DurationEditor
from auditor.ui.capture.cards.editors.expectation import ExpectationEditor
from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.cards.editors.moment import MomentEditor
from auditor.ui.capture.cards.editors.number import NumberEditor
from auditor.ui.capture.cards.editors.text import TextEditor
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.cards.typed import (
    clean,
    read_duration,
    show_day,
    show_duration,
    show_number,
)
from auditor.ui.capture.photos.tiles import FileRow, PhotoTile
from forms.answers import Answer, Expectation
from forms.compiled import Item


def chosen(widget: QWidget) -> list[str]:
    """The ids of the answers that are pressed in ``widget``; "" is N/A."""
    kinds = (AnswerButton, RowRadio, RowCheck)
    buttons = [b for b in widget.findChildren(QAbstractButton) if isinstance(b, kinds)]
    return [b.option.id for b in buttons if b.isVisible() and b.isChecked()]


def look(card: QuestionCard, item: Item, answer: Answer, language: str) -> list[str]:
    """What the card shows otherwise than ``answer``; [] where all is right."""
    part = _part(card, item)
    wrong = [
        *_look_at_value(card, part, item, answer, language),
        *_look_at_comment(part, answer),
        *_look_at_files(part, answer),
    ]
    return [f"{item.id}: {each}" for each in wrong]


def _part(card: QuestionCard, item: Item) -> QWidget:
    """The card, or the row of a matrix."""
    editor = card.editor
    if isinstance(editor, MatrixEditor):
        return next(row for row in editor.rows if row.item is item)
    return card


def _look_at_value(
    card: QuestionCard, part: QWidget, item: Item, answer: Answer, language: str
) -> list[str]:
    editor, value = card.editor, answer.value
    if isinstance(editor, ExpectationEditor):
        pair = value if isinstance(value, Expectation) else Expectation()
        rows = ((editor.expected, pair.expected), (editor.found, pair.perceived))
        return [
            f"shows {chosen(row)}, not {number}"
            for row, number in rows
            if chosen(row) != ([] if number is None else [str(number)])
        ]
    pressed = chosen(part)
    wanted: list[str] = [""] if answer.not_applicable else []
    if isinstance(value, tuple):
        wanted += value
    elif item.choices or _is_scale(item):
        wanted += [] if value is None else [str(value)]
    wrong = [] if pressed == wanted else [f"shows {pressed}, not {wanted}"]
    return wrong + _look_at_field(card, value, language)


def _is_scale(item: Item) -> bool:
    return item.question.type in ("scale", "csat", "nps", "ces", "matrix")


def _look_at_field(card: QuestionCard, value: object, language: str) -> list[str]:
    """Fields show the value; what cannot be read stays in the field while there is none."""
    editor = card.editor
    if isinstance(editor, TextEditor):
        shown = clean(editor.field.text())
        return [] if shown == (value or "") else [f"shows {shown!r}, not {value!r}"]
    if isinstance(editor, NumberEditor):
        shown, read = editor.field.text(), editor._read(editor.field.text())
        if value is None:
            return [] if read is None else [f"shows {shown!r}, not nothing"]
        assert isinstance(value, (int, Decimal))
        wanted = show_number(value, language)
        return [] if shown == wanted else [f"shows {shown!r}, not {wanted}"]
    if isinstance(editor, DurationEditor):
        return _look_at_clock(editor, value)
    if isinstance(editor, MomentEditor) and editor.has_day and not editor.has_time:
        shown = editor.day.text()
        wanted = "" if value is None else f"{show_day(_day(str(value)))}"
        if value is None and editor._joined() is None:
            return []
        return [] if shown == wanted else [f"shows {shown!r}, not {wanted!r}"]
    return []


def _look_at_clock(editor: DurationEditor, value: object) -> list[str]:
    if editor._running:
        return []
    if editor.field.isVisible():
        shown = read_duration(editor.field.text())
        return [] if shown == value else [f"the field reads {shown}, not {value}"]
    assert value is None or isinstance(value, int)
    said = editor.clock.accessibleName().lstrip("0").lstrip(":") or "0"
    wanted = show_duration(value or 0).lstrip("0").lstrip(":") or "0"
    return [] if said == wanted else [f"the clock says {said}, not {wanted}"]


def _day(text: str):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(text)


def _look_at_comment(part: QWidget, answer: Answer) -> list[str]:
    from auditor.ui.capture.cards.details import Details

    fields = [
        field
        for field in part.findChildren(TextInput)
        if isinstance(field.parentWidget(), Details) and field.isVisible()
    ]
    shown = [clean(field.text()) for field in fields if field.text()]
    wanted = [answer.comment] if answer.comment else []
    return [] if shown == wanted else [f"comment {shown}, not {wanted}"]


def _look_at_files(part: QWidget, answer: Answer) -> list[str]:
    """Tiles and rows side by side, in the evaluator's order."""
    pieces = [w for w in part.findChildren(QWidget) if isinstance(w, (PhotoTile, FileRow))]
    seen = [piece for piece in pieces if piece.isVisible()]
    seen.sort(key=lambda piece: (piece.mapTo(part, piece.rect().topLeft()).y(), piece.x()))
    shown = [piece.record.sha256 for piece in seen]
    if sorted(shown) != sorted(answer.evidence):
        return [f"files {[s[:6] for s in shown]}, not {[s[:6] for s in answer.evidence]}"]
    return []
