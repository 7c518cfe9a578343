"""Bring a list in: choose the file, say which column is what, see what each row
would do; then all of it, or nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from auditor.domain.errors import UserError
from auditor.services.sheets.book import Book
from auditor.ui.commands import sheets
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.importing.columns import ColumnsTable
from auditor.ui.importing.rows import RowsPane
from auditor.ui.importing.source import SourcePane, Wanted
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner, Card
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.files import dropped, open_dialog
from auditor.ui.kit.header import Header
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.locations.phrases import imported, number
from auditor.ui.locations.saving import Saving
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Tone, Type, colour, current
from auditor.ui.undo import undo_of

if TYPE_CHECKING:
    from auditor.ui.importing.subject import Held, Subject

COLUMNS, ROWS = 0, 1
PLAN_MS = 120


class ImportScreen(Screen):
    """``closed()`` back to the list; ``nowhere()`` where there is none to import for."""

    closed = Signal()
    nowhere = Signal()

    def __init__(
        self, context: AppContext, subject: Subject, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.subject = subject
        self.path = Path()
        self.book: Book | None = None
        self.mapping: Held | None = None
        self.plan: Any = None
        self._asked = 0
        self._busy = False
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._stack.addWidget(self._choose_page())
        self._stack.addWidget(self._work_page())
        self.saving = Saving(context, self, self.template)
        self._planning = QTimer(self)
        self._planning.setSingleShot(True)
        self._planning.setInterval(PLAN_MS)
        self._planning.timeout.connect(self._ask_plan)

    # building

    def _header(self) -> Header:
        words = self.context.words
        said = self.subject.sentences
        self.header = Header(said.title, back=said.back)
        self.header.back.clicked.connect(self.closed)
        self.go = Button(words("Import"), Kind.PRIMARY, icon="import")
        self.go.setEnabled(False)
        self.go.clicked.connect(self._import)
        self.go.hide()
        self.header.add(self.go)
        return self.header

    def _choose_page(self) -> QWidget:
        words = self.context.words
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        self.drop = _DropCard()
        column.addStretch(1)
        column.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        body, centre = self.drop.body, Qt.AlignmentFlag.AlignHCenter
        body.addWidget(Icon("file-up", "text3", 36), 0, centre)
        title = Label(words("Drop the list here, or choose it"), Type.QUESTION)
        body.addWidget(title, 0, centre)
        said = words(
            "Excel, LibreOffice, or text with separators. Nothing is changed before you have seen "
            "what each row does."
        )
        note = Label(said, Type.HELP, Ink.TEXT2, wrap=True)
        note.setAlignment(centre)
        # The card stands in the middle, where Qt does not ask for the height of wrapped words.
        note.setMinimumHeight(note.heightForWidth(self.drop.inner_width))
        body.addWidget(note)
        self.wrong = Banner("", Tone.DANGER)
        self.wrong.hide()
        body.addWidget(self.wrong)
        body.addSpacing(8)
        self.choose = Button(words("Choose a file…"), Kind.PRIMARY, icon="folder-open", height=40)
        self.choose.clicked.connect(self.choose_file)
        body.addWidget(self.choose, 0, centre)
        self.template = Button(
            words("Save an empty list to fill in…"), Kind.TEXT, icon="download", height=36
        )
        self.template.clicked.connect(self._save_template)
        body.addWidget(self.template, 0, centre)
        return page

    def _work_page(self) -> QWidget:
        words = self.context.words
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.source = SourcePane(words, self.subject.panel)
        self.source.another.clicked.connect(self.choose_file)
        self.source.reread.connect(self._read_again)
        self.source.changed.connect(self._source_changed)
        row.addWidget(self.source)
        column = QVBoxLayout()
        row.addLayout(column, 1)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        self.which = Segmented([words("Columns"), words("Rows")], words("What is shown"))
        self.which.changed.connect(self._show_part)
        head = QHBoxLayout()
        column.addLayout(head)
        head.addWidget(self.which)
        self.said = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        head.addSpacing(8)
        head.addWidget(self.said, 1)
        self.refused = Banner("", Tone.DANGER)
        self.refused.hide()
        column.addWidget(self.refused)
        self._parts = QStackedWidget()
        column.addWidget(self._parts, 1)
        self.columns = ColumnsTable(words, self.subject.titles)
        self.columns.changed.connect(self._mapping_changed)
        self._parts.addWidget(self.columns)
        self.rows = RowsPane(words, self.subject)
        self.rows.skip.toggled.connect(self._ready)
        self._parts.addWidget(self.rows)
        return page

    # the file

    def load(self) -> None:
        self.context.ask(self.subject.look, done=self._begin, failed=self._gone)

    def _begin(self, found: Any) -> None:
        if not self.subject.show(found):
            self.nowhere.emit()
            return
        self.header.set_title(self.subject.sentences.title)
        if self.path.name:
            self.read(self.path)

    def _gone(self, error: UserError) -> None:
        """What it would be imported for was taken away meanwhile."""
        self.context.report_error(error)
        self.closed.emit()

    def choose_file(self) -> None:
        words = self.context.words
        dialog = QFileDialog(self, self.subject.sentences.choose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([
            words("Tables (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt *.html *.htm *.xml)"),
            words("All files (*)"),
        ])  # fmt: skip
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read_path)
        open_dialog(dialog)

    def read_path(self, path: str) -> None:
        self.read(Path(path))

    def read(self, path: Path) -> None:
        """Another file: everything about it is guessed anew."""
        self.path = path
        self._read(Wanted())

    def _read_again(self) -> None:
        self._read(self.source.wanted())

    def _read(self, wanted: Wanted) -> None:
        self._busy = True
        self._ready()
        sheets.read_book(
            self.context,
            self.subject,
            self.path,
            wanted.sheet,
            wanted.looks,
            self._show_book,
            self._unreadable,
        )

    def _unreadable(self, error: UserError) -> None:
        """The file that was there before stays, if it was readable."""
        self._busy = False
        sentence = self.context.sentence(error)
        banner = self.wrong if self.book is None else self.refused
        banner.set_text(sentence)
        banner.show()
        if self.book is not None:
            self.source.show_book(self.path, self.book)
        self._ready()

    def _show_book(self, book: Book) -> None:
        self._busy = False
        self.book, self.plan = book, None
        self._stack.setCurrentIndex(1)
        self.go.show()
        self.wrong.hide()
        self.source.show_book(self.path, book)
        self._map(None)

    def _map(self, heading: int | None) -> None:
        """Guess what the columns hold; ``heading`` is the row that says it, None to find it."""
        assert self.book is not None
        self.mapping = self.subject.guess(self.book, heading)
        self.source.show_heading(self.mapping.heading)
        self.columns.show_book(self.book, self.mapping)
        self._ask_plan()

    def _source_changed(self) -> None:
        heading = self.source.heading
        if self.mapping is not None and heading != self.mapping.heading:
            self._map(heading)
        else:
            self._planning.start()

    def _mapping_changed(self, mapping: Held) -> None:
        self.mapping = mapping
        self._planning.start()

    # the plan

    def _ask_plan(self) -> None:
        if self.book is None or self.mapping is None:
            return
        self._asked += 1
        self._busy = True
        self._ready()
        asked = self._asked
        sheets.plan(
            self.context, self.subject, self.source.seen(self.book), self.mapping,
            partial(self._show_plan, asked), partial(self._not_planned, asked),
        )  # fmt: skip

    def _show_plan(self, asked: int, found: Any) -> None:
        if asked != self._asked or self.book is None:
            return
        self._busy, self.plan = False, found
        self.refused.hide()
        assert self.mapping is not None
        self.rows.show_plan(self.book, found, self.mapping)
        self._tell()
        self._ready()

    def _not_planned(self, asked: int, error: UserError) -> None:
        if asked != self._asked:
            return
        self._busy, self.plan = False, None
        self.said.setText("")
        self.refused.set_text(self.context.sentence(error))
        self.refused.show()
        self.rows.show_nothing()
        self._ready()

    def _tell(self) -> None:
        words, found = self.context.words, self.plan
        if found is None:
            return
        counts = found.counts
        if not any((counts.adds, counts.changes, counts.same, counts.refused)):
            self.said.setText(words("There is no row below the headings. Choose another sheet, or "
                                    "another heading row."))  # fmt: skip
            return
        told = (counts.adds, counts.changes, counts.same, counts.refused)
        adds, changes, same, refused = (number(words, each) for each in told)
        self.said.setText(
            words(
                "{adds} new, {changes} changed, {same} the same, {refused} refused.",
                adds=adds,
                changes=changes,
                same=same,
                refused=refused,
            )
        )
        bad = counts.refused
        self.which.segments[ROWS].set_count(
            number(words, bad) if bad else "", Tone.DANGER if bad else Tone.NEUTRAL
        )

    def _show_part(self, part: int) -> None:
        self._parts.setCurrentIndex(part)

    def show_rows(self) -> None:
        self.which.choose(ROWS)
        self._show_part(ROWS)

    def _ready(self) -> None:
        """Whether the button does something, and what it says it does."""
        words, found = self.context.words, self.plan
        count = 0 if found is None else found.counts.adds + found.counts.changes
        blocked = found is not None and bool(found.refused) and not self.rows.skip.isChecked()
        shown = number(words, count)
        caption = words.plural("Import {shown} row", "Import {shown} rows", count, shown=shown)
        self.go.set_caption(caption if count else words("Import"))
        self.go.setEnabled(bool(count) and not blocked and not self._busy)
        why = words("Some rows are refused: correct them, or leave them out.") if blocked else ""
        self.go.setToolTip(why)

    def _import(self) -> None:
        if self.plan is None:
            return
        self._busy = True
        self._ready()
        sheets.apply(
            self.context, self.subject, self.plan, self.path.name, self._imported, self._refused
        )

    def _imported(self, act: Act) -> None:
        assert self.plan is not None
        said = imported(self.context.words, self.path.name, self.plan.counts)
        undo_of(self.context).did(act, said, self.window())
        self.closed.emit()

    def _refused(self, error: UserError) -> None:
        self._busy = False
        self.refused.set_text(self.context.sentence(error))
        self.refused.show()
        self._ask_plan()

    def _save_template(self) -> None:
        self.saving.ask(self.context.words("Empty list"), self.write_template)

    def write_template(self, path: str) -> None:
        sheets.template(
            self.context, self.subject, Path(path), self.saving.written, self.saving.refused
        )

    # files that are dropped

    def dragEnterEvent(self, event: Any) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        self.read(Path(dropped(event)[0]))

    # place

    def place(self) -> str:
        return str(self.path) if self.path.name else ""

    def return_to(self, place: Any) -> None:
        if isinstance(place, str) and place:
            self.path = Path(place)

    def focus_first(self) -> None:
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)


class _DropCard(Card):
    """A dashed card: something can be dropped on it."""

    def __init__(self) -> None:
        super().__init__(margins=(32, 28, 32, 24), spacing=8)
        self.setFixedWidth(current().px(560))

    @property
    def inner_width(self) -> int:
        margins = self.body.contentsMargins()
        return self.width() - margins.left() - margins.right()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(t.border_strong), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(colour(t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
