"""Plan the visits of a wave: what is wanted at the left, what would come of it at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from auditor.domain.planning import PlanAsk, Rule, Spread, StaffPlan, WavePlan
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.commands.planning import Board
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.card import Line, ScrollArea
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import CheckBox, Labelled, Select
from auditor.ui.kit.segmented import Segmented
from auditor.ui.kit.text import Label
from auditor.ui.planning.phrases import DAYPARTS
from auditor.ui.planning.places_picker import PlacesPicker
from auditor.ui.planning.plan_preview import PlanPreview, nothing_said
from auditor.ui.planning.staffing import StaffingFields
from auditor.ui.planning.wave_dialogs import waves_select
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.theme import Ink, Type, current

LEFT, WIDTH, HEIGHT = 340, 900, 640
#: How long after a change the plan is made anew.
WAIT_MS = 250
MOST_LATE, MOST_EACH = 365, 500


class _Sheet(Dialog):
    """Two columns as high as the window allows; ``preview`` at the right follows what is typed.
    ``done_(Act)`` once the plan is on disk."""

    done_ = Signal(object)

    def __init__(self, context: AppContext, title: str, verb: str, parent: QWidget) -> None:
        words = context.words
        super().__init__(title, parent, width=min(WIDTH, 940))
        self._context, self._turn = context, 0
        self._plan: Any = None
        row = QHBoxLayout()
        self.body.addLayout(row, 1)
        row.setSpacing(0)
        self.left = ScrollArea(margins=(0, 0, 14, 0), spacing=14)
        self.left.setFixedWidth(current().px(LEFT))
        row.addWidget(self.left)
        row.addWidget(Line(upright=True))
        self.preview = PlanPreview(words)
        row.addWidget(self.preview, 1)
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.yes = self.add_button(Button(verb, Kind.PRIMARY))
        self.yes.clicked.connect(self._make)
        self.yes.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def fit(self) -> None:
        super().fit()
        parent = self.parentWidget()
        window = self if parent is None else parent.window()
        width = min(current().px(WIDTH), window.width() - 32)
        self.setMinimumWidth(min(self.minimumWidth(), width))
        self.resize(width, min(current().px(HEIGHT), window.height() - 24))

    def sizeHint(self) -> QSize:
        return QSize(current().px(WIDTH), current().px(HEIGHT))

    def _later(self, *_: object) -> None:
        """What is wanted changed: the plan that is shown is not it any more."""
        self.yes.setEnabled(False)
        self._timer.start()

    def _ask(self) -> None:
        raise NotImplementedError

    def _make(self) -> None:
        raise NotImplementedError

    def _refused(self, error: Any) -> None:
        self.preview.say(self._context.sentence(error), Ink.DANGER)
        self.yes.setEnabled(False)

    def _made(self, act: Act) -> None:
        self.accept()
        self.done_.emit(act)

    def _not_made(self, error: Any) -> None:
        """Something changed since the preview: it is made anew, and why is said."""
        if getattr(error, "code", "") == "plan_changed":
            self._context.report_error(error, self.yes)
            self._ask()
        else:
            self._refused(error)

    def _part(self, title: str, *widgets: QWidget) -> None:
        column = QVBoxLayout()
        self.left.body.addLayout(column)
        column.setSpacing(8)
        column.addWidget(Label(title, Type.STRONG))
        for widget in widgets:
            column.addWidget(widget)


class PlanDialog(_Sheet):
    def __init__(self, context: AppContext, board: Board, parent: QWidget) -> None:
        words = context.words
        wave = board.wave
        title = words("Plan the visits of {wave}", wave=wave.name if wave else "")
        super().__init__(context, title, words("Plan"), parent)
        self._board = board
        self._add_waves()
        self._add_places()
        self._add_rule()
        self._add_days()
        self._add_people()
        self.left.body.addStretch(1)
        self.preview.say(words("Counting…"))
        self._timer.start()
        self.rule.setFocus()

    def _add_waves(self) -> None:
        words = self._context.words
        self.waves = waves_select(words, self._board)
        self.waves.activated.connect(self._later)
        field = Labelled(words("Waves"), self.waves)
        self.left.body.addWidget(field)
        field.setVisible(self.waves.count() > 1)

    def _add_places(self) -> None:
        program = self._board.program
        client = program.client_id if program else 0
        self.places = PlacesPicker(self._context, client, self._board.regions)
        self.places.changed.connect(self._later)
        self._part(self._context.words("Locations"), self.places)

    def _add_rule(self) -> None:
        words = self._context.words
        self.rule = Select()
        self.rule.addItem(words("Each up to its quota"), Rule.QUOTA)
        self.rule.addItem(words("Each once"), Rule.ONCE)
        self.rule.addItem(words("So many in each region"), Rule.REGION)
        self.rule.activated.connect(self._rule_chosen)
        self.each = NumberField(
            words, words("In each region"), words("visits"),
            words("Those longest unvisited first."), allowed=Range(1, MOST_EACH, blank=False),
        )  # fmt: skip
        self.each.show_value(5)
        self.each.control.textChanged.connect(self._later)
        self.each.hide()
        rule = Labelled(words("Rule"), self.rule, words(
            "What is planned already counts: planning again tops up."))  # fmt: skip
        self._part(words("How many"), rule, self.each)

    @property
    def _rule(self) -> Rule:
        """Qt hands an enum of text back as text."""
        return Rule(self.rule.currentData())

    def _rule_chosen(self) -> None:
        self.each.setVisible(self._rule is Rule.REGION)
        self._later()

    def _add_days(self) -> None:
        words = self._context.words
        self.spread = Segmented([words("A day each"), words("No fixed day")], words("Days"),
                                stretch=True)  # fmt: skip
        self.spread.changed.connect(self._spread_chosen)
        self.late = NumberField(words, words("Due after"), words("days"), words(
            "So long after its day, and never after the last day of the wave."),
            allowed=Range(0, MOST_LATE, blank=False))  # fmt: skip
        self.late.show_value(3)
        self.late.control.textChanged.connect(self._later)
        self.parts = QWidget()
        grid = QGridLayout(self.parts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self.dayparts = []
        for at, (part, name) in enumerate(DAYPARTS.items()):
            tick = CheckBox(words(name))
            tick.setProperty("daypart", part.value)
            tick.clicked.connect(self._later)
            grid.addWidget(tick, at // 2, at % 2)
            self.dayparts.append((part, tick))
        said = Label(words("Dayparts, given out in turn; none is any."), Type.HELP, Ink.TEXT2,
                     wrap=True)  # fmt: skip
        self._part(words("Days"), self.spread, self.late, said, self.parts)

    def _spread_chosen(self, index: int) -> None:
        self.late.setVisible(index == 0)
        self._later()

    def _add_people(self) -> None:
        self.people = StaffingFields(self._context.words)
        self.people.changed.connect(self._later)
        self._part(self._context.words("Evaluators"), self.people)

    def ask(self) -> PlanAsk | None:
        """What is typed; None where a number cannot be read."""
        if self.late.wrong or self.each.wrong:
            return None
        return PlanAsk(
            locations=self.places.locations,
            where=self.places.where,
            rule=self._rule,
            per_region=self.each.whole,
            spread=Spread.OPEN if self.spread.index else Spread.DAYS,
            days_late=self.late.whole,
            dayparts=tuple(part for part, tick in self.dayparts if tick.isChecked()),
            staffing=self.people.staffing,
        )

    def _ask(self) -> None:
        ask = self.ask()
        if ask is None:
            return
        self._turn += 1
        turn = self._turn
        waves = [wave.id for wave in self._board.later[: self.waves.currentData()]]

        def show(plan: WavePlan) -> None:
            if turn == self._turn:
                self._show(plan)

        def refuse(error: Any) -> None:
            if turn == self._turn:
                self._refused(error)

        planning.preview(self._context, waves, ask, show, refuse)

    def _show(self, plan: WavePlan) -> None:
        words = self._context.words
        self._plan = plan
        count = len(plan.visits)
        self.yes.setEnabled(count > 0 and not self._timer.isActive())
        self.yes.set_caption(
            words.plural("Plan {count} visit", "Plan {count} visits", count)
            if count
            else words("Plan")
        )
        if count:
            self.preview.show_plan(plan)
        else:
            self.preview.say(nothing_said(words, plan))

    def _make(self) -> None:
        if self._plan is not None:
            self.yes.setEnabled(False)
            planning.make(self._context, self._plan, self._made, self._not_made)


class StaffDialog(_Sheet):
    """Evaluators for the visits of a wave that have nobody."""

    def __init__(self, context: AppContext, board: Board, parent: QWidget) -> None:
        words = context.words
        super().__init__(context, words("Assign unassigned visits"), words("Assign"), parent)
        self._wave = board.wave.id if board.wave else 0
        self.people = StaffingFields(words, always=True)
        self.people.changed.connect(self._later)
        self._part(words("Evaluators"), self.people)
        self.left.body.addStretch(1)
        self.preview.say(words("Counting…"))
        self._timer.start()
        self.people.languages.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        staffing = self.people.staffing
        if staffing is not None:
            planning.staff_preview(self._context, [self._wave], staffing, self._show,
                                   self._refused)  # fmt: skip

    def _show(self, plan: StaffPlan) -> None:
        self._plan = plan
        count = len(plan.staffed)
        self.yes.setEnabled(count > 0 and not self._timer.isActive())
        self.preview.show_staff(plan)

    def _make(self) -> None:
        if self._plan is not None:
            self.yes.setEnabled(False)
            planning.staff(self._context, self._plan, self._made, self._not_made)
