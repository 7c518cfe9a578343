"""What does not fit together in a visit: contradicting answers, odd photos, odd times.

A suspicion stops nothing. The evaluator mends it, or keeps it with a reason (``facts.Kept``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from auditor.domain.facts import VisitFacts
from auditor.domain.records import EvidenceRecord
from auditor.domain.suspicion import Said, Suspicion, fingerprint
from auditor.domain.visit_hours import VisitHours
from auditor.domain.visit_window import VisitWindow, odd_facts
from auditor.words import mark
from forms.contradictions import Contradiction, Contradictions
from forms.sureness import Sureness

if TYPE_CHECKING:
    from forms.compiled import CompiledChecklist, Item
    from forms.complaint_words import ComplaintWords
    from forms.filling import Filling

__all__ = ["Inspector", "Sureness", "Suspicion"]

#: The files of a visit by hash.
Files: TypeAlias = Mapping[str, EvidenceRecord]
#: Numbers of the other visits that hold the same file, by hash.
Elsewhere: TypeAlias = Mapping[str, tuple[str, ...]]
#: The visible items that name a photo, in the checklist's order; one that names it twice twice.
_Holders: TypeAlias = dict[str, list["Item"]]


class Inspector:
    """Made once per checklist version and word list; keeps nothing of a visit."""

    def __init__(self, compiled: CompiledChecklist, words: ComplaintWords) -> None:
        self._compiled = compiled
        self._contradictions = Contradictions(compiled, words)

    def all(
        self,
        filling: Filling,
        facts: VisitFacts,
        evidence: Files,
        at: datetime,
        elsewhere: Elsewhere,
        hours: Sequence[VisitHours] = (),
    ) -> tuple[Suspicion, ...]:
        """All of the visit: those of its facts first, then in the checklist's order. ``at`` is
        the visit's start, local time; ``hours``: when the program wants it."""
        found = list(map(_contradicted, self._contradictions.all(filling)))
        window = VisitWindow.of(facts, at)
        for sha256, holders in self._holders(filling, evidence).items():
            found += _odd_photo(sha256, holders, evidence, window, elsewhere)
        return (*odd_facts(facts, at, hours), *self._in_order(found))

    def of(
        self,
        item: Item,
        filling: Filling,
        facts: VisitFacts,
        evidence: Files,
        at: datetime,
        elsewhere: Elsewhere,
    ) -> tuple[Suspicion, ...]:
        """Those of ``all`` that speak of ``item``, in the same order."""
        found = list(map(_contradicted, self._contradictions.of(item, filling)))
        shown = dict.fromkeys(filling.answer(item.id).evidence)
        if shown and filling.relevant(item.id):
            window = VisitWindow.of(facts, at)
            holders = self._holders(filling, evidence, shown.keys())
            for sha256 in shown:
                if sha256 in holders:
                    found += _odd_photo(sha256, holders[sha256], evidence, window, elsewhere)
        return self._in_order(each for each in found if item.id in (each.question, each.other))

    def _holders(
        self, filling: Filling, evidence: Files, among: Set[str] | None = None
    ) -> _Holders:
        """Of all photos of the visit, or of those ``among``."""
        found: list[tuple[Item, tuple[str, ...]]] = []
        for (id, instance), answer in filling.answers.items():
            shown = answer.evidence
            if not shown or instance or (among is not None and among.isdisjoint(shown)):
                continue
            item = self._compiled.find(id)
            if item is not None and filling.relevant(id):
                found.append((item, shown))
        found.sort(key=lambda each: each[0].index)
        holders: _Holders = {}
        for item, shown in found:
            for sha256 in shown:
                if sha256 in evidence and evidence[sha256].kind == "photo":
                    holders.setdefault(sha256, []).append(item)
        return holders

    def _in_order(self, found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
        return tuple(sorted(found, key=self._place))

    def _place(self, suspicion: Suspicion) -> tuple[int, str]:
        place = -1 if suspicion.question is None else self._compiled.item(suspicion.question).index
        return place, suspicion.key


def _contradicted(found: Contradiction) -> Suspicion:
    return Suspicion(
        found.code,
        _key(found.code, found.question, found.other),
        fingerprint(found.code, *found.causes),
        found.question,
        found.other,
        found.sure,
        found.problem,
    )


def _key(code: str, *parts: str | None) -> str:
    return ":".join([code, *(part for part in parts if part is not None)])


def _odd_photo(
    sha256: str, holders: list[Item], evidence: Files, window: VisitWindow, elsewhere: Elsewhere
) -> Iterator[Suspicion]:
    """Outside the visit, and in another visit, are said at the first question that names it."""
    first, taken = holders[0], evidence[sha256].taken_at
    said = window.outside(taken.replace(tzinfo=None)) if taken is not None else None
    if said is not None:
        causes = (sha256, taken, *window.causes)
        yield _photo("photo-outside", sha256, first, None, Sureness.LIKELY, said, *causes)
    visits = elsewhere.get(sha256)
    if visits:
        said = _in_others(visits)
        causes = (sha256, *sorted(visits))
        yield _photo("photo-elsewhere", sha256, first, None, Sureness.CERTAIN, said, *causes)
    yield from _repeated(sha256, holders)


def _repeated(sha256: str, holders: list[Item]) -> Iterator[Suspicion]:
    first = holders[0]
    for item in dict.fromkeys(holders):
        if item is first and holders.count(item) == 1:
            continue
        other = None if item is first else item
        said = _twice(first, other)
        yield _photo("photo-repeated", sha256, first, other, Sureness.CERTAIN, said, sha256)


def _photo(
    code: str,
    sha256: str,
    first: Item,
    other: Item | None,
    sure: Sureness,
    said: Said,
    *causes: object,
) -> Suspicion:
    second = None if other is None else other.id
    key = _key(code, first.id, second, sha256)
    return Suspicion(code, key, fingerprint(code, *causes), first.id, second, sure, said, sha256)


def _in_others(visits: tuple[str, ...]) -> Said:
    message = mark(
        "This photo is also in {visits}. Take it out here, or keep it and say why it belongs to "
        "both."
    )
    return Said(message, {"visits": ", ".join(sorted(visits))})


def _twice(first: Item, other: Item | None) -> Said:
    if other is None:
        message = mark("This photo is twice in {number}. Take one of them out.")
        return Said(message, {"number": first.number})
    message = mark(
        "This photo is in {number} and in {other}. Take it out of one, or keep both and say why."
    )
    return Said(message, {"number": first.number, "other": other.number})
