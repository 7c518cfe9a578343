"""What is said of a photo: when it was taken, where else it stands, what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditor.domain.records import EvidenceRecord
from auditor.domain.suspicions import Suspicion
from auditor.domain.visit_window import LONGEST, VisitWindow
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.kit.text import file_size
from auditor.words import Words
from forms.compiled import Item
from forms.questions.base import When
from forms.reading import day, duration

HOUR = 3600


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """The line under a photo. ``sentence`` says more, where something is ``odd``."""

    text: str
    odd: bool = False
    sentence: str = ""


def takes_photos(item: Item) -> bool:
    """Whether photos may be given with the answer, or are it."""
    if item.kind.is_evidence:
        return item.question.type == "photo"
    return item.takes_answer and item.evidence.photo is not When.NEVER


def places_of(draft: Draft, sha256: str) -> tuple[Item, ...]:
    """The visible items that hold the file, in order."""
    answers = draft.filling.answers.items()
    ids = [key[0] for key, answer in answers if sha256 in answer.evidence]
    found = (draft.compiled.find(id) for id in ids)
    items = [item for item in found if item is not None and draft.filling.relevant(item.id)]
    return tuple(sorted(items, key=lambda item: item.index))


def photo_line(
    draft: Draft,
    words: Words,
    record: EvidenceRecord,
    place: Item | None,
    odd: Iterable[Suspicion],
    *,
    cover: bool,
) -> PhotoLine:
    """``odd`` are the suspicions of ``place`` that are open; ``cover``: it is the first photo."""
    told = tuple(each for each in odd if each.sha256 == record.sha256)
    sentence = "\n".join(each.text(draft.language) for each in told)
    if place is None:
        found = _odd_in_tray(draft, words, record)
    else:
        found = _odd_at(draft, words, record, place, {each.code for each in told})
    if found:
        return PhotoLine(found, odd=True, sentence=sentence or found)
    return PhotoLine(_calm(draft, words, record, cover=cover and place is not None))


def _odd_at(
    draft: Draft, words: Words, record: EvidenceRecord, place: Item, codes: set[str]
) -> str:
    if "photo-outside" in codes and record.taken_at is not None:
        return _outside(draft, words, record.taken_at)
    if "photo-elsewhere" in codes:
        return _also(words, draft.elsewhere.get(record.sha256, ()))
    if "photo-repeated" in codes:
        others = places_of(draft, record.sha256)
        return _also(words, [each.number for each in others if each is not place])
    return ""


def _odd_in_tray(draft: Draft, words: Words, record: EvidenceRecord) -> str:
    """No question holds it yet: what its suspicion will be once one does."""
    taken = record.taken_at
    if taken is not None and VisitWindow.of(draft.facts, draft.at).outside(taken) is not None:
        return _outside(draft, words, taken)
    others = [each.number for each in places_of(draft, record.sha256)]
    return _also(words, [*others, *draft.elsewhere.get(record.sha256, ())])


def _also(words: Words, numbers: Iterable[str]) -> str:
    said = ", ".join(numbers)
    return words("Also in {places}", places=said) if said else ""


def _outside(draft: Draft, words: Words, taken: datetime) -> str:
    """ "12:41, 2 h after the visit"; the day where it is another one."""
    window = VisitWindow.of(draft.facts, draft.at)
    time = taken.strftime("%H:%M")
    if window.arrived is not None and window.left is not None:
        if window.left < taken <= window.left + LONGEST:
            span = _span(taken - window.left, draft.language)
            return words("{time}, {span} after the visit", time=time, span=span)
        if window.arrived - LONGEST <= taken < window.arrived:
            span = _span(window.arrived - taken, draft.language)
            return words("{time}, {span} before the visit", time=time, span=span)
    return words("Another day: {day}", day=day(taken.date(), draft.language))


def _span(span: timedelta, language: str) -> str:
    """Whole hours from one on: the line is short."""
    seconds = round(span.total_seconds())
    if seconds >= HOUR:
        return duration(round(seconds / HOUR) * HOUR, language)
    return duration(max(seconds // 60, 1) * 60, language)


def _calm(draft: Draft, words: Words, record: EvidenceRecord, *, cover: bool) -> str:
    parts = []
    if record.taken_at is not None:
        parts.append(_moment(draft, record.taken_at))
    if cover:
        parts.append(words("cover photo"))
    elif record.turn:
        parts.append(words("original kept"))
    return " · ".join(parts) or words("time unknown")


def _moment(draft: Draft, taken: datetime) -> str:
    time = taken.strftime("%H:%M")
    if taken.date() == draft.at.date():
        return time
    return f"{day(taken.date(), draft.language)} {time}"


def facts_of(draft: Draft, words: Words, record: EvidenceRecord) -> tuple[str, ...]:
    """What the lightbox tells: when, how large, its name, where it stands."""
    return tuple(part for part in _facts(draft, words, record) if part)


def _facts(draft: Draft, words: Words, record: EvidenceRecord) -> Iterator[str]:
    taken = record.taken_at
    if taken is not None:
        yield f"{day(taken.date(), draft.language)} {taken.strftime('%H:%M')}"
    else:
        yield words("time unknown")
    if record.width and record.height:
        yield f"{record.width} × {record.height}"
    yield file_size(record.bytes, words)
    yield record.name
    yield words("turned, the original is kept") if record.turn else ""
    yield _also(words, draft.elsewhere.get(record.sha256, ()))
