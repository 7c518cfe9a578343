"""Files of evidence on their way to the disk; any thread or process may do it.

It knows nothing of the database: the process that reads photos loads it.
"""

from __future__ import annotations

from pathlib import Path

from auditor.domain.errors import NotFoundError
from auditor.domain.records import EvidenceRecord
from auditor.services.pictures import Prepared, turned
from auditor.store import failures
from auditor.store.evidence import EvidenceFiles


def keep(folder: Path, prepared: Prepared) -> Prepared:
    """Make the files of ``prepared`` durable in the workspace of ``folder``; any thread may call
    it. What is returned no longer holds their bytes. Raises NotSavedError."""
    if prepared.kept:
        return prepared
    files = EvidenceFiles(folder)
    try:
        files.write(prepared.sha256, prepared.media_type, prepared.content, prepared.pictures)
    except OSError as error:
        raise failures.file_failure(error, folder) from error
    return prepared.light()


def thumb_path(folder: Path, sha256: str) -> Path:
    """Where the thumbnail of a photo lies once it is kept."""
    return EvidenceFiles(folder).thumb(sha256)


def make_turned(folder: Path, record: EvidenceRecord, turn: int) -> None:
    """Have the pictures of a photo, turned clockwise, on disk; any thread may call it. Raises
    RefusedError (unreadable), NotFoundError (the original is gone), NotSavedError."""
    files = EvidenceFiles(folder)
    if not turn or files.thumb(record.sha256, turn).exists():
        return
    original = Path(record.path)
    if not original.exists():
        raise NotFoundError(
            "original_gone",
            "{name} is no longer on this disk, so it cannot be turned. Attach it again.",
            name=record.name,
        )
    pictures = turned(original, record.name, turn)
    try:
        files.write_turned(record.sha256, turn, pictures)
    except OSError as error:
        raise failures.file_failure(error, folder) from error
