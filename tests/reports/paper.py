"""Reading a PDF back: words, boxes of words, outline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from reports.render import render
from reports.snapshot import ReportSnapshot


@dataclass(frozen=True)
class Paper:
    path: Path
    pages: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def flat(self) -> str:
        """All words with single blanks, page frames and all."""
        return " ".join(self.text.split())

    def has(self, words: str) -> bool:
        """Whether the words stand somewhere in this order, however the lines break."""
        return re.sub(r"\s+", "", words) in self._squeezed

    @cached_property
    def _squeezed(self) -> str:
        return re.sub(r"\s+", "", self.text)


def print_out(
    snapshot: ReportSnapshot, folder: Path, images: dict[str, Path] | None = None
) -> Paper:
    report = render(snapshot, images or {}, folder / "report.pdf")
    paper = read(report.path)
    assert len(paper.pages) == report.pages
    return paper


def read(path: Path) -> Paper:
    document = pdfium.PdfDocument(str(path))
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded().replace("\r\n", "\n"))
            text.close()
            page.close()
        return Paper(path, tuple(pages))
    finally:
        document.close()


def outline(path: Path) -> list[tuple[int, str]]:
    document = pdfium.PdfDocument(str(path))
    try:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]
    finally:
        document.close()


def stray_marks(path: Path, left: float, slack: float = 1.0) -> list[str]:
    """Characters that reach over the margins or into the footer's rule, by page."""
    document = pdfium.PdfDocument(str(path))
    found = []
    try:
        for number, page in enumerate(document, 1):
            wide, high = page.get_size()
            text = page.get_textpage()

            def strays(
                box: tuple[float, float, float, float], wide: float = wide, high: float = high
            ) -> bool:
                x1, low, x2, top = box
                outside = x1 < left - slack or x2 > wide - left + slack
                return outside or (top >= 46 and low < 47) or top > high - 36

            # boxes of words hold the blanks that the reader makes up: then each character is asked
            if any(strays(text.get_rect(at)) for at in range(text.count_rects())):
                for at in range(text.count_chars()):
                    if strays(text.get_charbox(at)):
                        found.append((number, text.get_text_range(at, 1)))
            text.close()
            page.close()
        return [f"{number}: {character!r}" for number, character in found if character.strip()]
    finally:
        document.close()
