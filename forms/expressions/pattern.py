"""Matching without backtracking: a set of places moves through the text (Thompson 1968).

``re`` takes exponential time on patterns such as ``(a+)+b``; this takes at most the number of
places for every character, and stops after ``MAX_STEPS``.
"""

from __future__ import annotations

from functools import lru_cache

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
        tree, self._ignore_case = read_pattern(text)
        #: What a place takes: a set, an edge, or nothing (it only leads on).
        self._takes: list[CharSet | Edge | None] = []
        self._leads: list[tuple[int, ...]] = []
        self._last = self._place(None)
        self._first = self._build(tree, self._last)
        self._spots: dict[tuple[frozenset[int], bool], _Spot] = {}
        self._known_moves = 0
        self._start: _Spot | None = None

    def matches(self, text: str) -> bool:
        """Whether all of ``text`` matches, within the bound."""
        steps = 0
        spot = self._start = self._start or self._spot([self._first], at_start=True)
        for char in text:
            steps += spot.size
            spot = spot.moves.get(char) or self._move(spot, char)
            if not spot.size or steps > MAX_STEPS:
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
        if len(self._takes) >= MAX_PLACES:
            raise PatternError("expression-regex-large", 0, "")
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


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> CompiledPattern:
    return CompiledPattern(text)


def matches(text: str, pattern: str) -> bool:
    """Whether the whole text matches; a pattern that cannot be used matches nothing."""
    try:
        return compile_pattern(pattern).matches(text)
    except PatternError:
        return False
