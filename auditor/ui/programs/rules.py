"""The rules of a program: what evaluators see, evidence, windows, how often and by whom, pay."""

from __future__ import annotations

from decimal import Decimal

from auditor.ui.capture.cards.typed import show_grouped
from auditor.ui.kit.field import CheckBox, Field
from auditor.ui.programs.cards import Page, TitledCard
from auditor.ui.programs.form import Part, ProgramForm
from auditor.ui.programs.hours import HoursEditor
from auditor.ui.programs.number import NumberField, Range
from auditor.ui.programs.overview import number_part
from auditor.words import Words

#: The most that the service takes of each.
PHOTOS, QUOTA, WAVES, DAYS, VISITS = 200, 50, 60, 3650, 10_000


class RulesPage(Page):
    """``ticks`` by the name of the rule, ``numbers`` by that of the term."""

    def __init__(self, form: ProgramForm) -> None:
        super().__init__()
        self.form, self.words = form, form.context.words
        self.ticks: dict[str, CheckBox] = {}
        self.numbers: dict[str, NumberField] = {}
        self._add_seen()
        self._add_evidence()
        self._add_windows()
        self._add_turns()
        self._add_pay()
        self.column.addStretch(1)

    def _tick(self, card: TitledCard, name: str, caption: str, said: str) -> None:
        tick = card.add_tick(caption, said)
        tick.clicked.connect(self.form.keep)
        self.ticks[name] = tick
        self.form.add(Part(f"rules.{name}", tick.isChecked, tick.setChecked, _say_nothing))

    def _number(
        self, key: str, label: str, unit: str, said: str, allowed: Range, placeholder: str = ""
    ) -> NumberField:
        field = NumberField(self.words, label, unit, said, allowed=allowed, placeholder=placeholder)
        field.left.connect(self.form.keep)
        self.numbers[key.rpartition(".")[2]] = field
        self.form.add(number_part(key, field, whole=not allowed.places))
        return field

    def _add_seen(self) -> None:
        words = self.words
        card = self.card(words("What evaluators see and write"), words(
            "Holds for visits under way, too."))  # fmt: skip
        self._tick(card, "hide_score", words("Hide the score"), words(
            "They fill the checklist without seeing what it scores."))  # fmt: skip
        self._tick(card, "show_last_visit", words("Show the answers of the last visit"), words(
            "Of the same location, beside each question. This biases: people tend to see again "
            "what they have just read."))  # fmt: skip
        self._tick(card, "staff_names", words("Staff may be named"), words(
            "If not, evaluators describe role, uniform and hair. Reports never name "
            "anybody."))  # fmt: skip
        self._tick(card, "dayparts_only", words("Dayparts only"), words(
            "Reports say “morning” or “evening”, never the hour, so that nobody is found "
            "by the roster."))  # fmt: skip

    def _add_evidence(self) -> None:
        words = self.words
        card = self.card(words("Evidence"), words("Without it a visit cannot be handed in."))
        self._tick(card, "receipt_needed", words("A receipt is needed"), words(
            "Its number or the amount, and a photo of it."))  # fmt: skip
        photos = self._number("rules.photos_least", words("Photos at least"), words("photos"),
                              words("Of the whole visit. Blank: none are asked for."),
                              Range(0, PHOTOS), "0")  # fmt: skip
        card.add_row(photos, Page())

    def _add_windows(self) -> None:
        words = self.words
        card = self.card(words("When visits may be made"))
        self.windows = HoursEditor(words)
        self.windows.changed.connect(self.form.keep)
        card.body.addWidget(self.windows)
        self.form.add(Part("rules.windows", self.windows.read, self.windows.show_value,
                           self.windows.set_error))  # fmt: skip

    def _add_turns(self) -> None:
        words = self.words
        said = words("Planning keeps to these; whoever assigns by hand is told when one is broken.")
        card = self.card(words("How often, and by whom"), said)
        quota = self._number("terms.quota", words("Quota"), words("visits"), words(
            "Of each location in a wave."), Range(0, QUOTA, blank=False))  # fmt: skip
        most = self._number("terms.most_visits", words("Most visits"), words("visits"), words(
            "Of one evaluator in a wave. Blank: any number."), Range(0, VISITS))  # fmt: skip
        rotation = self._number("terms.rotation", words("Rotation"), words("waves"), words(
            "So long an evaluator does not come back to a location. Blank: no rule."),
            Range(0, WAVES))  # fmt: skip
        lockout = self._number("terms.lockout_days", words("Lock-out"), words("days"), words(
            "Between two visits of an evaluator at a location. Blank: no rule."),
            Range(0, DAYS))  # fmt: skip
        card.add_row(quota, most)
        card.add_row(rotation, lockout)

    def _add_pay(self) -> None:
        words, form = self.words, self.form
        card = self.card(words("Fee and expenses"), words(
            "Of one visit. For the office: clients never see them."))  # fmt: skip
        self.currency = Field(words("Currency"), hint=words("Three letters, such as VND or USD."))
        self.currency.edit.setMaxLength(3)
        self.currency.edit.textChanged.connect(self._show_units)
        self.currency.edit.editingFinished.connect(form.keep)
        fee = self._number("terms.fee", words("Fee"), "", words("Paid for a visit."),
                           Range(0, None, places=2))  # fmt: skip
        cap = self._number("terms.expense_cap", words("Expense cap"), "", words(
            "The most that is paid back."), Range(0, None, places=2))  # fmt: skip
        card.add_row(fee, cap, self.currency)
        form.add(Part("terms.currency", self._code, self.currency.edit.setText,
                      self.currency.set_error))  # fmt: skip

    def _code(self) -> str:
        """Raises ValueError for what is no code of a currency."""
        code = self.currency.text().upper()
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            said = self.words("Type three letters, such as VND or USD.")
            self.currency.set_error(said)
            raise ValueError(said)
        return code

    def _show_units(self) -> None:
        self.currency.set_error(None)
        for name in ("fee", "expense_cap"):
            self.numbers[name].set_unit(self.currency.text().upper())


def _say_nothing(_sentence: str | None) -> None:
    """A tick cannot be wrong."""


def money(words: Words, amount: Decimal | None, currency: str) -> str:
    """ "200,000 VND"; "–" without an amount."""
    return "–" if amount is None else f"{show_grouped(amount, words.language)} {currency}"
