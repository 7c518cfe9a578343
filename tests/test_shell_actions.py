"""``auditor export actions``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from auditor import cli
from auditor.domain.actions import ActionInput, ActionStatus
from auditor.services.workspace import Workspace


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Two clients with an action each, and a closed one."""
    folder = tmp_path / "workspace"
    workspace = Workspace.open(folder)
    for name in ("Sen Việt", "Lá"):
        client = workspace.places.add_client(name)
        brand = workspace.places.add_brand(client.id, name)
        place = workspace.places.add_location(brand.id, "1", f"Quán {name}")
        workspace.actions.add(place.id, ActionInput(f"Việc {name}", due=date(2026, 1, 2)))
    closed = workspace.actions.add(1, ActionInput("Xong rồi"))
    workspace.actions.set_status([closed.id], ActionStatus.CLOSED, "vi")
    workspace.close()
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["auditor", "export", "actions", *map(str, arguments)])
    return cli.run()


def findings(path: Path) -> list[str]:
    heads, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [str(row[heads.index("Finding")]) for row in rows]


def test_the_actions_of_all_or_of_one_client(
    monkeypatch: pytest.MonkeyPatch, firm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    assert run(monkeypatch, out, "--workspace", firm) == 0
    assert findings(out) == ["Việc Sen Việt", "Việc Lá"]
    assert run(monkeypatch, out, "--all", "--workspace", firm) == 0
    assert findings(out) == ["Việc Sen Việt", "Việc Lá", "Xong rồi"]
    assert run(monkeypatch, out, "--client", "lá", "--workspace", firm) == 0
    assert findings(out) == ["Việc Lá"]


def test_what_does_not_work_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    firm: Path,
    tmp_path: Path,
) -> None:
    assert run(monkeypatch, tmp_path / "out.pdf", "--workspace", firm) == 1
    assert "must end in .xlsx or .csv" in capsys.readouterr().err
    assert run(monkeypatch, tmp_path / "out.csv", "--client", "Ai", "--workspace", firm) == 1
    assert "There are: Lá, Sen Việt" in capsys.readouterr().err
