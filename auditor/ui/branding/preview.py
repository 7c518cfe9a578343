"""The sample beside what decides on it: its pages, and where each part begins."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from auditor.domain.branding import Dress
from auditor.ui.commands.branding import SampleMaker
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.report.pages import PageView
from auditor.ui.report.pdf import Opened
from auditor.ui.theme import Ink, Type, colour, current

BAR = 44


class _Bar(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


class Preview(QWidget):
    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context, self.words = context, context.words
        words = context.words
        self.maker = SampleMaker(context, self)
        self.pdf: Opened | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        self.view = PageView(context.images, words("Sample report"))
        self._wait = Label(words("Making the sample…"), Type.BODY, Ink.TEXT2, wrap=True)
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._wait)
        self._stack.addWidget(self.view)
        self.maker.made.connect(self._show)
        self.maker.failed.connect(self._fail)
        self.view.page_changed.connect(self._tell_page)

    def _bar(self) -> QWidget:
        words = self.words
        bar = _Bar()
        bar.setFixedHeight(max(current().px(BAR), current().reach(36) + 2))
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 10, 1)
        row.setSpacing(8)
        said = ElidedLabel(words("Sample: the visit is made up, the looks are yours"),
                           Type.HELP, Ink.TEXT2)  # fmt: skip
        row.addWidget(said, 1)
        self.back = Button(icon="chevron-left", kind=Kind.TEXT, name=words("Previous page"))
        self.back.clicked.connect(self._go_back)
        self.at = Label("", Type.HELP, Ink.TEXT2)
        self.on = Button(icon="chevron-right", kind=Kind.TEXT, name=words("Next page"))
        self.on.clicked.connect(self._go_on)
        for widget in (self.back, self.at, self.on):
            row.addWidget(widget)
        return bar

    def wear(self, dress: Dress) -> None:
        self.maker.show(dress)

    def _show(self, pdf: Opened) -> None:
        self.pdf = pdf
        self.view.show_pdf(pdf)
        self._stack.setCurrentWidget(self.view)
        self._tell_page(self.view.page)

    def _fail(self, error: Exception) -> None:
        self._wait.setText(self.context.sentence(error))
        self._stack.setCurrentWidget(self._wait)

    def _tell_page(self, page: int) -> None:
        total = 0 if self.pdf is None else len(self.pdf.sizes)
        self.at.setText(self.words("{n} of {total}", n=min(page + 1, total), total=total))
        self.back.setEnabled(page > 0)
        self.on.setEnabled(page < total - 1)

    def _go_back(self) -> None:
        self.view.go_to(self.view.page - 1)

    def _go_on(self) -> None:
        self.view.go_to(self.view.page + 1)
