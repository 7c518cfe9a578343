"""Start a visit: where, with which checklist, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
from auditor.domain.folding import matches
from auditor.domain.records import LocationRecord, ProgramRecord
from auditor.ui.commands.overview import Loaded, load_newest
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

PLACE = Qt.ItemDataRole.UserRole


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
            (box.top() + 3, f"{place.brand} – {place.name}", Type.STRONG, t.text),
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


class StartVisitDialog(Dialog):
    """``started(visit)`` once the draft is on disk. What was used last is chosen already."""

    started = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget, *, location_id: int = 0) -> None:
        words = context.words
        super().__init__(words("New visit"), parent, width=560)
        self._context = context
        self._wanted_location = location_id
        self._loaded: Loaded | None = None
        self.query = Field(words("Location"), placeholder=words("Name, code or address"))
        self.query.edit.textChanged.connect(self._fill_places)
        self.query.edit.installEventFilter(self)
        self.body.addWidget(self.query)
        self._add_list()
        row = QHBoxLayout()
        row.setSpacing(12)
        self.checklist = Select(icon="list-checks")
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
        self._add_buttons()
        self.query.edit.setFocus()
        context.ask(load_newest, done=self._show)

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
        self.none = Label(words("No location is called that."), Type.HELP, Ink.TEXT2)
        self.none.hide()
        self.body.addWidget(self.none)

    def _add_buttons(self) -> None:
        words = self._context.words
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.start = self.add_button(Button(words("Start the visit"), Kind.PRIMARY, hint="Enter"))
        self.start.setDefault(True)
        self.start.setEnabled(False)
        self.start.clicked.connect(self._start)

    # data

    def _show(self, loaded: Loaded) -> None:
        self._loaded = loaded
        language = self._context.language
        for version in loaded.checklists:
            title = checklist_title(version.title, language)
            self.checklist.addItem(f"{title} {version.version}", version.id)
        last = loaded.last
        if last is not None:
            self._wanted_location = self._wanted_location or last.location_id
            found = self.checklist.findData(last.checklist_version_id)
            self.checklist.setCurrentIndex(max(found, 0))
            self.wave.prefer(last.program, last.wave)
        self._fill_places()

    def _fill_places(self) -> None:
        if self._loaded is None:
            return
        query = self.query.edit.text()
        kept = self._place()
        wanted = kept.id if kept else self._wanted_location
        self._model.clear()
        for place in self._loaded.offered:
            texts = (place.name, place.code, place.address, place.brand, place.region)
            if matches(query, *texts):
                item = QStandardItem(f"{place.brand} – {place.name}, {_detail(place)}")
                item.setData(place, PLACE)
                self._model.appendRow(item)
        self._choose_row(wanted)
        found = self._model.rowCount() > 0
        self.none.setVisible(not found)
        self.start.setEnabled(found and self.checklist.count() > 0)

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
        if self._loaded is not None and place is not None:
            self.wave.offer(self._loaded.programs_of(place.brand_id), self._day())
            if self.wave_field.isHidden() and self.wave.count() > 1:
                self.wave_field.show()
                self.fit()

    def _day(self) -> date:
        day = self.day.date()
        return date(day.year(), day.month(), day.day())

    # doing

    def _start(self) -> None:
        place = self._place()
        if place is None or not self.start.isEnabled():
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
        """Up and down move through the places while one types."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if (
            watched is self.query.edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in moves
        ):
            self.places.event(event)
            return True
        return super().eventFilter(watched, event)
