"""Who may visit what: rotation over waves, lock-out days, the most visits of one evaluator.

Days are local. A visit stands for the day of its arrival once it is begun; before that for its
planned day, or for all days in which it may be made.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.domain.errors import RefusedError
from auditor.words import WORDS, mark
from forms.reading import day as read_day

#: So many are named before "and 12 more".
NAMED = 3


class Bar(StrEnum):
    """Why a visit may not be made so, in the order in which it is asked."""

    ARCHIVED = "archived"
    LANGUAGE = "language"
    QUALIFICATION = "qualification"
    ROTATION = "rotation"
    LOCKOUT = "lockout"
    FULL = "full"
    QUOTA = "quota"
    WAVE = "wave"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Limits:
    """0 is no rule; see ``programs.Terms``. ``waves``: the names of the program's waves, in their
    order."""

    rotation: int = 0
    lockout_days: int = 0
    most_visits: int = 0
    waves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worker:
    """An evaluator. ``home`` is the folded path of the home region; languages and qualifications
    are folded."""

    id: int
    code: str
    home: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()
    active: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A visit that needs an evaluator. ``key`` tells it from the others; ``wave`` is the place of
    its wave among those of the program, None without one; ``first`` to ``last`` are its days."""

    key: int
    location_id: int
    place: str
    region: tuple[str, ...] = ()
    wave: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A visit that has its evaluator, planned or made. ``wave`` None: not of this program."""

    key: int
    evaluator_id: int
    location_id: int
    wave: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rule that is broken, or would be. ``values`` fill the sentence; ``other`` is the visit that
    it is about."""

    bar: Bar
    place: str
    evaluator: str = ""
    visit_id: int | None = None
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    other: int | None = None

    def text(self, language: str) -> str:
        """One sentence: who, where, and which rule."""
        told = {
            name: read_day(value, language) if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return WORDS.text(
            language, _SENTENCES[self.bar], place=self.place, evaluator=self.evaluator, **told
        )

    def sentence(self) -> tuple[str, tuple[tuple[str, object], ...]]:
        """The English text and its values, days in figures."""
        told = {"place": self.place, "evaluator": self.evaluator, **self.values}
        return _SENTENCES[self.bar], tuple(
            (name, f"{value:%d/%m/%Y}" if isinstance(value, date) else value)
            for name, value in told.items()
        )


_SENTENCES = {
    Bar.ARCHIVED: mark("{evaluator} is archived."),
    Bar.LANGUAGE: mark("{evaluator} lacks a language that is needed: {words}."),
    Bar.QUALIFICATION: mark("{evaluator} lacks a qualification that is needed: {words}."),
    Bar.ROTATION: mark(
        "{evaluator} visits {place} in {wave} too. The rotation of the program: not again within "
        "{least} waves."
    ),
    Bar.LOCKOUT: mark(
        "{evaluator} visits {place} on {day} too. The lock-out of the program: not again within "
        "{least} days."
    ),
    Bar.FULL: mark("{evaluator} has {count} visits in {wave} already, the most is {most}."),
    Bar.QUOTA: mark("{place} has {count} visits in {wave} already, its quota is {most}."),
    Bar.WAVE: mark("{day} is not within {wave} ({first} to {last})."),
    Bar.CLOSED: mark("{day} is outside the visit windows of the program."),
    Bar.GONE: mark("{place} is archived: nobody is sent there any more."),
}


class ConflictsError(RefusedError):
    """A change that would break rules; it may be made anyway."""

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        super().__init__(
            "conflicts", "This breaks the rules of the program. Choose otherwise, or do it anyway."
        )
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """Evaluators whom one rule keeps from a visit, by code."""

    bar: Bar
    evaluators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a visit asks of its evaluator, folded."""

    languages: frozenset[str] = frozenset()
    qualifications: frozenset[str] = frozenset()


class Diary:
    """Who is where and when: all stays that rules look at."""

    def __init__(self, limits: Limits, stays: Iterable[Stay] = ()) -> None:
        self.limits = limits
        self._at: dict[int, dict[int, Stay]] = defaultdict(dict)
        self._where: dict[int, Stay] = {}
        self._load: Counter[tuple[int | None, int]] = Counter()
        self._daily: Counter[tuple[date | None, int]] = Counter()
        self._total: Counter[int] = Counter()
        for stay in stays:
            self.add(stay)

    def add(self, stay: Stay) -> None:
        self._at[stay.location_id][stay.key] = stay
        self._where[stay.key] = stay
        self._load[stay.wave, stay.evaluator_id] += 1
        self._daily[stay.first, stay.evaluator_id] += 1
        self._total[stay.evaluator_id] += 1

    def remove(self, key: int) -> Stay:
        stay = self._where.pop(key)
        del self._at[stay.location_id][key]
        self._load[stay.wave, stay.evaluator_id] -= 1
        self._daily[stay.first, stay.evaluator_id] -= 1
        self._total[stay.evaluator_id] -= 1
        return stay

    def give(self, job: Job, evaluator_id: int) -> None:
        self.add(Stay(job.key, evaluator_id, job.location_id, job.wave, job.first, job.last))

    def burden(self, job: Job, evaluator_id: int) -> tuple[int, int, int]:
        """Visits of an evaluator: in the wave, on the day, of all."""
        load, daily = self._load[job.wave, evaluator_id], self._daily[job.first, evaluator_id]
        return load, daily, self._total[evaluator_id]

    def barred(self, job: Job) -> dict[int, Bar]:
        """The evaluators whom a stay at the same location keeps from ``job``."""
        found: dict[int, Bar] = {}
        for bar, stay in self._barring(job):
            if bar is Bar.ROTATION or stay.evaluator_id not in found:
                found[stay.evaluator_id] = bar
        return found

    def _barring(self, job: Job) -> Iterator[tuple[Bar, Stay]]:
        for stay in self._at.get(job.location_id, {}).values():
            bar = None if stay.key == job.key else self.between(job, stay)
            if bar is not None:
                yield bar, stay

    def between(self, job: Job, stay: Stay) -> Bar | None:
        limits = self.limits
        if limits.rotation and _waves_apart(job, stay) <= limits.rotation:
            return Bar.ROTATION
        if limits.lockout_days and _too_near(job, stay, limits.lockout_days):
            return Bar.LOCKOUT
        return None

    def full(self, job: Job, evaluator_id: int) -> bool:
        most = self.limits.most_visits
        return bool(most) and job.wave is not None and self._used(job, evaluator_id) >= most

    def _used(self, job: Job, evaluator_id: int) -> int:
        """Visits of the evaluator in the wave of ``job``, itself not counted."""
        own = self._where.get(job.key)
        mine = own is not None and own.evaluator_id == evaluator_id and own.wave == job.wave
        return self._load[job.wave, evaluator_id] - mine

    def conflicts(
        self, worker: Worker, job: Job, needs: Needs, visit_id: int | None = None
    ) -> Iterator[Conflict]:
        """All that speaks against ``worker`` making the visit."""
        if not worker.active:
            yield Conflict(Bar.ARCHIVED, job.place, worker.code, visit_id)
        told: dict[str, object]
        for bar, missing in lacking(worker, needs):
            told = {"words": ", ".join(sorted(missing))}
            yield Conflict(bar, job.place, worker.code, visit_id, told)
        for bar, stay in self._barring(job):
            if stay.evaluator_id == worker.id:
                told = self.told(bar, stay)
                yield Conflict(bar, job.place, worker.code, visit_id, told, stay.key)
        if self.full(job, worker.id):
            used = {"count": self._used(job, worker.id), "most": self.limits.most_visits}
            wave = self.wave_name(job.wave)
            yield Conflict(Bar.FULL, job.place, worker.code, visit_id, used | {"wave": wave})

    def by_evaluator(self) -> dict[int, dict[int, list[Stay]]]:
        """The stays of each evaluator at each location."""
        found: dict[int, dict[int, list[Stay]]] = defaultdict(lambda: defaultdict(list))
        for location, stays in self._at.items():
            for stay in stays.values():
                found[stay.evaluator_id][location].append(stay)
        return found

    def load(self, wave: int | None, evaluator_id: int) -> int:
        """Visits of an evaluator in a wave."""
        return self._load[wave, evaluator_id]

    def told(self, bar: Bar, stay: Stay) -> dict[str, object]:
        if bar is Bar.ROTATION:
            return {"wave": self.wave_name(stay.wave), "least": self.limits.rotation}
        return {"day": stay.first or stay.last, "least": self.limits.lockout_days}

    def wave_name(self, wave: int | None) -> str:
        known = wave is not None and 0 <= wave < len(self.limits.waves)
        return self.limits.waves[wave] if known and wave is not None else ""


def _waves_apart(job: Job, stay: Stay) -> float:
    """Infinite where one of them is in no wave of the program."""
    if job.wave is None or stay.wave is None:
        return math.inf
    return abs(job.wave - stay.wave)


def _too_near(job: Job, stay: Stay, least: int) -> bool:
    """Whether any of their days lie within ``least`` days of each other; without days none do."""
    if job.first is None or job.last is None or stay.first is None or stay.last is None:
        return False
    return (job.first - stay.last).days <= least and (stay.first - job.last).days <= least


def lacking(worker: Worker, needs: Needs) -> Iterator[tuple[Bar, frozenset[str]]]:
    """What a visit needs and an evaluator has not."""
    if needs.languages - worker.languages:
        yield Bar.LANGUAGE, needs.languages - worker.languages
    if needs.qualifications - worker.qualifications:
        yield Bar.QUALIFICATION, needs.qualifications - worker.qualifications


# words

_RULED_OUT = {
    Bar.ARCHIVED: mark("{count} archived ({names})"),
    Bar.LANGUAGE: mark("{count} without a language that is needed ({names})"),
    Bar.QUALIFICATION: mark("{count} without a qualification that is needed ({names})"),
    Bar.ROTATION: mark("{count} there in a wave too close ({names})"),
    Bar.LOCKOUT: mark("{count} there within the lock-out days ({names})"),
    Bar.FULL: mark("{count} with as many visits as one may have ({names})"),
}


def unassigned_text(
    place: str, on: date | None, ruled_out: Iterable[RuledOut], language: str
) -> str:
    """Why nobody may make a visit, in one sentence."""
    reasons = "; ".join(_ruled_out_text(each, language) for each in ruled_out)
    if not reasons:
        reasons = WORDS.text(language, "there is no evaluator to choose from")
    if on is None:
        return WORDS.text(language, "Nobody for {place}: {reasons}.", place=place, reasons=reasons)
    return WORDS.text(
        language,
        "Nobody for {place} on {day}: {reasons}.",
        place=place,
        day=read_day(on, language),
        reasons=reasons,
    )


def _ruled_out_text(ruled_out: RuledOut, language: str) -> str:
    codes = ruled_out.evaluators
    named = ", ".join(codes[:NAMED])
    more = len(codes) - NAMED
    if more > 0:
        named = WORDS.text(language, "{names} and {count} more", names=named, count=more)
    return WORDS.text(language, _RULED_OUT[ruled_out.bar], count=len(codes), names=named)
