"""What a newer version of the checklist would change in this draft, before anything does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.ui.capture.drafting.faces import running_percent
from auditor.ui.capture.newer.change_words import Change, ChangeGroup, groups_of
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, Card, Line, ScrollArea
from auditor.ui.kit.chip import Chip, Icon
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.diff import WordDiff
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words
from forms.version_change import Standing, VersionChange

if TYPE_CHECKING:
    from auditor.services.migrating import Offer

#: Rows of a group that are built at once.
FIRST_ROWS = 25
WIDTH, MARGIN = 760, 16
#: Room for the scroll bar, and one step of the arrow keys.
BAR, STEP = 16, 48
NUMBER_WIDTH = 44


class MigrationDialog(Dialog):
    """``wanted()`` when the person chooses to move; whoever moves closes it, or says why not.
    Esc stays."""

    wanted = Signal()

    def __init__(self, offer: Offer, words: Words, parent: QWidget, *, scores: bool) -> None:
        title = words("Move to version {version}?", version=offer.new.version)
        super().__init__(title, parent, width=WIDTH)
        room = parent.window().width() - 2 * MARGIN
        self.setMinimumWidth(min(current().px(WIDTH), room))
        self._words = words
        change = offer.change
        self.say(
            words(
                "Your visit is on version {version}. Nothing changes until you choose, and you can "
                "go back: no answer is erased.",
                version=offer.old.version,
            )
        )
        self.body.addWidget(Standings(change, words, scores=scores))
        self.list = ChangeList(groups_of(change, words, scores=scores), words)
        self.body.addWidget(self.list, 1)
        self.refused = Banner("", Tone.DANGER)
        self.refused.hide()
        self.body.addWidget(self.refused)
        stay = words("Stay on {version}", version=offer.old.version)
        move = words("Move to {version}", version=offer.new.version)
        self.stay = self.add_button(Button(stay, hint="Esc"))
        self.move_there = self.add_button(Button(move, Kind.PRIMARY))
        self.stay.clicked.connect(self.reject)
        self.move_there.clicked.connect(self._choose)
        self.list.setFocus()

    def _choose(self) -> None:
        self.set_busy(True)
        self.wanted.emit()

    def set_busy(self, busy: bool) -> None:
        """While it is under way nothing can be chosen."""
        self.move_there.setEnabled(not busy)
        self.stay.setEnabled(not busy)

    def say_refused(self, sentence: str) -> None:
        self.set_busy(False)
        self.refused.set_text(sentence)
        self.refused.show()
        self.move_there.setFocus()

    def reject(self) -> None:
        if self.stay.isEnabled():
            super().reject()


class Standings(QWidget):
    """Progress and running score before and after."""

    def __init__(self, change: VersionChange, words: Words, *, scores: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        before, after = change.before, change.after
        row.addWidget(Figure(words("Answered"), _progress(before), _progress(after), words), 1)
        if scores:
            old, new = _score(before), _score(after)
            row.addWidget(Figure(words("Running score"), old, new, words), 1)


def _score(standing: Standing) -> str:
    return running_percent(standing.card) or "–"


def _progress(standing: Standing) -> str:
    return f"{standing.progress.answered}/{standing.progress.total}"


class Figure(Card):
    def __init__(self, title: str, before: str, after: str, words: Words) -> None:
        super().__init__(margins=(14, 8, 14, 8), across=True)
        self.setAccessibleName(
            words("{what}: {old}, then {new}", what=title, old=before, new=after)
        )
        self.body.addWidget(Label(title, Type.HELP, Ink.TEXT2))
        self.body.addStretch(1)
        same = before == after
        self.body.addWidget(Label(before, Type.STRONG, Ink.TEXT if same else Ink.TEXT2))
        if same:
            self.body.addWidget(Label(words("stays"), Type.HELP, Ink.TEXT2))
        else:
            self.body.addWidget(Icon("arrow-right", "text2", 16))
            self.body.addWidget(Label(after, Type.STRONG))


class ChangeList(ScrollArea):
    """Takes the focus: arrow keys scroll it."""

    def __init__(self, groups: list[ChangeGroup], words: Words) -> None:
        super().__init__(margins=(8, 8, 8, 8), spacing=6)
        self.setObjectName("changes")
        accent = current().tokens.accent
        self.setStyleSheet(
            "QScrollArea#changes { border: 2px solid transparent; border-radius: 8px; }"
            f"QScrollArea#changes:focus {{ border: 2px solid {accent}; }}"
        )
        self.setAccessibleName(words("What would change"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Else Qt holds the list as high as its words are in a narrow column.
        self.inner.setMinimumSize(1, 1)
        for group in groups:
            if self.body.count():
                self.body.addSpacing(6)
            self.body.addWidget(GroupHead(group))
            card = GroupCard(group.rows, words)
            card.grown.connect(self.setFocus)
            self.body.addWidget(card)
        if not groups:
            said = words("You will see no difference: only what reports make of it has changed.")
            self.body.addWidget(Label(said, Type.HELP, Ink.TEXT2, wrap=True))
        self.body.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, step = self.verticalScrollBar(), current().px(STEP)
        places = {
            Qt.Key.Key_Down: bar.value() + step,
            Qt.Key.Key_Up: bar.value() - step,
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        place = places.get(Qt.Key(event.key()))
        if place is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(place)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.body.totalHeightForWidth(width - BAR) + 4

    def sizeHint(self) -> QSize:
        return QSize(current().px(600), self.heightForWidth(current().px(700)))

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px(320), 96)


class GroupHead(QWidget):
    """ "New questions 3", and at the right what that means."""

    def __init__(self, group: ChangeGroup) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(8)
        ink = "text2" if group.tone is Tone.NEUTRAL else group.tone.value
        row.addWidget(Icon(group.icon, ink, 18))
        row.addWidget(Label(group.title, Type.STRONG))
        row.addWidget(Chip(str(len(group.rows)), group.tone))
        row.addStretch(1)
        if group.note:
            row.addWidget(Label(group.note, Type.HINT, Ink.TEXT2))


class GroupCard(Card):
    """Rows with a hairline between them; beyond ``FIRST_ROWS`` a button shows the others and
    ``grown()`` says so."""

    grown = Signal()

    def __init__(self, rows: tuple[Change, ...], words: Words) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._words = words
        self._rest = rows[FIRST_ROWS:]
        self._add(rows[:FIRST_ROWS])
        if self._rest:
            count = len(self._rest)
            caption = words.plural("Show {count} more", "Show {count} more", count)
            self.more = Button(caption, Kind.TEXT, icon="chevron-down", height=34)
            self.more.clicked.connect(self._show_rest)
            self.body.addWidget(self.more)

    def _add(self, rows: tuple[Change, ...]) -> None:
        for row in rows:
            if self.body.count():
                self.body.addWidget(Line())
            self.body.addWidget(ChangeRow(row, self._words))

    def _show_rest(self) -> None:
        self.body.removeWidget(self.more)
        self.more.hide()
        self.more.deleteLater()
        self._add(self._rest)
        self.grown.emit()


class ChangeRow(QWidget):
    """Number; question, what is said of it, and old and new words; whether it is required."""

    def __init__(self, change: Change, words: Words) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, current().px(NUMBER_WIDTH))
        grid.setColumnStretch(1, 1)
        number = Label(change.number, Type.HELP, Ink.TEXT3)
        top = Qt.AlignmentFlag.AlignVCenter if change.required else Qt.AlignmentFlag.AlignTop
        grid.addWidget(number, 0, 0, top)
        for line, part in enumerate(_parts(change, words)):
            grid.addWidget(part, line, 1)
        if change.required:
            chip = Chip(words("Required"), Tone.WARNING, "circle-alert")
            grid.addWidget(chip, 0, 2, Qt.AlignmentFlag.AlignTop)


def _parts(change: Change, words: Words) -> list[QWidget]:
    parts: list[QWidget] = []
    if change.title:
        parts.append(Label(change.title, Type.BODY, wrap=True))
    if change.diff is not None:
        old, new = change.diff
        name = words("Before: {old} Now: {new}", old=old or "–", new=new or "–")
        parts.append(WordDiff(old, new, name))
    if change.notes:
        parts.append(Label("\n".join(change.notes), Type.HELP, Ink.TEXT2, wrap=True))
    if change.lost:
        parts.append(Label(change.lost, Type.HELP, Ink.WARNING, wrap=True))
    return parts
