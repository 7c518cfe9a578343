"""Pictures for reports, drawn once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.samples import pictures


@pytest.fixture(scope="session")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return pictures(tmp_path_factory.mktemp("pictures"))
