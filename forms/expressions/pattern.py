"""Matching without backtracking: a set of places moves through the text (Thompson 1968).

``re`` takes exponential time on patterns such as ``(a+)+b``; this takes at most the number of
places for every character, and stops after ``MAX_STEPS``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache

from forms.expressions.pattern_syntax import (
    CharSet,
    Choice,
    Edge,
    Pattern,
    PatternError,
    Repeat,
    Sequence,
    read_pattern,
)

MAX_PLACES = 5_000
#: Places looked at in one match, also where the move is known: the answer must not depend on
#: what was matched before.
MAX_STEPS = 2_000_000
#: Places of all patterns of one checklist.
MAX_ALL_PLACES = 100_000
#: Known moves kept between matches; more are forgotten and found again.
_MAX_MOVES = 4_000


class _Spot:
    """One reachable set of places, and the moves from it that are already known."""

    __slots__ = ("accepts", "moves", "size", "takers")

    def __init__(self, size: int, takers: tuple[int, ...], accepts: bool) -> None:
        self.size = size
        self.takers = takers
        self.accepts = accepts
        self.moves: dict[str, _Spot] = {}


class CompiledPattern:
    """A pattern ready to match; PatternError where it cannot be used."""

    def __init__(self, text: str) -> None:
        self._tree, self._ignore_case = read_pattern(text)
        #: As many as it is built of, once it is used.
        self.places = _places(self._tree) + 1
        if self.places > MAX_PLACES:
            raise PatternError("expression-regex-large", 0, "")
        #: What a place takes: a set, an edge, or nothing (it only leads on).
        self._takes: list[CharSet | Edge | None] = []
        self._leads: list[tuple[int, ...]] = []
        self._last = self._place(None)
        self._spots: dict[tuple[frozenset[int], bool], _Spot] = {}
        self._known_moves = 0
        self._start: _Spot | None = None

    @property
    def surely(self) -> int | None:
        """Characters of the longest text that is matched within the bound whatever it says; None
        where no text that matches is longer."""
        most = MAX_STEPS // self.places
        longest = _longest(self._tree)
        return most if longest is None or longest > most else None

    @cached_property
    def _first(self) -> int:
        return self._build(self._tree, self._last)

    def matches(self, text: str) -> bool:
        """Whether all of ``text`` matches, within the bound."""
        steps = 0
        spot = self._start = self._start or self._spot([self._first], at_start=True)
        for char in text:
            steps += spot.size
            spot = spot.moves.get(char) or self._move(spot, char)
            if not spot.size:
                return False
            if steps > MAX_STEPS:
                _give_up()
                return False
        return spot.accepts

    def _move(self, spot: _Spot, char: str) -> _Spot:
        reached: list[int] = []
        known: dict[int, bool] = {}
        for place in spot.takers:
            taken = self._takes[place]
            takes = known.get(id(taken))
            if takes is None:
                takes = known[id(taken)] = self._fits(taken, char)
            if takes:
                reached.extend(self._leads[place])
        found = self._spot(reached, at_start=False)
        self._known_moves += 1
        if self._known_moves > _MAX_MOVES:
            self._forget()
        spot.moves[char] = found
        return found

    def _fits(self, taken: CharSet | Edge | None, char: str) -> bool:
        if not isinstance(taken, CharSet):
            return False
        if not self._ignore_case:
            return taken.takes(char)
        cases = {char, char.lower(), char.upper()}
        return any(taken.takes(case) for case in cases if len(case) == 1)

    def _forget(self) -> None:
        for spot in self._spots.values():
            spot.moves.clear()
        self._spots.clear()
        self._start = None
        self._known_moves = 0

    def _spot(self, places: list[int], *, at_start: bool) -> _Spot:
        reached = self._reach(places, at_start=at_start, at_end=False)
        key = (frozenset(reached), at_start)
        if key not in self._spots:
            takers = tuple(p for p in reached if isinstance(self._takes[p], CharSet))
            ends = self._reach(list(reached), at_start=at_start, at_end=True)
            self._spots[key] = _Spot(len(reached), takers, self._last in ends)
        return self._spots[key]

    def _reach(self, places: list[int], *, at_start: bool, at_end: bool) -> set[int]:
        """All places that can be reached without taking a character."""
        seen: set[int] = set()
        while places:
            place = places.pop()
            if place in seen:
                continue
            seen.add(place)
            taken = self._takes[place]
            if taken is None or (isinstance(taken, Edge) and (at_start if taken.start else at_end)):
                places.extend(self._leads[place])
        return seen

    def _place(self, takes: CharSet | Edge | None, *leads: int) -> int:
        self._takes.append(takes)
        self._leads.append(leads)
        return len(self._takes) - 1

    def _build(self, tree: Pattern, then: int) -> int:
        """The first place of ``tree``, which leads on to ``then``."""
        match tree:
            case CharSet() | Edge():
                return self._place(tree, then)
            case Sequence():
                for part in reversed(tree.parts):
                    then = self._build(part, then)
                return then
            case Choice():
                return self._place(None, *[self._build(part, then) for part in tree.parts])
            case Repeat():
                return self._build_repeat(tree, then)

    def _build_repeat(self, tree: Repeat, then: int) -> int:
        if tree.most is None:
            loop = self._place(None)
            self._leads[loop] = (self._build(tree.part, loop), then)
            first = loop
        else:
            first = then
            for _ in range(tree.most - tree.least):
                first = self._place(None, self._build(tree.part, first), then)
        for _ in range(tree.least):
            before, first = first, self._build(tree.part, first)
            if first == before:
                break
        return first


def _places(tree: Pattern) -> int:
    match tree:
        case CharSet() | Edge():
            return 1
        case Sequence():
            return sum(map(_places, tree.parts))
        case Choice():
            return 1 + sum(map(_places, tree.parts))
        case Repeat():
            part = _places(tree.part)
            further = 1 + part if tree.most is None else (tree.most - tree.least) * (1 + part)
            return tree.least * part + further


def _longest(tree: Pattern) -> int | None:
    """Characters of the longest text that matches; None where there is no end."""
    match tree:
        case CharSet():
            return 1
        case Edge():
            return 0
        case Sequence() | Choice():
            parts = [_longest(part) for part in tree.parts]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return max(known, default=0) if isinstance(tree, Choice) else sum(known)
        case Repeat():
            part = _longest(tree.part)
            if part == 0 or tree.most == 0:
                return 0
            return None if part is None or tree.most is None else part * tree.most


_given_up: ContextVar[list[bool] | None] = ContextVar("given_up", default=None)


@contextmanager
def watching() -> Iterator[list[bool]]:
    """A list that is not empty once a match inside was given up at the bound."""
    found: list[bool] = []
    token = _given_up.set(found)
    try:
        yield found
    finally:
        _given_up.reset(token)


def _give_up() -> None:
    if (watcher := _given_up.get()) is not None:
        watcher.append(True)


class Budget:
    """How many places the patterns of one checklist have; each pattern counts once."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._places = 0

    def takes(self, text: str, places: int) -> bool:
        if text not in self._known:
            self._known.add(text)
            self._places += places
        return self._places <= MAX_ALL_PLACES


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> CompiledPattern:
    return CompiledPattern(text)


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches; a pattern that cannot be used matches nothing."""
    try:
        return compile_pattern(pattern).matches(text)
    except PatternError:
        return False
