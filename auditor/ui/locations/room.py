"""Where the detail stands: beside the table, or over it where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from auditor.ui.locations.detail import DetailPane
from auditor.ui.theme import current

#: A body that is narrower has the detail over its table.
ROOMY = 1150


class Room(QObject):
    """Watches ``body``, whose layout ``row`` ends in ``detail``; ``over`` covers ``table`` below
    its headings."""

    def __init__(
        self, body: QWidget, row: QBoxLayout, detail: DetailPane, table: QWidget, over: QWidget
    ) -> None:
        super().__init__(body)
        self._body, self._row, self._detail = body, row, detail
        self._table, self._over = table, over
        body.installEventFilter(self)
        table.installEventFilter(self)
        self.folds = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            if watched is self._body:
                self._fit()
            self.place()
        return False

    def _fit(self) -> None:
        folds = self._body.width() < current().px(ROOMY)
        if folds == self.folds:
            return
        self.folds = folds
        self._detail.set_folded(folds)
        if folds:
            self._row.removeWidget(self._detail)
            self._detail.hide()
        else:
            self._row.addWidget(self._detail)
            self._detail.show()

    def place(self) -> None:
        if self.folds:
            wide = self._detail.width()
            self._detail.setGeometry(self._body.width() - wide, 0, wide, self._body.height())
            self._detail.raise_()
        self._over.setGeometry(self._table.geometry().adjusted(0, 40, 0, 0))

    def unfold(self) -> None:
        if self.folds:
            self._detail.show()
            self.place()

    def fold(self) -> None:
        if self.folds:
            self._detail.hide()
