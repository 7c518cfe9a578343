"""The frame of capture: sections at the left, the head, and the page of one section."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.records import place_title
from auditor.domain.visits import WRITABLE
from auditor.ui.capture.banners import SaveBanner
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.faces import running_percent, score_tone, section_faces
from auditor.ui.capture.drafting.notes import FACTS, Note
from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.capture.drafting.session import Session
from auditor.ui.capture.facts.list_item import VISIT_PAGE, VisitItem
from auditor.ui.capture.facts.page import FactsPage
from auditor.ui.capture.header import CaptureHeader
from auditor.ui.capture.newer.banner import NewerBanner
from auditor.ui.capture.page import SectionPage
from auditor.ui.capture.photos.album import Album
from auditor.ui.capture.photos.views import Photos
from auditor.ui.capture.sections import SectionList
from auditor.ui.theme import Tone
from forms.compiled import Item

#: Below this width the sections fold and the header shortens.
COMPACT_BELOW = 1180


class Frame(QWidget):
    """Built anew when the window becomes small or large. One section has cards at a time."""

    def __init__(self, session: Session, *, compact: bool, unfolded: bool) -> None:
        super().__init__()
        self.session, self.compact = session, compact
        self.draft, self.words = session.draft, session.context.words
        self.album = Album(session.attaching, self, self.current_item)
        self.desk = Desk(
            self.draft,
            self.words,
            session.attaching,
            session.stopwatches,
            session.thumbs,
            self.album,
            compact,
        )
        self.section = ""
        self.page: SectionPage | None = None
        self.facts: FactsPage | None = None
        self.sections = SectionList(
            self.words,
            place_of(session),
            f"{self.draft.record.number} · {self.draft.at.strftime('%d/%m/%Y')}",
            folded=compact and not unfolded,
            can_fold=compact,
            back=self.words("My visits"),
        )
        self.visit = VisitItem(self.words, folded=compact and not unfolded)
        self.visit.show_facts(self.draft.facts)
        self.sections.add_lead(self.visit)
        self.draft.noted.connect(self._noted)
        self.header = CaptureHeader(self.words, place_of(session), compact=compact)
        self.banner = SaveBanner(session.context)
        self.newer = NewerBanner(self.words)
        self.pages = QStackedWidget()
        self.photos = Photos(self, folded=compact and not unfolded)
        self._lay_out()

    def _lay_out(self) -> None:
        self._right = right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.banner)
        right.addWidget(self.newer)
        right.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sections)
        row.addLayout(right, 1)

    def measure(self, size: QSize) -> None:
        """Take the size that it will be shown in, so that cards are laid out once."""
        self.resize(size)
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def visible_sections(self) -> list[str]:
        """The ids of the sections that are not hidden, in order."""
        sections = self.draft.compiled.checklist.sections
        return [each.id for each in sections if self.draft.filling.section_relevant(each.id)]

    def show_section(
        self, section: str, question: str | None = None, *, focus: bool = True
    ) -> None:
        """The cards of the section are built now, those before are let go. ``question`` None, or
        one that is not there, is the first."""
        page = SectionPage(self.desk, section)
        page.resize(self.pages.size())
        page.build()
        self._put(page)
        self.section, self.page, self.facts = section, page, None
        if question is None or question not in page.order:
            question = next(iter(page.order), None)
        page.make_current(question, focus=focus and self.isVisible())

    def show_facts(self) -> FactsPage:
        """The page of the visit's facts, in place of a section."""
        facts = FactsPage(self.desk)
        self._put(facts)
        self.section, self.page, self.facts = VISIT_PAGE, None, facts
        if self.isVisible():
            facts.focus_first()
        return facts

    def _put(self, page: QWidget) -> None:
        old = self.page or self.facts
        focus = self.window().focusWidget()
        if old is not None and focus is not None and old.isAncestorOf(focus):
            focus.clearFocus()  # else Qt looks for the next stop on the page that goes
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()

    def _noted(self, note: Note) -> None:
        if note == FACTS:
            self.visit.show_facts(self.draft.facts)

    def put_over(self, bar: QWidget) -> None:
        """A slim bar between the head and the page."""
        self._right.insertWidget(self._right.indexOf(self.pages), bar)
        bar.show()

    def current_item(self) -> Item | None:
        """The question, or the row, that keys act on."""
        card = self.page.current_card if self.page is not None else None
        return None if card is None else card.item

    def focus_page(self) -> None:
        """Keys act on the current card."""
        if self.facts is not None:
            self.facts.focus_first()
        card = self.page.current_card if self.page is not None else None
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A picture that no card took."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.photos.paste()):
            super().keyPressEvent(event)

    def show_state(self) -> None:
        """Progress, score, sections: after every change."""
        progress = self.draft.filling.progress()
        self.header.show_progress(progress.answered, progress.total)
        hidden, final = self.draft.rules.hide_score, not self.draft.writable
        percent = "" if hidden else running_percent(self.draft.score())
        self.header.show_score(percent, score_tone(self.draft), final=final)
        faces = section_faces(self.draft)
        self.sections.show_faces(faces, self.section)
        self.visit.setChecked(self.section == VISIT_PAGE)
        shown = [f"{face.number}. {face.title}" for face in faces if face.id == self.section]
        self.header.show_section("".join(shown) or self.words("The visit"))
        if self.draft.writable:
            self.show_saved(self.session.saver.now)
        else:
            self._show_read_only()

    def show_saved(self, state: SaveState) -> None:
        self.header.show_saved(state)
        self.banner.show_state(state)

    def _show_read_only(self) -> None:
        open_elsewhere = self.draft.record.status in WRITABLE
        said = self.words("Read only") if open_elsewhere else self.words("Submitted")
        self.header.show_read_only(said, Tone.WARNING if open_elsewhere else Tone.NEUTRAL)


def place_of(session: Session) -> str:
    """Where the visit is: brand and location."""
    record = session.draft.record
    return place_title(record.brand, record.location)
