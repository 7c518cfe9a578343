"""After a crash: the draft that was open, and the way back into it; or that it was handed in."""

from __future__ import annotations

from PySide6.QtCore import Signal

from auditor.domain.records import VisitRecord
from auditor.domain.visits import WRITABLE
from auditor.ui.home import phrases
from auditor.ui.home.groups import title_of
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner
from auditor.ui.theme import Tone
from auditor.words import Words


class RecoveryBanner(Banner):
    """``chosen(visit)``; closing it keeps the draft where it is."""

    chosen = Signal(object)

    def __init__(self, visit: VisitRecord, words: Words) -> None:
        super().__init__(_sentence(visit, words), Tone.WARNING, icon="history")
        self._visit = visit
        caption = words("Continue") if visit.status in WRITABLE else words("Report")
        self.go_on = self.add(Button(caption, Kind.OUTLINE, height=34))
        self.go_on.clicked.connect(self._go_on)
        self.later = self.add(Button(icon="x", kind=Kind.TEXT, name=words("Not now"), height=34))
        self.later.clicked.connect(self.deleteLater)

    def _go_on(self) -> None:
        self.chosen.emit(self._visit)
        self.deleteLater()


def _sentence(visit: VisitRecord, words: Words) -> str:
    if visit.status not in WRITABLE:
        return words(
            "The app was cut off. Visit {number} ({place}) was handed in before; all of it is "
            "there.",
            number=visit.number,
            place=title_of(visit),
        )
    return words(
        "The app was cut off. Draft of {time} ({place}), {progress}: continue?",
        time=phrases.saved(words, visit),
        place=title_of(visit),
        progress=phrases.answered(words, visit),
    )


def recovery_banner(visit: VisitRecord, words: Words) -> RecoveryBanner:
    return RecoveryBanner(visit, words)
