"""snapshot in, PDF out: the same input gives the same bytes (for one lock file and platform)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TypeAlias

from forms.system import reason
from reports.document import draw, finish, new_canvas
from reports.errors import Remark, ReportError
from reports.flow import Flow
from reports.location import PARTS, story
from reports.pen import Pen
from reports.protecting import Protection, protect
from reports.remarks import remarks
from reports.sheet import Sheet
from reports.snapshot import ReportSnapshot
from reports.stamp import made_of, stamp
from reports.words import mark

#: Called with done of all; it may raise to stop the work.
Progress: TypeAlias = Callable[[int, int], None]

NOT_WRITTEN = mark("The report could not be written to {path}: {reason}.")


@dataclass(frozen=True, slots=True)
class RenderedReport:
    path: Path
    pages: int
    sha256: str
    warnings: tuple[Remark, ...] = ()


class Made(NamedTuple):
    """A PDF, its number of pages, and what somebody should know of it."""

    data: bytes
    pages: int
    warnings: tuple[Remark, ...]


def render(
    snapshot: ReportSnapshot,
    images: Mapping[str, Path],
    out: Path,
    progress: Progress | None = None,
    protection: Protection | None = None,
) -> RenderedReport:
    """Write the report of ``snapshot`` to ``out``; ``images`` are print-size JPEGs by hash.

    The file appears under its name only when it is whole and on disk. Raises ReportError when it
    cannot be written or protected; whatever ``progress`` raises comes through.
    """
    made = to_bytes(snapshot, images, progress)
    data = made.data if protection is None else protect(made.data, protection)
    write_whole(out, data)
    digest = hashlib.sha256(data).hexdigest()
    return RenderedReport(out, made.pages, digest, made.warnings)


def to_bytes(
    snapshot: ReportSnapshot, images: Mapping[str, Path], progress: Progress | None = None
) -> Made:
    """The report as it will stand on disk."""
    sheet = Sheet(snapshot, images)
    flow = Flow(sheet.page)
    for done, blocks in enumerate(story(sheet)):
        flow.add(blocks)
        if progress is not None:
            progress(done + 1, PARTS + 1)
    canvas = new_canvas(sheet, "report.pdf")
    pen = Pen(canvas, sheet.page.height)
    draw(sheet, flow, pen)
    data = stamp(finish(sheet, pen), snapshot.visit.number, made_of(sheet, images))
    if progress is not None:
        progress(PARTS + 1, PARTS + 1)
    return Made(data, len(flow.pages), remarks(sheet, pen.missing))


def write_whole(out: Path, data: bytes) -> None:
    """A temporary name beside it, fsync, rename, fsync of the folder."""
    temporary: Path | None = None
    try:
        _make_folder(out.parent.absolute())
        with NamedTemporaryFile(dir=out.parent, prefix=".report-", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(out)
        _sync_folder(out.parent)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        told = {"path": str(out), "reason": reason(error)}
        raise ReportError("not_written", NOT_WRITTEN, **told) from error


def _make_folder(folder: Path) -> None:
    """``folder`` and its parents; a name that is made is on disk too."""
    if folder.is_dir():
        return
    if folder.parent != folder:  # else a drive that is not there, which ``mkdir`` tells
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """So that the name survives a power cut too; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
