"""Choices of a checklist as options to choose: what each says about the visit when chosen."""

from __future__ import annotations

from auditor.ui.capture.cards.answers import Option
from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.theme import Tone
from forms.answers import Answer
from forms.compiled import Item
from forms.questions.base import Choice


def fails(choice: Choice, item: Item) -> bool:
    """Whether choosing it fails the question (unscored questions never fail)."""
    tariff = item.tariff
    if choice.na or tariff is None:
        return False
    if tariff.says_fail:
        return choice.fail
    return not item.bonus and tariff.possible > 0 and (choice.points or 0) <= 0


def _passes(choice: Choice, item: Item) -> bool:
    """Whether it is the best answer of a question that can fail."""
    if choice.na or fails(choice, item) or not any(fails(each, item) for each in item.choices):
        return False
    best = max(each.points or 0 for each in item.choices if not each.na)
    return (choice.points or 0) >= best


def _look(choice: Choice, item: Item) -> tuple[Tone, str | None]:
    if choice.na:
        return Tone.NEUTRAL, None
    if fails(choice, item):
        return Tone.DANGER, "x"
    return (Tone.SUCCESS, "check") if _passes(choice, item) else (Tone.ACCENT, None)


def look_of(item: Item, answer: Answer) -> tuple[Tone, str | None]:
    """Tone and icon of a chosen answer; neutral where there is nothing to choose from."""
    chosen = (choice for choice in item.choices if choice.id == answer.value)
    return next((_look(choice, item) for choice in chosen), (Tone.NEUTRAL, None))


def key_of(number: int) -> str:
    """The key that picks the ``number``-th option, from 1; "" where there is none."""
    return str(number % 10) if number <= 10 else ""


def segments(draft: Draft, item: Item) -> list[Option]:
    """For one answer of a list. N/A has N for its key, and no digit."""
    options, number = [], 0
    for choice in item.choices:
        tone, icon = _look(choice, item)
        number += not choice.na
        hint = "N" if choice.na else key_of(number)
        options.append(Option(choice.id, draft.text(choice.label), icon, tone, hint, round=True))
    return options


def boxes(draft: Draft, item: Item) -> list[Option]:
    """For several answers of a list; an exclusive one is round."""
    options, number = [], 0
    for choice in item.choices:
        number += not choice.na
        hint = "N" if choice.na else key_of(number)
        tone = Tone.DANGER if choice.fail else Tone.NEUTRAL if choice.na else Tone.ACCENT
        alone = choice.exclusive or choice.na
        options.append(Option(choice.id, draft.text(choice.label), None, tone, hint, round=alone))
    return options


def by_digit(item: Item, digit: int) -> Choice | None:
    """The choice that a digit picks: 0 is the tenth."""
    real = [choice for choice in item.choices if not choice.na]
    number = digit or 10
    return real[number - 1] if number <= len(real) else None


def na_choice(item: Item) -> Choice | None:
    return next((choice for choice in item.choices if choice.na), None)


def toggled(item: Item, chosen: tuple[str, ...], choice: Choice) -> tuple[str, ...] | None:
    """``chosen`` with ``choice`` put in or taken out, in the checklist's order; an exclusive
    choice stands alone. None when nothing is left."""
    if choice.id in chosen:
        kept = {id for id in chosen if id != choice.id}
    elif choice.exclusive or choice.na:
        kept = {choice.id}
    else:
        alone = {each.id for each in item.choices if each.exclusive or each.na}
        kept = (set(chosen) - alone) | {choice.id}
    return tuple(each.id for each in item.choices if each.id in kept) or None
