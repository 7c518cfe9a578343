"""What the Reports screen can make, in words; which visits; the ground of its side pane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from auditor.services.collecting import Product
from auditor.ui.theme import colour, current
from auditor.words import Words

#: What can be made, in the order of the list; None: one PDF for each visit.
PRODUCTS = (None, Product.BOUND, Product.PROGRAM, Product.BOOK, Product.ANSWERS)


def captions(words: Words) -> list[str]:
    return [
        words("One PDF for each visit"),
        words("One PDF of all visits"),
        words("Program report (PDF)"),
        words("Excel workbook"),
        words("Answers (CSV)"),
    ]


def button_words(words: Words, product: Product) -> str:
    return {
        Product.BOUND: words("Make one PDF"),
        Product.PROGRAM: words("Make program report"),
        Product.BOOK: words("Make workbook"),
        Product.ANSWERS: words("Make CSV file"),
    }[product]


def note_words(words: Words, product: Product | None) -> str:
    if product is None:
        return words(
            "One PDF for each visit. A report that is there already is made anew only where "
            "something of it has changed; other files are never replaced."
        )
    return {
        Product.BOUND: words(
            "The ticked reports in one file, with an index in front and bookmarks."
        ),
        Product.PROGRAM: words(
            "Summary, league table, regions, questions failed most often: of all visits of the "
            "wave that are handed in, ticked or not."
        ),
        Product.BOOK: words(
            "The ticked visits as sheets to sort and filter; of a wave, its league table and heat "
            "map, too. A file that is there is never replaced."
        ),
        Product.ANSWERS: words(
            "One row for each answer of the ticked visits. A file that is there is never replaced."
        ),
    }[product]


@dataclass(frozen=True, slots=True)
class Place:
    latest: bool
    product: int
    wave_id: int | None
    ticked: frozenset[int]
    language: str
    folder: Path
    template: int | None = None


class Pane(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
