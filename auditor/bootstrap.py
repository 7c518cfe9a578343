"""The one place where the window's parts are put together.

Nothing heavy is imported here before the first paint: the services load on the database lane once
the window is on screen.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.services import settings as kept
from auditor.services.folders import default_folder
from auditor.ui import app as application
from auditor.ui.window import MainWindow
from reports import fonts

if TYPE_CHECKING:
    from auditor.domain.errors import UserError
    from auditor.domain.my_visits import Overview, Wanted
    from auditor.domain.settings import Settings
    from auditor.services.workspace import Workspace
    from auditor.ui.about import Part
    from auditor.ui.collector import Collector
    from auditor.ui.context import AppContext, Ports
    from auditor.ui.fatal import FatalGuard
    from auditor.ui.instance import Instance

DATABASE = "workspace.db"
LEFTOVERS = ("backups", "evidence")
ROOT = Path(__file__).resolve().parent.parent


def open_window(folder: Path | None = None) -> int:
    """Show the window on ``folder`` (the default one when None) until it is closed.

    Where a window has that workspace open already, it comes to the front instead.
    """
    from auditor.ui.instance import Instance, raise_other

    app = application.create()
    settings = load_settings()
    folder = (folder or _kept_folder(settings)).absolute()
    instance = Instance()
    # Before the window: of two starts at once, one takes the place and the other raises it.
    if not instance.listen(folder):
        if raise_other(folder):
            return 0
        instance.listen(folder)  # the other one was just ending
    window = make_window(settings, folder)
    guards: list[FatalGuard | Collector] = []
    window.ready.connect(lambda: guards.extend(_watch(window, instance)))
    window.fit(window.screen().availableGeometry().size())
    window.show()
    code = app.exec()
    window.end()
    instance.close()
    for guard in guards:
        guard.end()
    return code


def _watch(window: MainWindow, instance: Instance) -> tuple[FatalGuard, Collector]:
    """Hear of second starts, of bugs, and of crashes below Python; keep memory small."""
    from auditor.ui.collector import Collector
    from auditor.ui.crash import BugHook
    from auditor.ui.fatal import FatalGuard

    context = window.context
    instance.asked.connect(window.raise_it)
    window.moved.connect(instance.listen)
    hook = BugHook(context.words, window.log_path, window)
    hook.support_wanted.connect(partial(window.do, "support"))
    hook.install()
    return FatalGuard(window), Collector(window)


def make_window(settings: Settings, folder: Path, home: Path | None = None) -> MainWindow:
    """The window, not shown yet. ``home`` is where leaving the demo leads."""
    return MainWindow(application.look(settings), partial(_prepare, settings, folder, home))


def _prepare(settings: Settings, folder: Path, home: Path | None) -> AppContext:
    from auditor.ui.context import AppContext

    application.dress(fonts.FILES.values(), settings)
    return AppContext(settings, folder, ports(folder, home))


def ports(folder: Path, home: Path | None = None) -> Ports:
    from auditor.ui.context import Ports

    usual = default_folder()
    demo = usual.parent / "demo"
    return Ports(
        open_workspace=open_workspace,
        first_list=first_list,
        has_data=has_data,
        save_settings=save_settings,
        log_file=log_file,
        home=home or (usual if folder == demo else folder),
        demo=demo,
        licences=licences(),
    )


def save_settings(settings: Settings) -> None:
    """Raises NotSavedError."""
    try:
        kept.save(settings)
    except OSError as error:
        from auditor.services.folders import settings_file
        from auditor.store.failures import file_failure

        raise file_failure(error, settings_file().parent) from error


def load_settings() -> Settings:
    """The kept settings; before anyone chose a language, that of the system."""
    from PySide6.QtCore import QLocale

    from auditor.domain.settings import Settings

    language = "vi" if QLocale.system().language() == QLocale.Language.Vietnamese else "en"
    return kept.load(usual=Settings(language=language))


def _kept_folder(settings: Settings) -> Path:
    return Path(settings.workspace) if settings.workspace else default_folder()


def is_away(folder: Path) -> bool:
    """Whether the folder that the person works in is not there: its disk is not plugged in."""
    remembered = folder != default_folder() and str(folder) == load_settings().workspace
    return remembered and not _is_there(folder)


def _is_there(folder: Path) -> bool:
    """True also where that cannot be seen (no rights, an impossible name): opening it tells."""
    try:
        return folder.exists()
    except OSError:
        return True


def has_data(folder: Path) -> bool:
    """Its database, or what is left where one is gone: no first run builds on that, nor on a
    folder that cannot be used or is not there just now, which opening it tells."""
    if is_away(folder):
        return True
    if _is_there(folder) and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return True
    places = [folder / name for name in LEFTOVERS]
    return (folder / DATABASE).exists() or any(any(place.glob("*")) for place in places)


def log_file(folder: Path) -> Path:
    from auditor.services.log import log_file as path

    return path(folder)


def first_list(folder: Path, wanted: Wanted) -> Overview | None:
    from auditor.services.first_list import first_list as quick

    return quick(folder, wanted)


def open_workspace(folder: Path, read: UserError | None = None) -> Workspace:
    from auditor.services.workspace import Workspace
    from auditor.store.folder import away

    if is_away(folder):
        raise away(folder)
    return Workspace.open_as_can(folder, read=read)


def licences() -> tuple[Part, ...]:
    from auditor.ui.about import Part

    return (
        Part("Mystery Auditor", "Apache-2.0", ROOT / "LICENSE"),
        Part("Be Vietnam Pro", "OFL-1.1", fonts.FOLDER / "OFL.txt"),
        Part("Lucide", "ISC", ROOT / "auditor" / "ui" / "icons" / "LICENSE"),
    )
