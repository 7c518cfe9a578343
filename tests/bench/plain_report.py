"""The report's content as everyone writes it in ReportLab: platypus, paragraphs in cells, one
LongTable. It is only there to be measured against."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, String, Wedge
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Image,
    LongTable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)

from reports import fonts, journey
from reports.answers import shown
from reports.findings import failed_entries, first_to_mend, is_index, service_times, strengths
from reports.sheet import Entry, Sheet, photo_ref

for _name, _path in fonts.FILES.items():
    pdfmetrics.registerFont(TTFont(_name, str(_path)))
BODY = ParagraphStyle("body", fontName="BeVietnamPro-Regular", fontSize=8.5, leading=12)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7.5, leading=10)
STRONG = ParagraphStyle("strong", parent=BODY, fontName="BeVietnamPro-SemiBold")
HEAD = ParagraphStyle("head", parent=STRONG, fontSize=15, leading=21, spaceBefore=12)
LINES = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#D6DCE3")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def plain_report(sheet: Sheet) -> bytes:
    """The PDF of ``sheet``'s page 1, failed items, journey, every question, words, photos and
    ledger."""
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=A4, leftMargin=48, rightMargin=48, topMargin=82, bottomMargin=60
    )
    document.build(list(_story(sheet)), onFirstPage=_frame(sheet), onLaterPages=_frame(sheet))
    return file.getvalue()


def _frame(sheet: Sheet) -> Any:
    def frame(canvas: Canvas, _: object) -> None:
        canvas.saveState()
        canvas.setFont("BeVietnamPro-SemiBold", 11)
        canvas.drawString(48, A4[1] - 52, sheet.snapshot.brand.name)
        canvas.setFont("BeVietnamPro-Regular", 7.5)
        canvas.drawString(48, 33, f"{sheet.snapshot.location.name} {sheet.snapshot.visit.number}")
        canvas.drawRightString(A4[0] - 48, 33, str(canvas.getPageNumber()))
        canvas.line(48, 46, A4[0] - 48, 46)
        canvas.restoreState()

    return frame


def _words(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(text), style)


def _story(sheet: Sheet) -> Iterator[Any]:
    yield _words(sheet.snapshot.location.name, HEAD)
    yield _dial(sheet)
    yield from _first_page(sheet)
    yield PageBreak()
    yield _trend(sheet)
    yield _words("Các câu mất điểm", HEAD)
    yield _table([_failed(sheet, entry) for entry in failed_entries(sheet)], (50, 330, 119))
    yield from _journey(sheet)
    yield _words("Tất cả các câu hỏi", HEAD)
    yield _questions(sheet)
    yield _words("Lời kể", HEAD)
    yield from (_words(words) for words in sheet.narrated.values())
    yield _words("Ảnh", HEAD)
    yield from _photos(sheet)
    yield _words("Sổ điểm", HEAD)
    yield _ledger(sheet)


def _dial(sheet: Sheet) -> Drawing:
    drawing = Drawing(499, 160)
    score = float(sheet.card.score or 0)
    drawing.add(Wedge(80, 70, 70, -25, 205, fillColor=colors.HexColor("#E6EAEF")))
    drawing.add(Wedge(80, 70, 70, 205 - 230 * score / 100, 205, fillColor=colors.orange))
    drawing.add(Wedge(80, 70, 57, 0, 360, fillColor=colors.white))
    drawing.add(
        String(80, 60, sheet.score_text(sheet.card.score or 0), fontSize=38, textAnchor="middle",
               fontName="BeVietnamPro-SemiBold")
    )  # fmt: skip
    return drawing


def _first_page(sheet: Sheet) -> Iterator[Any]:
    rows = [
        [
            _words(sheet.figures.number(-e.lost, 1), STRONG),
            _words(e.short, STRONG),
            _words(e.comment),
        ]
        for e in (*first_to_mend(sheet), *strengths(sheet))
    ]
    yield _table(rows, (50, 150, 299))
    yield _table(
        [
            [
                _words(str(p.number)),
                _words(p.title),
                _words(sheet.figures.number(p.score.share or 0, 1)),
            ]
            for p in sheet.parts
        ],
        (30, 300, 169),
    )
    yield _table(
        [
            [_words(t.entry.short), _words(sheet.figures.duration(t.seconds)),
             _words(sheet.figures.duration(int(t.standard)))]
            for t in service_times(sheet)
        ],
        (200, 150, 149),
    )  # fmt: skip


def _trend(sheet: Sheet) -> Drawing:
    drawing = Drawing(499, 120)
    scores = [float(p.score) for p in sheet.snapshot.history] + [float(sheet.card.score or 0)]
    points = [(60 + 150 * at, 20 + score) for at, score in enumerate(scores)]
    for level in (20, 40, 60, 80, 100):
        drawing.add(Line(30, level, 499, level, strokeWidth=0.5))
    drawing.add(PolyLine([place for point in points for place in point]))
    return drawing


def _journey(sheet: Sheet) -> Iterator[Any]:
    """The chart, then channels, indices, gaps and causes as tables."""
    percent = sheet.figures.percent
    stages = journey.stages(sheet)
    touches = [touch for stage in stages for touch in stage.touches]
    yield _words("Hành trình của khách", HEAD)
    yield _table(
        [[_words(str(s.stage), STRONG), _words(percent(s.group.ratio)), _words(f"n = {s.group.n}")]
         for s in stages],
        (200, 150, 149),
    )  # fmt: skip
    yield _way([float(touch.group.ratio) for touch in touches], [t.name for t in touches])
    rows = [[str(name), percent(of.ratio), f"n = {of.n}"]
            for name, of in journey.channels(sheet) if of]  # fmt: skip
    rows += [
        [e.short, str(e.answer.value), e.item.question.type] for e in sheet.entries if is_index(e)
    ]
    rows += [
        [gap.entry.short, f"{gap.expected} / {gap.perceived}", str(gap.size)]
        for gap in journey.gaps(sheet)
    ]
    found = journey.findings(sheet)
    for cell, lost in found.by_cell.items() if found else ():
        refs = ", ".join(entry.ref for entry in found.cells[cell]) if found else ""
        rows.append([f"{cell[0]} {cell[1]}", refs, sheet.figures.number(-lost, 1)])
    yield _table([[_words(words) for words in row] for row in rows], (200, 150, 149))


def _way(ratios: list[float], names: list[str]) -> Drawing:
    drawing = Drawing(499, 180)
    step = 475 / max(1, len(ratios))
    for level in (40, 106, 173):
        drawing.add(Line(24, level, 499, level, strokeWidth=0.5))
    places = [(24 + step * (at + 0.5), 40 + 133 * ratio) for at, ratio in enumerate(ratios)]
    if len(places) > 1:
        drawing.add(PolyLine([value for place in places for value in place]))
    for (x, y), ratio, name in zip(places, ratios, names, strict=True):
        drawing.add(Circle(x, y, 3.3, fillColor=colors.grey))
        for words, at in ((f"{ratio * 100:.1f}", y + 7), (name, 20)):
            drawing.add(
                String(x, at, words, fontSize=7.5, textAnchor="middle",
                       fontName="BeVietnamPro-Regular")
            )  # fmt: skip
    return drawing


def _failed(sheet: Sheet, entry: Entry) -> list[Any]:
    text = f"<b>{escape(entry.ref)} {escape(entry.label)}</b><br/>{escape(entry.comment)}"
    path = sheet.images.get(entry.photos[0].sha256) if entry.photos else None
    picture = Image(str(path), 114, 76) if path else ""
    lost = _words(sheet.figures.number(-entry.lost, 1), STRONG)
    answer = _words(shown(entry, sheet).chip, SMALL)
    return [lost, [Paragraph(text, BODY), answer], picture]


def _questions(sheet: Sheet) -> LongTable:
    rows: list[list[Any]] = [[_words(words, SMALL) for words in ("", "Câu hỏi", "Trả lời", "Điểm")]]
    for part in sheet.parts:
        rows.append([_words(str(part.number), STRONG), _words(part.title, STRONG), "", ""])
        for entry in part.entries:
            text = f"<b>{escape(entry.label)}</b><br/>{escape(entry.comment)}"
            points = f"{sheet.figures.number(entry.score.share or 0, 2)} / "
            points += sheet.figures.number(entry.whole, 2)
            rows.append(
                [_words(entry.ref), Paragraph(text, BODY), _words(shown(entry, sheet).chip, SMALL),
                 _words(points)]
            )  # fmt: skip
    return _table(rows, (30, 310, 96, 63), repeat=1)


def _photos(sheet: Sheet) -> Iterator[Any]:
    for entry in sheet.entries:
        for at, photo in enumerate(entry.photos):
            if path := sheet.images.get(photo.sha256):
                yield Image(str(path), 200, 150)
            yield _words(f"{photo_ref(entry, at)} {photo.caption}", SMALL)
            yield Spacer(1, 2 * mm)


def _ledger(sheet: Sheet) -> LongTable:
    number = sheet.figures.number
    rows = [
        [
            _words(entry.ref, SMALL),
            _words(entry.short, SMALL),
            _words(
                f"{number(entry.score.base_earned, 1)} / {number(entry.score.base_possible, 1)}",
                SMALL,
            ),
            _words(number(entry.score.share or 0, 2), SMALL),
            _words(number(-entry.lost, 2), SMALL),
        ]
        for entry in sheet.entries
    ]
    return _table(rows, (40, 200, 100, 80, 79))


def _table(rows: list[list[Any]], widths: tuple[float, ...], repeat: int = 0) -> LongTable:
    table = LongTable(rows, colWidths=widths, repeatRows=repeat)
    table.setStyle(TableStyle(LINES))
    return table
