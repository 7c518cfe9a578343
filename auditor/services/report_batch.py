"""One run of many reports, each standing for itself: while one is drawn the next is put into words,
so that the first file is there at once and memory holds a few."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
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
    """A report and where it goes; ``at`` is its number in the run."""

    at: int
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
        #: By their number in the run: those that are there, and those that failed.
        self._there: dict[int, Place] = {}
        self._failures: dict[int, Failure] = {}
        self._entries = Entries(reports.issuing)

    def run(self, visit_ids: Sequence[int], pattern: str) -> Written:
        """Raises NotAllWrittenError, Cancelled."""
        self._shelf.sweep()
        self._progress(0, self._total, "")
        jobs = self._jobs(visit_ids, pattern)
        workers = min(self._total, os.cpu_count() or 1)
        try:
            if self._total >= MANY and workers > 1:
                self._in_processes(jobs, workers)
            else:
                self._here(jobs)
        finally:
            self._entries.flush()
        told = self._told()
        if self._failures:
            failures = [self._failures[at] for at in sorted(self._failures)]
            raise NotAllWrittenError(told, failures)
        return told

    def _told(self) -> Written:
        """In the order of the run."""
        there = [self._there[at] for at in sorted(self._there)]
        return Written(
            tuple(place.path for place in there),
            frozenset(place.path for place in there if place.is_current),
            tuple(each for place in there for each in place.beside),
            self._entries.missed,
        )

    def _jobs(self, visit_ids: Sequence[int], pattern: str) -> Iterator[_Job]:
        """Those that are still to be made, each read when it is asked for. In the order of the
        visits: however a person sorts them, each keeps its name. A visit that has no snapshot is
        a failure."""
        for at, visit_id in sorted(enumerate(visit_ids), key=lambda each: (each[1], each[0])):
            self._cancel.check()
            try:
                snapshot = self._reports.snapshot(visit_id, self._language)
            except (UserError, ReportError) as error:
                self._failed(at, self._number(visit_id), error)
                continue
            job = self._placed(at, visit_id, snapshot, pattern)
            if job.place.is_current:
                self._keep(job)
            else:
                yield job

    def _placed(self, at: int, visit_id: int, snapshot: ReportSnapshot, pattern: str) -> _Job:
        name = file_name(pattern, snapshot)
        place = self._shelf.place(name, snapshot.visit.number, partial(self._made_of, snapshot))
        return _Job(at, visit_id, snapshot, place)

    def _made_of(self, snapshot: ReportSnapshot) -> str:
        return made_of(snapshot, self._reports.images(snapshot))

    def _number(self, visit_id: int) -> str:
        try:
            return self._reports._workspace.visits.get(visit_id).number
        except UserError:
            return str(visit_id)

    def _keep(self, job: _Job) -> None:
        """It is there already; one made before there were entries is entered."""
        if self._reports.issuing.lacking([job.snapshot.content_hash]):
            self._entries.add_found(job.visit_id, job.snapshot.to_json(), job.out)
        self._done(job)

    def _here(self, jobs: Iterable[_Job]) -> None:
        for job in jobs:
            try:
                images = self._reports.images(job.snapshot)
                made = render(job.snapshot, images, job.out, protection=self._protection)
            except ReportError as error:
                self._failed(job.at, job.snapshot.visit.number, error)
            else:
                self._written(job, made, job.snapshot.to_json())

    def _in_processes(self, jobs: Iterable[_Job], workers: int) -> None:
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
                self._failed(job.at, job.snapshot.visit.number, error)
            else:
                self._written(job, made, text)

    def _written(self, job: _Job, made: RenderedReport, text: str) -> None:
        self._entries.add(location(job.visit_id, text, made, self._protection))
        self._done(job)

    def _failed(self, at: int, number: str, error: UserError | ReportError) -> None:
        logger.warning("no report of %s: %s", number, error.code)
        self._failures[at] = Failure(number, error)
        self._tell(number)

    def _done(self, job: _Job) -> None:
        self._there[job.at] = job.place
        self._tell(job.snapshot.visit.number)

    def _tell(self, number: str) -> None:
        self._progress(len(self._there) + len(self._failures), self._total, number)
