"""snapshot in, PDF out: the same input gives the same bytes (for one lock file and platform)."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TypeAlias

from forms.system import reason, rename
from reports.container import Pdf
from reports.document import draw, finish, told
from reports.errors import Remark, ReportError
from reports.flow import Flow
from reports.location import PARTS, named_story
from reports.pen import Pen
from reports.protecting import Protection, protect
from reports.remarks import remarks
from reports.sheet import Sheet
from reports.snapshot import PartName, ReportSnapshot
from reports.stamp import made_of, stamp
from reports.words import mark

#: Called with done of all; it may raise to stop the work.
Progress: TypeAlias = Callable[[int, int], None]

NOT_WRITTEN = mark("The report could not be written to {path}: {reason}.")


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part that has something to show, from page ``first`` to ``last`` (from 1)."""

    name: PartName
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RenderedReport:
    path: Path
    pages: int
    sha256: str
    warnings: tuple[Remark, ...] = ()
    parts: tuple[PlacedPart, ...] = ()


class Made(NamedTuple):
    """A PDF, its number of pages, and what somebody should know of it."""

    data: bytes
    pages: int
    warnings: tuple[Remark, ...]
    parts: tuple[PlacedPart, ...] = ()


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
    return RenderedReport(out, made.pages, digest, made.warnings, made.parts)


def to_bytes(
    snapshot: ReportSnapshot, images: Mapping[str, Path], progress: Progress | None = None
) -> Made:
    """The report as it will stand on disk."""
    with undisturbed():
        return _made(snapshot, images, progress)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for circular garbage meanwhile: drawing makes ten thousand objects and drops
    them all at its end, and each search would go through everything else that the process holds."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _made(snapshot: ReportSnapshot, images: Mapping[str, Path], progress: Progress | None) -> Made:
    sheet = Sheet(snapshot, images)
    flow = Flow(sheet.page)
    parts: list[PlacedPart] = []
    for done, (name, blocks) in enumerate(named_story(sheet)):
        last, stood = len(flow.pages), len(flow.pages[-1]) if flow.pages else 0
        flow.add(blocks)
        if name is not None and _stands(flow, last, stood):
            more = len(flow.pages[last - 1]) > stood
            parts.append(PlacedPart(name, last if more else last + 1, len(flow.pages)))
        if progress is not None:
            progress(done + 1, PARTS + 1)
    pen = Pen(Pdf(told(sheet)), sheet.page)
    draw(sheet, flow, pen)
    data = stamp(finish(pen, snapshot.created), snapshot.visit.number, made_of(sheet, images))
    if progress is not None:
        progress(PARTS + 1, PARTS + 1)
    return Made(data, len(flow.pages), remarks(sheet, pen.missing), tuple(parts))


def _stands(flow: Flow, last: int, stood: int) -> bool:
    """Whether anything was placed since page ``last`` held ``stood`` blocks."""
    return len(flow.pages[last - 1]) > stood or any(flow.pages[last:])


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
        rename(temporary, out)
        _sync_folder(out.parent)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):  # the drive is gone
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
