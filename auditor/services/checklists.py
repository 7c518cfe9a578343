"""Checklists of the workspace: added once, never changed, compiled once per version."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select

from auditor.domain.changes import Changes
from auditor.domain.errors import RefusedError
from auditor.domain.records import ChecklistRecord
from auditor.store import events
from auditor.store.queries import visits as visit_queries
from auditor.store.tables import CHECKLIST
from auditor.store.units import Store, Unit
from forms import library
from forms.canonical import canonical_json, content_hash, from_canonical
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist
from forms.formats import native
from forms.problems import FormsError
from forms.questions.base import Text


class Checklists:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._compiled: dict[int, CompiledChecklist] = {}

    def add(self, source: Path | bytes, name: str | None = None) -> ChecklistRecord:
        """Read, check and keep a checklist; the same content again is the same record.

        Raises FormsError with all that is wrong with it, and RefusedError ``version_taken`` when
        another content carries the same id and version.
        """
        reading = native.read(source, name)
        if reading.checklist is None:
            raise FormsError(*reading.problems)
        return self.keep(reading.checklist)

    def add_from_library(self, name: str) -> ChecklistRecord:
        """Add a checklist that is shipped (a name of ``forms.library.names()``)."""
        return self.add(library.path(name))

    def keep(self, checklist: Checklist) -> ChecklistRecord:
        """Keep a checklist that is free of problems."""
        sha256 = content_hash(checklist)
        with self._store.unit() as unit:
            query = select(CHECKLIST.c.id).where(CHECKLIST.c.sha256 == sha256)
            key: int | None = unit.execute(query).scalar()
            if key is None:
                key = self._insert(unit, checklist, sha256)
        return self._store.read(visit_queries.checklist, key)

    def _insert(self, unit: Unit, checklist: Checklist, sha256: str) -> int:
        compiled = CompiledChecklist(checklist)
        self._require_free(unit, checklist)
        key = unit.insert(
            insert(CHECKLIST).values(
                checklist_id=checklist.id,
                version=checklist.version,
                sha256=sha256,
                canonical=canonical_json(checklist),
                title=_texts(checklist.title, checklist.languages),
                languages=checklist.languages,
                questions=sum(item.takes_answer for item in compiled.items),
                added_at=unit.at,
            )
        )
        told = {"id": checklist.id, "version": checklist.version, "sha256": sha256}
        events.append(unit, "checklist.added", None, told)
        unit.touch(Changes(checklists=True))
        return key

    def _require_free(self, unit: Unit, checklist: Checklist) -> None:
        taken = select(CHECKLIST.c.id).where(
            CHECKLIST.c.checklist_id == checklist.id, CHECKLIST.c.version == checklist.version
        )
        if unit.execute(taken).scalar() is not None:
            raise RefusedError(
                "version_taken",
                "Another checklist {id} of version {version} is here already, and a version never "
                "changes. Give this one a higher version.",
                id=checklist.id,
                version=checklist.version,
            )

    def get(self, version_id: int) -> CompiledChecklist:
        """The compiled checklist of a stored version, kept: it never changes. NotFoundError."""
        if version_id not in self._compiled:
            _, text = self._store.read(visit_queries.checklist_text, version_id)
            self._compiled[version_id] = CompiledChecklist(from_canonical(text))
        return self._compiled[version_id]


def _texts(text: Text, languages: tuple[str, ...]) -> dict[str, str]:
    return {languages[0]: text} if isinstance(text, str) else dict(text)
