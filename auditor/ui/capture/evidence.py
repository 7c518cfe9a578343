"""The evidence strip of an answer: what is attached, and a place for more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.ui.capture.attaching import PHOTO
from auditor.ui.capture.desk import Desk
from auditor.ui.capture.flow import FlowLayout
from auditor.ui.capture.tiles import DropPlace, FileRow, PhotoTile
from auditor.ui.kit.text import Label
from auditor.ui.kit.toast import Toast
from auditor.ui.theme import Ink, Type
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
        self._tiles: dict[str, PhotoTile] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, 10)
        self.said = Label("", Type.HELP, Ink.DANGER, wrap=True)
        column.addWidget(self._holder)
        column.addWidget(self.said)
        self.drop: DropPlace | None = None
        desk.attaching.changed.connect(self._attaching_changed)
        desk.thumbs.arrived.connect(self._thumb_arrived)
        self.refresh()

    @property
    def has_files(self) -> bool:
        return bool(self.desk.draft.answer(self.item).evidence)

    def refresh(self) -> None:
        answer = self.desk.draft.answer(self.item)
        busy = self.desk.attaching.under_way(self.item)
        wanted = (answer.evidence, bool(answer.evidence or busy))
        if wanted != self._shown:
            self._shown = wanted
            self._rebuild(answer.evidence)
            self.shape_changed.emit()
        if self.drop is not None:
            self.drop.set_busy(busy)
        error = self.desk.attaching.error(self.item)
        self.said.setText(error)
        self.said.setVisible(bool(error))
        self._holder.setVisible(self._flow.count() > 0)
        self.setVisible(self._flow.count() > 0 or bool(error))

    def _rebuild(self, evidence: tuple[str, ...]) -> None:
        while (old := self._flow.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._tiles = {}
        for number, sha256 in enumerate(evidence, 1):
            self._flow.addWidget(self._piece(sha256, number))
        if self._place:
            short = self.desk.compact and not evidence
            self.drop = DropPlace(
                self.desk.words, tile=bool(evidence), short=short, parent=self._holder
            )
            self.drop.clicked.connect(self._choose)
            self._flow.addWidget(self.drop)

    def _piece(self, sha256: str, number: int) -> QWidget:
        desk = self.desk
        record = desk.draft.evidence_of(sha256)
        writable = desk.draft.writable
        if record.kind in ("photo", "signature"):
            tile = PhotoTile(record, desk.thumbs.get(record), number, desk.words, writable=writable)
            self._tiles[sha256] = tile
            tile.removed.connect(self._remove)
            return tile
        row = FileRow(record, desk.words, writable=writable)
        row.removed.connect(self._remove)
        return row

    def _thumb_arrived(self, sha256: str) -> None:
        tile = self._tiles.get(sha256)
        if tile is not None and (picture := self.desk.thumbs.get(tile.record)) is not None:
            tile.set_picture(picture)

    def _attaching_changed(self, item_id: str) -> None:
        if item_id == self.item.id:
            self.refresh()

    def _choose(self) -> None:
        self.desk.attaching.choose(self.item, PHOTO, self.window())

    def _remove(self, sha256: str) -> None:
        draft, words = self.desk.draft, self.desk.words
        kept = tuple(each for each in draft.answer(self.item).evidence if each != sha256)
        draft.set_evidence(self.item, kept)
        name = draft.evidence_of(sha256).name
        said = words("{name} was removed.", name=name)
        Toast.show_in(self, said, words("Undo"), draft.undo)
