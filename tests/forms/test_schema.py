"""The JSON Schema: valid itself, true to the reader, and described to the last word."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from forms import library
from forms.canonical import canonical_json
from forms.formats.native import read
from forms.questions import QUESTION_TYPES
from forms.schema import json_schema
from tests.forms.native_texts import checklist
from tests.forms.test_native import SHAPES

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema_and_plain_json() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", library.names())
def test_the_library_is_valid(name: str) -> None:
    found = read(library.path(name)).checklist
    assert found is not None
    VALIDATOR.validate(json.loads(canonical_json(found)))


def plain(text: str) -> Any:
    """The values of a YAML text, read by another reader than ours."""
    from ruamel.yaml import YAML

    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text)))


@pytest.mark.parametrize("question", [question for question, _ in SHAPES])
def test_what_the_reader_refuses_the_schema_refuses(question: str) -> None:
    leaves_out = "multiline: }" in question
    assert VALIDATOR.is_valid(plain(checklist(question))) is False or leaves_out


GOOD = [
    "{id: a, type: note, label: x}",
    "{id: a, type: note, label: {vi: x}, help: null}",
    "{id: a, type: choice, list: yn, label: x, critical: {cap: 60}, required: '1 = 1'}",
    "{id: a, type: choice, choices: [{id: '1', label: x, points: -2}], label: x, critical: audit}",
    "{id: a, type: scale, label: x, min: 0, max: 10, labels: {'0': x}, points: 2.5}",
    "{id: a, type: duration, label: x, bands: [{max: 3, points: 1}, {below: 9}, {fail: true}]}",
    "{id: a, type: matrix, min: 1, label: x, rows: [{id: r, label: x, critical: false}]}",
]
BAD = [
    ("{id: a, type: choice, label: x}", "choices-missing"),
    ("{id: a, type: choice, list: yn, choices: [{id: b, label: x}], label: x}", "list-and-choices"),
    ("{id: a, type: duration, label: x, bands: [{max: 3, below: 4}, {}]}", "band-both"),
    ("{id: a, type: matrix, list: yn, label: x, rows: []}", "rows-empty"),
    ("{id: a, type: choice, choices: [], label: x}", "choices-empty"),
]


@pytest.mark.parametrize("question", GOOD)
def test_good_questions_are_valid_for_both(question: str) -> None:
    assert list(VALIDATOR.iter_errors(plain(checklist(question)))) == []
    assert read(checklist(question)).checklist is not None


@pytest.mark.parametrize(("question", "code"), BAD)
def test_bad_questions_are_valid_for_neither(question: str, code: str) -> None:
    assert not VALIDATOR.is_valid(plain(checklist(question)))
    assert code in [problem.code for problem in read(checklist(question)).problems]


def test_every_part_and_every_word_is_described() -> None:
    parts = {"Checklist": SCHEMA, **SCHEMA["$defs"]}
    for name, part in parts.items():
        assert part["description"].endswith("."), name
        assert "`" not in part["description"]
        for word, schema in part.get("properties", {}).items():
            assert schema["description"].endswith("."), (name, word)


def test_every_type_of_question_is_in_it() -> None:
    types = {get_args(kind.model_fields["type"].annotation)[0] for kind in QUESTION_TYPES}
    consts = {
        part["properties"]["type"]["const"]
        for part in SCHEMA["$defs"].values()
        if "type" in part.get("properties", {})
    }
    assert consts == types
    assert len(types) == 21


def test_numbers_are_numbers_and_texts_have_one_definition() -> None:
    text = json.dumps(SCHEMA)
    assert '"gt"' not in text
    assert SCHEMA["$defs"]["Choice"]["properties"]["points"]["anyOf"][0] == {"type": "number"}
    assert SCHEMA["$defs"]["Choice"]["properties"]["label"]["$ref"] == "#/$defs/Text"
    assert SCHEMA["$defs"]["Section"]["properties"]["weight"]["default"] == 1
    assert "repeat" not in SCHEMA["$defs"]["Section"]["properties"]
