"""The log never stands in the way, and a crash below Python is told at the next start."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.services import log

ROOT = Path(__file__).resolve().parents[2]
LOGGER = logging.getLogger("auditor.test")


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[logging.Handler]:
    attached = log.attach(tmp_path)
    assert attached is not None
    yield attached
    log.detach(attached)


def _text(folder: Path) -> str:
    return log.log_file(folder).read_text(encoding="utf-8")


def test_a_folder_of_logs_that_vanishes_comes_back(
    handler: logging.Handler, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LOGGER.warning("one")
    shutil.rmtree(tmp_path / "logs")
    LOGGER.warning("two")
    LOGGER.warning("three")
    assert "three" in _text(tmp_path)
    assert capsys.readouterr().err == ""


def test_a_full_disk_costs_lines_and_no_more(
    handler: logging.Handler, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Also while the file is turned over."""
    LOGGER.warning("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(handler, "flush", full)
        LOGGER.warning("lost")
    with monkeypatch.context() as disk:
        disk.setattr(handler, "rotate", full)
        disk.setattr(handler, "maxBytes", 10)
        LOGGER.warning("lost, too")
    LOGGER.warning("after")
    assert "after" in _text(tmp_path)
    assert capsys.readouterr().err == ""


def test_a_crash_below_python_is_kept_and_told_once(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    code = (
        "import faulthandler, sys\nfrom pathlib import Path\n"
        "from auditor.services.log import FatalWatch\n"
        "watch = FatalWatch()\nprint(watch.begin(Path(sys.argv[1])), flush=True)\n"
        "faulthandler._sigsegv()\n"
    )
    for _ in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ended.returncode != 0
    assert "Fatal" in ended.stdout, "the second heard of the first"
    watch = log.FatalWatch()
    found = watch.begin(tmp_path)
    assert found is not None
    assert "Segmentation fault" in found.path.read_text()
    watch.end()
    assert sorted(path.name for path in (tmp_path / "logs").iterdir()) == [
        "fatal.log.1",
        "fatal.log.2",
    ]
    assert log.FatalWatch().begin(tmp_path / "nowhere") is None
    again = log.FatalWatch()
    assert again.begin(tmp_path) is None, "it is told once"
    again.end()
