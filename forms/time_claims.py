"""Questions that claim a time ("greeted within 30 s?") beside the stopwatch that measured it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from forms.answers import Answer
from forms.passing import passes_in_full
from forms.questions.base import Band, Choice, Text
from forms.questions.duration import DurationQuestion
from forms.questions.kinds.choosing import OneChoice
from forms.sureness import Sureness
from forms.tags import Measure
from forms.time_limits import TimeLimit, time_limits

if TYPE_CHECKING:
    from forms.compiled import CompiledChecklist, Item

#: The measures that are times.
_TIMES = frozenset(
    {Measure.GREETING, Measure.QUEUE, Measure.FIRST_RESPONSE, Measure.RESOLUTION_TIME}
)
_YES = frozenset({"yes", "y", "có", "co", "true", "đúng", "rồi"})
_NO = frozenset({"no", "n", "không", "khong", "false", "sai", "chưa"})
#: More than the time is asked for: "no" may be about the rest.
_MORE_ASKED = re.compile(r"(?<!\w)(?:và|and|với|with)(?!\w)|[/&+]")


@dataclass(frozen=True, slots=True, eq=False)
class TimeClaim:
    """``claim`` chooses among choices that claim to be within the limit or beyond it, as
    ``within`` says; other choices claim nothing. More seconds than ``slow_above`` contradict the
    one, up to ``quick_until`` the other; None where nothing does. ``limit`` is what people call
    the limit, in seconds."""

    claim: Item
    timer: Item
    within: Mapping[str, bool]
    slow_above: int | None
    quick_until: int | None
    limit: int
    sure_of_yes: Sureness
    sure_of_no: Sureness

    def contradicted(self, choice: str, seconds: int) -> Sureness | None:
        """How sure it is that the two do not fit; None when they do."""
        within = self.within.get(choice)
        if within is True and self.slow_above is not None and seconds > self.slow_above:
            return self.sure_of_yes
        if within is False and self.quick_until is not None and seconds <= self.quick_until:
            return self.sure_of_no
        return None


def time_claims(compiled: CompiledChecklist) -> tuple[TimeClaim, ...]:
    """The pairs of a checklist, in the order of the claims."""
    return tuple(_Pairs(compiled))


class _Pairs:
    def __init__(self, compiled: CompiledChecklist) -> None:
        self.compiled = compiled
        self.asked = [item for item in compiled.items if item.takes_answer]
        self.timers = [item for item in self.asked if _is_timer(item)]
        self.claims = [item for item in self.asked if isinstance(item.kind, OneChoice)]

    def __iter__(self) -> Iterator[TimeClaim]:
        for claim in self.claims:
            pair = self._measured(claim) or self._beside(claim)
            if pair is not None:
                yield pair

    def _measured(self, claim: Item) -> TimeClaim | None:
        """With the stopwatch of the same measure: in the section, else the only one there is."""
        measure = claim.tags.measure
        if measure not in _TIMES:
            return None
        timers = [timer for timer in self.timers if timer.tags.measure is measure]
        near = [timer for timer in timers if timer.section is claim.section]
        if not near and len(timers) == 1:
            alone = [each for each in self.claims if each.tags.measure is measure]
            near = timers if len(alone) == 1 else []
        if not near:
            return None
        limits = _limits(claim)
        timer = min(near, key=lambda each: _distance(each, claim, limits))
        limit = _the_limit(limits, timer)
        if limit is None:
            return _implied(self.compiled, claim, timer)
        agrees = _standard(timer) in (None, limit.seconds)
        sure = Sureness.CERTAIN if agrees else Sureness.LIKELY
        return _claimed(self.compiled, claim, timer, limit, sure)

    def _beside(self, claim: Item) -> TimeClaim | None:
        """Without tags: with the stopwatch next to a label that names a limit. Where there is one
        on either side, the one that is held to that limit."""
        limits = _limits(claim)
        if not limits:
            return None
        timers = [timer for timer in self._neighbours(claim) if _may_belong(claim, timer)]
        held = [timer for timer in timers if _standard(timer) in {each.seconds for each in limits}]
        chosen = held if len(held) == 1 else timers
        if len(chosen) != 1:
            return None
        limit = _the_limit(limits, chosen[0])
        sure = Sureness.LIKELY if held else Sureness.POSSIBLE
        return _claimed(self.compiled, claim, chosen[0], limit, sure) if limit else None

    def _neighbours(self, claim: Item) -> list[Item]:
        asked = [item for item in self.compiled.of_section(claim.section.id) if item.takes_answer]
        at = asked.index(claim)
        around = (*asked[max(at - 1, 0) : at], *asked[at + 1 : at + 2])
        return [item for item in around if _is_timer(item)]


def _is_timer(item: Item) -> bool:
    return isinstance(item.question, DurationQuestion)


def _may_belong(claim: Item, timer: Item) -> bool:
    measures = {claim.tags.measure, timer.tags.measure}
    return None in measures or len(measures) == 1


def _duration(timer: Item) -> DurationQuestion:
    assert isinstance(timer.question, DurationQuestion)
    return timer.question


def _standard(timer: Item) -> int | None:
    standard = _duration(timer).standard
    return None if standard is None else floor(standard)


def _distance(timer: Item, claim: Item, limits: tuple[TimeLimit, ...]) -> tuple[bool, int]:
    same = _standard(timer) in {limit.seconds for limit in limits}
    return not same, abs(timer.index - claim.index)


def _limits(claim: Item) -> tuple[TimeLimit, ...]:
    found = [limit for text in _texts(claim.label) for limit in time_limits(text)]
    return tuple(dict.fromkeys(found))


def _texts(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text.values())


def _the_limit(limits: tuple[TimeLimit, ...], timer: Item) -> TimeLimit | None:
    """The limit that the stopwatch is held to, else the only one that is named."""
    of_standard = [limit for limit in limits if limit.seconds == _standard(timer)]
    chosen = of_standard or list(limits)
    if len({limit.seconds for limit in chosen}) != 1:
        return None
    return next((limit for limit in chosen if limit.over is not None), chosen[0])


def _claimed(
    plan: CompiledChecklist, claim: Item, timer: Item, limit: TimeLimit, sure: Sureness
) -> TimeClaim | None:
    """A pair by the limit that the label itself names."""
    within = _by_words(plan, claim, limit)
    if not within:
        return None
    most = limit.seconds if limit.inclusive else limit.seconds - 1
    asks_more = any(_MORE_ASKED.search(text.casefold()) for text in _texts(claim.label))
    of_no = Sureness.POSSIBLE if asks_more else sure
    return TimeClaim(claim, timer, within, most, most, limit.seconds, sure, of_no)


def _implied(plan: CompiledChecklist, claim: Item, timer: Item) -> TimeClaim | None:
    """A pair by its measure alone: to pass claims that the standard of the stopwatch was met, not
    to pass may have another reason."""
    within, standard = _by_points(plan, claim), _standard(timer)
    slow, quick = (standard, standard) if standard is not None else _by_bands(plan, timer)
    limit = quick if slow is None else slow
    if not within or limit is None:
        return None
    likely, possible = Sureness.LIKELY, Sureness.POSSIBLE
    return TimeClaim(claim, timer, within, slow, quick, limit, likely, possible)


def _by_bands(plan: CompiledChecklist, timer: Item) -> tuple[int | None, int | None]:
    """Up to which time bands do not fail, and up to which they earn all; None where they do not
    say."""
    limits = [_most(band) for band in _duration(timer).bands[:-1]]
    fails = [plan.scoring_plan.line(timer.id).of(Answer(limit + 1)).failed for limit in limits]
    slow = next((limit for limit, failed in zip(limits, fails, strict=True) if failed), None)
    quick = [limit for limit in limits if passes_in_full(plan, timer, Answer(limit))]
    return slow, max(quick, default=None)


def _most(band: Band) -> int:
    """The longest whole time that fits a band with a limit."""
    if band.max is not None:
        return floor(band.max)
    assert band.below is not None
    return ceil(band.below) - 1


def _by_points(plan: CompiledChecklist, claim: Item) -> dict[str, bool]:
    """Full points claim a time within, a failing choice one beyond; {} where one is lacking."""
    said: dict[str, bool] = {}
    for choice in _real(claim):
        answer = Answer(choice.id)
        if passes_in_full(plan, claim, answer):
            said[choice.id] = True
        elif plan.scoring_plan.line(claim.id).of(answer).failed:
            said[choice.id] = False
    return said if len(set(said.values())) == 2 else {}


def _by_words(plan: CompiledChecklist, claim: Item, limit: TimeLimit) -> dict[str, bool]:
    """ "Yes" to "within 3 minutes" claims a time within, to "more than 3 minutes" one beyond.
    Where the label does not say, and for other words than yes and no, points decide."""
    points = _by_points(plan, claim)
    yes = {choice.id: said for choice in _real(claim) if (said := _says_yes(choice)) is not None}
    if len(set(yes.values())) < 2:
        return {} if limit.over else points
    if limit.over is None and not points:
        return {}
    passes_by_yes = any(yes.get(id, False) for id, passes in points.items() if passes)
    yes_is_within = passes_by_yes if limit.over is None else not limit.over
    return {id: said is yes_is_within for id, said in yes.items()}


def _real(claim: Item) -> list[Choice]:
    return [choice for choice in claim.choices if not choice.na]


def _says_yes(choice: Choice) -> bool | None:
    """None for a choice that says neither yes nor no."""
    words = {unicodedata.normalize("NFC", text).strip().casefold() for text in _texts(choice.label)}
    words.add(choice.id.casefold())
    if words & _YES:
        return None if words & _NO else True
    return False if words & _NO else None
