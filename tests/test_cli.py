"""The shell as scripts use it: output, exit codes, sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from auditor import cli

Shell = Callable[..., tuple[int, str, str]]

GOOD = """\
format: auditor-checklist/1
id: corner-shop
version: "1.0"
title: {vi: Tiệm tạp hóa, en: Corner shop}
languages: [vi, en]
scoring: {pass_mark: 80, bands: [{min: 0, id: B, label: B}, {min: 80, id: A, label: A}]}
choice_lists:
  yna:
    - {id: "yes", label: {vi: Có, en: "Yes"}, points: 1}
    - {id: "no", label: {vi: Không, en: "No"}, points: 0}
    - {id: na, label: {vi: Không áp dụng, en: N/A}, na: true}
sections:
  - id: door
    title: {vi: Cửa, en: Door}
    questions:
      - {id: open, type: choice, list: yna, points: 2, label: {vi: Mở cửa?, en: Open?}}
      - {id: clean, type: choice, list: yna, points: 1, critical: flag, label: {vi: Sạch?}}
      - id: queue
        type: duration
        label: {vi: Chờ, en: Queue}
        constraint: ". >= 0"
        bands: [{max: 60, points: 3}, {points: 0}]
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
def checklist(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def answers(folder: Path, name: str, given: dict[str, object]) -> Path:
    path = folder / name
    path.write_text(json.dumps({"answers": given, "at": "2026-11-12T14:00:00"}), encoding="utf-8")
    return path


def test_check_only_warns_about_a_good_checklist(shell: Shell, checklist: Path) -> None:
    code, out, err = shell("checklist", "check", checklist)
    assert (code, err) == (0, "")
    assert [line.split(": ")[1] for line in out.splitlines()] == ["translation-missing"]


def test_check_names_file_line_and_column(shell: Shell, checklist: Path) -> None:
    checklist.write_text(GOOD.replace("type: duration", "type: durations"), encoding="utf-8")
    code, out, _ = shell("checklist", "check", checklist)
    assert code == 1
    first = out.splitlines()[-1]
    assert first.startswith(f"{checklist}:19:")
    assert "duration" in first


def test_check_of_what_is_no_text_is_unreadable(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "photo.yaml"
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    code, _, err = shell(
        "checklist",
        "check",
        path,
    )
    assert code == 2
    assert str(path) in err
    assert shell("checklist", "check", tmp_path / "absent.yaml")[0] == 2


def test_schema_accepts_the_example(shell: Shell, checklist: Path) -> None:
    code, out, _ = shell("checklist", "schema")
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))


def test_score_prints_one_object_for_each_answers_file(
    shell: Shell, checklist: Path, tmp_path: Path
) -> None:
    one = answers(tmp_path, "one.json", {"open": "yes", "clean": "no", "queue": 61})
    two = answers(tmp_path, "two.json", {"queue": {"not_applicable": True}})
    three = answers(tmp_path, "three.json", {"open": "yes", "clean": "na"})
    code, out, err = shell("score", checklist, one, two, three, "--json")
    results = json.loads(out)
    assert [r["answers"] for r in results] == [str(one), str(two), str(three)]
    assert results[0] == {
        "answers": str(one),
        "score": "33.3",
        "raw": "33.3333333333333",
        "band": "B",
        "passed": False,
        "critical": ["clean"],
        "sections": [{"id": "door", "ratio": "0.333333333333333", "earned": "2", "possible": "6"}],
        "questions": [
            {"id": "open", "status": "scored", "earned": "2", "possible": "2", "failed": False},
            {"id": "clean", "status": "scored", "earned": "0", "possible": "1", "failed": True},
            {"id": "queue", "status": "scored", "earned": "0", "possible": "3", "failed": True},
        ],
    }
    assert [p["question"] for p in results[1]["problems"]] == ["queue"]
    assert (results[2]["score"], results[2]["passed"]) == ("100.0", True)
    assert code == 1
    assert "queue" in err


@pytest.mark.parametrize(
    "given",
    [
        {"open": True},
        {"open": "maybe"},
        {"queue": "12"},
        {"queue": -5},
        {"nobody": "yes"},
        {"open": {"value": "yes", "not_applicable": True}},
    ],
)
def test_score_guesses_nothing(
    shell: Shell, checklist: Path, tmp_path: Path, given: dict[str, object]
) -> None:
    file = answers(tmp_path, "bad.json", given)
    code, out, err = shell("score", checklist, file, "--json")
    assert code == 1
    assert next(iter(given)) in err
    assert list(json.loads(out)[0]) == ["answers", "problems"]


def test_a_checklist_with_problems_scores_nothing(
    shell: Shell, checklist: Path, tmp_path: Path
) -> None:
    checklist.write_text(GOOD.replace("list: yna, points: 2", "list: yn, points: 2"), "utf-8")
    code, out, err = shell("score", checklist, answers(tmp_path, "a.json", {}), "--json")
    assert (code, out) == (1, "")
    assert ":16:" in err


def test_add_then_doctor_backup_and_restore(shell: Shell, checklist: Path, tmp_path: Path) -> None:
    workspace, file = tmp_path / "work", tmp_path / "copy.zip"
    code, out, _ = shell("checklist", "add", checklist, "--workspace", workspace)
    assert code == 0
    assert "corner-shop" in out
    assert shell("doctor", "--workspace", workspace)[0] == 0
    assert shell("backup", "--to", file, "--workspace", workspace)[0] == 0
    elsewhere = tmp_path / "elsewhere"
    assert shell("restore", file, "--workspace", elsewhere)[0] == 0
    assert shell("doctor", "--workspace", elsewhere)[0] == 0


def test_refusals_are_one_sentence(shell: Shell, checklist: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "work"
    assert shell("report", "--all", "--out", tmp_path / "o", "--workspace", workspace)[0] == 1
    assert not workspace.exists(), "looking makes nothing"
    assert shell("checklist", "add", checklist, "--workspace", workspace)[0] == 0
    code, out, err = shell("report", "--all", "--out", tmp_path / "o", "--workspace", workspace)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    code, _, err = shell("report", "V-9", "--out", tmp_path / "o", "--workspace", workspace)
    assert code == 1
    assert "V-9" in err
    assert shell("restore", tmp_path / "absent.zip", "--workspace", workspace)[0] == 1
    assert shell("reports")[0] == 2


def test_the_installed_script_answers_in_vietnamese(checklist: Path) -> None:
    """As a person starts it: another process, a Vietnamese locale, bytes that are UTF-8."""
    checklist.write_text(GOOD.replace("type: duration", "type: durations"), encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "auditor", "checklist", "check", str(checklist)],
        capture_output=True,
        env={"LANG": "vi_VN.UTF-8", "PATH": "", "PYTHONPATH": str(Path(__file__).parents[1])},
        cwd=checklist.parent,
    )
    assert found.returncode == 1
    assert "ộ" in found.stdout.decode("utf-8") or "ạ" in found.stdout.decode("utf-8")


def test_a_problem_is_one_line_whatever_the_file_says(shell: Shell, checklist: Path) -> None:
    checklist.write_text(GOOD.replace("id: open,", 'id: "q\\nfake.yaml:1:1: no: it is",'), "utf-8")
    code, out, _ = shell("checklist", "check", checklist)
    assert code == 1
    assert all(line.startswith(f"{checklist}:") for line in out.splitlines())


def test_what_is_wrong_with_a_whole_file_stands_at_its_beginning(
    shell: Shell, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("", "utf-8")
    code, _, err = shell("checklist", "check", empty)
    assert code == 2
    assert err.startswith(f"{empty}:1:1: file-empty: ")
