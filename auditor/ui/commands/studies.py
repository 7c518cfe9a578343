"""Read and change programs, their waves and what is read before a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.assignments import WaveCount
from auditor.domain.planning import Changed, Clash
from auditor.domain.programs import ProgramInput, WaveInput
from auditor.domain.records import ChecklistRecord, ClientRecord, ProgramRecord, WaveRecord
from auditor.ui.commands.acts import act
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
    checklists: tuple[ChecklistRecord, ...] = ()
    counts: Mapping[int, WaveCount] = field(default_factory=dict)  # by wave
    templates: tuple[tuple[int, str], ...] = ()  # of reports: id, name

    @property
    def offered(self) -> tuple[ClientRecord, ...]:
        """Clients that a program may be added for."""
        return tuple(each for each in self.clients if each.active)

    def of(self, client_id: int) -> tuple[ProgramRecord, ...]:
        return tuple(each for each in self.programs if each.client_id == client_id)

    def find(self, program_id: int) -> ProgramRecord | None:
        return next((each for each in self.programs if each.id == program_id), None)


def load(workspace: Workspace) -> Studies:
    from auditor.store.queries import branding as branding_queries
    from auditor.store.queries import planning as planning_queries
    from auditor.store.queries import visits as visit_queries

    clients, programs = (
        workspace.read(visit_queries.clients),
        workspace.read(visit_queries.programs),
    )
    waves = [wave.id for program in programs for wave in program.waves]
    counts = workspace.read(planning_queries.wave_counts, waves, today())
    checklists = workspace.read(visit_queries.checklists)
    templates = ((each.id, each.name) for each in workspace.read(branding_queries.templates))
    return Studies(tuple(clients), tuple(programs), tuple(checklists), counts, tuple(templates))


def today() -> date:
    """Local."""
    return date.today()  # noqa: DTZ011 - the day on the wall, asked for at every cell


def add_program(context: AppContext, client_id: int, name: str, done: Done, failed: Done) -> Task:
    """``done`` gets the Act, whose value is the ProgramRecord."""

    def add(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.add_program(client_id, name)

    return act(context, add, "programs", done=done, failed=failed)


def change_program(
    context: AppContext, program_id: int, given: ProgramInput, version: int, done: Done,
    failed: Done,
) -> Task:  # fmt: skip
    """``done`` gets the Act, whose value is the ProgramRecord."""

    def change(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.change_program(program_id, given, version)

    return act(context, change, "programs", done=done, failed=failed)


def read_program(context: AppContext, program_id: int, done: Done) -> Task:
    """``done`` gets the ProgramRecord."""

    def read(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.get(program_id)

    return context.ask(read, done=done)


def read_document(context: AppContext, path: Path, done: Done, failed: Done) -> Task:
    """Off the GUI thread and the lane; ``done`` gets what ``set_document`` takes."""
    return context.images.run(_prepare, path, done=done, failed=failed)


def _prepare(path: Path) -> Prepared:
    from auditor.services.pictures import prepare

    return prepare(path, kind="file")


def set_document(
    context: AppContext, program_id: int, prepared: Prepared | None, done: Done, failed: Done
) -> Task:
    """None takes it away; ``done`` gets an Act of the ProgramRecord."""

    def keep(workspace: Workspace) -> ProgramRecord:
        return workspace.programs.set_document(program_id, prepared)

    return act(context, keep, "programs", done=done, failed=failed)


def find_document(context: AppContext, program: ProgramRecord, done: Done) -> Task:
    """``done`` gets the Path of the document."""

    def find(workspace: Workspace) -> Path | None:
        return workspace.programs.document_path(program)

    return context.ask(find, done=done)


@dataclass(frozen=True, slots=True)
class WantedWave:
    """``id`` 0 is a new one. ``move``: what is planned and not begun keeps its place in the
    wave when its days change, and ``clash`` says what becomes of conflicts then."""

    program_id: int
    given: WaveInput
    id: int = 0
    version: int = 0
    move: bool = False
    clash: Clash = Clash.REFUSE


@dataclass(frozen=True, slots=True)
class KeptWave:
    """``moved``: what became of its planned visits, where they went along; ``broken``: so many
    of them break a rule now that did not before."""

    wave: WaveRecord
    moved: Changed | None = None
    broken: int = 0

    @property
    def name(self) -> str:
        return self.wave.name


def keep_wave(context: AppContext, wanted: WantedWave, done: Done, failed: Done) -> Task:
    """Add a wave or change one; ``done`` gets the Act, whose value is the KeptWave."""
    return act(context, partial(_keep_wave, wanted), "planning", "programs", done=done,
               failed=failed)  # fmt: skip


def _judged(given: WaveInput) -> tuple[object, ...]:
    """What of a wave its planned visits are judged by."""
    return given.starts_on, given.ends_on, given.own.quota


def _keep_wave(wanted: WantedWave, workspace: Workspace) -> KeptWave:
    given, version = wanted.given, wanted.version
    if not wanted.id:
        return KeptWave(workspace.programs.add_waves(wanted.program_id, [given])[0])
    judge, before = workspace.assignments, workspace.programs.wave(wanted.id)
    differs = _judged(before.given) != _judged(given)
    broken = judge.broken([wanted.id])[wanted.id].keys() if differs else set()
    moved = None
    if wanted.move and given.starts_on and given.ends_on:
        days = given.starts_on, given.ends_on
        moved = workspace.planning.move_wave(wanted.id, *days, wanted.clash, given, version)
        wave = workspace.programs.wave(wanted.id)
    else:
        wave = workspace.programs.change_wave(wanted.id, given, version)
    after = judge.broken([wanted.id])[wanted.id].keys() if differs else set()
    return KeptWave(wave, moved, len(after - broken))


def add_waves(
    context: AppContext, program_id: int, given: Sequence[WaveInput], done: Done, failed: Done
) -> Task:
    """``done`` gets the Act, whose value are the WaveRecords."""

    def add(workspace: Workspace) -> tuple[WaveRecord, ...]:
        return workspace.programs.add_waves(program_id, given)

    return act(context, add, "programs", done=done, failed=failed)


def remove_wave(context: AppContext, wave_id: int, done: Done, failed: Done) -> Task:
    def remove(workspace: Workspace) -> None:
        workspace.programs.remove_wave(wave_id)

    return act(context, remove, "programs", done=done, failed=failed)
