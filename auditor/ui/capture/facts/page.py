"""The page of the visit's facts: when, whom, what was bought. They are never answers."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from auditor.ui.capture.cards.inputs import LineInput, TextInput
from auditor.ui.capture.cards.writing import go_behind
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import BRIEFED, FACTS, Note
from auditor.ui.capture.facts.card import FactCard
from auditor.ui.capture.facts.cards import ReceiptCard, WeatherCard, notes_card, staff_card
from auditor.ui.capture.facts.times import TimesCard
from auditor.ui.capture.page import MOST
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Ink, Type, current

#: A card that is gone to keeps this much of its neighbour in view.
AIR = 24


@dataclass(frozen=True, slots=True)
class FactSpot:
    """The current card, its field with the caret (-1: none) and how far the page is scrolled (px
    at 100 %)."""

    card: int
    field: int
    scroll: int


class FactsPage(ScrollArea):
    """``briefing_wanted()``: the person wants to read it again."""

    briefing_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            parent, margins=(24, 12, 24, 24), spacing=8, column=current().px(MOST) + 48
        )
        self.desk, self.draft = desk, desk.draft
        self.briefing: BriefingCard | None = None
        self.times = TimesCard(desk)
        self.staff = staff_card(desk)
        self.receipt = ReceiptCard(desk)
        self.weather = WeatherCard(desk)
        self.notes = notes_card(desk)
        self.cards: list[FactCard] = []
        if self.draft.briefing.given:
            self.briefing = BriefingCard(desk)
            self.briefing.read.clicked.connect(self.briefing_wanted)
            self.cards.append(self.briefing)
        self.cards += [self.times, self.staff, self.receipt, self.weather, self.notes]
        for card in self.cards:
            card.stepped.connect(self._step)
            self.body.addWidget(card)
            card.refresh()
            if not self.draft.writable:
                card.lock()
        self.body.addStretch(1)
        self._current: FactCard = self.times
        self.draft.noted.connect(self._noted)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _noted(self, note: Note) -> None:
        if note in (FACTS, BRIEFED):
            for card in self.cards:
                card.refresh()
                card.show_hints(card is self._current and self.draft.writable)

    # going about

    @property
    def current_card(self) -> FactCard:
        """The card that keys act on."""
        return self._current

    def focus_first(self) -> None:
        self._make_current(self._current)

    def _make_current(self, card: FactCard) -> None:
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._mark(card)
        self.show_card()
        QTimer.singleShot(0, self, self.show_card)

    def show_card(self) -> None:
        self.ensureWidgetVisible(self._current, 0, AIR)

    def _mark(self, card: FactCard) -> None:
        self._current = card
        for each in self.cards:
            each.set_current(each is card)

    def _step(self, delta: int) -> None:
        at = self.cards.index(self._current) + delta
        if 0 <= at < len(self.cards):
            self._make_current(self.cards[at])

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        for card in self.cards:
            if now is not None and (card is now or card.isAncestorOf(now)):
                self._mark(card)
                card.update()

    # a page that is built anew

    def spot(self) -> FactSpot:
        """Where the person is."""
        focus = self.window().focusWidget()
        fields = _fields_of(self._current)
        field = fields.index(focus) if focus in fields else -1
        scroll = round(self.verticalScrollBar().value() / current().scale)
        return FactSpot(self.cards.index(self._current), field, scroll)

    def stand(self, spot: FactSpot) -> None:
        """The caret behind what stands in that field."""
        card = self.cards[min(spot.card, len(self.cards) - 1)]
        self._make_current(card)
        fields = _fields_of(card)
        if 0 <= spot.field < len(fields):
            fields[spot.field].setFocus(Qt.FocusReason.OtherFocusReason)
            go_behind(fields[spot.field])
        self.verticalScrollBar().setValue(current().px(spot.scroll))

    def commit_input(self) -> None:
        for card in self.cards:
            card.commit_input()


def _fields_of(card: FactCard) -> list[QWidget]:
    fields = card.findChildren(QWidget)
    return [field for field in fields if isinstance(field, (LineInput, TextInput))]


class BriefingCard(FactCard):
    """What was read before the visit, to be read again."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, "book-open", words("Briefing"))
        self.read = Button(words("Read it again"), Kind.SOFT, icon="book-open", height=34)
        self.read.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.said = ElidedLabel("", Type.HELP, Ink.TEXT2)
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.top.addWidget(self.said, 2)
        self.top.addWidget(self.read)
        for part in (self.icon, self.head, self.said):
            self.top.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        words, at = self.words, self.draft.briefing.read_at
        if at is None:
            said = words("Not read yet")
        else:
            local = at.astimezone()
            said = words("Read {day} at {time}", day=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")
        self.setAccessibleDescription(said)
        self.read.set_caption(words("Read the briefing") if at is None else words("Read it again"))
        self.said.setText(said)

    def _move(self, event: QKeyEvent) -> bool:
        """Return opens it where nothing may be written, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.read.click()
            return True
        return super()._move(event)
