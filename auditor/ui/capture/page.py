"""One section as a column of cards; the one that keys act on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.cards.groups import Group, groups_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import Note, NoteKind
from auditor.ui.capture.tab_order import beside
from auditor.ui.theme import current
from auditor.ui.touch import follow_finger
from forms.answers import AnswerKey
from forms.filling import Effects

LEAST, MOST, GAP = 640, 840, 8
#: A card is no lower than this: so many cards fill the window. They are built at once, the others
#: between events: nobody waits for what is out of view.
LOWEST, CHUNK = 104, 4
#: What looks wrong is said once nothing was changed or left for so long.
DOUBT_MS = 150
#: A card that is gone to keeps this much of its neighbour in view.
AIR = 24


class SectionPage(QScrollArea):
    """``current_changed(question id)`` when another card becomes the current one."""

    current_changed = Signal(str)

    def __init__(self, desk: Desk, section_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.section_id = desk, section_id
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._current: str | None = None
        self._stands: int | None = None
        self.groups = groups_of(desk.draft.compiled, section_id)
        self.cards: dict[str, QuestionCard] = {}
        self._by_item = {item.id: group for group in self.groups for item in group.items}
        self._body = _Column()
        self._body.setObjectName("scrolled")
        self._column = self._body.column
        self._column.setSpacing(current().gap(GAP))
        self._column.addStretch(1)
        self.setWidget(self._body)
        follow_finger(self)
        self._unbuilt: list[Group] = []
        desk.attaching.changed.connect(self._refresh_item)
        desk.stopwatches.turned.connect(self._refresh_item)
        desk.draft.noted.connect(self._noted)
        self._doubter = QTimer(self)
        self._doubter.setSingleShot(True)
        self._doubter.setInterval(DOUBT_MS)
        self._doubter.timeout.connect(self.show_suspicions)
        #: A timer, not a queued call: painting comes before it.
        self._builder = QTimer(self)
        self._builder.setSingleShot(True)
        self._builder.timeout.connect(self._build_more)

    # cards

    def build(self) -> None:
        """The cards that fill the window now, the others between the events that follow."""
        filling = self.desk.draft.filling
        self._unbuilt = [group for group in self.groups if group.visible(filling)]
        self._build_some(self._in_view())

    def _build_more(self) -> None:
        self._build_some(CHUNK)

    def _build_some(self, count: int) -> None:
        now, self._unbuilt = self._unbuilt[:count], self._unbuilt[count:]
        for group in now:
            self._add(group)
        if self._unbuilt:
            self._builder.start()

    def complete(self) -> None:
        """Build what is left at once: someone wants to go there."""
        self._build_some(len(self._unbuilt))

    def _add(self, group: Group) -> None:
        card = QuestionCard(self.desk, group)
        card.stepped.connect(self.step)
        card.touched.connect(self._doubter.start)
        card.entered.connect(self._entered)
        before = [each.id for each in self.groups[: self.groups.index(group)]]
        place = sum(id in self.cards for id in before)
        self.cards[group.id] = card
        self._column.insertWidget(place, card)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab and Shift+Tab go as the eye reads."""
        self.complete()
        focus = self.window().focusWidget()
        cards = [self.cards[id] for id in (g.id for g in self.groups) if id in self.cards]
        found = None if focus is None else beside(self, cards, focus, forward=next)
        if found is None:
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason
        found.setFocus(reason.TabFocusReason if next else reason.BacktabFocusReason)
        if self.isAncestorOf(found):
            self.ensureWidgetVisible(found, 0, AIR)
        return True

    def apply(self, key: AnswerKey, effects: Effects) -> None:
        """A new answer: show what it changed here. Nobody's focus moves."""
        if effects.shown or effects.hidden:
            self.complete()
        shift = self._anchor()
        for id in dict.fromkeys((*effects.shown, *effects.hidden)):
            self._show_or_hide(id)
        touched = (key[0], *effects.recalculated, *effects.rechecked)
        for group in dict.fromkeys(self._by_item.get(id) for id in touched):
            if group is not None and group.id in self.cards:
                self.cards[group.id].refresh()
        self._hold(shift)
        self._doubter.start()

    def _noted(self, note: Note) -> None:
        if note.kind is NoteKind.KEPT:
            self.show_suspicions()
        else:
            self._doubter.start()

    def _show_or_hide(self, item_id: str) -> None:
        group = self._by_item.get(item_id)
        if group is None:
            return
        visible = group.visible(self.desk.draft.filling)
        card = self.cards.get(group.id)
        if visible and card is None:
            self._add(group)
            self.cards[group.id].setVisible(self.isVisible())
        elif card is not None and not visible:
            self._take_out(group.id)

    def _take_out(self, question: str) -> None:
        """Its answer stays in the draft; the focus goes to the next card only if it was here."""
        card = self.cards.pop(question)
        mine = question == self._current
        card.commit_input()
        self._column.removeWidget(card)
        if mine:
            self._current = None
        focus = self.window().focusWidget()
        inside = focus is not None and (focus is card or card.isAncestorOf(focus))
        card.hide()
        card.deleteLater()
        if mine:
            self.make_current(self._near(question), focus=inside)

    def _near(self, question: str) -> str | None:
        """The question after one that went, else the one before."""
        at = [group.id for group in self.groups].index(question)
        shown = [(i, g.id) for i, g in enumerate(self.groups) if g.id in self.order]
        after = [id for i, id in shown if i > at]
        before = [id for i, id in shown if i < at]
        return after[0] if after else (before[-1] if before else None)

    def _anchor(self) -> tuple[QuestionCard, int] | None:
        """The current card and its place on the screen."""
        card = self.current_card
        return None if card is None else (card, card.mapTo(self.viewport(), QPoint(0, 0)).y())

    def _hold(self, anchor: tuple[QuestionCard, int] | None) -> None:
        """Cards that came or went above do not move the card that the person looks at."""
        if anchor is None or anchor[0] not in self.cards.values():
            return
        self._measure()
        card, before = anchor
        moved = card.mapTo(self.viewport(), QPoint(0, 0)).y() - before
        if moved:
            bar = self.verticalScrollBar()
            wanted = bar.value() + moved
            if wanted > bar.maximum():  # a short page must scroll for once
                self._body.setMinimumHeight(self.viewport().height() + wanted)
                self._measure()
            bar.setValue(wanted)

    def _refresh_item(self, item_id: str) -> None:
        group = self._by_item.get(item_id)
        if group is not None and group.id in self.cards:
            self.cards[group.id].refresh()

    def show_problems(self) -> None:
        for card in self.cards.values():
            card.show_problems()
        self._doubter.start()

    def show_suspicions(self) -> None:
        """What looks wrong, beside its answers. The card that the person looks at stays."""
        self.desk.draft.suspicions()  # all at once is quicker than for each card
        shift = self._anchor()
        for card in self.cards.values():
            card.show_suspicions()
        self._hold(shift)

    # the current card

    @property
    def current(self) -> str | None:
        """The question that keys act on."""
        return self._current

    @property
    def current_card(self) -> QuestionCard | None:
        return None if self._current is None else self.cards.get(self._current)

    @property
    def order(self) -> list[str]:
        """The questions in view order; notes are passed over."""
        filling = self.desk.draft.filling
        return [g.id for g in self.groups if g.takes_answer and g.visible(filling)]

    def make_current(self, question: str | None, *, delta: int = 0, focus: bool = True) -> None:
        if question is not None and question not in self.cards:
            self.complete()
        before = self.current_card
        if question != self._current and before is not None:
            before.set_current(False)
        self._current, self._stands = question, None
        card = self.current_card
        if card is None:
            return
        if self.isVisible():
            # Cards that were only just built take no focus and no room before they are shown.
            for each in self.cards.values():
                if each.isHidden():
                    each.show()
        card.set_current(True)
        card.editor.come_in(delta)
        if focus:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_card(card)
        QTimer.singleShot(0, self, self._show_again)
        self.current_changed.emit(card.group.id)

    def _show_again(self) -> None:
        """Cards that were only just shown have their heights now."""
        card = self.current_card
        if card is None or not self.isVisible():
            return
        if self._stands is not None:
            self._scroll_to_stand(card)
            return
        top = card.mapTo(self.viewport(), QPoint(0, 0)).y()
        if top < 0 or top + card.height() > self.viewport().height():
            self.show_card(card)

    def _entered(self, question: str) -> None:
        """The focus came to a card by mouse or Tab."""
        if question == self._current:
            return
        before = self.current_card
        if before is not None:
            before.set_current(False)
            before.touch()
        self._current = question
        self.cards[question].set_current(True)
        self.current_changed.emit(question)

    def focus_moved(self, widget: QWidget) -> None:
        """The focus is somewhere inside: its card is the current one."""
        for question, card in self.cards.items():
            if card.isAncestorOf(widget):
                self._entered(question)
                card.editor.focus_moved(widget)
                card.update()

    def step(self, delta: int) -> None:
        order = self.order
        if self._current not in order:
            return
        at = order.index(self._current) + delta
        if not 0 <= at < len(order):
            return
        card = self.current_card
        if card is not None:
            card.commit_input()
            card.touch()
        self.make_current(order[at], delta=delta)

    def top(self) -> int:
        """How far the current card stands below the top of the page: px at 100 %."""
        anchor = self._anchor()
        return 0 if anchor is None else round(anchor[1] / current().scale)

    def stand(self, item_id: str, top: int) -> bool:
        """Make the card of an item the current one, ``top`` px (at 100 %) below the top of the
        page as far as there is page; False when it is not here."""
        group = self._by_item.get(item_id)
        if group is None or group.id not in self.order:
            return False
        self._build_through(group)
        self.go_to(item_id)
        self._stands = current().px(top)
        self._scroll_to_stand(self.cards[group.id])
        return True

    def _build_through(self, group: Group) -> None:
        """That card now, and those below it that may be in view."""
        waiting = [each.id for each in self._unbuilt]
        first = next(iter(waiting), None)
        place = [each.id for each in self.groups].index
        if first is None or place(group.id) + self._in_view() <= place(first):
            return
        above = waiting.index(group.id) + 1 if group.id in waiting else 0
        self._build_some(above + self._in_view())

    def _in_view(self) -> int:
        """So many cards fill the window at most."""
        return self.height() // current().px(LOWEST) + 1

    def _scroll_to_stand(self, card: QuestionCard) -> None:
        """In a window that is lower now, the head of the card is in view at least."""
        self._measure()
        most = self.viewport().height() - current().px(LOWEST)
        self.verticalScrollBar().setValue(card.y() - min(self._stands or 0, max(most, 0)))

    def go_to(self, item_id: str, *, focus: bool = True) -> None:
        """Make the card of an item (a row too) the current one."""
        group = self._by_item.get(item_id)
        if group is None or group.id not in self.order:
            return
        self.make_current(group.id, focus=focus)
        card = self.cards[group.id]
        card.editor.go_to(item_id)
        if isinstance(card.editor, MatrixEditor):
            self.ensureWidgetVisible(card.editor.current_row(), 0, AIR)

    def _measure(self) -> None:
        """The layout and the range of the scroll bar, now and not at the next event."""
        self._column.activate()
        QApplication.sendEvent(self._body, QEvent(QEvent.Type.LayoutRequest))

    def show_card(self, card: QuestionCard) -> None:
        self._measure()
        tall = card.height() > self.viewport().height() - 2 * AIR
        if tall:
            self.verticalScrollBar().setValue(max(card.y() - GAP, 0))
        else:
            self.ensureWidgetVisible(card, 0, AIR)

    def commit_input(self) -> None:
        for card in self.cards.values():
            card.commit_input()


class _Column(QWidget):
    """Cards in the middle, 640 to 840 wide."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def resizeEvent(self, _event: object) -> None:
        theme = current()
        most = theme.px(MOST)
        width = min(max(self.width() - 48, theme.px(LEAST)), most)
        side = max((self.width() - width) // 2, 12)
        self.column.setContentsMargins(side, 12, side, 24)
