"""The frozen snapshot: all that a report may say, and nothing else. JSON both ways, hashed.

Client-safe by construction: there is no field for an evaluator's name, a device, a place by GPS,
a file name or a receipt. Rendering reads only this; a correction is a new snapshot.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from forms.answers import Answer, AnswerKey, Value
from forms.scorecard import Scorecard
from forms.tags import Cause

FORMAT = "auditor-report/1"


class PageSize(StrEnum):
    A4 = "a4"
    LETTER = "letter"


class Daypart(StrEnum):
    """What a client sees where exact times are kept from it."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class PartName(StrEnum):
    """A part of the location report after the summary, which always comes first."""

    TREND = "trend"
    FAILED = "failed"
    JOURNEY = "journey"
    QUESTIONS = "questions"
    NARRATIVE = "narrative"
    ACTIONS = "actions"
    PHOTOS = "photos"
    LEDGER = "ledger"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Template:
    """Which parts a report has, in this order; the default is all. The seal is always printed:
    after the ledger, or at the end where there is none.

    ``blank_actions``: each finding without an action gets a row to write on.
    """

    name: str = ""
    parts: tuple[PartName, ...] = tuple(PartName)
    cover: bool = False
    blank_actions: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """``colour`` and ``colour2`` are ``#RRGGBB``; ``logo`` is the SHA-256 of a JPEG or PNG (with
    or without transparency) given among the images; ``footer`` stands at every page's foot."""

    name: str
    colour: str
    colour2: str
    logo: str | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    code: str
    name: str
    address: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """``time`` ("14:05") or ``daypart``, or neither; ``evaluator`` is a code, never a name."""

    number: str
    revision: str
    reviewed: bool
    on: date
    evaluator: str
    time: str | None = None
    daypart: Daypart | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A print-size JPEG by its SHA-256; ``turn`` is how far it was turned clockwise, in degrees."""

    sha256: str
    caption: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered to one question: hidden answers never get here.

    ``files`` counts evidence that paper cannot show: recordings and files. Where the visit tells
    a daypart only, so do times: ``value`` is then a ``Daypart``, or ``2026-11-12 morning``.
    ``translation`` is the comment in the report's language, as an editor entered it.
    """

    question: str
    instance: int = 0
    value: Value | None = None
    not_applicable: bool = False
    comment: str = ""
    photos: tuple[Photo, ...] = ()
    files: int = 0
    translation: str = ""

    @property
    def key(self) -> AnswerKey:
        return (self.question, self.instance)

    @property
    def answer(self) -> Answer:
        evidence = tuple(photo.sha256 for photo in self.photos)
        return Answer(self.value, self.not_applicable, self.comment, evidence)


@dataclass(frozen=True, slots=True)
class PastVisit:
    """An earlier visit of the location with the same checklist id. ``n`` visits stand behind it.

    ``sections`` are the ratios (0 to 1) by section id; ``failed`` the ids of failed questions.
    """

    on: date
    wave: str
    score: Decimal
    sections: dict[str, Fraction] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    n: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """The other locations' latest visits in the wave: their mean, and the standard deviation
    between them (None for one)."""

    mean: Fraction
    n: int
    deviation: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rank:
    """The place among ``of`` locations of the wave, by the mean of each one's last ``visits``
    visits (four at most); a location with one visit is counted in ``single`` and not ranked.

    ``tied`` other locations have the same mean, as printed. ``near`` are the best and the worst
    place whose mean is no further away than chance may move it (None where that is not known).
    """

    place: int
    of: int
    mean: Fraction
    visits: int
    tied: int = 0
    near: tuple[int, int] | None = None
    single: int = 0


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """How often each value was given to a CSAT, NPS or CES question, as (value, visits): on the
    location's last four visits with this one, and on those of the wave's other locations."""

    question: str
    location: tuple[tuple[int, int], ...] = ()
    network: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """``target`` is the program's, else the pass mark. ``usual_change`` is how far a location's
    score usually moves between two visits (standard deviation of ``changes`` such moves)."""

    target: Decimal | None = None
    network: Network | None = None
    usual_change: Decimal | None = None
    changes: int = 0
    rank: Rank | None = None
    indices: tuple[IndexCounts, ...] = ()


class ActionStatus(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"  # says its owner
    CLOSED = "closed"  # seen by the office
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done about a finding. ``question`` is an id of this checklist, or "";
    ``number`` is printed where the checklist has no such question any more. ``owner`` is a role.
    ``carried`` is the date of the earlier visit that it comes from."""

    finding: str
    action: str
    question: str = ""
    number: str = ""
    cause: Cause | None = None
    owner: str = ""
    due: date | None = None
    status: ActionStatus = ActionStatus.OPEN
    carried: date | None = None


class Role(StrEnum):
    """Who changed something: never a name."""

    EVALUATOR = "evaluator"
    EDITOR = "editor"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a revision, in the order in which they were made.

    ``question`` is "" where the whole visit is meant. ``was``, ``now`` and ``why`` are words as
    they are printed. Points are points of the total (None: not scored); scores are those of the
    whole visit before and after this change, so that the steps of all changes add up.
    """

    question: str
    was: str
    now: str
    why: str
    role: Role
    instance: int = 0
    points_before: Fraction | None = None
    points_after: Fraction | None = None
    score_before: Decimal | None = None
    score_after: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """The report of an earlier revision that was issued last: what the reader of this one has.

    ``sections`` are the ratios (0 to 1) by section id; ``why`` the visit was opened again, in the
    words of whoever did it.
    """

    revision: str
    created: date
    score: Decimal | None = None
    sections: dict[str, Fraction] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """What doing ``questions`` fully would make of the score: a re-score, not a sum."""

    questions: tuple[AnswerKey, ...]
    score: Decimal


@dataclass(frozen=True)  # no slots: its hash is kept
class ReportSnapshot:
    """``created`` is the printed date and the only clock. ``checklist`` is canonical JSON.

    ``verdict`` is the editor's sentence; empty lets the report propose one. ``history`` goes from
    the oldest to the last visit before this one. ``changes`` are those since ``before``.
    """

    language: str
    page: PageSize
    created: date
    brand: Brand
    client: str
    location: Location
    program: str
    wave: str
    visit: Visit
    checklist: str
    checklist_version: str
    checklist_sha256: str
    answers: tuple[Said, ...]
    scorecard: Scorecard
    engine: str
    history: tuple[PastVisit, ...] = ()
    comparison: Comparison = Comparison()
    worth: Worth | None = None
    verdict: str = ""
    template: Template = Template()
    actions: tuple[Action, ...] = ()
    changes: tuple[Change, ...] = ()
    before: Before | None = None

    def to_json(self) -> str:
        """Canonical: sorted keys, no spaces; ``from_json`` gives an equal snapshot back."""
        from reports.snapshot_json import encode

        tree = {"format": FORMAT, **encode(self)}
        return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ReportSnapshot:
        """Raises ReportError for text that is no snapshot of this format."""
        from reports.snapshot_json import decode

        return decode(text)

    @classmethod
    def from_own_json(cls, text: str) -> ReportSnapshot:
        """``text`` is what ``to_json`` gave a moment ago, in this process or the one that sent it:
        its hash need not be worked out from the snapshot again."""
        made = cls.from_json(text)
        made.__dict__["content_hash"] = seal_of(text)
        return made

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of ``to_json``: the seal of the report."""
        return seal_of(self.to_json())


def seal_of(text: str) -> str:
    """The seal of a report: the hash of its snapshot's JSON."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
