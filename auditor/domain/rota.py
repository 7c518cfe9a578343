"""Who makes which of many visits, by the rules of ``rotation``: the same input, the same rota."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from auditor.domain.rotation import Bar, Diary, Job, Needs, RuledOut, Worker, lacking


def from_home(worker: Worker, region: tuple[str, ...]) -> int:
    """How far a place lies from home: 0 within the home region, else one and the steps up the tree
    until both are within; one without a home stands between."""
    home = worker.home
    if not home:
        return 1
    common = 0
    for mine, theirs in zip(home, region, strict=False):
        if mine != theirs:
            break
        common += 1
    return 0 if common == len(home) else 1 + len(home) - common


class Rota:
    """Gives visits to evaluators: near home first, then those with the fewest. As many visits as
    the rules allow find one: where all who may come have their most, visits are passed on."""

    def __init__(self, diary: Diary, workers: Iterable[Worker], needs: Needs) -> None:
        self._diary, self._needs = diary, needs
        self._workers = sorted(workers, key=lambda worker: (worker.code, worker.id))
        self._fit = [
            (place, worker)
            for place, worker in enumerate(self._workers)
            if worker.active and not any(lacking(worker, needs))
        ]
        self._made: dict[int, Worker] = {}
        self._given: dict[tuple[int | None, int], dict[int, Job]] = defaultdict(dict)
        self._stuck: dict[int | None, set[int]] = defaultdict(set)
        self._distances: dict[tuple[str, ...], list[int]] = {}

    def fill(self, jobs: Iterable[Job]) -> tuple[dict[int, Worker], dict[int, list[RuledOut]]]:
        """Who makes which visit, by its key; and for those that nobody may make, why."""
        alone = [job for job in sorted(jobs, key=self._turn) if not self._give(job)]
        return self._made, {job.key: self.ruled_out(job) for job in alone}

    def _turn(self, job: Job) -> tuple[int, bool, date, date, str, int]:
        """Wave by wave, the soonest first; those far from every home last, so that they go to who
        has the fewest then."""
        near = self._distance(job.region)
        away = all(near[place] for place, _ in self._fit)
        wave = -1 if job.wave is None else job.wave
        return wave, away, job.first or date.max, job.last or date.max, job.place, job.key

    def _may(self, job: Job) -> list[tuple[int, Worker]]:
        """Who may come to the place, were there no most, each with the distance from home."""
        barred, near = self._diary.barred(job), self._distance(job.region)
        return [(near[place], worker) for place, worker in self._fit if worker.id not in barred]

    def _give(self, job: Job) -> bool:
        may, diary = self._may(job), self._diary
        for _, alike in groupby(sorted(may, key=itemgetter(0)), itemgetter(0)):
            free = [worker for _, worker in alike if not diary.full(job, worker.id)]
            if free:
                best = min(free, key=lambda each: (*diary.burden(job, each.id), each.code))
                self._take(job, best)
                return True
        return self._pass_on(job, [worker for _, worker in may])

    def _take(self, job: Job, worker: Worker) -> None:
        self._diary.give(job, worker.id)
        self._given[job.wave, worker.id][job.key] = job
        self._made[job.key] = worker

    def _drop(self, job: Job, worker: Worker) -> None:
        self._diary.remove(job.key)
        del self._given[job.wave, worker.id][job.key]

    def _pass_on(self, job: Job, may: list[Worker]) -> bool:
        """All who may come have their most: look for a chain of visits of this plan, each passed
        on to the next, that ends with one who has room. Whom a search in vain has met cannot pass
        on later in the same wave either."""
        stuck = self._stuck[job.wave]
        waiting = deque(worker for worker in may if worker.id not in stuck)
        came: dict[int, tuple[Job, Worker] | None] = {worker.id: None for worker in waiting}
        while waiting:
            worker = waiting.popleft()
            for other in list(self._given[job.wave, worker.id].values()):
                for _, next_one in self._may(other):
                    if next_one.id in came or next_one.id in stuck:
                        continue
                    if not self._diary.full(other, next_one.id):
                        self._move(other, worker, next_one, came, job)
                        return True
                    came[next_one.id] = other, worker
                    waiting.append(next_one)
        stuck |= came.keys()
        return False

    def _move(
        self,
        other: Job,
        worker: Worker,
        to: Worker,
        came: Mapping[int, tuple[Job, Worker] | None],
        job: Job,
    ) -> None:
        """Pass ``other`` from ``worker`` to ``to``, and so on back to who takes ``job``."""
        while True:
            self._drop(other, worker)
            self._take(other, to)
            before = came[worker.id]
            if before is None:
                break
            to = worker
            other, worker = before
        self._take(job, worker)

    def _distance(self, region: tuple[str, ...]) -> list[int]:
        if region not in self._distances:
            self._distances[region] = [from_home(worker, region) for worker in self._workers]
        return self._distances[region]

    def ruled_out(self, job: Job) -> list[RuledOut]:
        """Why nobody may make the visit: each evaluator under the first rule that says no."""
        barred, found = self._diary.barred(job), defaultdict(list)
        for worker in self._workers:
            found[self._first_bar(worker, job, barred)].append(worker.code)
        told = [RuledOut(bar, tuple(codes)) for bar, codes in found.items()]
        return sorted(told, key=lambda each: (-len(each.evaluators), list(Bar).index(each.bar)))

    def _first_bar(self, worker: Worker, job: Job, barred: Mapping[int, Bar]) -> Bar:
        if not worker.active:
            return Bar.ARCHIVED
        missing = next(lacking(worker, self._needs), None)
        if missing is not None:
            return missing[0]
        return barred.get(worker.id, Bar.FULL)
