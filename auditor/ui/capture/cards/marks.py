"""The chips of a card: what it asks for still, what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.head import Mark
from auditor.ui.capture.cards.typed import show_number
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.theme import Tone


def marks_of(desk: Desk, group: Group, editor: Editor) -> tuple[Mark, ...]:
    """Left to right: marked for later, what is due, what the editor says, critical, required,
    points (which would tell of the score: not where the program hides it)."""
    if not group.takes_answer:
        return ()
    return (
        *_later(desk, group),
        *_due(desk, group),
        *editor.marks(),
        *_rules(desk, group),
        *_points(desk, group, editor),
    )


def _later(desk: Desk, group: Group) -> Iterator[Mark]:
    if any(desk.draft.answer(item).later for item in group.items):
        yield Mark(desk.words("Marked for later"), Tone.ACCENT, "bookmark")


def _due(desk: Desk, group: Group) -> Iterator[Mark]:
    filling, words = desk.draft.filling, desk.words
    if group.first.row is not None or not desk.draft.writable:
        return
    item = group.first
    answer = desk.draft.answer(item)
    if filling.wants_photo(item) and not answer.evidence and not item.kind.is_evidence:
        yield Mark(words("Photo needed"), Tone.WARNING, "camera")
    if filling.wants_comment(item) and not answer.comment.strip():
        yield Mark(words("Comment needed"), Tone.WARNING, "message-square")


def _rules(desk: Desk, group: Group) -> Iterator[Mark]:
    filling, words = desk.draft.filling, desk.words
    if any(item.critical for item in group.items):
        yield Mark(words("Critical"), Tone.NEUTRAL, "octagon-alert", quiet=True)
    if not desk.draft.writable:
        return
    due = [item for item in group.items if filling.required(item)]
    if due and not all(filling.answered(item) for item in due):
        yield Mark(words("Required"), Tone.NEUTRAL)


def _points(desk: Desk, group: Group, editor: Editor) -> Iterator[Mark]:
    hidden = desk.draft.rules.hide_score
    known = [desk.draft.points(item) for item in group.items]
    points = sum((each for each in known if each is not None), Decimal(0))
    words = desk.words
    if points and not hidden:
        said = show_number(_short(points), desk.draft.language)
        one = points == 1
        yield Mark(words("{n} pt", n=said) if one else words("{n} pts", n=said))
    elif editor.unscored and not any(item.scored for item in group.items):
        yield Mark(words(editor.unscored), quiet=True)


def _short(points: Decimal) -> Decimal:
    """Two decimals at most: a chip is no ledger."""
    return points.quantize(Decimal("0.01")).normalize() + 0
