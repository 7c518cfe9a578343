"""How another rule of a question is told: one sentence for each aspect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from auditor.words import Words, mark
from forms.compiled import Item
from forms.questions.base import Choice, When, text_in
from forms.reading import duration
from forms.version_change import Aspect, RuleChange
from forms.version_rules import span

Sentence = Callable[[RuleChange, Words], str]


def sentence(aspect: Aspect, rule: RuleChange, words: Words) -> str:
    """What ``aspect`` of the question is from now on."""
    return _SENTENCES[aspect](rule, words)


def _type(_rule: RuleChange, words: Words) -> str:
    return words("It is another kind of question")


def _choices(rule: RuleChange, words: Words) -> str:
    added, removed = rule.choices_added, rule.choices_removed
    parts = []
    if added:
        parts.append(words("New choices: {choices}", choices=_names(added, rule.new, words)))
    if removed:
        parts.append(words("Gone: {choices}", choices=_names(removed, rule.old, words)))
    return ". ".join(parts) or words("Other choices stand alone, or mean N/A")


def _names(choices: Iterable[Choice], item: Item, words: Words) -> str:
    labels = (text_in(choice.label, words.language, item.languages) for choice in choices)
    return ", ".join(label or "–" for label in labels)


def _range(rule: RuleChange, words: Words) -> str:
    old, new = span(rule.old), span(rule.new)
    if old is None or new is None:
        return words("The scale is another")
    return words(
        "Scale: {low}–{high} → {new_low}–{new_high}",
        low=old[0],
        high=old[1],
        new_low=new[0],
        new_high=new[1],
    )


def _direction(_rule: RuleChange, words: Words) -> str:
    return words("The good end of the scale is the other one")


def _unit(rule: RuleChange, words: Words) -> str:
    old, new = (
        text_in(getattr(item.question, "unit", None), words.language, item.languages) or "–"
        for item in (rule.old, rule.new)
    )
    return words("Unit: {old} → {new}", old=old, new=new)


def _standard(rule: RuleChange, words: Words) -> str:
    found: tuple[Decimal | None, ...] = tuple(
        getattr(item.question, "standard", None) for item in (rule.old, rule.new)
    )
    old, new = ("–" if each is None else duration(int(each), words.language) for each in found)
    return words("Standard: {old} → {new}", old=old, new=new)


def _length(rule: RuleChange, words: Words) -> str:
    fewest = getattr(rule.new.question, "min_words", None)
    most = getattr(rule.new.question, "max_length", None)
    parts = []
    if fewest != getattr(rule.old.question, "min_words", None):
        parts.append(
            words("The text may be short")
            if fewest is None
            else words.plural("At least {count} word", "At least {count} words", fewest)
        )
    if most != getattr(rule.old.question, "max_length", None):
        parts.append(
            words("The text may be long")
            if most is None
            else words.plural("At most {count} letter", "At most {count} letters", most)
        )
    return ". ".join(parts)


def _required(rule: RuleChange, words: Words) -> str:
    if rule.new.required is True:
        return words("An answer is required")
    if rule.new.required is False:
        return words("An answer is no longer required")
    return words("An answer is required in other cases")


def _na(rule: RuleChange, words: Words) -> str:
    return words("N/A is possible") if rule.new.allow_na else words("N/A is no longer possible")


_PHOTO = {
    When.NEVER: mark("No photo is asked for"),
    When.OPTIONAL: mark("A photo is optional"),
    When.ON_FAIL: mark("A photo is needed when it fails"),
    When.ALWAYS: mark("A photo is always needed"),
}
_COMMENT = {
    When.NEVER: mark("No comment is asked for"),
    When.OPTIONAL: mark("A comment is optional"),
    When.ON_FAIL: mark("A comment is needed when it fails"),
    When.ALWAYS: mark("A comment is always needed"),
}


def _photo(rule: RuleChange, words: Words) -> str:
    return words(_PHOTO[rule.new.evidence.photo])


def _comment(rule: RuleChange, words: Words) -> str:
    return words(_COMMENT[rule.new.evidence.comment])


def _constraint(rule: RuleChange, words: Words) -> str:
    question = rule.new.question
    if question.constraint is None:
        return words("A limit to the answer is gone")
    said = text_in(question.constraint_message, words.language, rule.new.languages)
    return words("Another limit: {limit}", limit=said) if said else words("Another limit")


def _relevance(_rule: RuleChange, words: Words) -> str:
    return words("It is asked in other cases")


_SENTENCES: dict[Aspect, Sentence] = {
    Aspect.TYPE: _type,
    Aspect.CHOICES: _choices,
    Aspect.RANGE: _range,
    Aspect.DIRECTION: _direction,
    Aspect.UNIT: _unit,
    Aspect.STANDARD: _standard,
    Aspect.LENGTH: _length,
    Aspect.REQUIRED: _required,
    Aspect.NA: _na,
    Aspect.PHOTO: _photo,
    Aspect.COMMENT: _comment,
    Aspect.CONSTRAINT: _constraint,
    Aspect.RELEVANCE: _relevance,
}
