"""What a report holds: its parts, ticked, in their order, each with its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.part_words import PARTS
from auditor.ui import icons
from auditor.ui.commands.preview import Made
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.row_paint import paint_tick
from auditor.ui.theme import Type, colour, current
from auditor.words import Words

ROW, TICK, GRIP = 28, 26, 14
#: Rows that are no parts and keep their place.
COVER, SUMMARY = "cover", "summary"
PART = Qt.ItemDataRole.UserRole
PAGES = Qt.ItemDataRole.UserRole + 1
FIRST = Qt.ItemDataRole.UserRole + 2
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FIXED = 2


class ContentsList(QListWidget):
    """``changed()`` when a tick or the order is another one; ``wanted(page)`` from 0."""

    changed = Signal()
    wanted = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        #: How many pages a part had when it was last in the report.
        self._lengths: dict[str, int] = {}
        self.setAccessibleName(words("Contents"))
        self.setAccessibleDescription(
            words("Space ticks, Enter goes to the page, Alt with the arrows moves the part.")
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setObjectName("contents")
        self.itemActivated.connect(self._go)

    # showing

    def show_report(self, made: Made) -> None:
        worn = made.about.worn
        if self.given(worn.name, blank_actions=worn.blank_actions) != worn:
            self._fill(worn)
        placed = {part.name: part for part in made.parts}
        self._lengths |= {name: part.last - part.first + 1 for name, part in placed.items()}
        for item in self._items():
            part = placed.get(item.data(PART))
            self._tell_pages(item, (part.first, part.last) if part else None, worn)
        changes = self._item_of(ReportPart.CHANGES)
        if changes is not None:  # a first revision has none, and nothing to ask
            changes.setHidden(made.about.revision == "A")
        rows = sum(not item.isHidden() for item in self._items())
        self.setFixedHeight(rows * current().reach(ROW) + 4)

    def _fill(self, worn: TemplateInput) -> None:
        row = max(self.currentRow(), 0)
        shown = [part for part in self._parts_shown() if part in ReportPart]
        self.clear()
        self._add(COVER, self.words("Cover page"), on=worn.cover)
        self._add(SUMMARY, self.words("Summary"), on=True)
        for part in _merged(worn.parts, shown):
            self._add(part.value, self._name(part), on=part in worn.parts)
        self.setCurrentRow(row)

    def _name(self, part: ReportPart) -> str:
        if part is ReportPart.LEDGER:
            return self.words("Score ledger and seal")
        return self.words(PARTS[part][0])

    def _add(self, key: str, name: str, *, on: bool) -> None:
        item = QListWidgetItem(name)
        item.setData(PART, key)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if key != SUMMARY:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if key not in (COVER, SUMMARY):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            item.setToolTip(self.words(PARTS[ReportPart(key)][1]))
        item.setFlags(flags)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.addItem(item)

    def _tell_pages(
        self, item: QListWidgetItem, pages: tuple[int, int] | None, worn: TemplateInput
    ) -> None:
        key = item.data(PART)
        if key in (COVER, SUMMARY):
            first = 1 if key == COVER else 1 + worn.cover
            pages = (first, first) if key == SUMMARY or worn.cover else None
        told = ""
        if pages is not None:
            told = str(pages[0]) if pages[0] == pages[1] else f"{pages[0]}–{pages[1]}"
        elif item.checkState() == Qt.CheckState.Checked:
            told = self.words("no data")
        elif key in self._lengths:
            told = f"+{self._lengths[key]}"
        item.setData(PAGES, told)
        item.setData(FIRST, pages[0] - 1 if pages else -1)
        spoken = f"{item.text()}, {told}" if told else item.text()
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    # what is chosen

    def _items(self) -> Iterator[QListWidgetItem]:
        return (self.item(row) for row in range(self.count()))

    def _item_of(self, key: str) -> QListWidgetItem | None:
        return next((item for item in self._items() if item.data(PART) == key), None)

    def _parts_shown(self) -> list[ReportPart]:
        return [ReportPart(i.data(PART)) for i in self._items() if i.data(PART) in set(ReportPart)]

    def given(self, name: str, *, blank_actions: bool = False) -> TemplateInput:
        """What is ticked, in its order."""
        ticked = {i.data(PART) for i in self._items() if i.checkState() == Qt.CheckState.Checked}
        parts = tuple(part for part in self._parts_shown() if part in ticked)
        return TemplateInput(name, parts, COVER in ticked, blank_actions)

    def toggle(self, row: int) -> None:
        item = self.item(row)
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
            self.changed.emit()

    def move(self, row: int, step: int) -> None:  # type: ignore[override]
        """A part up or down by ``step``."""
        to = row + step
        if min(row, to) < _FIXED or to >= self.count():
            return
        item = self.takeItem(row)
        self.insertItem(to, item)
        self.setCurrentRow(to)
        self.changed.emit()

    def _go(self, item: QListWidgetItem) -> None:
        if (page := item.data(FIRST)) >= 0:
            self.wanted.emit(page)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            self.toggle(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._go(self.item(row))
        elif step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move(row, step)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        super().mouseReleaseEvent(event)
        if index.isValid():
            if at.x() < current().px(TICK) + GRIP:
                self.toggle(index.row())
            else:
                self._go(self.item(index.row()))

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.given("")
        super().dropEvent(event)
        for at, key in enumerate((COVER, SUMMARY)):  # nothing goes before them
            item = self._item_of(key)
            if item is not None and self.row(item) != at:
                self.insertItem(at, self.takeItem(self.row(item)))
        if self.given("") != before:
            self.changed.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.Leave):
            self.viewport().update()
        return super().viewportEvent(event)


def _merged(wanted: tuple[ReportPart, ...], shown: list[ReportPart]) -> list[ReportPart]:
    """All parts: the wanted ones in their order, each of the others where it stood."""
    order = shown or list(ReportPart)
    found = list(wanted)
    for at, part in enumerate(order):
        if part not in found:
            before = [each for each in order[:at] if each in found]
            found.insert(found.index(before[-1]) + 1 if before else 0, part)
    return found


class _Rows(QStyledItemDelegate):
    def __init__(self, contents: ContentsList) -> None:
        super().__init__(contents)
        self._list = contents

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(80, current().reach(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        theme = current()
        t = theme.tokens
        box: QRect = option.rect
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected and self._list.hasFocus():
            rounded(painter, QRectF(box), 6, colour(t.accent_soft), colour(t.accent), 2)
        elif hot:
            rounded(painter, QRectF(box), 6, colour(t.surface2))
        if hot and index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            place = QRectF(box.left() + 1, box.center().y() - 6, 12, 12)
            icons.paint(painter, "grip-vertical", colour(t.text3), place)
        tick = QRect(box.left() + GRIP, box.top(), theme.px(18), box.height())
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            painter.setOpacity(0.5)
        paint_tick(painter, tick, on=on)
        painter.setOpacity(1)
        self._paint_words(painter, box.adjusted(GRIP + theme.px(18) + 9, 0, -6, 0), index, on=on)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, index: Any, *, on: bool) -> None:
        theme = current()
        t = theme.tokens
        middle = Qt.AlignmentFlag.AlignVCenter
        pages = index.data(PAGES) or ""
        painter.setFont(theme.font(Type.HELP))
        painter.setPen(colour(t.text2 if on else t.text3))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | middle), pages)
        left = room.width() - painter.fontMetrics().horizontalAdvance(pages) - 8
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(colour(t.text if on else t.text3))
        name = index.data(Qt.ItemDataRole.DisplayRole)
        cut = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, int(middle), cut)
