"""Files of evidence brought back, and nothing else: what was entered since stays.

Looked for under other names in the workspace itself, among what was set aside, in its copies of
everything, and in a copy that the person names. Pictures that were made of a photo are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from auditor.domain.errors import RefusedError, WorkspaceError
from auditor.domain.work import Cancel, Progress, silent
from auditor.services.pictures import turned
from auditor.services.workspace import Workspace
from auditor.store import backup, failures, portable, restoring
from auditor.store.evidence import EvidenceFiles, holds
from auditor.store.folder import ASIDE, EVIDENCE
from auditor.store.tables import CORRECTIVE_ACTION, VISIT_EVIDENCE
from auditor.store.tables import EVIDENCE as ROWS


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that a row names. ``turns``: how its pictures lie where it is shown; empty for what
    has none."""

    sha256: str
    media_type: str
    name: str
    turns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Brought:
    """How many files are whole again, and how many are still lost."""

    back: int = 0
    lost: int = 0


def kept(connection: Connection) -> list[Kept]:
    """Every file that a row names."""
    named = connection.execute(
        select(ROWS.c.sha256, ROWS.c.media_type, VISIT_EVIDENCE.c.name, VISIT_EVIDENCE.c.kind,
               VISIT_EVIDENCE.c.turn)
        .select_from(ROWS.outerjoin(VISIT_EVIDENCE))
    )  # fmt: skip
    proofs = set(connection.execute(select(CORRECTIVE_ACTION.c.proof)).scalars())
    found: dict[str, Kept] = {}
    for sha256, media_type, name, kind, turn in named:
        is_photo = kind == "photo" or sha256 in proofs
        turns = frozenset({turn or 0}) if is_photo else frozenset()
        before = found.get(sha256)
        found[sha256] = Kept(
            sha256, media_type, name or "", turns | (before.turns if before else frozenset())
        )
    return list(found.values())


def unpictured(files: EvidenceFiles, each: Kept) -> tuple[int, ...]:
    """The turns of which a picture is gone or empty."""
    return tuple(
        turn
        for turn in sorted(each.turns)
        if not all(map(_is_there, (files.print(each.sha256, turn), files.thumb(each.sha256, turn))))
    )


def _is_there(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def bring_back(
    folder: Path,
    source: Path | None = None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Brought:
    """Mend the evidence of the workspace ``folder``, which may be open. ``source``: a copy of
    everything. Raises WorkspaceError (bad_backup of ``source``), NotSavedError, Cancelled."""
    token = cancel or Cancel()
    with closing(Workspace.open(folder, write=False)) as workspace:
        every = workspace.read(kept)
    try:
        job = _Job(EvidenceFiles(folder), every, progress, token)
        return job.run(source)
    except OSError as error:
        raise failures.file_failure(error, folder) from error


class _Job:
    def __init__(
        self, files: EvidenceFiles, every: list[Kept], progress: Progress, cancel: Cancel
    ) -> None:
        self._files, self._progress, self._cancel = files, progress, cancel
        self._every = {each.sha256: each for each in every}
        self._at = datetime.now(UTC)

    def run(self, source: Path | None) -> Brought:
        lost = frozenset(self._lost(self._every))
        bare = {sha256 for sha256, each in self._every.items() if unpictured(self._files, each)}
        if lost:
            self._look_here(lost)
        for copy in _copies(self._files.folder, source):
            if left := frozenset(self._lost(lost)):
                self._look_into(copy, left, told=copy == source)
        still = frozenset(self._lost(lost))
        for sha256 in sorted(bare - still):
            self._cancel.check()
            self._picture(self._every[sha256])
        unmade = {each for each in bare if unpictured(self._files, self._every[each])}
        return Brought(len((lost | bare) - (still | unmade)), len(still | unmade))

    def _original(self, sha256: str) -> Path:
        return self._files.original(sha256, self._every[sha256].media_type)

    def _lost(self, hashes: Iterable[str]) -> Iterator[str]:
        every = tuple(hashes)
        for done, sha256 in enumerate(every):
            self._cancel.check()
            self._progress(done, len(every), self._every[sha256].name)
            if not holds(self._original(sha256), sha256):
                yield sha256

    def _look_here(self, lost: frozenset[str]) -> None:
        folder = self._files.folder
        near = (*(folder / EVIDENCE).glob("*/*"), *(folder / ASIDE).glob("*-evidence/*"))
        for path in near:
            self._cancel.check()
            sha256 = path.name[:64]
            target = self._original(sha256) if sha256 in lost else path
            if target != path and not holds(target, sha256) and holds(path, sha256):
                restoring.bring_file(path, target, folder, self._at)

    def _look_into(self, copy: Path, lost: frozenset[str], *, told: bool) -> None:
        """One of our own that is bad is passed over."""
        try:
            restoring.bring_files(
                copy, self._files.folder, lost, self._at, self._progress, self._cancel
            )
        except WorkspaceError:
            if told:
                raise

    def _picture(self, each: Kept) -> None:
        """A photo that no longer can be read stays without."""
        original = self._original(each.sha256)
        with suppress(RefusedError):
            for turn in unpictured(self._files, each):
                made = turned(original, each.name, turn)
                self._files.write_turned(each.sha256, turn, made)


def _copies(folder: Path, source: Path | None) -> tuple[Path, ...]:
    own = (path for path in backup.listed(folder) if path.suffix == portable.ENDING)
    return (*own, *((source,) if source else ()))
