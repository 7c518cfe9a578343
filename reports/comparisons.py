"""How the score stands against the last visit, the target and the network, each with its n."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from reports.figures import DASH, is_round, rounded
from reports.sheet import Sheet
from reports.theme import DANGER, TEXT, Colour
from reports.words import WORDS, mark

#: Student's t for a 95 % interval by degrees of freedom; beyond the table, the normal's.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
#: Fewer than this say nothing about how far visits or locations lie apart.
ENOUGH = 3
ENOUGH_CHANGES = 5
#: Of a target, as the dial prints it.
MOST_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """``sign`` is "ring", "tick" or "". ``change`` is printed with its sign in ``ink``, with all
    its ``decimals``."""

    sign: str
    heading: str
    change: Decimal
    ink: Colour
    basis: str
    remark: str

    @property
    def decimals(self) -> int:
        return max(0, -int(self.change.as_tuple().exponent))


def comparisons(sheet: Sheet) -> tuple[Compared, ...]:
    """Those there is data for; none when the visit is not scored."""
    if sheet.card.score is None:
        return ()
    found = (_last(sheet), _target(sheet), _network(sheet))
    return tuple(compared for compared in found if compared is not None)


def _score(sheet: Sheet) -> Decimal:
    assert sheet.card.score is not None
    return sheet.card.score


def _last(sheet: Sheet) -> Compared | None:
    if not sheet.snapshot.history:
        return None
    last = sheet.snapshot.history[-1]
    change = _score(sheet) - rounded(last.score, sheet.scoring.decimals)
    usual = sheet.snapshot.comparison.usual_change
    usual = None if usual is None else rounded(usual, 1)  # else +6.6 might be more than ±6.6
    if usual is None or sheet.snapshot.comparison.changes < ENOUGH_CHANGES:
        remark = sheet.say(mark("One visit each: too few to call it a trend"))
        ink = TEXT
    else:
        clear = abs(change) > usual
        words = (
            mark("More than the usual swing of ±{usual}")
            if clear
            else mark("No meaningful change: the usual swing is ±{usual}")
        )
        remark = sheet.say(words, usual=sheet.figures.number(usual, 1))
        ink = DANGER if clear and change < 0 else TEXT
    when = last.wave or sheet.figures.day(last.on)
    basis = f"{sheet.score_text(last.score)} · {when} · n\u00a0=\u00a0{last.n}"
    return Compared("ring", sheet.say(mark("Since the last visit")), change, ink, basis, remark)


def _target(sheet: Sheet) -> Compared | None:
    target = sheet.snapshot.comparison.target
    if target is None:
        return None
    decimals = sheet.scoring.decimals  # and more where the target has more: it is never rounded
    decimals = next((d for d in range(decimals, MOST_DECIMALS) if is_round(target, d)), decimals)
    change = _score(sheet) - rounded(target, decimals)
    basis = sheet.say(
        mark("{target} · this visit, n = {n}"), target=sheet.figures.number(target, decimals), n=1
    ).replace("n = ", "n\u00a0=\u00a0")
    ink = DANGER if change < 0 else TEXT
    heading = sheet.say(mark("Against the target"))
    return Compared("tick", heading, change, ink, basis, _target_remark(sheet, change))


def _target_remark(sheet: Sheet, change: Decimal) -> str:
    worth, target = sheet.snapshot.worth, sheet.snapshot.comparison.target
    if change >= 0:
        if sheet.card.critical:
            return sheet.say(mark("Reached, but a critical question failed: not passed"))
        return sheet.say(mark("Target reached"))
    if worth is None or target is None:
        return sheet.say(mark("Below the target"))
    if worth.score >= target:
        words = WORDS.plural(
            sheet.language,
            "The thing to fix below would reach it",
            "The {many} things to fix below would reach it",
            len(worth.questions),
            many=sheet.spelled(len(worth.questions)),
        )
        return words[:1].upper() + words[1:]
    return sheet.say(mark("The things to fix below are not enough to reach it"))


def _network(sheet: Sheet) -> Compared | None:
    network = sheet.snapshot.comparison.network
    if network is None or network.n < 1:
        return None
    mean = rounded(network.mean, sheet.scoring.decimals)
    change = _score(sheet) - mean
    basis = WORDS.plural(
        sheet.language,
        "{mean} · {count} other location",
        "{mean} · {count} other locations",
        network.n,
        mean=sheet.score_text(mean),
    )
    ink, remark = TEXT, sheet.say(mark("Too few locations for an interval"))
    span = interval(network.mean, network.deviation, network.n)
    if span is not None:
        low, high = (sheet.score_text(value) for value in span)
        remark = sheet.say(mark("95 % interval of their mean: {span}"), span=f"{low}{DASH}{high}")
        remark = remark.replace(" %", "\u00a0%")
        ink = DANGER if _score(sheet) < rounded(span[0], sheet.scoring.decimals) else TEXT
    return Compared("", sheet.say(mark("Against the network")), change, ink, basis, remark)


def interval(mean: Fraction, deviation: Decimal | None, n: int) -> tuple[Fraction, Fraction] | None:
    """The 95 % interval of a mean of ``n``, within 0 to 100; None for too few."""
    found = reach(deviation, n)
    if found is None:
        return None
    return max(Fraction(0), mean - found), min(Fraction(100), mean + found)


def reach(deviation: Decimal | None, n: int) -> Fraction | None:
    """Half of the 95 % interval of a mean of ``n``, by Student; None for too few."""
    if deviation is None or n < ENOUGH:
        return None
    t = _T95[n - 2] if n - 2 < len(_T95) else 1.960
    return Fraction(Decimal(t) * deviation / Decimal(sqrt(n)))
