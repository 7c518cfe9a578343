"""Add an action by hand; choose a visit; why an action is dropped; an owner and day for many."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.action_words import CAUSE_NAMES
from auditor.domain.actions import LONGEST, ActionInput
from auditor.domain.records import LocationRecord
from auditor.ui.actions import chooser
from auditor.ui.actions.chooser import Chooser
from auditor.ui.actions.day_field import DayField
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.commands import actions as commands
from auditor.ui.commands.acts import Act
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.field import Field, Labelled, Select
from auditor.ui.kit.tall import TallArea
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Type, current
from auditor.words import Words
from forms.tags import Cause

LOW, WIDTH = 640, 640


def cause_select(words: Words) -> Select:
    """The first choice is none."""
    select = Select()
    select.addItem(words("Not said"), None)
    for cause in Cause:
        select.addItem(words(CAUSE_NAMES[cause]), cause.value)
    return select


def chosen_cause(select: Select) -> Cause | None:
    value = select.currentData()
    return Cause(value) if value else None


def _foot(dialog: Dialog, words: Words, caption: str) -> Button:
    cancel = dialog.add_button(Button(words("Cancel"), hint="Esc"))
    cancel.clicked.connect(dialog.reject)
    return dialog.add_button(Button(caption, Kind.PRIMARY))


class AddActionDialog(Dialog):
    """``added(Act)`` of the ActionRecord once it is on disk."""

    added = Signal(object)

    def __init__(
        self, context: AppContext, parent: QWidget, location: LocationRecord | None = None
    ) -> None:
        words = context.words
        super().__init__(words("Add an action"), parent, width=WIDTH)
        self._context, self._location = context, location
        self.place = Chooser(context, chooser.locations(words), height=150)
        self.place.chosen.connect(self._take_place)
        area = TallArea(WIDTH - 48)
        self.body.addWidget(area)
        area.body.addWidget(Label(words("Location"), Type.HELP, Ink.TEXT2))
        area.body.addWidget(self.place)
        self.chosen = Label("", Type.STRONG, wrap=True)
        area.body.addWidget(self.chosen)
        # Large text meets a low window.
        lines = 1 if parent.window().height() < current().px(LOW) else 2
        self.finding = Labelled(
            words("Finding"), TextInput(words("Finding"), lines=lines, parent=self)
        )
        self.action = Labelled(
            words("Action"), TextInput(words("Action"), lines=lines, parent=self)
        )
        area.body.addWidget(self.finding)
        area.body.addWidget(self.action)
        row = QHBoxLayout()
        row.setSpacing(12)
        area.body.addLayout(row)
        self.cause = cause_select(words)
        self.owner = Field(words("Owner"), placeholder=words("Store manager"))
        self.owner.edit.setMaxLength(LONGEST["owner"])
        self.due = DayField(words, words("Due day"))
        row.addWidget(Labelled(words("Cause"), self.cause), 1)
        row.addWidget(self.owner, 1)
        row.addWidget(self.due, 1)
        self.save = _foot(self, words, words("Add the action"))
        self.save.clicked.connect(self._save)
        self.place.moved.connect(self._look)
        self._show_place()

    def _show_place(self) -> None:
        place = self._location
        self.place.setVisible(place is None)
        self.chosen.setVisible(place is not None)
        if place is not None:
            self.chosen.setText(f"{place.name} · {place.code}")
            self.finding.control.setFocus()
        else:
            self.place.edit.setFocus()

        self._look()

    def _look(self) -> None:
        self.save.setEnabled((self._location or self.place.current) is not None)

    def _take_place(self, place: LocationRecord) -> None:
        self._location = place
        self._show_place()
        self.fit()

    def _save(self) -> None:
        place = self._location or self.place.current
        for field in (self.finding.control, self.action.control):
            field.commit_input()
        self.finding.set_error(None)
        if place is None or not self.due.check():
            return
        self.save.setEnabled(False)
        given = ActionInput(
            self.finding.control.text(), self.action.control.text(), chosen_cause(self.cause),
            self.owner.text(), self.due.day,
        )  # fmt: skip
        commands.add(self._context, place.id, given, self._added, self._refused)

    def _added(self, act: Act) -> None:
        self.accept()
        self.added.emit(act)

    def _refused(self, error: Any) -> None:
        self.save.setEnabled(True)
        self.finding.set_error(self._context.sentence(error))
        self.finding.control.setFocus()
        self.fit()


class ChooseVisitDialog(Dialog):
    """``visit_chosen(visit)``."""

    visit_chosen = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        words = context.words
        super().__init__(words("Actions from a visit"), parent, width=560)
        self.say(words("Choose the visit whose findings are to be put right."))
        self.visits = Chooser(context, chooser.visits(words), height=300)
        self.visits.chosen.connect(self._take)
        self.body.addWidget(self.visits, 1)
        self.go_on = _foot(self, words, words("Show its findings"))
        self.go_on.clicked.connect(self._go_on)
        self.visits.moved.connect(self._look)
        self._look()
        self.visits.edit.setFocus()

    def _look(self) -> None:
        self.go_on.setEnabled(self.visits.current is not None)

    def _go_on(self) -> None:
        if self.visits.current is not None:
            self._take(self.visits.current)

    def _take(self, visit: object) -> None:
        self.accept()
        self.visit_chosen.emit(visit)


class ReasonDialog(Dialog):
    """``given(reason)``."""

    given = Signal(str)

    def __init__(self, words: Words, count: int, parent: QWidget) -> None:
        super().__init__(
            words.plural("Drop {count} action?", "Drop {count} actions?", count), parent
        )
        self.words = words
        self.say(words("It leaves the reports of its location. The reason is kept in its notes."))
        self.reason = Labelled(words("Reason"), TextInput(words("Reason"), lines=2, parent=self))
        self.body.addWidget(self.reason)
        self.yes = _foot(self, words, words("Drop"))
        self.yes.clicked.connect(self._give)
        self.reason.control.setFocus()

    def _give(self) -> None:
        self.reason.control.commit_input()
        reason = self.reason.control.text().strip()
        if not reason:
            self.reason.set_error(self.words("Say why it is dropped."))
            self.reason.control.setFocus()
            return
        self.accept()
        self.given.emit(reason)


class AssignDialog(Dialog):
    """``given(owner or None, due or None)``: what is left empty stays as it is."""

    given = Signal(object, object)

    def __init__(self, words: Words, count: int, parent: QWidget) -> None:
        title = words.plural(
            "Owner and day of {count} action", "Owner and day of {count} actions", count
        )
        super().__init__(title, parent)
        self.say(words("What is left empty stays as it is."))
        self.owner = Field(words("Owner"), placeholder=words("Store manager"))
        self.owner.edit.setMaxLength(LONGEST["owner"])
        self.due = DayField(words, words("Due day"))
        self.body.addWidget(self.owner)
        self.body.addWidget(self.due)
        self.yes = _foot(self, words, words("Save"))
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._give)
        self.owner.edit.setFocus()

    def _give(self) -> None:
        if not self.due.check():
            return
        owner, due = self.owner.text() or None, self.due.day
        self.accept()
        if owner is not None or due is not None:
            self.given.emit(owner, due)
