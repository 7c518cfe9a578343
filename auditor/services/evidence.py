"""Evidence of visits: files by their hash, with the pictures made of them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.domain.errors import NotFoundError
from auditor.domain.records import EvidenceRecord
from auditor.services.pictures import Prepared, prepare, turned
from auditor.store import failures, queries
from auditor.store.evidence import EvidenceFiles
from auditor.store.tables import BRAND, EVIDENCE, PROGRAM, VISIT, VISIT_EVIDENCE
from auditor.store.units import Store, Unit


class Evidence:
    def __init__(self, store: Store) -> None:
        self._store = store
        self.files = EvidenceFiles(store.folder)

    def of_visit(self, visit_id: int) -> dict[str, EvidenceRecord]:
        return self._store.read(queries.evidence, visit_id, self.files)

    def record(self, visit_id: int, sha256: str) -> EvidenceRecord:
        """Raises NotFoundError."""
        found = self.of_visit(visit_id).get(sha256)
        if found is None:
            raise NotFoundError("evidence", "There is no such file in this visit.")
        return found

    def keep_files(self, prepared: Prepared) -> None:
        """Make the files of ``prepared`` durable. Raises NotSavedError."""
        try:
            self.files.write(
                prepared.sha256, prepared.media_type, prepared.content, prepared.pictures
            )
        except OSError as error:
            raise failures.file_failure(error, self._store.folder) from error

    def make_turned(self, record: EvidenceRecord, turn: int) -> None:
        """Have the pictures of a photo, turned clockwise, on disk; any thread may call it. Raises
        RefusedError (unreadable), NotFoundError (the original is gone), NotSavedError."""
        if not turn or self.files.thumb(record.sha256, turn).exists():
            return
        try:
            self.files.write_turned(
                record.sha256, turn, turned(Path(record.path), record.name, turn)
            )
        except OSError as error:
            raise failures.file_failure(error, self._store.folder) from error

    def keep_picture(self, source: Path | bytes, name: str = "") -> str:
        """Keep a picture that belongs to no visit (a logo); returns its hash."""
        prepared = prepare(source, name)
        self.keep_files(prepared)
        with self._store.unit() as unit:
            insert_row(unit, prepared)
        return prepared.sha256

    def same_in_other_visits(self, visit_id: int, sha256: str) -> list[str]:
        """The numbers of other visits that hold the very same file."""
        query = (
            select(VISIT.c.number)
            .select_from(VISIT_EVIDENCE.join(VISIT))
            .where(VISIT_EVIDENCE.c.sha256 == sha256, VISIT.c.id != visit_id)
            .order_by(VISIT.c.number)
        )
        return self._store.read(lambda connection: list(connection.execute(query).scalars()))

    def known(self) -> frozenset[str]:
        """The hashes of all files that a row names."""
        query = select(EVIDENCE.c.sha256)
        return self._store.read(lambda connection: frozenset(connection.execute(query).scalars()))

    def sweep(self) -> int:
        """Remove files that no row names; returns how many. Never by itself: a backup that is
        brought back may name them."""
        self._store.require_write()
        orphans = self.files.orphans(self.known())
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)


def insert_row(unit: Unit, prepared: Prepared) -> None:
    """The row of a file that is on disk already; nothing happens when it is known."""
    taken = prepared.taken_at
    values = {
        "sha256": prepared.sha256,
        "media_type": prepared.media_type,
        "bytes": len(prepared.content),
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


def drop_unnamed(unit: Unit, visit_id: int, named: frozenset[str]) -> None:
    """Take files that no answer names out of the visit. Only rows go: a backup may name them."""
    held = select(VISIT_EVIDENCE.c.sha256).where(VISIT_EVIDENCE.c.visit_id == visit_id)
    unnamed = [sha for sha in unit.execute(held).scalars() if sha not in named]
    for sha256 in unnamed:
        gone = (VISIT_EVIDENCE.c.visit_id == visit_id) & (VISIT_EVIDENCE.c.sha256 == sha256)
        unit.execute(delete(VISIT_EVIDENCE).where(gone))
        _forget(unit, sha256)


def _forget(unit: Unit, sha256: str) -> None:
    """Remove the row of a file that no visit, brand or program holds."""
    for column in (VISIT_EVIDENCE.c.sha256, BRAND.c.logo, PROGRAM.c.document):
        if unit.execute(select(column).where(column == sha256).limit(1)).scalar() is not None:
            return
    unit.execute(delete(EVIDENCE).where(EVIDENCE.c.sha256 == sha256))
