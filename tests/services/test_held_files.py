"""Files that other programs hold, as Windows refuses them: a virus scanner or a sync program looks
at what was just written, a viewer or Excel keeps what it shows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from auditor.domain.errors import NotSavedError
from auditor.services.demo import _beside, _swap
from auditor.store import backup, files
from auditor.store.failures import file_failure
from auditor.ui.commands.documents import _copy
from auditor.ui.report.sharing import named_copy
from forms import system
from reports.errors import ReportError
from reports.render import write_whole

SHARED, DENIED = 32, 5
Refuse = Callable[..., list[str]]


def refusal(number: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = number  # type: ignore[attr-defined]
    return error


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """``refuse(name, number, times)``: the system call fails so often; what it was asked."""
    monkeypatch.setattr(system, "WAITS", (0.0,) * len(system.WAITS))

    def once(name: str, number: int, times: int) -> list[str]:
        asked, real = [], getattr(os, name)

        def call(path: Path, *args: object, **named: object) -> object:
            asked.append(Path(path).name)
            if len(asked) <= times:
                raise refusal(number)
            return real(path, *args, **named)

        monkeypatch.setattr(os, name, call)
        return asked

    return once


@pytest.mark.parametrize("number", [DENIED, SHARED])
def test_what_a_scanner_looks_at_takes_its_name_in_the_end(
    number: int, tmp_path: Path, refuse: Refuse
) -> None:
    asked = refuse("replace", number, 3)
    files.write_durably(tmp_path / "settings.json", b"{}")
    write_whole(tmp_path / "report.pdf", b"%PDF")
    assert len(asked) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.pdf", "settings.json"]


def test_other_refusals_are_told_at_once(tmp_path: Path, refuse: Refuse) -> None:
    asked = refuse("replace", 1314, 1)  # a privilege that is not held
    with pytest.raises(PermissionError):
        files.write_durably(tmp_path / "x", b"")
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [DENIED, SHARED])
def test_a_report_that_a_viewer_shows_says_who_is_in_the_way(
    number: int, tmp_path: Path, refuse: Refuse
) -> None:
    shown = tmp_path / "report.pdf"
    shown.write_bytes(b"old")
    refuse("replace", number, 1000)
    with pytest.raises(ReportError) as caught:
        write_whole(shown, b"new")
    assert "another program holds it" in caught.value.text("en")
    assert "chương trình khác" in caught.value.text("vi")
    assert shown.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [shown]


def test_a_folder_that_may_not_be_written_is_not_a_file_that_is_held(
    tmp_path: Path, refuse: Refuse
) -> None:
    refuse("replace", DENIED, 1000)
    with pytest.raises(ReportError) as caught:
        write_whole(tmp_path / "report.pdf", b"new")
    assert "access is not allowed" in caught.value.text("en")


def test_what_is_held_is_told_as_busy() -> None:
    for error in (refusal(SHARED), OSError(errno.EBUSY, "")):
        told = file_failure(error, Path("C:/Audits"))
        assert isinstance(told, NotSavedError)
        assert told.code == "busy"
    assert str(system.reason(refusal(SHARED))) == "another program holds it"


def test_what_is_left_over_and_held_stops_nothing(tmp_path: Path, refuse: Refuse) -> None:
    for name in (".a.1.part", ".b.2.part"):
        (tmp_path / name).touch()
    refuse("unlink", SHARED, 1)
    assert files.sweep(tmp_path) == 1
    assert files.sweep(tmp_path) == 1
    assert files.sweep(tmp_path) == 0


def test_an_old_backup_that_is_held_stops_no_new_one(tmp_path: Path, refuse: Refuse) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    place = tmp_path / "backups"
    place.mkdir()
    for hours in (0, 400, 401, 402):
        at = now - timedelta(hours=hours)
        (place / f"{at.strftime(backup.STAMP)}.db").touch()
    refuse("unlink", SHARED, 1)
    assert backup.thin(tmp_path, now) == 1
    assert backup.thin(tmp_path, now) == 1


def test_a_folder_in_which_a_scanner_looks_at_a_photo_moves_in_the_end(
    tmp_path: Path, refuse: Refuse
) -> None:
    place = tmp_path / "demo"
    place.mkdir()
    (place / "old").touch()
    asked = refuse("replace", DENIED, 2)
    with _beside(place) as fresh:
        (fresh / "new").touch()
        _swap(fresh, place)
    assert asked[0] == "demo"
    assert [path.name for path in place.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [place]


def test_what_a_viewer_shows_is_not_written_again(tmp_path: Path) -> None:
    """Opening the same document twice, or mailing a report that is open."""
    kept, scratch = tmp_path / "kept.pdf", tmp_path / "scratch"
    kept.write_bytes(b"%PDF")
    for copy in (
        lambda: named_copy(kept, "Q1.pdf", scratch),
        lambda: _copy(kept, scratch / "b.pdf"),
    ):
        copied = copy()
        os.utime(copied, (1, 1))
        assert copy().stat().st_mtime == 1
        copied.write_bytes(b"torn")
        assert copy().read_bytes() == b"%PDF"
