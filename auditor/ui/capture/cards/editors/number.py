"""``integer`` and ``decimal``: typed with either decimal separator, or by − and +."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.ui.capture.cards.answers import advance
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.groups import Group
from auditor.ui.capture.cards.inputs import LineInput
from auditor.ui.capture.cards.typed import read_decimal, read_integer, show_number
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.text import Label
from auditor.ui.theme import Ink, Tone, Type, current
from forms.questions.base import Band
from forms.questions.kinds.number import Banded


class NumberEditor(Editor):
    def __init__(self, desk: Desk, group: Group, parent: QWidget | None = None) -> None:
        super().__init__(desk, group, parent)
        self._wrong = False
        kind = self.current.kind
        assert isinstance(kind, Banded)
        self._kind = kind
        self.field = LineInput(self.draft.text(group.question.label), "", self)
        self.field.setFixedWidth(current().px(132))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._add_unit(self.draft.text(kind.unit))
        self.less = self._stepper("minus", self.words("One less"))
        self.more = self._stepper("plus", self.words("One more"))
        self.band = Chip("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.field, self.less, self.more, self.band):
            row.addWidget(widget)
        self.less.clicked.connect(self._one_less)
        self.more.clicked.connect(self._one_more)
        self.field.typed.connect(self._typed)
        self.field.left.connect(self._leave_field)
        self.field.returnPressed.connect(self._finish)

    def _add_unit(self, unit: str) -> None:
        if not unit:
            return
        label = Label(unit, Type.HELP, Ink.TEXT3, parent=self.field)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        room = advance(unit, Type.HELP, 400) + 12
        self.field.setFixedWidth(current().px(112) + room)
        self.field.setTextMargins(0, 0, room, 0)
        label.adjustSize()
        top = (self.field.height() - label.height()) // 2
        label.move(self.field.width() - label.width() - 12, top)

    def _stepper(self, icon: str, name: str) -> Button:
        button = Button("", Kind.OUTLINE, icon=icon, name=name, height=40, parent=self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _read(self, text: str) -> int | Decimal | None:
        return read_decimal(text)

    def _exact(self, value: int | Decimal) -> int | Decimal:
        return Decimal(value)

    @property
    def _value(self) -> int | Decimal | None:
        value = self.draft.answer(self.current).value
        return value if isinstance(value, (int, Decimal)) else None

    def refresh(self) -> None:
        value = self._value
        shown = "" if value is None else show_number(value, self.draft.language)
        resting = value is not None and not self.field.hasFocus()
        if self._read(self.field.text()) != value or resting:
            self.field.show_text(shown)
        self._show_band(None if value is None else self._kind.band(value))

    def _show_band(self, band: Band | None) -> None:
        label = "" if band is None else self.draft.text(band.label)
        self.band.setVisible(bool(label))
        if band is not None and label:
            bad = self.draft.filling.fails(self.current)
            tone, icon = (Tone.DANGER, "x") if bad else (Tone.SUCCESS, "check")
            self.band.set(label, tone, icon)

    def _typed(self, text: str) -> None:
        self.draft.set_value(self.current, self._read(text), typing=True)

    def complaint(self) -> str:
        return self.words("This is no number.") if self._wrong else ""

    def _leave_field(self) -> None:
        text = self.field.text().strip()
        self._wrong = bool(text) and self._read(text) is None
        self.field.set_wrong(self._wrong)
        self.draft.end_typing()
        self.refresh()
        self.left.emit()

    def _finish(self) -> None:
        self._leave_field()
        if not self._wrong:
            self.done.emit()

    def _one_less(self) -> None:
        self._step_value(-1)

    def _one_more(self) -> None:
        self._step_value(1)

    def _step_value(self, delta: int) -> None:
        self._wrong = False
        self.field.set_wrong(False)
        self.draft.set_value(self.current, self._exact((self._value or 0) + delta))

    def enter(self) -> bool:
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def type_text(self, text: str) -> bool:
        self.enter()
        self.field.setText(text)
        return True

    def clear(self) -> None:
        self._wrong = False
        self.field.set_wrong(False)
        self.field.show_text("")
        super().clear()

    def commit_input(self) -> None:
        self.field.commit_input()


class IntegerEditor(NumberEditor):
    def _read(self, text: str) -> int | None:
        return read_integer(text)

    def _exact(self, value: int | Decimal) -> int:
        return int(value)

    def complaint(self) -> str:
        return self.words("This is no whole number.") if self._wrong else ""


class DecimalEditor(NumberEditor):
    """Takes "12.5" and "12,5"."""
