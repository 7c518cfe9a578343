"""Read and change programs, their waves and what is read before a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.domain.records import ClientRecord, ProgramRecord
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.pictures import Prepared
    from auditor.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Studies:
    """Clients by name and programs by name."""

    clients: tuple[ClientRecord, ...]
    programs: tuple[ProgramRecord, ...]

    def of(self, client_id: int) -> tuple[ProgramRecord, ...]:
        return tuple(each for each in self.programs if each.client_id == client_id)

    def find(self, program_id: int) -> ProgramRecord | None:
        return next((each for each in self.programs if each.id == program_id), None)


@dataclass(frozen=True, slots=True)
class WantedWave:
    """``id`` 0 is a new one."""

    program_id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    scenario: str
    id: int = 0


def load(workspace: Workspace) -> Studies:
    from auditor.store import queries

    clients, programs = workspace.read(queries.clients), workspace.read(queries.programs)
    return Studies(tuple(clients), tuple(programs))


def add_program(context: AppContext, client_id: int, name: str, done: Done, failed: Done) -> Task:
    """``done`` gets its ProgramRecord."""

    def add(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.add_program(client_id, name)

    return context.ask(add, done=done, failed=failed)


def update_program(
    context: AppContext, program_id: int, done: Done, failed: Done, **values: Any
) -> Task:
    """``name=``, ``rules=`` or ``briefing=``; ``done`` gets the ProgramRecord."""

    def change(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.update_program(program_id, **values)

    return context.save(change, done=done, failed=failed)


def read_document(context: AppContext, path: Path, done: Done, failed: Done) -> Task:
    """Off the GUI thread and the lane; ``done`` gets what ``set_document`` takes."""
    return context.images.run(_prepare, path, done=done, failed=failed)


def _prepare(path: Path) -> Prepared:
    from auditor.services.pictures import prepare

    return prepare(path, kind="file")


def set_document(
    context: AppContext, program_id: int, prepared: Prepared | None, done: Done, failed: Done
) -> Task:
    """None takes it away; ``done`` gets the ProgramRecord."""

    def keep(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.set_document(program_id, prepared)

    return context.ask(keep, done=done, failed=failed)


def find_document(context: AppContext, program: ProgramRecord, done: Done) -> Task:
    """``done`` gets the Path of the document."""

    def find(workspace: Workspace) -> Path | None:
        return workspace.programs.document_path(program)

    return context.ask(find, done=done)


def keep_wave(context: AppContext, wave: WantedWave, done: Done, failed: Done) -> Task:
    """Add a wave or change one; ``done`` gets its program."""

    def keep(workspace: Workspace) -> ProgramRecord:
        said = (wave.name, wave.starts_on, wave.ends_on, wave.scenario)
        if wave.id:
            workspace.programs.update_wave(wave.id, *said)
        else:
            workspace.programs.add_wave(wave.program_id, *said)
        return workspace.programs.get(wave.program_id)

    return context.ask(keep, done=done, failed=failed)
