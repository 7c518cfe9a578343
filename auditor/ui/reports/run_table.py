"""The reports of a run as a table: what was made of each, by state; open, try again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QBoxLayout

from auditor.domain.folding import folded
from auditor.domain.records import VisitRecord
from auditor.domain.report_choice import BOTH
from auditor.ui.commands.batch import BatchRun, Item, State
from auditor.ui.context import AppContext
from auditor.ui.first_run import NAMES
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card
from auditor.ui.kit.rows import Chip, Column, RowModel, RowTable
from auditor.ui.kit.search import SearchLine
from auditor.ui.kit.tabs import Tabs
from auditor.ui.kit.text import file_size
from auditor.ui.theme import Tone, current
from auditor.words import Words, mark

#: What the tabs show; None: all.
TABS = (None, State.MADE, State.FAILED, State.WAITING)
#: So often, in milliseconds, a list of one state follows a run, and the counts.
FOLLOW_MS = 250
CHIPS: dict[State, tuple[str, Tone, str]] = {
    State.WAITING: (mark("Waiting"), Tone.NEUTRAL, "clock"),
    State.UNDER_WAY: (mark("Under way"), Tone.ACCENT, "loader-circle"),
    State.MADE: (mark("Made"), Tone.SUCCESS, "circle-check"),
    State.FAILED: (mark("Not made"), Tone.DANGER, "circle-alert"),
}


@dataclass(frozen=True, slots=True)
class Row:
    item: Item
    visit: VisitRecord
    error: str
    hay: str


class _Table(RowTable):
    """Space is the screen's: it pauses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class RunTable(Card):
    """``visit_wanted(visit)`` to see its report or answers; ``retried(places)``."""

    visit_wanted = Signal(object)
    retried = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(margins=(1, 1, 1, 4), spacing=0)
        self._context = context
        self._run: BatchRun | None = None
        self._rows: list[Row] = []
        #: Where the list was put, as long as the person leaves it there.
        self._scrolled = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FOLLOW_MS)
        self._timer.timeout.connect(self._follow)
        words = context.words
        captions = [words("All"), words("Made"), words("Not made"), words("Waiting")]
        self.tabs = Tabs(captions, words("Which reports"))
        self.tabs.changed.connect(self._filter)
        self.search = SearchLine((words("Find a location"), words("Find")))
        self.search.setMaximumWidth(current().px(200))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tabs.add(self.search)
        self.body.addWidget(self.tabs)
        self.model = RowModel(self._columns(words), _place_of, ticks=False, parent=self)
        self.table = _Table(self.model, words("Reports of this run"))
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._offer)
        self.body.addWidget(self.table, 1)
        self._add_foot(words)

    def _columns(self, words: Words) -> tuple[Column, ...]:
        return (
            Column(words("Code"), lambda row: row.visit.location_code, 106, spare=True),
            Column(words("Location"), lambda row: row.visit.location, 0, strong=True,
                   note=self._note),
            Column(words("File"), self._file, 250, spare=True),
            Column(words("Page count"), lambda row: str(row.item.pages or ""), 92, right=True,
                   spare=True),
            Column(words("Size"), self._size, 104, right=True, spare=True),
            Column(words("State"), self._state, 160, chip=self._chip),
        )  # fmt: skip

    def _note(self, row: Row) -> str:
        """Of two reports of a visit, which one it is."""
        two = self._run is not None and self._run.batch.language == BOTH
        return f"{row.visit.number} · {NAMES[row.item.language]}" if two else row.visit.number

    def _file(self, row: Row) -> str:
        if row.error:
            return row.error
        return row.item.path.name if row.item.path is not None else ""

    def _size(self, row: Row) -> str:
        return file_size(row.item.size, self._context.words) if row.item.size else ""

    def _state(self, row: Row) -> str:
        chip = self._chip(row)
        return "" if chip is None else chip[0]

    def _chip(self, row: Row) -> Chip | None:
        text, tone, icon = CHIPS[row.item.state]
        words = self._context.words
        return (words("Was there") if row.item.kept and row.item.state is State.MADE
                else words(text), tone, icon)  # fmt: skip

    def _add_foot(self, words: Words) -> None:
        foot = self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.body.addLayout(foot)
        foot.setContentsMargins(12, 6, 12, 4)
        foot.setSpacing(8)
        self.file = Button(words("Open the file"), Kind.SOFT, icon="file-text", height=34)
        self.file.clicked.connect(self._open_file)
        self.visit = Button(words("Show the visit"), Kind.SOFT, icon="eye", height=34)
        self.visit.clicked.connect(self._show_visit)
        self.again = Button(words("Try again"), Kind.SOFT, icon="rotate-ccw", height=34)
        self.again.clicked.connect(self._try_one)
        self.all_again = Button(words("Try all again"), Kind.SOFT, icon="rotate-ccw", height=34)
        self.all_again.clicked.connect(self._try_all)
        for button in (self.file, self.visit, self.again, self.all_again):
            foot.addWidget(button)
        foot.addStretch(1)

    # following a run

    def watch(self, run: BatchRun, visits: dict[int, VisitRecord]) -> None:
        self._run = run
        self._rows = [self._row(item, visits[item.visit_id]) for item in run.items]
        run.changed.connect(self._changed)
        run.ended.connect(self._follow)
        self.tabs.choose(0)
        self.search.clear()
        self._filter()
        self._scrolled = 0

    def _row(self, item: Item, visit: VisitRecord) -> Row:
        error = "" if item.error is None else self._context.sentence(item.error)
        return Row(item, visit, error, folded(f"{visit.location_code} {visit.location} "
                                              f"{visit.number}"))  # fmt: skip

    def _changed(self, at: int) -> None:
        """One row is painted again; lists of one state and counts follow a little later."""
        if self._run is None or self.sender() is not self._run:
            return
        row = self._rows[at] = self._row(self._run.items[at], self._rows[at].visit)
        shown = self.model.find(at)
        if shown >= 0:
            self.model.rows[shown] = row
            last = self.model.columnCount() - 1
            self.model.dataChanged.emit(self.model.index(shown, 0), self.model.index(shown, last))
        if not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        self._timer.stop()
        if TABS[self.tabs.index] is not None:
            self._filter()
        else:
            self._count()
            self._show_begun()
        self._offer(self.table.record)

    def _show_begun(self) -> None:
        """The last one that is under way, unless the person looks elsewhere in the list."""
        bar = self.table.verticalScrollBar()
        begun = (row.item.at for row in self._rows if row.item.state is State.UNDER_WAY)
        shown = self.model.find(max(begun, default=-1))
        if shown >= 0 and bar.value() == self._scrolled:
            self.table.scrollTo(self.model.index(shown, 0))
            self._scrolled = bar.value()

    def _filter(self, _: object = None) -> None:
        wanted, words = TABS[self.tabs.index], folded(self.search.text()).split()
        rows = [row for row in self._rows if _belongs(row, wanted)]
        rows = [row for row in rows if all(word in row.hay for word in words)]
        present = self.table.record
        self.model.replace(rows, more=False)
        if present is None or not self.table.go_to(present.item.at):
            self.table.go_to(rows[0].item.at if rows else -1)
        self._count()
        self._offer(self.table.record)

    def _count(self) -> None:
        for tab, state in zip(self.tabs.tabs, TABS, strict=True):
            count = sum(_belongs(row, state) for row in self._rows)
            tone = Tone.DANGER if state is State.FAILED and count else Tone.NEUTRAL
            tab.set_count(self._context.words.figure(count), tone)

    # what the person does

    def _offer(self, row: Row | None) -> None:
        over = self._run is not None and self._run.over
        state = None if row is None else row.item.state
        self.file.setVisible(state is State.MADE)
        self.visit.setVisible(row is not None)
        self.again.setVisible(state is State.FAILED)
        failed = sum(each.item.state is State.FAILED for each in self._rows)
        self.all_again.setVisible(over and failed > 1)

    def _open(self, row: Row) -> None:
        if row.item.state is State.MADE:
            self._open_file()
        else:
            self.visit_wanted.emit(row.visit)

    def _open_file(self) -> None:
        row = self.table.record
        if row is not None and row.item.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.item.path)))

    def _show_visit(self) -> None:
        if self.table.record is not None:
            self.visit_wanted.emit(self.table.record.visit)

    def _try_one(self) -> None:
        if self.table.record is not None:
            self.retried.emit([self.table.record.item.at])

    def _try_all(self) -> None:
        failed = [row.item.at for row in self._rows if row.item.state is State.FAILED]
        self.retried.emit(failed)

    def set_narrow(self, room: int, *, narrow: bool) -> None:
        """``room``: pixels that the table may take."""
        self.table.set_narrow(narrow)
        self.search.setVisible(room >= current().px(560))
        every = (self.file, self.visit, self.again, self.all_again)
        short = sum(button.whole_width() + 8 for button in every) + 24 > room
        for button in every[:2]:
            button.set_compact(short)
        self.tabs.updateGeometry()  # on a page that is not shown nobody else tells of new widths
        for layout in (self._foot, self.body):
            layout.invalidate()
        self.updateGeometry()


def _place_of(row: Row) -> int:
    return row.item.at


def _belongs(row: Row, state: State | None) -> bool:
    """What is under way waits for its end."""
    if state is State.WAITING:
        return row.item.state in (State.WAITING, State.UNDER_WAY)
    return state is None or row.item.state is state
