"""Bars of sections, told in words too."""

from __future__ import annotations

from reports.charts import Bar, bar
from reports.pen import Pen
from reports.sheet import Sheet
from reports.tagging import Box, Element
from reports.words import mark


def draw_bar(sheet: Sheet, pen: Pen, box: Box, of: Bar, within: Element | None = None) -> None:
    """A figure of its own, or among the words of a leaf, which go on after it."""
    x, y, wide, high = box
    pen.tags.figure(bar_words(sheet, of), (x, y - 2, wide, high + 4), within)
    bar(pen, x, y, wide, high, of)
    if within is None:
        pen.tags.end()
    else:
        pen.tags.into(within)


def bar_words(sheet: Sheet, of: Bar) -> str:
    """``this visit 78 %; target 85 %; last visit 82 %``"""
    percent = sheet.figures.percent
    known = (
        (mark("this visit {percent}"), of.ratio),
        (mark("target {percent}"), of.target),
        (mark("last visit {percent}"), of.last),
    )
    return "; ".join(
        sheet.say(words, percent=percent(ratio)) for words, ratio in known if ratio is not None
    )
