"""What a file is compared with: the paper that was issued, drawn again, and that of today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.domain.errors import NotFoundError, UserError
from auditor.domain.issued import IssuedReport, Kind
from auditor.domain.records import ProgramRecord
from auditor.domain.work import Cancel
from auditor.services.program_reports import pack_key
from auditor.services.verifying_findings import NAMED, Finding, Verdict, seal
from auditor.store.queries import issued as issued_queries
from auditor.store.queries import results as result_queries
from auditor.store.queries import visits as visit_queries
from auditor.words import mark
from reports.errors import ReportError
from reports.reading import Claims
from reports.render import to_bytes
from reports.snapshot import ReportSnapshot
from reports.stamp import pack_seal, visit_mark

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from reports.program.snapshot import ProgramSnapshot


class Paper:
    """One kind of report. ``verdict`` is what it is called that the workspace says another thing
    now: SINCE of a file that is as it was issued."""

    def __init__(self, workspace: Workspace, claims: Claims, cancel: Cancel) -> None:
        self.workspace, self.claims, self.cancel = workspace, claims, cancel
        self.verdict = Verdict.DIFFERS

    def issued_again(self, of: IssuedReport) -> bytes | None:
        """What was issued, as this program draws it; None where it is not kept."""
        raise NotImplementedError

    def now(self, mark_: str, of: IssuedReport | None) -> Iterator[Finding]:
        """What the workspace says now; leaves what it would write in ``made``. ``mark_`` is the
        one in the file's last line."""
        raise NotImplementedError

    made: bytes | None = None

    def _kept(self, seal_: str) -> str | None:
        return self.workspace.issuing.snapshot(seal_)

    def _worn(self, snapshot: ReportSnapshot, of: IssuedReport | None) -> ReportSnapshot:
        """With the parts that the issued one had: which of them a person chose is no data."""
        text = None if of is None else self._kept(of.seal)
        if text is None:
            return snapshot
        return replace(snapshot, template=ReportSnapshot.from_json(text).template)


class LocationPaper(Paper):
    def issued_again(self, of: IssuedReport) -> bytes | None:
        text = self._kept(of.seal)
        return None if text is None else self._draw(ReportSnapshot.from_json(text))

    def _draw(self, snapshot: ReportSnapshot) -> bytes:
        return to_bytes(snapshot, self.workspace.reports.images(snapshot)).data

    def now(self, mark_: str, of: IssuedReport | None) -> Iterator[Finding]:
        del mark_
        claims = self.claims
        found = self.workspace.visits.by_number(claims.number)
        if found is None:
            words = mark("There is no visit {number} in this workspace to compare it with.")
            yield Finding("visit_unknown", Verdict.DIFFERS, words, {"number": claims.number})
            return
        try:
            snapshot = self.workspace.reports.snapshot(
                found.id, claims.language, page=claims.page, created=claims.created
            )
        except UserError as error:  # opened again, or changed from outside
            verdict = self.verdict if error.code == "not_submitted" else Verdict.DIFFERS
            yield Finding(error.code, verdict, error.message, dict(error.values))
            return
        yield from self._against(self._worn(snapshot, of))

    def _against(self, snapshot: ReportSnapshot) -> Iterator[Finding]:
        claims = self.claims
        told = {"number": claims.number, "location": snapshot.location.name}
        words = mark("Visit {number} at {location} is in this workspace.")
        yield Finding("visit", Verdict.MATCHES, words, told)
        if claims.revision and claims.revision != snapshot.visit.revision:
            told = {"theirs": claims.revision, "ours": snapshot.visit.revision}
            words = mark("The file is revision {theirs}; this workspace holds revision {ours}.")
            yield Finding("revision", self.verdict, words, told)
        yield seal(claims, snapshot.content_hash, self.verdict)
        self.cancel.check()
        self.made = self._draw(snapshot)


class ProgramPaper(Paper):
    def issued_again(self, of: IssuedReport) -> bytes | None:
        from reports.program.snapshot import ProgramSnapshot

        text = self._kept(of.seal)
        return None if text is None else self._draw(ProgramSnapshot.from_json(text))

    def _draw(self, snapshot: ProgramSnapshot) -> bytes:
        from reports.program.report import to_bytes as draw

        return draw(snapshot, self.workspace.program_reports.images(snapshot)).data

    def now(self, mark_: str, of: IssuedReport | None) -> Iterator[Finding]:
        snapshot = self._snapshot(mark_, of)
        if snapshot is None:
            words = mark("There is no wave in this workspace to compare it with.")
            yield Finding("wave_unknown", Verdict.DIFFERS, words)
            return
        told = {"program": snapshot.program, "wave": snapshot.wave.name}
        words = mark("Wave {wave} of {program} is in this workspace.")
        yield Finding("wave", Verdict.MATCHES, words, told)
        yield seal(self.claims, snapshot.content_hash, self.verdict)
        self.cancel.check()
        self.made = self._draw(snapshot)

    def _snapshot(self, mark_: str, of: IssuedReport | None) -> ProgramSnapshot | None:
        """Of the wave that it was issued for, else of the one whose mark it bears."""
        reports, claims = self.workspace.program_reports, self.claims
        waves = [each.id for one in self._programs() for each in one.waves]
        if of is not None and of.wave_id is not None:
            waves = [of.wave_id]
        for wave_id in waves:
            try:
                if of is None and visit_mark(reports.mark_of(wave_id)) != mark_:
                    continue
                return reports.snapshot(
                    wave_id, claims.language, page=claims.page, created=claims.created
                )
            except NotFoundError:  # nothing is handed in there
                continue
        return None

    def _programs(self) -> Sequence[ProgramRecord]:
        return self.workspace.read(visit_queries.programs)


class PackPaper(Paper):
    """Location reports in one file: each is compared by its seal, and the whole drawn again where
    all of them are the same."""

    def issued_again(self, of: IssuedReport) -> bytes | None:
        members = self.workspace.read(issued_queries.in_pack, of.id)
        kept = [self._kept(each.seal) for each in members]
        if not kept or None in kept:
            return None
        return self._bind([ReportSnapshot.from_json(text) for text in kept if text], of.wave_id)

    def _bind(self, snapshots: Sequence[ReportSnapshot], wave_id: int | None) -> bytes:
        from reports.pack import Pack

        reports = self.workspace.program_reports
        key = "pack" if wave_id is None else pack_key(*reports.named(wave_id))
        pack = Pack(key, len(snapshots))
        for snapshot in snapshots:
            self.cancel.check()
            pack.add(snapshot, self.workspace.reports.images(snapshot))
        return pack.to_bytes().data

    def now(self, mark_: str, of: IssuedReport | None) -> Iterator[Finding]:
        visits, wave_id = self._visits(mark_, of)
        if not visits:
            words = mark("Nothing here tells which visits are bound in the file.")
            yield Finding("pack_unknown", Verdict.DIFFERS, words)
            return
        then = () if of is None else self.workspace.read(issued_queries.in_pack, of.id)
        found: list[ReportSnapshot] = []
        changed = list(self._changed(visits, then, found))
        yield from changed[:NAMED]
        if len(changed) > NAMED:
            words = mark("and {count} more differences")
            yield Finding("more", self.verdict, words, {"count": len(changed) - NAMED})
        if len(found) == len(visits):
            now = pack_seal(each.content_hash for each in found)
            yield seal(self.claims, now, self.verdict)
            if of is None:  # else it is compared with what was issued already
                self.made = self._bind(found, wave_id)

    def _changed(
        self, visits: Sequence[int], then: Sequence[IssuedReport], found: list[ReportSnapshot]
    ) -> Iterator[Finding]:
        """The visits of whom the workspace says something else now than it did; puts what it says
        now into ``found``."""
        claims, reports = self.claims, self.workspace.reports
        for at, visit_id in enumerate(visits):
            self.cancel.check()
            try:
                snapshot = reports.snapshot(visit_id, claims.language, page=claims.page)
            except (UserError, ReportError) as error:
                number = self.workspace.visits.get(visit_id).number
                words = mark("Visit {number}: {reason}")
                told = {"number": number, "reason": error.text}
                yield Finding("visit", self.verdict, words, told)
                continue
            snapshot = self._worn(snapshot, then[at] if then else None)
            found.append(snapshot)
            if then and snapshot.content_hash != then[at].seal:
                words = mark(
                    "Visit {number} at {location}: the data have changed since, or the file has."
                )
                told = {"number": snapshot.visit.number, "location": snapshot.location.name}
                yield Finding("visit", self.verdict, words, told)

    def _visits(self, mark_: str, of: IssuedReport | None) -> tuple[list[int], int | None]:
        """Those that were bound; else those that would be now, of the wave whose mark it bears."""
        read = self.workspace.read
        if of is not None:
            then = read(issued_queries.in_pack, of.id)
            return [each.visit_id for each in then if each.visit_id is not None], of.wave_id
        for program in read(visit_queries.programs):
            for wave in program.waves:
                if visit_mark(pack_key(program, wave)) == mark_:
                    return read(result_queries.submitted, None, wave.id), wave.id
        return [], None


PAPERS: dict[Kind, type[Paper]] = {
    Kind.LOCATION: LocationPaper,
    Kind.PROGRAM: ProgramPaper,
    Kind.PACK: PackPaper,
}


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
