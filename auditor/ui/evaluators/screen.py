"""Evaluators: a table of all, one in full beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.changes import Changes
from auditor.domain.evaluators import EvaluatorOrder, GradeRecord
from auditor.domain.places import PageKey
from auditor.ui.commands import evaluators
from auditor.ui.commands.acts import Act
from auditor.ui.commands.evaluators import Listed, People
from auditor.ui.commands.planning import PAGE, Page
from auditor.ui.context import AppContext
from auditor.ui.evaluators.bar import EvaluatorBar, EvaluatorFoot
from auditor.ui.evaluators.form import EvaluatorForm, GradeDialog
from auditor.ui.evaluators.pane import EvaluatorPane, grade_text
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import EmptyState
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.files import dropped
from auditor.ui.kit.header import Header
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.planning import phrases
from auditor.ui.planning.pane import arrange
from auditor.ui.screen import Screen
from auditor.ui.theme import Tone
from auditor.ui.undo import undo_of
from auditor.ui.undo_buttons import UndoButtons
from auditor.words import Words

NARROW = 760


def columns(words: Words) -> tuple[Column, ...]:
    def late(row: Listed) -> tuple[str, Tone, str] | None:
        if not row.who.active:
            return words("Archived"), Tone.NEUTRAL, "archive"
        if not row.work.overdue:
            return None
        return words("{count} overdue", count=row.work.overdue), Tone.DANGER, "alarm-clock"

    return (
        Column(words("Code"), lambda r: r.who.code, 96, key=EvaluatorOrder.CODE.value),
        Column(words("Name"), lambda r: r.who.name or r.who.code, strong=True,
               note=lambda r: ", ".join(r.who.languages), key=EvaluatorOrder.NAME.value),
        Column(words("Home region"), lambda r: phrases.region(r.who.region), 190, spare=True),
        Column(words("Not begun"), lambda r: str(r.work.planned), 114, right=True, spare=True),
        Column(words("Handed in"), lambda r: str(r.work.made), 94, right=True, spare=True),
        Column(words("Grade"), lambda r: grade_text(words, r.work.grade), 76, right=True),
        Column("", lambda r: (late(r) or ("",))[0], 124, chip=late),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    evaluator: int
    text: str


class EvaluatorsScreen(Screen):
    """``import_wanted(path or "")``: from a table."""

    import_wanted = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        words = context.words
        self.people: People | None = None
        self._order, self._turn = EvaluatorOrder.CODE, 0
        self._key: PageKey | None = None
        self._wanted, self._pane_wanted = 0, False
        self.undo = undo_of(context)
        self.undo.bind(self)
        self._make_header()
        self.bar = EvaluatorBar(words)
        self.rows = RowModel(columns(words), lambda row: row.who.id, parent=self)
        self.table = RowTable(self.rows, words("Evaluators"))
        self.table.set_order(self._order.value)
        self.foot = EvaluatorFoot(words)
        self.pane = EvaluatorPane(context)
        self._build()
        self._connect()
        self.setAcceptDrops(True)
        context.changed.connect(self._changed)

    def _make_header(self) -> None:
        words = self.context.words
        self.header = Header(words("Evaluators"))
        self.count = Chip("")
        self.count.hide()
        self.header.add_chip(self.count)
        self.header.add(UndoButtons(self.context))
        self.export = Button(words("Export"), icon="download")
        self.export.clicked.connect(self._export)
        self.import_ = Button(words("Import"), icon="import")
        self.import_.clicked.connect(self.open_import)
        self.add = Button(words("Add an evaluator"), Kind.PRIMARY, icon="plus")
        self.add.clicked.connect(self.add_one)
        for button in (self.export, self.import_, self.add):
            self.header.add(button)

    def _build(self) -> None:
        words = self.context.words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        row = QHBoxLayout()
        outer.addLayout(row, 1)
        row.setSpacing(0)
        self._left = QWidget()
        row.addWidget(self._left, 1)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self.nobody = EmptyState("users", words("No evaluator yet"), words(
            "Add those who visit, or import them from a sheet. Clients never see more of them "
            "than a code."))  # fmt: skip
        self.first = self.nobody.add(Button(words("Import from a sheet…"), Kind.OUTLINE,
                                            icon="import", height=40))  # fmt: skip
        self.first.clicked.connect(self.open_import)
        self._stack.addWidget(self.nobody)
        self._stack.addWidget(EmptyState("search", words("Nobody is found"), words(
            "Choose another filter or other words.")))  # fmt: skip
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        row.addWidget(self.pane)

    def _connect(self) -> None:
        self.bar.changed.connect(self._filter)
        self.rows.wanted.connect(self._read_more)
        self.rows.ticks_changed.connect(self._ticked)
        self.table.moved.connect(self.pane.show_listed)
        self.table.opened.connect(self._open)
        self.table.sorted.connect(self._sort)
        self.table.all_wanted.connect(self._tick_all)
        self.foot.archive.clicked.connect(self._archive_ticked)
        self.foot.none.clicked.connect(self._tick_none)
        self.pane.edit_wanted.connect(self.edit_one)
        self.pane.archive_wanted.connect(self._archive_one)
        self.pane.grade_wanted.connect(self._grade)
        self.pane.grade_removed.connect(self._remove_grade)
        self.pane.closed.connect(self._close_pane)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)

    # data

    def load(self) -> None:
        self._turn += 1
        limit = max(PAGE, len(self.rows.rows))
        evaluators.read_people(self.context, self.bar.filter, self._order, limit,
                               partial(self._show, self._turn))  # fmt: skip

    def _changed(self, changes: Changes) -> None:
        if changes.evaluators or changes.programs or changes.visits or changes.places:
            self.load()

    def _show(self, turn: int, people: People) -> None:
        if turn != self._turn:
            return
        self.people = people
        page = people.page
        held = self.table.record
        wanted = self._wanted or (held.who.id if held else 0)
        self._wanted = 0
        self._key = page.key
        self.bar.offer(people.regions)
        self.count.set(str(people.total))
        self.count.setVisible(people.every > 0)
        self.rows.replace(page.rows, more=page.more)
        self._stack.setCurrentIndex(0 if page.rows else 2 if people.every else 1)
        if page.rows and not self.table.go_to(wanted):
            self.table.go_to(page.rows[0].who.id)
        self.pane.show_listed(self.table.record)
        self._ticked()
        self._fit()

    def _read_more(self) -> None:
        evaluators.read_more(self.context, self.bar.filter, self._order, self._key,
                             partial(self._add, self._turn))  # fmt: skip

    def _add(self, turn: int, page: Page) -> None:
        if turn == self._turn:
            self._key = page.key or self._key
            self.rows.add(page.rows, more=page.more)

    def _filter(self) -> None:
        self.rows.tick(())
        self.rows.show((), more=False)
        self.load()

    def _sort(self, key: str) -> None:
        self._order = EvaluatorOrder(key)
        self.table.set_order(key)
        self.rows.show((), more=False)
        self.load()

    # ticks

    def _tick_all(self) -> None:
        self.rows.tick(self.rows.ident(row) for row in self.rows.rows)

    def _tick_none(self) -> None:
        self.rows.tick(())
        self.table.setFocus()

    def _ticked(self) -> None:
        chosen = [row.who for row in self.rows.rows if row.who.id in self.rows.ticked]
        self.foot.say(len(chosen), back=bool(chosen) and not any(who.active for who in chosen))

    # doing

    def add_one(self) -> None:
        self._open_form(None)

    def edit_one(self) -> None:
        if self.table.record is not None:
            self._open_form(self.table.record)

    def _open_form(self, listed: Listed | None) -> None:
        regions = self.people.regions if self.people else ()
        known = listed.who if listed else None
        form = EvaluatorForm(self.context, known, regions, self)
        form.kept.connect(partial(self._kept, known is None))
        form.open()

    def _kept(self, fresh: bool, act: Act) -> None:
        words, who = self.context.words, act.value
        self._wanted = who.id
        added = words("{name} is added.", name=who.code)
        self.undo.did(act, added if fresh else words("{name} is changed.", name=who.code), self)
        self.load()

    def _archive_one(self) -> None:
        listed = self.table.record
        if listed is not None:
            self._set_active([listed.who.id], not listed.who.active, listed.who.code)

    def _archive_ticked(self) -> None:
        chosen = [row.who for row in self.rows.rows if row.who.id in self.rows.ticked]
        if chosen:
            active = not any(who.active for who in chosen)
            name = chosen[0].code if len(chosen) == 1 else ""
            self._set_active([who.id for who in chosen], active, name)

    def _set_active(self, ids: list[int], active: bool, name: str) -> None:
        words, count = self.context.words, len(ids)
        back = words.plural("{count} evaluator is back.", "{count} evaluators are back.", count)
        gone = words.plural(
            "{count} evaluator is archived.", "{count} evaluators are archived.", count
        )
        if name:
            back = words("{name} is back.", name=name)
            gone = words("{name} is archived.", name=name)
        text = back if active else gone
        theirs = sum(row.work.planned for row in self.rows.rows if row.who.id in ids)
        if theirs and not active:
            text += " " + words.plural(
                "{count} visit that is not begun stays theirs: replace them in its wave.",
                "{count} visits that are not begun stay theirs: replace them in their waves.",
                theirs,
            )  # fmt: skip

        def done(act: Act) -> None:
            self.rows.tick(())
            self.undo.did(act, text, self)

        evaluators.set_active(self.context, ids, active, done, self.context.report_error)

    def _grade(self) -> None:
        listed = self.table.record
        if listed is not None:
            dialog = GradeDialog(self.context, listed.who, self)
            dialog.kept.connect(partial(self._graded, listed.who.code))
            dialog.open()

    def _graded(self, code: str, act: Act) -> None:
        self.undo.did(act, self.context.words("{code} is graded.", code=code), self)

    def _remove_grade(self, grade: GradeRecord) -> None:
        def done(act: Act) -> None:
            self.undo.did(act, self.context.words("The grade is removed."), self)

        evaluators.remove_grade(self.context, grade.id, done, self.context.report_error)

    def open_import(self) -> None:
        self.import_wanted.emit("")

    def _export(self) -> None:
        from auditor.ui.evaluators.exchange import export_evaluators

        export_evaluators(self, self.bar.filter)

    # shape and keys

    def _open(self, _listed: Listed) -> None:
        if self.pane.isVisible():
            self.edit_one()
        else:
            self._pane_wanted = True
            self._fit()

    def _close_pane(self) -> None:
        self._pane_wanted = False
        self._fit()
        self.table.setFocus()

    def _find(self) -> None:
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._pane_wanted and self.pane.isVisible():
            self._close_pane()
        elif key == Qt.Key.Key_Down and self.bar.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: Any) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        self.import_wanted.emit(dropped(event)[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        some = bool(self.rows.rows)
        left = arrange(self.pane, self._left, self.width(), some=some, wanted=self._pane_wanted)
        for part in (self.table, self.foot):
            part.set_narrow(left < self.context.theme.px(NARROW))

    # place

    def place(self) -> Place:
        listed = self.table.record
        return Place(listed.who.id if listed else 0, self.bar.search.text())

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self._wanted = place.evaluator
            self.bar.search.setText(place.text)

    def leave(self) -> bool:
        self.undo.forget(self)
        return True

    def focus_first(self) -> None:
        self.table.setFocus()
