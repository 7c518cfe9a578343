"""Right of the pages: the language, what is in the report, its facts."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from auditor.domain.records import VisitRecord
from auditor.domain.visits import REVIEWED
from auditor.ui import when
from auditor.ui.commands.reports import Made
from auditor.ui.first_run import NAMES
from auditor.ui.kit.card import Line, clear
from auditor.ui.kit.chip import Icon
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import ElidedLabel, Label, file_size
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

WIDTH = 300


class ContentsList(QListWidget):
    """The outline of the report; the page number at the right."""

    wanted = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(words("Contents"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(48)
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)

    def fill(self, made: Made) -> None:
        self.clear()
        for entry in made.pdf.outline:
            if entry.level > 1:
                continue
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, entry.page)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.page + 1}")
            self.addItem(item)
            self.setItemWidget(item, _line(entry.title, entry.page + 1, entry.level))
            item.setSizeHint(self.itemWidget(item).sizeHint())

    def _go(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))


def _line(title: str, page: int, level: int) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(4 + 16 * level, 4, 4, 4)
    row.addWidget(ElidedLabel(title, Type.BODY if level == 0 else Type.HELP), 1)
    row.addWidget(Label(str(page), Type.HELP, Ink.TEXT2))
    return holder


class Options(QWidget):
    """Signals: ``language_chosen(code)``, ``page_wanted(index)``."""

    language_chosen = Signal(str)
    page_wanted = Signal(int)

    def __init__(self, words: Words, language: str) -> None:
        super().__init__()
        self.words = words
        self.narrow(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        column.addWidget(Label(words("Language of the report"), Type.HELP, Ink.TEXT2))
        chosen = list(NAMES).index(language)
        self.language = Segmented(list(NAMES.values()), words("Language of the report"),
                                  chosen=chosen, stretch=True)  # fmt: skip
        self.language.changed.connect(self._choose)
        column.addWidget(self.language)
        column.addSpacing(10)
        head = QHBoxLayout()
        head.addWidget(Label(words("Contents"), Type.HELP, Ink.TEXT2))
        head.addStretch(1)
        self.pages = Label("", Type.HELP, Ink.TEXT2)
        head.addWidget(self.pages)
        column.addLayout(head)
        self.contents = ContentsList(words)
        self.contents.wanted.connect(self.page_wanted)
        column.addWidget(self.contents, 1)
        column.addWidget(Line())
        column.addSpacing(6)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        column.addLayout(self._facts)

    def narrow(self, on: bool) -> None:
        """Large text on a small window: the pages need the room more."""
        self.setFixedWidth(WIDTH if on else max(WIDTH, current().px(WIDTH)))

    def _choose(self, index: int) -> None:
        self.language_chosen.emit(list(NAMES)[index])

    def show_report(self, made: Made, visit: VisitRecord) -> None:
        words = self.words
        pages = len(made.pdf.sizes)
        self.pages.setText(words.plural("{count} page", "{count} pages", pages))
        self.contents.fill(made)
        clear(self._facts)
        self._note(visit)
        if visit.submitted_at:
            at = when.moment(words, visit.submitted_at, datetime.now(UTC))
            self._fact(words("Submitted"), at)
        self._fact(words("Checklist version"), visit.checklist_version)
        self._fact(words("Size"), file_size(made.pdf.bytes, words))
        self._fact(words("Seal"), made.sha256[:8], made.sha256)

    def _note(self, visit: VisitRecord) -> None:
        reviewed = visit.status in REVIEWED
        row = QHBoxLayout()
        row.setSpacing(8)
        icon, ink = ("circle-check", "success") if reviewed else ("triangle-alert", "warning")
        row.addWidget(Icon(icon, ink), 0, Qt.AlignmentFlag.AlignTop)
        text = self.words("Reviewed by the office.") if reviewed else self.words(
            "Not reviewed yet: the report says so on every page.")  # fmt: skip
        said = Label(text, Type.HELP, Ink.TEXT, wrap=True)
        room = self.width() - 48 - current().px(16)
        said.setMinimumHeight(said.heightForWidth(room))
        row.addWidget(said, 1)
        self._facts.addLayout(row)

    def _fact(self, name: str, value: str, whole: str = "") -> None:
        row = QHBoxLayout()
        row.addWidget(Label(name, Type.HELP, Ink.TEXT2))
        row.addStretch(1)
        shown = Label(value, Type.HELP)
        shown.setToolTip(whole)
        row.addWidget(shown)
        self._facts.addLayout(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
