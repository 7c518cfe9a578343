"""The file that is imported, how it is read, and what holds for the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.services.sheets.book import Book, BookKind, CsvLooks
from auditor.services.sheets.encodings import ENCODINGS
from auditor.services.sheets.separated import SEPARATORS
from auditor.ui.importing.subject import Panel
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea
from auditor.ui.kit.field import CheckBox, Labelled, Select
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.locations.phrases import number
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words, mark

WIDTH, MOST = 268, 340
#: Rows that may be chosen as the one with the headings.
HEADINGS = 15
KINDS = {
    BookKind.XLSX: mark("Excel workbook"), BookKind.XLS: mark("Excel workbook (97–2003)"),
    BookKind.ODS: mark("LibreOffice sheet"), BookKind.TEXT: mark("Text with separators"),
    BookKind.PAGE: mark("Web page"), BookKind.SPREADSHEET_XML: mark("Excel workbook (XML)"),
}  # fmt: skip
SIGNS = {",": mark("Comma"), ";": mark("Semicolon"), "\t": mark("Tab"), "|": mark("Bar |")}
NAMES = {
    "utf-8": "UTF-8", "windows-1258": "Windows-1258 (Việt)", "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE", "tcvn": "TCVN3 (ABC)", "viscii": "VISCII",
    "windows-1252": "Windows-1252", "windows-1250": "Windows-1250",
    "windows-1251": "Windows-1251", "gb18030": "GB 18030", "big5": "Big5",
    "shift_jis": "Shift JIS", "euc_kr": "EUC-KR", "cp874": "CP 874",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a file is to be read; None is guessed."""

    sheet: str | None = None
    looks: CsvLooks | None = None


class SourcePane(QWidget):
    """``reread()`` when the file must be read in another way, ``changed()`` when its rows mean
    something else."""

    reread = Signal()
    changed = Signal()

    def __init__(self, words: Words, panel: Panel) -> None:
        super().__init__()
        self.words = words
        self.setFixedWidth(max(WIDTH, min(current().px(WIDTH), MOST)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        area = ScrollArea(margins=(20, 16, 16, 16), spacing=10)
        outer.addWidget(area)
        self._column = area.body
        self._showing = False
        self._add_file()
        self._column.addWidget(Line())
        self._column.addWidget(panel)
        panel.changed.connect(self.changed)
        self._column.addStretch(1)

    def _add_file(self) -> None:
        words = self.words
        self.name = ElidedLabel("", Type.STRONG)
        self.kind = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.another = Button(words("Another file…"), Kind.SOFT, icon="folder-open", height=32)
        for widget in (self.name, self.kind, self.another):
            self._column.addWidget(widget)
        self.sheet, self._sheet = self._select(words("Sheet"), self._tell_reread)
        self.encoding, self._encoding = self._select(
            words("Letters are stored as"), self._tell_reread
        )
        self.separator, self._separator = self._select(
            words("Columns are parted by"), self._tell_reread
        )
        for code in ENCODINGS:
            self.encoding.addItem(NAMES.get(code, code), code)
        for sign in SEPARATORS:
            self.separator.addItem(words(SIGNS[sign]), sign)
        self.heading_row, _ = self._select(words("Headings stand in row"), self._tell)
        self.hidden = CheckBox("")
        self.hidden.toggled.connect(self._tell)
        self._column.addWidget(self.hidden)
        self.hidden.hide()

    def _select(self, label: str, told: Callable[[], None]) -> tuple[Select, Labelled[Select]]:
        select = Select()
        field = Labelled(label, select)
        field.label.setWordWrap(True)
        self._column.addWidget(field)
        select.currentIndexChanged.connect(told)
        return select, field

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()

    def _tell_reread(self) -> None:
        if not self._showing:
            self.reread.emit()

    # showing

    def show_book(self, path: Path, book: Book) -> None:
        self._showing = True
        words = self.words
        self.name.setText(path.name)
        shown = number(words, len(book.rows))
        rows = words.plural("{shown} row", "{shown} rows", len(book.rows), shown=shown)
        old = "\n" + words("Typed for an old font (TCVN3): read as Vietnamese.")
        self.kind.setText(f"{words(KINDS[book.kind])} · {rows}{old if book.old_font else ''}")
        self.sheet.clear()
        for name in book.sheets:
            self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(book.sheet))
        self._sheet.setVisible(len(book.sheets) > 1)
        looks = book.looks
        for field in (self._encoding, self._separator):
            field.setVisible(looks is not None)
        if looks is not None:
            self.encoding.setCurrentIndex(self.encoding.findData(looks.encoding))
            self.separator.setCurrentIndex(self.separator.findData(looks.separator))
        self._show_hidden(len(book.hidden))
        self.heading_row.clear()
        self.heading_row.addItem(words("None"), 0)
        for row in book.rows[:HEADINGS]:
            said = " · ".join(cell for cell in row.cells if cell)[:60]
            self.heading_row.addItem(f"{row.number}: {said}", row.number)
        self._showing = False

    def _show_hidden(self, count: int) -> None:
        self.hidden.setChecked(False)
        self.hidden.setVisible(bool(count))
        self.hidden.set_caption(self.words.plural(
            "Leave out the {count} hidden row", "Leave out the {count} hidden rows", count
        ))  # fmt: skip

    def show_heading(self, row: int) -> None:
        self._showing = True
        if self.heading_row.findData(row) < 0:
            self.heading_row.addItem(str(row), row)
        self.heading_row.setCurrentIndex(self.heading_row.findData(row))
        self._showing = False

    # what is chosen

    @property
    def heading(self) -> int:
        return self.heading_row.currentData() or 0

    def seen(self, book: Book) -> Book:
        """What of it is imported."""
        return book.seen() if self.hidden.isChecked() else book

    def wanted(self) -> Wanted:
        text = self._encoding.isVisibleTo(self)
        looks = CsvLooks(self.encoding.currentData() or "", self.separator.currentData() or "")
        return Wanted(self.sheet.currentData(), looks if text else None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(t.border))
