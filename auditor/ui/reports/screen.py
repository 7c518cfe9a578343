"""Reports: choose a wave, visits, what to make of them, a language and a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from auditor.domain.branding import TemplateRecord
from auditor.domain.records import VisitRecord
from auditor.domain.report_choice import languages_of
from auditor.services.collecting import Product
from auditor.ui.commands.batch import Batch, BatchRun
from auditor.ui.commands.batch_kept import read_templates
from auditor.ui.commands.batch_runs import Runs, Shown
from auditor.ui.commands.collecting import CollectRun, Wanted
from auditor.ui.commands.report_list import Asked, Listed, WaveChoice, read_list, read_visits
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.callout import Callout
from auditor.ui.kit.card import Card, EmptyState
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.header import Header
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.reports.batching import Batching
from auditor.ui.reports.choices import Choices
from auditor.ui.reports.products import (
    PRODUCTS,
    Place,
    button_words,
    note_words,
)
from auditor.ui.reports.running import RunCard
from auditor.ui.reports.table import CODE, DAY, NUMBER, VisitModel, VisitTable
from auditor.ui.screen import Screen
from auditor.ui.theme import Ink, Type

PANE, NARROW_PANE = 308, 252
#: Below this width the pane is narrower and the table has fewer columns.
NARROW = 1060
#: A table narrower than this has no visit numbers.
LOW = 520


class ReportsScreen(Screen):
    """``report_wanted(visit)`` to look at one."""

    report_wanted = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._waves: tuple[WaveChoice, ...] = ()
        self._wave: WaveChoice | None = None
        self._wanted_wave: int | None = None
        self._asked: Asked | None = None
        #: What is begun as soon as its visits are read.
        self._batch: Batch | None = None
        self._wanted_template: int | None = None
        self._runs = Runs.of(context)
        self._language = context.language
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self._folder = Path(documents) / "Mystery Auditor"
        self._kept: frozenset[int] | None = None
        self._build()

    def _build(self) -> None:
        words = self.context.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = self.header = Header(words("Reports"))
        self.make = Button(words("Make PDFs"), Kind.PRIMARY, icon="file-text")
        self.make.clicked.connect(self._make)
        header.add(self.make)
        column.addWidget(header)
        self.run = RunCard(words)
        self.batching = Batching(self.context, self.run, self)
        header.add_chip(self.batching.chip)
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 20)
        left.setSpacing(12)
        row.addLayout(left, 1)
        self.run.ended.connect(self._ended)
        left.addWidget(self.batching.offer)
        left.addWidget(self.run)
        middle, right = QStackedLayout(), QStackedLayout()
        left.addLayout(middle, 1)
        self._side = QWidget()
        self._side.setLayout(right)
        row.addWidget(self._side)
        choices = QWidget()
        middle.addWidget(choices)
        inner = QVBoxLayout(choices)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addLayout(self._filters())
        inner.addWidget(self._table_card(), 1)
        middle.addWidget(self.batching.table)
        right.addWidget(self._pane())
        right.addWidget(self.batching.pane)
        self.batching.place(middle, right)
        self.batching.wanted.connect(self._begin)
        self.batching.turned.connect(self._count)
        self.batching.table.visit_wanted.connect(self.report_wanted)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)

    def _filters(self) -> QBoxLayout:
        words = self.context.words
        row = self._filter_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        captions = [words("Latest of each location"), words("All visits")]
        self.which = Segmented(captions, words("Which visits"))
        self.which.changed.connect(self._choose_which)
        row.addWidget(self.which)
        row.addStretch(1)
        self.every = Button(words("Select all"), Kind.TEXT)
        self.every.clicked.connect(self._tick_all)
        self.none = Button(words("Select none"), Kind.TEXT)
        self.none.clicked.connect(self._tick_none)
        ticks = QHBoxLayout()
        ticks.addStretch(1)
        ticks.addWidget(self.every)
        ticks.addWidget(self.none)
        row.addLayout(ticks)
        return row

    def _table_card(self) -> Card:
        words = self.context.words
        card = Card(margins=(1, 4, 1, 4), spacing=0)
        self.model = VisitModel(words, self)
        self.model.changed.connect(self._count)
        self.table = VisitTable(self.model, words)
        self.table.setObjectName("visits")
        self.table.opened.connect(self.report_wanted)
        card.body.addWidget(self.table)
        self.cut = Label("", Type.HELP, Ink.TEXT2, wrap=True)
        self.cut.setContentsMargins(15, 6, 15, 6)
        self.cut.hide()
        card.body.addWidget(self.cut)
        self.nothing = EmptyState("file-text", words("No visit is handed in yet"),
                                  words("Its report can be made as soon as one is."))  # fmt: skip
        self.nothing.hide()
        card.body.addWidget(self.nothing)
        return card

    def _pane(self) -> QWidget:
        self._choices = pane = Choices(self.context.words, self._language, self._folder)
        self.product, self.wave, self.template = pane.product, pane.wave, pane.template
        self.language, self.folder, self.note = pane.language, pane.folder, pane.note
        pane.product.currentIndexChanged.connect(self._choose_product)
        pane.wave.currentIndexChanged.connect(self._choose_wave)
        pane.language.changed.connect(self._choose_language)
        pane.choose.clicked.connect(self._choose_folder)
        return pane

    # data

    def load(self) -> None:
        self._runs.come_back()
        if self._runs.present is not None:
            self._show_run(self._runs.present)
        self._read()
        self.context.ask(read_templates, self.context.language, done=self._show_templates)
        self.batching.load()

    def _show_templates(self, templates: list[TemplateRecord]) -> None:
        self.template.show_templates(templates)
        self.template.choose(self._wanted_template)

    @property
    def settled(self) -> bool:
        """What was asked for is shown, and what was begun runs."""
        return self._asked is None and self._batch is None

    def _read(self) -> None:
        wave_id = self._wanted_wave if self._wave is None else self._wave.id
        self._asked = Asked(wave_id, self.which.index == 0)
        self._count()
        self.context.ask(read_list, self._asked, done=self._show)

    def _show(self, listed: Listed) -> None:
        if listed.asked != self._asked:
            return  # another list was asked for since
        self._wanted_wave = self._asked = None
        self._show_waves(listed)
        self.model.show(listed.visits)
        self._say_note()
        self._say_cut(len(listed.visits) if listed.cut else 0)
        self.table.setVisible(listed.some)
        self.nothing.setVisible(not listed.some)
        ids = {visit.id for visit in listed.visits}
        self.model.tick(ids if self._kept is None else ids & self._kept)
        self._kept = None

    def _show_waves(self, listed: Listed) -> None:
        self._waves = listed.waves
        ids = [None, *(wave.id for wave in self._waves)]
        self.wave.blockSignals(True)
        self.wave.clear()
        self.wave.addItems([self.context.words("All programs"), *map(str, self._waves)])
        self.wave.setCurrentIndex(ids.index(listed.wave_id))
        self.wave.blockSignals(False)
        self._wave = self._chosen_wave()

    def _say_cut(self, count: int) -> None:
        words = self.context.words
        text = words(
            "The {count} visits that were handed in last. Choose a wave to see older ones.",
            count=words.figure(count),
        )
        self.cut.setText(text)
        self.cut.setVisible(bool(count))

    def _chosen_wave(self) -> WaveChoice | None:
        at = self.wave.currentIndex()
        return self._waves[at - 1] if at > 0 else None

    @property
    def _product(self) -> Product | None:
        return PRODUCTS[max(0, self.product.currentIndex())]

    def _count(self) -> None:
        words = self.context.words
        count = len(self.model.ticked) * len(languages_of(self._language))
        text = words.plural("Make {count} PDF", "Make {count} PDFs", count)
        if self._product is not None:
            text = button_words(words, self._product)
        elif not count:
            text = words("Make PDFs")
        self.make.set_caption(text)
        able = self._wave is not None if self._product is Product.PROGRAM else count > 0
        self.make.setEnabled(able and self.settled and not self.run.busy)
        self.make.setVisible(self.batching.run is None)

    def _say_note(self) -> None:
        words = self.context.words
        text = note_words(words, self._product)
        if self._product is Product.PROGRAM and self._wave is None:
            text = words("Choose a wave: the program report tells of one.")
        self.note.setText(text)

    # what the person does

    def _choose_product(self, _: int) -> None:
        self._choices.offer_template(on=self._product is None)
        self._language = self._choices.chosen_language
        self._say_note()
        self._count()

    def _choose_wave(self, _: int) -> None:
        self._wave = self._chosen_wave()
        self._read()

    def _choose_which(self, _: int) -> None:
        self._read()

    def _tick_all(self) -> None:
        self.model.tick({visit.id for visit in self.model.visits})

    def _tick_none(self) -> None:
        self.model.tick(set())

    def _choose_language(self, _: int) -> None:
        self._language = self._choices.chosen_language
        self._count()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.context.words("Folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_folder)
        open_dialog(dialog)

    def set_folder(self, path: str) -> None:
        self._folder = Path(path)
        self.folder.setText(path)

    def _make(self) -> None:
        ticked = self.model.ticked
        visits = {visit.id: visit for visit in self.model.visits if visit.id in ticked}
        chosen = tuple(visits)
        product = self._product
        wave_id = None if self._wave is None else self._wave.id
        if product is None:
            worn = self.template.worn
            self._begin(Batch(chosen, self._language, self._folder, worn, wave_id))
            return
        wanted = Wanted(product, chosen, self._language, self._folder, wave_id)
        self._start(Shown(CollectRun(self.context, wanted, self), self._folder, visits))

    def _begin(self, batch: Batch) -> None:
        """One file each; visits that are no more here are left out."""
        self._batch = batch
        self._count()
        self.context.ask(read_visits, batch.visits, done=self._begin_with)

    def _begin_with(self, visits: dict[int, VisitRecord]) -> None:
        batch, self._batch = self._batch, None
        if batch is None:
            return
        kept = replace(batch, visits=tuple(each for each in batch.visits if each in visits))
        chosen = batch.worn.template_id
        name = self.template.itemText(self.template.findData(chosen)) if chosen else ""
        self._start(Shown(BatchRun(self.context, kept, self), batch.folder, visits, name))

    def _start(self, shown: Shown) -> None:
        self._runs.begin(shown)
        self._show_run(shown)
        shown.run.start()
        self._count()

    def _show_run(self, shown: Shown) -> None:
        """One that begins, or that went on while one looked at other things."""
        run = shown.run
        self.run.watch(run, shown.folder)
        if isinstance(run, BatchRun):
            self.batching.show_run(run, shown)
        self._count()
        if run.over:
            self._ended()

    def _find(self) -> None:
        """Ctrl+F: in the list of the run."""
        if self.batching.run is not None and self.batching.table.search.isVisible():
            self.batching.table.search.setFocus()

    def _ended(self) -> None:
        shown = self._runs.present
        if shown is None:
            return
        run, words, failed = shown.run, self.context.words, []
        for each in run.failures:
            visit, told = shown.visits.get(each.visit_id), self.context.sentence(each.error)
            failed.append(f"{visit.number}: {told}" if visit is not None else told)
        if isinstance(run, BatchRun):
            failed += [self.context.sentence(each.error) for each in run.merge_failures]
        missed = [] if run.missed is None else [run.missed.line(words)]
        self.run.tell([*failed, *(each.line(words) for each in run.beside), *missed])
        self._count()

    def leave(self) -> bool:
        """A run of many goes on; one file is waited for."""
        shown = self._runs.present
        if shown is not None and isinstance(shown.run, CollectRun) and self._runs.busy:
            words = self.context.words
            text = words("Reports are being made. Cancel them first, or wait.")
            Callout.show_beside(self.run.cancel, text)
            return False
        self._runs.leave_for(self.window())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.run.busy:
            self.run.stop()
        elif event.key() == Qt.Key.Key_Space and self.batching.run is not None:
            self.run.pause_or_go_on()
        else:
            super().keyPressEvent(event)

    # shape and place

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(NARROW)
        px = self.context.theme.px
        share = max(NARROW_PANE, min(px(NARROW_PANE), round(self.width() * 0.3)))
        self._side.setFixedWidth(share if narrow else px(PANE))
        for column in (CODE, DAY):
            self.table.setColumnHidden(column, narrow)
        left = self.width() - self._side.width() - 48
        self.batching.table.set_narrow(left, narrow=narrow)
        self.table.setColumnHidden(NUMBER, left < px(LOW))
        filters = self.which.sizeHint().width() + self.every.sizeHint().width()
        beside = filters + self.none.sizeHint().width() + 16 <= left
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._filter_row.setDirection(across if beside else down)

    def place(self) -> Place:
        ticked = frozenset(self.model.ticked)
        wave_id = None if self._wave is None else self._wave.id
        return Place(
            self.which.index == 0, self.product.currentIndex(), wave_id, ticked, self._language,
            self._folder, self.template.currentData(),
        )  # fmt: skip

    def return_to(self, place: Any) -> None:
        if isinstance(place, Place):
            self.which.choose(0 if place.latest else 1)
            self._kept = place.ticked
            self._wanted_wave = place.wave_id
            self._wanted_template = place.template
            self.product.setCurrentIndex(place.product)
            self._language = place.language
            self._choices.choose_language(place.language)
            self.set_folder(str(place.folder))

    def focus_first(self) -> None:
        if self.model.visits and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.table.setFocus()
