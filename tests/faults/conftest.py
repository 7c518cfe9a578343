"""A workspace with one draft, and a process that fills it while its disk is watched."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from auditor.services.workspace import Workspace
from tests.faults.sessions import HERE, Worker, checklist


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    library = tmp_path_factory.mktemp("recorder") / "recorder.so"
    build = ["gcc", "-shared", "-fPIC", "-O1", "-o", library, HERE / "recorder.c", "-ldl"]
    subprocess.run(build, check=True)
    running = Worker(library)
    yield running
    running.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one draft; copied for each session."""
    folder = tmp_path_factory.mktemp("furnished") / "workspace"
    workspace = Workspace.open(folder)
    client = workspace.places.add_client("A")
    brand = workspace.places.add_brand(client.id, "A")
    workspace.places.add_location(brand.id, "1", "A")
    workspace.checklists.add(checklist(), "long.yaml")
    workspace.visits.start(1, 1, date(2026, 11, 22), "Asia/Ho_Chi_Minh", "E-01")
    workspace.backups.make()
    workspace.close()
    return folder


@pytest.fixture
def start(furnished: Path, tmp_path: Path) -> Path:
    """A fresh copy of the furnished workspace."""
    return Path(shutil.copytree(furnished, tmp_path / "workspace"))
