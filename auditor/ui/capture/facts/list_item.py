"""The first entry of the section list: the visit itself, with its times below."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from auditor.domain.facts import VisitFacts
from auditor.ui import icons
from auditor.ui.capture.facts.clock_times import times_line
from auditor.ui.capture.sections import SectionFace, SectionItem
from auditor.ui.kit.paint import rounded
from auditor.ui.theme import colour, current
from auditor.words import Words

#: What stands for the page of facts where a section id is kept; no section is called so.
VISIT_PAGE = "@visit"


class VisitItem(SectionItem):
    """Clicked like a section; an icon stands where those have their ring."""

    def __init__(self, words: Words, *, folded: bool) -> None:
        super().__init__(words, folded=folded)
        self.ring.hide()
        self._line = ""

    def show_facts(self, facts: VisitFacts, warnings: int = 0) -> None:
        """``warnings`` is how many things of the facts the check asks to look at."""
        title, self._line = self.words("The visit"), times_line(self.words, facts)
        self.face = SectionFace(VISIT_PAGE, 0, title, 0, 0, warnings=warnings)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self._line)
        self.setToolTip(f"{title}\n{self._line}" if self._folded else "")
        self.update()

    def _below(self) -> str:
        return self._line

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        t = current().tokens
        painter = QPainter(self)
        disc = QRectF(self.ring.geometry())
        on = self.isChecked()
        rounded(painter, disc, disc.width() / 2, colour(t.surface if on else t.surface2))
        size = current().px(16)
        box = QRectF(0, 0, size, size)
        box.moveCenter(disc.center())
        icons.paint(painter, "clock", colour(t.accent if on else t.text2), box)
