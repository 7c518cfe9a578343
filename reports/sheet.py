"""What every section works on: the snapshot with its checklist compiled, cleaned and looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from pathlib import Path

from forms.answers import UNANSWERED, Answer, AnswerKey
from forms.canonical import from_canonical
from forms.checklist import Checklist, Scoring, Section
from forms.compiled import CompiledChecklist, Item
from forms.questions.base import Text, text_in
from forms.questions.text import TextQuestion
from forms.scorecard import QuestionScore, Scorecard, SectionScore, Status
from reports import text
from reports.figures import Figures, is_round
from reports.jpeg import PrintJpeg, read_jpeg
from reports.logo import PrintPng, read_logo
from reports.snapshot import PartName, Photo, ReportSnapshot, Said
from reports.theme import BODY, PAGES, SMALL, Branding, Page, branding
from reports.typeface import width
from reports.words import WORDS, mark

#: Types that take no answer: they are never printed.
UNPRINTED = frozenset({"note", "calculate"})


NOTHING = Fraction(0)
NUMBERS = {2: mark("two"), 3: mark("three"), 4: mark("four"), 5: mark("five")}


@lru_cache(maxsize=16)
def compiled_checklist(canonical: str) -> CompiledChecklist:
    """Compiled once per version and process: a checklist repeats in every report."""
    return CompiledChecklist(from_canonical(canonical))


@lru_cache(maxsize=1024)
def _said(language: str, message: str) -> str:
    """Labels, which repeat on every page."""
    return WORDS.text(language, message)


@dataclass(slots=True, eq=False)
class Entry:
    """One question on paper: the item, its score, what was said. ``ref`` is its number, ``whole``
    what it could put into the total."""

    item: Item
    score: QuestionScore
    said: Said | None
    label: str
    short: str
    comment: str
    key: AnswerKey = field(init=False)
    ref: str = field(init=False)
    answer: Answer = field(init=False)
    photos: tuple[Photo, ...] = field(init=False)
    lost: Fraction = field(init=False)
    whole: Fraction = field(init=False)

    def __post_init__(self) -> None:
        score, said = self.score, self.said
        self.key = (self.item.id, score.instance)
        self.ref = self.item.number
        self.answer = said.answer if said else UNANSWERED
        self.photos = said.photos if said else ()
        self.lost = score.lost or NOTHING
        share = score.share or NOTHING
        self.whole = share + self.lost if self.lost else share


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One section on paper. ``number`` counts from 1."""

    number: int
    section: Section
    score: SectionScore
    title: str
    entries: tuple[Entry, ...]


@dataclass(eq=False)
class Sheet:
    snapshot: ReportSnapshot
    images: Mapping[str, Path]
    figures: Figures = field(init=False)
    page: Page = field(init=False)
    brand: Branding = field(init=False)
    compiled: CompiledChecklist = field(init=False)
    _jpegs: dict[str, PrintJpeg | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.figures = Figures(self.snapshot.language)
        self.page = PAGES[self.snapshot.page]
        self.brand = branding(self.snapshot.brand)
        self.compiled = compiled_checklist(self.snapshot.checklist)

    @property
    def language(self) -> str:
        return self.snapshot.language

    @property
    def checklist(self) -> Checklist:
        return self.compiled.checklist

    @property
    def scoring(self) -> Scoring:
        return self.checklist.scoring

    @property
    def card(self) -> Scorecard:
        return self.snapshot.scorecard

    def say(self, message: str, /, **values: object) -> str:
        if values:
            return WORDS.text(self.snapshot.language, message, **values)
        return _said(self.snapshot.language, message)

    def spelled(self, number: int) -> str:
        """Small numbers as words, for headings and sentences."""
        return self.say(NUMBERS[number]) if number in NUMBERS else str(number)

    def words(self, of: Text | None) -> str:
        """A text of the checklist in the report's language, on one line."""
        return text.label(text_in(of, self.snapshot.language, self.checklist.languages))

    @cached_property
    def seal(self) -> str:
        """The hash of the snapshot."""
        return self.snapshot.content_hash

    @property
    def content_hash(self) -> str:
        return self.seal

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        said = {said.key: said for said in self.snapshot.answers}
        by_section: dict[str, list[Entry]] = {}
        for score in self.card.questions:
            item = self.compiled.item(score.id)
            if item.question.type in UNPRINTED:
                continue
            label = self.words(item.label)
            short = self.words(item.short) or label
            what = said.get((score.id, score.instance))
            comment = self._comment(what) if what and what.comment else ""
            entry = Entry(item, score, what, label, short, comment)
            by_section.setdefault(score.section, []).append(entry)
        return tuple(
            Part(
                number,
                section,
                self.card.section(section.id),
                self.words(section.title),
                tuple(by_section.get(section.id, ())),
            )
            for number, section in enumerate(self.checklist.sections, 1)
        )

    def _comment(self, said: Said) -> str:
        """As it was written, or in a translation, marked as such."""
        if not said.translation:
            return self.told(said.comment)
        return self.say(mark("{words} [translated]"), words=self.told(said.translation))

    def told(self, words: str) -> str:
        """A person's words, cleaned; where they are cut, the paper says so."""
        kept = text.clean(words)
        if len(words) <= text.CAP:
            return kept
        most = self.figures.short(Fraction(text.CAP))
        note = self.say(mark("[only the first {most} characters]"), most=most)
        return f"{kept}\n{note}"

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for part in self.parts for entry in part.entries)

    @cached_property
    def indent(self) -> float:
        """Room for the number before a question: "3.2", "12.10.3"."""
        return max([26.2, *(width(entry.ref, BODY) + 6 for entry in self.entries)])

    @cached_property
    def small_indent(self) -> float:
        """The same in the ledger."""
        return max([17.0, *(width(entry.ref, SMALL) + 5 for entry in self.entries)])

    @cached_property
    def by_key(self) -> dict[AnswerKey, Entry]:
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def share_units(self) -> dict[AnswerKey, tuple[int, int]]:
        """What each question put and could put into the total, in one unit that is a whole number
        for all of them: many sums of few fractions are quick so, and stay exact."""
        shares = {
            entry.key: (entry.score.share or Fraction(0), entry.lost) for entry in self.entries
        }
        unit = lcm(*{value.denominator for pair in shares.values() for value in pair})
        return {
            key: (_units(share, unit), _units(share, unit) + _units(lost, unit))
            for key, (share, lost) in shares.items()
        }

    @cached_property
    def narrated(self) -> dict[AnswerKey, str]:
        """Texts of several lines, cleaned, where the report has the part that tells them whole."""
        if PartName.NARRATIVE not in self.snapshot.template.parts:
            return {}
        found = {}
        for entry in self.entries:
            question, value = entry.item.question, entry.answer.value
            told = isinstance(question, TextQuestion) and question.multiline
            if told and isinstance(value, str) and entry.score.status is not Status.HIDDEN:
                found[entry.key] = self.told(value)
        return {key: words for key, words in found.items() if words}

    def entry(self, question: str) -> Entry | None:
        """The first entry of a question id."""
        return next((entry for entry in self.entries if entry.item.id == question), None)

    @cached_property
    def decimals(self) -> int:
        """Decimals of points on page 1 and in the list of failed items."""
        return max(1, min(self.scoring.decimals, 2))

    @cached_property
    def fine(self) -> int:
        """Decimals of points in tables: one where that says them exactly, else two."""
        shares = [e.score.share or Fraction(0) for e in self.entries] + [
            e.lost for e in self.entries
        ]
        return 1 if all(is_round(value, 1) for value in shares) else 2

    @property
    def scored(self) -> bool:
        return self.card.score is not None

    def score_text(self, value: Decimal | Fraction) -> str:
        return self.figures.number(value, self.scoring.decimals)

    @cached_property
    def target_ratio(self) -> Fraction | None:
        target = self.snapshot.comparison.target
        return None if target is None else Fraction(target) / 100

    @cached_property
    def logo(self) -> PrintJpeg | PrintPng | None:
        """None where there is none, or it is missing or damaged."""
        sha256 = self.snapshot.brand.logo
        return read_logo(sha256, self.images.get(sha256)) if sha256 else None

    def jpeg(self, sha256: str) -> PrintJpeg | None:
        """None when the picture is missing or damaged: the paper then says so."""
        if sha256 not in self._jpegs:
            self._jpegs[sha256] = read_jpeg(sha256, self.images.get(sha256))
        return self._jpegs[sha256]


def _units(value: Fraction, unit: int) -> int:
    return value.numerator * (unit // value.denominator)


def photo_words(entry: Entry, sheet: Sheet) -> str:
    """``Photo 3.1a``, ``Photos 3.1a–c``."""
    first, many = photo_ref(entry, 0), len(entry.photos)
    if many == 1:
        return sheet.say(mark("Photo {ref}"), ref=first)
    last = photo_ref(entry, many - 1)[len(entry.ref) :]
    return sheet.say(mark("Photos {ref}"), ref=f"{first}–{last}")


def photo_alt(sheet: Sheet, entry: Entry, at: int) -> str:
    """What a photo is, for those who do not see it: its number, its question, what the evaluator
    wrote under it."""
    ref = sheet.say(mark("Photo {ref}"), ref=photo_ref(entry, at))
    words = f"{ref}: {entry.short}"
    caption = text.line(entry.photos[at].caption)
    return f"{words}; {caption}" if caption else words


def photo_ref(entry: Entry, at: int) -> str:
    """``3.1a``, ``3.1b`` … ``3.1z``, ``3.1aa``."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(97 + rest) + letters
    return f"{entry.ref}{letters}"
