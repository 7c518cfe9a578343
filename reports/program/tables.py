"""A program report as rows: the sheets that a workbook of a wave begins with. Figures are numbers,
unrounded; what the paper leaves out of its tables is left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports import text
from reports.data import Cell, Column, Kind
from reports.program.figures import Change, Mean, Row, Verdict
from reports.program.indices import index
from reports.program.sheet import ProgramSheet
from reports.words import mark

#: In the words of a table.
VERDICTS = {
    Verdict.FEW: mark("too few to tell"),
    Verdict.SAME: mark("no meaningful change"),
    Verdict.BETTER: mark("better"),
    Verdict.WORSE: mark("worse"),
}


@dataclass(frozen=True, slots=True)
class ProgramTable:
    """``shaded`` are the columns (from, up to) that a colour scale stands over."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shaded: tuple[int, int] | None = None


def tables(sheet: ProgramSheet) -> list[ProgramTable]:
    found = [_league(sheet), _heat(sheet), _regions(sheet), _waves(sheet), _questions(sheet)]
    indices = _indices(sheet)
    return [each for each in (*found, indices) if each is not None and each.rows]


def _league(sheet: ProgramSheet) -> ProgramTable:
    columns = (
        Column(mark("Place"), Kind.WHOLE),
        Column(mark("Code")),
        Column(mark("Location")),
        Column(mark("Region")),
        Column(mark("Tied")),
        Column(mark("Place before"), Kind.WHOLE),
        Column(mark("Places up"), Kind.WHOLE),
        Column(mark("Mean"), Kind.NUMBER),
        Column(mark("Visits of the mean"), Kind.WHOLE),
        Column(mark("Lowest"), Kind.NUMBER),
        Column(mark("Highest"), Kind.NUMBER),
        Column(mark("Result of the wave"), Kind.NUMBER),
        Column(mark("Target"), Kind.NUMBER),
    )
    rows = tuple(_standing(sheet, row) for row in sheet.of.league)
    return ProgramTable(mark("League table"), columns, rows)


def _standing(sheet: ProgramSheet, row: Row) -> tuple[Cell, ...]:
    place = row.place
    region = " / ".join(map(text.line, place.region))
    return (
        row.rank, text.line(place.code), text.line(place.name), region, row.tied or None,
        row.before, row.moved, row.mean, row.n, row.low, row.high, row.now,
        sheet.snapshot.target,
    )  # fmt: skip


def _section_columns(sheet: ProgramSheet) -> tuple[Column, ...]:
    return tuple(Column(title, Kind.SHARE, named=False) for title in sheet.titles)


def _heat(sheet: ProgramSheet) -> ProgramTable | None:
    if not sheet.titles:
        return None
    columns = (
        Column(mark("Code")),
        Column(mark("Location")),
        Column(mark("Result of the wave"), Kind.NUMBER),
        *_section_columns(sheet),
    )
    rows = tuple(
        (text.line(row.place.code), text.line(row.place.name), row.now, *row.place.sections)
        for row in sheet.of.league
        if row.now is not None
    )
    return ProgramTable(mark("Heat map"), columns, rows, (3, len(columns)))


def _rolled(sheet: ProgramSheet, first: Sequence[Column]) -> tuple[Column, ...]:
    return (
        *first,
        Column(mark("Locations"), Kind.WHOLE),
        Column(mark("Mean"), Kind.NUMBER),
        Column(mark("± (95 % interval)"), Kind.NUMBER),
        Column(mark("Change"), Kind.NUMBER),
        Column(mark("Locations of the change"), Kind.WHOLE),
        Column(mark("What it says")),
        *_section_columns(sheet),
    )


def _roll(
    sheet: ProgramSheet, of: Mean, change: Change, sections: Sequence[Fraction | None]
) -> Iterator[Cell]:
    words = VERDICTS.get(change.verdict)
    yield from (of.n, of.value, of.reach, change.of.value, change.of.n or None)
    yield sheet.say(words) if words else ""
    yield from sections


def _regions(sheet: ProgramSheet) -> ProgramTable:
    columns = _rolled(sheet, (Column(mark("Region")), Column(mark("Level"), Kind.WHOLE)))
    rows = tuple(
        (
            " / ".join(map(text.line, each.path)) or sheet.say(mark("No region")),
            len(each.path),
            *_roll(sheet, each.result, each.change, each.sections),
        )
        for each in sheet.of.regions
    )
    return ProgramTable(mark("Regions"), columns, rows, (8, len(columns)))


def _waves(sheet: ProgramSheet) -> ProgramTable:
    first = (
        Column(mark("Wave")),
        Column(mark("From"), Kind.DAY),
        Column(mark("To"), Kind.DAY),
        Column(mark("Visits"), Kind.WHOLE),
    )
    columns = _rolled(sheet, first)
    rows = tuple(
        (
            text.line(wave.name),
            wave.starts_on,
            wave.ends_on,
            sheet.of.visits[at],
            *_roll(sheet, sheet.of.waves[at], sheet.of.change_to(at), wave.sections),
        )
        for at, wave in enumerate(sheet.snapshot.waves)
        if sheet.of.waves[at].n
    )
    return ProgramTable(mark("Waves"), columns, rows, (10, len(columns)))


def _questions(sheet: ProgramSheet) -> ProgramTable:
    columns = (
        Column(mark("No.")),
        Column(mark("Question"), Kind.LONG),
        Column(mark("Section")),
        Column(mark("Critical")),
        Column(mark("Visits that failed"), Kind.WHOLE),
        Column(mark("Scored on"), Kind.WHOLE),
        Column(mark("Share that failed"), Kind.SHARE),
        Column(mark("Mean loss"), Kind.NUMBER),
    )
    rows = tuple(
        (
            each.number, text.line(each.label), sheet.titles[each.section], each.critical,
            each.failed, each.n, Fraction(each.failed, each.n), each.lost / each.n,
        )
        for each in sheet.snapshot.questions
        if each.n
    )  # fmt: skip
    return ProgramTable(mark("Questions"), columns, rows)


def _indices(sheet: ProgramSheet) -> ProgramTable:
    columns = (
        Column(mark("Index, evaluator-rated")),
        Column(mark("No.")),
        Column(mark("Question"), Kind.LONG),
        Column(mark("This wave"), Kind.NUMBER),
        Column(mark("Answers"), Kind.WHOLE),
        Column(mark("± (95 % interval)"), Kind.NUMBER),
        Column(mark("Last wave"), Kind.NUMBER),
        Column(mark("Answers before"), Kind.WHOLE),
    )
    rows = []
    for each in sheet.snapshot.indices:
        now, before = index(each.kind, each.now), index(each.kind, each.before)
        rows.append((
            each.kind.value.upper(), each.number, text.line(each.label), now.value, now.n,
            now.reach, before.value, before.n or None,
        ))  # fmt: skip
    return ProgramTable(mark("Indices"), columns, tuple(rows))
