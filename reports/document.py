"""The frame of every page, and the document around them: header, footer, bookmarks, metadata."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from reports import text, theme
from reports.flow import Flow
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import BODY, RULE, SMALL, Style, Weight
from reports.typeface import INITIAL, faces, fit, width
from reports.words import mark

BRAND = Style(11, 14, Weight.SEMIBOLD)
HEADER_BASE, HEADER_RULE = 52.5, 67.0
FOOTER_RULE, FOOTER_BASE = 45.9, 32.9


def new_canvas(sheet: Sheet, filename: str) -> Canvas:
    """A canvas that writes the same bytes for the same calls: its date is the snapshot's."""
    faces()
    canvas = Canvas(
        filename,
        pagesize=(sheet.page.width, sheet.page.height),
        pageCompression=1,
        invariant=1,
        initialFontName=INITIAL,
        lang=sheet.snapshot.language,
    )
    created = f"D:{sheet.snapshot.created:%Y%m%d}000000+00'00'"
    canvas.setDateFormatter(lambda *_: created)
    canvas.setTitle(_title(sheet))
    canvas.setSubject(_subject(sheet))
    canvas.setAuthor(text.line(sheet.snapshot.brand.name))
    canvas.setCreator("Mystery Auditor")
    canvas.setProducer("Mystery Auditor")
    canvas.setKeywords(f"{sheet.snapshot.visit.number} {sheet.seal}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    return canvas


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
    total = len(flow.pages)
    for number, placed in enumerate(flow.pages, 1):
        _header(sheet, pen, number)
        _footer(sheet, pen, number, total)
        for at, place in enumerate(placed):
            if place.block.bookmark:
                _bookmark(sheet, pen, place.block.bookmark, place.block.level, place.top, at)
            place.block.draw(pen, sheet.page.left, place.top)
        pen.show_page()


def _bookmark(sheet: Sheet, pen: Pen, title: str, level: int, top: float, at: int) -> None:
    key = f"p{pen.canvas.getPageNumber()}.{at}"
    pen.canvas.bookmarkHorizontalAbsolute(key, sheet.page.height - top + 6, fit="XYZ")
    pen.canvas.addOutlineEntry(title.replace("\u00a0", " "), key, level, closed=False)


def _header(sheet: Sheet, pen: Pen, number: int) -> None:
    snapshot, page = sheet.snapshot, sheet.page
    place = text.line(snapshot.program if number == 1 else snapshot.location.name)
    room = max(page.inner * 0.5, page.inner - width(text.line(snapshot.brand.name), BRAND) - 60)
    wave = fit(_wave(sheet), BODY, room * 0.6)
    after = f" · {wave}" if place and wave else wave
    right = fit(place, BODY, room - width(after, BODY)) + after
    pen.right(page.right, HEADER_BASE, right, BODY.inked(theme.TEXT2))
    left = page.left + _mark(sheet, pen)
    room = page.right - left - width(right, BODY) - 18
    name = fit(text.line(snapshot.brand.name), BRAND, room)
    pen.put(left, HEADER_BASE, name, BRAND.inked(sheet.brand.name))
    pen.rule(page.left, HEADER_RULE, page.right, 0.5, RULE)


def _wave(sheet: Sheet) -> str:
    wave = text.line(sheet.snapshot.wave)
    words = sheet.say(mark("Wave {wave}"), wave="").strip()
    if not wave or wave.casefold().startswith(words.casefold()):
        return wave
    return sheet.say(mark("Wave {wave}"), wave=wave)


def _mark(sheet: Sheet, pen: Pen) -> float:
    """The logo, or the brand's initial on its colour; returns the room it took."""
    snapshot, x = sheet.snapshot, sheet.page.left
    logo = sheet.jpeg(snapshot.brand.logo) if snapshot.brand.logo else None
    if logo is not None:
        wide = min(110.0, 20.0 * logo.size[0] / max(1, logo.size[1]))
        pen.photo(logo, x, HEADER_BASE - 14, wide, 20)
        return wide + 8
    initial = text.line(snapshot.brand.name)[:1].upper()
    if not initial:
        return 0
    pen.box(x, HEADER_BASE - 13.5, 18, 18, sheet.brand.mark, 4.5)
    pen.middle(x + 9, HEADER_BASE - 0.4, initial, BRAND.inked(sheet.brand.on_mark))
    return 26


def _footer(sheet: Sheet, pen: Pen, number: int, total: int) -> None:
    snapshot, page = sheet.snapshot, sheet.page
    base = page.height - FOOTER_BASE
    pen.rule(page.left, page.height - FOOTER_RULE, page.right, 0.5, RULE)
    pages = sheet.say(mark("Page {number} of {total}"), number=number, total=total)
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


def _imprint(sheet: Sheet) -> str:
    snapshot = sheet.snapshot
    revision = sheet.say(
        mark("Revision {revision}, {day}"),
        revision=snapshot.visit.revision,
        day=sheet.figures.day(snapshot.created),
    )
    return f" · {text.line(snapshot.visit.number)} · {revision}"
