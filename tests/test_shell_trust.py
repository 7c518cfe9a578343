"""Trust from the shell: locked and signed reports, ``auditor verify``, exit codes, both tongues."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from auditor import cli
from auditor.domain.visits import VisitStatus
from auditor.services.folders import own_certificate
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from tests.services.test_verifying import CHECKLIST

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one submitted visit, V-0001."""
    folder = tmp_path_factory.mktemp("room") / "ws"
    opened = Workspace.open(folder, clock=lambda: datetime(2026, 11, 12, 7, tzinfo=UTC))
    client = opened.places.add_client("Sen Việt")
    brand = opened.places.add_brand(client.id, "Cà phê Sen Việt", "#7B2D43", "#4A2C2A")
    place = opened.places.add_location(brand.id, "SV-01", "Quán 1", "1 phố Ga", "").id
    checklist = opened.checklists.add(CHECKLIST.encode(), "small.yaml").id
    here = opened.visits.start(place, checklist, date(2026, 11, 12), "Asia/Ho_Chi_Minh", "E7")
    opened.visits.save_answer(here.id, ("greeted", 0), Answer("no"), Progress(1, 1))
    opened.visits.submit(here.id, "E7")
    opened.close()
    return folder


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], room: Path) -> Shell:
    monkeypatch.setattr(cli.words, "language", "en")

    def run(*arguments: object, typed: str = "") -> tuple[int, str, str]:
        given = ["auditor", *map(str, arguments), "--workspace", str(room)]
        monkeypatch.setattr(sys, "argv", given)
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = cli.run()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def made(shell: Shell, out: Path, *options: object, typed: str = "") -> Path:
    code, told, _ = shell("report", "V-0001", "--out", out, *options, typed=typed)
    assert code == 0
    return Path(told.strip())


def test_a_report_is_verified(shell: Shell, tmp_path: Path) -> None:
    code, told, err = shell("verify", made(shell, tmp_path))
    assert (code, err) == (0, "")
    assert told.count("✓") == 4
    assert "exactly the one issued on" in told
    assert "Every byte is as this program writes it." in told


def test_what_was_right_on_its_day_has_an_exit_code_of_its_own(
    shell: Shell, room: Path, tmp_path: Path
) -> None:
    file = made(shell, tmp_path)
    opened = Workspace.open(room)
    with opened.store.unit() as unit:
        opened.visits._move(unit, 1, VisitStatus.SENT_BACK, reason="x")
    opened.close()
    code, told, _ = shell("verify", file)
    opened = Workspace.open(room)
    opened.store.raw.execute("UPDATE visit SET status = 'submitted'")
    opened.close()
    assert code == 3
    assert "✓ This file is exactly the one issued on" in told
    assert "≠ Visit V-0001 is not submitted yet" in told
    assert "✗" not in told


def test_a_report_is_written_while_the_workspace_is_open_elsewhere(
    shell: Shell, room: Path, tmp_path: Path
) -> None:
    opened = Workspace.open(room)
    try:
        code, told, err = shell("report", "V-0001", "--out", tmp_path)
    finally:
        opened.close()
    assert (code, Path(told.strip()).exists()) == (0, True)
    assert "1 report is on disk, but not entered as issued" in err


def test_in_vietnamese(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli.words, "language", "vi")
    code, told, _ = shell("verify", made(shell, tmp_path))
    assert code == 0
    assert "Từng byte đều đúng" in told


def test_an_edited_report_is_problems(shell: Shell, tmp_path: Path) -> None:
    file = made(shell, tmp_path)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        old = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents.write(old + b"\n1 1 1 rg 60 500 200 200 re f\n")
        pdf.save()
    code, told, _ = shell("verify", file)
    assert code == 1
    assert "✗ Page 1" in told
    code, told, _ = shell("verify", file, "--json")
    found = json.loads(told)
    assert (code, found["matches"], found["visit"]) == (1, False, "V-0001")
    assert {each["verdict"] for each in found["findings"]} == {"matches", "differs"}


def test_what_is_no_report_is_unreadable(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"hello")
    for file in (tmp_path / "x.pdf", tmp_path / "missing.pdf"):
        code, told, err = shell("verify", file)
        assert (code, told) == (2, "")
        assert err.startswith("auditor: ")


def test_a_password_is_asked_not_shown(shell: Shell, tmp_path: Path) -> None:
    file = made(shell, tmp_path, "--password", "-", typed="mở ra\n")
    with pikepdf.open(file, password="mở ra") as pdf:
        assert pdf.encryption.R == 6
    assert shell("verify", file)[0] == 2
    code, told, _ = shell("verify", file, "--password", "-", typed="mở ra\n")
    assert code == 0
    assert "of all pages are as this program makes them" in told


def test_a_run_again_replaces_the_locked_file(shell: Shell, tmp_path: Path) -> None:
    first = made(shell, tmp_path, "--password", "a")
    before = first.read_bytes()
    assert made(shell, tmp_path, "--password", "a") == first
    assert first.read_bytes() != before
    assert [each.name for each in tmp_path.iterdir()] == [first.name]


@pytest.mark.needs("pdfsig")
def test_signed_with_the_own_certificate_which_says_so(shell: Shell, tmp_path: Path) -> None:
    code, told, err = shell("report", "V-0001", "--out", tmp_path, "--sign")
    assert code == 0
    assert "untrusted" in err
    assert own_certificate().exists()
    file = Path(told.strip())
    checked = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=True)
    assert "Signature is Valid" in checked.stdout
    code, told, _ = shell("verify", file)
    assert code == 0
    assert "✓ Signed by Mystery Auditor" in told
    assert "· Nobody but its holder vouches" in told


def test_a_bad_certificate_or_password_stops_before_the_first_report(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "a.p12").write_bytes(b"junk")
    for options in (
        ("--certificate", tmp_path / "a.p12"),
        ("--certificate", tmp_path / "none.p12"),
        ("--password", "x" * 128),
    ):
        code, told, err = shell("report", "V-0001", "--out", tmp_path / "out", *options)
        assert (code, told) == (1, ""), options
        assert err.startswith("auditor: ")
    assert not (tmp_path / "out").exists()
