"""What screens are given: words, theme, settings, lanes, the open workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from auditor.domain.changes import Changes
from auditor.domain.settings import Settings
from auditor.ui.tasks import DatabaseLane, Done, ImagePool, Priority, RenderWorker, Task
from auditor.ui.theme import Theme, Tokens, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.domain.records import VisitRecord
    from auditor.services.workspace import Workspace
    from auditor.ui.about import Part


@dataclass(frozen=True, slots=True)
class Ports:
    """What ``bootstrap`` plugs in, so that the window imports none of it before the first paint.

    ``has_data`` and ``log_file`` are quick; the others are called on the database lane.
    ``home`` is where leaving the demo leads.
    """

    open_workspace: Callable[[Path], Workspace]
    first_list: Callable[[Path], Sequence[VisitRecord] | None]
    has_data: Callable[[Path], bool]
    save_settings: Callable[[Settings], None]
    log_file: Callable[[Path], Path]
    home: Path
    demo: Path
    licences: tuple[Part, ...]


class AppContext(QObject):
    """One per window. ``changed`` says what a unit of work touched; views decide to refresh.

    ``restyled`` asks the window to rebuild its screens in new words or sizes; ``failed`` brings
    an expected error (with the widget it stands beside, or None) to the window.
    """

    changed = Signal(object)
    restyled = Signal()
    failed = Signal(object, object)
    _committed = Signal(object)

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
        self._workspace: Workspace | None = None
        self._scratch: TemporaryDirectory[str] | None = None
        self._committed.connect(self.changed, Qt.ConnectionType.QueuedConnection)

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
            self._workspace = self.ports.open_workspace(self.folder)
            self._workspace.subscribe(self._committed.emit)
        return self._workspace

    def _close_workspace(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def switch_to(self, folder: Path, done: Done | None = None) -> None:
        """Close this workspace; the next job opens that of ``folder``."""

        def move() -> None:
            self._close_workspace()
            self.folder = folder

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
        looks = ("language", "theme", "text_size")
        if any(getattr(before, name) != getattr(self.settings, name) for name in looks):
            self.words.language = self.settings.language
            self.restyled.emit()
        self.changed.emit(Changes(settings=True))

    def close(self) -> None:
        """Finish what is being saved, then end every thread and process."""
        self.images.close()
        self.renderer.close()
        self.lane.close(self._close_workspace)
        if self._scratch is not None:
            self._scratch.cleanup()
