"""Who has how much to do in a wave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.domain.assignments import OPEN, EvaluatorLoad
from auditor.domain.visits import VisitStatus
from auditor.ui.commands import planning
from auditor.ui.commands.planning import Board
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.rows import Chip, Column, RowModel, RowTable
from auditor.ui.planning.foot import Foot
from auditor.ui.theme import Tone
from auditor.words import Words


def columns(words: Words, most: int, whole: Callable[[], int]) -> tuple[Column, ...]:
    """``most``: visits that one evaluator may have in the wave, 0 for any number; ``whole()`` is
    what the bars are of."""

    def late(load: EvaluatorLoad) -> Chip | None:
        if not load.overdue:
            return None
        return words("{count} overdue", count=load.overdue), Tone.DANGER, "alarm-clock"

    def full(load: EvaluatorLoad) -> str:
        return words("{count} of {most}", count=load.total, most=most) if most else str(load.total)

    def bar(load: EvaluatorLoad) -> tuple[tuple[float, Tone], ...]:
        return tuple(
            (count / whole(), tone) for count, tone in zip(parts(load), _TONES, strict=True)
        )

    return (
        Column(words("Evaluator"), lambda r: r.code, strong=True, note=lambda r: r.name),
        Column(words("Visits"), full, 92, right=True),
        Column("", full, 150, bar=bar, spare=True),
        Column(words("Handed in"), lambda r: str(parts(r)[0]), 96, right=True),
        Column(words("Begun"), lambda r: str(parts(r)[1]), 92, right=True, spare=True),
        Column(words("Not begun"), lambda r: str(parts(r)[2]), 114, right=True),
        Column("", lambda r: str(r.overdue) if r.overdue else "", 132, chip=late),
    )


NARROW = 760
_TONES = (Tone.SUCCESS, Tone.ACCENT, Tone.NEUTRAL)


def parts(load: EvaluatorLoad) -> tuple[int, int, int]:
    """Handed in, begun, not begun."""
    waiting = sum(load.by_status.get(status, 0) for status in OPEN)
    planned = load.by_status.get(VisitStatus.PLANNED, 0)
    return load.total - waiting, waiting - planned, planned


class LoadView(QWidget):
    """``visits_wanted(evaluator id)``, ``replace_wanted(EvaluatorLoad)``, ``staff_wanted()`` for
    the visits that have nobody."""

    visits_wanted = Signal(int)
    replace_wanted = Signal(object)
    staff_wanted = Signal()

    def __init__(self, context: AppContext, wave_id: int, most: int) -> None:
        super().__init__()
        words = context.words
        self.context, self.words, self._wave = context, words, wave_id
        self._busiest = 1
        self.rows = RowModel(columns(words, most, self._whole), lambda load: load.evaluator_id,
                             ticks=False, parent=self)  # fmt: skip
        self._most = most
        self.table = RowTable(self.rows, words("Work of the evaluators"))
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._foot())
        self._look()

    def _whole(self) -> int:
        return max(self._most, self._busiest)

    def _foot(self) -> Foot:
        words = self.words
        foot = Foot()
        self.show_ = Button(words("Show their visits"), Kind.SOFT, hint="Enter", height=34)
        self.replace = Button(words("Replace the evaluator…"), Kind.SOFT, height=34)
        self.staff = Button(words("Assign unassigned visits…"), Kind.SOFT, icon="users", height=34)
        for button, slot in ((self.show_, self._open), (self.replace, self._replace),
                             (self.staff, self.staff_wanted)):  # fmt: skip
            button.clicked.connect(slot)
            foot.row.addWidget(button)
        foot.row.addStretch(1)
        return foot

    def show_board(self, board: Board) -> None:
        count = board.count.unassigned
        self.staff.setVisible(count > 0)
        said = self.words.plural(
            "Assign {count} unassigned visit…", "Assign {count} unassigned visits…", count
        )
        self.staff.set_caption(said)

    def read(self) -> None:
        planning.read_loads(self.context, self._wave, self._show)

    def _show(self, loads: Sequence[EvaluatorLoad]) -> None:
        held = self.table.record
        self._busiest = max((load.total for load in loads), default=1) or 1
        self.rows.replace(loads, more=False)
        if loads and not (held and self.table.go_to(held.evaluator_id)):
            self.table.go_to(loads[0].evaluator_id)
        self._look()

    def _look(self, *_: object) -> None:
        load = self.table.record
        self.show_.setEnabled(load is not None)
        self.replace.setEnabled(load is not None and parts(load)[2] > 0)

    def _open(self, *_: object) -> None:
        if self.table.record is not None:
            self.visits_wanted.emit(self.table.record.evaluator_id)

    def _replace(self) -> None:
        if self.table.record is not None:
            self.replace_wanted.emit(self.table.record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.set_narrow(self.width() < self.context.theme.px(NARROW))

    def focus_first(self) -> None:
        self.table.setFocus()
