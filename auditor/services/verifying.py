"""Whether a report is what was issued here, and whether the workspace says so still.

First the entry of what was issued: the same bytes, the same pages in other bytes, or neither. Then
the data of now: a report that was right on its day may differ where other visits have come in
since; of one that is as it was issued that is no fault, and the findings say where.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import UserError
from auditor.domain.issued import IssuedReport, Kind
from auditor.domain.work import Cancel
from auditor.services import verifying_findings as findings
from auditor.services.verifying_findings import Finding, State, Verdict, Verification
from auditor.services.verifying_papers import PAPERS, sha256_of
from auditor.store.queries import issued as issued_queries
from auditor.words import LANGUAGES, mark
from forms.system import reason
from reports.errors import ReportError
from reports.reading import Claims, Reading, differences, read
from reports.stamp import Kind as PaperKind
from reports.stamp import mark_in, pack_seal

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

__all__ = ["Finding", "State", "Verdict", "Verification", "verify"]

#: Of a report; a thicker file is none.
MOST_BYTES = 200_000_000
#: Begins the line that says what a report was made of; it is another one in a signed file.
STAMP = b"%made of "


def verify(
    workspace: Workspace, file: Path, password: str = "", cancel: Cancel | None = None
) -> Verification:
    """Compare the report in ``file``, of a location, of a program or of many locations bound, with
    what was issued and with what the workspace would print now.

    Raises UserError ``unreadable``, ReportError ``unreadable``, ``password`` or ``no_seal``,
    ``several``, Cancelled.
    """
    data = _bytes(file)
    look = _Look(workspace, data, read(data, password), password, cancel or Cancel())
    found = tuple(look.all())
    return Verification(file, look.claims.number, found, look.state, look.issued)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size <= MOST_BYTES:
            return file.read_bytes()
    except OSError as error:
        told = {"name": file.name, "reason": reason(error)}
        raise UserError("unreadable", "{name} cannot be read: {reason}.", **told) from error
    raise UserError("unreadable", "{name} is far too large for a report.", name=file.name)


class _Look:
    """One file against one workspace."""

    def __init__(
        self,
        workspace: Workspace,
        data: bytes,
        theirs: Reading,
        password: str,
        cancel: Cancel,
    ) -> None:
        self._workspace, self._data = workspace, data
        self._theirs, self._password, self._cancel = theirs, password, cancel
        self._paper = PAPERS[Kind(theirs.claims.kind.value)](workspace, theirs.claims, cancel)
        self.state = State.UNKNOWN
        self.issued: IssuedReport | None = None

    @property
    def claims(self) -> Claims:
        return self._theirs.claims

    def all(self) -> Iterator[Finding]:
        yield from self._alone()
        self._cancel.check()
        yield from self._signatures()
        self._cancel.check()
        yield from self._then()
        self._cancel.check()
        if self.claims.language in LANGUAGES:
            yield from self._now()
        else:
            words = mark("The file names no language in which reports are made.")
            yield Finding("language", Verdict.DIFFERS, words)

    def _alone(self) -> Iterator[Finding]:
        """What the file itself gives away."""
        if not self._is_sealed_alike():
            words = mark("The seal on the paper is not the one in the file’s properties.")
            yield Finding("printed_seal", Verdict.DIFFERS, words)
        if self._theirs.extras:
            words = mark("The file holds what no report has: {names}.")
            told = {"names": ", ".join(self._theirs.extras)}
            yield Finding("extras", Verdict.DIFFERS, words, told)

    def _is_sealed_alike(self) -> bool:
        """Of a pack the seal is that of the seals printed in it."""
        printed = self._theirs.printed_seal
        if self.claims.kind is PaperKind.PACK:
            printed = pack_seal(self._theirs.printed_seals)
        return printed == self.claims.seal

    def _signatures(self) -> Iterator[Finding]:
        if b"/ByteRange" not in self._data:
            return
        from reports.sealing import signatures

        try:
            signers = signatures(self._data, self._password)
        except ReportError:
            words = mark("The signature cannot be read: that part of the file is damaged.")
            yield Finding("signature", Verdict.DIFFERS, words)
            return
        for signer in signers:
            yield from findings.signed(signer, len(self._data))

    # what was issued

    def _then(self) -> Iterator[Finding]:
        """Sets ``state`` and ``issued``."""
        read_ = self._workspace.read
        same = read_(issued_queries.of_file, sha256_of(self._data))
        if same:
            self.issued, self.state = same[-1], State.ISSUED
            yield findings.exactly(self.issued)
            return
        alike = read_(issued_queries.of_seal, self.claims.seal)
        if not alike:
            yield findings.not_issued()
            return
        self.issued = alike[-1]
        made = self._paper.issued_again(self.issued)
        self._cancel.check()
        if made is None:
            yield findings.erased(self.issued)
            return
        yield from self._as_issued(self.issued, made)

    def _as_issued(self, of: IssuedReport, made: bytes) -> Iterator[Finding]:
        ours = read(made)
        found = list(differences(self._theirs, ours))
        wrong = list(findings.properties(self.claims, ours.claims))
        if not found:
            wrong += findings.beside(self._theirs, ours)
        if found or wrong:
            self.state = State.ALTERED
            yield findings.altered(of)
            yield from findings.then(found)
            yield from wrong
            return
        self.state = State.COPY
        yield findings.copied(of)

    # what the workspace says now

    def _now(self) -> Iterator[Finding]:
        paper = self._paper
        if self.state in (State.ISSUED, State.COPY):
            paper.verdict = Verdict.SINCE
        yield from paper.now(mark_in(self._data), self.issued)
        self._cancel.check()
        if paper.made is not None and self.state is not State.ALTERED:
            yield from self._pages(paper.made, paper.verdict)

    def _pages(self, made: bytes, verdict: Verdict) -> Iterator[Finding]:
        if self._data == made:
            words = mark("Every byte is as this program writes it.")
            yield Finding("bytes", Verdict.MATCHES, words)
            return
        ours = read(made)
        found = list(differences(self._theirs, ours))
        if not found:
            around = [] if self.issued else list(findings.beside(self._theirs, ours))
            yield from around or [self._same_pages(made)]
            return
        if self.claims.subject != ours.claims.subject:
            words = mark("The file is called “{theirs}”; it would now be “{ours}”.")
            told = {"theirs": self.claims.subject, "ours": ours.claims.subject}
            yield Finding("subject", verdict, words, told)
        yield from findings.named(found, verdict)

    def _same_pages(self, made: bytes) -> Finding:
        if self._data.startswith(made[: made.rindex(STAMP)]):
            words = mark("Every byte of the report is as this program writes it; more follows.")
            return Finding("bytes", Verdict.MATCHES, words)
        words = mark(
            "Words, drawings and pictures of all pages are as this program makes them; the file "
            "around them was written anew, as for a password."
        )
        return Finding("pages", Verdict.MATCHES, words)
