"""Changes that a person can take back: what was done on the lane, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from auditor.domain.places import Step
from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace


class Undoable(Protocol):
    """A service that keeps its newest change."""

    last: Step | None

    def undo(self, step: Step) -> Step: ...


@dataclass(frozen=True, slots=True)
class Act:
    """``value`` is what the service returned; ``steps`` are its changes, each with the name of the
    service that made it. There are none when nothing changed."""

    value: Any
    steps: tuple[tuple[str, Step], ...] = ()


def act(
    context: AppContext,
    do: Callable[[Workspace], Any],
    *services: str,
    done: Done,
    failed: Done | None = None,
) -> Task:
    """Run ``do`` on the lane; ``done`` gets an Act of what ``services`` changed."""
    return context.save(_run, do, services, done=done, failed=failed)


def take_back(context: AppContext, done_: Act, done: Done, failed: Done) -> Task:
    """Undo every step; ``done`` gets the Act that does them again."""
    return context.save(_take_back, done_, done=done, failed=failed)


def _run(workspace: Workspace, do: Callable[[Workspace], Any], services: tuple[str, ...]) -> Act:
    before = {name: _service(workspace, name).last for name in services}
    value = do(workspace)
    last = {name: _service(workspace, name).last for name in services}
    steps = tuple((name, step) for name, step in last.items() if step and step is not before[name])
    return Act(value, steps)


def _take_back(workspace: Workspace, act_: Act) -> Act:
    undone = [(name, _service(workspace, name).undo(step)) for name, step in reversed(act_.steps)]
    return Act(None, tuple(undone))


def _service(workspace: Workspace, name: str) -> Undoable:
    service: Undoable = getattr(workspace, name)
    return service
