"""The location report: which parts stand in which order."""

from __future__ import annotations

from collections.abc import Iterator

from reports.flow import Block, Break
from reports.sections import failed, ledger, photos, seal, tables, trend
from reports.sections.page1 import PageOne
from reports.sheet import Sheet


def story(sheet: Sheet) -> Iterator[list[Block]]:
    """The parts in order, each a list of blocks: one at a time, so that progress can be told."""
    yield [PageOne(sheet)]
    yield [Break(), *trend.blocks(sheet)]
    yield failed.blocks(sheet)
    yield tables.blocks(sheet)
    yield photos.blocks(sheet)
    yield [*ledger.blocks(sheet), *seal.blocks(sheet)]


#: How many parts ``story`` yields.
PARTS = 6
