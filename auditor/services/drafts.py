"""What a draft holds beside its answers. Each call is on disk when it returns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotFoundError, RefusedError, UserError
from auditor.domain.facts import Kept, VisitFacts
from auditor.domain.visits import VisitStatus
from auditor.services import stopwatches
from auditor.services.evidence import Evidence
from auditor.services.typed import one_line, prose
from auditor.store import saving
from auditor.store.queries import drafts as draft_queries
from auditor.store.saving import NotDraftError
from auditor.store.tables import KEPT_SUSPICION, VISIT, VISIT_EVIDENCE, VISIT_FACT
from auditor.store.units import Store, Unit
from forms.answers import AnswerKey

TURNS = (0, 90, 180, 270)


class Drafts:
    """Raises ``refused(visit id)`` where the visit is no draft, NotSavedError when the disk
    refuses; then nothing is changed."""

    def __init__(
        self, store: Store, evidence: Evidence, refused: Callable[[int], UserError]
    ) -> None:
        self._store = store
        self._evidence = evidence
        self._refused = refused

    @contextmanager
    def _unit(self, visit_id: int) -> Iterator[Unit]:
        """One change of a draft, with its moment."""
        ours = (VISIT.c.id == visit_id) & (VISIT.c.status == VisitStatus.DRAFT.value)
        one = frozenset({visit_id})
        try:
            with self._store.unit() as unit:
                if unit.execute(update(VISIT).where(ours).values(saved_at=unit.at)).rowcount != 1:
                    raise NotDraftError
                unit.touch(Changes(answers=one, visits=one))
                yield unit
        except NotDraftError as error:
            raise self._refused(visit_id) from error

    def save_facts(self, visit_id: int, facts: VisitFacts, zone: str) -> Saved:
        """Keep the facts; ``zone`` is the visit's, in which their times are told."""
        times = {
            "arrived_at": draft_queries.utc_of(facts.arrived, zone),
            "left_at": draft_queries.utc_of(facts.left, zone),
        }
        values = {
            "daypart": None if facts.daypart is None else facts.daypart.value,
            "staff": prose(facts.staff),
            "receipt": one_line(facts.receipt),
            "amount": None if facts.amount is None else f"{facts.amount:f}",
            "currency": facts.currency,
            "purchase": prose(facts.purchase),
            "weather": None if facts.weather is None else facts.weather.value,
            "notes": prose(facts.notes),
        }
        kept = upsert(VISIT_FACT).values(visit_id=visit_id, **values)
        with self._unit(visit_id) as unit:
            unit.execute(kept.on_conflict_do_update(index_elements=["visit_id"], set_=values))
            unit.execute(update(VISIT).where(VISIT.c.id == visit_id).values(**times))
        return Saved(unit.at, unit.changes)

    def save_tray(
        self, visit_id: int, photos: Sequence[str], known: Collection[str] | None = None
    ) -> Saved:
        """The photos that wait for a question, by hash, in the evaluator's order; ``known`` as of
        ``Visits.save_answer``."""
        with self._unit(visit_id) as unit:
            tray = list(photos)
            if known is not None:
                named = draft_queries.tray(unit.connection, visit_id)
                held = partial(_held, unit, visit_id)
                tray += saving.unheard(named, photos, known, held)
            unit.execute(update(VISIT).where(VISIT.c.id == visit_id).values(tray=tray))
        return Saved(unit.at, unit.changes)

    def caption(self, visit_id: int, sha256: str, words: str) -> Saved:
        """Say what a file of the visit shows."""
        with self._unit(visit_id) as unit:
            self._change_file(unit, visit_id, sha256, caption=prose(words))
        return Saved(unit.at, unit.changes)

    def turn(self, visit_id: int, sha256: str, degrees: int) -> Saved:
        """Turn the pictures of a photo clockwise (of 0, 90, 180, 270); the original stays.

        Decoding takes time: have ``Evidence.make_turned`` called on another thread before.
        """
        if degrees not in TURNS:
            raise ValueError(degrees)
        self._evidence.make_turned(self._evidence.record(visit_id, sha256), degrees)
        with self._unit(visit_id) as unit:
            self._change_file(unit, visit_id, sha256, turn=degrees)
        return Saved(unit.at, unit.changes)

    def _change_file(self, unit: Unit, visit_id: int, sha256: str, **values: object) -> None:
        ours: ColumnElement[bool] = VISIT_EVIDENCE.c.visit_id == visit_id
        ours &= VISIT_EVIDENCE.c.sha256 == sha256
        if unit.execute(update(VISIT_EVIDENCE).where(ours).values(**values)).rowcount != 1:
            raise NotFoundError("evidence", "There is no such file in this visit.")

    def keep(self, visit_id: int, key: str, kept: Kept | None) -> Saved:
        """Leave a suspicion as it is, with a reason; None asks again. Raises RefusedError
        ``no_reason``."""
        if kept is not None and not prose(kept.reason):
            raise RefusedError("no_keep_reason", "Say in a few words why this is right.")
        ours = (KEPT_SUSPICION.c.visit_id == visit_id) & (KEPT_SUSPICION.c.key == key)
        with self._unit(visit_id) as unit:
            unit.execute(delete(KEPT_SUSPICION).where(ours))
            if kept is not None:
                told = {"fingerprint": kept.fingerprint, "reason": prose(kept.reason)}
                row = upsert(KEPT_SUSPICION).values(visit_id=visit_id, key=key, **told)
                unit.execute(row.values(kept_at=unit.at))
        return Saved(unit.at, unit.changes)

    def read_briefing(self, visit_id: int) -> Saved:
        """The evaluator has read the briefing; the first time stands."""
        unread = (VISIT.c.id == visit_id) & VISIT.c.briefed_at.is_(None)
        with self._unit(visit_id) as unit:
            unit.execute(update(VISIT).where(unread).values(briefed_at=unit.at))
        return Saved(unit.at, unit.changes)

    def stopwatch(
        self, visit_id: int, key: AnswerKey, started_at: datetime | None, *, moved: bool = False
    ) -> Saved:
        """Remember that a stopwatch runs since ``started_at``; None: it stopped. ``moved``: the
        clock was changed while it ran."""
        with self._unit(visit_id) as unit:
            stopwatches.keep(unit, visit_id, key, started_at, moved=moved)
        return Saved(unit.at, unit.changes)


def _held(unit: Unit, visit_id: int) -> Collection[str]:
    """The files of a visit."""
    query = select(VISIT_EVIDENCE.c.sha256).where(VISIT_EVIDENCE.c.visit_id == visit_id)
    return frozenset(unit.execute(query).scalars())
