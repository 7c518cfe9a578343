"""What lost points, most first: each with its answer, comment, cause and first photo."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from forms.tags import Cause, Killer
from reports import text, theme
from reports.answers import in_short, shown
from reports.figures import rounded
from reports.findings import failed_entries, service_time
from reports.flow import Block
from reports.pen import Pen
from reports.sections.headings import Heading
from reports.sections.phrases import against, is_moved, lost_anchor, lost_style
from reports.sheet import Entry, Sheet, photo_alt, photo_ref
from reports.theme import (
    BODY,
    DANGER,
    DANGER_SOFT,
    ITEM,
    RULE,
    SMALL,
    SMALL_STRONG,
    TEXT3,
    WHITE,
    Weight,
)
from reports.typeface import fit, fit_lines, width, wrap, wrap_label
from reports.words import WORDS, mark

INDENT = 54.0
PHOTO = (114.0, 76.0)
CHIP_HIGH = 14.0
MOST_CHIP = 230.0
PAD = 10.0

CAUSES = {
    Cause.PEOPLE: mark("People"),
    Cause.PROCESS: mark("Process"),
    Cause.PRODUCT: mark("Product"),
    Cause.SYSTEM: mark("System"),
}
KILLERS = {
    Killer.EXPECTATION_GAP: mark("Expectation gap"),
    Killer.BAD_PROFIT: mark("Bad profit"),
    Killer.SELF_CENTRED: mark("Self-centred"),
    Killer.BROKEN_ORGANISATION: mark("Broken organisation"),
}


def blocks(sheet: Sheet) -> list[Block]:
    """Nothing at all when nothing was lost."""
    entries = failed_entries(sheet)
    if not entries:
        return []
    items = [FailedItem(sheet, entry) for entry in entries]
    lost = sum((entry.lost for entry in entries), Fraction(0))
    under = WORDS.plural(
        sheet.language,
        "One question lost {lost} points.",
        "{count} questions lost {lost} points. At the same points critical ones stand first, "
        "then the order of the checklist.",
        len(entries),
        lost=sheet.figures.number(lost, sheet.decimals),
    )
    if not sheet.scored:
        under = sheet.say(mark("These questions failed; the visit is not scored."))
    else:
        under = " ".join([under, *_remarks(sheet, entries)])
    title = sheet.say(mark("What lost points, most first"))
    found: list[Block] = [Heading(title, under, sheet.page.inner)]
    if lost > 0 and len(items) > 1:
        found.append(LossStrip(sheet, items))
    return [*found, *items]


def _remarks(sheet: Sheet, entries: Sequence[Entry]) -> list[str]:
    """Why the printed points do not add up to the printed sum, or to 100 with the score."""
    said = []
    shown = sum(rounded(entry.lost, sheet.decimals) for entry in entries)
    lost = sum((entry.lost for entry in entries), Fraction(0))
    if shown != rounded(lost, sheet.decimals):
        said.append(sheet.say(mark("Points are rounded.")))
    if is_moved(sheet) and sheet.card.critical:
        said.append(sheet.say(mark("What a critical question took beyond that is in the ledger.")))
    return said


class LossStrip(Block):
    """Every loss by its size: those of this page dark, the rest pale."""

    keep = True
    height = 40.0

    def __init__(self, sheet: Sheet, items: Sequence[FailedItem]) -> None:
        self.sheet = sheet
        self.items = [item for item in items if item.entry.lost > 0]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        total = sum(float(item.entry.lost) for item in self.items)
        wide = self.sheet.page.inner
        pen.tags.figure(self._words(), (x, top, wide, 18))
        left, here, named = x, 0.0, True
        if all(item.page == self.page for item in self.items):
            top += 6.0  # no captions under it
        for item in self.items:
            share = wide * float(item.entry.lost) / total
            mine = item.page == self.page
            here += share if mine else 0.0
            pen.box(left, top, max(share - 0.9, 0.3), 16.5, DANGER if mine else DANGER_SOFT)
            named = named and self._name(pen, left, top, share - 0.9, item, mine)
            left += share
        pen.tags.end()
        self._captions(pen, x, top + 27, here)

    def _words(self) -> str:
        """``Points lost by question: 3.2 −4.8; 1.1 −3.2``"""
        number, decimals = self.sheet.figures.number, self.sheet.decimals
        each = [f"{i.entry.ref} {number(-i.entry.lost, decimals)}" for i in self.items]
        return self.sheet.say(mark("Points lost by question: {losses}"), losses="; ".join(each))

    def _name(
        self, pen: Pen, x: float, top: float, wide: float, item: FailedItem, mine: bool
    ) -> bool:
        """Number and loss, or the number; False where neither fits: then no later one is named,
        since gaps in the row would look like mistakes."""
        ink = WHITE if mine else DANGER
        ref = item.entry.ref
        lost = self.sheet.figures.number(-item.entry.lost, self.sheet.decimals)
        full = f"{ref}\u00a0 {lost}"
        strong = SMALL_STRONG.inked(ink)
        if width(full, strong) + 6 <= wide:
            at = x + (wide - width(full, strong)) / 2
            pen.put(at, top + 11, ref, strong)
            pen.put(at + width(f"{ref}\u00a0 ", strong), top + 11, lost, SMALL.inked(ink))
        elif width(ref, strong) + 3 <= wide:
            pen.middle(x + wide / 2, top + 11, ref, strong)
        else:
            return False
        return True

    def _captions(self, pen: Pen, x: float, base: float, here: float) -> None:
        sheet = self.sheet
        mine = sum((i.entry.lost for i in self.items if i.page == self.page), Fraction(0))
        total = sum((i.entry.lost for i in self.items), Fraction(0))
        if mine == total:
            return
        rest = rounded(total, sheet.decimals) - rounded(mine, sheet.decimals)
        number = sheet.figures.number
        words = sheet.say(mark("this page: {lost}"), lost=number(-mine, sheet.decimals))
        pen.put(x, base, words, SMALL)
        after = sheet.say(mark("further on: {lost}"), lost=number(-rest, sheet.decimals))
        most = x + sheet.page.inner - width(after, SMALL)
        at = min(most, max(x + here, x + width(words, SMALL) + 16))
        pen.put(at, base, after, SMALL)


class FailedItem(Block):
    def __init__(self, sheet: Sheet, entry: Entry) -> None:
        self.sheet = sheet
        self.entry = entry
        self.anchor = lost_anchor(entry)
        photo = entry.photos[0] if entry.photos else None
        self.photo = photo
        taken = INDENT + (PHOTO[0] + 20 if photo else 0)
        self.room = sheet.page.inner - taken
        self.title = wrap_label(f"{entry.ref}  {entry.label}", ITEM, self.room)
        self.answer = shown(entry, sheet)
        fits = width(self.answer.chip, theme.CHIP) <= MOST_CHIP
        self.chip = self.answer.chip if fits else in_short(entry, sheet)
        self.fact = self._fact()
        cut = "" if self.chip == self.answer.chip else self.answer.chip
        said = "\n".join(part for part in (cut, self.answer.body, entry.comment) if part)
        self.lines = wrap(said, BODY, self.room) if said else []
        self.tags = self._tags()
        self.caption = self._caption()
        self.height = self._height()

    def _fact(self) -> str:
        time = service_time(self.entry)
        if time is not None:
            return against(self.sheet, time).rstrip(".")
        score = self.entry.score
        if score.share is None or not 0 < score.share < self.entry.whole:
            return ""
        number = self.sheet.figures.number
        return self.sheet.say(
            mark("Got {earned} of {possible} points"),
            earned=number(score.share, self.sheet.decimals),
            possible=number(self.entry.whole, self.sheet.decimals),
        )

    def _tags(self) -> str:
        sheet, tags = self.sheet, self.entry.item.tags
        words = [sheet.say(CAUSES[tags.cause])] if tags.cause else []
        if tags.killer:
            words.append(sheet.say(KILLERS[tags.killer]))
        history = sheet.snapshot.history
        if history and self.entry.item.id in history[-1].failed:
            when = text.line(history[-1].wave) or sheet.figures.day(history[-1].on)
            words.append(sheet.say(mark("Failed in {wave} too"), wave=when))
        return " · ".join(words)

    def _caption(self) -> list[str]:
        if self.photo is None:
            return []
        ref = self.sheet.say(mark("Photo {ref}"), ref=photo_ref(self.entry, 0))
        more = len(self.entry.photos) - 1
        words = text.line(self.photo.caption)
        if more:
            extra = self.sheet.say(mark("+{count} more"), count=more)
            words = f"{words} ({extra})" if words else f"({extra})"
        room = PHOTO[0] - width(f"{ref}  ", SMALL_STRONG)
        if width(words, SMALL) <= room:
            return [ref, words]
        return [ref, "", *fit_lines(words, SMALL, PHOTO[0], 2)]

    def _head(self) -> float:
        """Room of title and chips."""
        return PAD + 13.5 * len(self.title) + CHIP_HIGH + 5

    def _height(self) -> float:
        written = self._head() + 12 * len(self.lines) + (13 if self.tags else 0) + PAD - 2
        if self.photo is None:
            return max(written, 46.0)
        pictured = PAD + PHOTO[1] + 12 + 10.5 * max(0, len(self.caption) - 2) + PAD - 4
        return max(written, pictured)

    def least(self) -> float:
        if len(self.lines) <= 6:
            return self.height
        photo = PAD + PHOTO[1] + 34 if self.photo else 0.0
        return max(self._head() + 12 * 3 + PAD, photo)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - self._head() - PAD) / 12), len(self.lines) - 2)
        if fits < 2:
            return None
        first = FailedItem(self.sheet, self.entry)
        first.lines = self.lines[:fits]
        first.tags = ""
        first.height = room
        self.page = first.page
        return first, Continued(self.sheet, self.lines[fits:], self.tags, self.entry)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        sheet = self.sheet
        if top > sheet.page.top:
            pen.rule(x, top, x + sheet.page.inner, 0.5, RULE)
        left = x + INDENT
        pen.tags.open("Sect", self.entry.key)
        pen.tags.leaf("H3")
        base = pen.lines(left, top + PAD + 8.2, self.title, ITEM)
        pen.tags.leaf("P")
        self._points(pen, x, top)
        pen.tags.leaf("P")
        self._chips(pen, left, base - 8)
        y = top + self._head() + 8.2
        if self.lines:
            pen.tags.leaf("P", key="words")
            y = pen.lines(left, y, self.lines, BODY)
        pen.tags.end()
        if self.tags:
            y += 1 if self.lines else -1.5
            draw_tags(pen, left, y, self.entry, fit(self.tags, SMALL, self.room - 14))
        if self.photo is not None:
            self._picture(pen, x + sheet.page.inner - PHOTO[0], top + PAD)

    def _points(self, pen: Pen, x: float, top: float) -> None:
        sheet, entry = self.sheet, self.entry
        if entry.score.lost is None:
            return
        lost = sheet.figures.number(-entry.lost, sheet.decimals)
        pen.figures(x + 36, top + PAD + 10, lost, lost_style(lost))
        whole = sheet.figures.number(entry.whole, sheet.decimals)
        under = sheet.say(mark("of {points}"), points=whole)
        if entry.score.possible == 0:
            under = sheet.say(mark("penalty"))
        pen.put(max(x, x + 36 - width(under, SMALL)), top + PAD + 23, under, SMALL)

    def _chips(self, pen: Pen, x: float, top: float) -> None:
        x += pen.chip(x, top, self.chip, self.answer.tone, theme.CHIP, CHIP_HIGH) + 5
        if self.entry.item.critical:
            words = self.sheet.say(mark("Critical"))
            x += pen.chip(x, top, words, theme.CRITICAL, theme.CHIP, CHIP_HIGH) + 5
        room = self.sheet.page.left + INDENT + self.room - x - 4
        style = SMALL_STRONG.heavy(Weight.MEDIUM)
        pen.put(x + 2, top + 9.7, fit(self.fact, style, room), style)

    def _picture(self, pen: Pen, x: float, top: float) -> None:
        assert self.photo is not None
        jpeg = self.sheet.jpeg(self.photo.sha256)
        pen.tags.figure(photo_alt(self.sheet, self.entry, 0), (x, top, *PHOTO))
        if jpeg is None:
            pen.box(x, top, *PHOTO, theme.TRACK, 3)
            pen.middle(x + PHOTO[0] / 2, top + 41, self.sheet.say(mark("Photo missing")), SMALL)
        else:
            pen.photo(jpeg, x, top, *PHOTO, 3)
        pen.frame(x, top, *PHOTO, theme.TOTAL_RULE, 3, thick=0.5)
        pen.tags.leaf("P")
        base = top + PHOTO[1] + 10
        ref, *rest = self.caption
        pen.put(x, base, ref, SMALL_STRONG)
        pen.put(x + width(f"{ref}  ", SMALL_STRONG), base, rest[0], SMALL)
        pen.lines(x, base + 10.5, rest[1:], SMALL)


class Continued(Block):
    """The rest of a long comment, on the next page."""

    def __init__(self, sheet: Sheet, lines: Sequence[str], tags: str, entry: Entry) -> None:
        self.sheet = sheet
        self.lines = list(lines)
        self.tags = tags
        self.entry = entry
        self.height = 15 + 12 * len(lines) + (13 if tags else 0) + 8

    def least(self) -> float:
        return min(self.height, 60.0)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - 23) / 12), len(self.lines) - 2)
        if fits < 2:
            return None
        first = Continued(self.sheet, self.lines[:fits], "", self.entry)
        return first, Continued(self.sheet, self.lines[fits:], self.tags, self.entry)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        words = self.sheet.say(mark("{number}, continued"), number=self.entry.ref)
        pen.tags.open("Sect", self.entry.key)
        pen.tags.skip()
        pen.put(x + INDENT, top + 8, words, SMALL.inked(TEXT3))
        pen.tags.leaf("P", key="words")
        y = pen.lines(x + INDENT, top + 23, self.lines, BODY)
        pen.tags.end()
        if self.tags:
            draw_tags(pen, x + INDENT, y + 1, self.entry, self.tags)


def draw_tags(pen: Pen, x: float, base: float, entry: Entry, words: str) -> None:
    cause = entry.item.tags.cause
    if cause is not None:
        pen.icon(cause.value, x, base - 7.5, 9, theme.TEXT2)
        x += 13
    pen.put(x, base, words, SMALL)
