"""Where Tab goes on a page of cards: as the eye reads, whenever the parts were made.

Qt's own order is the order of making: comments, photos, warnings and cards that come later would
be reached after everything else of the window.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from auditor.ui.capture.photos.tiles import FileRow, PhotoTile


def beside(
    page: QWidget, cards: Iterable[QWidget], focus: QWidget, *, forward: bool
) -> QWidget | None:
    """The stop after (or before) ``focus``: of a card, or of what stands around the page."""
    stops = [stop for card in cards for stop in stops_of(card)]
    if focus not in stops:
        return None
    at = stops.index(focus) + (1 if forward else -1)
    return stops[at] if 0 <= at < len(stops) else _outside(page, forward=forward)


def stops_of(card: QWidget) -> list[QWidget]:
    """The card, then its parts line by line; what belongs to a photo follows the photo."""
    parts = [each for each in card.findChildren(QWidget) if _stops(each) and each.isEnabled()]
    order = {part: index for index, part in enumerate(parts)}
    lines: list[list[tuple[QWidget, list[QWidget]]]] = []
    units: dict[QWidget, list[QWidget]] = {}
    for part in parts:
        units.setdefault(_unit(part, card), []).append(part)
    bottom = -1
    for unit, own in sorted(units.items(), key=lambda each: _top(each[0], card)):
        if _top(unit, card) + unit.height() // 2 > bottom:
            lines.append([])
            bottom = _top(unit, card) + unit.height()
        lines[-1].append((unit, sorted(own, key=order.__getitem__)))
    found = [card] if _stops(card) else []
    for line in lines:
        line.sort(key=lambda each: _left(each[0], card))
        found += [part for _, own in line for part in own]
    return found


def _stops(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()


def _unit(part: QWidget, card: QWidget) -> QWidget:
    """The photo or file that a part belongs to, else the part."""
    parent: QWidget | None = part
    while parent is not None and parent is not card:
        if isinstance(parent, (PhotoTile, FileRow)):
            return parent
        parent = parent.parentWidget()
    return part


def _top(widget: QWidget, card: QWidget) -> int:
    return widget.mapTo(card, QPoint(0, 0)).y()


def _left(widget: QWidget, card: QWidget) -> int:
    return widget.mapTo(card, QPoint(0, 0)).x()


def _outside(page: QWidget, *, forward: bool) -> QWidget | None:
    """The next stop of the window that is not on the page."""
    at: QWidget | None = page
    while at is not None:
        at = at.nextInFocusChain() if forward else at.previousInFocusChain()
        if at is page:
            return None
        if at is not None and _stops(at) and at.isEnabled() and not page.isAncestorOf(at):
            return at
    return None
