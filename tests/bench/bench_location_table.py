"""The table of locations while one scrolls, against the model that everyone writes: all rows in
Python, every role answered by asking for the text again, Qt's own delegate.

``python -m tests.bench location_table``; goal: half its time (performance.md). Rounds of both are
interleaved, CPU of the thread is compared.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from auditor.domain.places import ListedLocation
from auditor.domain.records import LocationRecord
from auditor.domain.settings import Settings
from auditor.ui import app as application
from auditor.ui.locations.phrases import TITLES, cell
from auditor.ui.locations.rows import ROW
from auditor.ui.locations.table import LocationTable
from auditor.ui.locations.view import USUAL, Column
from auditor.ui.theme import current
from auditor.words import Words

ROWS, STEPS, ROUNDS, SIZE = 5000, 60, 7, (980, 640)


def rows() -> list[ListedLocation]:
    now = datetime.now(UTC)
    return [
        ListedLocation(
            LocationRecord(n, 1, "Sen", f"SV-{n:05}", f"Nguyễn Huệ {n}", "9 Phố",
                           "Miền Nam / TP.HCM / Quận 1", region_id=1),
            visits=n % 20, last_at=now - timedelta(days=n % 300), score=50 + n % 50 + 0.5,
            band="B", change=(n % 90) / 10 - 4.5,
        )
        for n in range(ROWS)
    ]  # fmt: skip


class Naive(QAbstractTableModel):
    def __init__(self, words: Words, listed: list[ListedLocation]) -> None:
        super().__init__()
        self.words, self.listed = words, listed

    def rowCount(self, parent: Any = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self.listed)

    def columnCount(self, parent: Any = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(USUAL)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.words(TITLES[USUAL[section]])
        return None

    def data(self, index: Any, role: int = 0) -> Any:
        listed, column = self.listed[index.row()], USUAL[index.column()]
        text = cell(self.words, listed, column, datetime.now().astimezone())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text
        if role == Qt.ItemDataRole.FontRole:
            font = QFont("Be Vietnam Pro")
            font.setBold(column is Column.NAME)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and column is Column.CHANGE:
            return QColor("#1B7340" if (listed.change or 0) > 0 else "#B3261E")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter
        return None


def naive(words: Words, listed: list[ListedLocation]) -> QTableView:
    view = QTableView()
    view.setModel(Naive(words, listed))
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(current().px(ROW))
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    return view


def ours(words: Words, listed: list[ListedLocation]) -> QTableView:
    view = LocationTable(words)
    view.locations.show(listed, more=False)
    return view


def shown(view: QWidget) -> QWidget:
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()
    return view


def scroll(view: Any) -> float:
    """Milliseconds of CPU for ``STEPS`` pages, each painted anew."""
    bar, since = view.verticalScrollBar(), time.thread_time()
    for step in range(STEPS):
        bar.setValue(step * 600)
        view.viewport().repaint()
    return (time.thread_time() - since) * 1000


def main() -> int:
    application.create()
    application.style(Settings())
    words, listed = Words("en"), rows()
    plain, good = shown(naive(words, listed)), shown(ours(words, listed))
    scroll(plain), scroll(good)
    rounds = [(scroll(plain), scroll(good)) for _ in range(ROUNDS)]
    one = statistics.median(each for each, _ in rounds) / STEPS
    two = statistics.median(each for _, each in rounds) / STEPS
    print(f"a page painted: naive {one:.1f} ms, ours {two:.1f} ms of CPU")
    print(f"ratio {two / one:.2f}, goal 0.50")
    return 0


if __name__ == "__main__":
    sys.exit(main())
