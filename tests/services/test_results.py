"""Results of many visits: which ones, and whole files or none."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from auditor import cli
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.work import Cancel, Cancelled
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from tests.services.conftest import TODAY, ZONE

GREETED = ("greeted", 0)


def hand_in(workspace: Workspace, answer: str, wave_id: int | None = None) -> int:
    visit = workspace.visits.start(1, 1, TODAY, ZONE, "E-07", wave_id)
    workspace.visits.save_answer(visit.id, GREETED, Answer(answer, comment="=1+1"), Progress(1, 6))
    workspace.visits.submit(visit.id, "E-07")
    return visit.id


@pytest.fixture
def waves(workspace: Workspace) -> dict[str, int]:
    """Two programs, each with a wave of the same name, and one visit in the first."""
    first = workspace.programs.add_program(1, "Trải nghiệm")
    second = workspace.programs.add_program(1, "Vệ sinh")
    wave = workspace.programs.add_wave(first.id, "Q4")
    workspace.programs.add_wave(second.id, "Q4")
    workspace.programs.add_wave(second.id, "Q3")
    return {"in": hand_in(workspace, "no", wave.id), "out": hand_in(workspace, "yes")}


def test_visits_are_chosen_by_program_and_wave(workspace: Workspace, waves: dict[str, int]) -> None:
    results = workspace.results
    assert results.visits() == [waves["in"], waves["out"]]
    assert results.visits("trải nghiệm") == [waves["in"]]
    assert results.visits("Vệ sinh") == []
    assert results.visits("Trải nghiệm", "q4") == [waves["in"]]
    assert results.visits(None, "Q3") == []


def test_what_is_not_there_or_not_clear_is_said(
    workspace: Workspace, waves: dict[str, int]
) -> None:
    with pytest.raises(NotFoundError, match="no program Q9"):
        workspace.results.visits("Q9")
    with pytest.raises(NotFoundError, match="no wave Q9"):
        workspace.results.visits(None, "Q9")
    with pytest.raises(RefusedError, match="Name the program"):
        workspace.results.visits(None, "Q4")


def test_a_workbook_and_a_table_of_the_same_visits(
    workspace: Workspace, waves: dict[str, int], tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    book = workspace.results.write(
        tmp_path / "new" / "all.xlsx", list(waves.values()), "vi",
        progress=lambda done, total, _: steps.append((done, total)),
    )  # fmt: skip
    heading, *rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["V-0001", "V-0002"]
    assert heading[0] == "Lượt ghé thăm"
    assert steps == [(0, 2), (1, 2), (2, 2)]
    table = workspace.results.write(tmp_path / "all.csv", list(waves.values()), "en")
    with table.open(encoding="utf-8-sig", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["Question id"] == "greeted"]
    assert [(row["Answer"], row["Choice ids"], row["Failed"]) for row in told] == [
        ("No", "no", "Yes"), ("Yes", "yes", "No"),
    ]  # fmt: skip


def test_a_file_is_whole_or_not_there(
    workspace: Workspace, waves: dict[str, int], tmp_path: Path
) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(b"the old one")
    cancel = Cancel()

    def stop(done: int, total: int, what: str) -> None:
        del total, what
        if done == 1:
            cancel.set()

    with pytest.raises(Cancelled):
        workspace.results.write(path, [*waves.values(), waves["in"]], "en",
                                progress=stop, cancel=cancel)  # fmt: skip
    assert path.read_bytes() == b"the old one"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["all.xlsx", "workspace"]


def test_other_endings_and_no_visits_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"\.xlsx or \.csv"):
        workspace.results.write(tmp_path / "all.pdf", [1], "en")
    with pytest.raises(NotFoundError, match="nothing to report"):
        workspace.results.write(tmp_path / "all.xlsx", [], "en")


def test_the_shell_writes_the_same(
    workspace: Workspace,
    waves: dict[str, int],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    workspace.close()
    path = tmp_path / "q4.csv"
    monkeypatch.setattr(sys, "argv", [
        "auditor", "export", "answers", str(path), "--program", "Trải nghiệm", "--wave", "Q4",
        "--lang", "en", "--workspace", str(folder),
    ])  # fmt: skip
    assert cli.run() == 0
    assert capsys.readouterr().out.strip() == str(path)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")
