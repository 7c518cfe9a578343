"""The head of the report screen: which visit, and what can be done with its report."""

from __future__ import annotations

from auditor.domain.records import VisitRecord
from auditor.ui.home import phrases
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.header import Header
from auditor.ui.theme import Tone
from auditor.words import Words


class ReportHeader(Header):
    """What its buttons do is the owner's. None of them works before there is a visit, or a
    report."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("Report"), back=words("Back to my visits"))
        self.words = words
        self.answers = Button(words("Answers"), icon="eye")
        self.plan = Button(words("Actions"), icon="list-checks")
        self.print = Button(words("Print"), icon="printer", hint="Ctrl P")
        self.folder = Button(words("Open folder"), icon="folder-open")
        self.more = Button(icon="ellipsis", name=words("More for this report"))
        self.save = Button(words("Save PDF"), Kind.PRIMARY, icon="download", hint="Ctrl S")
        self.folder.hide()
        self._told: list[Chip] = []
        for button in (self.answers, self.plan, self.print, self.folder, self.more, self.save):
            self.add(button)
        for button in (self.answers, self.plan):
            button.setEnabled(False)
        self.enable_paper(on=False)

    def enable_paper(self, *, on: bool) -> None:
        """What needs the report itself."""
        for button in (self.print, self.more, self.save):
            button.setEnabled(on)

    def show_visit(self, visit: VisitRecord) -> None:
        """As it is now."""
        words = self.words
        for old in self._told:
            old.hide()
            old.deleteLater()
        self.set_title(words("{place}, visit {number}", place=visit.location, number=visit.number))
        mark = phrases.status(words, visit)
        self._told = [Chip(mark.text, mark.tone, mark.icon)]
        if visit.score is not None:
            score = phrases.figure(words, visit.score)
            self._told.append(Chip(words("{score} of 100", score=score), Tone.NEUTRAL))
        for chip in self._told:
            self.add_chip(chip)
        self.answers.setEnabled(True)
        self.plan.setEnabled(True)

    def name_buttons(self, *, wide: bool) -> None:
        """Icons alone where room is short."""
        for button, name in (
            (self.answers, self.words("Answers")),
            (self.plan, self.words("Actions")),
            (self.print, self.words("Print")),
            (self.folder, self.words("Open folder")),
        ):
            button.set_caption(name if wide else "", name)
            button.setToolTip("" if wide else name)
