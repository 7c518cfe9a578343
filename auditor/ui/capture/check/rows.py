"""The entries of the check: what must be mended, what may stay with a reason, what is ready."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.ui.capture.check.findings import Finding
from auditor.ui.capture.check.parts import PhotoLead, RowButton, RowTitle
from auditor.ui.capture.check.reasons import ReasonField
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.sections import SectionFace
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Card, Line
from auditor.ui.kit.chip import Chip, Icon, LeadIcon
from auditor.ui.kit.text import ElidedLabel, Label
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words
from forms.problems import Severity

#: Below this width of a row its button, or its two buttons, go under its words.
ROOMY, ROOMY_FOR_TWO = 540, 640


class GroupHead(QWidget):
    """ "Must fix 2", and at the right what that means."""

    def __init__(self, title: str, icon: str, tone: Tone, note: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(Icon(icon, tone.value, 18))
        row.addWidget(Label(title, Type.STRONG))
        self.count = Chip("0", tone)
        row.addWidget(self.count)
        self.note = ElidedLabel(note, Type.HINT, Ink.TEXT2)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.note, 1)


class Entry(QWidget):
    """One finding: open, being kept, or kept. Signals: ``went(finding, question id)`` where its
    button leads ("" follows the finding's goal), ``kept(key, reason)``, ``taken_back(key)``,
    ``unmarked(question id)``, ``photo_wanted(sha256)``."""

    went = Signal(object, str)
    kept = Signal(str, str)
    taken_back = Signal(str)
    unmarked = Signal(str)
    photo_wanted = Signal(str)

    def __init__(self, finding: Finding, desk: Desk) -> None:
        super().__init__()
        self.finding, self.desk, self.words = finding, desk, desk.words
        self.field: ReasonField | None = None
        self.change: Button | None = None
        self._quiet: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.keep: Button | None = None
        self.button = RowButton(self.words("Go there"), Kind.OUTLINE, enter=True)
        self.body = self.make_body()
        self.column.addWidget(self.body)
        self._show_state()

    def make_body(self) -> QWidget:
        """What is seen while it is open, with ``button`` and the way to keep it."""
        raise NotImplementedError

    # state

    def show_finding(self, finding: Finding) -> None:
        """The same finding, kept or asked again."""
        mine = self.isAncestorOf(self.window().focusWidget() or self)
        self.finding = finding
        self._show_state()
        if mine:
            self.take_focus()

    def matches(self, finding: Finding) -> bool:
        """Whether ``finding`` differs in its reason at most."""
        return replace(finding, reason="") == replace(self.finding, reason="")

    def _show_state(self) -> None:
        if self._quiet is not None:
            self._quiet.hide()
            self._quiet.deleteLater()
            self._quiet = self.change = None
        if not self.finding.open:
            self._quiet = self._make_quiet()
            self.column.insertWidget(1, self._quiet)
            if self.isVisible():
                self._quiet.show()  # not at the next event: what is hidden takes no focus
            before: QWidget = self.button
            for button in self._quiet.findChildren(RowButton):
                QWidget.setTabOrder(before, button)
                before = button
        self.body.setVisible(self.finding.open)

    def _make_quiet(self) -> QWidget:
        """ "Kept: the reason", with Change and Take back."""
        finding, words = self.finding, self.words
        said = words("Kept: {reason}", reason=finding.reason)
        lead = LeadIcon("check", Tone.NEUTRAL, 36)
        told = RowWords(finding.number, finding.title, said, Ink.TEXT2, quiet=True)
        quiet = Row(lead, told, quiet=True)
        self.change = RowButton(words("Change"), Kind.TEXT)
        self.change.set_caption(self.change.caption, f"{words('Change')}: {finding.title} – {said}")
        self.change.clicked.connect(self.ask_reason)
        back = RowButton(words("Take back"), Kind.TEXT)
        back.set_caption(back.caption, f"{words('Take back')}: {finding.title}")
        back.clicked.connect(self._take_back)
        quiet.add(self.change)
        quiet.add(back)
        return quiet

    @property
    def focus_target(self) -> QWidget:
        """What the keys of the check go to."""
        if self.field is not None:
            return self.field.line
        return self.button if self.change is None else self.change

    def take_focus(self) -> None:
        self.focus_target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # keeping

    def ask_reason(self) -> None:
        """Open the line for a reason, in place."""
        self.open_field(self.finding.reason)

    def open_field(self, text: str) -> None:
        if self.field is None:
            self.field = ReasonField(self.words, self.finding.title, text)
            self.field.setContentsMargins(27 + current().px(36), 0, 13, 11)
            self.field.kept.connect(self._keep)
            self.field.cancelled.connect(self._cancel)
            self.column.addWidget(self.field)
            self.field.show()
            QWidget.setTabOrder(self.change or self.button, self.field.line)
        self.field.write()

    def close_field(self) -> None:
        field, self.field = self.field, None
        if field is not None:
            field.drop()

    def _keep(self, reason: str) -> None:
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        self.close_field()
        if focused:
            self.take_focus()
        self.kept.emit(self.finding.key, reason)

    def _cancel(self) -> None:
        focused = self.isAncestorOf(self.window().focusWidget() or self)
        self.close_field()
        if focused:
            self.take_focus()

    def _take_back(self) -> None:
        self.taken_back.emit(self.finding.key)

    # parts of the bodies

    def keep_button(self, caption: str) -> Button | None:
        if not self.finding.fingerprint:
            return None
        self.keep = RowButton(caption, Kind.TEXT)
        self.keep.set_caption(caption, f"{caption}: {self.finding.title}")
        self.keep.clicked.connect(self.ask_reason)
        return self.keep


class FindingRow(Entry):
    """Lead icon or photo, the question and what is said of it, the ways out at the right."""

    def make_body(self) -> QWidget:
        finding = self.finding
        wrong = finding.severity is Severity.ERROR
        tone, ink = (Tone.DANGER, Ink.DANGER) if wrong else (Tone.WARNING, Ink.TEXT2)
        lead: QWidget = LeadIcon(finding.icon, tone, 36)
        if finding.sha256 is not None:
            lead = PhotoLead(self.desk, finding.sha256)
        said = RowWords(finding.number, finding.title, finding.sentence, ink, sure=finding.sure)
        row = Row(lead, said)
        if finding.marked:
            off = RowButton(self.words("Take the mark off"), Kind.TEXT)
            off.set_caption(off.caption, f"{off.caption}: {finding.number} {finding.title}")
            off.clicked.connect(self._unmark)
            row.add(off)
        elif (keep := self.keep_button(self.words("Keep, say why"))) is not None:
            row.add(keep)
        self._name_button()
        row.add(self.button)
        return row

    def _name_button(self) -> None:
        finding, words = self.finding, self.words
        if finding.sha256 is not None:
            caption = words("See photo")
        elif finding.number:
            caption = words("Go to {number}", number=finding.number)
        else:
            caption = words("Go there")
        self.button.set_caption(caption, f"{caption}: {finding.title} – {finding.sentence}")
        self.button.clicked.connect(self._go)

    def _go(self) -> None:
        if self.finding.sha256 is not None:
            self.photo_wanted.emit(self.finding.sha256)
        else:
            self.went.emit(self.finding, "")

    def _unmark(self) -> None:
        self.unmarked.emit(self.finding.question or "")


class Row(QWidget):
    """Lead, words, and buttons beside them or, where it is narrow, below. Those of a
    ``quiet`` row are short."""

    def __init__(self, lead: QWidget, said: QWidget, *, quiet: bool = False) -> None:
        super().__init__()
        self._quiet = quiet
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(12)
        self._line.addWidget(said, 1)
        self._line.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 11, 13, 11)
        row.setSpacing(12)
        row.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._line, 1)

    def add(self, button: Button) -> None:
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        need = ROOMY if self._buttons.count() < 2 or self._quiet else ROOMY_FOR_TWO
        narrow = event.size().width() < current().px(need)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(down if narrow else across)
        self._line.setSpacing(4 if narrow else 12)
        end = Qt.AlignmentFlag.AlignRight if narrow else Qt.AlignmentFlag(0)
        self._line.setAlignment(self._buttons, end)


class RowWords(QWidget):
    """Number and title, with how sure it is; below it the sentence."""

    def __init__(
        self,
        number: str,
        title: str,
        sentence: str,
        ink: Ink,
        *,
        sure: str = "",
        quiet: bool = False,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(RowTitle(number, title, quiet=quiet, wrap=True))
        if sure:
            top.addWidget(Chip(sure), 0, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        column.addLayout(top)
        if sentence:
            column.addWidget(Label(sentence, Type.HELP, ink, wrap=True))


class FindingCard(Card):
    """Rows with a hairline between them."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        for place, entry in enumerate(entries):
            if place:
                self.body.addWidget(Line())
            self.body.addWidget(entry)


class ReadyCard(Card):
    """Sections with nothing left to do, two to a line."""

    def __init__(
        self, ready: list[tuple[SectionFace, int, int]], words: Words, *, columns: int
    ) -> None:
        """Each with its number of questions, and of photos and files."""
        super().__init__(margins=(15, 4, 15, 4), spacing=0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        for index, (face, questions, files) in enumerate(ready):
            row, column = divmod(index, columns)
            grid.addWidget(self._entry(face.title, questions, files, words), row * 2, column)
            grid.setColumnStretch(column, 1)
            if row and not column:
                grid.addWidget(Line(), row * 2 - 1, 0, 1, columns)
        if len(ready) < columns:
            grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _entry(self, title: str, questions: int, files: int, words: Words) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(8)
        row.addWidget(Icon("check", "success", 16))
        row.addWidget(RowTitle("", title))
        said = words.plural("{count} question", "{count} questions", questions)
        if files:
            said += ", " + words.plural("{count} photo", "{count} photos", files)
        row.addWidget(Label(said, Type.HELP, Ink.TEXT2))
        row.addStretch(1)
        return entry
