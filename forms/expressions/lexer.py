"""From text to tokens."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from forms.expressions.faults import Fault, refuse
from forms.problems import Severity

MAX_LENGTH = 20_000
MAX_TOKENS = 5_000


class Kind(Enum):
    NUMBER = "number"
    STRING = "string"
    REFERENCE = "reference"
    NAME = "name"
    SYMBOL = "symbol"
    END = "end"


class Token(NamedTuple):
    """``text`` is what it means: a string without quotes, a reference without ``${}``.

    ``level`` is how strongly it binds as an operator, 0 when it is none.
    """

    kind: Kind
    text: str
    offset: int
    level: int = 0


#: Operators from the weakest level to the strongest.
LEVELS = {
    "or": 1,
    "and": 2,
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "div", "mod"), 6),
}


_ID = r"[A-Za-z_][A-Za-z0-9_-]*"
_TOKEN = re.compile(
    rf"""(?P<space>[\s\u200b\u2060\ufeff]+)
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<curly>[“”„][^“”„"]*[“”"]|[‘’‚][^‘’‚']*[‘’'])
    |\$\{{\s*(?P<reference>{_ID}(?:\.{_ID})?)\s*\}}
    |(?P<wrong>==|<>|&&|\|\|?|!(?!=)|≥|≤|≠|≈|×|÷|−|–|/+|%|\^)
    |(?P<symbol>!=|<=|>=|[=<>+*(),-]|\.(?!\.))
    |(?P<name>[^\W\d][\w-]*)""",
    re.VERBOSE,
)
#: What people write who know another language, and what is meant.
_RIGHT = {
    "==": "=",
    "<>": "!=",
    "&&": "and",
    "|": "or",
    "||": "or",
    "!": "not(…)",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "≈": "=",
    "×": "*",
    "÷": "div",
    "−": "-",
    "–": "-",
    "%": "mod",
    "^": "*",
    "/": "div",
    "//": "div",
}
_KINDS = {kind.value: kind for kind in Kind}
_QUOTES = "\"'“”„‘’‚"


def tokens(source: str) -> tuple[list[Token], list[Fault]]:
    """The tokens with an END, and warnings; ExpressionError for what is none."""
    if len(source) > MAX_LENGTH:
        raise refuse("expression-long", MAX_LENGTH, most=f"{MAX_LENGTH:,}")
    found: list[Token] = []
    warnings: list[Fault] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None:
            raise _no_token(source, offset)
        group = match.lastgroup or ""
        if group == "wrong":
            right = _RIGHT.get(match[0], "div")
            raise refuse("expression-spelling", offset, found=match[0], right=right)
        if group == "curly":
            warnings.append(_curly(match))
        if group != "space":
            found.append(_token(group, match))
        if len(found) > MAX_TOKENS:
            raise refuse("expression-large", offset, most=f"{MAX_TOKENS:,}")
        offset = match.end()
    found.append(Token(Kind.END, "", len(source)))
    return found, warnings


def _token(group: str, match: re.Match[str]) -> Token:
    if group in ("string", "curly"):
        text = match[0][1:-1]
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return Token(Kind.STRING, text, match.start())
    text = match[group]
    if group in ("symbol", "name"):
        return Token(_KINDS[group], text, match.start(), LEVELS.get(text, 0))
    return Token(_KINDS[group], text, match.start())


def _curly(match: re.Match[str]) -> Fault:
    return Fault("expression-quotes", match.start(), {"found": match[0]}, Severity.WARNING)


def _no_token(source: str, offset: int) -> Exception:
    if source[offset] in _QUOTES:
        return refuse("expression-quote", offset)
    if source.startswith("$", offset):
        end = source.find("}", offset)
        found = source[offset : end + 1] if 0 < end - offset <= 60 else source[offset : offset + 20]
        return refuse("expression-reference", offset, found=found)
    return refuse("expression-character", offset, found=source[offset])
