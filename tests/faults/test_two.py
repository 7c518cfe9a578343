"""Two processes and one workspace, which one of them moves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.domain.errors import RefusedError, WorkspaceError
from auditor.services import doctor, moving
from auditor.services.standing import standing
from auditor.services.workspace import Workspace
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.sessions import HERE

WORDS = Words("vi")
#: Opens, reads, writes and moves as it is told, one word and a folder a line; answers with a line.
SECOND = """
import sys
from pathlib import Path
from auditor.domain.errors import UserError
from auditor.services import moving
from auditor.services.workspace import Workspace
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress

held = None
for line in sys.stdin:
    word, *folders = line.rstrip("\\n").split("\\t")
    try:
        if word == "move":
            moving.move(Path(folders[0]), Path(folders[1]), Words("vi"))
            said = "moved"
        elif word == "close":
            held = held.close()
            said = "closed"
        else:
            held = Workspace.open(Path(folders[0]), write=word != "read")
            said = word
            if word == "save":
                held.visits.save_answer(1, ("q2", 0), Answer("hai"), Progress(2, 61))
            if word != "open":
                answers = held.visits.open(1).answers
                said = ",".join(str(answers[key].value) for key in sorted(answers))
                held.close()
    except UserError as error:
        said = error.code
    print(said, flush=True)
"""


class Second:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SECOND], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, cwd=HERE.parents[1],
        )  # fmt: skip

    def __call__(self, word: str, *folders: Path) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join([word, *map(str, folders)]) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().rstrip("\n")

    def end(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture
def second() -> Iterator[Second]:
    process = Second()
    yield process
    process.end()


@pytest.fixture
def old(start: Path) -> Path:
    folder = start / "workspace"
    save(folder, 1, "mot")
    return folder


def save(folder: Path, number: int, words: str) -> None:
    workspace = Workspace.open(folder)
    workspace.visits.save_answer(1, (f"q{number}", 0), Answer(words), Progress(number, 61))
    workspace.close()


def test_the_second_reads_while_the_first_moves_and_both_go_on(
    old: Path, room: Path, second: Second
) -> None:
    """At every file of it the other one tries to write, to read, and to move it as well."""
    new, heard = room / "at" / "new", set()

    def ask(*_: object) -> None:
        heard.add(("save", second("save", old)))
        heard.add(("read", second("read", old)))
        heard.add(("move", second("move", old, room / "elsewhere")))

    moving.move(old, new, WORDS, progress=ask)
    assert heard == {("save", "in_use"), ("read", "mot"), ("move", "in_use")}
    assert list(room.glob("elsewhere*")) == list((room / "at").glob(".*")) == []
    assert second("save", new) == "mot,hai"
    assert second("read", old) == "mot", "the old folder is as it was"
    workspace = Workspace.open(new)
    assert doctor.examine(workspace).healthy
    assert second("save", new) == "in_use"
    workspace.close()


def test_one_that_has_it_open_keeps_it(old: Path, room: Path, second: Second) -> None:
    assert second("open", old) == "open"
    with pytest.raises(WorkspaceError) as refused:
        moving.move(old, room / "new", WORDS)
    assert refused.value.code == "in_use"
    assert not (room / "new").exists()
    assert second("close") == "closed"
    moving.move(old, room / "new", WORDS)
    assert second("read", room / "new") == "mot"


def test_a_workspace_that_the_second_makes_in_the_new_folder_stays(
    old: Path, room: Path, second: Second
) -> None:
    """The first finds the folder taken when it comes with all it has copied."""
    new, heard = room / "at" / "new", []

    def ask(done: int, total: int, _: str) -> None:
        if done == total:
            heard.append(second("open", new))

    with pytest.raises(RefusedError) as refused:
        moving.move(old, new, WORDS, progress=ask)
    assert (heard, refused.value.code) == (["open"], "not_empty")
    assert second("close") == "closed"
    workspace = Workspace.open(new)
    assert (
        workspace.read(lambda raw: raw.exec_driver_sql("SELECT count(*) FROM visit").scalar()) == 0
    )
    workspace.close()
    assert [path.name for path in (room / "at").iterdir()] == ["new"]
    assert second("read", old) == "mot"


def test_who_goes_on_in_the_old_folder_is_told_and_nothing_mixes(
    old: Path, room: Path, second: Second
) -> None:
    """The second window was open to read; it takes the old folder once the first has left it."""
    new = room / "new"
    moving.move(old, new, WORDS)
    assert second("save", old) == "mot,hai"
    workspace = Workspace.open(old)
    assert [(each.code, each.folder) for each in standing(workspace).warnings] == [("moved", new)]
    workspace.close()
    assert second("read", new) == "mot"
    with pytest.raises(RefusedError) as refused:
        moving.move(old, new, WORDS)
    assert refused.value.code == "other_state"
    assert second("read", new) == "mot"


def test_the_canary_has_no_lock(
    old: Path, room: Path, second: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the second writes in the midst is missing from what is moved, or the copy is refused."""
    monkeypatch.setattr(moving, "_hold", lambda folder: None)
    heard = []

    def ask(done: int, total: int, _: str) -> None:
        if done == total:
            heard.append(second("save", old))

    moving.move(old, room / "new", WORDS, progress=ask)
    assert heard == ["mot,hai"]
    assert second("read", room / "new") == "mot"
    shutil.rmtree(room / "new")
