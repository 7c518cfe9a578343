"""Above the pages: page by number, zoom, fit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import Label
from auditor.ui.report.pages import Fit, PageView
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

#: Narrower than that, words give way to icons; then the figures that one can do without go.
HEIGHT, NARROW, NARROWER = 45, 660, 430


class Toolbar(QWidget):
    """``page_wanted(index)``; the rest it tells the view itself."""

    page_wanted = Signal(int)

    def __init__(self, words: Words, view: PageView) -> None:
        super().__init__()
        self.words, self._view, self._count = words, view, 0
        self.setFixedHeight(current().px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 1)
        row.setSpacing(6)
        self.back = _icon("chevron-left", words("Previous page"), "PgUp")
        self.back.clicked.connect(self._previous)
        self.number = QLineEdit()
        self.number.setAccessibleName(words("Page"))
        self.number.setFixedWidth(current().px(48))
        self.number.setValidator(QIntValidator(1, 9999, self))
        self.number.returnPressed.connect(self._typed)
        self.total = Label("", Type.HELP, Ink.TEXT2)
        self.forth = _icon("chevron-right", words("Next page"), "PgDn")
        self.forth.clicked.connect(self._next)
        self.out = _icon("zoom-out", words("Smaller"), "Ctrl −")
        self.out.clicked.connect(view.zoom_out)
        self.percent = Label("", Type.HELP)
        self.into = _icon("zoom-in", words("Larger"), "Ctrl +")
        self.into.clicked.connect(view.zoom_in)
        self.wide = _fit(words("Fit width"), "move-horizontal", view.fit is Fit.WIDTH)
        self.wide.clicked.connect(self._fit_width)
        self.whole = _fit(words("Whole page"), "file", view.fit is Fit.PAGE)
        self.whole.clicked.connect(self._fit_page)
        row.addWidget(self.back)
        self._page = Label(words("Page"), Type.HELP, Ink.TEXT2)
        row.addWidget(self._page)
        for widget in (self.number, self.total, self.forth):
            row.addWidget(widget)
        row.addStretch(1)
        self.fold = _icon("panel-right-open", words("Options"))
        self.fold.setToolTip(f"{words('Options')} (Ctrl O)")
        for widget in (self.out, self.percent, self.into, self.wide, self.whole, self.fold):
            row.addWidget(widget)
        view.page_changed.connect(self.show_page)
        view.zoom_changed.connect(self._show_zoom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way to icons where room is short."""
        super().resizeEvent(event)
        short = self.width() < current().px(NARROW)
        self._page.setVisible(not short)
        for label in (self.total, self.percent):
            label.setVisible(self.width() >= current().px(NARROWER))
        self.wide.set_caption("" if short else self.words("Fit width"), self.words("Fit width"))
        self.whole.set_caption("" if short else self.words("Whole page"), self.words("Whole page"))
        for button in (self.wide, self.whole):
            button.setToolTip(button.accessibleName() if short else "")

    def show_folded(self, folded: bool) -> None:
        """Whether the options stand beside the pages."""
        self.fold.set_icon("panel-right-open" if folded else "panel-right-close")
        name = self.words("Show the options") if folded else self.words("Hide the options")
        self.fold.set_caption("", name)
        self.fold.setToolTip(f"{name} (Ctrl O)")

    def show_count(self, count: int) -> None:
        self._count = count
        self.total.setText(self.words("of {count}", count=count))
        self.show_page(self._view.page)

    def show_page(self, page: int) -> None:
        self.number.setText(str(page + 1))
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page < self._count - 1)

    def _show_zoom(self, percent: int) -> None:
        self.percent.setText(self.words("{size}%", size=percent))
        self.wide.setChecked(self._view.fit is Fit.WIDTH)
        self.whole.setChecked(self._view.fit is Fit.PAGE)

    def _previous(self) -> None:
        self.page_wanted.emit(self._view.page - 1)

    def _next(self) -> None:
        self.page_wanted.emit(self._view.page + 1)

    def _typed(self) -> None:
        page = min(max(int(self.number.text() or 1), 1), self._count) - 1
        self.page_wanted.emit(page)
        self.show_page(page)

    def _fit_width(self) -> None:
        self._view.set_fit(Fit.WIDTH)

    def _fit_page(self) -> None:
        self._view.set_fit(Fit.PAGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.bg))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))


def _icon(icon: str, name: str, keys: str = "") -> Button:
    return Button(icon=icon, kind=Kind.TEXT, name=name, hint=keys, height=32)


def _fit(text: str, icon: str, on: bool) -> Button:
    button = Button(text, Kind.SOFT, icon=icon, height=32)
    button.setCheckable(True)
    button.setChecked(on)
    return button
