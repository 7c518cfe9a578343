"""Evaluators and assignments through the shell: in, out, and in again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import cli
from auditor.domain.programs import ProgramInput, Terms, WaveInput
from auditor.services.workspace import Workspace
from auditor.store.queries import evaluators as evaluator_queries
from auditor.store.queries import planning as planning_queries

Shell = Callable[..., tuple[int, str, str]]

PEOPLE = "Mã CTV;Họ và tên;Ngôn ngữ\nEV-07;Trần Thị Bích;vi, en\nEV-08;Lê An;vi\n"
VISITS = "Mã CH;Người đánh giá;Ngày kế hoạch\nA-1;EV-07;05/01/2027\nA-2;EV-08;06/01/2027\n"
CHECKLIST = """
format: auditor-checklist/1
id: small
version: "1"
title: Small
languages: [vi]
scoring: {total: weighted}
sections:
  - {id: a, title: A, questions: [{id: q, type: text, label: Q}]}
"""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["auditor", *map(str, arguments)])
        code = cli.run()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Two locations and one wave with rotation."""
    folder = tmp_path / "workspace"
    workspace = Workspace.open(folder)
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Sen")
    for code in ("A-1", "A-2"):
        workspace.places.add_location(brand.id, code, code)
    version = workspace.checklists.add(CHECKLIST.encode(), "small.yaml")
    terms = Terms(version.id, quota=2, rotation=1)
    program = workspace.programs.add(client.id, ProgramInput("Đo lường", terms=terms))
    workspace.programs.add_waves(program.id, [WaveInput("Tháng 1")])
    workspace.close()
    return folder


def table(tmp_path: Path, text: str, name: str = "t.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def held(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    workspace = Workspace.open(folder, write=False)
    people = [each.code for each in workspace.read(evaluator_queries.evaluators)]
    visits = workspace.read(planning_queries.assignment_page)
    workspace.close()
    return people, [(each.location_code, each.evaluator) for each in visits]


def test_people_and_their_visits_come_in_and_go_out(
    shell: Shell, firm: Path, tmp_path: Path
) -> None:
    where = ("--workspace", firm)
    people = table(tmp_path, PEOPLE)
    code, out, _ = shell("import", "evaluators", people, "--preview", *where)
    assert (code, held(firm)) == (0, ([], []))
    assert "2 new, 0 changed, 0 the same, 0 refused." in out
    assert shell("import", "evaluators", people, *where)[0] == 0
    visits = table(tmp_path, VISITS, "v.csv")
    code, out, err = shell("import", "assignments", visits, "--wave", "thang 1", *where)
    assert (code, err) == (0, "")
    assert held(firm) == (["EV-07", "EV-08"], [("A-1", "EV-07"), ("A-2", "EV-08")])
    for kind, asked in (("evaluators", ()), ("assignments", ("--wave", "Tháng 1"))):
        for name in ("all.xlsx", "all.csv"):
            path = tmp_path / name
            assert shell("export", kind, path, *asked, *where)[0] == 0
            again = shell("import", kind, path, *asked, *where)
            assert "0 new, 0 changed, 2 the same, 0 refused." in again[1]


def test_a_row_that_breaks_a_rule_stops_all_unless_anyway(
    shell: Shell, firm: Path, tmp_path: Path
) -> None:
    asked = ("--wave", "Tháng 1", "--program", "do luong", "--workspace", firm)
    shell("import", "evaluators", table(tmp_path, PEOPLE), "--workspace", firm)
    path = table(tmp_path, VISITS + "A-1;EV-07;20/01/2027\n", "v.csv")
    code, out, err = shell("import", "assignments", path, *asked)
    assert code == 1
    assert f"{path}:4: rotation: " in err
    assert "Nothing was imported" in out
    assert held(firm)[1] == []
    assert shell("import", "assignments", path, "--anyway", *asked)[0] == 0
    assert len(held(firm)[1]) == 3


def test_a_wave_must_be_there(shell: Shell, firm: Path, tmp_path: Path) -> None:
    path = table(tmp_path, VISITS)
    code, _, err = shell("import", "assignments", path, "--wave", "T9", "--workspace", firm)
    assert code == 1
    assert "There is no T9 here" in err
