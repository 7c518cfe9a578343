"""Right of the pages: template, language, what is in the report; what the client does not get."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.records import VisitRecord
from auditor.domain.report_choice import BOTH, LANGUAGES, About, Worn
from auditor.ui import when
from auditor.ui.commands.preview import Made
from auditor.ui.first_run import NAMES
from auditor.ui.home import phrases
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea, clear
from auditor.ui.kit.field import CheckBox, Select
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label, file_size
from auditor.ui.report.contents import ContentsList
from auditor.ui.report.issued import IssuedLine
from auditor.ui.report.safety import SafetyList
from auditor.ui.theme import Ink, Type, colour, current
from auditor.words import Words

#: As wide as in the design, and what it takes at most of a small window.
WIDTH, SHARE = 324, 0.45
#: Ticks that follow each other make one report.
PAUSE_MS = 150
#: In the list of templates: what was ticked here.
OWN = -1


def _same(one: TemplateInput, other: TemplateInput) -> bool:
    """But for the name."""
    return replace(one, name="") == replace(other, name="")


class Swatch(QWidget):
    """A colour of the brand."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._ink = ""
        self.setAccessibleName(name)
        self.setFixedSize(current().px(20), current().px(20))

    def show_colour(self, ink: str) -> None:
        self._ink = ink
        self.setAccessibleDescription(ink)
        self.setToolTip(ink)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._ink:
            edge = colour(current().tokens.border)
            rounded(QPainter(self), QRectF(self.rect()), 6, colour(self._ink), edge)


class Options(QWidget):
    """Signals: ``language_chosen(code)`` (or ``BOTH``), ``other_wanted()``, ``worn(Worn)``,
    ``save_wanted(TemplateInput)``, ``page_wanted(index)``; ``touched()`` as soon as the report is
    to be another one."""

    language_chosen = Signal(str)
    other_wanted = Signal()
    worn = Signal(object)
    save_wanted = Signal(object)
    page_wanted = Signal(int)
    touched = Signal()

    def __init__(self, words: Words, language: str) -> None:
        super().__init__()
        self.words = words
        self._about: About | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell_ticks)
        self.fit_in(10_000)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        area = ScrollArea(margins=(19, 14, 15, 14), spacing=6)
        whole.addWidget(area)
        self._choices(area.body, language)
        self._contents(area.body)
        area.body.addWidget(Line())
        area.body.addSpacing(4)
        self.safety = SafetyList(words)
        area.body.addWidget(self.safety)
        area.body.addSpacing(4)
        area.body.addWidget(Line())
        area.body.addSpacing(4)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(5)
        area.body.addLayout(self._facts)
        self.issued = IssuedLine(words)
        area.body.addWidget(self.issued)
        area.body.addStretch(1)

    # building

    def _choices(self, column: QVBoxLayout, language: str) -> None:
        words = self.words
        column.addWidget(Label(words("Template"), Type.HELP, Ink.TEXT2))
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        self.template = Select()
        self.template.setAccessibleName(words("Template"))
        self.template.setEnabled(False)
        self.template.activated.connect(self._choose_template)
        row.addWidget(self.template, 1)
        self._swatches = (Swatch(words("First colour")), Swatch(words("Second colour")))
        for swatch in self._swatches:
            row.addWidget(swatch)
        column.addSpacing(4)
        column.addWidget(Label(words("Language of the report"), Type.HELP, Ink.TEXT2))
        captions = [*(NAMES[each] for each in LANGUAGES), words("Both")]
        self.language = Segmented(captions, words("Language of the report"),
                                  chosen=LANGUAGES.index(language), stretch=True)  # fmt: skip
        self.language.changed.connect(self._choose_language)
        column.addWidget(self.language)
        self._two = QWidget()
        self._two.hide()
        column.addWidget(self._two)
        row = QHBoxLayout(self._two)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(
            Label(words("Saved and sent as two files."), Type.HELP, Ink.TEXT2, wrap=True), 1
        )
        self.other = Button("", Kind.TEXT, icon="languages", height=32, type=Type.HELP)
        self.other.clicked.connect(self.other_wanted)
        row.addWidget(self.other)
        column.addSpacing(4)

    def _contents(self, column: QVBoxLayout) -> None:
        words = self.words
        head = QHBoxLayout()
        column.addLayout(head)
        head.addWidget(Label(words("Contents"), Type.HELP, Ink.TEXT2))
        head.addStretch(1)
        self.pages = Label("", Type.HELP, Ink.TEXT2)
        head.addWidget(self.pages)
        self.contents = ContentsList(words)
        self.contents.wanted.connect(self.page_wanted)
        self.contents.changed.connect(self._ticked)
        column.addWidget(self.contents)
        self.blank = CheckBox(words("Empty rows to write on"))
        note = words("In the action plan: one for each finding without an action.")
        self.blank.setToolTip(note)
        self.blank.setAccessibleDescription(note)
        self.blank.clicked.connect(self._ticked)
        self.blank.hide()
        column.addWidget(self.blank)
        self._own = QWidget()
        self._own.hide()
        column.addWidget(self._own)
        inner = QVBoxLayout(self._own)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        self.own_note = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        inner.addWidget(self.own_note)
        row = QHBoxLayout()
        row.setSpacing(4)
        inner.addLayout(row)
        self.save = Button(words("Save as template…"), Kind.SOFT, height=32, type=Type.HELP)
        self.save.clicked.connect(self._save)
        self.back = Button(words("As it is set"), Kind.TEXT, icon="undo-2", height=32,
                           type=Type.HELP)  # fmt: skip
        self.back.clicked.connect(self._go_back)
        for button in (self.save, self.back):
            row.addWidget(button)
        row.addStretch(1)

    def fit_in(self, room: int) -> None:
        """Large text on a small window: less than half of ``room`` px, the pages need it more."""
        wanted = current().px(WIDTH)
        self.setFixedWidth(max(min(wanted, round(room * SHARE)), min(WIDTH, wanted)))

    # what the person does

    def _choose_language(self, index: int) -> None:
        self.language_chosen.emit((*LANGUAGES, BOTH)[index])

    def _choose_template(self, index: int) -> None:
        chosen = self.template.itemData(index)
        if chosen != OWN:
            self._pause.stop()
            self.touched.emit()
            self.worn.emit(Worn(template_id=chosen))

    def _go_back(self) -> None:
        self._pause.stop()
        self.touched.emit()
        self.worn.emit(Worn())

    def _ticked(self) -> None:
        self.touched.emit()
        self._pause.start()

    def _tell_ticks(self) -> None:
        """What is ticked like the template is no choice of one's own."""
        about = self._about
        if about is None:
            return
        given = self.contents.given("", blank_actions=self.blank.isChecked())
        alike = (each for each in about.templates if _same(each.input, given))
        own = TemplateInput("") if about.own is None else about.own.input
        if _same(own, given):
            self.worn.emit(Worn())
        elif (found := next(alike, None)) is not None:
            self.worn.emit(Worn(template_id=found.id))
        else:
            self.worn.emit(Worn(given=given))

    def _save(self) -> None:
        self.save_wanted.emit(self.contents.given("", blank_actions=self.blank.isChecked()))

    # showing

    def show_waiting(self) -> None:
        self.pages.setText(self.words("Making…"))

    def show_failed(self) -> None:
        """Nothing is made any more."""
        self.pages.setText("")

    def show_report(self, made: Made, visit: VisitRecord) -> None:
        about = self._about = made.about
        pages = len(made.pdf.sizes)
        self.pages.setText(self.words.plural("{count} page", "{count} pages", pages))
        self._show_language(made)
        for swatch, ink in zip(self._swatches, about.colours, strict=True):
            swatch.show_colour(ink)
        self._show_templates(made)
        if not self._pause.isActive():  # a tick that is on its way stays
            self.contents.show_report(made)
            self.blank.setChecked(about.worn.blank_actions)
            self.blank.setVisible(ReportPart.ACTIONS in about.worn.parts)
        self.safety.show_report(made, visit.status)
        self.issued.compare(made.seal, made.language)
        self._show_facts(made, visit)

    def _show_language(self, made: Made) -> None:
        self.language.choose((*LANGUAGES, BOTH).index(made.choice))
        other = next(each for each in LANGUAGES if each != made.language)
        self.other.set_caption(self.words("Show {language}", language=NAMES[other]))
        self._two.setVisible(made.choice == BOTH)

    def _show_templates(self, made: Made) -> None:
        words, about = self.words, made.about
        name = about.own.name if about.own is not None else words("all parts")
        entries: list[tuple[str, int | None]] = [(words("As set: {name}", name=name), None)]
        entries += [(each.name, each.id) for each in about.templates]
        if made.worn.given is not None:
            entries.append((words("Chosen here"), OWN))
        shown = OWN if made.worn.given is not None else made.worn.template_id
        self.template.clear()
        for caption, key in entries:
            self.template.addItem(caption, key)
        keys = [key for _, key in entries]
        self.template.setCurrentIndex(keys.index(shown) if shown in keys else 0)
        self.template.setEnabled(True)
        self._own.setVisible(made.worn.is_own)
        self.save.setVisible(made.worn.given is not None)
        told = words("For reports of {client}, until the window is closed.", client=about.client)
        self.own_note.setText(told)

    def _show_facts(self, made: Made, visit: VisitRecord) -> None:
        words, about = self.words, made.about
        clear(self._facts)
        if about.target is not None:
            told = f"{phrases.figure(words, str(about.target))}"
            if about.score is not None:
                reached = about.score >= about.target
                state = words("reached") if reached else words("missed")
                told = f"{told}, {state}"
            self._fact(words("Target"), told)
        if about.revision != "A":
            self._fact(words("Revision"), about.revision)
        if visit.submitted_at:
            at = when.moment(words, visit.submitted_at, datetime.now(UTC))
            self._fact(words("Submitted"), at)
        self._fact(words("Checklist version"), visit.checklist_version)
        self._fact(words("Size"), file_size(made.pdf.bytes, words))
        self._fact(words("Seal"), made.seal[:8], made.seal)

    def _fact(self, name: str, value: str, whole: str = "") -> None:
        row = QHBoxLayout()
        self._facts.addLayout(row)
        row.addWidget(Label(name, Type.HELP, Ink.TEXT2))
        row.addStretch(1)
        shown = Label(value, Type.HELP)
        shown.setToolTip(whole)
        row.addWidget(shown)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 0, 1, self.height(), colour(t.border))
