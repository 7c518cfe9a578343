"""Whatever is written or answered: no crash, no hang, no stack overflow."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions import dates
from forms.expressions.compiler import FIRST, Scope, Symbol, compile_expression
from forms.expressions.faults import ExpressionError
from forms.expressions.functions import ARITY, PLAIN
from forms.expressions.graph import put_in_order
from forms.expressions.parser import MAX_DEPTH, parse
from forms.expressions.pattern import CompiledPattern, matches
from forms.expressions.pattern_syntax import PatternError
from forms.expressions.values import HIDDEN, Value, number_text, to_number

AT = datetime(2026, 11, 12, 14, 5)  # noqa: DTZ001 - local time of the visit
SCOPE = Scope({"a": Symbol(FIRST), "b": Symbol(FIRST + 1)}, {}, Symbol(0))
PIECES = [
    *(f"{name}(" for name in ARITY),
    *("${a}", "${b}", "${c}", ".", "(", ")", ",", "'x'", '"', "'", "“", "1", ".5", "div", "mod"),
    *("and", "or", "=", "!=", "<", "<=", "-", "*", "+", " ", "\n", "$", "{", "}", "(a+)+", "\\"),
]
moments = st.sampled_from(["2026-11-12", "2026-11-12T14:05", "14:30", "0001-01-01", "9999-12-31"])
values: st.SearchStrategy[Value] = st.one_of(
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    moments,
    moments.map(lambda text: dates.moment(text) or ""),
    st.just(HIDDEN),
    st.sampled_from([1e308, -1e308, 5e-324, 2.0**63, -0.0]),
)


@settings(max_examples=150, deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        parse(source)
    except ExpressionError as error:
        row, column = error.fault.place(source)
        assert row >= 1
        assert column >= 1


def expressions() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["${a}", "${b}", ".", "''", "'2026-01-01'", "0", "1.5", "today()"])

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        calls = st.sampled_from(sorted(ARITY.items())).flatmap(
            lambda entry: st.lists(
                inner, min_size=entry[1][0], max_size=entry[1][1] or entry[1][0] + 2
            ).map(lambda arguments: f"{entry[0]}({', '.join(arguments)})")
        )
        operators = ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]
        pairs = st.tuples(inner, st.sampled_from(operators), inner)
        return st.one_of(calls, pairs.map(lambda p: f"({' '.join(p)})"), inner.map("-{}".format))

    return st.recursive(leaves, extend, max_leaves=12)


@settings(max_examples=250, deadline=None)
@given(expressions(), values, values)
def test_evaluation_never_raises(source: str, first: Value, second: Value) -> None:
    compiled, faults = compile_expression(source, SCOPE)
    assert compiled is not None or faults
    if compiled is not None:
        result = compiled.run([first, dates.today(AT), dates.now(AT), first, second])
        assert isinstance(result, (str, float, bool))
        assert not isinstance(result, int) or isinstance(result, bool)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PLAIN)), st.lists(values, min_size=3, max_size=3))
def test_functions_take_any_values(name: str, given_values: list[Value]) -> None:
    least, most = ARITY[name]
    count = min(3, most or 3)
    function, _ = PLAIN[name]
    assert isinstance(function(*given_values[: max(least, count)]), (str, float, bool))


@settings(max_examples=150, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_as_text(number: float) -> None:
    text = number_text(number)
    assert re.fullmatch(r"-?\d+(\.\d+)?", text)
    assert to_number(text) == number


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000 + "1" + ")" * 10_000,
        "not(" * 3_000 + "1" + ")" * 3_000,
        "-" * 10_000 + "1",
        "(" * 19_000,
        "1" + "=1" * 2_000,
        "if(1," * 3_000,
        "1" + " + (1" * 2_000 + ")" * 2_000,
        "${a}" * 4_999,
        "'" * 20_001,
        "a" * 20_000,
    ],
)
def test_monsters_are_refused_quickly(source: str) -> None:
    started = time.process_time()
    compiled, faults = compile_expression(source, SCOPE)
    assert time.process_time() - started < 1
    assert compiled is None
    assert len(faults) == 1


def test_the_deepest_allowed_is_evaluated() -> None:
    nested = "if(${a} = 1, 0, " * (MAX_DEPTH - 2) + "2" + ")" * (MAX_DEPTH - 2)
    compiled, faults = compile_expression(nested, SCOPE)
    assert not faults
    assert compiled is not None
    assert compiled.run(["", "", "", 3.0, ""]) == 2


@pytest.mark.parametrize("operator", ["and", "or", "+", "*"])
def test_long_chains_are_one_level(operator: str) -> None:
    compiled, _ = compile_expression(f" {operator} ".join(["1"] * 2_000), SCOPE)
    assert compiled is not None
    assert compiled.run(["", "", "", "", ""]) == (2_000.0 if operator == "+" else True)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a" * 5_000 + "c", "(a+)+b"),
        ("a" * 5_000 + "c", "(a|a)*b"),
        ("a" * 5_000 + "c", "(a|aa)+$"),
        ("a" * 200_000, "(.*)(.*)(.*)(.*)[^a]"),
        ("ab" * 20_000, "(a?b?){1,60}x"),
        ("x" * 3_000, "(x+x+)+y"),
        ("".join(map(chr, range(0x4E00, 0x9E00))), r"(\p{L}*\p{L}?){400}\p{N}"),
        ("0" * 100_000, "(([0-9]*)*)*z"),
    ],
)
def test_bombs_end_quickly(text: str, pattern: str) -> None:
    started = time.process_time()
    assert not matches(text, pattern)
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "pattern",
    [
        "((((a{99}){99}){99}){99}){99}",
        "(((){5000}){5000}){5000}",
        "(" * 5_000,
        "(" * 500 + "a" + ")" * 500,
        "a{99999}",
        "[" * 1_000,
        "(a|" * 1_000,
    ],
)
def test_large_patterns_are_refused_or_small(pattern: str) -> None:
    started = time.process_time()
    assert not matches("x", pattern)
    assert time.process_time() - started < 1


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="ab()[]{}|*+?^$.\\-,0123dwsp:LN", max_size=15), st.text("ab01-", max_size=8)
)
def test_any_pattern_is_used_or_refused(pattern: str, text: str) -> None:
    with suppress(PatternError):
        CompiledPattern(pattern)
    assert matches(text, pattern) in (True, False)


def patterns() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "^", "$", "(?:)"])

    def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        counts = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0}", "{1,}", "*?"])
        repeated = st.tuples(inner, counts).map(lambda p: f"(?:{p[0]}){p[1]}")
        several = st.lists(inner, min_size=2, max_size=3)
        return repeated | several.map("".join) | several.map(lambda p: f"({'|'.join(p)})")

    return st.recursive(leaves, extend, max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(patterns(), st.text(alphabet="ab1-", max_size=6))
def test_agrees_with_the_standard_library(pattern: str, text: str) -> None:
    wanted = re.compile(pattern, re.ASCII).fullmatch(text) is not None
    assert matches(text, pattern) is wanted


def test_the_moves_that_are_kept_are_bounded() -> None:
    pattern = CompiledPattern(r"\p{L}*(a|b)?")
    text = "".join(map(chr, range(0x4E00, 0x9E00)))
    assert pattern.matches(text)
    assert pattern.matches(text + "a")
    assert len(pattern._spots) <= 10


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=10, max_size=10))
def test_order_has_each_after_what_it_waits_for(waits: list[list[int]]) -> None:
    found = put_in_order(waits)
    done: set[int] = set()
    circling = {node for circle in found.circles for node in circle}
    for node in found.order:
        assert all(other in done or other not in found.order for other in waits[node])
        done.add(node)
    assert not circling & done
    for circle in found.circles:
        for node, after in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert after in waits[node]


def test_an_answer_does_not_depend_on_what_was_matched_before() -> None:
    pattern = CompiledPattern(r"(\p{L}*\p{L}?){400}1?")
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 2_500)))
    assert [pattern.matches(text) for _ in range(4)] == [False] * 4
    assert pattern.matches(text[:500])


def test_a_long_text_is_matched() -> None:
    assert matches("một hai ba\n" * 20_000, r"(.|\n)*")
