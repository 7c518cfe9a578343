"""Corrective actions: made from what a visit found, carried until they are closed. Every change is
told in the trail and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from auditor.domain.actions import (
    CARRIED,
    LONGEST,
    MOVES,
    ActionCounts,
    ActionFilter,
    ActionInput,
    ActionKey,
    ActionRecord,
    ActionStatus,
    Finding,
    MadeActions,
)
from auditor.domain.changes import Changes
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.folding import folded
from auditor.domain.places import Step
from auditor.domain.visits import SUBMITTED
from auditor.services import evidence as evidence_rows
from auditor.services.open_visit import OpenVisit
from auditor.services.pictures import Prepared
from auditor.services.typed import bounded, one_line, prose
from auditor.services.writing import Writing, require_version, row_of
from auditor.store.queries import actions as action_queries
from auditor.store.tables import CORRECTIVE_ACTION, LOCATION
from auditor.words import WORDS, mark
from forms.answers import Answer, AnswerKey
from forms.compiled import Item
from forms.questions.base import text_in
from forms.scorecard import QuestionScore
from forms.scoring import score

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from reports.snapshot import Action

#: Of the evaluator's words in a finding.
_SAID = 200
_FOUND_TOO = mark("Found at visit {number} on {day} as well.")
_DROPPED = mark("Dropped: {reason}")
_TABLE = CORRECTIVE_ACTION.name


class Actions:
    """``last`` is the step of the newest change, for ``undo``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._store = workspace.store
        self._files = workspace.evidence.files
        self._writing = Writing(workspace.store, Changes(actions=True))

    @property
    def last(self) -> Step | None:
        return self._writing.last

    def undo(self, step: Step) -> Step:
        """As ``Places.undo``."""
        return self._writing.undo(step)

    # reading

    def page(
        self,
        wanted: ActionFilter,
        today: date,
        after: ActionKey | None = None,
        limit: int = 50,
    ) -> list[ActionRecord]:
        """The most overdue first; see ``action_queries.page``."""
        return self._store.read(action_queries.page, wanted, self._files, today, after, limit)

    def counts(self, wanted: ActionFilter, today: date) -> ActionCounts:
        return self._store.read(action_queries.counts, wanted, today)

    def get(self, action_id: int) -> ActionRecord:
        """Raises NotFoundError."""
        return self._store.read(action_queries.action, action_id, self._files)

    def owners(self) -> list[str]:
        """Who has actions, by name."""
        return self._store.read(action_queries.owners)

    # from the findings of a visit

    def findings(self, visit_id: int, language: str) -> list[Finding]:
        """What a visit that was handed in found amiss, the costliest first, each with the action
        that it belongs to. Raises NotFoundError, RefusedError ``not_submitted``."""
        from reports.findings import costliest

        opened = self._opened(visit_id)
        known = self._store.read(action_queries.same_finding, visit_id, self._files)
        card = score(opened.compiled, opened.answers, opened.at)
        return [
            _finding(opened, found, language, card.critical, known.get((found.id, found.instance)))
            for found in costliest(card)
        ]

    def _opened(self, visit_id: int) -> OpenVisit:
        opened = self._workspace.visits.open(visit_id)
        if opened.record.status not in SUBMITTED:
            raise RefusedError(
                "visit_not_in",
                "Visit {number} is not handed in yet, so nothing has been found there.",
                number=opened.record.number,
            )
        return opened

    def make(
        self,
        visit_id: int,
        language: str,
        keys: Iterable[AnswerKey] | None = None,
        owner: str = "",
        due: date | None = None,
    ) -> MadeActions:
        """An action for each finding of ``keys`` (None: all), in one change. One that its location
        has already, and that is not closed, is found again: it stays, and is to do again where its
        owner said that it is done.

        Raises NotFoundError, RefusedError: not_submitted, too_long.
        """
        findings = self.findings(visit_id, language)
        chosen = None if keys is None else set(keys)
        wanted = [f for f in findings if chosen is None or (f.question, f.instance) in chosen]
        opened = self._opened(visit_id)
        record = opened.record
        program = self._store.read(action_queries.program_of, visit_id)
        same: dict[str, Any] = {
            "location_id": record.location_id,
            "program_id": program,
            "visit_id": visit_id,
        }
        same |= {"owner": _short("owner", one_line(owner)), "due": due}
        again = WORDS.text(language, _FOUND_TOO, number=record.number,
                           day=_day(record.started_at, record.zone))  # fmt: skip
        made: list[int] = []
        found_again: list[int] = []
        with self._writing.change("action.made", record.number, visit=visit_id) as (unit, journal):
            for finding in wanted:
                known = finding.action
                if known is None:
                    values = _made_values(finding) | same | {"created_at": unit.at}
                    made.append(journal.insert(_TABLE, values | _found_by(values)))
                elif known.visit_id != visit_id:
                    row = row_of(unit, CORRECTIVE_ACTION, known.id, _gone())
                    journal.update(
                        _TABLE, row, _again_values(row, again, later=_later(opened, known))
                    )
                    found_again.append(known.id)
        return MadeActions(tuple(made), tuple(found_again))

    # by hand

    def add(self, location_id: int, given: ActionInput) -> ActionRecord:
        """For a location, without a visit. Raises NotFoundError, RefusedError: no_finding,
        too_long."""
        values = _values(given)
        with self._writing.change("action.added", given.finding[:60]) as (unit, journal):
            here = select(LOCATION.c.id).where(LOCATION.c.id == location_id)
            if unit.execute(here).scalar() is None:
                raise NotFoundError("location", "There is no such location here.")
            values |= {"location_id": location_id, "created_at": unit.at}
            key = journal.insert(_TABLE, values)
        return self.get(key)

    def change(self, action_id: int, given: ActionInput, version: int) -> ActionRecord:
        """``version`` is that of the record which the person looked at. Raises NotFoundError,
        RefusedError: changed_meanwhile, no_finding, too_long."""
        values = _values(given)
        with self._writing.change("action.changed", given.finding[:60], id=action_id) as (
            u,
            journal,
        ):
            row = row_of(u, CORRECTIVE_ACTION, action_id, _gone())
            require_version(row, version, row["finding"][:60])
            if any(row[name] != value for name, value in values.items()):
                journal.update(_TABLE, row, values | {"version": row["version"] + 1})
        return self.get(action_id)

    def set_status(
        self, action_ids: Sequence[int], status: ActionStatus, language: str, reason: str = ""
    ) -> None:
        """Move actions on, or back, as one change; those that stand there already stay. Dropping
        asks for a reason, which is kept in the notes.

        Raises NotFoundError, RefusedError: no_reason, action_move.
        """
        reason = prose(reason)
        if status is ActionStatus.DROPPED and not reason:
            raise RefusedError("no_reason", "Say why it is dropped.")
        kind, told = "action.status", {"ids": list(action_ids), "reason": reason}
        with self._writing.change(kind, status.value, **told) as (unit, journal):
            for key in action_ids:
                row = row_of(unit, CORRECTIVE_ACTION, key, _gone())
                if row["status"] == status.value:
                    continue
                _require_move(row, status)
                values = _moved(row, status, unit.at)
                if reason and status is ActionStatus.DROPPED:
                    line = WORDS.text(language, _DROPPED, reason=reason)
                    values["note"] = _added_note(row["note"], line)
                journal.update(_TABLE, row, values)

    def assign(
        self, action_ids: Sequence[int], *, owner: str | None = None, due: date | None = None
    ) -> None:
        """Give many an owner or a day, as one change. Raises NotFoundError, RefusedError."""
        values: dict[str, Any] = {}
        if owner is not None:
            values["owner"] = _short("owner", one_line(owner))
        if due is not None:
            values["due"] = due
        with self._writing.change("action.assigned", owner or str(due)) as (unit, journal):
            for key in action_ids:
                row = row_of(unit, CORRECTIVE_ACTION, key, _gone())
                if any(row[name] != value for name, value in values.items()):
                    told = _found_by(row | values)
                    journal.update(_TABLE, row, values | told | {"version": row["version"] + 1})

    def set_proof(self, action_id: int, prepared: Prepared | None) -> ActionRecord:
        """The photo that shows that it is done; None takes it away. Its file is durable before the
        action names it. Raises NotFoundError, NotSavedError."""
        if prepared is not None:
            self._workspace.evidence.keep_files(prepared)
        proof = None if prepared is None else prepared.sha256
        name = "" if prepared is None else prepared.name
        with self._writing.change("action.proof", name, id=action_id) as (unit, journal):
            row = row_of(unit, CORRECTIVE_ACTION, action_id, _gone())
            if prepared is not None:
                evidence_rows.insert_row(unit, prepared)
            if (row["proof"], row["proof_name"]) != (proof, name):
                values = {"proof": proof, "proof_name": name, "version": row["version"] + 1}
                journal.update(_TABLE, row, values)
        return self.get(action_id)

    # the report

    def for_report(self, visit_id: int) -> tuple[Action, ...]:
        """The action plan of a visit's report. Raises NotFoundError."""
        found = self._store.read(action_queries.of_report, visit_id, self._files)
        return tuple(_on_paper(record, visit_id) for record in found)


def _on_paper(record: ActionRecord, visit_id: int) -> Action:
    from reports.snapshot import Action
    from reports.snapshot import ActionStatus as Printed

    carried = record.visited_on or record.created_at.date()
    return Action(
        finding=record.finding,
        action=record.action,
        question=record.question,
        cause=record.cause,
        owner=record.owner,
        due=record.due,
        status=Printed(record.status.value),
        carried=None if record.visit_id in (visit_id, None) else carried,
    )


def _finding(
    opened: OpenVisit,
    found: QuestionScore,
    language: str,
    critical: tuple[str, ...],
    action: ActionRecord | None,
) -> Finding:
    item = opened.compiled.item(found.id)
    answer = opened.answers.get((found.id, found.instance), Answer())
    return Finding(
        question=found.id,
        instance=found.instance,
        number=item.number,
        text=_called(item, language),
        answer=item.read(answer, language),
        comment=answer.comment,
        lost=_points(found.lost),
        critical=found.id in critical,
        cause=item.tags.cause,
        action=action,
    )


def _called(item: Item, language: str) -> str:
    short = text_in(item.short, language, item.languages)
    return short or text_in(item.label, language, item.languages)


def _points(lost: Fraction | None) -> str:
    if not lost:
        return ""
    exact = Decimal(lost.numerator) / Decimal(lost.denominator)
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"


def _made_values(finding: Finding) -> dict[str, Any]:
    said = " ".join((finding.comment or finding.answer).split())
    if len(said) > _SAID:
        said = said[:_SAID].rsplit(" ", 1)[0] + "…"
    words = _told(finding.text, said)
    return {
        "question": finding.question,
        "instance": finding.instance,
        "finding": words[: LONGEST["finding"]],
        "cause": finding.cause.value if finding.cause else "",
    }


def _told(asked: str, said: str) -> str:
    """What was asked, then what was seen: "Greeting: nobody", "Was the door open? It was not"."""
    asked = asked.rstrip(" .:;")
    mark_ = " " if asked.endswith(("?", "!", "…")) else ": "
    return f"{asked}{mark_}{said}" if said else asked


def _later(opened: OpenVisit, known: ActionRecord) -> bool:
    """Whether the visit came after the one that the action is from."""
    return known.visited_on is None or opened.at.date() > known.visited_on


def _again_values(row: dict[str, Any], line: str, *, later: bool) -> dict[str, Any]:
    values = {"note": _added_note(row["note"], line), "version": row["version"] + 1}
    if later and row["status"] == ActionStatus.DONE.value:
        values["status"] = ActionStatus.OPEN.value
    return values


def _added_note(note: str, line: str) -> str:
    """The newest line first; what no longer fits is the oldest."""
    return f"{line}\n{note}".strip()[: LONGEST["note"]]


def _values(given: ActionInput) -> dict[str, Any]:
    finding = prose(given.finding)
    if not finding:
        raise RefusedError("no_finding", "Say what was found.")
    values = {
        "finding": _short("finding", finding),
        "action": _short("action", prose(given.action)),
        "cause": given.cause.value if given.cause else "",
        "owner": _short("owner", one_line(given.owner)),
        "due": given.due,
        "note": _short("note", prose(given.note)),
    }
    return values | _found_by(values)


def _found_by(values: dict[str, Any]) -> dict[str, str]:
    """What a search looks in."""
    told = (values.get(name, "") for name in ("finding", "action", "owner"))
    return {"folded": folded(" ".join(told))}


def _short(name: str, text: str) -> str:
    return bounded(text, LONGEST[name])


def _require_move(row: dict[str, Any], status: ActionStatus) -> None:
    if status not in MOVES[ActionStatus(row["status"])]:
        raise RefusedError(
            "action_move",
            "“{finding}” is closed or dropped. Open it again first.",
            finding=row["finding"][:60],
        )


def _moved(row: dict[str, Any], status: ActionStatus, at: datetime) -> dict[str, Any]:
    ended = status not in CARRIED
    return {
        "status": status.value,
        "closed_at": at if ended else None,
        "version": row["version"] + 1,
    }


def _day(moment: datetime | None, zone: str) -> str:
    return "" if moment is None else f"{moment.astimezone(ZoneInfo(zone)):%d/%m/%Y}"


def _gone() -> NotFoundError:
    return NotFoundError("action", "There is no such action here.")
