"""The visit along the customer's way: by stage, touchpoint and channel; expectation gaps; what
was lost by root cause and by killer of experience. All from the tags of the questions.

A figure is the points of the total that questions won, of those they could win; where they count
for nothing in the total, earned of possible. Bonus and pure penalties are left out. Questions of
the employee side stand apart from all that customers would have felt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from forms.answers import Expectation
from forms.questions.expectation import ExpectationQuestion
from forms.scorecard import Status
from forms.tags import Cause, Channel, Killer, ServicePart, Side, Stage
from reports import text
from reports.findings import failed_entries
from reports.sheet import Entry, Sheet
from reports.words import mark

K = TypeVar("K", bound=Hashable)

STAGES = {
    Stage.AWARENESS: mark("Awareness"),
    Stage.CONSIDERATION: mark("Consideration"),
    Stage.PURCHASE: mark("Purchase"),
    Stage.LOYALTY: mark("Loyalty"),
    Stage.ADVOCACY: mark("Advocacy"),
}
CHANNELS = {
    Channel.STORE: mark("In store"),
    Channel.PHONE: mark("Phone"),
    Channel.WEB: mark("Web, maps"),
    Channel.CHAT: mark("Chat"),
    Channel.SOCIAL: mark("Social media"),
    Channel.DELIVERY: mark("Delivery"),
    Channel.EMAIL: mark("E-mail"),
}
#: Touchpoints are free words of the checklist; those that many use are translated.
TOUCHPOINTS = {
    "advice": mark("Advice"),
    "air": mark("Air and water"),
    "atm": mark("ATM"),
    "booking": mark("Booking"),
    "cashier": mark("Cashier"),
    "chat": mark("Chat"),
    "complaint": mark("Complaint"),
    "concierge": mark("Concierge"),
    "confirmation": mark("Confirmation"),
    "counter": mark("Counter"),
    "delivery": mark("Delivery"),
    "desk": mark("Front desk"),
    "display": mark("Display"),
    "door": mark("Door"),
    "entrance": mark("Entrance"),
    "floor": mark("Sales floor"),
    "follow-up": mark("Follow-up"),
    "forecourt": mark("Forecourt"),
    "front": mark("Shop front"),
    "hotline": mark("Hotline"),
    "instalments": mark("Instalments"),
    "invoice": mark("Invoice"),
    "lobby": mark("Lobby"),
    "map": mark("Map"),
    "menu": mark("Menu"),
    "page": mark("Social page"),
    "parking": mark("Parking"),
    "payment": mark("Payment"),
    "premises": mark("Premises"),
    "price": mark("Price"),
    "product": mark("Product"),
    "pump": mark("Pump"),
    "restroom": mark("Restroom"),
    "road": mark("From the road"),
    "room": mark("Room"),
    "set-up": mark("Set-up"),
    "shop": mark("Shop"),
    "table": mark("Table"),
    "till": mark("Till"),
    "toilet": mark("Toilet"),
    "trade-in": mark("Trade-in"),
    "visit": mark("The visit as a whole"),
    "wake-up": mark("Wake-up call"),
    "website": mark("Website"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """``ratio`` is 0 to 1 (below 0 where points were taken off), of ``n`` questions."""

    ratio: Fraction
    n: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Touch:
    name: str
    channel: Channel | None
    group: Group


@dataclass(frozen=True, slots=True)
class StageScore:
    """``stage`` is None for touchpoints that belong to none."""

    stage: Stage | None
    group: Group
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """``low`` and ``high`` are the ends of the scale; ``size`` is perceived less expected."""

    entry: Entry
    expected: int
    perceived: int
    low: int
    high: int

    @property
    def size(self) -> int:
        return self.perceived - self.expected


def group(sheet: Sheet, entries: Iterable[Entry]) -> Group | None:
    """None where no question could win a point; a bonus and a pure penalty could not."""
    able = [entry for entry in entries if entry.score.possible.numerator > 0]
    units = sheet.share_units
    counted = [entry for entry in able if units[entry.key][1] > 0]
    if counted:
        shares = [units[entry.key] for entry in counted]
        won = sum([share for share, _ in shares])
        whole = sum([most for _, most in shares])
        return Group(Fraction(won, whole), len(counted), tuple(counted))
    possible = sum((entry.score.possible for entry in able), Fraction(0))
    if not possible:
        return None
    earned = sum((entry.score.earned for entry in able), Fraction(0))
    return Group(earned / possible, len(able), tuple(able))


def of_customers(sheet: Sheet) -> list[Entry]:
    return [entry for entry in sheet.entries if entry.item.tags.side is not Side.EMPLOYEE]


def employee_side(sheet: Sheet) -> Group | None:
    return group(sheet, (entry for entry in sheet.entries if entry.item.tags.side is Side.EMPLOYEE))


def stage_of(entry: Entry) -> Stage | None:
    return entry.item.question.stage or entry.item.section.stage


def _sorted(entries: Iterable[Entry], key: Callable[[Entry], K]) -> dict[K, list[Entry]]:
    """By ``key``, in the order of first use."""
    found: dict[K, list[Entry]] = {}
    for entry in entries:
        found.setdefault(key(entry), []).append(entry)
    return found


def stages(sheet: Sheet) -> tuple[StageScore, ...]:
    """In the order of the journey, touchpoints in that of the checklist; () where there are not
    two points to draw a way between."""
    by_stage = _sorted(of_customers(sheet), stage_of)
    order: Sequence[Stage | None] = (*Stage, None)
    found = []
    for stage in order:
        entries = by_stage.get(stage, [])
        touches = _touches(sheet, entries)
        known = entries if stage is not None else [e for t in touches for e in t.group.entries]
        whole = group(sheet, known)
        if whole is not None:
            found.append(StageScore(stage, whole, touches))
    points = sum(max(1, len(each.touches)) for each in found)
    return tuple(found) if points > 1 else ()


def _touches(sheet: Sheet, entries: Iterable[Entry]) -> tuple[Touch, ...]:
    named = _sorted(entries, lambda entry: (entry.item.tags.touchpoint or "").strip().casefold())
    found = []
    for name, each in named.items():
        together = group(sheet, each) if name else None
        if together is not None:
            channel = _usual_channel(together.entries)
            found.append(Touch(touchpoint(sheet, each[0]), channel, together))
    return tuple(found)


def _usual_channel(entries: Iterable[Entry]) -> Channel | None:
    used = Counter(e.item.tags.channel for e in entries if e.item.tags.channel is not None)
    return used.most_common(1)[0][0] if used else None


def touchpoint(sheet: Sheet, entry: Entry) -> str:
    """The word of the checklist, translated where it is one that many use."""
    word = text.label(entry.item.tags.touchpoint or "")
    known = TOUCHPOINTS.get(word.casefold().replace("_", "-").replace(" ", "-"))
    if known is not None:
        return sheet.say(known)
    word = word.replace("_", " ")
    return word[:1].upper() + word[1:]


def channels(sheet: Sheet) -> tuple[tuple[Channel, Group | None], ...]:
    """Best first; at the end those of the checklist that were not rated on this visit. () where
    nothing but one channel is known: there is nothing to compare."""
    tagged = _sorted(of_customers(sheet), lambda entry: entry.item.tags.channel)
    found = [(name, group(sheet, each)) for name, each in tagged.items() if name is not None]
    if sum(1 for _, each in found if each is not None) < 2:
        return ()
    order = list(Channel)
    found.sort(
        key=lambda one: (one[1] is None, -one[1].ratio if one[1] else 0, order.index(one[0]))
    )
    return tuple(found)


def service(sheet: Sheet) -> tuple[Group, Group] | None:
    """After-sale service, and the whole experience around it; None without such questions."""
    customers = of_customers(sheet)
    after = group(sheet, (e for e in customers if e.item.tags.part is ServicePart.SERVICE))
    whole = group(sheet, customers)
    if after is None or whole is None or after.n == whole.n:
        return None
    return after, whole


def gaps(sheet: Sheet) -> tuple[Gap, ...]:
    """Answered expectation pairs, the widest disappointment first."""
    found = [gap for entry in sheet.entries if (gap := _gap(entry)) is not None]
    return tuple(sorted(found, key=lambda gap: Fraction(gap.size, gap.high - gap.low)))


def _gap(entry: Entry) -> Gap | None:
    question, value = entry.item.question, entry.answer.value
    if not isinstance(question, ExpectationQuestion) or not isinstance(value, Expectation):
        return None
    if value.expected is None or value.perceived is None or entry.score.status is Status.HIDDEN:
        return None
    return Gap(entry, value.expected, value.perceived, question.min, question.max)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was lost, by cause (rows, worst first) and killer (columns); None is not tagged."""

    causes: tuple[Cause | None, ...]
    killers: tuple[Killer | None, ...]
    cells: dict[tuple[Cause | None, Killer | None], tuple[Entry, ...]]
    by_cell: dict[tuple[Cause | None, Killer | None], Fraction]
    by_cause: dict[Cause | None, Fraction]
    by_killer: dict[Killer | None, Fraction]
    total: Fraction


def _lost(entries: Iterable[Entry]) -> Fraction:
    return sum((entry.lost for entry in entries), Fraction(0))


def _sums(groups: dict[K, list[Entry]]) -> dict[K, Fraction]:
    return {key: _lost(each) for key, each in groups.items()}


def findings(sheet: Sheet) -> Findings | None:
    """None where nothing was lost, or no question that lost points says why."""
    lost = [entry for entry in failed_entries(sheet) if entry.lost > 0]
    if not any(entry.item.tags.cause or entry.item.tags.killer for entry in lost):
        return None
    cells = _sorted(lost, lambda entry: (entry.item.tags.cause, entry.item.tags.killer))
    by_cause = _sums(_sorted(lost, lambda entry: entry.item.tags.cause))
    by_killer = _sums(_sorted(lost, lambda entry: entry.item.tags.killer))
    order: Sequence[Killer | None] = (*Killer, None)
    return Findings(
        causes=tuple(sorted(by_cause, key=lambda cause: (cause is None, -by_cause[cause]))),
        killers=tuple(killer for killer in order if killer in by_killer),
        cells={key: tuple(each) for key, each in cells.items()},
        by_cell=_sums(cells),
        by_cause=by_cause,
        by_killer=by_killer,
        total=sum(by_cause.values(), Fraction(0)),
    )
