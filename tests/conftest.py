"""What every test shares: Qt without a screen, programs that a test needs, skips that speak."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
SHARED_FORMS = ROOT.parent / "shared" / "forms"

#: In CI the examples are the same each time: a change is judged by what it does. Elsewhere, and in
#: ``make faults``, new ones are tried.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("suite")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """``@pytest.mark.needs("gcc", "strace")``: skip aloud without them; in CI fail instead."""
    programs = [name for mark in item.iter_markers("needs") for name in mark.args]
    missing = [name for name in programs if shutil.which(name) is None]
    if programs and not sys.platform.startswith("linux"):
        pytest.skip("needs Linux")
    if missing and os.environ.get("CI"):
        pytest.fail(f"CI lacks {', '.join(missing)}: .ci/setup test installs them")
    if missing:
        pytest.skip(f"needs {', '.join(missing)}: see README, Tests")


@pytest.fixture
def shared_forms() -> Path:
    """Real checklists made by others, when they lie beside the checkout."""
    if not SHARED_FORMS.is_dir():
        pytest.skip("no ../shared/forms beside the checkout")
    return SHARED_FORMS


@pytest.fixture(autouse=True)
def collected_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Python looks for cycles on this thread alone, as in the app (``auditor.ui.collector``): on
    another, a window of an earlier test would be deleted from under Qt."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    yield
    # As often through everything as Python itself would.
    gc.collect(2 if gc.get_count()[2] > gc.get_threshold()[2] else 1)
    gc.enable()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings or the workspace of the person who runs it."""
    home = tmp_path / "home"
    for name, folder in {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_STATE_HOME": home / "state",
        "LOCALAPPDATA": home / "local",
        "APPDATA": home / "roaming",
    }.items():
        monkeypatch.setenv(name, str(folder))
