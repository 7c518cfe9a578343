"""Read and change how reports look; a sample of it, drawn anew with each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from auditor.domain.branding import (
    BrandLook,
    ClientBranding,
    Dress,
    PageFormat,
    TemplateInput,
    TemplateRecord,
)
from auditor.ui.branding.rasterising import rasterise
from auditor.ui.commands.acts import act
from auditor.ui.context import AppContext
from auditor.ui.report.pdf import Opened, open_pdf
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.logos import Logo
    from auditor.services.sample import Sample
    from auditor.services.workspace import Workspace

#: How long a change waits for the next one before it is drawn.
PAUSE_MS = 80
#: Names that samples take in turn: one may still be looked at while the next is drawn.
TURNS = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """``branding`` is that of the wanted client, else of the first; None where there is none."""

    clients: tuple[tuple[int, str], ...]
    branding: ClientBranding | None
    templates: tuple[TemplateRecord, ...]


def load(workspace: Workspace, client_id: int, language: str) -> Loaded:
    clients = workspace.brandings.clients()
    known = [key for key, _ in clients]
    chosen = client_id if client_id in known else (known[0] if known else 0)
    branding = workspace.brandings.of(chosen) if chosen else None
    return Loaded(tuple(clients), branding, tuple(workspace.templates.all(language)))


def suggest(context: AppContext, picture: str, done: Done) -> Task:
    """``done`` gets the colours of a kept logo."""
    return context.images.run(_suggested, picture, done=done)


def _suggested(picture: str) -> tuple[str, ...]:
    from auditor.services.branding import suggested

    return suggested(Path(picture))


# a brand


def set_colours(
    context: AppContext, brand: BrandLook, colour: str, colour2: str, done: Done, failed: Done
) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.brandings.set_colours(brand.id, colour, colour2)

    return act(context, keep, "brandings", done=done, failed=failed)


def read_logo(context: AppContext, path: Path, done: Done, failed: Done) -> Task:
    """Check a file and make its pictures durable, off the GUI thread and the lane; ``done`` gets
    what ``set_logo`` takes."""
    return context.images.run(_read_logo, context.folder, path, done=done, failed=failed)


def _read_logo(folder: Path, path: Path) -> Logo:
    from auditor.services import logos

    found = logos.read(path)
    if isinstance(found, logos.Drawing):
        found = logos.from_drawing(found, rasterise(found))
    return logos.keep_logo(folder, found)


def set_logo(
    context: AppContext, brand: BrandLook, logo: Logo | None, done: Done, failed: Done
) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.brandings.set_logo(brand.id, logo)

    return act(context, keep, "brandings", done=done, failed=failed)


# a client


def set_footer(context: AppContext, client_id: int, footer: str, done: Done, failed: Done) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.brandings.set_footer(client_id, footer)

    return act(context, keep, "brandings", done=done, failed=failed)


def set_page(
    context: AppContext, client_id: int, page: PageFormat, done: Done, failed: Done
) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.brandings.set_page(client_id, page)

    return act(context, keep, "brandings", done=done, failed=failed)


def set_template(
    context: AppContext, client_id: int, template_id: int | None, done: Done, failed: Done
) -> Task:
    def keep(workspace: Workspace) -> None:
        workspace.brandings.set_template(client_id, template_id)

    return act(context, keep, "brandings", done=done, failed=failed)


# templates


def add_template(context: AppContext, given: TemplateInput, done: Done, failed: Done) -> Task:
    """``done`` gets an Act of the TemplateRecord."""

    def add(workspace: Workspace) -> TemplateRecord:
        return workspace.templates.add(given)

    return act(context, add, "templates", done=done, failed=failed)


def copy_template(context: AppContext, template_id: int, done: Done, failed: Done) -> Task:
    language = context.language

    def copy(workspace: Workspace) -> TemplateRecord:
        return workspace.templates.copy(template_id, language)

    return act(context, copy, "templates", done=done, failed=failed)


def change_template(
    context: AppContext, record: TemplateRecord, given: TemplateInput, done: Done, failed: Done
) -> Task:
    def change(workspace: Workspace) -> TemplateRecord:
        return workspace.templates.change(record.id, given, record.version)

    return act(context, change, "templates", done=done, failed=failed)


def delete_template(context: AppContext, record: TemplateRecord, done: Done, failed: Done) -> Task:
    def delete(workspace: Workspace) -> None:
        workspace.templates.delete(record.id)

    return act(context, delete, "templates", done=done, failed=failed)


# the sample


class SampleMaker(QObject):
    """``made(Opened)`` for the newest looks; what was asked for in between is passed over.
    ``failed(error)``, ``busy(bool)``."""

    made = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted: Dress | None = None
        self._drawing = self._stopped = False
        self._turn = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._begin)
        context.renderer.warm()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._stopped = True
        self._wanted = None
        self._timer.stop()

    def show(self, dress: Dress) -> None:
        if self._stopped:
            return
        self._wanted = dress
        self.busy.emit(True)
        if not self._drawing:
            self._timer.start()

    @property
    def idle(self) -> bool:
        """What was asked for is shown."""
        return self._wanted is None and not self._drawing

    def _begin(self) -> None:
        if self._wanted is None or self._drawing:
            return
        dress, self._wanted, self._drawing = self._wanted, None, True
        today = datetime.now().astimezone().date().isoformat()
        self._context.images.run(
            _dressed, self._context.scratch, self._context.language, today, dress,
            done=self._draw, failed=self._fail,
        )  # fmt: skip

    def _draw(self, inputs: Any) -> None:
        snapshot, images = inputs
        self._turn = (self._turn + 1) % TURNS
        out = self._context.scratch / "samples" / f"{self._turn}.pdf"
        self._context.renderer.run(snapshot, images, out, done=self._open, failed=self._fail)

    def _open(self, rendered: Any) -> None:
        self._context.images.run(open_pdf, rendered.path, done=self._opened, failed=self._fail)

    def _opened(self, pdf: Opened) -> None:
        self._drawing = False
        self.made.emit(pdf)
        self._go_on()

    def _fail(self, error: Exception) -> None:
        self._drawing = False
        self.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted is not None:
            self._begin()
        else:
            self.busy.emit(False)


def _dressed(folder: Path, language: str, today: str, dress: Dress) -> tuple[str, dict[str, Path]]:
    sample = _sample(folder, language, today).in_dress(dress)
    return sample.snapshot.to_json(), sample.images


@lru_cache(maxsize=2)
def _sample(folder: Path, language: str, today: str) -> Sample:
    from auditor.services.sample import build

    return build(folder, language, date.fromisoformat(today))
