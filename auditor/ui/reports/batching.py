"""A run of many reports on the screen: its table and its pane in the places of the choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedLayout

from auditor.domain.report_choice import Worn
from auditor.ui.commands import batch_kept as commands
from auditor.ui.commands.batch import Batch, BatchRun
from auditor.ui.commands.batch_runs import Runs, Shown
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Banner
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.field import Select
from auditor.ui.reports.run_pane import RunPane
from auditor.ui.reports.run_table import RunTable
from auditor.ui.reports.running import RunCard
from auditor.ui.theme import Tone
from auditor.words import Words

CHOICES, RUN = 0, 1


class TemplateChoice(Select):
    """Which template a run uses; the first is what each client set."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setAccessibleName(words("Template"))
        self.show_templates([])

    def show_templates(self, templates: Sequence[Any]) -> None:
        chosen = self.currentData()
        self.clear()
        self.addItem(self.words("As set for each client"), None)
        for each in templates:
            self.addItem(each.name, each.id)
        self.choose(chosen)

    def choose(self, template_id: int | None) -> None:
        self.setCurrentIndex(max(self.findData(template_id), 0))

    @property
    def worn(self) -> Worn:
        return Worn(template_id=self.currentData())


class Batching(QObject):
    """``wanted(batch)``: a run that was left is gone on with; ``turned()`` when one begins, pauses,
    goes on, ends or is let go."""

    wanted = Signal(object)
    turned = Signal()

    def __init__(self, context: AppContext, card: RunCard, parent: QObject) -> None:
        super().__init__(parent)
        words = context.words
        self._context, self._card = context, card
        self.run: BatchRun | None = None
        self._runs = Runs.of(context)
        self._left: Batch | None = None
        self.table = RunTable(context)
        self.pane = RunPane(words, self._runs)
        self.pane.left.connect(self.go_back)
        self.table.retried.connect(self._retry)
        self.chip = Chip("", Tone.ACCENT)
        self.chip.hide()
        self.offer = Banner("", Tone.ACCENT)
        self.resume = self.offer.add(Button(words("Go on"), Kind.SOFT, icon="play", height=34))
        self.resume.clicked.connect(self._resume)
        self.drop = self.offer.add(Button(words("Forget it"), Kind.TEXT, height=34))
        self.drop.clicked.connect(self._drop)
        self.offer.hide()
        self._stacks: tuple[QStackedLayout, ...] = ()

    def place(self, *stacks: QStackedLayout) -> None:
        """Each has the choices first and what is seen of a run second."""
        self._stacks = stacks

    # one that was left

    def load(self) -> None:
        self._context.ask(commands.read_run, done=self._found)

    def _found(self, left: Batch | None) -> None:
        self._left = left
        if left is None or self.run is not None:
            return
        words = self._context.words
        self.offer.set_text(words.plural(
            "A run of {count} report into {folder} was not finished. What is made stays.",
            "A run of {count} reports into {folder} was not finished. What is made stays.",
            len(left.visits) * len(left.languages), folder=left.folder,
        ))  # fmt: skip
        self.offer.show()

    def _resume(self) -> None:
        if self._left is not None:
            self.wanted.emit(self._left)

    def _drop(self) -> None:
        self._left = None
        self.offer.hide()
        commands.forget_run(self._context)

    # one that runs

    def show_run(self, run: BatchRun, shown: Shown) -> None:
        """One that begins, or that went on while one looked at other things."""
        self.run = run
        self.offer.hide()
        self.table.watch(run, shown.visits)
        self.pane.watch(run, shown.template)
        for stack in self._stacks:
            stack.setCurrentIndex(RUN)
        run.turned.connect(self._say_state)
        run.ended.connect(self._ended)
        self._say_state()
        self.table.table.setFocus()

    def _say_state(self) -> None:
        words, run = self._context.words, self.run
        self.chip.setVisible(run is not None)
        if run is None:
            return
        if run.over:
            tone = Tone.DANGER if run.failures else Tone.SUCCESS
            text, icon = words("Done"), "circle-check"
            if run.cancelled:
                text, tone, icon = words("Stopped"), Tone.NEUTRAL, "square"
            elif run.failures:
                text, icon = words("Done, not all made"), "circle-alert"
            self.chip.set(text, tone, icon)
        elif run.paused:
            self.chip.set(words("Paused"), Tone.WARNING, "pause")
        else:
            self.chip.set(words("Running"), Tone.ACCENT, "loader-circle")
        self.turned.emit()

    def _ended(self) -> None:
        if self.run is not None:
            self.pane.end()
            self._say_state()

    def _retry(self, places: Sequence[int]) -> None:
        run = self.run
        if run is None:
            return
        was_over = run.over
        run.retry(places)
        if was_over and not run.over:
            commands.keep_run(self._context, run.batch)
            self._runs.look()
            self._card.again()
            self.pane.begin()
        self._say_state()

    def go_back(self) -> None:
        """To the visits; the run is over."""
        if self.run is None or not self.run.over:
            return
        self.run = None
        self._runs.let_go()
        self._card.hide()
        self._say_state()
        for stack in self._stacks:
            stack.setCurrentIndex(CHOICES)
        self.turned.emit()
