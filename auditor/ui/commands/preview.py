"""The report of a visit to look at: read on the lane, drawn in the worker process, opened on the
image pool. What was drawn a moment ago is shown again without drawing."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from auditor.domain.report_choice import BOTH, About, Worn
from auditor.ui.context import AppContext
from auditor.ui.report.pdf import Opened, Part, open_pdf
from auditor.ui.tasks import Priority

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


class Remark(Protocol):
    """What could not be printed as it was written."""

    def text(self, language: str) -> str: ...


class Placed(Protocol):
    """A part of the paper: pages from 1."""

    @property
    def name(self) -> str: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


class Rendered(Protocol):
    """What comes back from the process that draws."""

    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...
    @property
    def warnings(self) -> tuple[Remark, ...]: ...
    @property
    def parts(self) -> tuple[Placed, ...]: ...


LOG = logging.getLogger("auditor")
#: Reports that stay on disk after they were looked at: the newest, of which one may still be
#: drawn or saved.
KEPT = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a worker process needs to draw a report. ``key`` is equal for equal reports, ``name``
    what its file is called; ``seal`` is printed in it."""

    visit_id: int
    snapshot: str
    images: dict[str, Path]
    name: str
    about: About
    key: str
    seal: str
    language: str
    worn: Worn
    choice: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose for the reports of a client; ``language`` may be ``BOTH``."""

    language: str
    worn: Worn


@dataclass(frozen=True, slots=True)
class Asked:
    """``remembered``, by client, holds where ``worn`` or ``language`` is None; where it tells
    nothing, what is set and ``otherwise``: that is shown as well where it is ``BOTH``."""

    language: str | None
    worn: Worn | None
    otherwise: str
    remembered: Mapping[str, Chosen] = field(default_factory=dict)


def read_sheet(workspace: Workspace, visit_id: int, asked: Asked) -> Sheet:
    from auditor.services.issuing import seal_of
    from auditor.services.report_about import client_of, dressed
    from auditor.services.report_names import PATTERN, file_name

    kept = asked.remembered.get(client_of(workspace, visit_id))
    kept = kept or Chosen(asked.otherwise, Worn())
    choice, worn = asked.language or kept.language, asked.worn or kept.worn
    language = asked.otherwise if choice == BOTH else choice
    found = dressed(workspace, visit_id, language, worn)
    text = found.snapshot.to_json()
    told = f"{text}\n{sorted((sha, str(path)) for sha, path in found.images.items())}"
    key = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    name = file_name(PATTERN, found.snapshot)
    seal = seal_of(text)
    about = found.about
    return Sheet(visit_id, text, found.images, name, about, key, seal, language, worn, choice)


@dataclass(frozen=True, slots=True)
class Made:
    """A report on disk, ready to be looked at, in ``language``; ``choice`` is that, or ``BOTH``
    where it is one of two. ``name`` is what a saved copy is called;
    ``remarks`` say what could not be printed as it was written. ``snapshot`` is what it was made
    of, ``seal`` its hash, ``sha256`` that of the file."""

    pdf: Opened
    name: str
    sha256: str
    language: str
    worn: Worn
    about: About
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...]
    snapshot: str
    seal: str
    choice: str


class Drawn(QObject):
    """The reports of this window that are still on disk, by key; one for a window."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._known: dict[str, Rendered] = {}

    @classmethod
    def of(cls, context: AppContext) -> Drawn:
        found = context.findChild(cls)
        return found if isinstance(found, Drawn) else cls(context)

    def find(self, key: str) -> Rendered | None:
        found = self._known.get(key)
        return found if found is not None and found.path.exists() else None

    def keep(self, key: str, made: Rendered) -> None:
        self._known[key] = made
        for old in list(self._known)[: -2 * KEPT]:
            del self._known[old]


class Remembered(QObject):
    """What was chosen for the reports of each client, as long as the window shows the workspace."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context, self._folder = context, context.folder
        self._chosen: dict[str, Chosen] = {}

    @classmethod
    def of(cls, context: AppContext) -> Remembered:
        found = context.findChild(cls)
        return found if isinstance(found, Remembered) else cls(context)

    def all(self) -> dict[str, Chosen]:
        if self._folder != self._context.folder:
            self._folder, self._chosen = self._context.folder, {}
        return dict(self._chosen)

    def keep(self, client: str, chosen: Chosen) -> None:
        self._chosen = {**self.all(), client: chosen}


class Making(QObject):
    """``made(Made)`` or ``failed(error)``."""

    made = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, visit_id: int, asked: Asked, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._sheet: Sheet | None = None
        self._rendered: Rendered | None = None
        context.renderer.warm()  # it starts while the lane reads
        context.ask(read_sheet, visit_id, asked, done=self._draw, failed=self.failed.emit)

    def _draw(self, sheet: Sheet) -> None:
        self._sheet = sheet
        known = Drawn.of(self._context).find(sheet.key)
        if known is not None:
            self._open(known)
            return
        self._context.renderer.run(
            sheet.snapshot, sheet.images, _place(self._context, sheet),
            done=self._open, failed=self.failed.emit,
        )  # fmt: skip

    def _open(self, rendered: Rendered) -> None:
        self._rendered = rendered
        self._context.images.run(
            _open_newest, rendered.path, done=self._opened, failed=self.failed.emit
        )

    def _opened(self, pdf: Opened) -> None:
        sheet, rendered = self._sheet, self._rendered
        if sheet is None or rendered is None:
            return
        Drawn.of(self._context).keep(sheet.key, rendered)
        parts = tuple(Part(str(each.name), each.first, each.last) for each in rendered.parts)
        self.made.emit(
            Made(
                pdf, sheet.name, rendered.sha256, sheet.language, sheet.worn, sheet.about,
                parts, rendered.warnings, sheet.snapshot, sheet.seal, sheet.choice,
            )
        )  # fmt: skip


def _open_newest(path: Path) -> Opened:
    opened = open_pdf(path)
    with suppress(OSError):  # Windows keeps what is open: the next one tries again
        os.utime(path)
        others = [each for each in path.parent.glob("*.pdf") if each != path]
        others.sort(key=lambda each: each.stat().st_mtime_ns)
        for old in others[: 1 - KEPT]:
            old.unlink()
    return opened


# before the first one is asked for


def warm_up(context: AppContext) -> None:
    """While nobody waits: make the newest report once, load what shows it. The first click then
    takes as long as the next ones, and none at all for that visit. Nothing where no visit is
    finished."""
    context.ask(
        _read_once, context.language, done=partial(_get_ready, context), priority=Priority.IDLE
    )


def _read_once(workspace: Workspace, language: str) -> Sheet | None:
    """The report of the visit that was handed in last; None if there is none, or none of it."""
    from auditor.domain.errors import UserError
    from auditor.store.queries import report_list

    with suppress(UserError):
        for newest in workspace.read(report_list.newest, 1):
            return read_sheet(workspace, newest.id, Asked(language, Worn(), language))
    return None


def _get_ready(context: AppContext, sheet: Sheet | None) -> None:
    if sheet is None:
        return
    context.renderer.run(
        sheet.snapshot, sheet.images, _place(context, sheet),
        done=partial(Drawn.of(context).keep, sheet.key), failed=_not_ready,
    )  # fmt: skip
    context.images.run(_load_pdfium)


def _not_ready(error: Exception) -> None:
    """Whoever wants it is told then."""
    LOG.info("no report is made ready: %s", error)


def _place(context: AppContext, sheet: Sheet) -> Path:
    return context.scratch / f"{sheet.visit_id}-{sheet.language}-{sheet.key[:8]}.pdf"


def _load_pdfium() -> None:
    import pypdfium2  # noqa: F401
