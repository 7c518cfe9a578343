"""Entering reports that lie on disk for a client: which bytes, when, and what they say.

What cannot be entered stays on disk: a report is never lost for the sake of its entry.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.changes import Changes
from auditor.domain.errors import UserError
from auditor.domain.issued import Kind, revision_number
from auditor.store import events
from auditor.store.queries import issued as issued_queries
from auditor.store.tables import ISSUED_REPORT, ISSUED_SNAPSHOT, VISIT
from auditor.store.times import uuid7
from auditor.store.types import json_text
from auditor.store.units import Store, Unit
from auditor.words import Words
from reports.snapshot import seal_of as seal_of
from reports.stamp import pack_seal

if TYPE_CHECKING:
    from reports.protecting import Protection
    from reports.render import RenderedReport as RenderedReport

#: A snapshot of a program of thousands of locations has a few megabytes.
MOST_BYTES = 200_000_000
#: Entered in one transaction at most: a save of an answer passes between two.
AT_ONCE = 50

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a report says, small enough to hold thousands: the deflated JSON of its snapshot
    without the ``checklist``, whose hash stands apart ("" for a report of many visits)."""

    seal: str
    checklist: str
    body: bytes
    language: str
    revision: int
    template: str


def press(snapshot: str) -> Pressed:
    """Of a snapshot's canonical JSON, a location's or a program's."""
    tree: dict[str, Any] = json.loads(snapshot)
    checklist = tree.pop("checklist", None)
    visit, template = tree.get("visit"), tree.get("template")
    return Pressed(
        seal=seal_of(snapshot),
        checklist="" if checklist is None else str(tree["checklist_sha256"]),
        body=zlib.compress(_bytes(json_text(tree)), 6),
        language=str(tree["language"]),
        revision=revision_number(visit["revision"]) if isinstance(visit, dict) else 1,
        template=template["name"] if isinstance(template, dict) else "",
    )


def unpress(body: bytes, checklist: str | None, seal: str) -> str | None:
    """The snapshot's JSON again; None where it is not the one of that seal."""
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(body, MOST_BYTES).decode("utf-8", "surrogatepass")
        tree: dict[str, Any] = json.loads(text)
    except (zlib.error, ValueError):
        return None
    if checklist is not None:
        tree["checklist"] = checklist
    found = json_text(tree)
    return found if seal_of(found) == seal else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Member:
    """A report that is bound into a pack, with its own pages."""

    visit_id: int
    what: Pressed
    pages: int


@dataclass(frozen=True, slots=True)
class Issue:
    """A file that lies on disk whole. Of a pack there are ``members`` instead of ``what``."""

    kind: Kind
    file_name: str
    sha256: str
    pages: int
    language: str
    what: Pressed | None = None
    visit_id: int | None = None
    wave_id: int | None = None
    members: tuple[Member, ...] = ()
    has_password: bool = False
    is_signed: bool = False

    @property
    def seal(self) -> str:
        return pack_seal(m.what.seal for m in self.members) if self.what is None else self.what.seal


def location(
    visit_id: int, snapshot: str, made: RenderedReport, by: Protection | None = None
) -> Issue:
    """The report of one visit; ``snapshot`` is the JSON that it was drawn from."""
    return replace(_one(Kind.LOCATION, snapshot, made, by), visit_id=visit_id)


def program(
    wave_id: int, snapshot: str, made: RenderedReport, by: Protection | None = None
) -> Issue:
    return replace(_one(Kind.PROGRAM, snapshot, made, by), wave_id=wave_id)


def _one(kind: Kind, snapshot: str, made: RenderedReport, by: Protection | None) -> Issue:
    what = press(snapshot)
    return Issue(
        kind, made.path.name, made.sha256, made.pages, what.language, what,
        has_password=_locked(by), is_signed=_signed(by),
    )  # fmt: skip


def copied(visit_id: int, snapshot: str, path: Path, pages: int, sha256: str) -> Issue:
    """A copy of a report that was looked at, saved or sent as ``path``."""
    what = press(snapshot)
    return Issue(Kind.LOCATION, path.name, sha256, pages, what.language, what, visit_id=visit_id)


def pack(
    wave_id: int | None,
    members: Sequence[Member],
    made: RenderedReport,
    by: Protection | None = None,
) -> Issue:
    """Location reports as one file. ``members`` are at least one."""
    return Issue(
        Kind.PACK, made.path.name, made.sha256, made.pages, members[0].what.language,
        wave_id=wave_id, members=tuple(members), has_password=_locked(by), is_signed=_signed(by),
    )  # fmt: skip


def _locked(by: Protection | None) -> bool:
    return by is not None and bool(by.password)


def _signed(by: Protection | None) -> bool:
    return by is not None and by.credential is not None


class Issuing:
    def __init__(self, store: Store) -> None:
        self._store = store

    def enter(self, issues: Sequence[Issue]) -> None:
        """All of ``issues``, ``AT_ONCE`` in a transaction. Raises UserError where nothing can be
        written; the files stay."""
        for at in range(0, len(issues), AT_ONCE):
            with self._store.unit() as unit:
                _enter(unit, issues[at : at + AT_ONCE])

    def lacking(self, seals: Iterable[str]) -> set[str]:
        """Those of ``seals`` with which no file was issued yet."""
        wanted = set(seals)
        return wanted - self._store.read(issued_queries.known_seals, wanted)

    def snapshot(self, seal: str) -> str | None:
        """The JSON of what reports of that seal say; None where it was erased or is damaged."""
        found = self._store.read(issued_queries.snapshot, seal)
        if found is None:
            return None
        text = unpress(*found, seal)
        if text is None:
            logger.error("the snapshot kept under seal %s is damaged", seal[:12])
        return text


def _enter(unit: Unit, issues: Sequence[Issue]) -> None:
    visits = {i.visit_id for i in issues} | {m.visit_id for i in issues for m in i.members}
    waves = _waves(unit, visits - {None})
    told: list[str] = []
    for issue in issues:
        head = {
            "file_sha256": issue.sha256, "file_name": issue.file_name, "issued_at": unit.at,
            "has_password": issue.has_password, "is_signed": issue.is_signed,
        }  # fmt: skip
        wave = waves.get(issue.visit_id) if issue.wave_id is None else issue.wave_id
        uid = uuid7()
        told.append(f"{uid} {issue.seal} {issue.sha256}")
        row = {
            **head, "uid": uid, "kind": issue.kind.value, "seal": issue.seal, "wave_id": wave,
            "visit_id": issue.visit_id, "pages": issue.pages, "language": issue.language,
        }  # fmt: skip
        if issue.what is not None:
            _keep(unit, issue.what)
            row |= {"revision": issue.what.revision, "template": issue.what.template}
        key = unit.insert(insert(ISSUED_REPORT).values(**row))
        _enter_members(unit, issue, key, head, waves)
    events.append(unit, issued_queries.ENTERED, None, {"reports": told})
    unit.touch(Changes(issued=frozenset(visit for visit in visits if visit is not None)))


def _enter_members(
    unit: Unit, issue: Issue, pack_id: int, head: dict[str, Any], waves: dict[int | None, int]
) -> None:
    rows = []
    for member in issue.members:
        what = member.what
        _keep(unit, what)
        rows.append(
            {
                **head, "uid": uuid7(), "kind": Kind.BOUND.value, "seal": what.seal,
                "wave_id": waves.get(member.visit_id), "visit_id": member.visit_id,
                "pack_id": pack_id, "pages": member.pages, "language": what.language,
                "revision": what.revision, "template": what.template,
            }
        )  # fmt: skip
    if rows:
        unit.execute(insert(ISSUED_REPORT), rows)


def _keep(unit: Unit, what: Pressed) -> None:
    """The same is said by any number of files, and kept once."""
    new = upsert(ISSUED_SNAPSHOT).values(
        seal=what.seal, checklist=what.checklist or None, body=what.body
    )
    unit.execute(new.on_conflict_do_nothing(index_elements=["seal"]))


def _waves(unit: Unit, visits: set[Any]) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    wanted = sorted(visits)
    for at in range(0, len(wanted), issued_queries.MANY):
        part = wanted[at : at + issued_queries.MANY]
        query = select(VISIT.c.id, VISIT.c.wave_id).where(VISIT.c.id.in_(part))
        found.update({row.id: row.wave_id for row in unit.execute(query)})
    return found


class Entries:
    """Those of one run, entered some at a time. What refuses is kept for the end, never raised:
    the files lie on disk."""

    def __init__(self, issuing: Issuing) -> None:
        self._issuing = issuing
        self._waiting: list[Issue] = []
        self.left = 0
        self.refusal: UserError | None = None

    def add(self, issue: Issue) -> None:
        self._waiting.append(issue)
        if len(self._waiting) >= AT_ONCE:
            self.flush()

    def add_found(self, visit_id: int, snapshot: str, path: Path) -> None:
        """A report that was there already."""
        issue = found(visit_id, snapshot, path)
        if issue is not None:
            self.add(issue)

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            self._issuing.enter(waiting)
        except UserError as error:
            logger.warning("%d reports are not entered as issued: %s", len(waiting), error.code)
            self.left += len(waiting)
            self.refusal = error

    @property
    def missed(self) -> Missed | None:
        return None if self.refusal is None else Missed(self.left, self.refusal)


@dataclass(frozen=True, slots=True)
class Missed:
    """Files that are on disk, and could not be entered as issued."""

    count: int
    refusal: UserError

    def more(self, count: int) -> Missed:
        return Missed(self.count + count, self.refusal)

    def line(self, words: Words) -> str:
        return words.plural(
            "{count} report is on disk, but not entered as issued: {reason}",
            "{count} reports are on disk, but not entered as issued: {reason}",
            self.count,
            reason=self.refusal.text(words.language),
        )


def enter_one(issuing: Issuing, issue: Issue) -> Missed | None:
    entries = Entries(issuing)
    entries.add(issue)
    entries.flush()
    return entries.missed


def found(visit_id: int, snapshot: str, path: Path) -> Issue | None:
    """A report that was there already, as it would be made now; None where it cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        sha256 = digest(path)
    except (OSError, pikepdf.PdfError):
        return None
    what = press(snapshot)
    return Issue(Kind.LOCATION, path.name, sha256, pages, what.language, what, visit_id=visit_id)


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
