"""Canonical JSON: one text and one hash for every spelling of a checklist."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import library
from forms.canonical import canonical_json, content_hash, from_canonical, shortest
from forms.checklist import Checklist
from forms.formats.native import read
from tests.forms.native_texts import HEAD, checklist

QUESTION = "{id: a, type: choice, list: yn, label: {vi: Chào, en: Hi}, points: 2.50}"


def parsed(text: str, name: str | None = None) -> Checklist:
    found = read(text, name).checklist
    assert found is not None
    return found


def test_the_exact_text() -> None:
    assert canonical_json(parsed(checklist(QUESTION))) == (
        '{"choice_lists":{"yn":[{"id":"yes","label":"Có","points":1},'
        '{"fail":true,"id":"no","label":"Không","points":0}]},'
        '"format":"auditor-checklist/1","id":"demo","languages":["vi","en"],'
        '"sections":[{"id":"arrival","questions":[{"id":"a","label":{"en":"Hi","vi":"Chào"},'
        '"list":"yn","points":2.5,"type":"choice"}],"title":"Đón khách"}],'
        '"title":{"en":"Demo","vi":"Thử"},"version":"1.2"}'
    )


@pytest.mark.parametrize("name", library.names())
def test_what_is_written_reads_as_the_same(name: str) -> None:
    original = read(library.path(name)).checklist
    assert original is not None
    text = canonical_json(original)
    again = parsed(text, "again.json")
    assert again == original
    assert from_canonical(text) == original
    assert canonical_json(again) == text
    assert (
        content_hash(again) == content_hash(original) == hashlib.sha256(text.encode()).hexdigest()
    )
    assert parsed(text, "again.yaml") == original, "canonical JSON is YAML too"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 2.50", "points: 2.5"),
        ("points: 2.50", "points: 25e-1"),
        ("{vi: Chào, en: Hi}", "{en: Hi, vi: Chào}"),
        ("{vi: Chào, en: Hi}", unicodedata.normalize("NFD", "{vi: Chào, en: Hi}")),
        ("points: 2.50}", "points: 2.50, weight: 1.0, critical: false, evidence: {}, tags: {}}"),
        ("points: 2.50}", "points: 2.50, evidence: {photo: optional}, help: null}"),
        ("languages:", "scoring: {decimals: 1, cap: true, na: exclude}\nlanguages:"),
    ],
)
def test_spelling_does_not_matter(old: str, new: str) -> None:
    text = checklist(QUESTION)
    assert old in text
    assert content_hash(parsed(text.replace(old, new))) == content_hash(parsed(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("points: 2.50", "points: 2.51"),
        ('version: "1.2"', 'version: "1.20"'),
        ("[vi, en]", "[en, vi]"),
        ("en: Hi", "en: hi"),
        ("points: 0, ", ""),
        ("list: yn", "choices: [{id: yes, label: Có, points: 1}, {id: no, label: Không}]"),
        ("type: choice,", "type: choices,"),
    ],
)
def test_meaning_does(old: str, new: str) -> None:
    text = checklist(QUESTION)
    assert old in text
    assert content_hash(parsed(text.replace(old, new))) != content_hash(parsed(text))


def test_the_order_of_lists_matters_and_that_of_words_does_not() -> None:
    one, two = "{id: a, type: note, label: x}", "{id: b, type: note, label: x}"
    assert content_hash(parsed(checklist(one, two))) != content_hash(parsed(checklist(two, one)))
    turned = "{label: x, type: note, id: a}"
    assert content_hash(parsed(checklist(turned))) == content_hash(parsed(checklist(one)))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("100", "100"),
        ("1e2", "100"),
        ("33.30", "33.3"),
        ("0.0010", "0.001"),
        ("-0", "0"),
        ("0.0", "0"),
        ("-2.50", "-2.5"),
        ("1E-7", "0.0000001"),
        ("120", "120"),
    ],
)
def test_numbers_in_their_shortest_form(number: str, text: str) -> None:
    assert shortest(Decimal(number)) == text


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_the_shortest_form_is_exact_and_shortest(number: Decimal) -> None:
    text = shortest(number)
    assert Decimal(text) == number
    assert not text.startswith("-0") or "." in text
    assert "." not in text or text[-1] not in "0."
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == number


def test_texts_that_were_not_read_from_a_file_are_normalised_too() -> None:
    data = json.loads(canonical_json(parsed(checklist(QUESTION))), parse_float=Decimal)
    data["title"] = unicodedata.normalize("NFD", "Đón khách ở quán")
    composed = canonical_json(Checklist.model_validate(data))
    assert unicodedata.is_normalized("NFC", composed)
    assert json.loads(composed)["title"] == unicodedata.normalize("NFC", "Đón khách ở quán")


def test_defaults_are_left_out_and_what_was_said_of_a_row_is_kept() -> None:
    row = "{id: r, label: x, bonus: false, weight: 1}"
    text = canonical_json(
        parsed(
            checklist(
                f"{{id: m, type: matrix, list: yn, label: x, bonus: true, rows: [{row}]}}",
                head=HEAD.replace("languages", "scoring: {na: exclude}\nlanguages"),
            )
        )
    )
    assert '"scoring"' not in text
    assert '"rows":[{"bonus":false,"id":"r","label":"x","weight":1}]' in text
