"""The report of a program: a snapshot from rows of all its locations, then paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import NotFoundError
from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.domain.work import Cancel, Progress, silent
from auditor.services.issuing import Member, Missed, enter_one, press
from auditor.services.issuing import pack as pack_issue
from auditor.services.issuing import program as program_issue
from auditor.services.program_gathering import Gathering, nothing
from auditor.services.report_files import Beside, Shelf
from auditor.services.report_names import MOST_BYTES, safe
from auditor.store.queries import program_reports as rows
from auditor.store.queries import results as result_queries
from auditor.store.queries import visits as visit_queries
from reports.program.report import mark_of, render, wave_mark
from reports.program.snapshot import ProgramSnapshot
from reports.snapshot import PageSize
from reports.stamp import made_of

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from reports.protecting import Protection


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """``kept``: it was there already, as it would be made now. ``missed``: it is not entered as
    issued."""

    path: Path
    kept: bool = False
    beside: tuple[Beside, ...] = ()
    missed: Missed | None = None


class ProgramReports:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def wave(self, program: str | None, wave: str | None) -> int:
        """The wave that people named; of a program alone its last one with a visit handed in.
        Raises NotFoundError, RefusedError ``which_wave``."""
        found, chosen = self._workspace.results.which(program, wave)
        if chosen is not None:
            return chosen.id
        if found is None:
            raise NotFoundError("program", "Name a program, a wave or both.")
        return self.last_wave(found.id)

    def last_wave(self, program_id: int) -> int:
        """The last wave with a visit handed in. Raises NotFoundError."""
        known = self._workspace.read(rows.waves, program_id)
        begun = [each.id for each in known if each.first is not None]
        if not begun:
            raise nothing("")
        return begun[-1]

    def snapshot(
        self,
        wave_id: int,
        language: str,
        *,
        page: PageSize | None = None,
        created: date | None = None,
    ) -> ProgramSnapshot:
        """All that the report of a wave says. ``page`` None is that of the client; ``created``
        None the day on which the last visit was handed in, so that the same visits give the same
        bytes later. Raises NotFoundError."""
        program, wave = self.named(wave_id)
        return Gathering(self._workspace, program, wave, language).snapshot(page, created)

    def named(self, wave_id: int) -> tuple[ProgramRecord, WaveRecord]:
        """A wave with its program. Raises NotFoundError."""
        for program in self._workspace.read(visit_queries.programs):
            for wave in program.waves:
                if wave.id == wave_id:
                    return program, wave
        raise NotFoundError("wave", "There is no such wave here.")

    def mark_of(self, wave_id: int) -> str:
        """What tells whose file the report of a wave is. Raises NotFoundError."""
        program, wave = self.named(wave_id)
        return wave_mark(
            self._workspace.read(rows.study, program.id).client, program.name, wave.name
        )

    def images(self, snapshot: ProgramSnapshot) -> dict[str, Path]:
        """The logo, where it is on disk."""
        logo = snapshot.brand.logo
        found = self._workspace.evidence.files.printed_logo(logo) if logo else None
        return {logo: found} if logo and found else {}

    def write(
        self,
        wave_id: int,
        language: str,
        out_dir: Path,
        *,
        again: bool = False,
        protection: Protection | None = None,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> WrittenReport:
        """Write the PDF of a wave into ``out_dir``, unless it is there as it would be made now;
        with ``protection`` (a password, a signature) it is made anew. Raises NotFoundError,
        ReportError, Cancelled."""
        token = cancel or Cancel()
        progress(0, 0, "")
        snapshot = self.snapshot(wave_id, language)
        token.check()
        images = self.images(snapshot)
        shelf = Shelf(out_dir, again=again or protection is not None)
        place = shelf.place(
            file_name(snapshot), mark_of(snapshot), lambda: made_of(snapshot, images)
        )
        missed = None
        if not place.is_current:
            tell = partial(_tell, progress)
            made = render(snapshot, images, place.path, tell, protection)
            issue = program_issue(wave_id, snapshot.to_json(), made, protection)
            missed = enter_one(self._workspace.issuing, issue)
        return WrittenReport(place.path, place.is_current, place.beside, missed)

    def bind(
        self,
        wave_id: int,
        language: str,
        path: Path,
        *,
        protection: Protection | None = None,
        progress: Progress = silent,
        cancel: Cancel | None = None,
    ) -> WrittenReport:
        """Write the location reports of a wave as one PDF, by the codes of the locations, an index
        in front. A file at ``path`` that is no such pack of the same wave stays, and the pack gets
        the next name. Raises NotFoundError, what a snapshot raises, ReportError, Cancelled;
        then nothing is written."""
        from reports.pack import Pack

        token = cancel or Cancel()
        program, wave = self.named(wave_id)
        visits = self._workspace.read(result_queries.submitted, None, wave_id)
        if not visits:
            raise nothing(wave.name)
        key = pack_key(program, wave)
        place = Shelf(path.parent, again=True).place(path.name, key, str)
        pack, members = Pack(key, len(visits)), []
        for done, visit_id in enumerate(visits):
            token.check()
            progress(done, len(visits), "")
            snapshot = self._workspace.reports.snapshot(visit_id, language)
            pages = pack.add(snapshot, self._workspace.reports.images(snapshot))
            members.append(Member(visit_id, press(snapshot.to_json()), pages))
        token.check()
        progress(len(visits), len(visits), "")
        made = pack.write(place.path, protection)
        issue = pack_issue(wave_id, members, made, protection)
        missed = enter_one(self._workspace.issuing, issue)
        return WrittenReport(place.path, beside=place.beside, missed=missed)


def pack_key(program: ProgramRecord, wave: WaveRecord) -> str:
    """What tells whose file a pack is, in place of the number of a visit."""
    return f"pack {program.id} {program.name} / {wave.name}"


def pack_name(program: str, wave: str) -> str:
    """``Program-Wave-locations.pdf``, safe on every system."""
    return f"{_stem(program, wave)}-locations.pdf"


def _tell(progress: Progress, done: int, total: int) -> None:
    progress(done, total, "")


def file_name(snapshot: ProgramSnapshot) -> str:
    """``Program-Wave.pdf``, safe on every system."""
    return f"{_stem(snapshot.program, snapshot.wave.name)}.pdf"


def _stem(program: str, wave: str) -> str:
    stem = safe(f"{program}-{wave}")
    while len(stem.encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.strip(". -") or "program"
