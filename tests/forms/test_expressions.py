"""The language by its vectors: what every expression yields, and where the wrong ones are."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue import CATALOGUE
from forms.expressions import dates
from forms.expressions.compiler import FIRST, Scope, Symbol, Valueless, compile_expression
from forms.expressions.functions import ARITY
from forms.expressions.values import HIDDEN, Type, Value
from forms.problems import Problem, Severity

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "expression_vectors.json").read_text(encoding="utf-8"))
MANUAL = HERE.parents[1] / "docs" / "expressions.md"
AT = datetime.fromisoformat(VECTORS["at"])


def value_of(data: Any) -> Value:
    if isinstance(data, dict):
        if "hidden" in data:
            return HIDDEN
        if "number" in data:
            return float(data["number"])
        found = dates.moment(data["date"])
        assert found is not None
        return found
    return float(data) if isinstance(data, int) and not isinstance(data, bool) else data


NAMES = list(VECTORS["values"])
SLOTS = ["", dates.today(AT), dates.now(AT), *map(value_of, VECTORS["values"].values())]


def symbol(place: int, name: str) -> Symbol:
    choices = VECTORS["choices"].get(name)
    return Symbol(FIRST + place, Type.ANY if choices is None else Type.STRING, choices)


SCOPE = Scope(
    {name: symbol(place, name) for place, name in enumerate(NAMES)},
    {"note": Valueless.NOTE, "matrix": Valueless.MATRIX},
)
RESULTS = [(source, result) for group in VECTORS["results"].values() for source, result in group]


@pytest.mark.parametrize(("source", "result"), RESULTS)
def test_yields(source: str, result: Any) -> None:
    compiled, faults = compile_expression(source, SCOPE)
    assert compiled is not None, faults
    found, wanted = compiled.run(list(SLOTS)), value_of(result)
    assert type(found) is type(wanted) or found is HIDDEN
    assert found == wanted or (found != found and wanted != wanted)
    if isinstance(wanted, dates.Moment) and isinstance(found, dates.Moment):
        assert found.days == wanted.days


@pytest.mark.parametrize(("source", "code", "row", "column"), VECTORS["errors"])
def test_is_refused_with_its_place(source: str, code: str, row: int, column: int) -> None:
    compiled, faults = compile_expression(source, SCOPE)
    assert compiled is None
    assert [(fault.code, fault.place(source)) for fault in faults] == [(code, (row, column))]


@pytest.mark.parametrize(("source", "code", "row", "column"), VECTORS["warnings"])
def test_is_warned_of(source: str, code: str, row: int, column: int) -> None:
    compiled, faults = compile_expression(source, SCOPE)
    assert compiled is not None
    assert [(fault.code, fault.place(source)) for fault in faults] == [(code, (row, column))]
    assert all(fault.severity is Severity.WARNING for fault in faults)


@pytest.mark.parametrize(
    ("source", "code"), [entry[:2] for entry in (*VECTORS["errors"], *VECTORS["warnings"])]
)
def test_is_told_in_both_languages(source: str, code: str) -> None:
    _, (fault, *_) = compile_expression(source, SCOPE)
    place = {"field": "relevant", "row": "1", "column": "2"}
    problem = Problem(code, values=fault.values | place)
    assert problem.text("en").startswith("relevant")
    assert problem.text("vi").startswith("relevant")
    assert problem.text("en") != problem.text("vi")


def test_every_code_of_the_language_is_in_the_catalogue() -> None:
    sources = (HERE.parents[1] / "forms" / "expressions").glob("*.py")
    used = set(re.findall(r'"(expression-[a-z-]+)"', " ".join(p.read_text() for p in sources)))
    listed = {code for code in CATALOGUE if code.startswith("expression-")}
    assert listed == used | {"expression-circle"}


def test_all_unknown_references_are_told_at_once() -> None:
    _, faults = compile_expression("${foo1} = ${bar2} and ${note}", SCOPE)
    assert [fault.offset for fault in faults] == [0, 10, 22]


def test_static_type_is_the_type_of_the_result() -> None:
    kinds = {str: Type.STRING, float: Type.NUMBER, bool: Type.BOOLEAN}
    for source, _ in RESULTS:
        compiled, _ = compile_expression(source, SCOPE)
        assert compiled is not None
        if compiled.type is not Type.ANY:
            value = compiled.run(list(SLOTS))
            assert kinds[type(value) if value is not HIDDEN else str] is compiled.type, source


def test_reads_only_the_slots_it_names() -> None:
    compiled, _ = compile_expression("${choice} = 'yes' and today() > ${date}", SCOPE)
    assert compiled is not None
    wanted = {1, FIRST + NAMES.index("choice"), FIRST + NAMES.index("date")}
    assert compiled.reads == wanted


def test_the_manual_lists_exactly_the_functions() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    table = text.split("## Functions")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([a-z-]+)\(", table, re.MULTILINE) == list(ARITY)


def test_every_function_has_vectors() -> None:
    sources = " ".join(source for source, _ in RESULTS)
    assert [name for name in ARITY if f"{name}(" not in sources] == []
