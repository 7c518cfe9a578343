"""The demo: a workspace of its own, filled with an invented brand, renewed and cleared whole.

It is built in a hidden folder beside and swapped in when it is complete: a crash or a cancel
leaves the old demo or the new one. A folder that is no demo is refused, never overwritten.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_data_path

from auditor.domain.errors import RefusedError
from auditor.domain.work import Cancel, Progress, silent
from auditor.services.demo_data.brand import ZONE
from auditor.services.demo_data.filler import fill
from auditor.services.folders import APP
from auditor.services.workspace import Workspace
from auditor.store import driver, files, lock
from auditor.store.folder import LOGS, unusable
from forms.system import rename

#: What an attempt to open leaves in a folder that is no workspace.
_TRACES = frozenset({lock.NAME, LOGS})
#: Endings of hidden folders beside the demo, such that nobody else would choose.
_FRESH, _OLD = ".auditor-demo-new", ".auditor-demo-old"
#: A build takes seconds: a folder this old belongs to one that crashed.
_STALE_SECONDS = 3600.0
#: The fact in the workspace that says: this is the demo, it may be replaced.
MARK = "demo"


def demo_folder() -> Path:
    """Where the demo lives unless told otherwise."""
    return user_data_path(APP, appauthor=False) / "demo"


def is_demo(workspace: Workspace) -> bool:
    return workspace.fact(MARK) is not None


def build(
    folder: Path,
    *,
    today: date | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> None:
    """Fill ``folder`` with the demo of ``today`` (local to the brand); replaces an older demo.

    Raises RefusedError ``not_the_demo`` for a folder that holds anything else, WorkspaceError
    (``in_use`` for a demo that is open), Cancelled; then ``folder`` is as it was.
    """
    place = folder.expanduser().absolute()
    day = today or datetime.now(ZoneInfo(ZONE)).date()
    _settle(place)
    _require_demo(place)
    with _beside(place) as fresh:
        fill(fresh, day, MARK, progress, cancel or Cancel())
        _require_demo(place)
        _swap(fresh, place)


def clear(folder: Path) -> None:
    """Remove the demo in ``folder``; nothing happens where there is none. Raises as ``build``."""
    place = folder.expanduser().absolute()
    _settle(place)
    _require_demo(place)
    if place.exists():
        with _beside(place) as bin_, _refusals(place):
            rename(place, bin_ / place.name)


def _require_demo(place: Path) -> None:
    """Nothing, an empty folder, or a demo that nobody has open: else it is refused."""
    if not place.exists():
        return
    if not (place / driver.DATABASE).exists():
        if not place.is_dir() or any(path.name not in _TRACES for path in place.iterdir()):
            raise _not_the_demo(place)
        return
    workspace = Workspace.open(place)
    try:
        if not is_demo(workspace):
            raise _not_the_demo(place)
    finally:
        workspace.close()


def _not_the_demo(place: Path) -> RefusedError:
    return RefusedError(
        "not_the_demo",
        "{folder} holds something else than the demo and was not touched. Name another folder for "
        "the demo.",
        folder=place,
    )


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """An empty folder beside ``place``, removed with all that is in it at the end."""
    try:
        files.make_folder(place.parent)
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=_FRESH, dir=place.parent))
    except OSError as error:
        raise unusable(place.parent) from error
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, place: Path) -> None:
    """Put ``fresh`` where ``place`` is. Between the two renames the old one stands aside, from
    where the next call brings it back."""
    with _refusals(place):
        if place.exists():
            rename(place, _aside(place))
        rename(fresh, place)
        files.sync_folder(place.parent)
    shutil.rmtree(_aside(place), ignore_errors=True)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}{_OLD}")


def _settle(place: Path) -> None:
    """Tidy up after a crash: the old demo comes back unless the new one stood already."""
    with _refusals(place):
        if _aside(place).exists() and not place.exists():
            rename(_aside(place), place)
    shutil.rmtree(_aside(place), ignore_errors=True)
    for left in place.parent.glob(f".{place.name}-*{_FRESH}"):
        if _is_stale(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_stale(folder: Path) -> bool:
    """Whether a build that ended long ago left ``folder``."""
    try:
        return time.time() - folder.stat().st_mtime > _STALE_SECONDS
    except FileNotFoundError:
        return False


@contextmanager
def _refusals(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unusable(place) from error
