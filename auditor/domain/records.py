"""Frozen records: what queries return and screens show. Rows never leave ``store``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePath

from auditor.domain.facts import VisitRules
from auditor.domain.programs import ProgramInput, Terms, WaveInput, WaveTerms
from auditor.domain.visits import VisitStatus


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """``active``: not archived; nothing new is offered for one that is."""

    id: int
    name: str
    brands: tuple[BrandRecord, ...] = ()
    active: bool = True


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """``colour`` and ``colour2`` are ``#RRGGBB``; ``logo`` is an evidence hash of a picture."""

    id: int
    client_id: int
    name: str
    colour: str
    colour2: str
    logo: str | None = None
    active: bool = True


def place_title(brand: str, location: str) -> str:
    """ "Brand – Location", once where the location's name already begins with the brand's."""
    return location if not brand or location.startswith(brand) else f"{brand} – {location}"


@dataclass(frozen=True, slots=True)
class LocationRecord:
    """``region`` is the path of its names; ``merged_into`` the location that its visits went to,
    as the same place was here twice."""

    id: int
    brand_id: int
    brand: str
    code: str
    name: str
    address: str = ""
    region: str = ""
    active: bool = True
    region_id: int | None = None
    contacts: str = ""
    hours: str = ""
    tags: tuple[str, ...] = ()
    merged_into: int | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class WaveRecord:
    """One round of a program. Days are local; None is open. ``scenario`` says what its evaluators
    are to do, ``own`` where it differs from its program."""

    id: int
    program_id: int
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    scenario: str = ""
    own: WaveTerms = field(default_factory=WaveTerms)
    version: int = 1

    @property
    def given(self) -> WaveInput:
        """What a person may change of it."""
        return WaveInput(self.name, self.starts_on, self.ends_on, self.scenario, self.own)

    def covers(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class ProgramRecord:
    """``briefing`` and ``document`` (the hash of a file of evidence, shown as ``document_name``)
    are read before each of its visits."""

    id: int
    client_id: int
    name: str
    waves: tuple[WaveRecord, ...] = ()
    rules: VisitRules = field(default_factory=VisitRules)
    briefing: str = ""
    document: str | None = None
    document_name: str = ""
    document_type: str = ""
    document_bytes: int = 0
    objectives: str = ""
    terms: Terms = field(default_factory=Terms)
    active: bool = True
    version: int = 1

    @property
    def given(self) -> ProgramInput:
        """What a person may change of it."""
        return ProgramInput(
            self.name, self.objectives, self.briefing, self.rules, self.terms, self.active
        )

    def terms_of(self, wave: WaveRecord) -> Terms:
        """What holds in one of its waves."""
        return wave.own.over(self.terms)


@dataclass(frozen=True, slots=True)
class ChecklistRecord:
    """One stored version of a checklist. ``title`` and ``languages`` come from the checklist."""

    id: int
    checklist_id: str
    version: str
    sha256: str
    title: dict[str, str]
    languages: tuple[str, ...]
    questions: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A row of My visits. Times are UTC; ``planned_for`` is a local date.

    ``number`` is what people call it ("V-0142"). ``answered`` of ``total`` is the progress at the
    last save. ``score`` is the rounded score as text at submission ("83.3"), None before it or
    when nothing was scored; ``band`` its band id. ``score_hidden``: the program keeps the score
    from its evaluators.
    """

    id: int
    number: str
    status: VisitStatus
    revision: int
    location_id: int
    location: str
    location_code: str
    brand: str
    checklist_version_id: int
    checklist: dict[str, str]
    checklist_version: str
    program: str = ""
    wave: str = ""
    evaluator: str = ""
    planned_for: date | None = None
    due: date | None = None
    zone: str = "UTC"
    started_at: datetime | None = None
    saved_at: datetime | None = None
    submitted_at: datetime | None = None
    answered: int = 0
    total: int = 0
    photos: int = 0
    score: str | None = None
    band: str | None = None
    last_section: str | None = None
    last_question: str | None = None
    score_hidden: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A file of a visit by its hash. ``print_path``/``thumb_path`` are JPEGs made when attached
    (orientation applied, turned clockwise by ``turn`` degrees, no EXIF); ``path`` is the untouched
    original. ``taken_at`` is the
    camera's local time, without a zone."""

    sha256: str
    kind: str  # "photo", "audio", "file", "signature"
    media_type: str
    bytes: int
    name: str
    path: str
    width: int = 0
    height: int = 0
    print_path: str | None = None
    thumb_path: str | None = None
    caption: str = ""
    taken_at: datetime | None = None
    turn: int = 0
    missing: bool = False

    def turned(self, degrees: int) -> EvidenceRecord:
        """The record once its pictures are turned so far, clockwise."""
        name = picture_name(self.sha256, degrees)
        paths = (
            None if path is None else str(PurePath(path).with_name(name))
            for path in (self.print_path, self.thumb_path)
        )
        print_path, thumb_path = paths
        return replace(self, turn=degrees, print_path=print_path, thumb_path=thumb_path)


def picture_name(sha256: str, turn: int = 0) -> str:
    """The file of a picture made of a photo, turned clockwise by ``turn`` degrees."""
    return f"{sha256}.{turn}.jpg" if turn else f"{sha256}.jpg"


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """How many visits stand in each status."""

    by_status: dict[VisitStatus, int] = field(default_factory=dict)

    def of(self, *statuses: VisitStatus) -> int:
        return sum(self.by_status.get(status, 0) for status in statuses)
