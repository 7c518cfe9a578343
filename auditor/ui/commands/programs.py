"""Set up a program: client, brand, locations, checklist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.ui.context import AppContext
from auditor.ui.tasks import Done, Task

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace
    from forms.problems import Problem
    from forms.questions.base import Text


@dataclass(frozen=True, slots=True)
class NewLocation:
    code: str
    name: str
    address: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class NewProgram:
    """``checklist`` is a file that was read without errors."""

    client: str
    brand: str
    colour: str
    colour2: str
    locations: tuple[NewLocation, ...]
    checklist: Path


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What reading a checklist file found. ``title`` is empty when it cannot be used."""

    path: Path
    title: dict[str, str]
    version: str
    questions: int
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        return bool(self.title)


def review_checklist(path: Path) -> Reviewed:
    """Read a checklist and say all that is wrong with it; nothing is stored. Slow: off the GUI
    thread."""
    from forms.formats.native import read
    from forms.problems import UnreadableError

    try:
        reading = read(path)
    except UnreadableError as error:
        return Reviewed(path, {}, "", 0, error.problems)
    checklist = reading.checklist
    if checklist is None:
        return Reviewed(path, {}, "", 0, reading.problems)
    questions = sum(len(section.questions) for section in checklist.sections)
    return Reviewed(path, texts(checklist.title, checklist.languages), checklist.version,
                    questions, reading.problems)  # fmt: skip


def texts(text: Text, languages: tuple[str, ...]) -> dict[str, str]:
    """A checklist's text by language."""
    return dict.fromkeys(languages, text) if isinstance(text, str) else dict(text)


#: The checklist that shows every type of question: an example to read, not to use.
SHOWCASE = "every-type"


def library() -> tuple[Path, ...]:
    """The files of the checklists that come with the product, those for real visits first."""
    from forms import library as shipped

    names = sorted(shipped.names(), key=lambda name: (name == SHOWCASE, name))
    return tuple(map(shipped.path, names))


def create_program(context: AppContext, wanted: NewProgram, done: Done, failed: Done) -> Task:
    """Everything at once, the checklist first: it is what may be refused."""
    return context.ask(_create, wanted, done=done, failed=failed)


def _create(workspace: Workspace, wanted: NewProgram) -> None:
    workspace.checklists.add(wanted.checklist)
    client = workspace.places.add_client(wanted.client)
    brand = workspace.places.add_brand(client.id, wanted.brand, wanted.colour, wanted.colour2)
    for place in wanted.locations:
        workspace.places.add_location(brand.id, place.code, place.name, place.address, place.region)
