"""The run of reports of a window: it goes on while one looks at other things."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from auditor.domain.records import VisitRecord
from auditor.ui.commands import batch_kept
from auditor.ui.commands.batch import BatchRun
from auditor.ui.commands.batch_awake import Awake
from auditor.ui.commands.collecting import CollectRun
from auditor.ui.context import AppContext
from auditor.ui.kit.toast import Toast

Run: TypeAlias = BatchRun | CollectRun


@dataclass(frozen=True, slots=True)
class Shown:
    """A run and what is told of it: ``visits`` by id, ``template`` its name ("" of none)."""

    run: Run
    folder: Path
    visits: dict[int, VisitRecord] = field(default_factory=dict)
    template: str = ""


class Runs(QObject):
    """One for a window, and one run at a time: ``present`` until it is let go. It ends with the
    workspace; what was not finished is offered again."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._context = context
        self.present: Shown | None = None
        #: What a person wishes of runs, as long as the window is open.
        self.opens_folder = False
        self.keeps_awake = True
        self._awake = Awake()
        self._away: QWidget | None = None
        context.leaving.connect(self._stop)

    @classmethod
    def of(cls, context: AppContext) -> Runs:
        found = context.findChild(cls)
        return found if isinstance(found, Runs) else cls(context)

    @property
    def busy(self) -> bool:
        return self.present is not None and not self.present.run.over

    def begin(self, shown: Shown) -> None:
        """Keep it, then start it."""
        self.let_go()
        self.present = shown
        shown.run.setParent(self)
        shown.run.ended.connect(self._ended)
        if isinstance(shown.run, BatchRun):
            shown.run.turned.connect(self.look)
            batch_kept.keep_run(self._context, shown.run.batch)
        self.look()

    def let_go(self) -> None:
        """Nobody wants to see any more what became of it."""
        present, self.present = self.present, None
        if present is not None:
            present.run.deleteLater()

    def look(self) -> None:
        """Whether the computer has to stay awake."""
        run = self.present.run if self.present is not None else None
        paused = isinstance(run, BatchRun) and run.paused
        if self.keeps_awake and self.busy and not paused:
            self._awake.hold(self._context.words("Reports are being made"))
        else:
            self._awake.let_go()

    def leave_for(self, window: QWidget) -> None:
        """The person looks at something else there, and is told when it is over."""
        if self.busy:
            self._away = window
        else:
            self.let_go()

    def come_back(self) -> None:
        self._away = None

    def show_folder(self) -> None:
        if self.present is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.present.folder)))

    def _ended(self) -> None:
        self.look()
        if self.present is None:
            return
        run = self.present.run
        if isinstance(run, BatchRun):
            batch_kept.forget_run(self._context)
            if self.opens_folder and run.written and not run.cancelled:
                self.show_folder()
        if self._away is not None and shiboken6.isValid(self._away):
            self._tell(run, self._away)

    def _tell(self, run: Run, window: QWidget) -> None:
        words = self._context.words
        told = words("The file is made.")
        if isinstance(run, BatchRun):
            told = words.plural("{count} report is made.", "{count} reports are made.", run.made)
        if run.failures:
            failed = words.plural(
                "{count} could not be made: see Reports.",
                "{count} could not be made: see Reports.",
                len(run.failures),
            )
            told = f"{told} {failed}" if run.made else failed
        action = words("Open folder") if run.written else ""
        Toast.show_in(window, told, action, self.show_folder)

    def _stop(self) -> None:
        """What is under way ends with its processes, and is offered again."""
        self._awake.let_go()
        if self.busy and self.present is not None:
            self.present.run.close()
        self.let_go()
