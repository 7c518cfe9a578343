"""The visit in figures, beside the check: score, photos, comments, N/A, time."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.cards.typed import show_number
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.drafting.faces import score_tone
from auditor.ui.capture.facts.clock_times import minutes_text, times_text
from auditor.ui.kit.text import ElidedLabel, Label, file_size
from auditor.ui.theme import Ink, Tone, Type
from auditor.words import Words

#: (name, quieter note, figure, its ink)
Figure = tuple[str, str, str, Ink]


class Figures(QWidget):
    def __init__(self, draft: Draft, words: Words, *, gap: int) -> None:
        super().__init__()
        self._draft, self._words = draft, words
        self._shown: list[Figure] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap)

    def refresh(self) -> None:
        figures = [*self._score(), *self._counts(), self._time()]
        if figures == self._shown:
            return
        self._shown = figures
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for figure in figures:
            self._column.addWidget(_Line(*figure))

    def _score(self) -> list[Figure]:
        """Not where the program keeps it from its evaluators."""
        draft = self._draft
        if draft.rules.hide_score:
            return []
        card = draft.score()
        bands = {band.id: draft.text(band.label) for band in draft.compiled.checklist.scoring.bands}
        score = "–" if card.score is None else show_number(card.score, draft.language)
        tone = score_tone(draft)
        ink = Ink.TEXT if tone is Tone.NEUTRAL else Ink(tone.value)
        return [(self._words("Running score"), bands.get(card.band or "", ""), score, ink)]

    def _counts(self) -> list[Figure]:
        draft, words = self._draft, self._words
        shown = [item for item in draft.compiled.items if draft.filling.relevant(item.id)]
        answers = [draft.answer(item) for item in shown]
        files = [draft.evidence_of(sha256) for sha256 in {s for a in answers for s in a.evidence}]
        size = file_size(sum(each.bytes for each in files), words) if files else ""
        na = sum(item.not_applicable(draft.answer(item)) for item in shown)
        comments = sum(bool(answer.comment.strip()) for answer in answers)
        return [
            (words("Photos and files"), size, str(len(files)), Ink.TEXT),
            (words("Comments"), "", str(comments), Ink.TEXT),
            (words("Not applicable (N/A)"), "", str(na), Ink.TEXT),
        ]

    def _time(self) -> Figure:
        """From arrival to departure; while they are not known, when it was begun."""
        draft, words = self._draft, self._words
        if draft.facts.minutes is None:
            day, clock = draft.at.strftime("%d/%m/%Y"), draft.at.strftime("%H:%M")
            return words("Visit began"), day, clock, Ink.TEXT
        long = minutes_text(words, draft.facts.minutes)
        return words("Visit time"), long, times_text(draft.facts), Ink.TEXT


class _Line(QWidget):
    """A name, and at the right its figure with a quieter note before it."""

    def __init__(self, name: str, note: str, figure: str, ink: Ink) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 0, 1)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(name, Type.HELP, Ink.TEXT2), 1)
        if note:
            row.addWidget(Label(note, Type.HINT, Ink.TEXT2))
        row.addWidget(Label(figure, Type.STRONG, ink))
