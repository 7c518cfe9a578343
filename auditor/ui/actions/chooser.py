"""One of many, found by typing: a location, or a visit that was handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.domain.folding import matches
from auditor.domain.records import LocationRecord, VisitRecord
from auditor.ui import when
from auditor.ui.commands import actions as commands
from auditor.ui.context import AppContext
from auditor.ui.kit.lists import TallList
from auditor.ui.kit.text import Label
from auditor.ui.palette import HIT, Hit, HitDelegate
from auditor.ui.theme import Ink, Type
from auditor.words import Words

#: How long typing waits for the next letter.
PAUSE_MS = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """What is chosen from: where it is read, and how each is shown."""

    prompt: str
    nothing: str
    find: Callable[..., Sequence[Any]]
    hit: Callable[[Words, Any], Hit]


def location_hit(_words: Words, place: LocationRecord) -> Hit:
    return Hit("store", place.name, f"{place.brand} · {place.code}", place)


def visit_hit(words: Words, visit: VisitRecord) -> Hit:
    at = visit.submitted_at or visit.started_at
    today = datetime.now().astimezone().date()
    day = "" if at is None else when.day(words, at.astimezone().date(), today)
    return Hit("clipboard-check", visit.location, f"{visit.number} · {day}", visit)


class Chooser(QWidget):
    """``chosen(record)`` by Enter or a click; ``current`` is the one that is marked."""

    chosen = Signal(object)
    moved = Signal()

    def __init__(self, context: AppContext, kind: Kind, height: int = 220) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self._asked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(kind.prompt)
        self.edit.setPlaceholderText(kind.prompt)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)
        self.none = Label(kind.nothing, Type.HELP, Ink.TEXT2)
        self.none.hide()
        column.addWidget(self.none)
        self.hits = TallList(height)
        self.hits.setItemDelegate(HitDelegate(self.hits))
        self.hits.setAccessibleName(context.words("Found"))
        self._model = QStandardItemModel(self)
        self.hits.setModel(self._model)
        self.hits.clicked.connect(self._choose)
        column.addWidget(self.hits, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        self._ask()

    @property
    def current(self) -> Any:
        hit: Hit | None = self.hits.currentIndex().data(HIT)
        return None if hit is None else hit.target

    def _typed(self) -> None:
        self._timer.start()

    def _ask(self) -> None:
        self._asked = self.edit.text()
        self._context.ask(self._kind.find, self._asked, done=self._show)

    def _show(self, found: Sequence[Any]) -> None:
        words = self._context.words
        self._model.clear()
        for record in found:
            hit = self._kind.hit(words, record)
            if isinstance(record, VisitRecord) and not matches(
                self._asked, hit.title, hit.note, record.location_code
            ):
                continue
            item = QStandardItem(f"{hit.title}, {hit.note}")
            item.setData(hit, HIT)
            item.setEditable(False)
            self._model.appendRow(item)
            if self._model.rowCount() == commands.OFFERED:
                break
        self.none.setVisible(not self._model.rowCount())
        if self._model.rowCount():
            self.hits.setCurrentIndex(self._model.index(0, 0))
        self.moved.emit()

    def _choose(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(HIT)
        if hit is not None:
            self.chosen.emit(hit.target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Enter belong to the list while one types."""
        if (
            watched is self.edit
            and isinstance(event, QKeyEvent)
            and (event.type() == QEvent.Type.KeyPress)
        ):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.hits.currentIndex())
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
            if step is not None:
                last = self._model.rowCount() - 1
                row = min(max(self.hits.currentIndex().row() + step, 0), last)
                self.hits.setCurrentIndex(self._model.index(row, 0))
                return True
        return super().eventFilter(watched, event)


def locations(words: Words) -> Kind:
    return Kind(
        words("Code, name or address of the location"),
        words("No location is called that."),
        commands.find_locations,
        location_hit,
    )


def visits(words: Words) -> Kind:
    return Kind(
        words("Location or number of the visit"),
        words("No visit that was handed in fits."),
        commands.find_visits,
        visit_hit,
    )
