"""The evidence strip of an answer: what is attached, and a place for more."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.drafting.notes import Note, NoteKind
from auditor.ui.capture.photos.album import PICTURES
from auditor.ui.capture.photos.dragging import Dragged, carry
from auditor.ui.capture.photos.drop_place import DropPlace
from auditor.ui.capture.photos.file_kinds import PHOTO
from auditor.ui.capture.photos.refusals import Refusals
from auditor.ui.capture.photos.tiles import FileRow, PhotoTile, Piece
from auditor.ui.capture.photos.words import photo_line
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import colour, current
from forms.compiled import Item


class EvidenceStrip(QWidget):
    """``shape_changed()`` when it grew or shrank: whoever shares a row with it looks again."""

    shape_changed = Signal()

    def __init__(
        self, desk: Desk, item: Item, *, place: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.item = desk, item
        self._place = place and desk.draft.writable
        self._shown: tuple[object, ...] | None = None
        self.pieces: dict[str, Piece] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, 12)
        self.refusals = Refusals(desk.attaching, item)
        column.addWidget(self._holder)
        column.addWidget(self.refusals)
        self.drop: DropPlace | None = None
        self._bar = _Bar(self._holder)
        desk.attaching.changed.connect(self._attaching_changed)
        desk.thumbs.arrived.connect(self._thumb_arrived)
        desk.album.moved.connect(self._show_lines)
        desk.draft.noted.connect(self._noted)
        self.refresh()

    @property
    def has_files(self) -> bool:
        return bool(self.desk.draft.answer(self.item).evidence)

    # what it shows

    def refresh(self) -> None:
        evidence = self.desk.draft.answer(self.item).evidence
        busy = self.desk.attaching.under_way(self.item)
        wanted = (evidence, bool(evidence or busy))
        if wanted != self._shown:
            self._shown = wanted
            self._arrange(evidence, busy=bool(busy))
            self.shape_changed.emit()
        if self.drop is not None:
            self.drop.set_busy(busy)
        self.refusals.refresh()
        self._show_lines()
        self._holder.setVisible(self._flow.count() > 0)
        refused = bool(self.desk.attaching.refusals(self.item))
        self.setVisible(self._flow.count() > 0 or refused)

    def _arrange(self, evidence: tuple[str, ...], *, busy: bool) -> None:
        """Only what came or went is made or let go: twenty photos arrive one by one."""
        focus = self._focus_at()
        before = list(self.pieces.values())
        for sha256 in [sha for sha in self.pieces if sha not in evidence]:
            self._let_go(self.pieces.pop(sha256))
        for sha256 in evidence:
            if sha256 not in self.pieces:
                piece = self.pieces[sha256] = self._piece(sha256)
                self._flow.addWidget(piece)
                piece.show()  # what is hidden takes no focus
        self._fit_drop(with_tiles=bool(evidence) or busy)
        order: list[QWidget] = [self.pieces[sha] for sha in dict.fromkeys(evidence)]
        self._flow.arrange([*order, *([self.drop] if self.drop is not None else [])])
        same = order[: len(before)] == before  # then only what is new needs its place for Tab
        for left, right in itertools.pairwise(order[max(len(before) - 1, 0) if same else 0 :]):
            QWidget.setTabOrder(_last_of(left), right)
        if focus is not None:
            self._focus(min(focus, len(evidence) - 1))

    def _fit_drop(self, *, with_tiles: bool) -> None:
        """The place for more is a tile beside tiles, else a line."""
        if not self._place:
            return
        short = self.desk.compact and not with_tiles
        if self.drop is not None and self.drop.shape == (with_tiles, short):
            return
        if self.drop is not None:
            self._let_go(self.drop)
        self.drop = DropPlace(self.desk.words, tile=with_tiles, short=short, parent=self._holder)
        if self.item.row is not None:  # several in one card
            row = self.desk.draft.text(self.item.label)
            self.drop.setAccessibleName(f"{row}: {self.drop.accessibleName()}")
        self.drop.clicked.connect(self._choose)
        self._flow.addWidget(self.drop)

    def _let_go(self, widget: QWidget) -> None:
        self._flow.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _piece(self, sha256: str) -> Piece:
        desk = self.desk
        record = desk.draft.evidence_of(sha256)
        writable = desk.draft.writable
        piece: Piece
        if record.kind in PICTURES:
            picture = desk.thumbs.get(record)
            piece = tile = PhotoTile(record, picture, desk.words, writable=writable)
            tile.captioned.connect(desk.album.caption)
            tile.said.connect(self._said)
            tile.opened.connect(self._open)
            tile.carried.connect(self._carry)
            tile.menu_wanted.connect(self._menu)
        else:
            piece = FileRow(record, desk.words, writable=writable)
        piece.removed.connect(self._remove)
        piece.shifted.connect(self._shift)
        return piece

    def _show_lines(self) -> None:
        """Numbers, and what is said of each photo."""
        draft = self.desk.draft
        evidence = draft.answer(self.item).evidence
        if not evidence:
            return
        odd = draft.suspicions_of(self.item)
        for number, sha256 in enumerate(evidence, 1):
            tile = self.pieces.get(sha256)
            if not isinstance(tile, PhotoTile):
                continue
            record = draft.evidence_of(sha256)
            if record != tile.record:
                tile.show_record(record, self.desk.thumbs.get(record))
            line = photo_line(draft, self.desk.words, record, self.item, odd, cover=number == 1)
            tile.show_place(number if record.kind == "photo" else 0, line)

    def _thumb_arrived(self, sha256: str) -> None:
        tile = self.pieces.get(sha256)
        if isinstance(tile, PhotoTile):
            picture = self.desk.thumbs.get(tile.record)
            if picture is not None:
                tile.set_picture(picture)

    def _attaching_changed(self, place: str) -> None:
        if place == self.item.id:
            self.refresh()

    def _noted(self, note: Note) -> None:
        """A caption, a turn, a kept suspicion, or when the visit was."""
        if note.id in self.pieces or note.kind in (NoteKind.FACTS, NoteKind.KEPT):
            self._show_lines()

    def commit_input(self) -> None:
        for piece in self.pieces.values():
            if isinstance(piece, PhotoTile) and piece.caption is not None:
                piece.caption.commit_input()

    # focus

    def _focus_at(self) -> int | None:
        """Which piece has the focus."""
        for at, piece in enumerate(self.pieces.values()):
            if piece.hasFocus():
                return at
        return None

    def _focus(self, at: int) -> None:
        """The piece that took the place of one that went, else the place for more."""
        evidence = self.desk.draft.answer(self.item).evidence
        target: QWidget | None = self.pieces[evidence[at]] if at >= 0 else self.drop
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def piece_at(self, sha256: str) -> Piece | None:
        return self.pieces.get(sha256)

    # what the person does

    def _choose(self) -> None:
        self.desk.attaching.choose(self.item, PHOTO, self.window())

    def _remove(self, sha256: str) -> None:
        self.desk.album.remove(sha256, self.item)

    def _shift(self, sha256: str, by: int) -> None:
        """One place to the left or to the right."""
        if not self.desk.draft.writable:
            return
        held = self.desk.album.held(self.item)
        at = held.index(sha256) + by
        if 0 <= at < len(held):
            self.desk.album.move(sha256, self.item, self.item, at + (by > 0))

    def _open(self, sha256: str) -> None:
        self.desk.album.open(sha256, self.item)

    def _menu(self, sha256: str, at: QPoint) -> None:
        self.desk.album.menu(sha256, self.item, at, self)

    def _said(self, _sha256: str) -> None:
        self.desk.draft.end_typing()

    def _carry(self, sha256: str) -> None:
        tile = self.pieces.get(sha256)
        if isinstance(tile, PhotoTile):
            visit = self.desk.draft.record.id
            carry(tile, Dragged(visit, sha256, self.item.id), tile.picture)

    # where a photo that is dragged would go

    def index_at(self, at: QPoint) -> int | None:
        """Before which photo ``at`` (of this widget) lies; None where it is on none of them."""
        point = self._holder.mapFrom(self, at)
        evidence = self.desk.draft.answer(self.item).evidence
        for index, sha256 in enumerate(evidence):
            box = self.pieces[sha256].geometry().adjusted(-6, 0, 6, 0)
            if box.contains(point):
                return index + (point.x() > box.center().x())
        return None

    def show_insertion(self, index: int | None) -> None:
        """A bar before the photo of that index; None takes it away."""
        evidence = self.desk.draft.answer(self.item).evidence
        if index is None or not evidence:
            self._bar.hide()
            return
        last = index >= len(evidence)
        box = self.pieces[evidence[-1 if last else index]].geometry()
        x = box.right() + 5 if last else box.left() - 8
        self._bar.setGeometry(QRect(max(x, 0), box.top(), 3, current().px(104)))
        self._bar.show()
        self._bar.raise_()


class _Bar(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        accent = colour(current().tokens.accent)
        rounded(QPainter(self), QRectF(self.rect()), 1.5, accent)


def _last_of(piece: QWidget) -> QWidget:
    """What of it Tab comes to last."""
    caption = piece.caption if isinstance(piece, PhotoTile) else None
    return piece if caption is None else caption.button
