"""Rows that are laid out anew: nothing that C++ has deleted keeps its place in Python.

A layout that goes by itself leaves the wrappers of its stretches behind. The next object at the
address of one is then taken for a stretch: ``viewport()`` has no ``setAutoFillBackground``, or the
process ends.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QSpacerItem
from shiboken6 import Shiboken

from auditor.ui import theme
from auditor.ui.capture.cards.actions import Actions
from auditor.ui.capture.screen import CaptureScreen

Open = Callable[..., CaptureScreen]
NARROW, WIDE = (560, 700), (1366, 768)


def _stretches() -> int:
    gc.collect()
    return sum(isinstance(each, QSpacerItem) for each in Shiboken.getAllValidWrappers())


def test_actions_go_below_and_back_without_a_trace(open_capture: Open) -> None:
    card = open_capture().page.cards["greeted"]
    known = set()
    for _ in range(3):
        for width, height in (NARROW, WIDE):
            card.resize(width, height)
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        known.add(_stretches())
    assert len(known) == 1, known


@pytest.mark.parametrize("touch", [False, True])
def test_actions_stay_where_they_went(
    touch: bool, open_capture: Open, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At no width do they go to and fro: each move lays the card out anew, without an end."""
    theme.apply(qapp, theme.LIGHT, touch=touch)
    try:
        moves: list[int] = []
        screen = open_capture()
        move = Actions._move
        monkeypatch.setattr(Actions, "_move", lambda *args: (moves.append(1), move(*args))[1])
        for card in screen.page.cards.values():
            if card._actions is None:
                continue
            for width in range(900, 400, -1):
                moves.clear()
                for _ in range(3):
                    card._actions.fit(width)
                assert len(moves) <= 1, (card.item.id, width)
    finally:
        theme.apply(qapp, theme.LIGHT)
