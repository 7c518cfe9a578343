"""A snapshot is lossless as JSON, and holds nothing that a client must not see."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import Expectation
from reports.errors import ReportError
from reports.snapshot import (
    Comparison,
    Network,
    PastVisit,
    Photo,
    ReportSnapshot,
    Said,
    Worth,
)
from tests.reports.samples import Shop, snapshot

BASE = snapshot(shop=Shop("vi", 3))
WORDS = st.text(max_size=40)
FRACTIONS = st.fractions(max_denominator=10**9)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
DAYS = st.dates(min_value=date(1900, 1, 1))
VALUES = st.one_of(
    st.none(),
    WORDS,
    st.integers(),
    DECIMALS,
    st.lists(WORDS, max_size=3).map(tuple),
    st.builds(Expectation, st.none() | st.integers(), st.none() | st.integers()),
)
SAID = st.builds(
    Said,
    question=WORDS,
    instance=st.integers(0, 9),
    value=VALUES,
    not_applicable=st.booleans(),
    comment=WORDS,
    photos=st.lists(st.builds(Photo, WORDS, WORDS), max_size=2).map(tuple),
    files=st.integers(0, 3),
)
PAST = st.builds(
    PastVisit, DAYS, WORDS, DECIMALS, st.dictionaries(WORDS, FRACTIONS, max_size=3),
    st.lists(WORDS, max_size=2).map(tuple), st.integers(1, 5),
)  # fmt: skip
COMPARISONS = st.builds(
    Comparison,
    st.none() | DECIMALS,
    st.none() | st.builds(Network, FRACTIONS, st.integers(1, 99), st.none() | DECIMALS),
    st.none() | DECIMALS,
    st.integers(0, 99),
)


@settings(max_examples=60)
@given(
    said=st.lists(SAID, max_size=3).map(tuple),
    history=st.lists(PAST, max_size=2).map(tuple),
    comparison=COMPARISONS,
    worth=st.none() | st.builds(Worth, st.just((("q", 0), ("r", 1))), DECIMALS),
    verdict=WORDS,
    created=DAYS,
)
def test_json_both_ways(**values: Any) -> None:
    values["answers"] = values.pop("said")
    made = replace(BASE, **values)
    again = ReportSnapshot.from_json(made.to_json())
    assert again == made
    assert again.to_json() == made.to_json()
    assert [type(s.value) for s in again.answers] == [type(s.value) for s in made.answers]


def test_the_scorecard_is_exact() -> None:
    card = ReportSnapshot.from_json(BASE.to_json()).scorecard
    assert card == BASE.scorecard
    assert isinstance(card.raw, Fraction)
    assert isinstance(card.score, Decimal)


def test_the_hash_follows_the_content() -> None:
    other = replace(BASE, wave="Q1/2027")
    assert len(BASE.content_hash) == 64
    assert BASE.content_hash == ReportSnapshot.from_json(BASE.to_json()).content_hash
    assert BASE.content_hash != other.content_hash


def test_a_snapshot_that_was_sent_has_the_hash_of_its_own_text() -> None:
    sent = ReportSnapshot.from_own_json(snapshot().to_json())
    taken = sent.content_hash
    assert taken == replace(sent).content_hash == snapshot().content_hash


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "auditor-report/1"}', '{"format": "other/1"}', "nonsense"],
)
def test_what_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(ReportError):
        ReportSnapshot.from_json(text)


def test_an_unknown_or_mistyped_field_is_refused() -> None:
    tree = json.loads(BASE.to_json())
    with pytest.raises(ReportError):
        ReportSnapshot.from_json(json.dumps({**tree, "gps": "21.0,105.8"}))
    tree["visit"]["reviewed"] = "no"
    with pytest.raises(ReportError):
        ReportSnapshot.from_json(json.dumps(tree))


def test_there_is_no_field_for_what_a_client_must_not_see() -> None:
    names = set(_field_names(ReportSnapshot))
    assert not names & {"name_of_evaluator", "device", "gps", "latitude", "path", "file_name"}
    assert "evaluator" in names, "a code"


def _field_names(kind: Any) -> list[str]:
    found = []
    for field in fields(kind):
        found.append(field.name)
        value = getattr(BASE, field.name, None) if kind is ReportSnapshot else None
        if is_dataclass(value) and not isinstance(value, type):
            found += [f.name for f in fields(value)]
    return found
