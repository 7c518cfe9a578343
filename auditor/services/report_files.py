"""Where reports go: names that stay the same from run to run, and files that are there already.

A report that lies whole under its name and is what would be made now is kept. One that was made of
something else, or is torn, is made anew. What is no report of that visit is never overwritten: the
report gets the next name.
"""

from __future__ import annotations

import logging
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditor.services.issuing import Missed
from auditor.services.report_names import alternatives
from auditor.store.files import sync_folder, sync_way
from auditor.words import Words
from reports.snapshot import ReportSnapshot
from reports.stamp import Found, State, find, made_of, visit_mark

#: How the renderer begins a name that is not finished, and after how many seconds nobody is at it.
PASSING = ".report-*"
LEFT_SECONDS = 600.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beside:
    """A report that is not called what it would be: ``stays`` has that name, and is no report of
    the visit."""

    file: Path
    stays: Path

    def line(self, words: Words) -> str:
        return words(
            "{other} is no report of that visit and stays as it is; the report is in {name}.",
            other=self.stays.name,
            name=self.file.name,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """The reports of a run, in the order of its visits: ``files`` are all that is there now,
    ``kept`` those of them that were there already, ``missed`` those not entered as issued."""

    files: tuple[Path, ...]
    kept: frozenset[Path] = frozenset()
    beside: tuple[Beside, ...] = ()
    missed: Missed | None = None

    def lines(self, words: Words) -> list[str]:
        """What is to be said of the run besides the names of the files."""
        missed = [] if self.missed is None else [self.missed.line(words)]
        return [*self._kept(words), *(each.line(words) for each in self.beside), *missed]

    def _kept(self, words: Words) -> Iterator[str]:
        if self.kept:
            yield kept_line(len(self.kept), words)


def kept_line(count: int, words: Words) -> str:
    return words.plural(
        "{count} report was there already, as it would be made now.",
        "{count} reports were there already, as they would be made now.",
        count,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a report goes into; ``is_current``: it is there and need not be made.
    ``passed`` lie under names that it would have had, and are not of this visit."""

    path: Path
    is_current: bool = False
    passed: tuple[Path, ...] = ()

    @property
    def beside(self) -> tuple[Beside, ...]:
        return tuple(Beside(self.path, other) for other in self.passed)


class Shelf:
    """A folder that reports are written into; safe to ask from several threads.

    ``again``: make what is there already anew.
    """

    def __init__(self, folder: Path, *, again: bool = False) -> None:
        self.folder = folder
        self._again = again
        self._taken: set[str] = set()
        self._lasts: bool | None = None
        self._lock = threading.Lock()

    def place(self, name: str, number: str, made_of: Callable[[], str]) -> Place:
        """The place of the report of visit ``number`` that would like to be called ``name``; no
        other report of this run gets it."""
        passed: list[Path] = []
        visit = visit_mark(number)
        with self._lock:
            for candidate in alternatives(name):
                if (key := _alike(candidate)) in self._taken:
                    continue
                path = self.folder / candidate
                found = find(path)
                if not _may_be_replaced(found, visit):
                    passed.append(path)
                    continue
                self._taken.add(key)
                break
        for other in passed:
            logger.info("%s is no report of %s and stays", other.name, number)
        is_there = found.state is State.WHOLE and not self._again
        is_current = is_there and found.made_of == made_of() and self._names_last()
        return Place(path, is_current, tuple(passed))

    def _names_last(self) -> bool:
        """Whether the names in the folder are on disk: who wrote them may have been killed before
        they were. Where that cannot be told they are made anew, or the disk says why not."""
        with self._lock:
            if self._lasts is None:
                try:
                    sync_folder(self.folder)
                except OSError:
                    self._lasts = False
                else:
                    sync_way(self.folder)
                    self._lasts = True
            return self._lasts

    def place_of(self, snapshot_json: str, images: Mapping[str, Path], name: str) -> Place:
        """``place`` of a report that is to be made of these."""
        snapshot = ReportSnapshot.from_json(snapshot_json)
        return self.place(name, snapshot.visit.number, lambda: made_of(snapshot, images))

    def sweep(self) -> None:
        """Remove what runs that were cut off left of reports under names not finished."""
        for path in self.folder.glob(PASSING):
            if _is_left(path) and find(path).state in (State.TORN, State.WHOLE):
                with suppress(OSError):
                    path.unlink()


def _alike(name: str) -> str:
    """Equal for names that are one file on some system."""
    return unicodedata.normalize("NFC", name).casefold()


def _may_be_replaced(found: Found, visit: str) -> bool:
    if found.state is State.WHOLE:
        return found.visit in ("", visit)
    return found.state is not State.FOREIGN


def _is_left(path: Path) -> bool:
    try:
        return abs(time.time() - path.stat().st_mtime) > LEFT_SECONDS
    except OSError:
        return False
