"""Whether a report on paper is what this workspace holds: what matches, and what does not.

Nothing is kept of a report that was made: the snapshot is built again from the rows, for the
language, the page and the date that the file names, and drawn again. So a report that was right
on its day may differ where other visits have come in since; the findings say where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel
from auditor.words import LANGUAGES, WORDS, mark
from forms.system import reason
from reports.reading import Claims, Difference, Reading, differences, read
from reports.render import to_bytes

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from reports.sealing import Signer
    from reports.snapshot import ReportSnapshot

#: Of a report; a thicker file is none.
MOST_BYTES = 200_000_000
#: Begins the line that says what a report was made of; it is another one in a signed file.
STAMP = b"%made of "
#: Differences that are named, and so much of each.
NAMED, LONGEST = 8, 90


class Verdict(Enum):
    MATCHES = "matches"
    DIFFERS = "differs"
    TOLD = "told"  # neither: what else one should know


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: English text marked for translation, with named values."""

    code: str
    verdict: Verdict
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return WORDS.text(language, self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, in the order in which it was looked at."""

    file: Path
    number: str
    findings: tuple[Finding, ...]

    @property
    def matches(self) -> bool:
        """Whether nothing at all differs."""
        return all(finding.verdict is not Verdict.DIFFERS for finding in self.findings)

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "visit": self.number,
            "matches": self.matches,
            "findings": [
                {"code": f.code, "verdict": f.verdict.value, "sentence": f.text(language)}
                for f in self.findings
            ],
        }


def verify(
    workspace: Workspace, file: Path, password: str = "", cancel: Cancel | None = None
) -> Verification:
    """Compare the report in ``file`` with what the workspace would print.

    Raises UserError ``unreadable``, ReportError ``unreadable``, ``password`` or ``no_seal``,
    Cancelled.
    """
    data = _bytes(file)
    theirs = read(data, password)
    return Verification(
        file, theirs.claims.number, tuple(_Look(workspace, data, theirs, password, cancel).all())
    )


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
        cancel: Cancel | None,
    ) -> None:
        self._workspace = workspace
        self._data = data
        self._theirs = theirs
        self._password = password
        self._cancel = cancel or Cancel()

    @property
    def _claims(self) -> Claims:
        return self._theirs.claims

    def all(self) -> Iterator[Finding]:
        yield from self._alone()
        self._cancel.check()
        yield from self._signatures()
        self._cancel.check()
        yield from self._workspaces()

    def _alone(self) -> Iterator[Finding]:
        """What the file itself gives away."""
        if self._theirs.printed_seal != self._claims.seal:
            words = mark("The seal on the paper is not the one in the file’s properties.")
            yield Finding("printed_seal", Verdict.DIFFERS, words)
        if self._theirs.extras:
            words = mark("The file holds what no report has: {names}.")
            told = {"names": ", ".join(self._theirs.extras)}
            yield Finding("extras", Verdict.DIFFERS, words, told)

    def _signatures(self) -> Iterator[Finding]:
        if b"/ByteRange" not in self._data:
            return
        from reports.sealing import signatures

        for signer in signatures(self._data, self._password):
            yield from _signed(signer)

    def _workspaces(self) -> Iterator[Finding]:
        found = self._workspace.visits.by_number(self._claims.number)
        if found is None:
            words = mark("There is no visit {number} in this workspace to compare it with.")
            yield Finding("visit_unknown", Verdict.DIFFERS, words, {"number": self._claims.number})
            return
        if self._claims.language not in LANGUAGES:
            words = mark("The file names no language in which reports are made.")
            yield Finding("language", Verdict.DIFFERS, words)
            return
        try:
            snapshot = self._workspace.reports.snapshot(
                found.id,
                self._claims.language,
                page=self._claims.page,
                created=self._claims.created,
            )
        except UserError as error:  # not handed in, or changed from outside
            yield Finding(error.code, Verdict.DIFFERS, error.message, dict(error.values))
            return
        yield from self._against(snapshot)

    def _against(self, snapshot: ReportSnapshot) -> Iterator[Finding]:
        claims = self._claims
        told = {"number": claims.number, "location": snapshot.location.name}
        words = mark("Visit {number} at {location} is in this workspace.")
        yield Finding("visit", Verdict.MATCHES, words, told)
        if claims.revision and claims.revision != snapshot.visit.revision:
            told = {"theirs": claims.revision, "ours": snapshot.visit.revision}
            words = mark("The file is revision {theirs}; this workspace holds revision {ours}.")
            yield Finding("revision", Verdict.DIFFERS, words, told)
        yield _seal(claims, snapshot)
        self._cancel.check()
        made = to_bytes(snapshot, self._workspace.reports.images(snapshot)).data
        self._cancel.check()
        yield from self._drawn(made)

    def _drawn(self, made: bytes) -> Iterator[Finding]:
        if self._data == made:
            words = mark("Every byte is as this program writes it.")
            yield Finding("bytes", Verdict.MATCHES, words)
            return
        ours = read(made)
        found = list(differences(self._theirs, ours))
        if not found:
            yield self._same_pages(made)
            return
        if self._claims.subject != ours.claims.subject:
            words = mark("The file is called “{theirs}”; it would now be “{ours}”.")
            told = {"theirs": self._claims.subject, "ours": ours.claims.subject}
            yield Finding("subject", Verdict.DIFFERS, words, told)
        yield from map(_differs, islice(found, NAMED))
        if len(found) > NAMED:
            words = mark("and {count} more differences")
            yield Finding("more", Verdict.DIFFERS, words, {"count": len(found) - NAMED})

    def _same_pages(self, made: bytes) -> Finding:
        if self._data.startswith(made[: made.rindex(STAMP)]):
            words = mark("Every byte of the report is as this program writes it; more follows.")
            return Finding("bytes", Verdict.MATCHES, words)
        words = mark(
            "Words, drawings and pictures of all pages are as this program makes them; the file "
            "around them was written anew, as for a password."
        )
        return Finding("pages", Verdict.MATCHES, words)


def _seal(claims: Claims, snapshot: ReportSnapshot) -> Finding:
    if claims.seal == snapshot.content_hash:
        words = mark("The seal {seal} is that of the data in this workspace.")
        return Finding("seal", Verdict.MATCHES, words, {"seal": claims.seal[:12]})
    words = mark(
        "The seal {seal} is not that of the data in this workspace now: they have changed since, "
        "or the file has."
    )
    return Finding("seal", Verdict.DIFFERS, words, {"seal": claims.seal[:12]})


def _differs(of: Difference) -> Finding:
    told = {"page": of.page, "theirs": _cut(of.theirs), "ours": _cut(of.ours)}
    if not of.theirs and not of.ours:
        words = mark(
            "Page {page} has the same words but is not drawn the same: it was edited, or made by "
            "another version of this program."
        )
    elif not of.theirs:
        words = mark("Page {page} lacks “{ours}”.")
    elif not of.ours:
        words = mark("Page {page} says “{theirs}”, which would not be there now.")
    else:
        words = mark("Page {page} says “{theirs}”; it would now say “{ours}”.")
    return Finding("page", Verdict.DIFFERS, words, told)


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _signed(by: Signer) -> Iterator[Finding]:
    told = {
        "name": by.name,
        "when": "–" if by.signed_at is None else f"{by.signed_at:%Y-%m-%d %H:%M} UTC",
        "fingerprint": by.fingerprint[:16],
    }
    if not by.intact:
        words = mark("The signature of {name} is broken: the file was changed after it was signed.")
        yield Finding("signature", Verdict.DIFFERS, words, told)
        return
    words = mark("Signed by {name}, {when}; what was signed has not changed.")
    yield Finding("signature", Verdict.MATCHES, words, told)
    if not by.whole:
        words = mark("Something was added to the file after it was signed.")
        yield Finding("added", Verdict.DIFFERS, words)
    if by.own:
        words = mark(
            "Nobody but its holder vouches for that certificate (self-signed, {fingerprint}…): "
            "readers show it as untrusted."
        )
        yield Finding("self_signed", Verdict.TOLD, words, told)
