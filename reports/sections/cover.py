"""The cover: whose report it is, of which place, when. Quiet; no figure stands on it."""

from __future__ import annotations

from reports import text
from reports.flow import Block
from reports.marks import draw_mark
from reports.pen import Pen
from reports.sheet import Sheet
from reports.theme import BODY, BODY_STRONG, RULE, TEXT2, TEXT3, WARNING, Style, Weight
from reports.typeface import balanced, fit, fit_lines, width
from reports.words import mark

BAND = 12.0
NAME = Style(15, 20, Weight.SEMIBOLD)
PLACE = Style(34, 40, Weight.SEMIBOLD)
SMALLER = Style(24, 29, Weight.SEMIBOLD)
FACT = Style(11, 16)
LABEL = Style(8.5, 12, Weight.REGULAR, TEXT3)
LOGO = (190.0, 76.0)
#: How far down the page the place stands.
MIDDLE = 0.40
LABEL_WIDE = 110.0


class Cover(Block):
    """A page of its own, without header and footer."""

    bare = True

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.bookmark = sheet.say(mark("Cover"))
        self.height = sheet.page.foot - sheet.page.top

    def draw(self, pen: Pen, x: float, top: float) -> None:
        del top  # its measures count from the page's upper edge
        sheet, page = self.sheet, self.sheet.page
        pen.box(0, 0, page.width, BAND, sheet.brand.mark)
        draw_mark(sheet, pen, x, 84, LOGO, 44)
        y = page.height * MIDDLE
        pen.tags.leaf("P")
        name = fit(text.line(sheet.snapshot.brand.name), NAME, page.inner)
        pen.put(x, y, name, NAME.inked(sheet.brand.name))
        pen.tags.leaf("P")  # the summary begins with it as its heading
        y = self._place(pen, x, y + 44)
        pen.tags.end()
        self._facts(pen, x, y + 6)
        self._foot(pen, x)

    def _place(self, pen: Pen, x: float, y: float) -> float:
        room = self.sheet.page.inner
        name = text.line(self.sheet.snapshot.location.name)
        style = PLACE if len(balanced(name, PLACE, room)) <= 2 else SMALLER
        lines = balanced(name, style, room)
        lines = lines if len(lines) <= 3 else fit_lines(name, style, room, 3)
        return pen.lines(x, y, lines, style)

    def _facts(self, pen: Pen, x: float, y: float) -> None:
        pen.rule(x, y - 22, x + 56, 1.6, self.sheet.brand.mark)
        room = self.sheet.page.inner - LABEL_WIDE
        y += 10
        for label, value in self._said():
            lines = fit_lines(value, FACT, room, 3)
            pen.tags.leaf("P")
            pen.put(x, y, label, LABEL)
            y = pen.lines(x + LABEL_WIDE, y, lines, FACT) + 5
            pen.tags.end()

    def _said(self) -> list[tuple[str, str]]:
        """Only what is known."""
        sheet, snapshot = self.sheet, self.sheet.snapshot
        location = snapshot.location
        day = sheet.figures.day(snapshot.visit.on)
        moment = sheet.figures.moment(snapshot.visit)
        said = [
            (mark("Location code"), location.code),
            (mark("Address"), ", ".join(p for p in (location.address, location.region) if p)),
            (mark("Program"), snapshot.program),
            (mark("Wave"), snapshot.wave),
            (mark("Visited"), f"{day}, {moment}" if moment else day),
        ]
        return [(sheet.say(label), text.line(value)) for label, value in said if text.line(value)]

    def _foot(self, pen: Pen, x: float) -> None:
        sheet, snapshot, page = self.sheet, self.sheet.snapshot, self.sheet.page
        base = page.height - 32.9
        pen.rule(x, page.height - 52, page.right, 0.5, RULE)
        client = text.line(snapshot.brand.footer) or text.line(snapshot.client)
        revision = sheet.say(
            mark("Revision {revision}, {day}"),
            revision=snapshot.visit.revision,
            day=sheet.figures.day(snapshot.created),
        )
        right = f"{text.line(snapshot.visit.number)} · {revision}"
        if not snapshot.visit.reviewed:
            words, strong = sheet.say(mark("Not reviewed")), BODY_STRONG.inked(WARNING)
            pen.put(x, base, words, strong)
            x += width(words, strong)
            client = f" · {client}" if client else ""
        room = page.right - x - width(right, BODY) - 16
        pen.put(x, base, fit(client, BODY, room), BODY.inked(TEXT2))
        pen.right(page.right, base, right, BODY.inked(TEXT2))
