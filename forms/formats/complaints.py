"""What pydantic finds, in the words of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import chain
from typing import Any, get_args

from pydantic import ValidationError

from forms.checklist import Checklist, Grade, Scoring, Section
from forms.formats.tree import Path
from forms.nearest import nearest
from forms.questions import QUESTION_TYPES
from forms.questions.base import Band, Cap, Choice, Evidence, Part, Tags
from forms.questions.matrix import Row

#: The word of ``type:`` for every question type, in the order of the register.
TYPES: dict[str, type[Part]] = {
    str(get_args(kind.model_fields["type"].annotation)[0]): kind for kind in QUESTION_TYPES
}
_PARTS: dict[str, type[Part]] = {
    "scoring": Scoring,
    "sections": Section,
    "choices": Choice,
    "choice_lists": Choice,
    "rows": Row,
    "evidence": Evidence,
    "tags": Tags,
    "critical": Cap,
}
_TEXT_KINDS = frozenset(("string_type", "dict_type", "union"))
_NUMBER_KINDS = frozenset(("value_error", "decimal_type", "decimal_parsing", "finite_number"))
_WHOLE_KINDS = frozenset(("int_type", "int_parsing", "int_from_float"))
_MAP_KINDS = frozenset(("model_type", "model_attributes_type", "dict_type"))
_LIMITS = {
    "greater_than": ("number-above", "gt"),
    "greater_than_equal": ("number-at-least", "ge"),
    "less_than": ("number-below", "lt"),
    "less_than_equal": ("number-at-most", "le"),
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """``at_key``: its place is the key, not the value. ``path`` ends in what is missing, too."""

    code: str
    path: Path
    values: dict[str, str]
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """One error of pydantic with the path of the value it is about."""

    path: Path
    kind: str
    context: dict[str, Any]
    value: object
    union: Path | None = None


def errors_of(error: ValidationError, values: dict[str, Any]) -> list[Error]:
    """The errors, one for each value: of what the parts of a union say, the most exact."""
    alone: list[Error] = []
    unions: dict[Path, list[Error]] = {}
    for details in error.errors(include_url=False, include_context=True):
        found = _located(details["loc"], details["type"], details.get("ctx", {}), values)
        if found.union is None:
            alone.append(found)
        else:
            unions.setdefault(found.union, []).append(found)
    return [*alone, *chain.from_iterable(map(_of_union, unions.items()))]


def _of_union(group: tuple[Path, list[Error]]) -> Iterator[Error]:
    path, errors = group
    inside = [error for error in errors if len(error.path) > len(path)]
    if inside:
        yield from inside
    else:
        yield Error(path, "union", {}, errors[0].value)


def _located(
    location: tuple[str | int, ...], kind: str, context: dict[str, Any], values: object
) -> Error:
    """Follow ``location`` through ``values``; what leads nowhere is the name of a union's part."""
    path: list[str | int] = []
    union: Path | None = None
    for at, step in enumerate(location):
        last = at == len(location) - 1
        if _is_type_tag(path, location, at) or step == "[key]":
            continue
        if _leads_on(values, step):
            values = values[step]  # type: ignore[index]
            path.append(step)
        elif last and kind == "missing":
            values = None
            path.append(step)
        elif union is None:
            union = tuple(path)
    if kind.startswith("union_tag") and isinstance(values, dict):
        path.append("type")
        kind = kind if "type" in values else "missing"
        values = values.get("type")
    return Error(
        tuple(path), "label-key" if location[-1:] == ("[key]",) else kind, context, values, union
    )


def _is_type_tag(path: list[str | int], location: tuple[str | int, ...], at: int) -> bool:
    """After ``questions, 3`` pydantic names the question's type."""
    return len(path) == 4 and path[2] == "questions" and at == 4 and location[4] in TYPES


def _leads_on(values: object, step: str | int) -> bool:
    if isinstance(values, dict):
        return step in values
    return isinstance(values, list) and isinstance(step, int) and step < len(values)


def complaint(error: Error, values: dict[str, Any]) -> Complaint:
    """What to tell the person about ``error``."""
    name = next((step for step in reversed(error.path) if isinstance(step, str)), "")
    if error.kind == "missing":
        return Complaint("word-missing", error.path, {"name": name})
    if error.kind == "extra_forbidden":
        return _unknown_word(error, values)
    if error.kind == "label-key":
        return Complaint("label-key", error.path, {"value": shown(error.path[-1])}, at_key=True)
    if error.value is None:
        return Complaint("value-missing", error.path, {"name": name})
    code, more = _wrong_value(error, name)
    return Complaint(code, error.path, {"name": name, "value": shown(error.value), **more})


def _wrong_value(error: Error, name: str) -> tuple[str, dict[str, str]]:
    kind, value = error.kind, error.value
    if kind == "union_tag_invalid":
        return _wrong_word(value, [(word, "") for word in TYPES])
    if name in ("critical", "required") and kind == "union":
        return f"{name}-expected", {}
    if name == "format":
        return "format-unknown", {}
    if kind in ("literal_error", "enum"):
        return _wrong_word(value, re.findall(r"'([^']*)'|(\d+)", error.context["expected"]))
    if kind in _LIMITS:
        code, limit = _LIMITS[kind]
        return code, {"limit": str(error.context[limit])}
    if kind == "string_pattern_mismatch":
        return _wrong_id(error.path), {}
    if kind in ("string_too_short", "string_too_long"):
        return "version-length", {}
    return _wrong_kind(kind, value, name), {}


def _wrong_kind(kind: str, value: object, name: str) -> str:
    if kind in _NUMBER_KINDS or kind in _WHOLE_KINDS:
        quoted = isinstance(value, str) and re.fullmatch(r"[-+]?\d+(\.\d+)?", value) is not None
        if quoted:
            return "number-quoted"
        return "whole-number-expected" if kind in _WHOLE_KINDS else "number-expected"
    if kind == "bool_type":
        return "true-or-false"
    if kind == "tuple_type":
        return "list-expected"
    if kind in _MAP_KINDS:
        return "map-expected"
    if kind in _TEXT_KINDS and not isinstance(value, (dict, list)):
        return "version-unquoted" if name == "version" else "text-unquoted"
    return "text-expected" if kind in _TEXT_KINDS else "value-wrong"


def _wrong_word(value: object, known: Iterable[tuple[str, str]]) -> tuple[str, dict[str, str]]:
    words = [word or number for word, number in known]
    near = nearest(str(value), words)
    code = "value-unknown-near" if near else "value-unknown"
    return code, {"words": ", ".join(words), **({"near": near} if near else {})}


def _unknown_word(error: Error, values: dict[str, Any]) -> Complaint:
    word = str(error.path[-1])
    if word == "repeat" and len(error.path) == 3:
        return Complaint("repeat-not-supported", error.path, {}, at_key=True)
    words = known_words(error.path[:-1], values)
    near = nearest(word, [known for known in words if known not in _holder(error.path, values)])
    more = {"near": near} if near else {}
    code = "word-unknown-near" if near else "word-unknown"
    return Complaint(
        code, error.path, {"word": word, "words": ", ".join(words), **more}, at_key=True
    )


def _holder(path: Path, values: Any) -> Any:
    """The map or list that holds the last step of ``path``."""
    for step in path[:-1]:
        values = values[step]
    return values


def known_words(path: Path, values: Any) -> list[str]:
    """The words that may stand in the map at ``path``."""
    return list(_part_at(path, values).model_fields)


def _part_at(path: Path, values: Any) -> type[Part]:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if not path:
        return Checklist
    if path[0] == "choice_lists":
        return Choice
    if name == "bands":
        return Grade if path[0] == "scoring" else Band
    if name == "questions":
        return TYPES[_holder((*path, ""), values)["type"]]
    return _PARTS[name]


def _wrong_id(path: Path) -> str:
    if path == ("id",):
        return "checklist-id-form"
    holder = next((step for step in reversed(path[:-1]) if isinstance(step, str)), "")
    in_list = holder == "choices" or path[0] == "choice_lists"
    return "choice-id-form" if in_list else "id-form"


def shown(value: object) -> str:
    """``value`` as it may stand in a sentence: as written, and short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = value.value if isinstance(value, Enum) else value
    words = f"{text:f}" if isinstance(text, Decimal) else str(text)
    return words if len(words) <= 40 else f"{words[:39]}…"
