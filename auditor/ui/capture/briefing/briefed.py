"""The briefing in its two places: before the visit opens, and over it to be read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from auditor.ui.capture.briefing.page import BriefingPage
from auditor.ui.capture.frame import place_of

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen


class Briefed(QObject):
    """``show`` puts a widget in the place of all; ``build`` shows the visit at a section and a
    question."""

    def __init__(
        self,
        screen: CaptureScreen,
        show: Callable[[QWidget], None],
        build: Callable[[str | None, str | None], None],
    ) -> None:
        super().__init__(screen)
        self._screen, self._show, self._build = screen, show, build
        self._behind: tuple[str | None, str | None] = (None, None)
        self.page: BriefingPage | None = None

    def stands_before(self, section: str | None, question: str | None) -> bool:
        """Show the briefing of a draft that nobody has read yet; False: there is none."""
        draft = self._screen.draft
        if not (draft.writable and draft.briefing.given and draft.briefing.read_at is None):
            return False
        self._behind = section, question
        self.page = self._make(gate=True)
        self.page.started.connect(self._start)
        self.page.closed.connect(self._screen.go_back)
        self._show(self.page)
        self.page.focus_first()
        return True

    def _make(self, *, gate: bool) -> BriefingPage:
        screen = self._screen
        record = screen.draft.record
        program = " · ".join(filter(None, (record.program, record.wave)))
        place = place_of(screen.session)
        return BriefingPage(screen.context, place, program, screen.draft.briefing, gate=gate)

    def _start(self) -> None:
        self._screen.draft.acknowledge()
        self.page = None
        self._build(*self._behind)
        self._screen.focus_first()

    def read_again(self) -> None:
        screen = self._screen
        layout = screen.layout()
        if screen.frame is None or self.page is not None or layout is None:
            return
        if not screen.draft.briefing.given:
            return
        screen.close_check()
        screen.commit_input()
        self.page = self._make(gate=False)
        self.page.closed.connect(self.close)
        screen.frame.hide()
        layout.addWidget(self.page)
        self.page.show()
        self.page.focus_first()

    def close(self) -> None:
        """Back to the visit, where one was."""
        page, frame = self.page, self._screen.frame
        if page is None or frame is None:
            return
        self.page = None
        page.hide()  # before the frame shows: both side by side would widen the window
        page.deleteLater()
        frame.show()
        frame.focus_page()
