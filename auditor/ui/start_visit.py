"""Start a visit: where, with which checklist, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QDate,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditor.domain.errors import UserError
from auditor.domain.records import LocationRecord, ProgramRecord, place_title
from auditor.ui.commands.finding import Offer, Search, Terms, offer, terms
from auditor.ui.commands.visits import NewVisit, start_visit
from auditor.ui.context import AppContext
from auditor.ui.home.groups import checklist_title
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import DateEdit, Field, Labelled, Select
from auditor.ui.kit.lists import TallList
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label, elide_title
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

PLACE = Qt.ItemDataRole.UserRole
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LocationDelegate(QStyledItemDelegate):
    """Name above, code and address under it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(200, current().px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        theme = current()
        t = theme.tokens
        place: LocationRecord = index.data(PLACE)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(box).adjusted(2, 1, -2, -1), 8, colour(t.accent_soft))
        half = box.height() // 2
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for top, text, type_, ink in (
            (box.top() + 3, place_title(place.brand, place.name), Type.STRONG, t.text),
            (box.top() + half - 2, _detail(place), Type.HELP, t.text2),
        ):
            line = QRect(box.left() + 12, top, box.width() - 24, half)
            painter.setFont(theme.font(type_))
            painter.setPen(colour(ink))
            cut = elide_title(painter.fontMetrics(), text, line.width())
            painter.drawText(line, middle, cut)
        painter.restore()


def _detail(place: LocationRecord) -> str:
    return " · ".join(part for part in (place.code, place.address, place.region) if part)


class WaveSelect(Select):
    """No program, or one of the waves offered. What the person chose stays while it is offered;
    else it is what ``prefer`` names, or the wave of that program that runs on the day."""

    def __init__(self, words: Words) -> None:
        super().__init__(icon="layers")
        self._words = words
        self._preferred = ("", "")
        self._chosen: int | None = None
        self.activated.connect(self._remember)

    def prefer(self, program: str, wave: str) -> None:
        self._preferred = program, wave

    def _remember(self) -> None:
        self._chosen = self.currentData()

    def offer(self, programs: Sequence[ProgramRecord], day: date) -> None:
        self.clear()
        words = self._words
        self.addItem(words("No program"), 0)
        for program in programs:
            for wave in program.waves:
                self.addItem(f"{program.name} · {wave.name}", wave.id)
        chosen = self._chosen if self._chosen is not None else self._usual(programs, day)
        self.setCurrentIndex(max(self.findData(chosen), 0))

    def _usual(self, programs: Sequence[ProgramRecord], day: date) -> int:
        """The wave of the preferred program that runs on ``day``, else the preferred one."""
        name, last = self._preferred
        waves = [wave for program in programs if program.name == name for wave in program.waves]
        running = [wave for wave in waves if wave.covers(day)]
        same = [wave for wave in waves if wave.name == last]
        both = [wave for wave in running if wave in same]
        found = both or running or same
        return found[0].id if found else 0


class ChecklistSelect(Select):
    """Nothing is chosen while several may be meant: the person chooses, and that stays."""

    def __init__(self, words: Words) -> None:
        super().__init__(icon="list-checks")
        self.setPlaceholderText(words("Choose the checklist"))
        self._chosen = False
        self.activated.connect(self._remember)

    def _remember(self) -> None:
        self._chosen = True

    def mean(self, version_id: int | None) -> None:
        """The only one there is, or ``version_id``."""
        if not self._chosen:
            self.setCurrentIndex(0 if self.count() == 1 else self.findData(version_id or 0))


class StartVisitDialog(Dialog):
    """``started(visit)`` once the draft is on disk. Chosen already are the place and the program of
    last time, and the checklist of that program."""

    started = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget, *, location_id: int = 0) -> None:
        words = context.words
        super().__init__(words("New visit"), parent, width=560)
        self._context = context
        self._wanted_location = location_id
        self._terms: Terms | None = None
        self._search: Search | None = None
        #: Enter was pressed before the places stood that were typed.
        self._eager = False
        self.query = Field(words("Location"), placeholder=words("Name, code or address"))
        self.query.edit.textChanged.connect(self._look)
        self.query.edit.installEventFilter(self)
        self.body.addWidget(self.query)
        self._add_list()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.checklist = ChecklistSelect(words)
        self.checklist_field = Labelled(words("Checklist"), self.checklist)
        row.addWidget(self.checklist_field, 3)
        self.day = DateEdit(QDate.currentDate())
        self.day_field = Labelled(words("Day of the visit"), self.day)
        row.addWidget(self.day_field, 2)
        self.body.addLayout(row)
        self.wave = WaveSelect(words)
        self.wave_field = Labelled(words("Program and wave"), self.wave)
        self.wave_field.hide()
        self.body.addWidget(self.wave_field)
        self.places.selectionModel().currentChanged.connect(self._offer_waves)
        self.day.dateChanged.connect(self._offer_waves)
        self.wave.activated.connect(self._mean_checklist)
        self.checklist.currentIndexChanged.connect(self._checklist_chosen)
        self._add_buttons()
        self.query.edit.setFocus()
        context.ask(terms, done=self._show)

    def _add_list(self) -> None:
        words = self._context.words
        self.places = TallList(216)
        self.places.setAccessibleName(words("Locations"))
        self.places.setItemDelegate(LocationDelegate(self.places))
        self.places.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._model = QStandardItemModel(self)
        self.places.setModel(self._model)
        self.places.doubleClicked.connect(self._start)
        self.body.addWidget(self.places, 1)
        self.said = Label("", Type.HELP, Ink.TEXT2)
        self.said.hide()
        self.body.addWidget(self.said)

    def _add_buttons(self) -> None:
        words = self._context.words
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.start = self.add_button(Button(words("Start the visit"), Kind.PRIMARY, hint="Enter"))
        self.start.setDefault(True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self._start)

    # data

    def _show(self, found: Terms) -> None:
        self._terms = found
        language = self._context.language
        for version in found.checklists:
            title = checklist_title(version.title, language)
            self.checklist.addItem(f"{title} {version.version}", version.id)
        last = found.last
        if last is not None:
            self._wanted_location = self._wanted_location or last.location_id
            self.wave.prefer(last.program, last.wave)
        self._mean_checklist()
        first = self._wanted_location

        def look(workspace: Workspace, text: str) -> Offer:
            return offer(workspace, text, first)

        self._search = Search(self._context, look, self)
        self._search.found.connect(self._show_places)
        self._look()

    def _look(self) -> None:
        self._eager = False
        if self._search is not None:
            self._search.ask(self.query.edit.text())

    def _show_places(self, found: Offer) -> None:
        kept = self._place()
        self._model.clear()
        for place in found.places:
            item = QStandardItem(f"{place_title(place.brand, place.name)}, {_detail(place)}")
            item.setData(place, PLACE)
            self._model.appendRow(item)
        self._choose_row(kept.id if kept else self._wanted_location)
        words = self._context.words
        said = words("There are more. Type a part of the name, code or address.")
        self.said.setText(said if found.places else words("No location is called that."))
        self.said.setVisible(found.more or not found.places)
        self.start.setEnabled(bool(found.places) and self.checklist.count() > 0)
        if self._eager and len(found.places) == 1:
            self._start()
        self._eager = False

    def _choose_row(self, location_id: int) -> None:
        rows = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        chosen = next((i for i in rows if i.data(PLACE).id == location_id), None)
        if chosen is None and rows:
            chosen = rows[0]
        if chosen is not None:
            self.places.setCurrentIndex(chosen)
            self.places.scrollTo(chosen, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _place(self) -> LocationRecord | None:
        place = self.places.currentIndex().data(PLACE)
        return place if isinstance(place, LocationRecord) else None

    def _offer_waves(self) -> None:
        """Those of the client whose location is chosen."""
        place = self._place()
        if self._terms is not None and place is not None:
            self.wave.offer(self._terms.programs_of(place.brand_id), self._day())
            if self.wave_field.isHidden() and self.wave.count() > 1:
                self.wave_field.show()
                self.fit()
            self._mean_checklist()

    def _mean_checklist(self) -> None:
        """That of the wave, else the one that was used last in its program."""
        if self._terms is None:
            return
        key, last, name, own = self.wave.currentData(), self._terms.last, "", None
        for program in self._terms.programs:
            for wave in program.waves:
                if wave.id == key:
                    name, own = program.name, program.terms_of(wave).checklist_version_id
        used = last.checklist_version_id if last is not None and last.program == name else None
        self.checklist.mean(own or used)

    def _checklist_chosen(self) -> None:
        self.checklist_field.set_error(None)

    def _day(self) -> date:
        day = self.day.date()
        return date(day.year(), day.month(), day.day())

    # doing

    @property
    def _is_looking(self) -> bool:
        return self._search is None or self._search.busy

    def _start(self) -> None:
        if self._is_looking:
            self._eager = True
            return
        place = self._place()
        if place is None or not self.start.isEnabled():
            return
        if self.checklist.currentIndex() < 0:
            said = self._context.words("Choose which checklist this visit fills in.")
            self.checklist_field.set_error(said)
            self.checklist.setFocus()
            return
        self.start.setEnabled(False)
        wave = self.wave.currentData()
        wanted = NewVisit(place.id, self.checklist.currentData(), self._day(), wave or None)
        start_visit(self._context, wanted, self._started, self._refused)

    def _started(self, visit: object) -> None:
        self.accept()
        self.started.emit(visit)

    def _refused(self, error: UserError) -> None:
        self.start.setEnabled(True)
        self.query.set_error(self._context.sentence(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move through the places while one types; Enter means what was typed, also
        when it is found a moment later."""
        if (
            watched is self.query.edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in MOVES:
                self.places.event(event)
                return True
            if event.key() in ENTERS and self._is_looking:
                self._eager = True
                return True
        return super().eventFilter(watched, event)
