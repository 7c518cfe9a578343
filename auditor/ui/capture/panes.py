"""F6: from one part of the window to the next, with no need to pass what stands between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen

_REASON = Qt.FocusReason.ShortcutFocusReason


def step_pane(screen: CaptureScreen, delta: int) -> None:
    """Sections, unassigned photos, what is said above the page, the page, the head; then around. A
    part that takes no keys is passed over."""
    if screen.draft.handing_in:
        return
    panes = [pane for pane in _panes(screen) if pane.isVisible() and _first_of(pane) is not None]
    if not panes:
        return
    focus = screen.window().focusWidget()
    here = [at for at, pane in enumerate(panes) if focus and _holds(pane, focus)]
    at = (here[-1] + delta) % len(panes) if here else 0
    _enter(screen, panes[at])


def _panes(screen: CaptureScreen) -> Iterator[QWidget]:
    check, frame = screen.check, screen.frame
    if check is not None:
        yield from (check.sections, check.list, check.pane, check.header)
    elif screen.briefed.page is None and frame is not None:
        yield frame.sections
        if frame.photos.dock.open:
            yield frame.photos.dock.tray  # it stands in the sections, or over the page
        yield from (frame.banner, frame.newer)
        if screen.finder.bar is not None:
            yield screen.finder.bar
        if (page := frame.page or frame.facts) is not None:
            yield page
        yield frame.header


def _enter(screen: CaptureScreen, pane: QWidget) -> None:
    """The page goes on at its current card, the list at its first row that asks for something."""
    check, frame = screen.check, screen.frame
    if check is not None and pane is check.list and check.list.step(1, all_rows=False):
        return
    if check is not None and pane is check.pane:
        check.pane.sign()
        return
    if frame is not None and pane is (frame.page or frame.facts):
        frame.focus_page()
        return
    first = _chosen(pane) or _first_of(pane)
    if first is not None:
        first.setFocus(_REASON)


def _chosen(pane: QWidget) -> QWidget | None:
    """The section that is shown, in the list of them."""
    buttons = [each for each in pane.findChildren(QAbstractButton) if _stops(each)]
    return next((each for each in buttons if each.isCheckable() and each.isChecked()), None)


def _first_of(pane: QWidget) -> QWidget | None:
    """What Tab comes to first in ``pane``."""
    at = pane.nextInFocusChain()
    while at is not None and at is not pane:
        if pane.isAncestorOf(at) and _stops(at):
            return at
        at = at.nextInFocusChain()
    return None


def _stops(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled()


def _holds(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus)
