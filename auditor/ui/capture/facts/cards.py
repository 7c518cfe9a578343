"""The cards of the visit's facts beside its times: staff, receipt, weather, notes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.domain.facts import VisitFacts, Weather
from auditor.ui.capture.cards.answers import HEIGHT, AnswerButton, Option
from auditor.ui.capture.cards.flow import FlowLayout
from auditor.ui.capture.cards.inputs import LineInput, TextInput
from auditor.ui.capture.cards.options import key_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.facts.card import Captioned, FactCard
from auditor.ui.capture.facts.clock_times import WEATHER
from auditor.ui.capture.facts.money import CURRENCIES, read_money, show_money
from auditor.ui.kit.field import Select
from auditor.ui.theme import Tone, current

#: Currencies that are not counted in hundredths, as far as they are offered.
_WHOLE = frozenset({"VND", "JPY", "KRW", "LAK"})


class ProseCard(FactCard):
    """A text as long as one likes; ``read`` and ``name`` say which fact it is."""

    def __init__(
        self,
        desk: Desk,
        icon: str,
        title: str,
        said: str,
        name: str,
        read: Callable[[VisitFacts], str],
        lines: int,
    ) -> None:
        super().__init__(desk, icon, title, said)
        self._name, self._read = name, read
        self.field = TextInput(title, lines=1 if desk.compact else lines, parent=self)
        self.field.typed.connect(self._typed)
        self.field.left.connect(self.end_typing)
        self.body.addWidget(self.field)

    def _typed(self, text: str) -> None:
        self.put(**{self._name: text}, typing=True)

    def refresh(self) -> None:
        self.field.show_text(self._read(self.draft.facts))

    def enter(self) -> bool:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def show_hints(self, on: bool) -> None:
        self.field.setPlaceholderText(self.words("Press Enter to write") if on else "")


def staff_card(desk: Desk) -> ProseCard:
    words = desk.words
    named = words("Whom you met: name, role and what they wore.")
    described = words("Describe: role, uniform, hair. No names.")
    said = named if desk.draft.rules.staff_names else described
    return ProseCard(desk, "users", words("Staff seen"), said, "staff", _staff, 2)


def notes_card(desk: Desk) -> ProseCard:
    words = desk.words
    said = words("For the office: what no question asks. It is never printed.")
    return ProseCard(desk, "notebook-pen", words("Notes"), said, "notes", _notes, 3)


def _staff(facts: VisitFacts) -> str:
    return facts.staff


def _notes(facts: VisitFacts) -> str:
    return facts.notes


class ReceiptCard(FactCard):
    """Number, amount and what was bought. The client never sees them."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, "receipt-text", words("Receipt and purchase"), words(
            "To prove the visit and to pay you back. It is never printed."))  # fmt: skip
        self.number = self._field(words("Receipt number"), 168)
        self.amount = self._field(words("Amount"), 132)
        self.amount.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.currency = Select()
        self.currency.addItems(CURRENCIES)
        self.currency.setAccessibleName(words("Currency"))
        self.currency.setFixedSize(current().px(96), current().reach(HEIGHT))
        self.currency.activated.connect(self._choose_currency)
        self.purchase = LineInput(words("What was bought"), parent=self)
        self.purchase.typed.connect(self._typed_purchase)
        self.purchase.left.connect(self.end_typing)
        self.purchase.returnPressed.connect(self.take_focus)
        self._lay_out()

    def _field(self, name: str, width: int) -> LineInput:
        field = LineInput(name, parent=self)
        field.setFixedWidth(current().px(width))
        field.returnPressed.connect(self._finish)
        return field

    def _lay_out(self) -> None:
        words = self.words
        row = FlowLayout(gap=16)
        row.addWidget(Captioned(words("Receipt number"), self.number))
        row.addWidget(Captioned(words("Amount"), self.amount, self.currency))
        self.body.addLayout(row)
        self.body.addWidget(Captioned(words("What was bought"), self.purchase, wide=True))
        self.number.typed.connect(self._typed_number)
        self.number.left.connect(self.end_typing)
        self.amount.typed.connect(self._typed_amount)
        self.amount.left.connect(self._leave_amount)

    def refresh(self) -> None:
        facts = self.draft.facts
        self.number.show_text(facts.receipt)
        self.purchase.show_text(facts.purchase)
        self.currency.setCurrentIndex(self._currency_row(facts.currency))
        resting = facts.amount is not None and not self.amount.hasFocus()
        if read_money(self.amount.text()) != facts.amount or resting:
            self.amount.show_text(self._shown(facts.amount))
        if not self.amount.hasFocus():
            self._show_problem()

    def _shown(self, amount: Decimal | None) -> str:
        return "" if amount is None else show_money(amount, self.draft.language)

    def _currency_row(self, code: str) -> int:
        """One that is not in the list was chosen elsewhere: it stays to be chosen."""
        if self.currency.findText(code) < 0:
            self.currency.addItem(code)
        return self.currency.findText(code)

    def _show_problem(self) -> None:
        text = self.amount.text().strip()
        amount = read_money(text)
        wrong = bool(text) and amount is None
        said = self.words("This is no amount: type 45.000 or 12,50.") if wrong else ""
        cents = amount is not None and amount != amount.to_integral_value()
        if cents and self.draft.facts.currency in _WHOLE:
            said = self.words("{currency} has no decimals. Look at the receipt again.",
                              currency=self.draft.facts.currency)  # fmt: skip
        self.amount.set_wrong(wrong or bool(said))
        self.problem.set_sentences((said,) if said else ())

    def _typed_number(self, text: str) -> None:
        self.put(receipt=text, typing=True)

    def _typed_amount(self, text: str) -> None:
        self.put(amount=read_money(text), typing=True)

    def _typed_purchase(self, text: str) -> None:
        self.put(purchase=text, typing=True)

    def _leave_amount(self) -> None:
        self.end_typing()
        self.refresh()

    def _choose_currency(self, row: int) -> None:
        self.put(currency=self.currency.itemText(row))

    def _finish(self) -> None:
        after = self.amount if self.sender() is self.number else self.purchase
        after.setFocus(Qt.FocusReason.TabFocusReason)
        after.selectAll()

    def enter(self) -> bool:
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def type_text(self, text: str) -> bool:
        """A figure is an amount."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.setText(text)
        return True

    def lock(self) -> None:
        super().lock()
        self.currency.setEnabled(False)


class WeatherCard(FactCard):
    """One of six, by its digit; Backspace takes it back."""

    def __init__(self, desk: Desk) -> None:
        words = desk.words
        super().__init__(desk, "cloud", words("Weather"))
        holder = QWidget()
        holder.setAccessibleName(words("Weather"))
        flow = FlowLayout(holder)
        self.choices: dict[Weather, AnswerButton] = {}
        for number, (weather, (name, icon)) in enumerate(WEATHER.items(), 1):
            option = Option(weather.value, words(name), icon, Tone.ACCENT, key_of(number))
            self.choices[weather] = button = AnswerButton(option)
            button.clicked.connect(self._choose)
            flow.addWidget(button)
        row = QHBoxLayout()
        row.addWidget(holder, 1)
        self.body.addLayout(row)

    def refresh(self) -> None:
        for weather, button in self.choices.items():
            button.setChecked(weather is self.draft.facts.weather)

    def _choose(self) -> None:
        button = self.sender()
        if self.draft.writable and isinstance(button, AnswerButton):
            self.put(weather=Weather(button.option.id))

    def type_text(self, text: str) -> bool:
        by_digit = dict(enumerate(self.choices, 1))
        weather = by_digit.get(int(text))
        if weather is not None:
            self.put(weather=weather)
        return True

    def clear(self) -> bool:
        self.put(weather=None)
        return True

    def show_hints(self, on: bool) -> None:
        for button in self.choices.values():
            button.show_hints(on)

    def lock(self) -> None:
        for button in self.choices.values():
            button.setEnabled(False)
