"""From the sections to the score: the sum, then every rule that moved it, in words."""

from __future__ import annotations

from fractions import Fraction

from forms.checklist import TotalMode
from forms.questions.base import Cap
from forms.scorecard import Step, StepKind
from reports.figures import DASH, rounded
from reports.flow import Block
from reports.pen import Pen
from reports.sheet import Part, Sheet
from reports.theme import BOX, SMALL, TEXT2, Style, Weight
from reports.typeface import figures_width, fit, wrap
from reports.words import WORDS, mark

FIGURE = Style(11, 14, Weight.SEMIBOLD)
OPERATOR = Style(11, 14, Weight.REGULAR, TEXT2)
SENTENCE = Style(8, 11.5, Weight.REGULAR, TEXT2)
PAD = 14.0
STEP = 30.0
#: Decimals of the sum: two, or at most so many more.
MOST_PLACES = 4
#: Columns of figures on one line, the total's among them.
MOST = 8


SECTION_RULES = {
    StepKind.CRITICAL: mark("Section {section} counts as 0: critical question {numbers} failed."),
    StepKind.FLOOR: mark("Section {section} is below 0 and counts as 0."),
    StepKind.CAP: mark("Section {section} is above its full points and counts in full."),
}


class SumBox(Block):
    before = 10.0
    keep = True  # a last page holds the sum with the rules and the seal, or none of them

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.terms = [
            (part.number, part.score.share) for part in sheet.parts if part.score.share is not None
        ]
        self.sum = sum((share for _, share in self.terms), Fraction(0))
        room = sheet.page.inner - 2 * PAD
        self.sentences = [
            line for words in self._sentences() for line in wrap(words, SENTENCE, room)
        ]
        self.rows = -(-(len(self.terms) + 1) // MOST)
        self.height = 10 + self.rows * STEP + 3 + 11.5 * len(self.sentences) + 8

    def draw(self, pen: Pen, x: float, top: float) -> None:
        wide = self.sheet.page.inner
        pen.box(x, top, wide, self.height, BOX, 4)
        columns = min(MOST, len(self.terms) + 1)
        step = (wide - 2 * PAD) / columns
        cells = [
            (self.sheet.figures.number(share, 2), self._under(number), "+" if at else "")
            for at, (number, share) in enumerate(self.terms)
        ]
        cells.append((self._sum(), self.sheet.say(mark("sum")), "="))
        pen.tags.leaf("P")
        for at, (figure, under, operator) in enumerate(cells):
            across = x + PAD + (at % columns) * step
            base = top + 21 + (at // columns) * STEP
            middle = across + step / 2
            pen.middle(across, base, operator, OPERATOR)
            pen.figures(middle + figures_width(figure, FIGURE) / 2, base, figure, FIGURE)
            pen.middle(middle, base + 11, fit(under, SMALL, step - 4), SMALL)
        pen.tags.leaf("P")
        pen.lines(x + PAD, top + 10 + self.rows * STEP + 11, self.sentences, SENTENCE)

    def _sum(self) -> str:
        """With as many decimals as it takes to round it to the score that is printed: 46.746,
        not 46.75, under a score of 46.7."""
        final = self.sheet.scoring.decimals
        places = next(
            places
            for places in range(2, 2 + MOST_PLACES)
            if places == 1 + MOST_PLACES
            or rounded(rounded(self.sum, places), final) == rounded(self.sum, final)
        )
        return self.sheet.figures.number(self.sum, places)

    def _under(self, number: int) -> str:
        return self.sheet.say(mark("section {number}"), number=number)

    def _sentences(self) -> list[str]:
        """One paragraph: rounding, bonus, rules in the order in which they were applied, band."""
        said = [*self._weights(), *self._rounding(), *self._bonus(), *self._sections()]
        moved = [words for step in self.sheet.card.steps if (words := self._step(step))]
        if not moved:
            moved = [self.sheet.say(mark("No limit, floor or critical question changed the sum."))]
        return [" ".join([*said, *moved, *self._result()])]

    def _weights(self) -> list[str]:
        """Where weights were shared out anew because a section has no score."""
        sheet = self.sheet
        if sheet.scoring.total is TotalMode.POINTS:
            possible = sum((part.score.possible for part in sheet.parts), Fraction(0))
            earned = sum((part.score.earned for part in sheet.parts), Fraction(0))
            return [
                sheet.say(
                    mark("{earned} of {possible} points were earned."),
                    earned=sheet.figures.short(earned),
                    possible=sheet.figures.short(possible),
                )
            ]
        missing = [part for part in sheet.parts if part.score.share is None and part.score.weight]
        if not missing:
            return []
        numbers = ", ".join(str(part.number) for part in missing)
        return [
            WORDS.plural(
                sheet.language,
                "Section {numbers} has no score: its weight is shared by the others.",
                "Sections {numbers} have no score: their weight is shared by the others.",
                len(missing),
                numbers=numbers,
            )
        ]

    def _rounding(self) -> list[str]:
        """Said only where the rounded parts do not add up to the rounded sum."""
        shown = sum(_cents(share) for _, share in self.terms)
        if shown == _cents(self.sum):
            return []
        words = mark("Parts are rounded for print and add up to {shown}; the sum is exact.")
        return [self.sheet.say(words, shown=self.sheet.figures.number(Fraction(shown, 100), 2))]

    def _sections(self) -> list[str]:
        return [words for part in self.sheet.parts for _, words in section_rules(self.sheet, part)]

    def _bonus(self) -> list[str]:
        sheet = self.sheet
        bonus = sum(
            (e.score.share or Fraction(0) for e in sheet.entries if e.score.bonus), Fraction(0)
        )
        penalty = sum(
            (e.score.share for e in sheet.entries if e.score.share and e.score.share < 0),
            Fraction(0),
        )
        said = []
        if bonus > 0:
            points = sheet.figures.number(bonus, 2)
            said.append(sheet.say(mark("{points} of it are bonus."), points=points))
        if penalty < 0:
            points = sheet.figures.number(-penalty, 2)
            said.append(sheet.say(mark("Penalties took {points}."), points=points))
        return said

    def _step(self, step: Step) -> str:
        """A rule that moved the total; "" for those that only add up."""
        sheet = self.sheet
        if step.kind is StepKind.CRITICAL:
            refs = step_refs(sheet, step)
            return sheet.say(
                mark("Critical question {numbers} failed: the total counts as 0."), numbers=refs
            )
        if step.kind is StepKind.LIMIT:
            return self._limit(step)
        if step.kind is StepKind.FLOOR:
            return sheet.say(mark("A total below 0 counts as 0."))
        if step.kind is StepKind.CAP:
            return sheet.say(mark("A total above 100 counts as 100."))
        return ""

    def _limit(self, step: Step) -> str:
        sheet = self.sheet
        limit = step.values.get("limit", step.values.get("after", Fraction(0)))
        values = {"numbers": step_refs(sheet, step), "limit": sheet.figures.short(limit)}
        changed = step.values.get("before") != step.values.get("after")
        words = (
            mark("Critical question {numbers} failed: the total is limited to {limit}.")
            if changed
            else mark("The limit of {limit} from question {numbers} changed nothing.")
        )
        return sheet.say(words, **values)

    def _result(self) -> list[str]:
        sheet, card = self.sheet, self.sheet.card
        assert card.score is not None
        assert card.raw is not None
        said = [
            sheet.say(
                mark("Before rounding {raw}, rounded half up {score}."),
                raw=sheet.figures.long(card.raw),
                score=sheet.score_text(card.score),
            )
        ]
        band = self._band()
        return [*said, band] if band else said

    def _band(self) -> str:
        """``Band: Good (80.0–89.9).``"""
        sheet, card = self.sheet, self.sheet.card
        bands = sorted(sheet.scoring.bands, key=lambda band: band.min)
        at = next((n for n, band in enumerate(bands) if band.id == card.band), None)
        if at is None:
            return ""
        step = Fraction(1, 10**sheet.scoring.decimals)
        top = Fraction(bands[at + 1].min) - step if at + 1 < len(bands) else Fraction(100)
        span = f"{sheet.score_text(bands[at].min)}{DASH}{sheet.score_text(top)}"
        words = sheet.words(bands[at].label) or bands[at].id
        return sheet.say(mark("Band: {band} ({span})."), band=words, span=span)


def section_rules(sheet: Sheet, part: Part) -> list[tuple[StepKind, str]]:
    """Rules that moved a section, so that its questions do not add up to it."""
    said = []
    weighted = sheet.scoring.total is TotalMode.WEIGHTED
    for step in part.score.steps:
        words = SECTION_RULES.get(step.kind)
        if step.kind is not StepKind.CRITICAL and not weighted:
            continue  # then only the section's own ratio has a floor and a cap
        if words and step.values.get("before") != step.values.get("after"):
            refs = step_refs(sheet, step)
            said.append((step.kind, sheet.say(words, section=part.number, numbers=refs)))
    return said


def step_refs(sheet: Sheet, step: Step) -> str:
    """The numbers of the questions behind a step."""
    found = [sheet.entry(id) for id in step.questions]
    refs = [entry.ref for entry in found if entry is not None]
    if refs:
        return ", ".join(refs)
    return ", ".join(
        e.ref
        for e in sheet.entries
        if e.item.id in sheet.card.critical and isinstance(e.item.critical, Cap)
    )


def _cents(value: Fraction) -> int:
    scaled = value * 100
    return int((abs(scaled) * 2 + 1) // 2) * (-1 if scaled < 0 else 1)
