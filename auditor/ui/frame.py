"""The bare frame of the window: on screen before anything heavy is imported, then filled.

So this module imports Qt and the theme alone, the rest where it is needed.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from auditor.ui.theme import Theme, colour

if TYPE_CHECKING:
    from auditor.ui.across import Across
    from auditor.ui.kit.rail import Rail
    from auditor.ui.notices import DemoStrip
    from auditor.words import Words

MINIMUM = (1024, 600)
USUAL = (1366, 768)
#: What a desktop puts around a window: Windows 11 takes 2 × 8 and 31 + 8.
EDGES = QSize(16, 40)


class Frame(QMainWindow):
    """Rail, what is said across the top, and the stack of screens. ``painted`` after the first
    paint, which shows the frame alone, in the colours of ``look``; ``begin`` fills it then."""

    painted = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._was_painted = False
        self.rail: Rail | None = None
        self.demo: DemoStrip | None = None
        self.setWindowTitle("Mystery Auditor")
        self.setMinimumSize(*MINIMUM)
        self.resize(*USUAL)

    def fit(self, room: QSize) -> None:
        """Before it is shown, on a screen with ``room`` beside its bars: all of it where it would
        not fit otherwise, as on a laptop of 1366 × 768."""
        inner = room - EDGES
        self.setMinimumSize(QSize(*MINIMUM).boundedTo(inner))
        self.resize(QSize(*USUAL).boundedTo(inner))
        if QSize(*USUAL) != self.size():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._paint_frame()
            QTimer.singleShot(0, self, self._after_paint)

    def _paint_frame(self) -> None:
        """Canvas, rail and header as they will stand."""
        t, px = self._look.tokens, self._look.px
        painter = QPainter(self)
        width, height = self.width(), self.height()
        painter.fillRect(0, 0, width, height, colour(t.bg))
        painter.fillRect(0, 0, width, px(60), colour(t.surface))
        painter.fillRect(0, px(60) - 1, width, 1, colour(t.border))
        painter.fillRect(0, 0, px(88), height, colour(t.surface))
        painter.fillRect(px(88) - 1, 0, 1, height, colour(t.border))

    def _after_paint(self) -> None:
        self.painted.emit()
        self.begin()

    def begin(self) -> None:
        """Called once, after the first paint."""

    def build(self, words: Words) -> None:
        """The places for rail, strips and screens."""
        from auditor.ui.notices import ErrorBar

        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._rail_place = QVBoxLayout()
        row.addLayout(self._rail_place)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        column.addLayout(self._top)
        self.screens = QStackedWidget()
        self.screens.setObjectName("screens")
        column.addWidget(self.screens, 1)
        self.setCentralWidget(central)
        self.error = ErrorBar(words)
        self._top.addWidget(self.error)
        central.show()

    def put_rail(self, words: Words) -> Rail:
        """A new rail, in the present language and size, in place of the old one."""
        from auditor.ui.kit.rail import Rail

        if self.rail is not None:
            self.rail.hide()
            self.rail.deleteLater()
        self.rail = Rail(words("Places in the app"))
        self._rail_place.addWidget(self.rail)
        return self.rail

    def fill_rail(self, words: Words, *, fresh: bool) -> None:
        """Where one can go; less while there is nothing here yet."""
        from auditor.ui.kit.rail import Destination

        places = [Destination("visits", "clipboard-check", words("Visits"))]
        if not fresh:
            places.append(Destination("programs", "layers", words("Programs")))
            places.append(Destination("locations", "store", words("Locations")))
            places.append(Destination("evaluators", "users", words("Evaluators")))
            places.append(Destination("actions", "list-checks", words("Actions")))
            places.append(Destination("reports", "file-text", words("Reports")))
        places.append(Destination("settings", "settings", words("Settings"), foot=True))
        if self.rail is not None:
            self.rail.set_destinations(places)

    def put_demo_strip(self, words: Words, *, wanted: bool) -> DemoStrip | None:
        """Mark the demo, or take the mark away."""
        from auditor.ui.notices import DemoStrip

        if self.demo is not None:
            self.demo.hide()
            self.demo.deleteLater()
        self.demo = DemoStrip(words) if wanted else None
        if self.demo is not None:
            self._top.insertWidget(0, self.demo)
        return self.demo

    def put_across(self, words: Words) -> Across:
        """Where the standing of the workspace is told, above what went wrong just now."""
        from auditor.ui.across import Across

        across = Across(words)
        self._top.insertWidget(self._top.indexOf(self.error), across)
        return across

    def toast(self, text: str) -> None:
        from auditor.ui.kit.toast import Toast

        Toast.show_in(self, text)

    def say_done(self, text: str, file: Path, words: Words) -> None:
        """It is done, and here is the file."""
        from auditor.ui.care import show_folder
        from auditor.ui.kit.toast import Toast

        Toast.show_in(self, text, words("Open folder"), partial(show_folder, file.parent))

    def raise_it(self) -> None:
        """Come to the front: a second start of the app asks for it."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
