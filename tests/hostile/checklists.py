"""Checklists that want too much: of time, of memory, of the reader's patience."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from forms import library
from forms.formats.source import MAX_CHARACTERS
from forms.formats.tree import MAX_VALUES

HEAD = """\
format: auditor-checklist/1
id: a
version: "1"
title: A
languages: [vi, en]
choice_lists: {yn: [{id: "yes", label: J, points: 1}, {id: "no", label: N}]}
sections:
  - id: s
    title: S
    questions:
"""
SHIPPED = tuple(library.path(name).read_bytes() for name in library.names())
MOST = MAX_CHARACTERS - 1000
Asked = dict[str, Any]


def block(count: int) -> str:
    one = (
        "      - id: q{0}\n        type: choice\n        list: yn\n        points: 5\n"
        "        label: {{vi: 'Câu hỏi số {0} là gì?', en: 'What is question {0}?'}}\n"
    )
    return HEAD + "".join(map(one.format, range(count)))


def weighing(number: str) -> str:
    return HEAD + f"      - {{id: a, type: integer, label: x, weight: {number}}}"


def asked(number: int, **more: Any) -> Asked:
    return {"id": f"q{number}", "type": "integer", "label": "x", **more}


def many(make: Callable[[int], Asked], **top: Any) -> str:
    """As many questions as the limits allow, so that what costs most is reached."""
    questions: list[Asked] = []
    left, room = MAX_VALUES - 60 - _values(top), MOST - len(json.dumps(top)) - 300
    while True:
        one = make(len(questions))
        left, room = left - _values(one), room - len(json.dumps(one)) - 2
        if left < 0 or room < 0 or len(questions) > 9000:
            return document(questions, **top)
        questions.append(one)


def _values(data: object) -> int:
    if isinstance(data, dict):
        return 1 + sum(1 + _values(each) for each in data.values())
    return 1 + (sum(map(_values, data)) if isinstance(data, list) else 0)


def document(questions: list[Asked], **top: Any) -> str:
    sections = [{"id": "s", "title": "S", "questions": questions}]
    head = {"format": "auditor-checklist/1", "id": "a", "version": "1", "title": "x"}
    return json.dumps({**head, "languages": ["en"], "sections": sections, **top})


def _refs(first: int, count: int) -> str:
    return " + ".join(f"${{q{number}}}" for number in range(first, first + count)) or "1"


def _choices(count: int) -> list[Asked]:
    return [{"id": f"c{number}", "label": "x", "points": number} for number in range(count)]


#: JSON at the limits, each heavy in its own way.
HEAVY: dict[str, Callable[[], str]] = {
    "as many questions as there is room": lambda: many(asked),
    "one question of unknown words": lambda: document(
        [asked(0, **{f"k{number}": 1 for number in range(9000)})]
    ),
    "misspelt words": lambda: many(lambda n: asked(n, labell="x")),
    "unknown types": lambda: many(lambda n: {"id": f"q{n}", "type": "choise"}),
    "unknown references": lambda: many(lambda n: asked(n, relevant=f"${{zz{n}}} = 1")),
    "expressions of unknown references": lambda: many(
        lambda n: asked(n, relevant=_refs(90_000, 900))
    ),
    "unknown functions": lambda: many(lambda n: asked(n, relevant=f"foo{n}(1)")),
    "unknown lists": lambda: many(
        lambda n: {"id": f"q{n}", "type": "choice", "label": "x", "list": f"zz{n}"},
        choice_lists={f"l{n}": [{"id": "a", "label": "x"}] for n in range(1200)},
    ),
    "one id for all": lambda: many(lambda n: asked(0)),
    "one id for all choices": lambda: document(
        [], choice_lists={"a": [{"id": "a", "label": "x"}] * 3900}
    ),
    "rows that ask each other": lambda: document(
        [
            {
                "id": "m",
                "type": "matrix",
                "label": "x",
                "rows": [
                    {"id": f"r{n}", "label": "x", "required": f"${{m.r{n + 1}}} = 1"}
                    for n in range(2700)
                ],
            }
        ]
    ),
    "each reads the 400 before": lambda: many(
        lambda n: asked(n, relevant=_refs(max(0, n - 400), min(n, 400)))
    ),
    "each reads all": lambda: many(lambda n: asked(n, relevant=_refs(0, 150))),
    "long sums": lambda: many(lambda n: asked(n, relevant="+".join(["1"] * 2400))),
    "one circle": lambda: many(lambda n: asked(n, relevant=f"${{q{(n + 1) % 2000}}} = 1")),
    "many circles": lambda: many(lambda n: asked(n, relevant=f"${{q{n ^ 1}}} = 1")),
    "patterns": lambda: many(lambda n: asked(n, constraint=f"regex(., '(a{n}){{1,900}}')")),
    "patterns of the largest size": lambda: many(
        lambda n: asked(n, constraint=f"regex(., 'a{{4{n % 1000:03}}}')")
    ),
    "long patterns": lambda: many(
        lambda n: asked(n, constraint=f"regex(., '{n}{'(a|b)*' * 1500}')")
    ),
    "unknown choices": lambda: many(
        lambda n: (
            asked(n, relevant=" or ".join(f"${{q0}} = 'z{k}'" for k in range(300)))
            if n
            else {"id": "q0", "type": "choice", "label": "x", "choices": _choices(1000)}
        )
    ),
    "a long list for all": lambda: many(
        lambda n: {"id": f"q{n}", "type": "choices", "label": "x", "list": "c"},
        choice_lists={"c": _choices(1400)},
    ),
    "languages": lambda: many(
        lambda n: asked(n, label={"en": "x"}), languages=[f"x-{n:04}" for n in range(2000)]
    ),
    "labels in unknown languages": lambda: many(
        lambda n: asked(n, label={f"l{number}": "x" for number in range(40)})
    ),
    "labels off the scale": lambda: many(
        lambda n: {
            "id": f"q{n}",
            "type": "scale",
            "label": "x",
            "labels": {str(number): "x" for number in range(2000)},
        }
    ),
    "bands": lambda: document(
        [asked(0, bands=[{"max": number, "points": 1} for number in range(3900)])]
    ),
    "long ids": lambda: many(lambda n: asked(n, relevant=f"${{{'a' * 5000}{n}}} = 1")),
    "long types": lambda: many(lambda n: asked(n, type="a" * 400)),
    "sections": lambda: document(
        [], sections=[{"id": f"s{n}", "title": "x", "questions": []} for n in range(2700)]
    ),
}

#: YAML at the limits.
LONG: dict[str, Callable[[], str]] = {
    "a thousand questions": lambda: block(1000),
    "ten thousand questions": lambda: block(10_000),
    "a flat list": lambda: "a: [" + "0," * 200_000 + "0]",
    "a flat block": lambda: "- 0\n" * 120_000,
    "one megabyte on a line": lambda: "a: " + "x" * 1_000_000,
    "one quoted text": lambda: HEAD + "      - {id: a, type: note, label: '" + "a b " * 120_000,
    "one plain text": lambda: "a " * (MOST // 2),
    "one plain text on many lines": lambda: "a\n" * (MOST // 2),
    "comments": lambda: "#\n" * (MOST // 2),
    "a literal": lambda: "a: |\n" + "  b\n" * (MOST // 5),
    "a folded text": lambda: 'a: "' + "b\n " * (MOST // 4),
    "empty lines": lambda: "a: 1\n" + "\n" * MOST,
    "spaces": lambda: "a: 1\n" + " " * MOST,
    "escapes": lambda: 'a: "' + "\\n" * (MOST // 3) + '"',
    "doubled quotes": lambda: "a: '" + "''" * (MOST // 3) + "'",
    "a long key": lambda: "a" * MOST + ": 1",
    "anchors": lambda: "".join(f"a{n}: &a{n} 1\n" for n in range(20_000)),
    "merge keys": lambda: "a: &a {b: 1}\n" + "".join(f"c{n}: {{<<: *a}}\n" for n in range(5000)),
    "tags": lambda: "".join(f"a{n}: !!python/object:os.system x\n" for n in range(9000)),
    "laughs": lambda: "a: &a [l, l]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    ),
    "100,000 levels": lambda: "[" * 100_000,
    "levels of maps": lambda: "{a: " * 100_000,
    "a number of a million digits": lambda: HEAD.replace('"1"', "1" * 400_000),
    "a number beyond all": lambda: weighing("1e999999"),
    "a number of 40 digits": lambda: weighing("9" * 40),
    "a number of 1e99…9": lambda: weighing("1e" + "9" * 4000),
    "one word twice": lambda: HEAD + "".join("      - {id: a, id: a}\n" for _ in range(3000)),
    "CRLF and tabs": lambda: block(20).replace("\n", "\r\n") + "\t\t- x",
    "a lone CR": lambda: block(20).replace("\n", "\r"),
}  # fmt: skip

_TEXT = block(3)
#: Bytes that are no UTF-8 text, or only nearly.
BYTES: dict[str, bytes] = {
    "UTF-16 with its mark": _TEXT.encode("utf-16"),
    "UTF-16 without": _TEXT.encode("utf-16-le"),
    "UTF-16 big-endian without": _TEXT.encode("utf-16-be"),
    "UTF-16 cut": _TEXT.encode("utf-16")[:-1],
    "UTF-16 with half a pair": b"\xff\xfea\x00\x00\xd8b\x00",
    "UTF-32": _TEXT.encode("utf-32"),
    "Latin-1": "format: é".encode("latin-1"),
    "Windows-1258": "title: Vi\xeat".encode("cp1252"),
    "mixed": _TEXT.encode() + "é".encode("latin-1"),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + _TEXT.encode(),
    "a mark inside": _TEXT.encode() + b"\xef\xbb\xbf",
    "NUL": _TEXT.encode() + b"\0",
    "controls": _TEXT.encode() + b"\x1b[2J",
    "half a pair in UTF-8": _TEXT.encode() + b"\xed\xa0\x80",
    "half a pair escaped": b'{"format": "\\ud800", "sections": []}',
    "overlong": _TEXT.encode() + b"\xc0\xaf",
    "a workbook": b"PK\x03\x04" + bytes(500),
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(500),
    "nothing": b"",
    "blanks": b" \n\t\n",
    "only a mark": b"\xef\xbb\xbf",
}


def mutated(seed: int) -> bytes:
    """A shipped checklist with some bytes, lines or words changed."""
    dice = random.Random(seed)
    content = dice.choice(SHIPPED)
    for _ in range(dice.randint(1, 5)):
        content = dice.choice(_CHANGES)(content, dice)
    return content


def _flip(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _swap(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _repeat(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    at, length = dice.randrange(len(lines)), dice.randint(1, 30)
    return b"\n".join(lines[: at + length] + lines[at:])


def _drop(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = dice.randrange(len(lines))
    return b"\n".join(lines[:at] + lines[at + dice.randint(1, 3) :]) or b"x"


def _indent(content: bytes, dice: random.Random) -> bytes:
    lines = content.split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b" ", b"\t", b"      ")) + lines[at]
    return b"\n".join(lines)


_WORDS = (
    b"&a ", b"*a", b"<<: *a", b"!!str ", b"1e999999", b"9" * 40, b".nan", b"null", b"[]", b"{}",
    b"true",
    b"${x}", b"regex(., '(a+)+b')", b"\xe2\x80\xae", b"\0", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"- ",
    b": ",
    b"'", b'"', b"|\n", b"---\n", b"%YAML 1.1\n", b"\t", b"\r", b"[" * 60, b"-1", b"yes", b"3.10",
)  # fmt: skip


def _insert(content: bytes, dice: random.Random) -> bytes:
    """A hostile word at a random place, or in the place of another word."""
    at = dice.randrange(len(content))
    end = at if dice.random() < 0.5 else content.find(b"\n", at)
    return content[:at] + dice.choice(_WORDS) + content[max(end, at) :]


_CHANGES = (_flip, _flip, _swap, _repeat, _drop, _indent, _insert, _insert)
