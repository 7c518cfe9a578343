"""Canonical JSON: one text for every way to write a checklist. Its hash names the version.

Sorted keys, NFC, numbers in their shortest decimal form, defaults left out, no space, UTF-8.
Lists that are named stay named.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum

from forms.checklist import Checklist


def canonical_json(checklist: Checklist) -> str:
    return "".join(_written(checklist.model_dump(exclude_defaults=True)))


def content_hash(checklist: Checklist) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(checklist).encode()).hexdigest()


def from_canonical(text: str) -> Checklist:
    """The checklist of a text that ``canonical_json`` wrote: trusted, so not checked again."""
    return Checklist.model_validate(json.loads(text, parse_float=Decimal))


def _written(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _members({_key(key): each for key, each in value.items()})
    elif isinstance(value, (tuple, list)):
        for place, each in enumerate(value):
            yield "," if place else "["
            yield from _written(each)
        yield "]" if value else "[]"
    elif isinstance(value, Decimal):
        yield shortest(value)
    else:
        yield _scalar(value)


def _members(members: dict[str, object]) -> Iterator[str]:
    for place, key in enumerate(sorted(members)):
        yield "," if place else "{"
        yield f"{json.dumps(key, ensure_ascii=False)}:"
        yield from _written(members[key])
    yield "}" if members else "{}"


def _key(key: object) -> str:
    return unicodedata.normalize("NFC", str(key))


def _scalar(value: object) -> str:
    plain = value.value if isinstance(value, Enum) else value
    if isinstance(plain, str):
        plain = unicodedata.normalize("NFC", plain)
    return json.dumps(plain, ensure_ascii=False)


def shortest(number: Decimal) -> str:
    """Decimal digits without exponent, sign of zero or trailing zeros: 100, 33.3, 0.001."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
