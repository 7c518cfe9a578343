"""What the report of a program says, gathered from rows: scores, not answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from auditor.domain.errors import NotFoundError
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.visits import REVIEWED
from auditor.services.card_sums import CardSums
from auditor.store.queries import program_reports as rows
from auditor.store.queries import visits as visit_queries
from forms.compiled import CompiledChecklist, Item
from forms.questions.base import text_in
from forms.questions.ces import CesQuestion
from forms.scorecard import ENGINE_VERSION
from reports.figures import rounded
from reports.program.snapshot import (
    Asked,
    CriticalFailure,
    IndexKind,
    Place,
    ProgramSnapshot,
    Rated,
    Scored,
    SectionHead,
    Version,
    Wave,
)
from reports.snapshot import Brand, PageSize

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

T = TypeVar("T")
#: Waves that a report looks back over, its own included.
WAVES = 12
#: Decimals of a percentage that is a mean of floats.
DECIMALS = 6


def nothing(wave: str) -> NotFoundError:
    if not wave:
        return NotFoundError("nothing", "No visit of this program is handed in yet.")
    return NotFoundError("nothing", "No visit of wave {wave} is handed in yet.", wave=wave)


class Gathering:
    """One snapshot on its way. Raises NotFoundError where nothing is handed in."""

    def __init__(
        self, workspace: Workspace, program: ProgramRecord, wave: WaveRecord, language: str
    ) -> None:
        self._workspace = workspace
        self._read = workspace.read
        self._program, self._wave, self._language = program, wave, language
        self._visits = self._read(rows.visits, wave.id)
        if not self._visits:
            raise nothing(wave.name)
        self._checklist = _most(visit.checklist_id for visit in self._visits)
        ours = [visit for visit in self._visits if visit.checklist_id == self._checklist]
        self._ours = [visit for visit in ours if visit.has_score]
        self._unscored = len(ours) - len(self._ours)
        used = Counter(visit.version_id for visit in self._ours or ours)
        #: Versions of the checklist, the most used first.
        self._versions = sorted(used.items(), key=lambda each: (-each[1], -each[0]))
        self._compiled = {key: workspace.checklists.get(key) for key, _ in self._versions}
        known = self._read(rows.waves, program.id)
        at = next(at for at, each in enumerate(known) if each.id == wave.id)
        self._waves = known[max(0, at - WAVES + 1) : at + 1]
        self._sections = self._section_heads()
        ids = [each.id for each in self._waves]
        self._scores = self._read(rows.scores, ids, self._checklist)
        self._scored = {each.wave_id for each in self._scores}

    @property
    def _main(self) -> CompiledChecklist:
        return self._compiled[self._versions[0][0]]

    def snapshot(self, page: PageSize | None, created: date | None) -> ProgramSnapshot:
        study = self._read(rows.study, self._program.id)
        located, places = self._places()
        questions, critical = self._questions(located)
        return ProgramSnapshot(
            language=self._language,
            page=page or PageSize(study.page),
            created=created or self._day(),
            brand=self._brand(located, study.footer),
            client=study.client,
            program=self._program.name,
            waves=self._told_waves(),
            sections=tuple(self._sections.values()),
            places=places,
            target=self._target(study),
            decimals=self._main.checklist.scoring.decimals,
            questions=questions,
            critical=critical,
            indices=self._indices(),
            versions=self._told_versions(),
            engine=ENGINE_VERSION,
            visits=len(self._ours),
            reviewed=sum(visit.status in REVIEWED for visit in self._ours),
            other=len(self._visits) - len(self._ours) - self._unscored,
            unscored=self._unscored,
        )

    def _day(self) -> date:
        """When the last visit was handed in, where it was made."""
        handed = [(v.submitted_at, v.zone) for v in self._visits if v.submitted_at is not None]
        if not handed:
            return self._wave.ends_on or self._wave.starts_on or date(2000, 1, 1)
        at, zone = max(handed)
        return at.astimezone(ZoneInfo(zone)).date()

    def _target(self, study: rows.Study) -> Decimal | None:
        """The wave's, else the program's, else the pass mark."""
        own = next(each.target for each in self._waves if each.id == self._wave.id)
        told = own or study.target
        return Decimal(told) if told else self._main.checklist.scoring.pass_mark

    def _words(self, of: CompiledChecklist, words: str | dict[str, str] | None) -> str:
        return text_in(words, self._language, of.checklist.languages)

    def _section_heads(self) -> dict[str, SectionHead]:
        """Those of the version that most visits have, then what only others have."""
        found: dict[str, SectionHead] = {}
        for key, _ in self._versions:
            compiled = self._compiled[key]
            for section in compiled.checklist.sections:
                title = self._words(compiled, section.title)
                head = SectionHead(section.id, len(found) + 1, title)
                found.setdefault(section.id, head)
        return found

    def _told_versions(self) -> tuple[Version, ...]:
        found = []
        for key, visits in self._versions:
            of = self._compiled[key]
            sha256, _ = self._read(visit_queries.checklist_text, key)
            title = self._words(of, of.checklist.title)
            found.append(Version(title, of.checklist.version, sha256, visits))
        return tuple(found)

    def _told_waves(self) -> tuple[Wave, ...]:
        ids = [each.id for each in self._waves]
        means = self._read(rows.section_means, ids, self._checklist)
        return tuple(
            Wave(
                each.name,
                each.starts_on,
                each.ends_on,
                tuple(_ratio(means.get((each.id, section))) for section in self._sections),
            )
            for each in self._waves
        )

    # locations

    def _places(self) -> tuple[list[rows.LocationRow], tuple[Place, ...]]:
        order = {each.id: at for at, each in enumerate(self._waves)}
        scores: dict[int, list[Scored]] = {}
        for row in self._scores:
            at = -1 if row.wave_id is None else order.get(row.wave_id, -1)
            scores.setdefault(row.location_id, []).append(Scored(at, Decimal(row.score)))
        planned = self._read(rows.planned, self._wave.id)
        ratios = self._read(rows.section_ratios, self._wave.id, self._checklist)
        located = self._read(rows.places, planned | scores.keys())
        places = tuple(
            Place(
                each.code,
                each.name,
                each.region,
                tuple(scores.get(each.id, ())),
                tuple(_mean(ratios.get((each.id, section), ())) for section in self._sections),
                each.id in planned,
            )
            for each in located
        )
        return located, places

    def _brand(self, located: Sequence[rows.LocationRow], footer: str) -> Brand:
        """That of most locations."""
        name, colour, colour2, logo = self._read(
            rows.brand_of, _most(each.brand_id for each in located)
        )
        return Brand(name, colour, colour2, logo, footer)

    # questions

    def _questions(
        self, located: Sequence[rows.LocationRow]
    ) -> tuple[tuple[Asked, ...], tuple[CriticalFailure, ...]]:
        at = {each.id: place for place, each in enumerate(located)}
        sums, items = CardSums(), self._items()
        critical: list[CriticalFailure] = []

        def take(each: rows.Card) -> None:
            sums.add(self._compiled[each.version_id], each.card)
            for question in each.card["critical"]:
                number = items[question].number
                critical.append(CriticalFailure(at[each.location_id], question, number))

        self._read(rows.each_card, self._wave.id, self._checklist, take)
        order = list(self._sections)
        asked = tuple(
            Asked(
                id,
                item.number,
                self._label(item),
                order.index(item.section.id),
                tally.n,
                tally.failed,
                tally.lost,
                bool(item.critical),
            )
            for id, item in items.items()
            if (tally := sums.questions.get(id)) is not None and (tally.n or tally.lost)
        )
        return asked, tuple(sorted(critical, key=lambda each: (each.place, each.number)))

    def _items(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for key, _ in self._versions:
            for item in self._compiled[key].items:
                found.setdefault(item.id, item)
        return found

    def _label(self, item: Item) -> str:
        of = next(c for c in self._compiled.values() if c.find(item.id) is item)
        return self._words(of, item.short) or self._words(of, item.label)

    def _indices(self) -> tuple[Rated, ...]:
        kinds = [kind.value for kind in IndexKind]
        items = [item for item in self._items().values() if item.question.type in kinds]
        if not items:
            return ()
        ids = [item.id for item in items]
        now = self._read(rows.given, self._wave.id, self._checklist, ids)
        last = next((wave for wave in reversed(self._waves[:-1]) if wave.id in self._scored), None)
        before = {} if last is None else self._read(rows.given, last.id, self._checklist, ids)
        return tuple(self._rated(item, now, before) for item in items if item.id in now)

    def _rated(
        self,
        item: Item,
        now: Mapping[str, Mapping[int, int]],
        before: Mapping[str, Mapping[int, int]],
    ) -> Rated:
        effort = item.question if isinstance(item.question, CesQuestion) else None
        return Rated(
            item.number,
            self._label(item),
            IndexKind(item.question.type),
            tuple(sorted(now[item.id].items())),
            tuple(sorted(before.get(item.id, {}).items())),
            7 if effort is None else effort.max,
            effort is None or effort.easy == "high",
        )


def _most(values: Iterable[T]) -> T:
    return Counter(values).most_common(1)[0][0]


def _mean(ratios: Sequence[str]) -> Fraction | None:
    if not ratios:
        return None
    return sum((Fraction(each) for each in ratios), Fraction(0)) / len(ratios)


def _ratio(percent: float | None) -> Fraction | None:
    """A mean of floats, freed of what floats add to it."""
    if percent is None:
        return None
    return Fraction(rounded(Fraction(percent), DECIMALS)) / 100
