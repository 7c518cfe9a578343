"""Snapshot in, PDF out: the summary for a head office on page 1, then what stands behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from reports import text, theme
from reports.container import Pdf, Told
from reports.document import (
    BRAND,
    FOOTER_BASE,
    FOOTER_RULE,
    HEADER_BASE,
    HEADER_RULE,
    LOGO,
    draw_pages,
    finish,
)
from reports.errors import Remark
from reports.flow import Block, Break, Flow
from reports.marks import draw_brand
from reports.pen import Pen
from reports.program import failed, heat_map, indices, league, method, rolls
from reports.program.heat import ROW
from reports.program.sheet import ProgramSheet
from reports.program.snapshot import ProgramSnapshot
from reports.program.spread import Spread
from reports.program.summary import FEW, Title, Top
from reports.protecting import Protection, protect
from reports.remarks import replaced
from reports.render import Made, Progress, RenderedReport, write_whole
from reports.stamp import Kind, made_of, stamp
from reports.theme import BODY, RULE, SMALL, Weight
from reports.typeface import fit, width
from reports.words import mark

PARTS = 7
#: What is left of words that have no room at all.
CUT = "…"


def story(sheet: ProgramSheet) -> Iterator[list[Block]]:
    """The parts in order; one at a time, so that progress can be told."""
    title, top = Title(sheet), Top(sheet)
    short = failed.blocks(sheet, failed.FEW, few=True)
    of = league.layout(sheet)
    rows = _rows(sheet, [title, top, *short], of)
    shown = league.excerpt(sheet, of, rows) if sheet.of.league else []
    yield [title, top, *shown, *short]
    whole = league.is_whole(sheet, rows)
    yield [] if whole else [Break(), *league.table(sheet, of, sheet.of.league)]
    behind = [Break()] if whole else []
    yield [*behind, *heat_map.heat_maps(sheet, of), *rolls.regions(sheet)]
    yield rolls.waves(sheet)
    yield _spread(sheet, top)
    listed = failed.blocks(sheet, failed.MANY) if len(sheet.of.failed) > failed.FEW else []
    yield [*listed, *indices.blocks(sheet)]
    yield method.blocks(sheet)


def _rows(sheet: ProgramSheet, others: list[Block], of: league.Layout) -> int:
    """How many rows of the league table page 1 holds beside the ``others``."""
    taken = sum(block.before + block.height for block in others)
    head = league.LeagueHead(sheet, of)
    foot = league.Network(sheet, of, None), league.note(sheet, of)
    taken += head.before + head.height + sum(block.before + block.height for block in foot)
    room = sheet.page.foot - sheet.page.top - taken
    return max(league.BEST + 2, int(room / ROW))


def _spread(sheet: ProgramSheet, top: Top) -> list[Block]:
    """The distribution, unless page 1 has it already; where points were lost."""
    histogram = top.histogram is None and sheet.of.now.n >= FEW
    spread = Spread(sheet, histogram=histogram)
    return [spread] if spread.height else []


def render(
    snapshot: ProgramSnapshot,
    images: Mapping[str, Path],
    out: Path,
    progress: Progress | None = None,
    protection: Protection | None = None,
) -> RenderedReport:
    """Write the report of ``snapshot`` to ``out``; ``images`` holds the logo by its hash.

    The file appears under its name only when it is whole and on disk. Raises ReportError when it
    cannot be written or protected; whatever ``progress`` raises comes through.
    """
    made = to_bytes(snapshot, images, progress)
    data = made.data if protection is None else protect(made.data, protection)
    write_whole(out, data)
    digest = hashlib.sha256(data).hexdigest()
    return RenderedReport(out, made.pages, digest, made.warnings)


def to_bytes(
    snapshot: ProgramSnapshot, images: Mapping[str, Path], progress: Progress | None = None
) -> Made:
    """The report as it will stand on disk."""
    sheet = ProgramSheet(snapshot, images)
    flow = Flow(sheet.page)
    for done, blocks in enumerate(story(sheet), 1):
        flow.add(blocks)
        if progress is not None:
            progress(done, PARTS + 1)
    pen = Pen(Pdf(_told(sheet)), sheet.page)
    draw_pages(sheet.page, flow, pen, partial(_header, sheet), partial(_footer, sheet))
    data = finish(pen, snapshot.created)
    data = stamp(data, mark_of(snapshot), made_of(snapshot, images), Kind.PROGRAM)
    if progress is not None:
        progress(PARTS + 1, PARTS + 1)
    return Made(data, len(flow.pages), _remarks(pen))


def mark_of(snapshot: ProgramSnapshot) -> str:
    """What tells whose file it is, in place of the number of a visit."""
    return wave_mark(snapshot.client, snapshot.program, snapshot.wave.name)


def wave_mark(client: str, program: str, wave: str) -> str:
    """``mark_of`` the report of that wave."""
    return f"program {client} / {program} / {wave}"


def _remarks(pen: Pen) -> tuple[Remark, ...]:
    return tuple(replaced(pen.missing))


def _told(sheet: ProgramSheet) -> Told:
    snapshot = sheet.snapshot
    score = sheet.score(sheet.of.now.value)
    subject = sheet.say(
        mark("Program report: {wave}, {n} locations, mean {score}"),
        wave=sheet.wave, n=sheet.of.now.n, score=score,
    )  # fmt: skip
    name, program = text.line(snapshot.brand.name), text.line(snapshot.program)
    return Told(
        title=f"{name} – {program} – {sheet.wave}",
        subject=subject.replace("\u00a0", " "),
        author=name,
        keywords=sheet.seal,
        language=snapshot.language,
    )


def _header(sheet: ProgramSheet, pen: Pen, number: int) -> None:
    del number
    snapshot, page = sheet.snapshot, sheet.page
    at = (page.left, HEADER_BASE - 15)
    taken = draw_brand(pen, at, sheet.logo, snapshot.brand.name, sheet.brand, LOGO, 18)
    left = page.left + (taken + 8 if taken else 0.0)
    name = fit(text.line(snapshot.brand.name), BRAND, page.inner / 2 - taken)
    pen.put(left, HEADER_BASE, name, BRAND.inked(sheet.brand.name))
    room = page.right - left - width(name, BRAND) - 18
    wave = sheet.wave_words()
    program = fit(text.line(snapshot.program), BODY, room - width(f" · {wave}", BODY))
    words = wave if program == CUT else f"{program} · {wave}"
    pen.right(page.right, HEADER_BASE, fit(words, BODY, room), BODY.inked(theme.TEXT2))
    pen.rule(page.left, HEADER_RULE, page.right, 0.5, RULE)


def _footer(sheet: ProgramSheet, pen: Pen, number: int, total: int) -> None:
    snapshot, page = sheet.snapshot, sheet.page
    base = page.height - FOOTER_BASE
    pen.rule(page.left, page.height - FOOTER_RULE, page.right, 0.5, RULE)
    pages = sheet.say(mark("Page {number} of {total}"), number=number, total=total)
    pen.right(page.right, base, pages, SMALL)
    left = page.left
    if snapshot.reviewed < snapshot.visits:
        words = sheet.say(
            mark("Not reviewed: {count} of {visits} visits"),
            count=snapshot.visits - snapshot.reviewed, visits=snapshot.visits,
        )  # fmt: skip
        strong = SMALL.heavy(Weight.SEMIBOLD).inked(theme.WARNING)
        pen.put(left, base, words, strong)
        pen.put(left + width(words, strong), base, " · ", SMALL)
        left += width(words, strong) + width(" · ", SMALL)
    room = page.right - width(pages, SMALL) - 16 - left
    day = sheet.figures.day(snapshot.created)
    title = sheet.say(mark("Program summary, {wave}"), wave=sheet.wave_words())
    imprint = f"{title} · {day}"
    name = fit(text.line(snapshot.brand.name), SMALL, room - width(f" · {imprint}", SMALL))
    words = imprint if name == CUT else f"{name} · {imprint}"
    pen.put(left, base, fit(words, SMALL, room), SMALL)
    own = fit(text.line(snapshot.brand.footer), SMALL, page.inner)
    pen.put(page.left, base + 10.5, own, SMALL.inked(theme.TEXT3))
