"""The JSON Schema of the native format, for editors and other programs.

It says what a schema can say. That ids are unique, lists exist, bands ascend and expressions can
be read is checked by reading the file (``forms.formats.native``).
"""

from __future__ import annotations

from typing import Any

from forms.checklist import Checklist
from forms.schema_words import PARTS, WORDS, WORDS_OF

ID = "urn:mystery-auditor:auditor-checklist:1"

_TEXT = {"$ref": "#/$defs/Text"}
_DEFINED: dict[str, Any] = {
    "Text": {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
                "additionalProperties": {"type": "string"},
            },
        ]
    }
}
_LIMITS = {"gt": "exclusiveMinimum", "ge": "minimum", "le": "maximum", "lt": "exclusiveMaximum"}
#: What pydantic does not say: keys added to a property, by its name.
_MORE: dict[str, dict[str, Any]] = {
    "languages": {"minItems": 1, "uniqueItems": True},
    "sections": {"minItems": 1},
    "rows": {"minItems": 1},
    "choices": {"minItems": 1},
    "labels": {"propertyNames": {"pattern": "^-?[0-9]+$"}},
    "choice_lists": {"propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_-]*$"}},
}
_ONE_LIST = {"oneOf": [{"required": ["list"]}, {"required": ["choices"]}]}
_MORE_OF_PART: dict[str, dict[str, Any]] = {
    "ChoiceQuestion": _ONE_LIST,
    "ChoicesQuestion": _ONE_LIST,
    "Band": {"not": {"required": ["max", "below"]}},
}


def json_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a checklist as JSON."""
    found = _mended(Checklist.model_json_schema())
    parts = {name: _part(name, part) for name, part in found.pop("$defs").items()}
    parts |= {name: {"description": PARTS[name], **part} for name, part in _DEFINED.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "Mystery Auditor checklist",
        **_part("Checklist", found),
        "$defs": dict(sorted(parts.items())),
    }


def _mended(node: Any) -> Any:
    """``node`` with exact numbers as numbers, texts by name, and no titles made from names."""
    if isinstance(node, list):
        return [_mended(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _mended(each) for key, each in node.items() if not _is_title(key, each)}
    options = found.get("anyOf", [])
    if options[:2] == [{"type": "number"}, {"type": "string"}]:
        found = _with_options(found, [{"type": "number"}, *options[2:]])
    if _is_text(options[:2]):
        found = _with_options(found, [_TEXT, *options[2:]])
    return {_LIMITS.get(key, key): each for key, each in found.items() if key != "discriminator"}


def _is_title(key: str, value: object) -> bool:
    return key == "title" and isinstance(value, str)


def _is_text(options: list[Any]) -> bool:
    return options == [
        {"type": "string"},
        {"additionalProperties": {"type": "string"}, "type": "object"},
    ]


def _with_options(node: dict[str, Any], options: list[Any]) -> dict[str, Any]:
    rest = {key: each for key, each in node.items() if key != "anyOf"}
    return {**options[0], **rest} if len(options) == 1 else {"anyOf": options, **rest}


def _part(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """A part with its description, and those of its words."""
    found = {**part, "description": PARTS[name], **_MORE_OF_PART.get(name, {})}
    if "properties" in part:
        found["properties"] = {
            word: _property(name, word, schema) for word, schema in part["properties"].items()
        }
    return found


def _property(part: str, word: str, schema: dict[str, Any]) -> dict[str, Any]:
    description = WORDS_OF.get((part, word)) or WORDS[word]
    found = {**schema, **_MORE.get(word, {}), "description": description}
    default = found.get("default")
    if isinstance(default, dict) or default is None:
        found.pop("default", None)
    elif isinstance(default, str) and default.isdigit():
        found["default"] = int(default)
    return found
