"""What was found when a report was verified, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from auditor.domain.issued import IssuedReport, Kind, revision_letters
from auditor.words import WORDS, mark
from forms.reading import day
from reports.reading import Claims, Difference, Differs, Reading

if TYPE_CHECKING:
    from reports.sealing import Signer

#: Differences that are named, and so much of each.
NAMED, LONGEST = 8, 90
#: A value that stands otherwise in each language.
Spoken: TypeAlias = Callable[[str], str]


class Verdict(Enum):
    MATCHES = "matches"
    DIFFERS = "differs"
    SINCE = "since"  # the file is as it was issued; the workspace says something else now
    TOLD = "told"  # none of these: what else one should know


class State(Enum):
    """What the file is, of all that was entered as issued."""

    ISSUED = "issued"  # to the byte
    COPY = "copy"  # what was issued, in other bytes
    ALTERED = "altered"  # bears the seal of what was issued, and says something else
    UNKNOWN = "unknown"  # nothing with its seal was entered


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: English text marked for translation, with named values."""

    code: str
    verdict: Verdict
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        values = {name: v(language) if callable(v) else v for name, v in self.values.items()}
        return WORDS.text(language, self.message, **values)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, in the order in which it was looked at. ``issued`` is the entry that the
    file is, or bears the seal of."""

    file: Path
    number: str
    findings: tuple[Finding, ...]
    state: State = State.UNKNOWN
    issued: IssuedReport | None = None

    @property
    def matches(self) -> bool:
        """Whether nothing at all differs, neither then nor now."""
        return not self.is_wrong and not self.is_outdated

    @property
    def is_wrong(self) -> bool:
        return any(finding.verdict is Verdict.DIFFERS for finding in self.findings)

    @property
    def is_outdated(self) -> bool:
        """Whether it is genuine, and the workspace says something else by now."""
        return any(finding.verdict is Verdict.SINCE for finding in self.findings)

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "visit": self.number or None,
            "matches": self.matches,
            "state": self.state.value,
            "issued": None if self.issued is None else _issued_json(self.issued),
            "findings": [
                {"code": f.code, "verdict": f.verdict.value, "sentence": f.text(language)}
                for f in self.findings
            ],
        }


def _issued_json(of: IssuedReport) -> dict[str, Any]:
    return {
        "at": of.issued_at.isoformat(timespec="seconds"),
        "kind": of.kind.value,
        "revision": revision_letters(of.revision) if of.visit_id is not None else None,
        "language": of.language,
        "file": of.file_name,
        "pages": of.pages,
        "seal": of.seal,
    }


# what was issued

LANGUAGES = {"vi": mark("Vietnamese"), "en": mark("English")}


def told(of: IssuedReport) -> dict[str, object]:
    """When it was issued, by the clock of this machine, and what it was."""
    at = of.issued_at.astimezone()
    return {"day": _day(at), "time": f"{at:%H:%M}", "what": lambda language: _what(of, language)}


def _day(at: datetime) -> Spoken:
    return lambda language: day(at.date(), language)


def _what(of: IssuedReport, language: str) -> str:
    say = WORDS.text
    parts = [say(language, LANGUAGES.get(of.language, of.language))]
    if of.visit_id is not None:
        revision = revision_letters(of.revision)
        parts.insert(0, say(language, mark("revision {revision}"), revision=revision))
    if of.kind is Kind.BOUND:
        parts.append(say(language, mark("bound in {file}"), file=of.file_name))
    return ", ".join(parts)


def exactly(of: IssuedReport) -> Finding:
    words = mark("This file is exactly the one issued on {day} at {time} ({what}).")
    return Finding("issued", Verdict.MATCHES, words, told(of))


def copied(of: IssuedReport) -> Finding:
    words = mark(
        "This is a copy of what was issued on {day} at {time} ({what}): the same seal and the same "
        "pages, in a file that was written anew."
    )
    return Finding("copy", Verdict.MATCHES, words, told(of))


def altered(of: IssuedReport) -> Finding:
    words = mark(
        "The file bears the seal of what was issued on {day} at {time} ({what}), but is not what "
        "was issued: it was altered, or drawn by another version of this program."
    )
    return Finding("altered", Verdict.DIFFERS, words, told(of))


def erased(of: IssuedReport) -> Finding:
    words = mark(
        "The file bears the seal of what was issued on {day} at {time} ({what}) in other bytes. "
        "What it said is not kept any more, so its pages cannot be compared with it."
    )
    return Finding("erased", Verdict.TOLD, words, told(of))


def not_issued() -> Finding:
    words = mark(
        "Nothing with this seal is entered as issued here: it was issued before reports were "
        "entered, from another workspace, or never."
    )
    return Finding("not_issued", Verdict.TOLD, words)


def properties(theirs: Claims, ours: Claims) -> Iterator[Finding]:
    """What the file says of itself, and the issued one does not."""
    words = mark("Its properties say “{theirs}”; those of the issued report say “{ours}”.")
    for name in ("number", "revision", "language", "subject", "title", "author", "created"):
        one, other = str(getattr(theirs, name)), str(getattr(ours, name))
        if one != other:
            pair = {"theirs": cut(one), "ours": cut(other)}
            yield Finding("properties", Verdict.DIFFERS, words, pair)


# pages


def named(found: Sequence[Difference], verdict: Verdict) -> Iterator[Finding]:
    """The first of them, and how many more there are."""
    for each in islice(found, NAMED):
        yield _page(each, verdict)
    if len(found) > NAMED:
        words = mark("and {count} more differences")
        yield Finding("more", verdict, words, {"count": len(found) - NAMED})


def _page(of: Difference, verdict: Verdict) -> Finding:
    told = {"page": of.page, "theirs": cut(of.theirs), "ours": cut(of.ours)}
    return Finding("page", verdict, _against(of, NOW), told)


def _against(of: Difference, words: Mapping[Differs | str, str]) -> str:
    if of.differs is Differs.WORDS and not of.theirs:
        return words["lacks"]
    if of.differs is Differs.WORDS and not of.ours:
        return words["more"]
    return words[of.differs]


#: Against what would be written now, and against what was issued.
NOW: Mapping[Differs | str, str] = {
    Differs.WORDS: mark("Page {page} says “{theirs}”; it would now say “{ours}”."),
    "lacks": mark("Page {page} lacks “{ours}”."),
    "more": mark("Page {page} says “{theirs}”, which would not be there now."),
    Differs.DRAWING: mark(
        "Page {page} has the same words but is not drawn the same: it was edited, or made by "
        "another version of this program."
    ),
    Differs.MISSING: mark("A page is missing that would be there now: page {page}."),
    Differs.ADDED: mark("Page {page} would not be there now."),
    Differs.MOVED: mark("Page {page} would stand elsewhere now."),
}
THEN: Mapping[Differs | str, str] = {
    Differs.WORDS: mark("Page {page} says “{theirs}”; the issued one says “{ours}”."),
    "lacks": mark("Page {page} lacks “{ours}”, which the issued one has."),
    "more": mark("Page {page} says “{theirs}”, which the issued one does not."),
    Differs.DRAWING: mark("Page {page} has the same words as the issued one, but is not drawn so."),
    Differs.MISSING: mark("Page {page} of the issued report is missing."),
    Differs.ADDED: mark("Page {page} is not in the issued report."),
    Differs.MOVED: mark("Page {page} of the issued report stands elsewhere."),
}


def then(found: Sequence[Difference]) -> Iterator[Finding]:
    """As ``named``, against what was issued."""
    for each in islice(found, NAMED):
        told = {"page": each.page, "theirs": cut(each.theirs), "ours": cut(each.ours)}
        yield Finding("page", Verdict.DIFFERS, _against(each, THEN), told)
    if len(found) > NAMED:
        words = mark("and {count} more differences")
        yield Finding("more", Verdict.DIFFERS, words, {"count": len(found) - NAMED})


def beside(theirs: Reading, ours: Reading) -> Iterator[Finding]:
    """What else of a file people meet than its pages, where those are the same."""
    pairs = zip_longest(theirs.bookmarks, ours.bookmarks)
    one, other = next((pair for pair in pairs if pair[0] != pair[1]), (None, None))
    if one or other:
        told = {
            "theirs": cut(one.title) if one else "–",
            "ours": cut(other.title) if other else "–",
        }
        words = mark("A bookmark says “{theirs}” in place of “{ours}”.")
        if told["theirs"] == told["ours"]:
            words = mark("The bookmark “{theirs}” leads elsewhere.")
        yield Finding("bookmarks", Verdict.DIFFERS, words, told)
    if theirs.tags != ours.tags:
        words = mark("What a screen reader reads aloud is not what this program writes.")
        yield Finding("tags", Verdict.DIFFERS, words)


def cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


# seals and signatures


def seal(claims: Claims, now: str, otherwise: Verdict) -> Finding:
    """That of the data as they are now, or not."""
    short = {"seal": claims.seal[:12]}
    if claims.seal == now:
        words = mark("The seal {seal} is that of the data in this workspace.")
        return Finding("seal", Verdict.MATCHES, words, short)
    words = mark(
        "The seal {seal} is not that of the data in this workspace now: they have changed since, "
        "or the file has."
    )
    if otherwise is Verdict.SINCE:
        words = mark("The data in this workspace have changed since the file was issued.")
    return Finding("seal", otherwise, words, short)


def signed(by: Signer, size: int) -> Iterator[Finding]:
    told = {
        "name": by.name,
        "when": "–" if by.signed_at is None else f"{by.signed_at:%Y-%m-%d %H:%M} UTC",
        "fingerprint": by.fingerprint[:16],
        "covers": by.covers,
        "size": size,
    }
    if not by.intact:
        words = mark("The signature of {name} is broken: the file was changed after it was signed.")
        yield Finding("signature", Verdict.DIFFERS, words, told)
        return
    words = mark("Signed by {name}, {when}; what was signed has not changed.")
    yield Finding("signature", Verdict.MATCHES, words, told)
    if by.whole:
        words = mark("The signature covers the whole file.")
        yield Finding("covers", Verdict.TOLD, words)
    else:
        words = mark(
            "The signature covers the first {covers} of {size} bytes: something was added to the "
            "file after it was signed."
        )
        yield Finding("added", Verdict.DIFFERS, words, told)
    if by.own:
        words = mark(
            "Nobody but its holder vouches for that certificate (self-signed, {fingerprint}…): "
            "readers show it as untrusted."
        )
        yield Finding("self_signed", Verdict.TOLD, words, told)
