"""Evidence of visits: files by their hash, with the pictures made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.errors import NotFoundError
from auditor.domain.records import EvidenceRecord
from auditor.services import orphans
from auditor.services.kept import keep, make_turned
from auditor.services.pictures import Prepared, prepare
from auditor.store import saving
from auditor.store.evidence import EvidenceFiles
from auditor.store.queries import drafts as draft_queries
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import (
    ANSWER,
    BRAND,
    CORRECTIVE_ACTION,
    EVIDENCE,
    PROGRAM,
    VISIT,
    VISIT_EVIDENCE,
)
from auditor.store.types import json_text
from auditor.store.units import Store, Unit
from forms.answers import AnswerKey


class Evidence:
    def __init__(self, store: Store) -> None:
        self._store = store
        self.files = EvidenceFiles(store.folder)

    def of_visit(self, visit_id: int) -> dict[str, EvidenceRecord]:
        return self._store.read(visit_queries.evidence, visit_id, self.files)

    def record(self, visit_id: int, sha256: str) -> EvidenceRecord:
        """Raises NotFoundError."""
        found = self.of_visit(visit_id).get(sha256)
        if found is None:
            raise NotFoundError("evidence", "There is no such file in this visit.")
        return found

    def keep_files(self, prepared: Prepared) -> None:
        """Make the files of ``prepared`` durable. Raises NotSavedError."""
        keep(self._store.folder, prepared)

    def make_turned(self, record: EvidenceRecord, turn: int) -> None:
        """See ``kept.make_turned``."""
        make_turned(self._store.folder, record, turn)

    def keep_picture(self, source: Path | bytes, name: str = "") -> str:
        """Keep a picture that belongs to no visit (a logo); returns its hash."""
        prepared = prepare(source, name)
        self.keep_files(prepared)
        with self._store.unit() as unit:
            insert_row(unit, prepared)
        return prepared.sha256

    def elsewhere(self, visit_id: int, sha256: str) -> tuple[str, ...]:
        """The numbers of other visits that hold the very same file."""
        return self._store.read(draft_queries.elsewhere, visit_id, sha256).get(sha256, ())

    def known(self) -> frozenset[str]:
        """The hashes of all files that a row names."""
        query = select(EVIDENCE.c.sha256)
        return self._store.read(lambda connection: frozenset(connection.execute(query).scalars()))

    def sweep(self, found: Iterable[Path] | None = None) -> int:
        """Remove files that nothing names, backups and set-aside databases included (see
        ``orphans``): those of ``found``, else all. Returns how many. Never by itself."""
        self._store.require_write()
        return orphans.remove(
            self._store, orphans.find(self._store).free if found is None else found
        )


def insert_row(unit: Unit, prepared: Prepared) -> None:
    """The row of a file that is on disk already; nothing happens when it is known."""
    taken = prepared.taken_at
    values = {
        "sha256": prepared.sha256,
        "media_type": prepared.media_type,
        "bytes": prepared.size,
        "width": prepared.width,
        "height": prepared.height,
        "taken_at": None if taken is None else taken.isoformat(),
        "created_at": unit.at,
    }
    unit.execute(upsert(EVIDENCE).values(**values).on_conflict_do_nothing())


def link(unit: Unit, visit_id: int, prepared: Prepared) -> None:
    """Put the file into the visit; a file that is there already keeps its name and caption."""
    values = {
        "visit_id": visit_id,
        "sha256": prepared.sha256,
        "name": prepared.name,
        "kind": prepared.kind,
        "added_at": unit.at,
    }
    unit.execute(upsert(VISIT_EVIDENCE).values(**values).on_conflict_do_nothing())


def name_it(unit: Unit, visit_id: int, key: AnswerKey | None, sha256: str) -> None:
    """Name the file in the answer of ``key``, or in the tray, where it is not named yet: a file
    that a crash leaves in the visit is still seen by the person."""
    if key is None:
        tray = draft_queries.tray(unit.connection, visit_id)
        if sha256 not in tray:
            ours = update(VISIT).where(VISIT.c.id == visit_id)
            unit.execute(ours.values(tray=[*tray, sha256]))
        return
    columns = {"visit_id": visit_id, "question": key[0], "instance": key[1]}
    held = select(ANSWER.c.evidence).filter_by(**columns)
    named: list[str] = json.loads(unit.execute(held).scalar() or saving.NO_EVIDENCE)
    if sha256 in named:
        return
    values = {"evidence": json_text([*named, sha256]), "updated_at": unit.at}
    row = upsert(ANSWER).values(**columns, **values)
    key_columns = list(columns)
    unit.execute(row.on_conflict_do_update(index_elements=key_columns, set_=values))
    unit.connection.exec_driver_sql(saving.PHOTOS, (visit_id,))


def drop_unnamed(unit: Unit, visit_id: int, named: frozenset[str]) -> None:
    """Take files that no answer names out of the visit. Only rows go: a backup may name them."""
    held = select(VISIT_EVIDENCE.c.sha256).where(VISIT_EVIDENCE.c.visit_id == visit_id)
    unnamed = [sha for sha in unit.execute(held).scalars() if sha not in named]
    for sha256 in unnamed:
        gone = (VISIT_EVIDENCE.c.visit_id == visit_id) & (VISIT_EVIDENCE.c.sha256 == sha256)
        unit.execute(delete(VISIT_EVIDENCE).where(gone))
        forget(unit, sha256)


def forget(unit: Unit, sha256: str) -> None:
    """Remove the row of a file that no visit, brand, program or action holds."""
    holders = (
        VISIT_EVIDENCE.c.sha256, BRAND.c.logo, PROGRAM.c.document, CORRECTIVE_ACTION.c.proof,
    )  # fmt: skip
    for column in holders:
        if unit.execute(select(column).where(column == sha256).limit(1)).scalar() is not None:
            return
    unit.execute(delete(EVIDENCE).where(EVIDENCE.c.sha256 == sha256))
