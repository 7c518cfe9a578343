"""The frame of every page, and the document around them: header, footer, bookmarks, metadata."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from reports import structure, text, theme
from reports.container import Told
from reports.flow import Flow, Placed
from reports.marks import draw_mark
from reports.pen import Pen
from reports.sheet import Sheet
from reports.tagging import FOOTER, HEADER
from reports.theme import BODY, RULE, SMALL, Page, Style, Weight
from reports.typeface import fit, fit_lines, width
from reports.words import mark

BRAND = Style(11, 14, Weight.SEMIBOLD)
HEADER_BASE, HEADER_RULE = 52.5, 67.0
FOOTER_RULE, FOOTER_BASE = 45.9, 32.9
#: The most that a logo takes in the header.
LOGO = (120.0, 20.0)
#: The most that place and wave take of the header where the brand's name is long, too.
SHARE = 0.48


def told(sheet: Sheet) -> Told:
    """What a location's report says of itself."""
    snapshot = sheet.snapshot
    return Told(
        title=_title(sheet),
        subject=_subject(sheet),
        author=text.line(snapshot.brand.name),
        keywords=f"{snapshot.visit.number} {sheet.seal} {snapshot.visit.revision}",
        language=snapshot.language,
    )


def _title(sheet: Sheet) -> str:
    snapshot = sheet.snapshot
    return text.line(f"{snapshot.brand.name} – {snapshot.location.name} – {snapshot.visit.number}")


def _subject(sheet: Sheet) -> str:
    snapshot = sheet.snapshot
    score = (
        sheet.say(mark("not scored"))
        if snapshot.scorecard.score is None
        else sheet.score_text(snapshot.scorecard.score)
    )
    day = sheet.figures.day(snapshot.visit.on)
    return text.line(
        sheet.say(
            mark("Location report: {checklist}, {day}, {score}"),
            checklist=sheet.words(sheet.checklist.title),
            day=day,
            score=score,
        )
    ).replace("\u00a0", " ")


def draw(sheet: Sheet, flow: Flow, pen: Pen) -> None:
    """Every page of the flow, with its frame."""
    draw_pages(sheet.page, flow, pen, partial(_header, sheet), partial(_footer, sheet))


def draw_pages(
    page: Page,
    flow: Flow,
    pen: Pen,
    header: Callable[[Pen, int], None],
    footer: Callable[[Pen, int, int], None],
    anchors: frozenset[str] = frozenset(),
) -> None:
    """``header`` is given the number of the page, ``footer`` how many there are, too. Links may
    lead to ``anchors`` on other pages."""
    total = len(flow.pages)
    pen.anchors = anchors.union(p.block.anchor for placed in flow.pages for p in placed)
    for number, placed in enumerate(flow.pages, 1):
        if not any(place.block.bare for place in placed):
            pen.tags.skip(HEADER)
            header(pen, number)
            pen.tags.skip(FOOTER)
            footer(pen, number, total)
            pen.tags.end()
        for at, place in enumerate(placed):
            _block(page, pen, place, at)
        pen.show_page()


def finish(pen: Pen, day: date) -> bytes:
    """The file, when every page is drawn; ``day`` is its only clock."""
    root = structure.write(pen.pdf.settle(), pen.tags)
    return pen.pdf.close(root, day)


def _block(page: Page, pen: Pen, place: Placed, at: int) -> None:
    block = place.block
    if block.bookmark:
        _bookmark(page, pen, block.bookmark, block.level + pen.level, place.top, at)
        pen.tags.section(block.level + pen.level)
    if block.anchor:
        _place(page, pen, pen.scope + block.anchor, place.top)
    depth = pen.tags.depth()
    if place.again:
        pen.tags.mute()
    block.draw(pen, page.left, place.top)
    pen.tags.settle(depth)


def _bookmark(page: Page, pen: Pen, title: str, level: int, top: float, at: int) -> None:
    key = f"p{pen.pdf.page_number}.{at}"
    _place(page, pen, key, top)
    pen.pdf.outline(title.replace("\u00a0", " "), key, level)


def _place(page: Page, pen: Pen, key: str, top: float) -> None:
    pen.pdf.target(key, page.height - top + 6)


def _header(sheet: Sheet, pen: Pen, number: int) -> None:
    snapshot, page = sheet.snapshot, sheet.page
    summary = 2 if snapshot.template.cover else 1
    place = text.line(snapshot.program if number == summary else snapshot.location.name)
    left = page.left + _mark(sheet, pen)
    name, own = text.line(snapshot.brand.name), BRAND.inked(sheet.brand.name)
    told = [words for words in (place, _wave(sheet)) if words]
    style, lines = BODY.inked(theme.TEXT2), [" · ".join(told)]
    if width(name, own) + width(lines[0], style) + 18 > page.right - left:
        room = page.inner * SHARE
        style, lines = SMALL, [fit(words, SMALL, room) for words in told]
    _stacked(pen, page.right, lines, style, right=True)
    room = page.right - left - max((width(words, style) for words in lines), default=0.0) - 18
    lines = [name]
    if width(name, own) > room:
        own = own._replace(size=9.5)
        lines = fit_lines(name, own, room, 2)
    _stacked(pen, left, lines, own, right=False)
    pen.rule(page.left, HEADER_RULE, page.right, 0.5, RULE)


def _stacked(pen: Pen, x: float, lines: list[str], style: Style, *, right: bool) -> None:
    """One line on the header's baseline, or two about it."""
    base = HEADER_BASE - (6.0 if len(lines) > 1 else 0.0)
    for at, words in enumerate(lines):
        (pen.right if right else pen.put)(x, base + 11.0 * at, words, style)


def _wave(sheet: Sheet) -> str:
    wave = text.line(sheet.snapshot.wave)
    words = sheet.say(mark("Wave {wave}"), wave="").strip()
    if not wave or wave.casefold().startswith(words.casefold()):
        return wave
    return sheet.say(mark("Wave {wave}"), wave=wave)


def _mark(sheet: Sheet, pen: Pen) -> float:
    """The logo or the initial; returns the room it took with the gap after it."""
    taken = draw_mark(sheet, pen, sheet.page.left, HEADER_BASE - 15, LOGO, 18)
    return taken + 8 if taken else 0.0


def _footer(sheet: Sheet, pen: Pen, number: int, total: int) -> None:
    snapshot, page = sheet.snapshot, sheet.page
    base = page.height - FOOTER_BASE
    pen.rule(page.left, page.height - FOOTER_RULE, page.right, 0.5, RULE)
    pages = sheet.say(mark("Page {number} of {total}"), number=number, total=total)
    if pen.scope:  # bound with others: which sheet of them all it is
        sheets = sheet.say(mark("sheet {number}"), number=pen.pdf.page_number + pen.shift)
        pages = f"{pages} · {sheets}"
    pen.right(page.right, base, pages, SMALL)
    room = page.inner - width(pages, SMALL) - 16
    left = page.left
    if not snapshot.visit.reviewed:
        words = sheet.say(mark("Not reviewed"))
        strong = SMALL.heavy(Weight.SEMIBOLD).inked(theme.WARNING)
        pen.put(left, base, words, strong)
        taken = width(words, strong)
        pen.put(left + taken, base, " · ", SMALL)
        taken += width(" · ", SMALL)
        left, room = left + taken, room - taken
    imprint = _imprint(sheet)
    name = fit(text.line(snapshot.location.name), SMALL, room - width(imprint, SMALL))
    pen.put(left, base, name + imprint, SMALL)
    own = fit(text.line(snapshot.brand.footer), SMALL, page.inner)
    pen.put(page.left, base + 10.5, own, SMALL.inked(theme.TEXT3))


def _imprint(sheet: Sheet) -> str:
    snapshot = sheet.snapshot
    revision = sheet.say(
        mark("Revision {revision}, {day}"),
        revision=snapshot.visit.revision,
        day=sheet.figures.day(snapshot.created),
    )
    return f" · {text.line(snapshot.visit.number)} · {revision}"
