"""Where in a visit words stand: questions, help, numbers, choices, comments, written answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.domain.folding import folded
from auditor.ui.capture.cards.typed import clean
from auditor.ui.capture.drafting.draft import Draft
from forms.compiled import Item
from forms.questions.kinds import scale as scales

_NUMBER = re.compile(r"\d+\.[\d.]*")


def places_of(draft: Draft, query: str) -> list[str]:
    """The visible items where ``query`` stands, in order. Marks and case do not matter. What is
    said of a whole matrix stands at its first row."""
    wanted = _plain(query)
    if not wanted:
        return []
    found, seen = [], set()
    for item in draft.compiled.items:
        if not item.takes_answer or not draft.filling.relevant(item.id):
            continue
        first = item.question.id not in seen
        seen.add(item.question.id)
        if _is_number(item, wanted, first=first) or any(
            wanted in _plain(text) for text in _texts(draft, item, first=first)
        ):
            found.append(item.id)
    return found


def _plain(text: str) -> str:
    return " ".join(folded(clean(text)).split())


def _is_number(item: Item, wanted: str, *, first: bool) -> bool:
    """ "3.2" finds 3.2 and not 3.21; a matrix is found by its own number, too."""
    if not _NUMBER.fullmatch(wanted):
        return False
    whole = item.number.rpartition(".")[0] if item.row is not None and first else item.number
    return wanted in (item.number, whole) or (wanted.endswith(".") and whole.startswith(wanted))


def _texts(draft: Draft, item: Item, *, first: bool) -> Iterator[str]:
    question, answer = item.question, draft.answer(item)
    yield draft.text(item.label)
    yield answer.comment
    if isinstance(answer.value, str) and not item.choices:
        yield answer.value
    if not first:
        return
    yield draft.text(question.label)
    yield draft.text(question.help)
    for choice in item.choices:
        yield draft.text(choice.label)
    kind = item.kind.scale if isinstance(item.kind, scales.ExpectedPerceived) else item.kind
    if isinstance(kind, scales.Scale):
        for word in kind.labels.values():
            yield draft.text(word)
