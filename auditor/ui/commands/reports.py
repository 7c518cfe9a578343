"""What is read for a report; a made one saved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.errors import NotSavedError
from auditor.domain.records import VisitRecord
from auditor.domain.report_choice import Worn
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task
from forms.system import reason, rename

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from auditor.ui.commands.preview import Made


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a worker process needs to draw a report; ``name`` is the file's."""

    visit_id: int
    snapshot: str
    images: dict[str, Path]
    name: str


def read_inputs(
    workspace: Workspace, visit_id: int, language: str, worn: Worn | None = None
) -> Inputs:
    from auditor.services.report_about import worn_snapshot
    from auditor.services.report_names import PATTERN, file_name

    snapshot = worn_snapshot(workspace, visit_id, language, worn or Worn())
    images = workspace.reports.images(snapshot)
    return Inputs(visit_id, snapshot.to_json(), images, file_name(PATTERN, snapshot))


def read_visit(workspace: Workspace, visit_id: int) -> VisitRecord:
    from auditor.store.queries import visits as visit_queries

    return workspace.read(visit_queries.visit, visit_id)


def save_copy(context: AppContext, source: Path, target: Path, done: Done, failed: Done) -> Task:
    """Copy a made report to where the person wants it; whole or not at all."""
    return context.images.run(_copy, source, target, done=done, failed=failed)


def save_into(
    context: AppContext, several: Sequence[Made], folder: Path, done: Done, failed: Done
) -> Task:
    """As ``save_copy``, each under its own name; what is no report of that visit stays. ``done``
    gets the paths."""
    return context.images.run(_copy_into, several, folder, done=done, failed=failed)


def _copy_into(several: Sequence[Made], folder: Path) -> tuple[Path, ...]:
    from auditor.services.report_files import Shelf

    shelf = Shelf(folder, again=True)
    places = [shelf.place_of(made.snapshot, {}, made.name) for made in several]
    return tuple(
        _copy(made.pdf.path, place.path) for made, place in zip(several, places, strict=True)
    )


def _copy(source: Path, target: Path) -> Path:
    part = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(source, part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        rename(part, target)
    except OSError as error:
        with suppress(OSError):  # the drive is gone, or no file may be called that
            part.unlink(missing_ok=True)
        raise NotSavedError(
            "report_not_saved",
            "The report could not be saved to {path}: {reason}. Choose another folder.",
            path=target,
            reason=reason(error),
        ) from error
    return target


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that could not be made; the others go on."""

    visit_id: int
    error: Exception
