"""A made-up report in the looks of a client: what a change of branding does, before anybody has
been anywhere. The visits are those of the demo; brand, footer, page and template are the client's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from auditor.domain.branding import Dress
from auditor.domain.facts import daypart_of
from auditor.services.branding import paper_brand, paper_page, paper_template
from auditor.services.demo_data.brand import PLACES, PROGRAM
from auditor.services.demo_data.stories_south import SLOW
from auditor.services.demo_data.story import Story
from auditor.services.demo_data.telling import answer, by_question, pictures
from auditor.services.pictures import prepare
from forms import library
from forms.answers import Answer, AnswerKey
from forms.canonical import canonical_json, content_hash
from forms.compiled import CompiledChecklist
from forms.filling import Filling
from forms.formats.native import read
from forms.scorecard import ENGINE_VERSION, Scorecard, Status
from forms.scoring import score
from reports.findings import costliest, worth
from reports.snapshot import (
    Action,
    ActionStatus,
    Brand,
    Comparison,
    Daypart,
    Location,
    Network,
    PageSize,
    PastVisit,
    Photo,
    Rank,
    ReportSnapshot,
    Said,
    Visit,
)

_CHECKLIST = "cafe-visit"
_PLACE = 1
#: The one with most to tell comes last.
_STORIES = SLOW[::-1]
#: Photos that are drawn for it: each takes a moment.
_PHOTOS = 4
_NUMBER = "V-0000"
_PLANNED = ("Quản lý quán", "Trưởng ca", "Bảo trì")


@dataclass(frozen=True, slots=True)
class Sample:
    snapshot: ReportSnapshot
    images: dict[str, Path]

    def in_dress(self, dress: Dress) -> Sample:
        snapshot = replace(
            self.snapshot,
            client=dress.client,
            brand=paper_brand(dress.brand, dress.footer),
            page=paper_page(dress.page),
            template=paper_template(dress.template),
        )
        look = dress.brand
        if look.logo and look.logo_picture:
            return Sample(snapshot, {**self.images, look.logo: Path(look.logo_picture)})
        return Sample(snapshot, self.images)


@dataclass(frozen=True, slots=True)
class _Told:
    """One of the visits."""

    on: date
    story: Story
    answers: dict[AnswerKey, Answer]
    card: Scorecard


def build(folder: Path, language: str, today: date) -> Sample:
    """The sample of today; its pictures go into ``folder``. Takes a second or two: never on the
    window's thread."""
    compiled = _compiled()
    days = [today - timedelta(days=back) for back in (190, 99, 8)]
    shot = _draw(folder, _STORIES[-1], days[-1])
    told = [
        _tell(compiled, story, day, shot if day == days[-1] else {})
        for story, day in zip(_STORIES, days, strict=True)
    ]
    captions = {sha256: caption for sha256, (_, caption, _) in shot.items()}
    images = {sha256: path for sha256, (_, _, path) in shot.items()}
    return Sample(_snapshot(compiled, told, captions, language), images)


@lru_cache(maxsize=1)
def _compiled() -> CompiledChecklist:
    checklist = read(library.path(_CHECKLIST)).checklist
    assert checklist is not None
    return CompiledChecklist(checklist)


def _draw(folder: Path, story: Story, day: date) -> dict[str, tuple[str, str, Path]]:
    """By hash: the question, the caption, and where the picture lies."""
    found = {}
    for picture in pictures(story, day, _PLACE)[:_PHOTOS]:
        prepared = prepare(picture.photo.jpeg(), picture.name)
        assert prepared.pictures is not None
        content = prepared.pictures[0]
        sha256 = hashlib.sha256(content).hexdigest()
        path = folder / f"sample-{sha256[:16]}.jpg"
        path.write_bytes(content)
        found[sha256] = (picture.question, picture.caption, path)
    return found


def _tell(
    compiled: CompiledChecklist,
    story: Story,
    day: date,
    shot: dict[str, tuple[str, str, Path]],
) -> _Told:
    at = datetime.combine(day, story.arrived)
    filling = Filling(compiled, {}, at)
    evidence = by_question({sha256: question for sha256, (question, _, _) in shot.items()})
    answers: dict[AnswerKey, Answer] = {}
    for item in compiled.items:
        if item.takes_answer and filling.relevant(item.id):
            given = answer(item, story, evidence.get(item.id, ()))
            filling.set((item.id, 0), given)
            answers[item.id, 0] = given
    return _Told(day, story, answers, score(compiled, answers, at))


def _snapshot(
    compiled: CompiledChecklist, told: Sequence[_Told], captions: dict[str, str], language: str
) -> ReportSnapshot:
    last = told[-1]
    at = datetime.combine(last.on, last.story.arrived)
    place = PLACES[_PLACE]
    return ReportSnapshot(
        language=language,
        page=PageSize.A4,
        created=last.on,
        brand=Brand("", "#000000", "#000000"),
        client="",
        location=Location(place.code, place.name, place.address, place.region),
        program=PROGRAM,
        wave=f"Q{(last.on.month - 1) // 3 + 1}/{last.on.year}",
        visit=Visit(_NUMBER, "A", True, last.on, last.story.evaluator,
                    daypart=Daypart(daypart_of(at.hour)), minutes=last.story.stay),
        checklist=canonical_json(compiled.checklist),
        checklist_version=compiled.checklist.version,
        checklist_sha256=content_hash(compiled.checklist),
        answers=_said(compiled, last, captions),
        scorecard=last.card,
        engine=ENGINE_VERSION,
        history=tuple(_past(each) for each in told[:-1]),
        comparison=_comparison(compiled),
        worth=worth(compiled, last.answers, at, last.card),
        actions=_actions(compiled, last, told[-2].on, language),
    )  # fmt: skip


def _said(compiled: CompiledChecklist, told: _Told, captions: dict[str, str]) -> tuple[Said, ...]:
    found = []
    for key, given in told.answers.items():
        if told.card.question(key[0]).status is Status.HIDDEN:
            continue
        value = given.value
        if compiled.item(key[0]).question.type == "time" and isinstance(value, str):
            value = daypart_of(int(value[:2])).value
        photos = tuple(Photo(sha256, captions[sha256]) for sha256 in given.evidence)
        found.append(Said(*key, value, given.not_applicable, given.comment, photos))
    return tuple(found)


def _past(told: _Told) -> PastVisit:
    card = told.card
    assert card.score is not None
    return PastVisit(
        told.on,
        f"Q{(told.on.month - 1) // 3 + 1}/{told.on.year}",
        card.score,
        {part.id: part.ratio for part in card.sections if part.ratio is not None},
        tuple(q.id for q in card.questions if q.failed),
    )


def _comparison(compiled: CompiledChecklist) -> Comparison:
    return Comparison(
        target=compiled.checklist.scoring.pass_mark,
        network=Network(Fraction(832, 10), 12, Decimal("6.4000")),
        usual_change=Decimal("6.6000"),
        changes=24,
        rank=Rank(11, 13, Fraction(791, 10), 3),
    )


def _actions(
    compiled: CompiledChecklist, told: _Told, before: date, language: str
) -> tuple[Action, ...]:
    """One in each state that is carried; the first comes from the visit before."""
    states = (ActionStatus.UNDER_WAY, ActionStatus.OPEN, ActionStatus.DONE)
    found = []
    for at, (lost, status) in enumerate(zip(costliest(told.card), states, strict=False)):
        item = compiled.item(lost.id)
        label = item.short or item.label
        text = label if isinstance(label, str) else label.get(language, next(iter(label.values())))
        due = told.on + timedelta(days=7 * at - 3)
        found.append(Action(text, "", lost.id, cause=item.tags.cause, owner=_PLANNED[at], due=due,
                            status=status, carried=before if at == 0 else None))  # fmt: skip
    return tuple(found)
