"""What each row of the table would do: add, change from what to what, nothing, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from auditor.services.importing.plan import RefusedRow
from auditor.services.sheets.book import Book, column_name
from auditor.ui import icons
from auditor.ui.importing.subject import Held, Subject, shown
from auditor.ui.kit.card import Banner
from auditor.ui.kit.field import CheckBox
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.locations.model import Index
from auditor.ui.locations.phrases import number
from auditor.ui.theme import RADIUS_CARD, Ink, Tone, Type, colour, current
from auditor.words import Words, mark

ROW, PAD = 38, 8
NUMBER, KIND, CODE, NAME, WHAT = range(5)
WIDTHS = (52, 112, 116, 0, 0)
#: Below this width icons say alone what happens, and their tool tips in words.
NARROW, NARROW_WIDTHS = 560, (48, 36, 92, 0, 0)
#: Of what is left: how much names have, and from which width they have enough.
NAME_SHARE, NAME_MOST, NAME_LEAST = 0.45, 300, 100
#: Between what was and what becomes, in a line of text (the font has no arrow).
ARROW = " » "


class Does(IntEnum):
    ALL = 0
    ADDS = 1
    CHANGES = 2
    SAME = 3
    REFUSED = 4


LOOKS = {
    Does.ADDS: (mark("New"), Tone.SUCCESS, "plus"),
    Does.CHANGES: (mark("Changed"), Tone.ACCENT, "pencil-line"),
    Does.SAME: (mark("The same"), Tone.NEUTRAL, "check"),
    Does.REFUSED: (mark("Refused"), Tone.DANGER, "circle-alert"),
}
CAPTIONS = (mark("All"), mark("New"), mark("Changed"), mark("The same"), mark("Refused"))


@dataclass(frozen=True, slots=True)
class Line:
    """``what`` are pairs: of a change what was and what becomes, else the second alone."""

    row: int
    does: Does
    code: str
    name: str
    what: tuple[tuple[str, str, str], ...] = ()

    def spoken(self) -> str:
        return "; ".join(
            f"{title}: {old}{ARROW}{new}" if old or title else new for title, old, new in self.what
        )


def lines(words: Words, subject: Subject, book: Book, plan: Any, held: Held) -> list[Line]:
    """The rows in their order."""
    found = [_line_of(words, subject, Does.ADDS, each) for each in plan.adds]
    found += [_line_of(words, subject, Does.CHANGES, each) for each in plan.changes]
    cells = {row.number: row.cells for row in book.rows}

    def cell(row: int, field: StrEnum) -> str:
        at = held.columns(field)
        return cells[row][at[0]].strip() if at else ""

    def line(row: int, does: Does, what: tuple[tuple[str, str, str], ...] = ()) -> Line:
        return Line(row, does, cell(row, subject.code), cell(row, subject.name), what)

    found += [line(row, Does.SAME) for row in plan.same]
    found += [line(each.row, Does.REFUSED, _why(words, each)) for each in plan.refused]
    return sorted(found, key=lambda each: each.row)


def _why(words: Words, refused: RefusedRow) -> tuple[tuple[str, str, str], ...]:
    def where(column: int | None) -> str:
        return "" if column is None else f"{column_name(column)}{refused.row}: "

    return tuple(
        ("", "", where(each.column) + each.text(words.language)) for each in refused.problems
    )


def _line_of(words: Words, subject: Subject, does: Does, each: Any) -> Line:
    told = []
    for field, was, becomes in subject.told(each):
        new = shown(words, becomes)
        if does is Does.CHANGES:
            old = shown(words, was) or words("nothing")
            told.append((words(subject.titles[field]), old, new or words("nothing")))
        elif field not in (subject.code, subject.name):
            told.append(("", "", new))
    return Line(each.row, does, *subject.named(each), tuple(told))


class RowModel(QAbstractTableModel):
    def __init__(self, words: Words, heads: tuple[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.heads = (words("Row"), words("What happens"), *heads, words("How"))
        self.lines: list[Line] = []
        self.narrow = False

    def show(self, found: list[Line]) -> None:
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        role_ = Qt.ItemDataRole
        if role == role_.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != role_.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return "" if section == KIND and self.narrow else self.heads[section]

    def data(self, index: Index, role: int = 0) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.ToolTipRole and column not in (KIND, NAME, WHAT):
            return None
        return (str(line.row), self.words(LOOKS[line.does][0]), line.code, line.name,
                line.spoken())[column]  # fmt: skip


class _Cells(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(40, current().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = current(), option.rect
        t = theme.tokens
        model: Any = index.model()
        line: Line = model.lines[index.row()]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colour(t.accent_soft))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour(t.border))
        room = box.adjusted(PAD, 0, -PAD, -1)
        if index.column() == KIND:
            self._paint_kind(painter, room, line, model.words)
        elif index.column() == WHAT:
            self._paint_what(painter, room, line)
        else:
            strong = index.column() == NAME
            painter.setFont(theme.font(Type.STRONG if strong else Type.HELP))
            painter.setPen(colour(t.text if strong else t.text2))
            self._write(painter, room, str(index.data() or ""))
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str) -> int:
        """Returns how wide it was."""
        metrics = painter.fontMetrics()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), cut)
        return metrics.horizontalAdvance(cut)

    def _paint_kind(self, painter: QPainter, room: QRect, line: Line, words: Words) -> None:
        theme = current()
        text, tone, icon = LOOKS[line.does]
        ink, _ = theme.tone(tone)
        size = theme.px(15)
        at = QRectF(room.left(), room.center().y() - size // 2, size, size)
        icons.paint(painter, icon, ink, at)
        if room.width() < 3 * size:
            return
        painter.setFont(theme.font(Type.CHIP))
        painter.setPen(ink)
        self._write(painter, room.adjusted(size + 6, 0, 0, 0), words(text))

    def _paint_what(self, painter: QPainter, room: QRect, line: Line) -> None:
        theme = current()
        t, size = theme.tokens, theme.px(13)
        painter.setFont(theme.font(Type.HELP))
        quiet = colour(t.danger if line.does is Does.REFUSED else t.text2)
        for place, (title, old, new) in enumerate(line.what):
            lead = "; " if place else ""
            head = f"{lead}{title}: {old}" if title else lead
            painter.setPen(quiet)
            room = room.adjusted(self._write(painter, room, head) + (5 if title else 0), 0, 0, 0)
            if title and room.width() > size:
                at = QRectF(room.left(), room.center().y() - size // 2, size, size)
                icons.paint(painter, "arrow-right", colour(t.text3), at)
                room = room.adjusted(size + 5, 0, 0, 0)
            painter.setPen(quiet if not title else colour(t.text))
            room = room.adjusted(self._write(painter, room, new), 0, 0, 0)
            if room.width() <= 0:
                return


class RowsPane(QWidget):
    """The rows, filtered by what they do; below them ``skip`` where some are refused."""

    def __init__(self, words: Words, subject: Subject) -> None:
        super().__init__()
        self.words, self._subject = words, subject
        self._lines: list[Line] = []
        self._counts: tuple[str, ...] = ("",) * len(CAPTIONS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.filter = Segmented([words(each) for each in CAPTIONS], words("Which rows"))
        self.filter.changed.connect(self._show)
        column.addWidget(self.filter)
        self.regions = Banner("", Tone.NEUTRAL, icon="map-pin")
        column.addWidget(self.regions)
        self.model = RowModel(words, subject.sentences.heads, self)
        self.table = QTableView()
        self._dress()
        column.addWidget(self.table, 1)
        self.problem = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        column.addWidget(self.problem)
        self.skip = CheckBox("")
        self.skip.hide()
        column.addWidget(self.skip)
        self.regions.hide()

    def _dress(self) -> None:
        view = self.table
        view.setModel(self.model)
        view.setObjectName("importRows")
        t = current().tokens
        view.setStyleSheet(
            f"QTableView {{ background: {t.surface}; border: 1px solid {t.border};"
            f" border-radius: {RADIUS_CARD}px; }}"
        )
        view.setItemDelegate(_Cells(view))
        view.setAccessibleName(self.words("Rows of the table"))
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        side, head = view.verticalHeader(), view.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(current().px(ROW))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(current().px(32))
        view.selectionModel().currentRowChanged.connect(self._tell_whole)

    # showing

    def show_plan(self, book: Book, plan: Any, held: Held) -> None:
        words = self.words
        self._lines = lines(words, self._subject, book, plan, held)
        counts = plan.counts
        told = (len(self._lines), counts.adds, counts.changes, counts.same, counts.refused)
        self._counts = tuple(number(words, count) for count in told)
        self._fit()
        self._show_regions(getattr(plan, "regions", ()))
        self._show_skip(counts.refused)
        self._show(self.filter.index)

    def _fit(self) -> None:
        """Without the counts where there is no room for them."""
        for told in (self._counts, ("",) * len(CAPTIONS)):
            for does, (segment, count) in enumerate(zip(self.filter.segments, told, strict=True)):
                bad = does == Does.REFUSED and count not in ("", "0")
                segment.set_count(count, Tone.DANGER if bad else Tone.NEUTRAL)
            if sum(segment.sizeHint().width() for segment in self.filter.segments) < self.width():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current().px
        self.model.narrow = self.width() < px(NARROW)
        widths = NARROW_WIDTHS if self.model.narrow else WIDTHS
        for section, width in enumerate(widths):
            if width:
                self.table.setColumnWidth(section, px(width))
        share = round((self.width() - px(sum(widths))) * NAME_SHARE)
        self.table.setColumnWidth(NAME, max(min(share, px(NAME_MOST)), px(NAME_LEAST)))
        self._fit()

    def show_nothing(self) -> None:
        self._lines = []
        self._show(self.filter.index)
        self.regions.hide()
        self.skip.hide()

    def _show_regions(self, regions: Sequence[str]) -> None:
        count = len(regions)
        self.regions.setVisible(bool(count))
        if count:
            told = ", ".join(regions[:4]) + (", …" if count > 4 else "")
            self.regions.set_text(self.words.plural(
                "{count} new region: {list}", "{count} new regions: {list}", count, list=told
            ))  # fmt: skip

    def _show_skip(self, refused: int) -> None:
        self.skip.setVisible(bool(refused))
        caption = self.words.plural(
            "Leave out the {count} refused row",
            "Leave out the {count} refused rows", refused,
        )  # fmt: skip
        if not refused or caption != self.skip.accessibleName():
            self.skip.setChecked(False)
        self.skip.set_caption(caption)

    def _show(self, which: int) -> None:
        does = Does(max(which, 0))
        found = [line for line in self._lines if does in (Does.ALL, line.does)]
        self.model.show(found)
        self.problem.setText("")

    def _tell_whole(self, now: QModelIndex, _before: QModelIndex) -> None:
        """What a row says that is too long for its line."""
        row = now.row()
        self.problem.setText(
            self.model.lines[row].spoken().replace(ARROW, " – ") if row >= 0 else ""
        )
