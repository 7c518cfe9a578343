"""Reports: choose a wave, visits, what to make of them, a language and a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

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
from auditor.ui.kit.files import open_dialog
from auditor.ui.kit.header import Header
from auditor.ui.reports.batching import Batching
from auditor.ui.reports.choices import Choices
from auditor.ui.reports.products import PRODUCTS, Place, button_words, note_words
from auditor.ui.reports.running import RunCard
from auditor.ui.reports.visit_list import VisitList
from auditor.ui.screen import Screen

PANE, NARROW_PANE = 308, 252
#: Below this width the pane is narrower and the table has fewer columns.
NARROW = 1060


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.run = RunCard(self.context.words)
        self.run.ended.connect(self._ended)
        self.batching = Batching(self.context, self.run, self)
        column.addWidget(self._header())
        row = QHBoxLayout()
        row.setSpacing(0)
        column.addLayout(row, 1)
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 20)
        left.setSpacing(12)
        row.addLayout(left, 1)
        left.addWidget(self.batching.offer)
        left.addWidget(self.run)
        middle, right = QStackedLayout(), QStackedLayout()
        left.addLayout(middle, 1)
        self._side = QWidget()
        self._side.setLayout(right)
        row.addWidget(self._side)
        middle.addWidget(self._visit_list())
        middle.addWidget(self.batching.table)
        right.addWidget(self._pane())
        right.addWidget(self.batching.pane)
        self.batching.place(middle, right)
        self._connect()

    def _connect(self) -> None:
        self.batching.wanted.connect(self._begin)
        self.batching.turned.connect(self._count)
        self.batching.table.visit_wanted.connect(self.report_wanted)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find)

    def _header(self) -> Header:
        words = self.context.words
        self.header = Header(words("Reports"))
        self.make = Button(words("Make PDFs"), Kind.PRIMARY, icon="file-text")
        self.make.clicked.connect(self._make)
        self.header.add(self.make)
        self.header.add_chip(self.batching.chip)
        return self.header

    def _visit_list(self) -> VisitList:
        found = self.visits = VisitList(self.context.words)
        self.which, self.model, self.table, self.cut = (
            found.which, found.model, found.table, found.cut,
        )  # fmt: skip
        found.which.changed.connect(self._choose_which)
        found.model.changed.connect(self._count)
        found.opened.connect(self.report_wanted)
        return found

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
        self._say_note()
        self.visits.show_listed(listed, self._kept)
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
        free = self.settled and not self.run.busy
        self.make.setEnabled(able and free)
        self.batching.resume.setEnabled(free)
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
        self.context.ask(read_visits, batch.visits, done=self._begin_with, failed=self._not_begun)

    def _not_begun(self, error: Exception) -> None:
        self._batch = None
        self._count()
        self.context.report_error(error)

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
        left = self.width() - self._side.width() - 48
        self.batching.table.set_narrow(left, narrow=narrow)
        self.visits.set_narrow(left, narrow=narrow)

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
