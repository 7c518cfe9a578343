"""Capture: fill a visit. Opened through the database lane; every change is on disk by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from auditor.ui.capture.banners import NotOpened, leave_dialog
from auditor.ui.capture.check import CheckPanel
from auditor.ui.capture.draft import Draft
from auditor.ui.capture.frame import COMPACT_BELOW, Frame
from auditor.ui.capture.page import SectionPage
from auditor.ui.capture.saver import SaveState
from auditor.ui.capture.session import Opened, Session, open_visit
from auditor.ui.capture.writing import Writing, write_on, writing_on
from auditor.ui.context import AppContext
from auditor.ui.screen import Screen
from forms.answers import AnswerKey
from forms.filling import Effects

#: The place is kept once the person has stayed there this long.
PLACE_MS = 1500


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is, for a screen that is built anew in other words or sizes."""

    session: Session
    section: str
    question: str | None
    checking: bool
    writing: Writing


class CaptureScreen(Screen):
    """``closed()`` when the person goes back to the visits; ``submitted(visit id)`` when it is
    handed in; ``opened()`` when there is something to see."""

    closed = Signal()
    submitted = Signal(int)
    opened = Signal()

    def __init__(self, context: AppContext, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.visit_id = visit_id
        self._known: Session | None = None
        self._shown: QWidget | None = None
        self.frame: Frame | None = None
        self.check: CheckPanel | None = None
        self._unfolded = False
        self._abandoned = False
        self._place_timer = QTimer(self)
        self._place_timer.setSingleShot(True)
        self._place_timer.setInterval(PLACE_MS)
        self._place_timer.timeout.connect(self._save_place)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        QTimer.singleShot(0, self, self._open)

    # opening

    def _open(self) -> None:
        if self._known is None:
            self.context.ask(open_visit, self.visit_id, done=self._take, failed=self._not_opened)

    def _not_opened(self, error: Any) -> None:
        self._show(NotOpened(self.context.words, self.context.sentence(error)))

    def _take(self, opened: Opened) -> None:
        """Called with what the lane read."""
        if self._known is None:
            self._known = Session(self.context, opened, self)
            record = opened.visit.record
            self._begin(record.last_section, record.last_question)

    def _begin(self, section: str | None, question: str | None) -> None:
        self.draft.changed.connect(self._changed)
        self.draft.went_back.connect(self._went_back)
        self.session.saver.state.connect(self._show_saved)
        self._add_keys()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self._build(section, question)
        self.opened.emit()

    @property
    def session(self) -> Session:
        """Only after ``opened``."""
        assert self._known is not None
        return self._known

    @property
    def draft(self) -> Draft:
        """The visit being filled; only after ``opened``."""
        return self.session.draft

    @property
    def page(self) -> SectionPage | None:
        """The section that is shown."""
        return None if self.frame is None else self.frame.page

    def _build(self, section: str | None, question: str | None) -> None:
        compact = self._is_small()
        frame = Frame(self.session, compact=compact, unfolded=self._unfolded)
        frame.measure(self.size())
        frame.sections.chosen.connect(self.choose_section)
        frame.sections.back.connect(self.go_back)
        frame.sections.fold_wanted.connect(self._toggle_fold)
        frame.header.next.clicked.connect(self.next_unanswered)
        frame.header.check.clicked.connect(self.open_check)
        frame.banner.retry.clicked.connect(self._retry)
        self.frame = frame
        self._show(frame)
        sections = frame.visible_sections()
        if sections:
            self._show_section(section if section in sections else sections[0], question)
        frame.show_state()

    def _show(self, widget: QWidget) -> None:
        if self._shown is not None:
            self._row.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = widget
        self._row.addWidget(widget)
        if self.isVisible():
            widget.show()  # not at the next event: what is hidden takes no focus

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self._is_small()
        if self.frame is not None and self.frame.compact != compact:
            self._rebuild()

    def _is_small(self) -> bool:
        return self.width() < self.context.theme.px(COMPACT_BELOW)

    def _toggle_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._rebuild()

    def _rebuild(self) -> None:
        place = self.place()
        if place is None:
            return
        self.close_check()
        self._build(place.section, place.question)
        self._take_up(place)

    def _take_up(self, place: Place) -> None:
        """The check is open again, or the caret is where one was writing."""
        if place.checking:
            self.open_check()
        elif self.page is not None:
            write_on(self.page.current_card, place.writing)

    # going about

    def _show_section(self, section: str, question: str | None = None) -> None:
        assert self.frame is not None
        self.commit_input()
        self.frame.show_section(section, question)
        assert self.frame.page is not None
        self.frame.page.current_changed.connect(self._moved)
        self.frame.show_state()

    def choose_section(self, section: str) -> None:
        self.close_check()
        if self.frame is not None and section != self.frame.section:
            self._show_section(section)
        self._save_place()

    def step_section(self, delta: int) -> None:
        """PgUp, PgDn."""
        if self.frame is None or self.check is not None:
            return
        order = self.frame.visible_sections()
        at = order.index(self.frame.section) + delta if self.frame.section in order else -1
        if 0 <= at < len(order):
            self.choose_section(order[at])

    def go_to(self, item_id: str) -> None:
        """Bring an item into view and make it the current one."""
        item = self.draft.compiled.item(item_id)
        self.close_check()
        if self.frame is not None and item.section.id != self.frame.section:
            self._show_section(item.section.id, item.question.id)
        if self.page is not None:
            self.page.go_to(item_id)

    def next_unanswered(self) -> None:
        self._go_unanswered(back=False)

    def previous_unanswered(self) -> None:
        self._go_unanswered(back=True)

    def _go_unanswered(self, *, back: bool) -> None:
        if self.check is not None:
            self.check.step(-1 if back else 1)
            return
        self.commit_input()
        card = self.page.current_card if self.page is not None else None
        after = None if card is None else card.item.id
        found = self.draft.next_open(after, back=back)
        if found is not None:
            self.go_to(found)
        elif self.frame is not None:
            self.frame.header.check.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.page is not None and self.page.isAncestorOf(now):
            self.page.focus_moved(now)

    def _moved(self, _question: str) -> None:
        self._place_timer.start()

    def _save_place(self) -> None:
        self._place_timer.stop()
        if self.frame is not None and self.page is not None:
            self.session.save_place(self.frame.section, self.page.current)

    # changes

    def _changed(self, key: AnswerKey, effects: Effects) -> None:
        frame, filling = self.frame, self.draft.filling
        if frame is None or self.page is None:
            return
        self.page.apply(key, effects)
        if self.draft.checked:
            self.page.show_problems()
        if self.check is not None:
            self.check.refresh()
        if filling.section_relevant(frame.section):
            frame.show_state()
        elif sections := frame.visible_sections():
            self._show_section(sections[0])

    def _went_back(self, key: AnswerKey) -> None:
        if self.draft.filling.relevant(key[0]):
            self.go_to(key[0])

    def _show_saved(self, state: SaveState) -> None:
        if self.draft.writable and self.frame is not None:
            self.frame.show_saved(state)
            if self.check is not None:
                self.check.show_saved(state)

    def _retry(self) -> None:
        self.session.saver.flush()

    def commit_input(self) -> None:
        """Take what fields and input methods still hold, and send it to the disk."""
        if self.page is not None:
            self.page.commit_input()
        if self._known is not None:
            self.draft.end_typing()
            self.session.saver.flush()

    # leaving

    def leave(self) -> bool:
        """True when everything is on disk. Else it stays, says why, and offers to give up."""
        if self._known is None or self._abandoned:
            return True
        self._save_place()
        self.commit_input()
        self.session.attaching.wait()
        if self.session.saver.wait():
            return True
        dialog = leave_dialog(self.context.words, self.session.saver.now.waiting, self)
        dialog.accepted.connect(self._abandon)
        dialog.open()
        return False

    def _abandon(self) -> None:
        self._abandoned = True
        self.closed.emit()

    def go_back(self) -> None:
        """To the list of visits, once everything is on disk."""
        if self.leave():
            self.closed.emit()

    # the check before submit

    def open_check(self) -> None:
        if self.check is not None or self.frame is None or not self.draft.writable:
            return
        self.commit_input()
        self.draft.checked = True
        if self.page is not None:
            self.page.show_problems()
        self.check = CheckPanel(self.context, self.frame.desk, self)
        self.check.jump.connect(self.go_to)
        self.check.closed.connect(self.close_check)
        self.check.submit_wanted.connect(self._submit)
        self.frame.hide()
        self._row.addWidget(self.check)
        self.check.show()
        self.check.focus_first()

    def close_check(self) -> None:
        check, self.check = self.check, None
        if check is None or self.frame is None:
            return
        self._row.removeWidget(check)
        check.hide()  # before the frame shows: both side by side would widen the window
        check.deleteLater()
        self.frame.show()
        self.frame.focus_page()

    def _submit(self, declared_by: str) -> None:
        """Everything must be on disk first; the office gets what the disk holds."""
        if self.check is not None and self.session.saver.wait():
            self.check.set_busy(True)
            self.session.submit(declared_by, self._handed_in, self._refused)

    def _handed_in(self, _card: Any) -> None:
        self.draft.writable = False
        self.submitted.emit(self.visit_id)

    def _refused(self, error: Any) -> None:
        if self.check is not None:
            self.check.set_busy(False)
            self.check.say_refused(self.context.sentence(error))

    # keys

    def _add_keys(self) -> None:
        for keys, slot in (
            ("F8", self.next_unanswered),
            ("Shift+F8", self.previous_unanswered),
            ("PgDown", partial(self.step_section, 1)),
            ("PgUp", partial(self.step_section, -1)),
            ("Ctrl+Return", self._ctrl_enter),
            ("Ctrl+Enter", self._ctrl_enter),
            ("Ctrl+Z", self.draft.undo),
            ("Ctrl+Shift+Z", self.draft.redo),
            ("Ctrl+Y", self.draft.redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _ctrl_enter(self) -> None:
        if self.check is None:
            self.open_check()
        else:
            self.check.submit()

    # the window

    def focus_first(self) -> None:
        if self.check is not None:
            self.check.focus_first()
        elif self.frame is not None:
            self.frame.focus_page()

    def place(self) -> Place | None:
        if self._known is None or self.frame is None:
            return None
        self.commit_input()
        question = None if self.page is None else self.page.current
        writing = writing_on(None if self.page is None else self.page.current_card)
        return Place(self._known, self.frame.section, question, self.check is not None, writing)

    def return_to(self, place: Any) -> None:
        """Take over the session of the screen that this one replaces."""
        if isinstance(place, Place):
            self._known = place.session
            self._known.move_to(self)
            self._begin(place.section, place.question)
            self._take_up(place)
