"""Ctrl+K: one field that finds visits, locations and places in the app, and before them what the
present screen offers (see ``Screen.destinations``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from auditor.domain.folding import matches
from auditor.domain.records import LocationRecord, VisitRecord
from auditor.ui import icons
from auditor.ui.commands.finding import Found, Search, find
from auditor.ui.context import AppContext
from auditor.ui.home import phrases
from auditor.ui.home.groups import title_of
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.lists import TallList
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label, elide_title
from auditor.ui.theme import Ink, Type, colour, current

if TYPE_CHECKING:
    from auditor.services.workspace import Workspace

HITS = 60
#: A disk that takes longer to find something is not waited for.
LATE_MS = 150
HIT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Here:
    """A place on the present screen, which knows what ``key`` means."""

    key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """``target`` is a VisitRecord, a LocationRecord, the key of a place in the app, or a place on
    the present screen."""

    icon: str
    title: str
    note: str
    target: VisitRecord | LocationRecord | Here | str


class HitDelegate(QStyledItemDelegate):
    """Icon, title, and a note at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | Any) -> QSize:
        return QSize(200, current().reach(40))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | Any
    ) -> None:
        theme = current()
        t = theme.tokens
        hit: Hit = index.data(HIT)
        box: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, QRectF(box).adjusted(2, 1, -2, -1), 8, colour(t.accent_soft))
        size = theme.px(16)
        lead = QRectF(box.left() + 12, box.center().y() - size // 2 + 1, size, size)
        icons.paint(painter, hit.icon, colour(t.text2), lead)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font(Type.HELP))
        note_width = painter.fontMetrics().horizontalAdvance(hit.note)
        painter.setPen(colour(t.text2))
        note = QRect(box.right() - note_width - 12, box.top(), note_width + 2, box.height())
        painter.drawText(note, middle, hit.note)
        painter.setFont(theme.font(Type.BODY, 500))
        painter.setPen(colour(t.text))
        left = box.left() + size + 24
        room = note.left() - left - 12
        cut = elide_title(painter.fontMetrics(), hit.title, room)
        painter.drawText(QRect(left, box.top(), room, box.height()), middle, cut)
        painter.restore()


class Palette(Dialog):
    """Signals: ``visit_chosen(visit)``, ``location_chosen(id)``, ``place_chosen(key)``,
    ``here_chosen(key)`` of one of ``here``."""

    visit_chosen = Signal(object)
    location_chosen = Signal(int)
    place_chosen = Signal(str)
    here_chosen = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget, here: Sequence[Hit] = ()) -> None:
        words = context.words
        super().__init__(words("Find or go to…"), parent, width=600)
        self._context = context
        self._here = tuple(here)
        #: What was found for what is typed; None while that is looked for.
        self._found: Found | None = None
        #: Enter was pressed before it was found.
        self._eager = False
        self.edit = QLineEdit()
        self.edit.setAccessibleName(words("Find or go to…"))
        prompt = words("Location, visit number, or a place in the app")
        inside = words("Question, section, location, visit number, or a place in the app")
        self.edit.setPlaceholderText(inside if here else prompt)
        self.edit.textChanged.connect(self._look)
        self.edit.installEventFilter(self)
        self.body.addWidget(self.edit)
        self._add_hits()
        self.edit.setFocus()
        self._search = self._searching()
        self._search.found.connect(self._show)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self._fill)
        self._look()
        self._fill()

    def _add_hits(self) -> None:
        words = self._context.words
        self.hits = TallList(300)
        self.hits.setItemDelegate(HitDelegate(self.hits))
        self.hits.setAccessibleName(words("Found"))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStandardItemModel(self)
        self.hits.setModel(self._model)
        self.hits.clicked.connect(self._choose)
        self.none = Label(words("Nothing is called that."), Type.BODY, Ink.TEXT2)
        self.none.hide()
        self.body.addWidget(self.none)
        self.body.addWidget(self.hits, 1)

    def _searching(self) -> Search:
        words = self._context.words
        statuses = {status: words(text) for status, (text, _, _) in phrases.STATUS.items()}

        def look(workspace: Workspace, text: str) -> Found:
            return find(workspace, text, statuses)

        return Search(self._context, look, self)

    def _look(self) -> None:
        self._found, self._eager = None, False
        self._late.start()
        self._search.ask(self.edit.text())

    def _show(self, found: Found) -> None:
        self._late.stop()
        self._found = found
        self._fill()
        if self._eager:
            self._eager = False
            self._choose(self.hits.currentIndex())

    def _fill(self) -> None:
        """What is there without the disk, and what was found on it."""
        query = self.edit.text()
        self._model.clear()
        for hit, _ in zip(self._hits(query), range(HITS), strict=False):
            item = QStandardItem(f"{hit.title}, {hit.note}" if hit.note else hit.title)
            item.setData(hit, HIT)
            item.setEditable(False)
            self._model.appendRow(item)
        found = self._model.rowCount() > 0
        self.none.setVisible(not found and self._found is not None)
        if found:
            self.hits.setCurrentIndex(self._model.index(0, 0))

    def _hits(self, query: str) -> Iterator[Hit]:
        yield from (hit for hit in self._here if matches(query, hit.title, hit.note))
        yield from self._on_disk()
        yield from (hit for hit in self._places() if matches(query, hit.title, hit.note))

    def _on_disk(self) -> Iterator[Hit]:
        words, found = self._context.words, self._found or Found()
        for visit in found.visits:
            note = f"{visit.number} · {phrases.status(words, visit).text}"
            yield Hit("clipboard-check", title_of(visit), note, visit)
        for place in found.places:
            title = words("New visit: {place}", place=place.name)
            yield Hit("store", title, f"{place.brand} · {place.code}", place)

    def _places(self) -> Iterator[Hit]:
        words = self._context.words
        yield Hit("layers", words("Programs"), "", "programs")
        yield Hit("store", words("Locations"), "", "locations")
        yield Hit("building-2", words("Clients and brands"), "", "clients")
        yield Hit("import", words("Import locations"), "", "import")
        yield Hit("alarm-clock", words("Overdue visits"), words("Programs"), "overdue")
        yield Hit("users", words("Evaluators"), "", "evaluators")
        yield Hit("list-checks", words("Corrective actions"), "", "actions")
        yield Hit("palette", words("Branding of reports"), "", "branding")
        yield Hit("file-text", words("Reports"), "", "reports")
        yield Hit("settings", words("Settings"), "", "settings")

    def _choose(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(HIT)
        if hit is None:
            return
        self.accept()
        if isinstance(hit.target, VisitRecord):
            self.visit_chosen.emit(hit.target)
        elif isinstance(hit.target, LocationRecord):
            self.location_chosen.emit(hit.target.id)
        elif isinstance(hit.target, Here):
            self.here_chosen.emit(hit.target.key)
        else:
            self.place_chosen.emit(hit.target)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down and Enter belong to the list while one types."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.edit and isinstance(event, QKeyEvent) and pressed:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._found is None:
                self._eager = True
            else:
                self._choose(self.hits.currentIndex())
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key)
        if step is None:
            return False
        row = min(max(self.hits.currentIndex().row() + step, 0), self._model.rowCount() - 1)
        self.hits.setCurrentIndex(self._model.index(row, 0))
        return True
