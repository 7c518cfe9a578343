"""What an unquoted word means: the core schema of YAML 1.2 (section 10.3.2), numbers exact."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from forms.formats.tree import Scalar

Plain = str | bool | int | Decimal | None

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o(?P<octal>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")

#: No points, weight or limit needs more; a billion digits would be an attack.
MAX_DIGITS = 20
#: Characters, zeros in front included: Python turns no text of more than 4,300 into a number.
_MAX_WRITTEN = 1000


class NumberError(ValueError):
    """A number that no figure of a checklist can be; ``code`` names the problem."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def meaning(scalar: Scalar) -> Plain:
    """The value of ``scalar``; NumberError for infinity, NaN and endless numbers."""
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    return _number(text)


def _number(text: str) -> str | int | Decimal:
    if not (text[0].isdigit() or text[0] in "+-."):
        return text
    if _NO_NUMBER.fullmatch(text):
        raise NumberError("number-not-finite")
    based = _BASED.fullmatch(text)
    if based:
        return _whole(based["hex"] or based["octal"], 16 if based["hex"] else 8)
    if _INTEGER.fullmatch(text):
        return _whole(text, 10)
    return _decimal(text) if _FLOAT.fullmatch(text) else text


def _whole(digits: str, base: int) -> int:
    if len(digits) > _MAX_WRITTEN or len(digits.lstrip("+-0")) > MAX_DIGITS:
        raise NumberError("number-too-long")
    return int(digits, base)


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise NumberError("number-too-long") from error
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > MAX_DIGITS or not -MAX_DIGITS <= exponent <= MAX_DIGITS - len(digits):
        raise NumberError("number-too-long")
    return number
