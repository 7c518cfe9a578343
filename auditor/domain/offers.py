"""The same visits offered to one evaluator after the other: what speaks against each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from auditor.domain.rotation import Bar, Conflict, Diary, Job, Stay, Worker


class Offer:
    """No job may be a stay of ``diary`` already. What ``Diary.conflicts`` says of each job, were
    it given before the next is asked; without looking at visits of others."""

    def __init__(self, diary: Diary, jobs: Sequence[Job]) -> None:
        self._diary, self._jobs = diary, jobs
        self._stays = diary.by_evaluator()
        counts = Counter(job.location_id for job in jobs)
        self._again = {key for key, count in counts.items() if count > 1}
        self._waves = {job.wave for job in jobs}

    def against(self, worker: Worker) -> dict[int, list[Conflict]]:
        """By the key of the job, of those that something speaks against."""
        found: dict[int, list[Conflict]] = defaultdict(list)
        if not worker.active:
            for job in self._jobs:
                found[job.key].append(Conflict(Bar.ARCHIVED, job.place, worker.code, job.key))
        for conflict in self._too_near(worker):
            found[conflict.visit_id or 0].append(conflict)
        for conflict in self._too_many(worker):
            found[conflict.visit_id or 0].append(conflict)
        return found

    def _too_near(self, worker: Worker) -> Iterator[Conflict]:
        diary, there = self._diary, self._stays.get(worker.id, {})
        given: dict[int, list[Stay]] = defaultdict(list)
        for job in self._jobs:
            where = job.location_id
            if where not in there and where not in self._again:
                continue
            for stay in (*there.get(where, ()), *given[where]):
                bar = diary.between(job, stay)
                if bar is not None:
                    told = diary.told(bar, stay)
                    yield Conflict(bar, job.place, worker.code, job.key, told, stay.key)
            given[where].append(Stay(job.key, worker.id, where, job.wave, job.first, job.last))

    def _too_many(self, worker: Worker) -> Iterator[Conflict]:
        most = self._diary.limits.most_visits
        if not most:
            return
        used = {wave: self._diary.load(wave, worker.id) for wave in self._waves}
        for job in self._jobs:
            count = used[job.wave]
            if job.wave is not None and count >= most:
                told = {"count": count, "most": most, "wave": self._diary.wave_name(job.wave)}
                yield Conflict(Bar.FULL, job.place, worker.code, job.key, told)
            used[job.wave] = count + 1
