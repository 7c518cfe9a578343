"""Words in a PDF: where they stand, whatever their case and marks. Never on the GUI thread."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.domain.folding import folded
from auditor.domain.work import Cancel, Progress, silent
from auditor.ui.report.pdf import each_page

#: More places than anybody goes through.
MOST = 500


@dataclass(frozen=True, slots=True)
class Match:
    """``boxes`` (left, top, right, bottom) in points from the page's upper left corner: one for
    each line that the words stand on."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of ``query``, in the order of the pages; ``path`` is where they were looked up."""

    path: Path
    query: str
    matches: tuple[Match, ...]


def find_words(
    path: Path, query: str, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Found:
    """Places of ``query`` as one phrase; line breaks count as blanks. At most ``MOST``. Pages are
    drawn between two that are looked through. Raises Cancelled."""
    wanted = " ".join(folded(query).split())
    matches: list[Match] = []
    if wanted:
        with closing(each_page(path)) as pages:
            for index, sheet in pages:
                if cancel is not None:
                    cancel.check()
                progress(index, 0, "")
                matches += _on_page(index, sheet, wanted, MOST - len(matches))
    return Found(path, query, tuple(matches))


def _on_page(page: int, sheet: Any, wanted: str, most: int) -> list[Match]:
    text = sheet.get_textpage()
    try:
        told, at = _folded(text)
        spans: list[tuple[int, int]] = []
        start = told.find(wanted)
        while start >= 0 and len(spans) < most:
            end = start + len(wanted)
            spans.append((at[start], at[end - 1] + 1))
            start = told.find(wanted, end)
        high = sheet.get_height()
        found = [Match(page, _boxes(text, first, last, high)) for first, last in spans]
        return sorted((match for match in found if match.boxes), key=_down_the_page)
    finally:
        text.close()


def _down_the_page(match: Match) -> tuple[float, float]:
    left, top, _, _ = match.boxes[0]
    return round(top), left


def _folded(text: Any) -> tuple[str, list[int]]:
    """The page's text as it is searched, and for each of its letters which one of the page's."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.get_text_range()):
        plain = " " if letter.isspace() else folded(letter)
        if plain == " " and (not letters or letters[-1] == " "):
            continue
        letters += plain
        places += [place] * len(plain)
    return "".join(letters), places


def _boxes(
    text: Any, first: int, last: int, high: float
) -> tuple[tuple[float, float, float, float], ...]:
    boxes = []
    for rectangle in range(text.count_rects(first, last - first)):
        left, bottom, right, top = text.get_rect(rectangle)
        boxes.append((left, high - top, right, high - bottom))
    return tuple(boxes)
