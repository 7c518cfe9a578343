"""The report's content as everyone writes it in ReportLab: platypus, paragraphs in cells, one
LongTable. It is only there to be measured against."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Line, PolyLine, String, Wedge
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
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

from reports.answers import shown
from reports.findings import failed_entries, first_to_mend, service_times, strengths
from reports.sheet import Entry, Sheet, photo_ref

BODY = ParagraphStyle("body", fontName="BeVietnamPro-Regular", fontSize=8.5, leading=12)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=7.5, leading=10)
STRONG = ParagraphStyle("strong", parent=BODY, fontName="BeVietnamPro-SemiBold")
HEAD = ParagraphStyle("head", parent=STRONG, fontSize=15, leading=21, spaceBefore=12)
LINES = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.HexColor("#D6DCE3")),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def plain_report(sheet: Sheet) -> bytes:
    """The PDF of ``sheet``'s page 1, failed items, every question, photos and ledger."""
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
    yield _words("Tất cả các câu hỏi", HEAD)
    yield _questions(sheet)
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
