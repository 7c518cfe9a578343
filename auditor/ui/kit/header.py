"""The head of a screen: title, chips after it, actions at the right. 60 px."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.text import ElidedLabel
from auditor.ui.theme import Type, colour, current

#: ``LEAST``: what the title keeps at least before the marks after it go, and buttons fold.
HEIGHT, LEAST = 60, 240


class Header(QWidget):
    """``add_chip`` puts a mark after the title, ``add`` a control at the right."""

    def __init__(
        self, title: str, *, back: str = "", parent: QWidget | None = None, side: int = 24
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(current().px(HEIGHT))
        self._controls: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(side, 0, side, 1)
        self._row.setSpacing(10)
        self.back = Button(icon="arrow-left", name=back or title)
        if not back:  # never shown before it has a parent: it would be a window for a blink
            self.back.hide()
        self.title = ElidedLabel(title, Type.TITLE)
        self._row.addWidget(self.back)
        self._row.addWidget(self.title)
        self._row.setStretchFactor(self.title, 0)
        self._marks = QWidget()
        self._chips = QHBoxLayout(self._marks)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(8)
        self._row.addWidget(self._marks)
        self._row.addStretch(1)

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    def add_chip(self, mark: QWidget) -> None:
        self._chips.addWidget(mark)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Never what makes a window wider: its parts give way."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        """Where room is short the marks give way to the title and the controls; then buttons fold
        to their icons, the first ones first, the primary one last."""
        gap = self._row.spacing()
        left = self.width() - 2 * self._row.contentsMargins().left() - 2 * gap
        title = min(self.title.sizeHint().width(), current().px(LEAST))
        taken = sum(self._width(each) for each in (self.back, *self._controls))
        for button in self._folding():
            short = left < title + taken
            button.set_compact(short)
            if short:
                taken -= self._width(button) - button.sizeHint().width() - gap
        self.title.setMinimumWidth(max(min(title, left - taken), 0))
        self._marks.setVisible(left >= title + taken + self._marks.sizeHint().width())

    def _width(self, control: QWidget) -> int:
        """What it takes with its words."""
        if not control.isVisibleTo(self):
            return 0
        if isinstance(control, Button) and control.folds:
            return control.whole_width() + self._row.spacing()
        least = control.minimumWidth() or control.sizeHint().width()  # fields give way
        return least + self._row.spacing()

    def _folding(self) -> list[Button]:
        found = [
            each
            for each in self._controls
            if isinstance(each, Button) and each.folds and each.isVisibleTo(self)
        ]
        return sorted(found, key=lambda button: button.kind is Kind.PRIMARY)

    def add(self, control: QWidget) -> None:
        self._controls.append(control)
        self._row.addWidget(control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(t.border))
