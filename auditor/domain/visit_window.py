"""When a visit took place, and what lies outside it. All times are local and naive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditor.domain.facts import VisitFacts
from auditor.domain.suspicion import Said, Suspicion, fingerprint
from auditor.domain.visit_hours import VisitHours, allowed
from auditor.words import mark
from forms import reading
from forms.reading import clock, day, duration
from forms.sureness import Sureness
from forms.words import LANGUAGES

#: Clocks of cameras are a little off, and a photo of the front is taken before the door.
GRACE = timedelta(minutes=10)
#: A visit longer than this has a wrong time.
LONGEST = timedelta(hours=12)
#: A visit that begins late may run into the next day by this much when nobody says when it ended.
_LATE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class VisitWindow:
    """From ``arrived`` to ``left``, else the day of ``at``, the visit's start."""

    at: datetime
    arrived: datetime | None
    left: datetime | None

    @classmethod
    def of(cls, facts: VisitFacts, at: datetime) -> VisitWindow:
        arrived, left = facts.arrived, facts.left
        if arrived is None or left is None or left < arrived:
            arrived = left = None
        return cls(at.replace(tzinfo=None), arrived, left)

    @property
    def causes(self) -> tuple[object, ...]:
        """What it follows from."""
        if self.arrived is None:
            return (self.at.date(),)
        return (self.arrived, self.left)

    def outside(self, taken: datetime) -> Said | None:
        """The sentence about a photo that was taken at ``taken``; None for one of the visit."""
        if self.arrived is None or self.left is None:
            return None if self._on_the_day(taken) else self._other_day(taken)
        if self.arrived - GRACE <= taken <= self.left + GRACE:
            return None
        if not self.arrived - LONGEST <= taken <= self.left + LONGEST:
            return self._other_day(taken)
        return self._beyond(taken, self.arrived, self.left)

    def _on_the_day(self, taken: datetime) -> bool:
        midnight = datetime.combine(self.at.date(), datetime.min.time())
        end = max(midnight + timedelta(days=1), self.at + _LATE)
        return midnight - GRACE <= taken <= end + GRACE

    def _other_day(self, taken: datetime) -> Said:
        visited = (self.arrived or self.at).date()
        return Said(
            mark(
                "Taken on {taken} at {time}, but the visit was on {visited}. Look at the photo: "
                "take it out, or keep it and say why."
            ),
            {"time": taken.strftime("%H:%M")},
            {
                "taken": {language: day(taken.date(), language) for language in LANGUAGES},
                "visited": {language: day(visited, language) for language in LANGUAGES},
            },
        )

    def _beyond(self, taken: datetime, arrived: datetime, left: datetime) -> Said:
        before = taken < arrived
        message = (
            mark(
                "Taken at {time}, {span} before the visit ({arrived}–{left}). Look at the photo: "
                "take it out, or keep it and say why."
            )
            if before
            else mark(
                "Taken at {time}, {span} after the visit ({arrived}–{left}). Look at the photo: "
                "take it out, or keep it and say why."
            )
        )
        times = {"time": taken, "arrived": arrived, "left": left}
        values = {name: moment.strftime("%H:%M") for name, moment in times.items()}
        return Said(message, values, {"span": _span(arrived - taken if before else taken - left)})


def odd_facts(
    facts: VisitFacts, at: datetime, hours: Sequence[VisitHours] = ()
) -> Iterator[Suspicion]:
    """What arrival and departure say against each other, against the day of the visit and against
    the ``hours`` in which the program wants it."""
    at = at.replace(tzinfo=None)
    arrived, left = facts.arrived, facts.left
    if arrived is not None and not allowed(hours, arrived):
        yield _outside_hours(arrived)
    if arrived is not None and arrived.date() != at.date():
        yield _other_day("arrived-other-day", arrived, at)
    if left is not None and _left_elsewhen(arrived, left, at):
        yield _other_day("left-other-day", left, at)
    if arrived is None or left is None:
        return
    if left < arrived:
        yield _backwards(arrived, left)
    elif left - arrived > LONGEST:
        yield _long(arrived, left)


def _left_elsewhen(arrived: datetime | None, left: datetime, at: datetime) -> bool:
    """A visit past midnight is none on two days; nor is a long or backward one said twice."""
    if left.date() == at.date():
        return False
    if arrived is None:
        return not at <= left <= at + LONGEST
    return arrived.date() != at.date() and arrived.date() != left.date()


def _other_day(code: str, moment: datetime, at: datetime) -> Suspicion:
    message = {
        "arrived-other-day": mark(
            "The arrival is on {day}, but the visit is of {visited}. Correct the day, or keep it "
            "and say why."
        ),
        "left-other-day": mark(
            "The departure is on {day}, but the visit is of {visited}. Correct the day, or keep "
            "it and say why."
        ),
    }[code]
    texts = {
        "day": {language: day(moment.date(), language) for language in LANGUAGES},
        "visited": {language: day(at.date(), language) for language in LANGUAGES},
    }
    return _fact(code, Sureness.LIKELY, Said(message, {}, texts), moment, at.date())


def _outside_hours(arrived: datetime) -> Suspicion:
    message = mark(
        "The arrival, {day} at {time}, is outside the visit windows of the program. Correct the "
        "time, or keep it and say why."
    )
    texts = {"day": {language: day(arrived.date(), language) for language in LANGUAGES}}
    said = Said(message, {"time": clock(arrived.time())}, texts)
    return _fact("outside-hours", Sureness.CERTAIN, said, arrived)


def _backwards(arrived: datetime, left: datetime) -> Suspicion:
    message = mark(
        "The departure at {left} is before the arrival at {arrived}. Correct one of them."
    )
    if arrived.date() != left.date():
        texts = {"arrived": _moment(arrived), "left": _moment(left)}
        said = Said(message, {}, texts)
    else:
        said = Said(message, {"arrived": clock(arrived.time()), "left": clock(left.time())})
    return _fact("departure-before-arrival", Sureness.CERTAIN, said, arrived, left)


def _long(arrived: datetime, left: datetime) -> Suspicion:
    message = mark(
        "From arrival to departure are {span}. Correct one of the times, or keep them and say why."
    )
    said = Said(message, {}, {"span": _span(left - arrived)})
    return _fact("visit-long", Sureness.LIKELY, said, arrived, left)


def _fact(code: str, sure: Sureness, said: Said, *causes: object) -> Suspicion:
    return Suspicion(code, f"facts:{code}", fingerprint(code, *causes), None, None, sure, said)


def _span(span: timedelta) -> dict[str, str]:
    """Whole minutes in words: "2 h 10 min"."""
    seconds = round(span.total_seconds()) // 60 * 60
    return {language: duration(seconds, language) for language in LANGUAGES}


def _moment(moment: datetime) -> dict[str, str]:
    return {language: reading.moment(moment, language) for language in LANGUAGES}
