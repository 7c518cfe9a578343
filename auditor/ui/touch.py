"""Touch mode: pages follow the finger."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties

from auditor.ui.theme import current

_Metric = QScrollerProperties.ScrollMetric
#: A finger that moves less than this presses; in metres.
STEADY = 0.004


def follow_finger(area: QAbstractScrollArea) -> None:
    """In touch mode a drag of the finger scrolls ``area``; the mouse does what it always did."""
    if not current().touch:
        return
    viewport = area.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(viewport)
    scroller.setScrollerProperties(_properties(scroller.scrollerProperties()))


def _properties(known: QScrollerProperties) -> QScrollerProperties:
    """No bounce at the ends, and a press that trembles stays a press."""
    off = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    known.setScrollMetric(_Metric.VerticalOvershootPolicy, off)
    known.setScrollMetric(_Metric.HorizontalOvershootPolicy, off)
    known.setScrollMetric(_Metric.DragStartDistance, STEADY)
    known.setScrollMetric(_Metric.ScrollingCurve, QEasingCurve(QEasingCurve.Type.OutCubic))
    return known
