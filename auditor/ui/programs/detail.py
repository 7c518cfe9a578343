"""One program in four tabs: Overview, Rules, Waves, Documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.records import ProgramRecord, WaveRecord
from auditor.ui.commands.acts import Act
from auditor.ui.commands.studies import Studies
from auditor.ui.context import AppContext
from auditor.ui.kit.card import ScrollArea
from auditor.ui.kit.field import CheckBox, Field
from auditor.ui.kit.tabs import Tabs
from auditor.ui.programs.documents import DocumentsPage
from auditor.ui.programs.form import ProgramForm
from auditor.ui.programs.overview import OverviewPage
from auditor.ui.programs.rules import RulesPage
from auditor.ui.programs.wave_rows import WavesPage
from auditor.ui.theme import Tone

OVERVIEW, RULES, WAVES, DOCUMENTS = range(4)
COLUMN, NARROW = 760, 640


class ProgramDetail(QWidget):
    """What is typed is kept when its field is left; a tick at once. ``kept(ProgramRecord, Act)``
    after each, ``told(Act, sentence)`` of a document; ``wave_wanted(WaveRecord or None)`` to change
    or add one, ``wave_opened``, ``wave_removed`` of one, ``months_wanted()``; ``turned(tab)``."""

    kept = Signal(object, object)
    told = Signal(object, str)
    wave_wanted = Signal(object)
    wave_opened = Signal(object)
    wave_removed = Signal(object)
    months_wanted = Signal()
    turned = Signal(int)

    def __init__(
        self,
        context: AppContext,
        program: ProgramRecord,
        studies: Studies,
        templates: Sequence[tuple[int, str]] = (),
        tab: int = OVERVIEW,
    ) -> None:
        super().__init__()
        self.context, self.words, self._studies = context, context.words, studies
        self.form = ProgramForm(context, program, self)
        self.form.kept.connect(self._kept)
        words = context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        captions = [words("Overview"), words("Rules"), words("Waves"), words("Documents")]
        self.tabs = Tabs(captions, words("Parts of the program"))
        self.tabs.changed.connect(self.turn)
        column.addWidget(self.tabs)
        self.area = ScrollArea(margins=(24, 16, 24, 24), spacing=0, column=COLUMN + 48)
        column.addWidget(self.area, 1)
        self._templates = templates
        self._pages: dict[int, QWidget] = {}
        self.area.body.addStretch(1)
        self._show_count()
        self.tabs.choose(tab)
        self._show_page(tab)

    def _page(self, tab: int) -> QWidget:
        """Made when it is asked for: four at once would be felt."""
        if tab not in self._pages:
            self._pages[tab] = page = self._make(tab)
            page.hide()
            self.area.body.insertWidget(0, page)
        return self._pages[tab]

    def _make(self, tab: int) -> QWidget:
        studies = self._studies
        if tab == OVERVIEW:
            client = next((c.name for c in studies.clients if c.id == self.program.client_id), "")
            return OverviewPage(self.form, client, studies.checklists, self._templates)
        if tab == RULES:
            return RulesPage(self.form)
        if tab == DOCUMENTS:
            documents = DocumentsPage(self.form)
            documents.kept.connect(self._document_kept)
            return documents
        waves = WavesPage(self.words)
        waves.wanted.connect(self.wave_wanted)
        waves.opened.connect(self.wave_opened)
        waves.removed.connect(self.wave_removed)
        waves.months_wanted.connect(self.months_wanted)
        waves.set_narrow(self._narrow)
        waves.show_waves(self.program, studies.counts)
        return waves

    @property
    def overview(self) -> OverviewPage:
        return cast(OverviewPage, self._page(OVERVIEW))

    @property
    def rules(self) -> RulesPage:
        return cast(RulesPage, self._page(RULES))

    @property
    def waves(self) -> WavesPage:
        return cast(WavesPage, self._page(WAVES))

    @property
    def documents(self) -> DocumentsPage:
        return cast(DocumentsPage, self._page(DOCUMENTS))

    @property
    def program(self) -> ProgramRecord:
        """As it is on disk."""
        return self.form.program

    @property
    def name(self) -> Field:
        return self.overview.name

    @property
    def ticks(self) -> dict[str, CheckBox]:
        return self.rules.ticks

    def turn(self, tab: int) -> None:
        self.commit()
        self._show_page(tab)
        self.area.verticalScrollBar().setValue(0)
        self.turned.emit(tab)

    def _show_page(self, tab: int) -> None:
        shown = self._page(tab)
        for page in self._pages.values():
            page.setVisible(page is shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if WAVES in self._pages:
            self.waves.set_narrow(self._narrow)

    @property
    def _narrow(self) -> bool:
        return self.width() < self.context.theme.px(NARROW)

    def _show_count(self) -> None:
        program, counts = self.program, self._studies.counts
        tab = self.tabs.tabs[WAVES]
        late = sum(counts[wave.id].overdue for wave in program.waves if wave.id in counts)
        tab.set_count(str(len(program.waves)), Tone.DANGER if late else Tone.NEUTRAL)

    def take(self, program: ProgramRecord, studies: Studies | None = None) -> None:
        """The program as it is on disk now; what is being typed stays."""
        before = self.program, self._studies
        self.form.take(program)
        self._studies = studies or self._studies
        if before != (program, self._studies):
            self._show_count()
            if WAVES in self._pages:
                self.waves.show_waves(program, self._studies.counts)
            if DOCUMENTS in self._pages:
                self.documents.show_document()

    @property
    def settled(self) -> bool:
        """Nothing is on its way to the disk."""
        attaching = DOCUMENTS in self._pages and self.documents.under_way
        return self.form.settled and not attaching

    @property
    def unsaved(self) -> bool:
        """Something is typed that the disk does not have."""
        return self.form.unsaved

    def commit(self) -> None:
        """Send what is typed to the disk."""
        if DOCUMENTS in self._pages:
            self.documents.briefing.commit_input()
        if OVERVIEW in self._pages:
            self.overview.objectives.commit_input()
        self.form.keep()

    def find_wave(self, wave_id: int) -> WaveRecord | None:
        return next((wave for wave in self.program.waves if wave.id == wave_id), None)

    def _kept(self, program: ProgramRecord, act: Act) -> None:
        self.kept.emit(program, act)

    def _document_kept(self, act: Act, text: str) -> None:
        self.take(act.value)
        self.told.emit(act, text)
