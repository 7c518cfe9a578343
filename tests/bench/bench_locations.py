"""Lists of 100,000 locations, and a table of 10,000 that comes in.

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
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from auditor.domain.folding import folded
from auditor.domain.places import LocationFilter, LocationInput, LocationOrder, PageKey
from auditor.services.importing.plan import LocationChange, Plan
from auditor.services.sheets.reading import read
from auditor.services.sheets.writing import Table, write
from auditor.services.workspace import Workspace
from auditor.store import queries

LOCATIONS, TABLE, ROUNDS = 100_000, 10_000, 7
NAMES = (
    "Nguyễn Huệ", "Lê Lợi", "Đồng Khởi", "Thảo Điền", "Phan Xích Long", "Hiệp Bình", "Võ Thị Sáu",
    "Cộng Hòa", "Quang Trung", "Bến Thành", "Kim Mã", "Hồ Gươm",
)  # fmt: skip


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


def tell(name: str, goal: int, work: Callable[[], object]) -> None:
    work()
    took = []
    for _ in range(ROUNDS):
        since = time.thread_time()
        work()
        took.append((time.thread_time() - since) * 1000)
    print(f"{name}: {statistics.median(took):.1f} ms of CPU, goal {goal} ms")


def lists(workspace: Workspace) -> None:
    region = workspace.read(queries.region_tree)[0]
    deep = PageKey(folded("SV-090000"), 0)
    for name, wanted, after in (
        ("first page", LocationFilter(), None),
        ("deep page", LocationFilter(), deep),
        ("a region of a third", LocationFilter(region=region.id), None),
        ("search that finds many", LocationFilter("thao dien"), None),
        ("search that finds one", LocationFilter("sv-099999"), None),
        ("search that finds none", LocationFilter("zzzz qqqq"), None),
    ):
        for order in LocationOrder if after is None else [LocationOrder.CODE]:
            page = partial(workspace.read, queries.location_page, wanted, order, after)
            tell(f"{name}, by {order}", 10, page)
        tell(f"{name}, counted", 10, partial(workspace.read, queries.location_count, wanted))
    tell("the tree of regions", 20, partial(workspace.read, queries.region_tree))


def table(workspace: Workspace, folder: Path) -> None:
    """Another brand's table, read, planned, imported, taken back."""
    client = workspace.read(queries.clients)[0]
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
        lists(workspace)
        table(workspace, Path(room))
        workspace.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
