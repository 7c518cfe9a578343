"""The upper third of page 1: location, dial, verdict, comparisons."""

from __future__ import annotations

from reports import text, theme
from reports.charts import Dial, dial, ring, tick
from reports.comparisons import Compared, comparisons
from reports.findings import short_verdict, verdict
from reports.pen import Pen, chip_width
from reports.sheet import Sheet
from reports.theme import (
    BODY,
    DIAL,
    PLACE,
    SMALL,
    SMALL_STRONG,
    TEXT2,
    TITLE,
    TOTAL_RULE,
    Style,
    Tone,
    Weight,
)
from reports.typeface import balanced, fit, fit_lines, width, wrap
from reports.words import mark

CENTRE_X, CENTRE_Y = 76.5, 220.0
#: Where the verdict and the comparisons begin, from the left margin.
INDENT = 196.3
#: Where the part below may begin.
END = 282.0
CHIP = Style(8.5, 11, Weight.SEMIBOLD)
GUTTER = 16.0


def draw(sheet: Sheet, pen: Pen) -> None:
    _place(sheet, pen)
    _dial(sheet, pen)
    _verdict(sheet, pen)


def _place(sheet: Sheet, pen: Pen) -> None:
    """Name of the location, when it was visited; "not reviewed" while that is so."""
    page, snapshot = sheet.page, sheet.snapshot
    room = page.inner
    name = pen.tags.leaf("H1")
    if not snapshot.visit.reviewed:
        pen.tags.leaf("P")
        words = sheet.say(mark("Not reviewed"))
        wide = chip_width(words, theme.NOT_REVIEWED, CHIP)
        pen.chip(page.right - wide, 82.5, words, theme.NOT_REVIEWED, CHIP, 18)
        note = sheet.say(mark("No editor has checked it yet: it may still change."))
        pen.right(page.right, 115.5, note, SMALL)
        room -= wide + 16
    pen.tags.into(name)
    _name(pen, page.left, room, text.line(snapshot.location.name))
    pen.tags.end()
    room = page.inner - (190 if not snapshot.visit.reviewed else 0)
    pen.put(page.left, 116, _under(sheet, room), BODY.inked(TEXT2))


def _name(pen: Pen, x: float, room: float, name: str) -> None:
    """As large as it fits on one line; a long name takes two."""
    for size in (24, 20, 17):
        style = PLACE._replace(size=size)
        if width(name, style) <= room:
            pen.put(x - 0.6, 99.5, name, style)
            return
    style = PLACE._replace(size=13, leading=15)
    pen.lines(x - 0.3, 86.5, fit_lines(name, style, room, 2), style)


def _under(sheet: Sheet, room: float) -> str:
    """Code and moment; a long code stands without its label, so that the moment is never cut."""
    snapshot = sheet.snapshot
    moment = sheet.figures.moment(snapshot.visit)
    day = sheet.say(
        mark("Visited {weekday} {day}"),
        weekday=sheet.figures.weekday(snapshot.visit.on),
        day=sheet.figures.day(snapshot.visit.on),
    )
    when = f"{day}, {moment}" if moment else day
    code = text.line(snapshot.location.code)
    if not code:
        return when
    place = sheet.say(mark("Location code {code}"), code=code)
    if width(f"{place} · {when}", BODY) <= room:
        return f"{place} · {when}"
    return f"{fit(code, BODY, room - width(f' · {when}', BODY))} · {when}"


def _dial(sheet: Sheet, pen: Pen) -> None:
    x, card = sheet.page.left + CENTRE_X, sheet.card
    target, history = sheet.snapshot.comparison.target, sheet.snapshot.history
    tone, ink, band = band_tone(sheet)
    edges = [(float(b.min), sheet.figures.short(b.min)) for b in sheet.scoring.bands]
    of = Dial(
        None if card.score is None else float(card.score),
        sorted(edges),
        ink,
        None if target is None else (float(target), sheet.figures.short(target)),
        float(history[-1].score) if history and card.score is not None else None,
    )
    pen.tags.figure(_dial_words(sheet, band), (x - 100, CENTRE_Y - 96, 200, 150))
    dial(pen, x, CENTRE_Y, of)
    if card.score is None:
        pen.middle(x, CENTRE_Y + 2, sheet.say(mark("Not scored")), TITLE.inked(TEXT2))
        return
    words = sheet.score_text(card.score)
    room = width(words, DIAL)
    figure = DIAL if room <= 92 else DIAL._replace(size=DIAL.size * 92 / room)
    pen.middle(x, CENTRE_Y + 2.7, words, figure)
    pen.middle(x, CENTRE_Y + 19.7, sheet.say(mark("out of 100")), BODY.inked(TEXT2))
    if band:
        band = fit(band, CHIP, 150)
        pen.chip(x - chip_width(band, tone, CHIP) / 2, CENTRE_Y + 31, band, tone, CHIP, 18)


def _dial_words(sheet: Sheet, band: str) -> str:
    """What the dial shows, for those who hear it."""
    card, number = sheet.card, sheet.score_text
    if card.score is None:
        return sheet.say(mark("Not scored"))
    said = [sheet.say(mark("Score {score} out of 100"), score=number(card.score)), band]
    target, history = sheet.snapshot.comparison.target, sheet.snapshot.history
    if target is not None:
        said.append(sheet.say(mark("target {score}"), score=sheet.figures.short(target)))
    if history:
        said.append(sheet.say(mark("last visit {score}"), score=number(history[-1].score)))
    return "; ".join(words for words in said if words)


def band_tone(sheet: Sheet) -> tuple[Tone, theme.Colour, str]:
    """Chip, ink of the ring, and words of the band. Red is the lowest band, green is passed or
    the highest band, amber what lies between."""
    card, bands = sheet.card, sorted(sheet.scoring.bands, key=lambda band: band.min)
    if card.score is None:
        return theme.PLAIN, theme.MET_BAR, ""
    words = next((sheet.words(b.label) or b.id for b in bands if b.id == card.band), "")
    target = sheet.snapshot.comparison.target
    lowest = bool(bands) and card.band == bands[0].id and len(bands) > 1
    highest = bool(bands) and card.band == bands[-1].id and len(bands) > 1
    good = (card.score >= target) if target is not None else highest
    if good and not card.critical:
        return theme.MET, theme.SUCCESS, words or sheet.say(mark("Target reached"))
    if lowest:
        return Tone(theme.DANGER, theme.DANGER_SOFT, "missed"), theme.DANGER, words
    if target is None and not bands:
        return theme.PLAIN, theme.MET_BAR, ""
    amber = Tone(theme.WARNING, theme.WARNING_SOFT, "warning")
    return amber, theme.DIAL_AMBER, words or sheet.say(mark("Below the target"))


def _verdict(sheet: Sheet, pen: Pen) -> None:
    x = sheet.page.left + INDENT
    room = sheet.page.right - x
    said = text.line(sheet.snapshot.verdict) or verdict(sheet)
    compared = comparisons(sheet)
    style, lines = TITLE, balanced(said, TITLE, room)
    if len(lines) > 3:
        style = Style(12, 16.5, Weight.SEMIBOLD)
        if len(wrap(said, style, room)) > 4 and not sheet.snapshot.verdict:
            said = short_verdict(sheet) or said
        lines = fit_lines(said, style, room, 4)
    middle = 163.0 if compared else 222.0
    first = middle - (len(lines) - 1) * style.leading / 2 + style.size * 0.2
    pen.tags.leaf("P")
    pen.lines(x, first, lines, style)
    if not compared:
        pen.tags.end()
        return
    pen.tags.open("L")
    column = (room - 2 * GUTTER) / 3
    for at, each in enumerate(compared):
        pen.tags.open("LI")
        pen.tags.leaf("LBody")
        _compared(sheet, pen, x + at * (column + GUTTER), column, each)
        pen.tags.close()
    pen.tags.close()


def _compared(sheet: Sheet, pen: Pen, x: float, wide: float, of: Compared) -> None:
    pen.rule(x, 199, x + wide, 0.6, TOTAL_RULE)
    left = x
    if of.sign == "ring":
        ring(pen, x + 2.9, 210.2)
        left += 9
    elif of.sign == "tick":
        tick(pen, x + 0.7, 205.6, 9)
        left += 6.5
    heading = fit(of.heading, SMALL_STRONG, wide - (left - x))
    pen.put(left, 213, heading, SMALL_STRONG.heavy(Weight.MEDIUM))
    change = sheet.figures.signed(of.change, of.decimals)
    pen.put(x, 232, change, TITLE.inked(of.ink))
    basis = fit_lines(of.basis, SMALL, wide + 8, 2)
    y = pen.lines(x, 246, basis, SMALL)
    pen.lines(x, y + 1.5, fit_lines(of.remark, SMALL, wide + 4, 4 - len(basis)), SMALL)
