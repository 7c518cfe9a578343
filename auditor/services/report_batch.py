"""One run of many reports: snapshots, names, then files, each standing for itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Progress
from auditor.services.issuing import Entries, location
from auditor.services.report_files import Place, Shelf, Written
from auditor.services.report_names import file_name
from auditor.services.report_worker import RenderPool
from auditor.words import WORDS, mark
from reports.errors import ReportError
from reports.protecting import Protection
from reports.render import RenderedReport, render
from reports.snapshot import ReportSnapshot
from reports.stamp import made_of

if TYPE_CHECKING:
    from auditor.services.reporting import Reports

#: From this many reports on, worker processes are worth their start.
MANY = 12
#: Reports that wait for each worker process, or are in it.
AHEAD = 16

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not written, and why."""

    visit: str
    error: UserError | ReportError


class NotAllWrittenError(UserError):
    """Some reports of a batch failed. ``written`` are whole and on disk."""

    def __init__(self, told: Written, failures: Sequence[Failure]) -> None:
        super().__init__(
            "not_all_written",
            mark("{written} of {total} reports were written. Not written: {reasons}"),
            written=len(told.files) - len(told.kept),
            total=len(told.files) - len(told.kept) + len(failures),
            reasons=_reasons(failures, "en"),
        )
        self.told = told
        self.written = list(told.files)
        self.failures = tuple(failures)

    def text(self, language: str) -> str:
        """The sentence, and the reasons in it, in ``language``."""
        values = {**self.values, "reasons": _reasons(self.failures, language)}
        return WORDS.text(language, self.message, **values)


def _reasons(failures: Sequence[Failure], language: str) -> str:
    return "; ".join(f"{failure.visit}: {failure.error.text(language)}" for failure in failures)


@dataclass(frozen=True, slots=True)
class _Job:
    """A report and where it goes."""

    visit_id: int
    snapshot: ReportSnapshot
    place: Place

    @property
    def out(self) -> Path:
        return self.place.path


class Batch:
    def __init__(
        self,
        reports: Reports,
        language: str,
        shelf: Shelf,
        progress: Progress,
        cancel: Cancel,
        total: int,
        protection: Protection | None = None,
    ) -> None:
        self._protection = protection
        self._reports = reports
        self._language = language
        self._shelf = shelf
        self._progress = progress
        self._cancel = cancel
        self._total = total
        self._there: set[Path] = set()
        self._failures: list[Failure] = []
        self._entries = Entries(reports.issuing)

    def run(self, visit_ids: Sequence[int], pattern: str) -> Written:
        """Raises NotAllWrittenError, Cancelled."""
        self._shelf.sweep()
        jobs = self._placed(self._snapshots(visit_ids), pattern)
        missing = [job for job in jobs if not job.place.is_current]
        try:
            self._keep([job for job in jobs if job.place.is_current])
            workers = min(len(missing), os.cpu_count() or 1)
            if len(missing) >= MANY and workers > 1:
                self._in_processes(missing, workers)
            else:
                self._here(missing)
        finally:
            self._entries.flush()
        told = self._told(jobs)
        if self._failures:
            raise NotAllWrittenError(told, self._failures)
        return told

    def _told(self, jobs: Sequence[_Job]) -> Written:
        there = [job for job in jobs if job.out in self._there]
        return Written(
            tuple(job.out for job in there),
            frozenset(job.out for job in there if job.place.is_current),
            tuple(each for job in there for each in job.place.beside),
            self._entries.missed,
        )

    def _snapshots(self, visit_ids: Sequence[int]) -> dict[int, tuple[int, ReportSnapshot]]:
        """By their number in the run, with the visit; a visit that has none is a failure."""
        self._progress(0, self._total, "")
        found = {}
        for at, visit_id in enumerate(visit_ids):
            self._cancel.check()
            try:
                found[at] = (visit_id, self._reports.snapshot(visit_id, self._language))
            except (UserError, ReportError) as error:
                self._failed(self._number(visit_id), error)
        return found

    def _placed(self, snapshots: dict[int, tuple[int, ReportSnapshot]], pattern: str) -> list[_Job]:
        """In the order of the run. Names are given in that of the visits: however a person sorts
        them, each keeps its own."""
        jobs: dict[int, _Job] = {}
        for at, (visit_id, snapshot) in sorted(
            snapshots.items(), key=lambda each: (each[1][0], each[0])
        ):
            self._cancel.check()
            name = file_name(pattern, snapshot)
            number = snapshot.visit.number
            place = self._shelf.place(name, number, partial(self._made_of, snapshot))
            jobs[at] = _Job(visit_id, snapshot, place)
        return [jobs[at] for at in sorted(jobs)]

    def _made_of(self, snapshot: ReportSnapshot) -> str:
        return made_of(snapshot, self._reports.images(snapshot))

    def _number(self, visit_id: int) -> str:
        try:
            return self._reports._workspace.visits.get(visit_id).number
        except UserError:
            return str(visit_id)

    def _keep(self, jobs: Sequence[_Job]) -> None:
        """Those that are there already; those made before there were entries are entered."""
        lacking = self._reports.issuing.lacking(job.snapshot.content_hash for job in jobs)
        for job in jobs:
            if job.snapshot.content_hash in lacking:
                self._entries.add_found(job.visit_id, job.snapshot.to_json(), job.out)
            self._done(job)

    def _here(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            self._cancel.check()
            try:
                images = self._reports.images(job.snapshot)
                made = render(job.snapshot, images, job.out, protection=self._protection)
            except ReportError as error:
                self._failed(job.snapshot.visit.number, error)
            else:
                self._written(job, made, job.snapshot.to_json())

    def _in_processes(self, jobs: Sequence[_Job], workers: int) -> None:
        """The processes draw while the next reports are put into words; only so many wait that
        none of the processes does."""
        under_way: dict[Future[RenderedReport], tuple[_Job, str]] = {}
        with RenderPool(workers) as pool:
            for job in jobs:
                if len(under_way) >= AHEAD * workers:
                    self._finish(under_way)
                text = job.snapshot.to_json()
                images = self._reports.images(job.snapshot)
                future = pool.submit(text, images, job.out, self._protection)
                under_way[future] = (job, text)
            while under_way:
                self._finish(under_way)

    def _finish(self, under_way: dict[Future[RenderedReport], tuple[_Job, str]]) -> None:
        """Tell of those that are done, of one at least, in their order. Raises Cancelled."""
        done = wait(under_way, return_when=FIRST_COMPLETED).done
        for future in [each for each in under_way if each in done]:
            self._cancel.check()
            job, text = under_way.pop(future)
            try:
                made = future.result()
            except (UserError, ReportError) as error:
                self._failed(job.snapshot.visit.number, error)
            else:
                self._written(job, made, text)

    def _written(self, job: _Job, made: RenderedReport, text: str) -> None:
        self._entries.add(location(job.visit_id, text, made, self._protection))
        self._done(job)

    def _failed(self, number: str, error: UserError | ReportError) -> None:
        logger.warning("no report of %s: %s", number, error.code)
        self._failures.append(Failure(number, error))
        self._tell(number)

    def _done(self, job: _Job) -> None:
        self._there.add(job.out)
        self._tell(job.snapshot.visit.number)

    def _tell(self, number: str) -> None:
        self._progress(len(self._there) + len(self._failures), self._total, number)
