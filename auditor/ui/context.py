"""What screens are given: words, theme, settings, lanes, the open workspace."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from auditor.domain.changes import Changes
from auditor.domain.errors import UserError
from auditor.domain.settings import Settings
from auditor.domain.standing import Standing
from auditor.ui.tasks import DatabaseLane, Done, ImagePool, Priority, RenderWorker, Task
from auditor.ui.theme import Theme, Tokens, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.domain.my_visits import Overview, Wanted
    from auditor.services.workspace import Workspace
    from auditor.ui.about import Part


LOG = logging.getLogger("auditor")


@dataclass(frozen=True, slots=True)
class Ports:
    """What ``bootstrap`` plugs in, so that the window imports none of it before the first paint.

    ``has_data`` and ``log_file`` are quick; the others are called on the database lane.
    ``open_workspace`` opens it to read where it cannot be written; given an error, it does not try
    to write, for that reason. ``home`` is where leaving the demo leads.
    """

    open_workspace: Callable[[Path, UserError | None], Workspace]
    first_list: Callable[[Path, Wanted], Overview | None]
    has_data: Callable[[Path], bool]
    save_settings: Callable[[Settings], None]
    log_file: Callable[[Path], Path]
    home: Path
    demo: Path
    licences: tuple[Part, ...]


class AppContext(QObject):
    """One per window. ``changed`` says what a unit of work touched; views decide to refresh.

    ``restyled`` asks the window to rebuild its screens in new words or sizes; ``failed`` brings
    an expected error (with the widget it stands beside, or None) to the window; ``stood`` the
    Standing of the workspace when it was opened or something about it changed. ``leaving()``: the
    workspace is about to be closed; what still goes on in it ends.
    """

    changed = Signal(object)
    restyled = Signal()
    failed = Signal(object, object)
    stood = Signal(object)
    leaving = Signal()
    _committed = Signal(object)
    _looked = Signal(object)

    def __init__(self, settings: Settings, folder: Path, ports: Ports) -> None:
        super().__init__()
        self.settings = settings
        self.folder = folder
        self.ports = ports
        self.words = Words(settings.language)
        self.lane = DatabaseLane()
        self.images = ImagePool()
        self.renderer = RenderWorker()
        for owner in (self.lane, self.images, self.renderer):
            owner.on_failed = self.report_error
        #: Newer checklists not wanted in this window: (folder, visit id, version id).
        self.put_off: set[tuple[str, int, int]] = set()
        #: How the open workspace stands; None before it is open.
        self.standing: Standing | None = None
        #: Called on the lane, before the folder is let go.
        self.closers: list[Callable[[], object]] = []
        self._read: UserError | None = None
        self._workspace: Workspace | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self._committed.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._looked.connect(self._stand, Qt.ConnectionType.QueuedConnection)

    @property
    def theme(self) -> Theme:
        return current()

    @property
    def tokens(self) -> Tokens:
        return current().tokens

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def is_demo(self) -> bool:
        return self.folder == self.ports.demo

    # the workspace: touched on the lane only

    def ask(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
        priority: Priority = Priority.READ,
    ) -> Task:
        """Run ``job(workspace, *args)`` on the lane; the workspace is opened when it is not."""
        LOG.debug("job %s", job.__qualname__)
        return self.lane.run(
            self._with_workspace, job, args, done=done, failed=failed, priority=priority
        )

    def save(
        self,
        job: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Done | None = None,
    ) -> Task:
        """``ask`` for what writes an answer: it overtakes reads that wait."""
        return self.ask(job, *args, done=done, failed=failed, priority=Priority.SAVE)

    def _with_workspace(self, job: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        return job(self._opened(), *args)

    def _opened(self) -> Workspace:
        if self._workspace is None:
            self._workspace = self.ports.open_workspace(self.folder, self._read)
            self._workspace.subscribe(self._committed.emit)
            self._look_at(self._workspace)
        return self._workspace

    def _look_at(self, workspace: Workspace) -> None:
        from auditor.services.standing import standing

        self._looked.emit(standing(workspace))

    def look_again(self) -> None:
        """Something about the workspace changed that its standing tells."""
        self.ask(self._look_at)

    def _stand(self, found: Standing) -> None:
        if found.folder == self.folder:
            self.standing = found
            self.stood.emit(found)

    def _close_workspace(self) -> None:
        for close in self.closers:
            close()
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def switch_to(self, folder: Path, done: Done | None = None) -> None:
        """Close this workspace; the next job opens that of ``folder``."""

        self._reopen(folder, None, done)

    def reopen(self, read: UserError | None = None, done: Done | None = None) -> None:
        """Close the workspace; the next job opens it again, to read alone when ``read``."""
        self._reopen(self.folder, read, done)

    def _reopen(self, folder: Path, read: UserError | None, done: Done | None) -> None:
        self.standing = None
        self.leaving.emit()

        def move() -> None:
            self._close_workspace()
            self.folder, self._read = folder, read

        self.lane.run(move, done=done)

    def closed(self, job: Callable[..., Any]) -> Callable[..., Any]:
        """``job`` for the lane, run while the workspace is closed."""

        def run(*args: Any, **named: Any) -> Any:
            self._close_workspace()
            return job(*args, **named)

        return run

    @property
    def scratch(self) -> Path:
        """A folder for files that are gone when the window is."""
        if self._scratch is None:
            self._scratch = TemporaryDirectory(
                prefix="mystery-auditor-", ignore_cleanup_errors=True
            )
        return Path(self._scratch.name)

    # what the person is told

    def report_error(self, error: Exception, beside: QWidget | None = None) -> None:
        """Show an expected error beside its cause, or at the top of the screen."""
        self.failed.emit(error, beside)

    def sentence(self, error: Any) -> str:
        """What an expected error says, in the language of the window."""
        problems = getattr(error, "problems", None)
        if problems:
            return "\n".join(problem.text(self.language) for problem in problems)
        return str(error.text(self.language))

    # settings

    def change_settings(self, **values: Any) -> None:
        """Keep new settings (``language=``, ``theme=`` …); what shows on screen changes now."""
        before, self.settings = self.settings, replace(self.settings, **values)
        self.lane.run(self.ports.save_settings, self.settings)
        looks = ("language", "theme", "text_size", "touch")
        if any(getattr(before, name) != getattr(self.settings, name) for name in looks):
            self.words.language = self.settings.language
            self.restyled.emit()
        self.changed.emit(Changes(settings=True))

    def close(self) -> None:
        """Finish what is being saved, then end every thread and process."""
        self.leaving.emit()
        workspace = self._workspace
        if workspace is not None:
            workspace.backups.stop()
        self.images.close()
        self.renderer.close()
        self.lane.close(self._close_workspace)
        if self._scratch is not None:
            self._scratch.cleanup()
