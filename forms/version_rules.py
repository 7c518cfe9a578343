"""Which rules of a question differ between two versions of a checklist: how it is answered, when
it is asked, what it earns."""

from __future__ import annotations

from enum import StrEnum

from forms.checklist import Scoring
from forms.compiled import Item
from forms.questions.base import Choice
from forms.questions.kinds.scale import ExpectedPerceived, Scale
from forms.version_words import reads_alike


class Aspect(StrEnum):
    """What of the rules of an answer is another."""

    TYPE = "type"
    CHOICES = "choices"  # which there are, which stand alone, which say N/A
    RANGE = "range"
    DIRECTION = "direction"  # which end is the good one
    UNIT = "unit"
    STANDARD = "standard"
    LENGTH = "length"
    REQUIRED = "required"
    NA = "na"
    PHOTO = "photo"
    COMMENT = "comment"
    CONSTRAINT = "constraint"
    RELEVANCE = "relevance"


#: Fields of a question (a row of a matrix has some of its own) by what they decide.
FIELDS = {
    "min": Aspect.RANGE,
    "max": Aspect.RANGE,
    "reverse": Aspect.DIRECTION,
    "easy": Aspect.DIRECTION,
    "standard": Aspect.STANDARD,
    "min_words": Aspect.LENGTH,
    "max_length": Aspect.LENGTH,
    "constraint": Aspect.CONSTRAINT,
}
#: What a matrix leaves out is this.
_USUAL = {"min": 1, "max": 5}


def aspects(old: Item, new: Item) -> tuple[Aspect, ...]:
    """What differs in how, and when, the question is answered. Another type says it all of the
    value, so nothing else is said of that."""
    found = set(_asking(old, new))
    if old.question.type != new.question.type:
        found.add(Aspect.TYPE)
    else:
        found |= set(_value(old, new))
    return tuple(aspect for aspect in Aspect if aspect in found)


def _value(old: Item, new: Item) -> list[Aspect]:
    found = [aspect for field, aspect in FIELDS.items() if _field(old, field) != _field(new, field)]
    if {_shape(each) for each in old.choices} != {_shape(each) for each in new.choices}:
        found.append(Aspect.CHOICES)
    units = getattr(old.question, "unit", None), getattr(new.question, "unit", None)
    if not reads_alike(*units, old.languages, new.languages):
        found.append(Aspect.UNIT)
    return found


def _field(item: Item, name: str) -> object:
    value = getattr(item.question, name, None)
    return _USUAL.get(name) if value is None else value


def span(item: Item) -> tuple[int, int] | None:
    """The ends of the scale that ``item`` is answered on; None where there is none."""
    kind = item.kind.scale if isinstance(item.kind, ExpectedPerceived) else item.kind
    return (kind.low, kind.high) if isinstance(kind, Scale) else None


def _shape(choice: Choice) -> tuple[str, bool, bool]:
    return choice.id, choice.na, choice.exclusive


def _asking(old: Item, new: Item) -> list[Aspect]:
    differs = {
        Aspect.REQUIRED: old.required != new.required,
        Aspect.NA: old.allow_na != new.allow_na,
        Aspect.PHOTO: old.evidence.photo is not new.evidence.photo,
        Aspect.COMMENT: old.evidence.comment is not new.evidence.comment,
        Aspect.RELEVANCE: _conditions(old) != _conditions(new),
    }
    return [aspect for aspect, differ in differs.items() if differ]


def _conditions(item: Item) -> tuple[str, ...]:
    found = (item.section.relevant, item.question.relevant)
    return tuple(condition.strip() for condition in found if condition)


def rescored(old: Item, new: Item) -> bool:
    """Whether single answers earn, or fail, differently; what the best one gives is not looked
    at, nor is what only one of the two offers."""
    if old.tariff is None or new.tariff is None:
        return False
    if _field(old, "reverse") != _field(new, "reverse") or _field(old, "easy") != _field(
        new, "easy"
    ):
        return True
    earned = {choice.id: (choice.points or 0, choice.fail) for choice in old.choices}
    now = {choice.id: (choice.points or 0, choice.fail) for choice in new.choices}
    common = earned.keys() & now.keys()
    return any(earned[id] != now[id] for id in common) or _bands(old) != _bands(new)


def _bands(item: Item) -> list[tuple[object, ...]]:
    bands = getattr(item.question, "bands", ())
    return [(band.max, band.below, band.points or 0, band.fail) for band in bands]


class Policy(StrEnum):
    """What of the scoring of the whole differs: the fields of ``Scoring``."""

    NA = "na"
    UNANSWERED = "unanswered"
    SECTION = "section"
    TOTAL = "total"
    CAP = "cap"
    DECIMALS = "decimals"
    PASS_MARK = "pass_mark"
    BANDS = "bands"


def policy(old: Scoring, new: Scoring) -> tuple[Policy, ...]:
    return tuple(each for each in Policy if _policy(old, each) != _policy(new, each))


def _policy(scoring: Scoring, each: Policy) -> object:
    if each is Policy.BANDS:
        return sorted((band.min, band.id) for band in scoring.bands)
    return getattr(scoring, each.value)
