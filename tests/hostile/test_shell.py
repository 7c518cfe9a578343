"""The shell with arguments that nobody means: an exit code, a sentence, never a traceback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import cli
from auditor.services.workspace import Workspace
from forms import library
from tests.conftest import ROOT
from tests.hostile import bounds
from tests.hostile.rounds import chosen
from tests.services.conftest import furnish

Shell = Callable[..., tuple[int, str]]
PATHS = {
    "empty": "", "folder": "folder", "pipe": "pipe", "socket": "socket", "zeros": "/dev/zero",
    "nothing": "/dev/null", "full": "/dev/full", "bytes": "\udcff\udcfe", "loop": "loop",
    "dangling": "dangling", "missing": "missing", "empty file": "empty.yaml", "long": "x" * 5000,
    "two lines": "a\nb", "controls": "a\x1b[2Jb", "bidi": "\u202eb", "memory": "/proc/self/mem",
    "below a file": "ok.yaml/x", "option": "--x", "proc": "/proc/x",
}  # fmt: skip
COMMANDS = {
    "check": ("checklist", "check", "PATH"),
    "add": ("checklist", "add", "PATH", "--workspace", "WORKSPACE"),
    "score a checklist": ("score", "PATH", "answers.json"),
    "score answers": ("score", "ok.yaml", "PATH", "--json"),
    "restore": ("restore", "PATH", "--workspace", "WORKSPACE"),
    "backup to": ("backup", "--to", "PATH", "--workspace", "WORKSPACE"),
    "diagnostics to": ("diagnostics", "--to", "PATH", "--workspace", "WORKSPACE"),
    "report to": ("report", "V-0001", "--out", "PATH", "--workspace", "WORKSPACE"),
    "report of": ("report", "PATH", "--out", "out", "--workspace", "WORKSPACE"),
    "doctor": ("doctor", "--workspace", "PATH"),
    "doctor for machines": ("doctor", "--json", "--workspace", "PATH"),
    "backup of": ("backup", "--workspace", "PATH"),
    "diagnostics of": ("diagnostics", "--to", "d.zip", "--workspace", "PATH"),
    "add to": ("checklist", "add", "ok.yaml", "--workspace", "PATH"),
    "report from": ("report", "--all", "--out", "out", "--workspace", "PATH"),
}


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace of one visit, and things that are no files."""
    home = tmp_path_factory.mktemp("shell")
    workspace = Workspace.open(home / "workspace")
    furnish(workspace)
    workspace.close()
    shutil.copy(library.path("cafe-visit"), home / "ok.yaml")
    (home / "answers.json").write_text('{"answers": {}}')
    (home / "empty.yaml").touch()
    return home


@pytest.fixture
def home(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = Path(shutil.copytree(model, tmp_path / "shell"))
    (found / "folder").mkdir()
    os.mkfifo(found / "pipe")
    (found / "loop").symlink_to("loop")
    (found / "dangling").symlink_to("nowhere")
    monkeypatch.chdir(found)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    return found


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.setattr(cli.words, "language", "vi")

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["auditor", *arguments])
        with bounds.in_time():
            code = cli.run()
        printed = capfd.readouterr()
        return code, printed.out + printed.err

    return run


FEW_PATHS = chosen(
    PATHS,
    "empty",
    "folder",
    "pipe",
    "bytes",
    "loop",
    "dangling",
    "long",
    "controls",
    "below a file",
)


@pytest.mark.parametrize("path", FEW_PATHS)
@pytest.mark.parametrize("command", COMMANDS)
def test_hostile_arguments_are_told(home: Path, shell: Shell, command: str, path: str) -> None:
    given = {"PATH": PATHS[path], "WORKSPACE": "workspace"}
    arguments = [given.get(word, word) for word in COMMANDS[command]]
    code, said = shell(*arguments)
    assert code in (0, 1, 2)
    check(said)
    outside = {Path("/dev/zero"), Path("/dev/full"), Path("/dev/null")}
    assert all(not device.is_file() for device in outside)
    assert (home / "loop").is_symlink()
    assert (home / "dangling").is_symlink()


def check(said: str) -> None:
    assert said.strip()
    assert "\x1b[2J" not in said
    assert "Traceback" not in said
    if "Usage:" in said:  # by Typer, in English
        return
    assert not bounds.INSIDE.search(said), said
    assert not [words for words in bounds.SYSTEM if words in said], said


NONSENSE = [
    (), ("nonsense",), ("",), ("--workspace",), ("checklist",), ("report",), ("score",),
    ("report", "--all", "--lang", "xx", "--out", "o", "--workspace", "workspace"),
    *(("report", "--out", "o", "--workspace", "workspace", "--", number)
      for number in ("V-", "V-" + "9" * 30, "-1", "٣", "V-1'; DROP TABLE visit", "9" * 5000)),
    ("restore", "ok.yaml", "ok.yaml"), ("doctor", "--json", "--json", "x"),
]  # fmt: skip


@pytest.mark.parametrize("arguments", NONSENSE, ids=lambda words: " ".join(words)[:30] or "nothing")
def test_nonsense_is_told(home: Path, shell: Shell, arguments: tuple[str, ...]) -> None:
    code, said = shell(*arguments)
    assert code in (1, 2)
    check(said)


def auditor(*arguments: str, out: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *arguments],
        cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, timeout=60,
        env={**os.environ, "LC_ALL": "vi_VN.UTF-8"}, check=False,
    )  # type: ignore[call-overload]  # fmt: skip


def test_a_full_output_is_told() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ran = auditor("checklist", "schema", out=full)
    assert ran.returncode == 1
    assert ran.stderr == "auditor: Không thực hiện được: đĩa đã đầy.\n"


def test_an_output_that_nobody_reads_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    ran = auditor("checklist", "schema", out=write)
    os.close(write)
    assert ran.stderr == ""
