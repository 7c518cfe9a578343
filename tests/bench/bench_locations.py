"""Lists of 100,000 locations with 240,000 visits, and a table of 10,000 that comes in.

``python -m tests.bench locations``; goals: 10 ms a page (performance.md), 10 s for the table. CPU
of the thread is shown: other work on the machine does not slow it.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.domain.places import LocationFilter, LocationInput, LocationOrder
from auditor.services import rollups
from auditor.services.importing.plan import LocationChange, Plan
from auditor.services.sheets.reading import read
from auditor.services.sheets.writing import Table, write
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from auditor.store.queries.location_listing import list_key, location_list
from auditor.store.times import utc_text, uuid7

LOCATIONS, VISITS, TABLE, ROUNDS = 100_000, 240_000, 10_000, 5
NAMES = (
    "Nguyễn Huệ", "Lê Lợi", "Đồng Khởi", "Thảo Điền", "Phan Xích Long", "Hiệp Bình", "Võ Thị Sáu",
    "Cộng Hòa", "Quang Trung", "Bến Thành", "Kim Mã", "Hồ Gươm",
)  # fmt: skip
SHOP = """
format: auditor-checklist/1
id: shop
version: "1"
title: Shop
languages: [vi]
sections:
  - {id: door, title: Door, questions: [{id: note, type: text, label: Note}]}
"""
INSERT = """
INSERT INTO visit (uid, number, status, revision, location_id, checklist_version_id, evaluator,
    zone, started_at, score, band, answered, total, photos, created_at, version, tray)
VALUES (?, ?, 'submitted', 1, ?, ?, 'E-1', 'UTC', ?, ?, 'B', 0, 0, 0, ?, 1, '[]')
"""


def place(number: int) -> LocationInput:
    """Three regions, thirty below them, 240 below those."""
    chance = random.Random(number)
    names = chance.sample(NAMES, 3)
    region = f"Miền {number % 3} / Tỉnh {number % 30} / Quận {number % 240}"
    address = f"{number % 300} {' '.join(chance.sample(NAMES, 2))}, Quận {number % 12}"
    return LocationInput(f"SV-{number:06}", " ".join(names), address, region)


def planned(brand: int, count: int) -> Plan:
    given = [place(number) for number in range(count)]
    return Plan(adds=tuple(LocationChange(0, each.code, "B", brand, None, each) for each in given))


def visits(workspace: Workspace) -> None:
    """Handed in over two years, 2.4 for each location; a tenth of them have none."""
    version = workspace.checklists.add(SHOP.encode(), "shop.yaml")
    chance, now = random.Random(1), datetime.now(UTC)
    rows = []
    for number in range(VISITS):
        at = utc_text(now - timedelta(days=chance.randrange(720), seconds=chance.randrange(80_000)))
        values = (uuid7(), f"V-{number:06}", chance.randrange(1, LOCATIONS + 1), version.id, at,
                  f"{chance.gauss(80, 10):.1f}", at)  # fmt: skip
        rows.append(values)
    with workspace.store.raw_transaction() as raw:
        raw.executemany(INSERT, rows)
    since = time.thread_time()
    with workspace.store.unit() as unit:
        rollups.rebuild(unit)
    print(f"roll-ups of {VISITS} visits built: {time.thread_time() - since:.1f} s of CPU")


def took(work: Callable[[], object]) -> float:
    """The median of milliseconds of CPU."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        since = time.thread_time()
        work()
        rounds.append((time.thread_time() - since) * 1000)
    return statistics.median(rounds)


def filters(workspace: Workspace) -> dict[str, LocationFilter]:
    tree, now = workspace.read(visit_queries.region_tree), datetime.now(UTC)
    widest, narrowest = (pick(tree, key=lambda node: node.count) for pick in (max, min))
    return {
        "all": LocationFilter(),
        "a region of a third": LocationFilter(region=widest.id),
        "a region of 0.4 %": LocationFilter(region=narrowest.id),
        "search that finds many": LocationFilter("thao dien"),
        "search that finds one": LocationFilter("sv-099999"),
        "search that finds none": LocationFilter("zzzz qqqq"),
        "two letters": LocationFilter("sv"),
        "visited in 30 days": LocationFilter(visited_since=now - timedelta(days=30)),
        "not visited for 90 days": LocationFilter(idle_since=now - timedelta(days=90)),
        "score below 70": LocationFilter(score_below=70.0),
        "never visited": LocationFilter(never=True),
        "archived": LocationFilter(active=False),
    }


def lists(workspace: Workspace) -> None:
    """The first and the second page in every order; the slowest of the ten is told."""
    for name, wanted in filters(workspace).items():
        pages = {}
        for order, down in product(LocationOrder, (False, True)):
            page = partial(workspace.read, location_list, wanted, order, down=down)
            said = f"{order}{' down' if down else ''}"
            pages[said] = took(page)
            if len(found := page()) == 50:
                after = list_key(found[-1], order)
                pages[f"{said}, second page"] = took(partial(page, after))
        slowest = max(pages, key=lambda each: pages[each])
        count = took(partial(workspace.read, visit_queries.location_count, wanted))
        print(
            f"{name}: {statistics.median(pages.values()):.1f} ms, slowest {pages[slowest]:.1f} "
            f"({slowest}), counted {count:.1f}; goal 10 ms of CPU"
        )
    detail = took(partial(workspace.location_lists.detail, 5))
    tree = took(partial(workspace.read, visit_queries.region_tree))
    print(f"one in full: {detail:.1f} ms; the tree of regions: {tree:.1f} ms, goal 20")


def table(workspace: Workspace, folder: Path) -> None:
    """Another brand's table, read, planned, imported, taken back."""
    client = workspace.read(visit_queries.clients)[0]
    workspace.places.add_brand(client.id, "Khác")
    headings = ("Mã", "Tên", "Địa chỉ", "Khu vực", "Thương hiệu")
    given = [place(number) for number in range(TABLE)]
    rows = [(each.code, each.name, each.address, each.region, "Khác") for each in given]
    path = write(folder / "table.xlsx", Table("Bảng", headings, rows))
    lists, since = workspace.location_lists, time.thread_time()
    found = lists.plan(read(path), lists.client(None))
    assert found.counts.adds == TABLE
    read_at = time.thread_time()
    lists.apply(found, path.name)
    done = time.thread_time()
    assert workspace.places.last is not None
    workspace.places.undo(workspace.places.last)
    back = time.thread_time() - done
    print(
        f"{TABLE} rows: read and planned {read_at - since:.1f} s, imported {done - read_at:.1f} s"
    )
    print(f"{TABLE} rows taken back: {back:.1f} s; goal 10 s of CPU each")


def main() -> int:
    with tempfile.TemporaryDirectory() as room:
        workspace = Workspace.open(Path(room) / "workspace")
        client = workspace.places.add_client("Sen Việt")
        brand = workspace.places.add_brand(client.id, "Cà phê Sen")
        workspace.places.apply_import(planned(brand.id, LOCATIONS), "all")
        visits(workspace)
        lists(workspace)
        table(workspace, Path(room))
        workspace.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
