"""Location reports bound into one file: pages of different sizes, many of them, the same bytes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from reports.errors import ReportError
from reports.pack import Pack
from reports.snapshot import PageSize, ReportSnapshot
from tests.reports.paper import read, stray_marks
from tests.reports.samples import Shop, snapshot


def shop(at: int, page: PageSize = PageSize.A4) -> ReportSnapshot:
    found = snapshot(shop=Shop("en", seed=at), page=page)
    return replace(
        found,
        visit=replace(found.visit, number=f"V-{at:04}"),
        location=replace(found.location, code=f"SV-{at:02}", name=f"Shop {at}"),
    )


def bind(folder: Path, name: str, *snapshots: ReportSnapshot) -> Path:
    pack = Pack("key", len(snapshots))
    for each in snapshots:
        pack.add(each, {})
    return pack.write(folder / name).path


def test_each_report_keeps_its_paper(tmp_path: Path) -> None:
    path = bind(tmp_path, "a.pdf", shop(1), shop(2, PageSize.LETTER), shop(3))
    sizes = []
    with pikepdf.open(path) as pdf:
        sizes = [round(float(page.mediabox[3])) for page in pdf.pages]
    assert sizes[0] == 842
    assert set(sizes) == {842, 792}
    changes = [at for at, (one, other) in enumerate(itertools.pairwise(sizes))
               if one != other]  # fmt: skip
    assert len(changes) == 2


def test_an_index_of_many_reports_takes_the_pages_it_needs(tmp_path: Path) -> None:
    one = shop(1)
    template = replace(one.template, parts=())
    many = [
        replace(one, template=template, location=replace(one.location, name=f"Shop {at}"))
        for at in range(60)
    ]
    path = bind(tmp_path, "a.pdf", *many)
    paper = read(path)
    index = [
        text for text in paper.pages if "Each counts its own pages" in text or "Sheet 2" in text
    ]
    assert len(index) == 2
    assert stray_marks(path, 48) == []
    first = next(at for at, text in enumerate(paper.pages) if "Page 1 of" in text)
    assert first == 2
    assert "sheet 3" in paper.pages[2].replace("\u00a0", " ")


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    given = (shop(1), shop(2))
    one, other = bind(tmp_path, "a.pdf", *given), bind(tmp_path, "b.pdf", *given)
    assert one.read_bytes() == other.read_bytes()


def test_nothing_is_bound_to_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no report to bind"):
        Pack("key", 0).write(tmp_path / "a.pdf")
