"""A table brought in: which column is what at the left, what each row would do at the right; then
all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.commands import sheets
from auditor.ui.commands.acts import Act
from auditor.ui.commands.sheets import SheetKind
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea, clear
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import CheckBox, Labelled, Select
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations.phrases import number
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.lists.columns import Columns
    from auditor.services.sheets.book import Book

LEFT, WIDTH, HEIGHT = 250, 940, 620


class Does(IntEnum):
    ALL = 0
    ADDS = 1
    CHANGES = 2
    REFUSED = 3


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the table and what becomes of it; ``said`` is what changes, or why it is refused."""

    row: int
    does: Does
    name: str
    said: str


def planned_rows(words: Words, plan: Any, kind: SheetKind) -> Iterator[PlannedRow]:
    for each in plan.refused:
        said = " ".join(problem.text(words.language) for problem in each.problems)
        name = next((cell for cell in each.cells if cell.strip()), "")
        yield PlannedRow(each.row, Does.REFUSED, name, said)
    for each in plan.adds:
        yield PlannedRow(each.row, Does.ADDS, each.name, kind.note(each.after))
    for each in plan.changes:
        said = ", ".join(words(kind.titles[field]) for field in each.fields)
        yield PlannedRow(each.row, Does.CHANGES, each.name, said)


class SheetDialog(Dialog):
    """``done_(Act)`` once all that can be taken is on disk."""

    done_ = Signal(object)

    def __init__(
        self, context: AppContext, kind: SheetKind, path: Path, title: str, parent: QWidget
    ) -> None:
        super().__init__(title, parent, width=700)
        self._context, self._kind, self._path = context, kind, path
        self.book: Book | None = None
        self.columns: Columns | None = None
        self.plan: Any = None
        self._turn = 0
        row = QHBoxLayout()
        self.body.addLayout(row, 1)
        row.setSpacing(16)
        row.addWidget(self._left_side())
        row.addWidget(Line(upright=True))
        column = QVBoxLayout()
        row.addLayout(column, 1)
        self._fill_right_side(column)
        self._add_foot()
        self.read(None)

    # building

    def _left_side(self) -> QWidget:
        words = self._context.words
        side = QWidget()
        side.setFixedWidth(current().px(LEFT))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(ElidedLabel(self._path.name, Type.STRONG))
        self.sheet = Select()
        self.sheet.activated.connect(self._other_sheet)
        self.sheet_field = Labelled(words("Sheet"), self.sheet)
        column.addWidget(self.sheet_field)
        self.sheet_field.hide()
        column.addWidget(Label(words("What each column holds"), Type.HELP, Ink.TEXT2))
        self.held = ScrollArea(margins=(0, 0, 12, 0), spacing=6)
        column.addWidget(self.held, 1)
        return side

    def _fill_right_side(self, column: QVBoxLayout) -> None:
        words = self._context.words
        column.setSpacing(8)
        captions = [words("All"), words("New"), words("Changed"), words("Refused")]
        self.which = Segmented(captions, words("Which rows"))
        self.which.changed.connect(self._fill)
        column.addWidget(self.which)
        self.rows = RowModel(_columns(words), lambda row: row.row, ticks=False, parent=self)
        self.table = RowTable(self.rows, words("Rows of the table"))
        self.table.moved.connect(self._tell)
        column.addWidget(self.table, 1)
        self.said = Label(words("Reading…"), Type.HELP, Ink.TEXT2, wrap=True)
        column.addWidget(self.said)
        self.anyway = CheckBox(words("Take rows that break rules, too"))
        self.anyway.clicked.connect(self._look)
        column.addWidget(self.anyway)
        self.anyway.setVisible(self._kind.lenient)
        self.skip = CheckBox("")
        self.skip.clicked.connect(self._ready)
        column.addWidget(self.skip)
        self.skip.hide()

    def _add_foot(self) -> None:
        words = self._context.words
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.yes = self.add_button(Button(words("Import"), Kind.PRIMARY))
        self.yes.clicked.connect(self._apply)
        self.yes.setEnabled(False)

    def fit(self) -> None:
        super().fit()
        parent = self.parentWidget()
        window = self if parent is None else parent.window()
        self.resize(min(current().px(WIDTH), window.width() - 32),
                    min(current().px(HEIGHT), window.height() - 24))  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(current().px(WIDTH), current().px(HEIGHT))

    # reading

    def read(self, sheet: str | None) -> None:
        sheets.read_book(self._context, self._path, sheet, self._show_book, self._refused)

    def _other_sheet(self, _index: int) -> None:
        self.read(self.sheet.currentText())

    def _show_book(self, book: Book) -> None:
        self.book = book
        self.sheet_field.setVisible(len(book.sheets) > 1)
        self.sheet.clear()
        self.sheet.addItems(list(book.sheets))
        self.sheet.setCurrentIndex(max(self.sheet.findText(book.sheet), 0))
        sheets.guess(self._context, self._kind, book, self._show_columns, self._refused)

    def _show_columns(self, columns: Columns) -> None:
        book = self.book
        if book is None:
            return
        self.columns = columns
        clear(self.held.body)
        heading = book.row(columns.heading)
        for at, field in enumerate(columns.fields):
            title = heading.cells[at].strip() if heading else ""
            select = self._field_select(field)
            select.activated.connect(partial(self._hold, at, select))
            name = title or self._context.words("Column {number}", number=at + 1)
            self.held.body.addWidget(Labelled(name, select))
        self.held.body.addStretch(1)
        self._look()

    def _field_select(self, held: Any) -> Select:
        words = self._context.words
        select = Select()
        select.addItem(words("Left out"), None)
        for field, title in self._kind.titles.items():
            select.addItem(words(title), field)
        select.setCurrentIndex(max(select.findData(held), 0))
        return select

    def _hold(self, at: int, select: Select, _index: int) -> None:
        if self.columns is not None:
            self._show_columns(self.columns.with_field(at, select.currentData()))

    def _look(self, *_: object) -> None:
        if self.book is None or self.columns is None:
            return
        self._turn += 1
        self.yes.setEnabled(False)
        sheets.look(
            self._context, self._kind, self.book, self.columns, self.anyway.isChecked(),
            partial(self._show_plan, self._turn), self._refused,
        )  # fmt: skip

    def _show_plan(self, turn: int, plan: Any) -> None:
        if turn != self._turn:
            return
        self.plan = plan
        words, counts = self._context.words, plan.counts
        figures = (counts.adds + counts.changes + counts.refused, counts.adds, counts.changes,
                   counts.refused)  # fmt: skip
        for segment, count in zip(self.which.segments, figures, strict=True):
            segment.set_count(number(words, count))
        bad = Tone.DANGER if counts.refused else Tone.NEUTRAL
        self.which.segments[Does.REFUSED].set_count(number(words, counts.refused), bad)
        count = counts.adds + counts.changes
        shown = number(words, count)
        said = words.plural("Import {shown} row", "Import {shown} rows", count, shown=shown)
        self.yes.set_caption(said if count else words("Import"))
        self._show_skip(counts.refused)
        self._ready()
        self._fill()

    def _show_skip(self, refused: int) -> None:
        """What is refused is left out on purpose, or nothing is imported."""
        caption = self._context.words.plural(
            "Leave out the {count} refused row", "Leave out the {count} refused rows", refused
        )
        if caption != self.skip.accessibleName():
            self.skip.setChecked(False)
        self.skip.set_caption(caption)
        self.skip.setVisible(bool(refused))

    def _ready(self, *_: object) -> None:
        if self.plan is None:
            return
        words, counts = self._context.words, self.plan.counts
        blocked = bool(counts.refused) and not self.skip.isChecked()
        self.yes.setEnabled(bool(counts.adds + counts.changes) and not blocked)
        why = words("Some rows are refused: correct them, or leave them out.") if blocked else ""
        self.yes.setToolTip(why)

    def _fill(self, *_: object) -> None:
        if self.plan is None:
            return
        chosen = Does(self.which.index)
        rows = planned_rows(self._context.words, self.plan, self._kind)
        shown = sorted(
            (row for row in rows if chosen in (Does.ALL, row.does)), key=lambda each: each.row
        )
        self.rows.show(shown, more=False)
        if shown:
            self.table.go_to(shown[0].row)
        self._tell()

    def _tell(self, *_: object) -> None:
        """The whole of the current row's reason; without one what happens to all."""
        words, counts = self._context.words, self.plan.counts if self.plan else None
        row: PlannedRow | None = self.table.record
        if row is not None and row.does is Does.REFUSED:
            self.said.setText(words("Row {row}: {why}", row=row.row, why=row.said))
            self.said.set_ink(Ink.DANGER)
        elif counts is not None:
            self.said.setText(words(
                "{adds} new, {changes} changed, {same} the same, {refused} refused.",
                adds=counts.adds, changes=counts.changes, same=counts.same,
                refused=counts.refused))  # fmt: skip
            self.said.set_ink(Ink.TEXT2)

    def _refused(self, error: Any) -> None:
        self.plan = None
        self.rows.show((), more=False)
        self.skip.hide()
        self.yes.setEnabled(False)
        self.said.setText(self._context.sentence(error))
        self.said.set_ink(Ink.DANGER)

    # doing

    def _apply(self) -> None:
        if self.plan is not None:
            self.yes.setEnabled(False)
            sheets.apply(self._context, self._kind, self.plan, self._path.name, self._applied,
                         self._refused)  # fmt: skip

    def _applied(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)


def _columns(words: Words) -> tuple[Column, ...]:
    kinds = {
        Does.ADDS: (words("New"), Tone.SUCCESS, "plus"),
        Does.CHANGES: (words("Changed"), Tone.ACCENT, "pencil-line"),
        Does.REFUSED: (words("Refused"), Tone.DANGER, "circle-alert"),
    }
    return (
        Column(words("Row"), lambda r: str(r.row), 64, right=True),
        Column(words("It is"), lambda r: kinds[r.does][0], 120, chip=lambda r: kinds[r.does]),
        Column(words("What"), lambda r: r.name, strong=True, note=lambda r: r.said),
    )
