"""The location report: the summary, then the parts that its template asks for, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.flow import Block, Break
from reports.sections import (
    actions,
    changes,
    failed,
    journey,
    ledger,
    narrative,
    photos,
    seal,
    tables,
    trend,
)
from reports.sections.cover import Cover
from reports.sections.page1 import PageOne
from reports.sheet import Sheet
from reports.snapshot import PartName


def _ledger(sheet: Sheet) -> list[Block]:
    """With the seal, which belongs to it."""
    return [*ledger.blocks(sheet), *seal.blocks(sheet)]


MADE: dict[PartName, Callable[[Sheet], list[Block]]] = {
    PartName.TREND: trend.blocks,
    PartName.FAILED: failed.blocks,
    PartName.JOURNEY: journey.blocks,
    PartName.QUESTIONS: tables.blocks,
    PartName.NARRATIVE: narrative.blocks,
    PartName.ACTIONS: actions.blocks,
    PartName.PHOTOS: photos.blocks,
    PartName.LEDGER: _ledger,
    PartName.CHANGES: changes.blocks,
}

#: The most that ``story`` yields.
PARTS = len(PartName) + 3


def story(sheet: Sheet) -> Iterator[list[Block]]:
    """The parts in order, each a list of blocks: one at a time, so that progress can be told.

    The summary is always first, after the cover where there is one; the seal is never left out.
    Where nothing else is asked for it stands on the summary's page.
    """
    for _, blocks in named_story(sheet):
        yield blocks


def named_story(sheet: Sheet) -> Iterator[tuple[PartName | None, list[Block]]]:
    """As ``story``, each with the part that it is of."""
    template = sheet.snapshot.template
    if template.cover:
        yield None, [Cover(sheet), Break()]
    if not template.parts:
        yield None, [PageOne(sheet), *seal.row(sheet)]
        return
    yield None, [PageOne(sheet), Break()]
    for name in dict.fromkeys(template.parts):
        yield name, MADE[name](sheet)
    if PartName.LEDGER not in template.parts:
        yield None, seal.blocks(sheet)
