"""What a card takes when it is dropped on it, or pasted: files, and photos from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint

from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.photos.attaching import takes
from auditor.ui.capture.photos.dragging import unpack
from auditor.ui.capture.photos.evidence import EvidenceStrip
from auditor.ui.capture.photos.file_kinds import PHOTO
from auditor.ui.capture.photos.words import takes_photos
from forms.compiled import Item

if TYPE_CHECKING:
    from auditor.ui.capture.cards.card import QuestionCard


class CardDrops:
    def __init__(self, card: QuestionCard) -> None:
        self._card = card

    def kind_of(self, item: Item) -> str | None:
        """What is attached to ``item``, by the names of ``FileKind``; None where nothing is."""
        editor = self._card.editor
        if editor.shows_evidence and editor.what is not PHOTO:
            return editor.what.kind if editor.takes_more else None
        return "photo" if takes_photos(item) else None

    def paste(self) -> bool:
        """False leaves it to the tray."""
        item = self._card.item
        kind = self.kind_of(item)
        return kind is not None and self._card.desk.attaching.paste(item, kind)

    def item_at(self, at: QPoint) -> Item:
        """The question, or the row of a matrix that ``at`` lies on."""
        card = self._card
        if not isinstance(card.editor, MatrixEditor):
            return card.group.first
        for row in card.editor.rows:
            if row.rect().contains(row.mapFrom(card, at)):
                return row.item
        return card.item

    def why_not(self, data: QMimeData, at: QPoint) -> str:
        item, words = self.item_at(at), self._card.words
        dragged = unpack(data)
        if dragged is None:
            return "" if self.kind_of(item) else words("Takes no photos")
        if dragged.visit != self._card.draft.record.id:
            return words("This photo belongs to another visit")
        return "" if self.kind_of(item) == "photo" else words("Takes no photos")

    def take(self, data: QMimeData, at: QPoint) -> bool:
        card, item = self._card, self.item_at(at)
        dragged, kind = unpack(data), self.kind_of(item)
        if dragged is None:
            return takes(data) and kind is not None and card.desk.attaching.take(item, data, kind)
        source = card.draft.compiled.find(dragged.source) if dragged.source else None
        card.desk.album.move(dragged.sha256, source, item, self._index_at(item, at))
        return True

    def show(self, data: QMimeData | None, at: QPoint) -> None:
        """A bar where a photo would stand between others."""
        inside = data is not None and unpack(data) is not None
        item = self.item_at(at)
        for strip in self._card.findChildren(EvidenceStrip):
            here = inside and strip.item is item
            strip.show_insertion(strip.index_at(strip.mapFrom(self._card, at)) if here else None)

    def _index_at(self, item: Item, at: QPoint) -> int | None:
        for strip in self._card.findChildren(EvidenceStrip):
            if strip.item is item and strip.isVisible():
                return strip.index_at(strip.mapFrom(self._card, at))
        return None
