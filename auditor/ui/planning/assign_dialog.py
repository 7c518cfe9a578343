"""Who makes these visits: every evaluator, best first, and what speaks against each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from auditor.domain.assignments import AssignmentRecord
from auditor.domain.folding import matches
from auditor.ui.commands import planning
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.rows import Column, RowModel, RowTable
from auditor.ui.kit.text import Label
from auditor.ui.planning import phrases
from auditor.ui.planning.conflicts import Sentences
from auditor.ui.planning.deeds import who
from auditor.ui.planning.filters import SearchLine
from auditor.ui.theme import Ink, Tone, Type, current
from auditor.words import Words

if TYPE_CHECKING:
    from auditor.services.assignments import Choice


def columns(words: Words) -> tuple[Column, ...]:
    def verdict(choice: Choice) -> tuple[str, Tone, str]:
        count = len(choice.conflicts)
        if not count:
            return words("Fits"), Tone.SUCCESS, "circle-check"
        said = words.plural("{count} rule broken", "{count} rules broken", count)
        return said, Tone.WARNING, "triangle-alert"

    return (
        Column(words("Evaluator"), lambda c: c.evaluator.code, strong=True,
               note=lambda c: c.evaluator.name),
        Column(words("Home region"), lambda c: phrases.region(c.evaluator.region), 190, spare=True),
        Column(words("In this wave"), lambda c: str(c.load), 100, right=True),
        Column("", lambda c: verdict(c)[0], 150, chip=verdict),
    )  # fmt: skip


class AssignDialog(Dialog):
    """``done_(Act, evaluator)`` once it is on disk; "" is nobody. Up and down choose while one
    types; what speaks against the choice stands below, then the button says "anyway"."""

    done_ = Signal(object, str)

    def __init__(
        self, context: AppContext, records: Sequence[AssignmentRecord], parent: QWidget
    ) -> None:
        words = context.words
        super().__init__(words("Who makes {visits}?", visits=who(words, records)), parent,
                         width=680)  # fmt: skip
        self._context, self._ids = context, phrases.ids(records)
        self._choices: tuple[Choice, ...] = ()
        self._anyway = False
        self.search = SearchLine(words("Search code, name, language, qualification"))
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.body.addWidget(self.search)
        self.rows = RowModel(columns(words), lambda choice: choice.evaluator.id, ticks=False,
                             parent=self)  # fmt: skip
        self.table = RowTable(self.rows, words("Evaluators"), height=300)
        self.table.setMinimumHeight(current().px(130))
        self.table.moved.connect(self._moved)
        self.table.opened.connect(self._take)
        self.body.addWidget(self.table, 1)
        self.against = Sentences(words, most=130)
        self.body.addWidget(self.against)
        self.none = Label(words("Looking at everybody…"), Type.HELP, Ink.TEXT2, wrap=True)
        self.body.addWidget(self.none)
        self._add_foot(any(record.evaluator for record in records))
        self._moved(None)
        planning.fitting(context, self._ids, self._show)
        self.search.setFocus()

    def _add_foot(self, assigned: bool) -> None:
        words = self._context.words
        self.nobody = Button(words("Take the evaluator off"), Kind.TEXT)
        self.nobody.clicked.connect(self._take_off)
        self.foot.insertWidget(0, self.nobody)
        self.nobody.setVisible(assigned)
        cancel = self.add_button(Button(words("Cancel"), hint="Esc"))
        cancel.clicked.connect(self.reject)
        self.yes = self.add_button(Button(words("Assign"), Kind.PRIMARY, hint="Enter"))
        self.yes.clicked.connect(self._take)
        self.yes.setDefault(True)

    def _show(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._fill()

    def _fill(self) -> None:
        query = self.search.text()
        held = self.table.record
        found = [c for c in self._choices if matches(query, *_texts(c))]
        self.rows.show(found, more=False)
        if found and not (held and self.table.go_to(held.evaluator.id)):
            self.table.go_to(found[0].evaluator.id)
        words = self._context.words
        self.none.setVisible(not found)
        if self._choices or not found:
            self.none.setText(words("Nobody is called that.") if self._choices else words(
                "There is no evaluator yet. Add them under Evaluators."))  # fmt: skip
        self._moved(self.table.record)

    def _moved(self, choice: Any) -> None:
        words = self._context.words
        conflicts = choice.conflicts if choice is not None else ()
        self._anyway = bool(conflicts)
        self.yes.setEnabled(choice is not None)
        self.yes.set_caption(words("Assign anyway") if conflicts else words("Assign"))
        self.against.tell(conflicts)
        self._show_against(bool(conflicts))

    def _show_against(self, on: bool) -> None:
        self.against.setVisible(on)
        if on and self.isVisible():
            self.fit()

    def _take(self, *_: object) -> None:
        choice = self.table.record
        if choice is not None and self.yes.isEnabled():
            self._send(choice.evaluator.id, choice.evaluator.code)

    def _take_off(self) -> None:
        self._send(None, "")

    def _send(self, evaluator_id: int | None, code: str) -> None:
        self.yes.setEnabled(False)

        def done(act: Act) -> None:
            self.accept()
            self.done_.emit(act, code)

        planning.assign(self._context, self._ids, evaluator_id, anyway=self._anyway, done=done,
                        failed=self._refused)  # fmt: skip

    def _refused(self, error: Any) -> None:
        """A rule was broken meanwhile, or a visit has begun."""
        conflicts = getattr(error, "conflicts", ())
        self.yes.setEnabled(True)
        self._anyway = bool(conflicts)
        if conflicts:
            self.against.tell(conflicts)
        else:
            self.against.say(self._context.sentence(error))
        self._show_against(True)
        if conflicts:
            self.yes.set_caption(self._context.words("Assign anyway"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in moves
        ):
            self.table.event(event)
            return True
        return super().eventFilter(watched, event)


def _texts(choice: Choice) -> tuple[str, ...]:
    who_ = choice.evaluator
    return (who_.code, who_.name, who_.region, *who_.languages, *who_.qualifications)
