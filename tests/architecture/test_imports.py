"""The import rules of the design, enforced: packages know only what is below them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

ROOT = Path(__file__).resolve().parents[2]
QT = ("PySide6*", "shiboken6*")
DATABASE = ("sqlmodel*", "sqlalchemy*", "alembic*", "sqlite3*", "sqlcipher3*")
PAPER = ("reportlab*",)


def test_forms_knows_only_the_checklist() -> None:
    (
        archrule("forms", comment="the checklist knows neither people, paper nor storage")
        .match("forms*")
        .should_not_import("auditor*", "reports*", *QT, *DATABASE, *PAPER)
        .check("forms")
    )


def test_reports_knows_the_checklist_and_the_paper() -> None:
    (
        archrule("reports", comment="a snapshot in, a PDF out: no people, no Qt, no database")
        .match("reports*")
        .should_not_import("auditor*", *QT, *DATABASE)
        .check("reports")
    )


def test_domain_knows_no_storage_and_no_screen() -> None:
    (
        archrule("domain")
        .match("auditor.domain*")
        .should_not_import(
            "auditor.store*", "auditor.services*", "auditor.ui*", "auditor.cli",
            "auditor.bootstrap", "reports*", *QT, *DATABASE, *PAPER,
        )
        .check("auditor", only_direct_imports=True)
    )  # fmt: skip


def test_store_knows_domain_and_forms_alone() -> None:
    (
        archrule("store")
        .match("auditor.store*")
        .should_not_import(
            "auditor.services*", "auditor.ui*", "auditor.cli", "auditor.bootstrap",
            "reports*", *QT, *PAPER,
        )
        .check("auditor", only_direct_imports=True)
    )  # fmt: skip


def test_services_know_no_screen() -> None:
    (
        archrule("services")
        .match("auditor.services*")
        .should_not_import("auditor.ui*", "auditor.cli", "auditor.bootstrap", *QT, *PAPER)
        .check("auditor", only_direct_imports=True)
    )


def test_screens_see_services_and_queries_alone() -> None:
    (
        archrule("ui")
        .match("auditor.ui*")
        .should_not_import(
            "auditor.cli", "auditor.bootstrap", "reports*", *DATABASE, *PAPER,
        )
        .should_not_import("auditor.store*")
        .may_import("auditor.store.queries*")
        .check("auditor", only_direct_imports=True)
    )  # fmt: skip


def _modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("package", ["auditor", "forms", "reports"])
def test_every_module_is_typed_from_the_first_line(package: str) -> None:
    """``from __future__ import annotations`` everywhere but in modules without any code."""
    for path in _modules(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        has_code = any(not isinstance(node, ast.Expr) for node in tree.body)
        future = any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body)
        definitions = any(
            isinstance(n, ast.FunctionDef | ast.ClassDef | ast.AnnAssign) for n in tree.body
        )
        assert future or not (has_code and definitions), path


@pytest.mark.parametrize("package", ["auditor", "forms", "reports"])
def test_no_exception_is_swallowed_unnamed(package: str) -> None:
    for path in _modules(package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ExceptHandler) and node.type is None), path


def test_the_window_opens_before_the_heavy_parts_load() -> None:
    """``auditor`` alone paints first: no Typer, pydantic, SQLModel or ReportLab before that."""
    code = (
        "import sys, auditor.__main__, auditor.bootstrap, auditor.ui.app\n"
        "heavy = {'typer', 'pydantic', 'sqlmodel', 'sqlalchemy', 'reportlab', 'alembic', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert found.stdout.strip() == "[]"
