"""Results of many visits for those who count: a workbook, or the answers as one long table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.work import Cancel, Progress, silent
from auditor.store.failures import file_failure
from auditor.store.files import make_folder, replacing
from auditor.store.queries import results as result_queries
from auditor.store.queries import visits as visit_queries
from reports.snapshot import ReportSnapshot

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from reports.program.snapshot import ProgramSnapshot


class Results:
    """``.xlsx`` is a workbook (visits, sections, findings, answers), ``.csv`` the answers alone."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def visits(self, program: str | None = None, wave: str | None = None) -> list[int]:
        """Submitted visits of a program, of one of its waves, or all, by the code of the location.
        Names as people write them. Raises NotFoundError, and RefusedError ``which_wave`` for a
        wave that several programs have."""
        found, chosen = self.which(program, wave)
        key = None if found is None or chosen is not None else found.id
        return self._workspace.read(
            result_queries.submitted, key, None if chosen is None else chosen.id
        )

    def which(
        self, program: str | None, wave: str | None
    ) -> tuple[ProgramRecord | None, WaveRecord | None]:
        """What people named, whatever its case. Raises as ``visits``."""
        found = self._workspace.read(visit_queries.programs)
        if program is not None:
            found = [one for one in found if one.name.casefold() == program.casefold()]
            if not found:
                raise NotFoundError("program", "There is no program {name} here.", name=program)
        if wave is None:
            return (None if program is None else found[0]), None
        named = [
            (one, each)
            for one in found
            for each in one.waves
            if each.name.casefold() == wave.casefold()
        ]
        if not named:
            raise NotFoundError("wave", "There is no wave {name} here.", name=wave)
        if len(named) > 1:
            raise RefusedError(
                "which_wave", "Several programs have a wave {name}. Name the program.", name=wave
            )
        return named[0]

    def write(
        self,
        path: Path,
        visit_ids: Sequence[int],
        language: str,
        *,
        wave_id: int | None = None,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> Path:
        """Write ``path`` whole or not at all; returns it. ``wave_id``: a workbook begins with the
        sheets of that wave's program report. Raises RefusedError ``ending``,
        NotFoundError ``nothing``, ReportError ``too_many``, NotSavedError, Cancelled."""
        from reports.workbook import write_answers, write_workbook

        kind = path.suffix.lower()
        if kind not in (".xlsx", ".csv"):
            raise RefusedError(
                "ending", "{name} must end in .xlsx or .csv. Give it another name.", name=path.name
            )
        if not visit_ids:
            raise NotFoundError(
                "nothing", "No visit is submitted yet, so there is nothing to report."
            )
        snapshots = self._snapshots(visit_ids, language, progress, cancel or Cancel())
        program = self._program(wave_id, language) if kind == ".xlsx" else None
        try:
            make_folder(path.absolute().parent)
            with replacing(path) as part:
                if kind == ".xlsx":
                    write_workbook(snapshots, part, language, program)
                else:
                    write_answers(snapshots, part, language)
        except OSError as error:
            raise file_failure(error, path.parent) from error
        return path

    def wave_of(self, program: str | None, wave: str | None) -> int | None:
        """The wave that a workbook of these begins with: the program's last one by default; None
        where neither is named, or nothing is handed in."""
        if program is None and wave is None:
            return None
        found, chosen = self.which(program, wave)
        if chosen is not None:
            return chosen.id
        try:
            return self._workspace.program_reports.last_wave(found.id) if found else None
        except NotFoundError:
            return None

    def _program(self, wave_id: int | None, language: str) -> ProgramSnapshot | None:
        if wave_id is None:
            return None
        return self._workspace.program_reports.snapshot(wave_id, language)

    def _snapshots(
        self, visit_ids: Sequence[int], language: str, progress: Progress, cancel: Cancel
    ) -> Iterator[ReportSnapshot]:
        for done, visit_id in enumerate(visit_ids):
            cancel.check()
            progress(done, len(visit_ids), "")
            yield self._workspace.reports.snapshot(visit_id, language)
        progress(len(visit_ids), len(visit_ids), "")
