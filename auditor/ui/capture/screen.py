"""Capture: fill a visit. Opened through the database lane; every change is on disk by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from auditor.ui.capture.banners import NotOpened
from auditor.ui.capture.briefing.briefed import Briefed
from auditor.ui.capture.cards.writing import Writing, write_on, writing_in, writing_on
from auditor.ui.capture.check.screen import CheckPanel
from auditor.ui.capture.destinations import destinations_in, go_to
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.drafting.notes import FACTS, Held, Note, NoteKind
from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.capture.drafting.session import Opened, Session, open_visit
from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.capture.find import Finder
from auditor.ui.capture.frame import COMPACT_BELOW, Frame
from auditor.ui.capture.leaving import Leaving
from auditor.ui.capture.newer.banner import Moved, Newer
from auditor.ui.capture.page import SectionPage
from auditor.ui.capture.place import Place, place_on, take_up
from auditor.ui.capture.shortcuts import add_shortcuts
from auditor.ui.context import AppContext
from auditor.ui.kit.text import Label
from auditor.ui.kit.toast import Toast
from auditor.ui.palette import Hit
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Type
from forms.answers import AnswerKey
from forms.filling import Effects

#: The place is kept once the person has stayed there this long.
PLACE_MS = 1500
#: What opens sooner shows no word of it.
PATIENCE_MS = 400


class CaptureScreen(Screen):
    """``closed()`` when the person goes back to the visits; ``submitted(visit id)`` when it is
    handed in; ``opened()`` when there is something to see; ``migrated(Moved)`` when the draft is
    on another version of its checklist and must be opened anew."""

    closed = Signal()
    submitted = Signal(int)
    opened = Signal()
    migrated = Signal(object)

    def __init__(self, context: AppContext, visit_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.visit_id = visit_id
        self._known: Session | None = None
        self._shown: QWidget | None = None
        self.frame: Frame | None = None
        self.check: CheckPanel | None = None
        self._unfolded = False
        self._abandoned = False
        self._arrived: Moved | None = None
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
            QTimer.singleShot(PATIENCE_MS, self, self._say_opening)

    def _say_opening(self) -> None:
        """The first visit of a day loads a good deal: a blank page would be a riddle."""
        if self._shown is None:
            opening = Label(self.context.words("Opening the visit…"), Type.BODY, Ink.TEXT2)
            opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._show(opening)

    def _not_opened(self, error: Any) -> None:
        self._show(NotOpened(self.context.words, self.context.sentence(error)))

    def _take(self, opened: Opened) -> None:
        """Called with what the lane read."""
        if self._known is None:
            self._known = Session(self.context, opened, self)
            record, spot = opened.visit.record, opened.visit.spot
            self._begin(record.last_section, record.last_question)
            self.stand(record.last_question, spot.scroll, writing_in(spot.focus))

    def _begin(self, section: str | None, question: str | None) -> None:
        self.draft.changed.connect(self._changed)
        self.draft.went_back.connect(self._went_back)
        self.session.saver.state.connect(self._show_saved)
        self.session.handed_in.connect(self._handed_in)
        self.session.refused.connect(self._refused)
        self._leaving = Leaving(self.session, self.settle, self)
        self._leaving.go_ahead.connect(self.closed)
        self._leaving.given_up.connect(self._abandon)
        self._leaving.look_at.connect(self._look_at_refused)
        self.finder = Finder(self)
        add_shortcuts(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)
        self.newer = Newer(self.session, self, self._settle_or_say, self._arrived)
        self.newer.moved.connect(self.migrated)
        self.briefed = Briefed(self, self._show, self._build)
        if not self.briefed.stands_before(section, question):
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
        self.newer.speak_in(frame.newer)
        self.frame = frame
        self._show(frame)
        sections = frame.visible_sections()
        if section == VISIT_PAGE or not sections:
            self._show_facts()
        else:
            self._show_section(section if section in sections else sections[0], question)
        frame.show_state()
        if self.finder.bar is not None:
            self.finder.put()

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
        take_up(self, place)

    def stand(self, item: str | None, top: int, writing: Writing) -> None:
        """The card where it stood, the caret where one was writing."""
        if item is not None and self.page is not None and self.page.stand(item, top):
            write_on(self.page.current_card, writing)

    # going about

    def _show_section(
        self, section: str, question: str | None = None, *, focus: bool = True
    ) -> None:
        assert self.frame is not None
        self.commit_input()
        self.frame.show_section(section, question, focus=focus)
        assert self.frame.page is not None
        self.frame.page.current_changed.connect(self._moved)
        self.frame.page.verticalScrollBar().valueChanged.connect(self._moved)
        self.frame.show_state()

    def _show_facts(self) -> None:
        assert self.frame is not None
        self.commit_input()
        self.frame.show_facts().briefing_wanted.connect(self.show_briefing)
        self.frame.show_state()

    def show_facts(self) -> None:
        """The visit's times, receipt, staff, weather and notes."""
        self.choose_section(VISIT_PAGE)

    def show_briefing(self) -> None:
        """Read the briefing again."""
        self.briefed.read_again()

    def choose_section(self, section: str) -> None:
        """A section, or the page of facts (``VISIT_PAGE``)."""
        self.close_check()
        if self.frame is not None and section != self.frame.section:
            if section == VISIT_PAGE:
                self._show_facts()
            else:
                self._show_section(section)
        self._save_place()

    def step_section(self, delta: int) -> None:
        """PgUp, PgDn."""
        if self.briefed.page is not None:
            self.briefed.page.turn(delta)
        if self.frame is None or self.check is not None or self.briefed.page is not None:
            return
        order = [VISIT_PAGE, *self.frame.visible_sections()]
        at = order.index(self.frame.section) + delta if self.frame.section in order else -1
        if 0 <= at < len(order):
            self.choose_section(order[at])

    def go_to(self, item_id: str, *, focus: bool = True) -> None:
        """Bring an item into view and make it the current one."""
        item = self.draft.compiled.item(item_id)
        self.close_check()
        if self.frame is not None and item.section.id != self.frame.section:
            self._show_section(item.section.id, item.question.id, focus=focus)
        if self.page is not None:
            self.page.go_to(item_id, focus=focus)

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

    def open_tray(self) -> None:
        """Keys act on the photos that wait for a question."""
        self.close_check()
        if self.frame is not None:
            self.frame.photos.focus_tray()

    def open_photo(self, sha256: str) -> None:
        """Large, wherever it stands."""
        self.close_check()
        if self.frame is not None:
            self.frame.photos.show(sha256)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.page is not None and self.page.isAncestorOf(now):
            self.page.focus_moved(now)
            self._place_timer.start()

    def _moved(self, _where: object) -> None:
        self._place_timer.start()

    def _save_place(self) -> None:
        self._place_timer.stop()
        if self.frame is None:
            return
        if self.page is None:
            self.session.save_place(VISIT_PAGE, None)
        else:
            card = self.page.current_card
            item = None if card is None else card.item.id
            self.session.save_place(self.frame.section, item, self.page.top(), writing_on(card))

    # changes

    def _changed(self, key: AnswerKey, effects: Effects) -> None:
        frame, filling = self.frame, self.draft.filling
        if frame is None:
            return
        if self.page is not None:
            self.page.apply(key, effects)
            if self.draft.checked:
                self.page.show_problems()
        if self.check is not None:
            self.check.refresh()
        if self.page is None or filling.section_relevant(frame.section):
            frame.show_state()
        elif sections := frame.visible_sections():
            self._show_section(sections[0])

    def _went_back(self, key: Held) -> None:
        if self.frame is not None and self.frame.photos.went_back(key):
            return
        if key == FACTS:
            self.show_facts()
        elif (item := _item_of(key)) is not None and self.draft.filling.relevant(item):
            self.go_to(item)

    def _show_saved(self, state: SaveState) -> None:
        if self.draft.writable and self.frame is not None:
            self.frame.show_saved(state)
            if self.check is not None:
                self.check.show_saved(state)

    def _retry(self) -> None:
        self.session.saver.flush()

    def commit_input(self) -> None:
        """Take what fields and input methods still hold, and send it to the disk."""
        for page in (self.page, None if self.frame is None else self.frame.facts):
            if page is not None:
                page.commit_input()
        if self.check is not None:
            self.check.commit_input()
        if self.frame is not None:
            self.frame.photos.commit_input()
        if self._known is not None:
            self.draft.end_typing()
            self.session.saver.flush()

    # leaving

    def leave(self) -> bool:
        """True when everything is on disk. Else it stays, says why, and offers to give up."""
        return self._known is None or self._abandoned or self._leaving.may_leave()

    def settle(self) -> bool:
        """Put all there is on disk; whether it is there."""
        self._save_place()
        self.commit_input()
        arrived = self.session.attaching.wait()
        return self.session.saver.wait() and arrived

    def _settle_or_say(self) -> bool:
        """``settle``; a banner tells of the disk, and nothing else of a photo that takes long."""
        settled = self.settle()
        if self.session.attaching.busy:
            Toast.show_in(self, self.context.words("A photo is still being read"))
        return settled

    def _look_at_refused(self, place: str) -> None:
        """Where a file did not arrive."""
        if place:
            self.go_to(place)
        else:
            self.open_tray()

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
        self.briefed.close()
        self.commit_input()
        self.draft.checked = True
        if self.page is not None:
            self.page.show_problems()
        self.check = CheckPanel(self.context, self.frame.desk, self)
        self.check.jump.connect(self.go_to)
        self.check.facts_wanted.connect(self.show_facts)
        self.check.tray_wanted.connect(self.open_tray)
        self.check.photo_wanted.connect(self.open_photo)
        self.check.closed.connect(self.close_check)
        self.check.submit_wanted.connect(self._submit)
        self.frame.hide()
        self._row.addWidget(self.check)
        self.check.show()
        self.check.focus_first()

    def close_check(self) -> None:
        self.briefed.close()
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
        if self.check is not None and self.session.saver.wait() and not self.session.attaching.busy:
            self.session.submit(declared_by)
            self.check.show_busy()

    def _handed_in(self) -> None:
        self.submitted.emit(self.visit_id)

    def _refused(self, error: Any) -> None:
        if self.check is not None:
            self.check.say_refused(self.context.sentence(error))

    def check_or_submit(self) -> None:
        """Ctrl+Enter."""
        if self.check is None:
            self.open_check()
        else:
            self.check.submit()

    # the window

    def focus_first(self) -> None:
        if self.check is not None:
            if self.draft.handing_in or not self._is_at_work():
                self.check.focus_first()
        elif self._known is not None and self.briefed.page is not None:
            self.briefed.page.focus_first()
        elif self.frame is not None and not self._is_at_work():
            self.frame.focus_page()

    def _is_at_work(self) -> bool:
        """The focus is where one works already: perhaps in the field that one had left."""
        focus, frame = self.window().focusWidget(), self.frame
        if focus is None or frame is None:
            return False
        if frame.photos.looking:
            return True
        place = self.check or self.page or frame.facts
        return place is not None and place.isAncestorOf(focus)

    def destinations(self) -> tuple[Hit, ...]:
        return () if self._known is None else tuple(destinations_in(self))

    def go_here(self, key: str) -> None:
        go_to(self, key)

    def place(self) -> Place | None:
        if self._known is None:
            return None
        self.commit_input()
        return place_on(self)

    def return_to(self, place: Any) -> None:
        """Take over the session of the screen that this one replaces."""
        if isinstance(place, Place):
            self._known, self._arrived = place.session, place.arrived
            self._known.move_to(self)
            self._begin(place.section, place.question)
            take_up(self, place)
        elif isinstance(place, Moved):
            self._arrived = place


def _item_of(key: Held) -> str | None:
    """The item whose card shows what is held under ``key``."""
    if not isinstance(key, Note):
        return key[0]
    return key.id if key.kind is NoteKind.STOPWATCH else None
