"""One run of many reports: snapshots, names, then files, each standing for itself."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Progress
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

    def run(self, visit_ids: Sequence[int], pattern: str) -> Written:
        """Raises NotAllWrittenError, Cancelled."""
        self._shelf.sweep()
        jobs = self._placed(self._snapshots(visit_ids), pattern)
        missing = [job for job in jobs if not job.place.is_current]
        for job in jobs:
            if job.place.is_current:
                self._done(job)
        workers = min(len(missing), os.cpu_count() or 1)
        if len(missing) >= MANY and workers > 1:
            self._in_processes(missing, workers)
        else:
            self._here(missing)
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
        for at, (_, snapshot) in sorted(snapshots.items(), key=lambda each: (each[1][0], each[0])):
            self._cancel.check()
            name = file_name(pattern, snapshot)
            number = snapshot.visit.number
            place = self._shelf.place(name, number, partial(self._made_of, snapshot))
            jobs[at] = _Job(snapshot, place)
        return [jobs[at] for at in sorted(jobs)]

    def _made_of(self, snapshot: ReportSnapshot) -> str:
        return made_of(snapshot, self._reports.images(snapshot))

    def _number(self, visit_id: int) -> str:
        try:
            return self._reports._workspace.visits.get(visit_id).number
        except UserError:
            return str(visit_id)

    def _here(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            self._cancel.check()
            try:
                images = self._reports.images(job.snapshot)
                render(job.snapshot, images, job.out, protection=self._protection)
            except ReportError as error:
                self._failed(job.snapshot.visit.number, error)
            else:
                self._done(job)

    def _in_processes(self, jobs: Sequence[_Job], workers: int) -> None:
        with RenderPool(workers) as pool:
            futures: list[Future[RenderedReport]] = [
                pool.submit(
                    job.snapshot.to_json(),
                    self._reports.images(job.snapshot),
                    job.out,
                    self._protection,
                )
                for job in jobs
            ]
            for job, future in zip(jobs, futures, strict=True):
                self._cancel.check()
                try:
                    future.result()
                except (UserError, ReportError) as error:
                    self._failed(job.snapshot.visit.number, error)
                else:
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
