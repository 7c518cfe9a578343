"""When Python looks for what only holds itself: on this thread, at a good moment.

Screens are such cycles, with the pictures they show. Left alone, Python looks once a quarter of all
its objects is new, which is some twenty visits and a gigabyte of pictures later, and on whichever
thread runs then, where Qt objects must not be deleted.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from auditor.ui.window import MainWindow

#: How often it looks through what is new.
LOOK_MS = 5_000
#: How long after a screen went it looks through everything: the next one is painted by then.
REST_MS = 1_000


class Collector(QObject):
    """From now on nothing else in this process collects, until ``end``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._frozen = False
        gc.disable()
        often = QTimer(self)
        often.timeout.connect(self.look)
        often.start(LOOK_MS)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(gc.collect)
        window.screens.widgetRemoved.connect(self._left)

    def _left(self) -> None:
        """Many screens in a row are one rest."""
        if not self._rest.isActive():
            self._rest.start()

    def look(self) -> None:
        """The young generations as full as Python itself lets them get; quick."""
        if not self._frozen:
            self._freeze()
        full = [i for i, n in enumerate(gc.get_threshold()) if gc.get_count()[i] > n]
        if full:
            gc.collect(max(full))

    def _freeze(self) -> None:
        """Leave out what stays anyway, most of it modules: a whole look then takes 10 ms, not
        100. Not while a screen with pictures is open: it would stay as well."""
        from auditor.ui.route import VISITS

        context = self._window.context
        if self._window.route == VISITS and context.standing is not None and not context.lane.busy:
            self._frozen = True
            gc.freeze()

    def end(self) -> None:
        gc.unfreeze()
        gc.enable()
