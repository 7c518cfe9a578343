"""The tray: photos of the visit that wait for a question. At the foot of the sections; on the
small screen a button with their count, which opens it beside.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import TRAY, Note, NoteKind
from auditor.ui.capture.photos.dragging import Dragged, DropTarget, carry, unpack
from auditor.ui.capture.photos.file_kinds import PHOTO
from auditor.ui.capture.photos.refusals import Refusals
from auditor.ui.capture.photos.tray_tiles import EmptyTray, TileArea, TrayTile
from auditor.ui.capture.photos.words import photo_line
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.theme import RADIUS_CONTROL, Ink, Type, colour, current

#: The right is where photos scroll: their bar takes no width of theirs.
LEFT, RIGHT = 18, 10
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tray(DropTarget):
    """The photos, a button for more, and what to do with them. Arrows move, Enter shows one
    large, Space puts it into the current question, Delete takes it out."""

    #: The last photo went while the focus was on it.
    emptied = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.words = desk, desk.words
        self.tiles: dict[str, TrayTile] = {}
        self._at = 0
        self.setAccessibleName(self.words("Unassigned photos"))
        self.setAcceptDrops(desk.draft.writable)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(LEFT, 8, RIGHT, 8)
        self.column.setSpacing(8)
        self.column.addLayout(self._head())
        self.empty = EmptyTray(self.words)
        self.empty.clicked.connect(self._choose)
        self.empty.setContentsMargins(0, 0, LEFT - RIGHT - 1, 0)
        self.column.addWidget(self.empty)
        self._area = TileArea()
        self.column.addWidget(self._area)
        self.hint = Label("", Type.HINT, Ink.TEXT2, wrap=True)
        self.column.addWidget(self.hint)
        self.refusals = Refusals(desk.attaching, None, narrow=True)
        self.column.addWidget(self.refusals)
        desk.attaching.changed.connect(self._attaching_changed)
        desk.thumbs.arrived.connect(self._thumb_arrived)
        desk.draft.noted.connect(self._noted)
        desk.album.moved.connect(self._show_lines)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        head = self._top = QHBoxLayout()
        head.setSpacing(8)
        title = Label(self.words("Unassigned photos"), Type.HELP)
        title.setFont(current().font(Type.HELP, 600))
        title.setStyleSheet("font-weight: 600;")
        self.count = Label("", Type.HELP, Ink.TEXT2)
        name = self.words("Add photos")
        self.add = Button("", Kind.TEXT, icon="image-plus", name=name, height=28)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.clicked.connect(self._choose)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.add)
        return head

    def add_to_head(self, widget: QWidget) -> None:
        self._top.addWidget(widget)

    # what it shows

    def refresh(self) -> None:
        draft, photos = self.desk.draft, self.desk.draft.tray
        busy = self.desk.attaching.under_way(None)
        self._arrange(photos)
        self.count.setText(str(len(photos)) if photos else "")
        self.add.setVisible(draft.writable and bool(photos or busy))
        self.empty.setVisible(draft.writable and not photos and not busy)
        self._area.setVisible(bool(photos))
        self.hint.setText(self._hint(busy))
        self.hint.setVisible(bool(self.hint.text()) and (bool(photos) or bool(busy)))
        self.refusals.refresh()
        self.fit(self.width())

    def _hint(self, busy: int) -> str:
        if busy:
            return self.words.plural("Reading {count} photo…", "Reading {count} photos…", busy)
        return self.words("Drag one onto a question") if self.desk.draft.writable else ""

    def _arrange(self, photos: tuple[str, ...]) -> None:
        """Only what came or went is made or let go."""
        if tuple(self.tiles) == photos:
            self._show_lines()
            return
        focus = any(tile.hasFocus() for tile in self.tiles.values())
        for sha256 in [sha for sha in self.tiles if sha not in photos]:
            tile = self.tiles.pop(sha256)
            self._area.flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        for sha256 in photos:
            if sha256 not in self.tiles:
                self.tiles[sha256] = self._tile(sha256)
                self._area.flow.addWidget(self.tiles[sha256])
                self.tiles[sha256].show()  # what is hidden takes no focus
        self.tiles = {sha256: self.tiles[sha256] for sha256 in photos}
        self._area.flow.arrange(list(self.tiles.values()))
        self._show_lines()
        self._rove(min(self._at, len(photos) - 1), focus=focus)

    def _tile(self, sha256: str) -> TrayTile:
        desk = self.desk
        record = desk.draft.evidence_of(sha256)
        tile = TrayTile(record, desk.thumbs.get(record), self.words, writable=desk.draft.writable)
        tile.removed.connect(self._remove)
        tile.opened.connect(self._open)
        tile.put_wanted.connect(self._put_here)
        tile.carried.connect(self._carry)
        tile.shifted.connect(self._shift)
        tile.menu_wanted.connect(self._menu)
        return tile

    def _show_lines(self) -> None:
        draft = self.desk.draft
        for sha256, tile in self.tiles.items():
            record = draft.evidence_of(sha256)
            line = photo_line(draft, self.words, record, None, (), cover=False)
            picture = None if record == tile.record else self.desk.thumbs.get(record)
            tile.show_record(record, picture, line)

    def _thumb_arrived(self, sha256: str) -> None:
        if sha256 in self.tiles:
            tile = self.tiles[sha256]
            tile.show_record(tile.record, self.desk.thumbs.get(tile.record), tile.line)

    def _attaching_changed(self, place: str) -> None:
        if not place:
            self.refresh()

    def _noted(self, note: Note) -> None:
        if note == TRAY:
            self.refresh()
        elif note.id in self.tiles or note.kind is NoteKind.FACTS:
            self._show_lines()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """It will be so wide: the photos take the rows that they need."""
        self._area.fit(width - LEFT - RIGHT)

    # focus

    def focus_first(self) -> None:
        """Keys act on the photos."""
        if self.tiles:
            self._rove(self._at, focus=True)
        else:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_on(self, sha256: str) -> None:
        if sha256 in self.tiles:
            self._rove(list(self.tiles).index(sha256), focus=True)

    def _rove(self, at: int, *, focus: bool) -> None:
        """One photo takes part in Tab; arrows go on from there."""
        if not self.tiles:
            self._at = 0
            if focus:
                self.emptied.emit()
            return
        self._at = max(at, 0)
        for index, tile in enumerate(self.tiles.values()):
            here = index == self._at
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            if here and focus:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.ensureWidgetVisible(tile, 0, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        focused = [index for index, tile in enumerate(self.tiles.values()) if tile.hasFocus()]
        if step is None or not focused or event.modifiers():
            super().keyPressEvent(event)
            return
        at = focused[0] + step[0] + step[1] * self._across()
        if 0 <= at < len(self.tiles):
            self._rove(at, focus=True)

    def _across(self) -> int:
        """How many stand side by side."""
        tops = [tile.y() for tile in self.tiles.values()]
        return max(tops.count(tops[0]), 1)

    # what the person does

    def _choose(self) -> None:
        self.desk.attaching.choose(None, PHOTO, self.window())

    def _remove(self, sha256: str) -> None:
        self.desk.album.remove(sha256, None)

    def _open(self, sha256: str) -> None:
        self.desk.album.open(sha256, None)

    def _put_here(self, sha256: str) -> None:
        if self.desk.draft.writable:
            self.desk.album.put_here(sha256, None)

    def _shift(self, sha256: str, by: int) -> None:
        held = self.desk.draft.tray
        at = held.index(sha256) + by
        if self.desk.draft.writable and 0 <= at < len(held):
            self._at = at
            self.desk.album.move(sha256, None, None, at + (by > 0))
            self.focus_on(sha256)

    def _menu(self, sha256: str, at: QPoint) -> None:
        self.desk.album.menu(sha256, None, at, self)

    def _carry(self, sha256: str) -> None:
        tile = self.tiles[sha256]
        carry(tile, Dragged(self.desk.draft.record.id, sha256, ""), tile.picture)

    # what is dropped on it

    def why_not(self, data: QMimeData, _at: QPoint) -> str:
        dragged = unpack(data)
        if dragged is not None and dragged.visit != self.desk.draft.record.id:
            return self.words("This photo belongs to another visit")
        return ""

    def take_drop(self, data: QMimeData, at: QPoint) -> bool:
        dragged = unpack(data)
        if dragged is None:
            return self.desk.attaching.take(None, data)
        source = self.desk.draft.compiled.find(dragged.source) if dragged.source else None
        self.desk.album.move(dragged.sha256, source, None, self._index_at(at))
        return True

    def _index_at(self, at: QPoint) -> int | None:
        point = self._area.inner.mapFrom(self, at)
        for index, tile in enumerate(self.tiles.values()):
            box = tile.geometry().adjusted(-4, -4, 4, 4)
            if box.contains(point):
                return index + (point.x() > box.center().x())
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        if self.hot:
            box = QRectF(self.rect()).adjusted(6, 2, -6, -2)
            rounded(painter, box, RADIUS_CONTROL, colour(t.accent_soft), colour(t.accent), 2)
