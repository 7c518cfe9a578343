"""What every section of a program report works on: the snapshot, its figures, its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from reports import text
from reports.figures import Figures
from reports.jpeg import PrintJpeg
from reports.logo import PrintPng, read_logo
from reports.program.figures import Change, Mean, Program, Verdict
from reports.program.snapshot import Place, ProgramSnapshot
from reports.theme import DANGER, PAGES, SUCCESS, TEXT, Branding, Colour, Page, branding
from reports.words import WORDS, mark

NBSP = "\u00a0"


@dataclass(eq=False)
class ProgramSheet:
    snapshot: ProgramSnapshot
    images: Mapping[str, Path]
    figures: Figures = field(init=False)
    page: Page = field(init=False)
    brand: Branding = field(init=False)
    of: Program = field(init=False)

    def __post_init__(self) -> None:
        self.figures = Figures(self.snapshot.language)
        self.page = PAGES[self.snapshot.page]
        self.brand = branding(self.snapshot.brand)
        self.of = Program(self.snapshot)

    @property
    def language(self) -> str:
        return self.snapshot.language

    def say(self, message: str, /, **values: object) -> str:
        return WORDS.text(self.snapshot.language, message, **values)

    @cached_property
    def seal(self) -> str:
        return self.snapshot.content_hash

    @cached_property
    def logo(self) -> PrintJpeg | PrintPng | None:
        sha256 = self.snapshot.brand.logo
        return read_logo(sha256, self.images.get(sha256)) if sha256 else None

    # figures as they are printed

    def score(self, value: Decimal | Fraction | None) -> str:
        return "–" if value is None else self.figures.number(value, self.snapshot.decimals)

    def signed(self, value: Decimal | Fraction) -> str:
        return self.figures.signed(value, self.snapshot.decimals)

    def plus_minus(self, of: Mean) -> str:
        """``±4,1``, or nothing where there are too few for an interval."""
        return "" if of.reach is None else f"±{self.score(of.reach)}"

    def n(self, count: int) -> str:
        return f"n{NBSP}={NBSP}{count}"

    def target(self) -> str:
        target = self.snapshot.target
        return "" if target is None else self.figures.short(target)

    # names

    @cached_property
    def wave(self) -> str:
        return text.line(self.snapshot.wave.name)

    def wave_words(self) -> str:
        """``wave Q4/2026``; a name that says so itself stays as it is."""
        words = self.say(mark("wave {wave}"), wave="").strip()
        if self.wave.casefold().startswith(words.casefold()):
            return self.wave
        return self.say(mark("wave {wave}"), wave=self.wave)

    @cached_property
    def _shared(self) -> frozenset[str]:
        """Names that several locations bear."""
        count = Counter(text.line(place.name) for place in self.snapshot.places)
        return frozenset(name for name, many in count.items() if many > 1)

    def name(self, place: Place) -> str:
        name, code = text.line(place.name), text.line(place.code)
        if name and name not in self._shared:
            return name
        return f"{code} {name}".strip() or "–"

    @cached_property
    def titles(self) -> tuple[str, ...]:
        return tuple(text.label(each.title) for each in self.snapshot.sections)


#: What is said of a change, in a table and in a sentence.
SHORT = {
    Verdict.NOTHING: "",
    Verdict.FEW: mark("too few"),
    Verdict.SAME: mark("not clear"),
    Verdict.BETTER: mark("clear"),
    Verdict.WORSE: mark("clear"),
}


def change_ink(of: Change) -> Colour:
    return {Verdict.WORSE: DANGER, Verdict.BETTER: SUCCESS}.get(of.verdict, TEXT)


def change_sentence(sheet: ProgramSheet) -> str:
    """What became of the score since the last wave, in words that claim no more than is known."""
    program, change = sheet.of, sheet.of.change
    if program.now.value is None:
        return sheet.say(mark("No visit of this wave has a score yet."))
    if program.last is None:
        return sheet.say(mark("There is no earlier wave to compare with."))
    last = text.line(sheet.snapshot.waves[program.last].name)
    value, span, n = change.of.value, change.of.reach, change.of.n
    if value is None:
        return sheet.say(
            mark("No location was visited in {last}, too: nothing can be said of a change."),
            last=last,
        )
    same = WORDS.plural(
        sheet.language, "the same {count} location", "the same {count} locations", n
    )
    told = sheet.say(
        mark("{same}, {change} points since {last}"),
        same=same, change=sheet.signed(value), last=last,
    )  # fmt: skip
    if span is None:
        return sheet.say(mark("Too few to tell a change: {told}."), told=told)
    told += " " + sheet.say(
        mark("(95 % interval: {low} to {high})"),
        low=sheet.signed(value - span), high=sheet.signed(value + span),
    ).replace("95 %", f"95{NBSP}%")  # fmt: skip
    return sheet.say(SENTENCES[change.verdict], told=told)


SENTENCES = {
    Verdict.SAME: mark("No meaningful change: {told}."),
    Verdict.BETTER: mark("Better: {told}."),
    Verdict.WORSE: mark("Worse: {told}."),
}
