"""The check of a workspace: database, trail, figures, evidence, backups. It reads and mends
nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, Row, select

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Progress, silent
from auditor.services import move_mark, orphans, photo_rescue, rollups
from auditor.services.workspace import Workspace
from auditor.store import backup, check, driver, events
from auditor.store.evidence import EvidenceFiles, file_hash
from auditor.store.queries import issued
from auditor.store.tables import EVIDENCE, VISIT, VISIT_EVIDENCE
from auditor.words import WORDS, Words, mark


class Level(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``message`` is English text marked for translation;
    ``files`` are those of ``orphans``, which may be removed."""

    level: Level
    code: str
    message: str
    values: dict[str, object] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    def text(self, words: Words) -> str:
        return words(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class Findings:
    findings: tuple[Finding, ...]

    @property
    def removable(self) -> tuple[Path, ...]:
        """Files that nothing names and that may go, see ``Evidence.sweep``."""
        return tuple(path for finding in self.findings for path in finding.files)

    @property
    def healthy(self) -> bool:
        """Whether nothing is broken; warnings leave it healthy."""
        return not any(finding.level is Level.FAULT for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """For machines: what ``lines`` says, in English, with its code and values."""
        return {
            "healthy": self.healthy,
            "findings": [
                {
                    "level": finding.level.value,
                    "code": finding.code,
                    "sentence": WORDS.text("en", finding.message, **finding.values),
                    "values": {name: str(value) for name, value in finding.values.items()},
                }
                for finding in self.findings
            ],
        }

    def lines(self, words: Words) -> list[str]:
        """One line each: its level, then the sentence."""
        names = {
            Level.GOOD: words("good"),
            Level.WARNING: words("warning"),
            Level.FAULT: words("fault"),
        }
        return [f"{names[finding.level]}: {finding.text(words)}" for finding in self.findings]


def unopened(error: UserError) -> Findings:
    """What is found where the workspace does not even open."""
    return Findings((Finding(Level.FAULT, error.code, error.message, dict(error.values)),))


def examine(
    workspace: Workspace, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Findings:
    """Look at everything; every file of evidence is read and hashed again."""
    token = cancel or Cancel()
    steps = (_database, _trail, _figures, _issued, _evidence, _orphans, _backups, _folder)
    found: list[Finding] = []
    for step in steps:
        token.check()
        found.extend(step(workspace, progress, token))
    return Findings(tuple(found))


def _database(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    with workspace.store.failures():
        faults = check.all_faults(workspace.store.raw)
    for fault in faults:
        yield Finding(
            Level.FAULT,
            "database",
            mark("The database is damaged: {fault}. Restore the newest backup."),
            {"fault": fault},
        )
    if not faults:
        yield Finding(
            Level.GOOD,
            "database",
            mark("The database is whole (SQLite {version}, {journal})."),
            {"version": driver.module.sqlite_version, "journal": driver.JOURNAL},
        )


def _trail(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    broken = workspace.read(events.broken_links)
    if broken:
        yield Finding(
            Level.FAULT,
            "trail",
            mark("The trail of events was altered at entry {entry}. Ask who wrote to the file."),
            {"entry": broken[0]},
        )
    else:
        yield Finding(Level.GOOD, "trail", mark("The trail of events is unbroken."))


def _figures(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    """Of the lists of locations; ``rollups.mend`` puts them right."""
    wrong = workspace.read(rollups.differing)
    if wrong:
        yield Finding(
            Level.FAULT,
            "figures",
            mark(
                "Some figures in the lists of locations differ from the visits (locations: "
                "{count}). The visits are whole: choose Count again under Settings, Check now."
            ),
            {"count": len(wrong)},
        )


def _issued(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    """Entries of reports: each names what is here, and stands in the trail as it is."""
    astray = workspace.read(issued.astray)
    for each in astray:
        yield Finding(
            Level.FAULT,
            "issued_astray",
            mark(
                "The report {name} is entered as issued for a visit, a wave or a file that is not "
                "here. Ask who wrote to the database."
            ),
            {"name": each.file_name},
        )
    changed = workspace.read(issued.altered)
    if changed:
        yield Finding(
            Level.FAULT,
            "issued_altered",
            mark(
                "The list of issued reports is not the one in the trail of events (reports: "
                "{count}). Ask who wrote to the database."
            ),
            {"count": changed},
        )
    count = workspace.read(issued.count)
    if count and not astray and not changed:
        yield Finding(
            Level.GOOD, "issued", mark("Reports entered as issued: {count}."), {"count": count}
        )


def _held(connection: Connection) -> list[Row[str, str, str, str]]:
    query = (
        select(EVIDENCE.c.sha256, EVIDENCE.c.media_type, VISIT_EVIDENCE.c.name, VISIT.c.number)
        .select_from(EVIDENCE.outerjoin(VISIT_EVIDENCE).outerjoin(VISIT))
        .order_by(EVIDENCE.c.sha256, VISIT.c.number)
    )
    return list(connection.execute(query))


def _evidence(workspace: Workspace, progress: Progress, cancel: Cancel) -> Iterator[Finding]:
    rows = workspace.read(_held)
    files, judged = workspace.evidence.files, dict[str, str]()
    for done, (sha256, media_type, name, number) in enumerate(rows):
        cancel.check()
        progress(done, len(rows), name or "")
        if sha256 not in judged:
            judged[sha256] = _judge(files, sha256, media_type)
        if judged[sha256]:
            yield _bad_file(judged[sha256], name or sha256[:12], number or "–")
    bare = [each for each in workspace.read(photo_rescue.kept)
            if not judged.get(each.sha256) and photo_rescue.unpictured(files, each)]  # fmt: skip
    if bare:
        yield Finding(
            Level.FAULT,
            "pictures",
            mark(
                "The pictures that reports show are gone of {count} photos, or damaged. The "
                "photos are here: choose Bring back under Settings, Check now."
            ),
            {"count": len(bare)},
        )
    if not any(judged.values()) and not bare:
        yield Finding(
            Level.GOOD,
            "evidence",
            mark("The evidence is whole, byte for byte (files: {count})."),
            {"count": len(judged)},
        )


def _judge(files: EvidenceFiles, sha256: str, media_type: str) -> str:
    """ "" for a good file, else the code of what is wrong with it."""
    path = files.original(sha256, media_type)
    try:
        if not path.is_file():
            return "missing"
        return "" if file_hash(path) == sha256 else "altered"
    except OSError:
        return "unreadable"


def _bad_file(code: str, name: str, number: str) -> Finding:
    sentences = {
        "missing": mark(
            "The file {name} of visit {number} is missing. Bring it back from a copy of everything."
        ),
        "altered": mark(
            "The file {name} of visit {number} is no longer what was attached. Bring it back from "
            "a copy of everything."
        ),
        "unreadable": mark(
            "The file {name} of visit {number} cannot be read. Check the disk, or bring the file "
            "back from a copy of everything."
        ),
    }
    return Finding(Level.FAULT, code, sentences[code], {"name": name, "number": number})


def _orphans(workspace: Workspace, _progress: Progress, cancel: Cancel) -> Iterator[Finding]:
    found = orphans.find(workspace.store, cancel)
    if found.free:
        yield Finding(
            Level.WARNING,
            "orphans",
            mark("Files that nothing names any more: {count} ({size} MB). They do no harm."),
            {"count": len(found.free), "size": f"{found.size / 1e6:.1f}", "bytes": found.size},
            found.free,
        )
    if found.kept:
        yield Finding(
            Level.GOOD,
            "orphans_kept",
            mark("Files that belong to no visit, kept for backups or for a day: {count}."),
            {"count": found.kept},
        )


def _backups(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    listed = backup.listed(workspace.folder)
    if not listed:
        yield Finding(
            Level.WARNING,
            "backups",
            mark("There is no backup yet. Make one now."),
        )
        return
    bad = [path for path in listed if not backup.is_good(path)]
    for path in bad:
        yield _bad_backup(path)
    if listed[0] not in bad:
        yield Finding(
            Level.GOOD,
            "backups",
            mark("Backups: {count}, the newest of {time} UTC."),
            {"count": len(listed), "time": f"{backup.made_at(listed[0]):%Y-%m-%d %H:%M}"},
        )


def _bad_backup(path: Path) -> Finding:
    return Finding(
        Level.WARNING,
        "bad_backup",
        mark("The backup {name} is damaged and cannot be restored."),
        {"name": path.name},
    )


def _folder(workspace: Workspace, _progress: Progress, _cancel: Cancel) -> Iterator[Finding]:
    for warning in (*workspace.warnings, *workspace.notes):
        values: dict[str, object] = {"folder": warning.folder}
        if warning.name:
            values["name"] = warning.name
        yield Finding(Level.WARNING, warning.code, warning.message, values)
    for left in move_mark.left_behind(workspace.folder):
        yield Finding(
            Level.WARNING,
            "move_cut_off",
            mark(
                "A move of this workspace was cut off, and what it had copied lies in {folder}. "
                "Move the workspace again, which removes it, or remove it yourself."
            ),
            {"folder": left},
        )
