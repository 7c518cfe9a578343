"""Which visit was made when, and how far it got: three rounds that end with today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from auditor.services.demo_data.brand import PLACES, Round, rounds
from auditor.services.demo_data.stories_central import BLOCKED
from auditor.services.demo_data.stories_north import DECLINING, IMPROVING, VOID_REASON
from auditor.services.demo_data.stories_south import AVERAGE, SLOW, STAR
from auditor.services.demo_data.story import Story

#: The stories of each location, in the order of ``PLACES``, one for each round it was visited in.
STORIES: tuple[tuple[Story, ...], ...] = (STAR, SLOW, IMPROVING, DECLINING, BLOCKED, AVERAGE)
#: Answers after which the evaluator of the open draft went home.
DRAFT_ANSWERS = 37
#: Who began a visit days ahead.
EARLY = "E-04"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit of the demo. Without a story it is planned; ``answers`` None: it is submitted,
    else a draft of so many answers; ``void`` is the reason why it does not count. ``begun``
    is who opened it on the day before today, and has not read the briefing."""

    place: int
    round: Round
    day: date
    story: Story | None = None
    answers: int | None = None
    void: str = ""
    begun: str = ""


def appointments(today: date) -> tuple[Appointment, ...]:
    """Every visit, in the order of its day within its round."""
    first, second, last = rounds(today)
    done = [
        Appointment(place, wave, wave.starts + timedelta(days=22 + 5 * order + 2 * turn), story)
        for turn, wave in enumerate((first, second))
        for order, place in enumerate((0, 3, 5, 1, 4, 2) if turn else (2, 0, 4, 3, 1, 5))
        for story in STORIES[place][turn : turn + 1]
    ]
    return (*done, *_last(last, today))


def _last(wave: Round, today: date) -> tuple[Appointment, ...]:
    def on(place: int, days: int, story: Story | None = None, **more: int | str) -> Appointment:
        day = today + timedelta(days=days)
        return Appointment(place, wave, day, story, **more)  # type: ignore[arg-type]

    star, slow, improving, declining, blocked, average = range(len(PLACES))
    return (
        on(declining, -8, void=VOID_REASON),
        on(star, -7, STAR[2]),
        on(declining, -4, DECLINING[2]),
        on(blocked, -3, BLOCKED[2]),
        on(slow, -1, SLOW[2], answers=DRAFT_ANSWERS),
        on(average, 0),
        on(improving, 4, begun=EARLY),
    )
