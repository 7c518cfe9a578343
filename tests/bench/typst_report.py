"""The same content in Typst, in its own process memory: one compiler, one template, the visit as
JSON. It is only there to be measured against; Typst tags its files too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from reports import fonts, journey
from reports.answers import shown
from reports.findings import failed_entries, first_to_mend, is_index, service_times, strengths
from reports.sheet import Entry, Sheet, photo_ref

TEMPLATE = r"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.place)
#set page(paper: "a4", margin: (x: 48pt, top: 82pt, bottom: 60pt),
  header: text(11pt, weight: "semibold", d.brand),
  footer: context [#text(7.5pt)[#d.place #d.number #h(1fr) #counter(page).display()]])
#set text(font: "Be Vietnam Pro", size: 8.5pt, lang: d.language)
#set par(leading: 3.5pt)
#set table(stroke: (bottom: 0.5pt + rgb("#D6DCE3")), inset: (x: 6pt, y: 3pt), align: left + top)
#show heading: set text(15pt, weight: "semibold")
#let strong-words(words) = text(weight: "semibold", words)
#let small(words) = text(7.5pt, words)
#let chart(points, high) = box(width: 499pt, height: high, {
  for level in range(5) {
    place(line(start: (0pt, level * high / 4), end: (499pt, level * high / 4),
      stroke: 0.5pt + rgb("#D6DCE3")))
  }
  let step = 499pt / calc.max(1, points.len())
  let at(i) = ((i + 0.5) * step, high * (1 - points.at(i).at(0)))
  for i in range(points.len()) {
    let (x, y) = at(i)
    if i > 0 { place(line(start: at(i - 1), end: (x, y), stroke: 1pt)) }
    place(dx: x - 3.3pt, dy: y - 3.3pt, circle(radius: 3.3pt, fill: gray))
    place(dx: x - 20pt, dy: y - 14pt, box(width: 40pt, align(center, small(points.at(i).at(1)))))
    place(dx: x - step / 2, dy: high - 10pt,
      box(width: step, align(center, small(points.at(i).at(2)))))
  }
})
= #d.place
#box(width: 140pt, height: 140pt, {
  place(circle(radius: 70pt, stroke: 13pt + rgb("#E6EAEF")))
  place(center + horizon, text(38pt, weight: "semibold", d.score))
})
#table(columns: (50pt, 150pt, 299pt),
  ..d.found.map(r => (strong-words(r.at(0)), strong-words(r.at(1)), [#r.at(2)])).flatten())
#table(columns: (30pt, 300pt, 169pt), ..d.parts.flatten())
#table(columns: (200pt, 150pt, 149pt), ..d.times.flatten())
#pagebreak()
#chart(d.trend, 120pt)
= Các câu mất điểm
#table(columns: (50pt, 330pt, 119pt), ..d.failed.map(r => (
  strong-words(r.lost), [#strong-words(r.title) \ #r.comment \ #small(r.answer)],
  if r.photo == none { [] } else {
    image(r.photo, width: 107pt, height: 76pt, fit: "contain", alt: r.title)
  },
)).flatten())
= Hành trình của khách
#table(columns: (200pt, 150pt, 149pt),
  ..d.stages.map(r => (strong-words(r.at(0)), r.at(1), r.at(2))).flatten())
#chart(d.way, 180pt)
#table(columns: (200pt, 150pt, 149pt), ..d.journey.flatten())
= Tất cả các câu hỏi
#table(columns: (30pt, 310pt, 96pt, 63pt),
  table.header([], small("Câu hỏi"), small("Trả lời"), small("Điểm")),
  ..d.questions.map(r => (r.at(0), [#strong-words(r.at(1)) \ #r.at(2)], small(r.at(3)), r.at(4)))
    .flatten())
= Lời kể
#for words in d.told [#words #parbreak()]
= Ảnh
#for photo in d.photos [
  #image(photo.at(0), width: 200pt, height: 150pt, fit: "contain", alt: photo.at(1))
  #small(photo.at(1))
]
= Sổ điểm
#table(columns: (40pt, 200pt, 100pt, 80pt, 79pt), ..d.ledger.flatten().map(small))
"""


def typst_writer(folder: Path) -> Callable[[Sheet], bytes]:
    """The PDF of a sheet, its pictures under ``folder``. Made once, as Typst would be used."""
    source = folder / "report.typ"
    source.write_text(TEMPLATE, encoding="utf-8")
    faces = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(next(iter(fonts.FILES.values())).parent)],
    )
    compiler = typst.Compiler(str(source), root=str(folder), font_paths=faces)

    def write(sheet: Sheet) -> bytes:
        told = {"data": json.dumps(_data(sheet, folder), ensure_ascii=False)}
        made = compiler.compile(sys_inputs=told, format="pdf", pdf_tags=True)
        assert isinstance(made, bytes)
        return made

    return write


def _data(sheet: Sheet, folder: Path) -> dict[str, Any]:
    figures, card = sheet.figures, sheet.card
    scores = [float(past.score) for past in sheet.snapshot.history] + [float(card.score or 0)]
    return {
        "language": sheet.language,
        "brand": sheet.snapshot.brand.name,
        "place": sheet.snapshot.location.name,
        "number": sheet.snapshot.visit.number,
        "score": sheet.score_text(card.score or 0),
        "found": [
            [figures.number(-e.lost, 1), e.short, e.comment]
            for e in (*first_to_mend(sheet), *strengths(sheet))
        ],
        "parts": [
            [str(part.number), part.title, figures.number(part.score.share or 0, 1)]
            for part in sheet.parts
        ],
        "times": [
            [t.entry.short, figures.duration(t.seconds), figures.duration(int(t.standard))]
            for t in service_times(sheet)
        ],
        "trend": [[score / 100, f"{score:.1f}", str(at + 1)] for at, score in enumerate(scores)],
        "failed": [_failed(sheet, entry, folder) for entry in failed_entries(sheet)],
        **_journey(sheet),
        "questions": list(_questions(sheet)),
        "told": list(sheet.narrated.values()),
        "photos": [
            [_at(path, folder), f"{photo_ref(entry, at)} {photo.caption}"]
            for entry in sheet.entries
            for at, photo in enumerate(entry.photos)
            if (path := sheet.images.get(photo.sha256))
        ],
        "ledger": [_line(sheet, entry) for entry in sheet.entries],
    }


def _at(path: Path, folder: Path) -> str:
    return f"/{path.relative_to(folder).as_posix()}"


def _failed(sheet: Sheet, entry: Entry, folder: Path) -> dict[str, Any]:
    path = sheet.images.get(entry.photos[0].sha256) if entry.photos else None
    return {
        "lost": sheet.figures.number(-entry.lost, 1),
        "title": f"{entry.ref} {entry.label}",
        "comment": entry.comment,
        "answer": shown(entry, sheet).chip,
        "photo": _at(path, folder) if path else None,
    }


def _journey(sheet: Sheet) -> dict[str, Any]:
    percent = sheet.figures.percent
    stages = journey.stages(sheet)
    touches = [touch for stage in stages for touch in stage.touches]
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
    return {
        "stages": [
            [str(s.stage), percent(s.group.ratio), f"n = {s.group.n}"] for s in stages
        ],
        "way": [
            [float(t.group.ratio), f"{float(t.group.ratio) * 100:.1f}", t.name] for t in touches
        ],
        "journey": rows,
    }  # fmt: skip


def _questions(sheet: Sheet) -> Any:
    number = sheet.figures.number
    for part in sheet.parts:
        yield [str(part.number), part.title, "", "", ""]
        for entry in part.entries:
            points = f"{number(entry.score.share or 0, 2)} / {number(entry.whole, 2)}"
            chip = shown(entry, sheet).chip
            yield [entry.ref, entry.label, entry.comment, chip, points]


def _line(sheet: Sheet, entry: Entry) -> list[str]:
    number, score = sheet.figures.number, entry.score
    earned = f"{number(score.base_earned, 1)} / {number(score.base_possible, 1)}"
    return [entry.ref, entry.short, earned, number(score.share or 0, 2), number(-entry.lost, 2)]
