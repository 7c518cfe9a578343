"""When the report of a visit was issued last, and whether the one that is shown is another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.issued import IssuedReport, Kind, revision_letters
from auditor.ui import when
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type
from auditor.words import Words, mark

LANGUAGES = {"vi": mark("Vietnamese"), "en": mark("English")}
#: Of former ones that a tip tells.
MOST = 12


def line(words: Words, of: IssuedReport) -> str:
    """ "Issued 12 Nov 2026, 14:02, revision A, Vietnamese", by the clock of this machine."""
    at = of.issued_at.astimezone()
    told = words(
        "Issued {day}, {time}, revision {revision}, {language}",
        day=when.day(words, at.date(), date.min),
        time=f"{at:%H:%M}",
        revision=revision_letters(of.revision),
        language=words(LANGUAGES.get(of.language, of.language)),
    )
    if of.kind is Kind.BOUND:
        return words("{issued}, bound in {file}", issued=told, file=of.file_name)
    return told


class IssuedLine(QWidget):
    """Of one visit: ``show_issued`` what was issued, ``compare`` with what is on the screen."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self._issued: tuple[IssuedReport, ...] | None = None
        self._shown: tuple[str, str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.last = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.more = Label("", Type.HELP, Ink.TEXT2)
        self.changed = Label("", Type.HELP, Ink.WARNING, wrap=True)
        for label in (self.last, self.more, self.changed):
            column.addWidget(label)
        self._tell()

    def show_issued(self, reports: Sequence[IssuedReport]) -> None:
        """The newest first."""
        self._issued = tuple(reports)
        self._tell()

    def compare(self, seal: str, language: str) -> None:
        """Of the report that is on the screen."""
        self._shown = (seal, language)
        self._tell()

    def _tell(self) -> None:
        words, issued = self.words, self._issued or ()
        nothing = "" if self._issued is None else words("Not issued yet.")
        self.last.setText(line(words, issued[0]) if issued else nothing)
        self.last.setToolTip(issued[0].file_name if issued else "")
        former = issued[1:]
        self.more.setVisible(bool(former))
        self.more.setText(
            words.plural("{count} time before that", "{count} times before that", len(former))
        )
        self.more.setToolTip("\n".join(line(words, each) for each in former[:MOST]))
        told = self._difference(issued)
        self.changed.setVisible(bool(told))
        self.changed.setText(told)

    def _difference(self, issued: Sequence[IssuedReport]) -> str:
        """What is shown was never issued in that language as it is; "" where it was."""
        if self._shown is None or not issued:
            return ""
        seal, language = self._shown
        alike = [each for each in issued if each.language == language]
        if any(each.seal == seal for each in issued):
            return ""
        if not alike:
            return self.words("Never issued in this language.")
        return self.words("What is shown is not what was issued: it has changed since.")
