"""One question of a section table: number, question, comment; answer and photos; points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from forms.answers import Expectation
from forms.scorecard import Status
from reports import theme
from reports.answers import Shown, in_short, shown
from reports.findings import service_time
from reports.flow import Block
from reports.pen import CHIP_GAP, CHIP_PAD, Pen, chip_width
from reports.sections.phrases import against, sentence
from reports.sheet import Entry, Sheet, photo_words
from reports.tagging import ROW, Element
from reports.theme import (
    BODY,
    BODY_STRONG,
    DANGER,
    QUESTION,
    RULE,
    SMALL,
    TEXT,
    TEXT2,
    WARNING,
    Colour,
    Style,
    Weight,
)
from reports.typeface import figures_width, fit, width, wrap, wrap_label
from reports.words import WORDS, mark

#: From the left margin; numbers stand at 0, text at ``sheet.indent``, points at the right.
ANSWER_X = 345.8
#: The answer is at most so wide, and stays so far from the points.
ANSWER_WIDE = 110.0
POINTS_GAP = 10.0
GAP = 18.0
#: The table of a section: its header, rows and total are one element.
TABLE = "questions"
TOP, FOOT = 13.2, 8.3
CHIP_TOP = 4.0
CHIP_HIGH = 14.0
#: An answer of more lines goes into the column of the question.
MOST_LINES = 3
#: A comment of more lines goes over the whole width.
LONG = 14
CHIP_LEADING = 9.6

QUIET = frozenset({Status.HIDDEN, Status.NOT_APPLICABLE, Status.UNANSWERED})


class QuestionRow(Block):
    def __init__(self, sheet: Sheet, entry: Entry) -> None:
        self.sheet = sheet
        self.entry = entry
        room = ANSWER_X - sheet.indent - GAP
        quiet = entry.score.status in QUIET
        self.style = QUESTION.heavy(Weight.REGULAR).inked(TEXT2) if quiet else QUESTION
        self.title = wrap_label(entry.label, self.style, room)
        self.figures = self._figures()
        self.points_width = self._points_width()
        self.answer, lead = self._answer()
        self.refs = self._refs()
        self.lead, self.lines = self._body(lead, room)
        self.wide = len(self.lines) > LONG
        if self.wide:
            self.lead, self.lines = self._body(lead, sheet.page.inner - sheet.indent)
        self.height = self._height()

    def _answer(self) -> tuple[Shown, list[str]]:
        """The answer, and what of it belongs before the comment."""
        answer = shown(self.entry, self.sheet)
        time = service_time(self.entry)
        lead = [against(self.sheet, time)] if time else []
        self._is_fact = bool(lead) or isinstance(self.entry.answer.value, Expectation)
        if answer.body:
            lead.append(answer.body)
        self.chip = wrap(answer.chip, theme.CHIP, self._chip_room(answer))
        if len(self.chip) > MOST_LINES:
            lead.insert(0, answer.chip)
            answer = Shown(in_short(self.entry, self.sheet), answer.tone)
            self.chip = wrap(answer.chip, theme.CHIP, self._chip_room(answer))
        return answer, lead

    def _chip_room(self, answer: Shown) -> float:
        icon = 8.7 + CHIP_GAP if answer.tone.icon else 0.0
        beside = self.sheet.page.inner - ANSWER_X - self.points_width - POINTS_GAP
        return min(ANSWER_WIDE, beside) - 2 * CHIP_PAD - icon

    def _body(self, lead: list[str], room: float) -> tuple[str, list[str]]:
        """A short lead runs into the comment; long words stand before it."""
        comment = self.entry.comment
        run_in = (
            sentence(lead[0]) if len(lead) == 1 and width(lead[0], BODY_STRONG) < room * 0.8 else ""
        )
        run_in = run_in if self._is_fact else ""
        if run_in and comment:
            return run_in, wrap(comment, BODY, room, width(f"{run_in} ", BODY_STRONG))
        if run_in:
            return run_in, [""]
        said = "\n".join(part for part in (*lead, comment) if part)
        return "", wrap(said, BODY, room) if said else []

    def _refs(self) -> list[tuple[str, str]]:
        """Icon and words of what was attached: ``Photo 3.1a``, ``Photos 3.1a–c``."""
        entry, refs = self.entry, []
        if entry.photos:
            refs.append(("photo", photo_words(entry, self.sheet)))
        if entry.said and entry.said.files:
            files = entry.said.files
            words = WORDS.plural(self.sheet.language, "{count} file", "{count} files", files)
            refs.append(("file", words))
        return [ref for ref in refs if ref[1] != self.answer.chip]

    def _height(self) -> float:
        written = self._head() + 12 * len(self.lines) + FOOT
        if self.lines:
            written += 1.0
        return max(written, self._answer_height())

    def _head(self) -> float:
        """Down to the baseline of the question; of a long comment, to the foot of the answer."""
        question = TOP + 13 * (len(self.title) - 1)
        return max(question, self._answer_height() - 7.0) if self.wide else question

    def _answer_height(self) -> float:
        chip = CHIP_HIGH + CHIP_LEADING * (len(self.chip) - 1)
        noted = 12.0 if self._note() else 0.0
        return CHIP_TOP + max(chip + 13 * len(self.refs), CHIP_HIGH + noted) + 6.0

    def least(self) -> float:
        if len(self.lines) <= 6:
            return self.height
        return max(self._head() + 36 + FOOT, self._answer_height())

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = int((room - self._head() - FOOT - 1) / 12)
        fits = min(fits, len(self.lines) - 2)
        if fits < 2:
            return None
        first = QuestionRow(self.sheet, self.entry)
        first.lines = self.lines[:fits]
        first.height = first._height()
        first.bookmark = self.bookmark
        rest = RowRest(self.sheet, self.entry, self.lines[fits:])
        rest.repeat, rest.keep = self.repeat, self.keep
        return first, rest

    def draw(self, pen: Pen, x: float, top: float) -> None:
        right = x + self.sheet.page.inner
        base = top + TOP
        tags = pen.tags
        words = open_row(pen, self.entry)
        pen.put(x, base, self.entry.ref, BODY.inked(theme.TEXT3))
        tags.into(words)
        pen.lines(x + self.sheet.indent, base, self.title, self.style)
        self._critical_sign(pen, x + self.sheet.indent, base)
        self._written(pen, x + self.sheet.indent, top + self._head() + 12.8)
        tags.leaf("TD")
        self._chip(pen, x + ANSWER_X, top + CHIP_TOP)
        tags.leaf("TD")
        self._points(pen, right, base)
        pen.rule(x, top + self.height, right, 0.5, RULE)

    def _critical_sign(self, pen: Pen, x: float, base: float) -> None:
        """A critical question says so at its end, met or not."""
        if not self.entry.item.critical:
            return
        base += 13 * (len(self.title) - 1)
        at = x + width(self.title[-1], self.style) + 5
        ink = DANGER if self.entry.score.failed else theme.TEXT3
        means = self.sheet.say(mark("Critical"))
        pen.icon("alert", at, base - 8, 9.5, ink, means)

    def _written(self, pen: Pen, x: float, y: float) -> None:
        ink = TEXT2 if self.entry.score.status in QUIET else TEXT
        for at, words in enumerate(self.lines):
            left = x
            if at == 0 and self.lead:
                pen.put(left, y, self.lead, BODY_STRONG.inked(ink))
                left += width(f"{self.lead} ", BODY_STRONG)
            pen.put(left, y, words, BODY.inked(ink))
            y += 12

    def _chip(self, pen: Pen, x: float, top: float) -> None:
        tone, y = self.answer.tone, top
        if len(self.chip) == 1:
            pen.chip(x, y, self.chip[0], tone, theme.CHIP, CHIP_HIGH)
            y += CHIP_HIGH
        else:
            y += self._tall_chip(pen, x, y)
        for icon, words in self.refs:
            pen.icon(icon, x + 1.5, y + 4, 8.5, TEXT2)
            pen.put(x + 13.5, y + 11, fit(words, SMALL, ANSWER_WIDE - 20), SMALL)
            y += 13

    def _tall_chip(self, pen: Pen, x: float, top: float) -> float:
        tone = self.answer.tone
        high = CHIP_HIGH + CHIP_LEADING * (len(self.chip) - 1)
        wide = max(chip_width(line, tone, theme.CHIP) for line in self.chip)
        if tone.ground is not None:
            pen.box(x, top, wide, high, tone.ground, 7)
        else:
            pen.frame(x, top, wide, high, tone.ink, 7, thick=0.6, dashed=tone.dashed)
        left = x + CHIP_PAD
        if tone.icon is not None:
            pen.icon(tone.icon, left, top + 2.7, 8.7, tone.ink)
            left += 8.7 + CHIP_GAP
        for at, words in enumerate(self.chip):
            base = top + CHIP_HIGH / 2 + 2.65 + at * CHIP_LEADING
            pen.put(left, base, words, theme.CHIP.inked(tone.ink))
        return high

    def _points(self, pen: Pen, right: float, base: float) -> None:
        words = self._no_points()
        if words:
            pen.right(right, base, words, SMALL)
            return
        value, of = self.figures
        at = right - self._of_width(of)
        style, ink = self._emphasis(*self._amounts())
        pen.figures(at, base, value, style.inked(ink))
        pen.figures(right, base, of, BODY.inked(TEXT2))
        note = self._note()
        if note:
            pen.right(right, base + 11.5, note, SMALL)

    def _figures(self) -> tuple[str, str]:
        """Points got, and ``/ 2,50`` where there are points to get."""
        got, whole = self._amounts()
        number, decimals = self.sheet.figures.number, self.sheet.fine
        of = f"/ {number(whole, decimals)}" if whole.numerator > 0 else ""
        return number(got, decimals), of

    def _of_width(self, of: str) -> float:
        return max(figures_width(of, BODY), 26.0) + 5 if of else 0.0

    def _points_width(self) -> float:
        words = self._no_points()
        if words:
            return width(words, SMALL)
        value, of = self.figures
        return figures_width(value, BODY_STRONG) + self._of_width(of)

    def _emphasis(self, got: Fraction, whole: Fraction) -> tuple[Style, Colour]:
        if self.entry.score.failed or got.numerator < 0 or (not got and whole.numerator > 0):
            return BODY_STRONG, DANGER
        return (BODY_STRONG, WARNING) if got < whole else (BODY, TEXT)

    def _amounts(self) -> tuple[Fraction, Fraction]:
        score = self.entry.score
        if score.share is None:
            return score.earned, score.possible
        return score.share, self.entry.whole

    def _no_points(self) -> str:
        score = self.entry.score
        if score.status is Status.SCORED:
            return ""
        if score.status is Status.HIDDEN:
            return self.sheet.say(mark("no points"))
        if score.possible or score.earned:
            return ""
        if score.status is Status.UNSCORED or not score.full:
            return self.sheet.say(mark("no points"))
        return self.sheet.say(mark("not counted"))

    def _note(self) -> str:
        score = self.entry.score
        if score.status is not Status.SCORED or score.possible.numerator > 0:
            return ""
        return self.sheet.say(mark("bonus") if score.bonus else mark("penalty"))


def open_row(pen: Pen, entry: Entry) -> Element:
    """The question's row, again where it goes on; open at its header, its number. Returns the
    cell of question and comment."""
    pen.tags.open("Table", TABLE)
    pen.tags.open("TR", entry.key)
    header = pen.tags.leaf("TH", ROW, "number")
    words = pen.tags.leaf("TD", "", "words")
    pen.tags.into(header)
    return words


class RowRest(Block):
    """The rest of a comment that did not fit on the page before."""

    def __init__(self, sheet: Sheet, entry: Entry, lines: Sequence[str]) -> None:
        self.sheet = sheet
        self.entry = entry
        self.lines = list(lines)
        self.height = 11.5 + 12 * len(lines) + 2

    def least(self) -> float:
        return min(self.height, 50.0)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = min(int((room - 14) / 12), len(self.lines) - 2)
        if fits < 2:
            return None
        first = RowRest(self.sheet, self.entry, self.lines[:fits])
        rest = RowRest(self.sheet, self.entry, self.lines[fits:])
        rest.repeat, rest.keep = self.repeat, self.keep
        return first, rest

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.tags.skip()
        pen.put(x, top + 11.5, self.entry.ref, BODY.inked(theme.TEXT3))
        pen.tags.into(open_row(pen, self.entry))
        pen.lines(x + self.sheet.indent, top + 11.5, self.lines, BODY)
        pen.rule(x, top + self.height, x + self.sheet.page.inner, 0.5, RULE)
