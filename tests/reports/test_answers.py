"""Every question type has a rendering; each status is told apart."""

from __future__ import annotations

from typing import get_args

import pytest

from forms.questions import QUESTION_TYPES
from forms.scorecard import Status
from reports import theme
from reports.answers import PRINTED, shown
from reports.sheet import UNPRINTED, Sheet
from tests.reports.samples import Shop, snapshot


def _name(kind: type) -> str:
    return str(get_args(kind.model_fields["type"].annotation)[0])  # type: ignore[attr-defined]


def test_every_type_is_printed_or_never_shown() -> None:
    assert {_name(kind) for kind in QUESTION_TYPES} == set(PRINTED) | UNPRINTED
    assert not set(PRINTED) & UNPRINTED


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_type_reads_as_words(language: str) -> None:
    sheet = Sheet(snapshot("every-type", Shop(language, 4, 0.2)), {})
    seen = set()
    for entry in sheet.entries:
        answer = shown(entry, sheet)
        assert answer.chip
        seen.add(entry.item.question.type)
    assert set(PRINTED) <= seen, "the library's small checklist uses every type"


def test_statuses_are_told_apart() -> None:
    sheet = Sheet(snapshot(shop=Shop("en", 5, 0.2)), {})
    tones = {}
    for entry in sheet.entries:
        tones.setdefault(entry.score.status, set()).add(shown(entry, sheet).tone)
    assert tones[Status.HIDDEN] == {theme.HIDDEN}
    assert tones[Status.NOT_APPLICABLE] == {theme.NOT_APPLICABLE}
    assert theme.HIDDEN not in tones[Status.SCORED]
