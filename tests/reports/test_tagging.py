"""The structure of the PDF, read back: what a reader that does not see the page is told."""

from __future__ import annotations

import itertools
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pikepdf
import pytest
from pikepdf import Name

from reports.findings import verdict
from reports.render import render
from reports.sheet import Sheet
from reports.snapshot import PageSize, PartName, ReportSnapshot, Template
from tests.reports.paper import read
from tests.reports.samples import Given, Shop, snapshot, whole
from tests.reports.tags import Node, Structure, structure

#: What may stand directly in what; words stand in leaves only.
INSIDE = {
    "Document": {"Sect"},
    "Table": {"TR", "Caption"},
    "TR": {"TH", "TD"},
    "L": {"LI"},
    "LI": {"LBody", "Lbl"},
}
GROUPS = {"Document", "Sect", "Div", "Table", "TR", "L", "LI"}
KINDS = GROUPS | {"H1", "H2", "H3", "P", "TH", "TD", "LBody", "Lbl", "Caption", "Figure", "Link"}


Papers: TypeAlias = dict[str, tuple[ReportSnapshot, Path]]


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, images: dict[str, Path]) -> Papers:
    """Reports of each kind, on disk."""
    folder = tmp_path_factory.mktemp("tagged")
    photos = tuple(images)
    made = {
        "vi": whole(snapshot(shop=Shop("vi", 1, photos=photos))),
        "en": snapshot(shop=Shop("en", 2, photos=photos)),
        "bank": whole(snapshot("bank-branch", shop=Shop("en", 3, 0.7))),
        "types": snapshot("every-type", shop=Shop("vi", 4, photos=photos)),
    }
    return {
        name: (each, render(each, images, folder / f"{name}.pdf").path)
        for name, each in made.items()
    }


NAMES = ("vi", "en", "bank", "types")


@pytest.fixture(scope="module")
def trees(papers: Papers) -> dict[str, Structure]:
    return {name: structure(path) for name, (_, path) in papers.items()}


@pytest.fixture(params=NAMES)
def paper(request: pytest.FixtureRequest, papers: Papers) -> tuple[ReportSnapshot, Path]:
    return papers[request.param]


@pytest.fixture(params=NAMES)
def tree(request: pytest.FixtureRequest, trees: dict[str, Structure]) -> Structure:
    return trees[request.param]


def test_every_mark_is_of_one_element_or_an_artifact(tree: Structure) -> None:
    assert not tree.stray
    owners: dict[tuple[int, int], Node] = {}
    for node in tree.root.all():
        for mark in node.marks:
            assert mark not in owners, (node.kind, mark)
            owners[mark] = node
    opened = {(page, mark) for page, marks in enumerate(tree.marks) for mark in marks}
    assert opened == set(owners)
    assert tree.named == owners
    assert all(marks == sorted(marks) for marks in tree.marks)


def test_elements_stand_where_they_may(tree: Structure) -> None:
    for node in tree.root.all():
        assert node.kind in KINDS
        allowed = INSIDE.get(node.kind)
        for kid in node.kids:
            assert allowed is None or kid.kind in allowed, (node.kind, kid.kind)
            if kid.kind in ("TR", "TH", "TD", "LI", "LBody"):
                assert kid.kind in INSIDE[node.kind], (node.kind, kid.kind)
        assert not node.marks or node.kind not in GROUPS, (node.kind, node.marks)


def test_tables_are_regular_and_their_headers_say_of_what(tree: Structure) -> None:
    tables = tree.root.each("Table")
    assert tables
    for table in tables:
        widths = {sum(cell.span for cell in row.kids) for row in table.kids}
        assert len(widths) == 1, widths
        for cell in table.each("TH"):
            assert str(cell.attributes["/Scope"]) in ("/Row", "/Column")
        first, *rest = table.kids
        assert all(row.kids[0].kind == "TH" for row in rest)
        heads = [str(c.attributes["/Scope"]) for c in first.kids if c.kind == "TH"]
        assert heads == ["/Column"] * len(first.kids) or heads == ["/Row"]


def test_header_rows_are_told_once(papers: Papers, trees: dict[str, Structure]) -> None:
    """They are drawn again on every page, and above the second column of the ledger."""
    made, _ = papers["bank"]
    sections = [p for p in Sheet(made, {}).parts if p.entries and not p.score.hidden]
    tables = trees["bank"].root.each("Table")
    long = [t for t in tables if len({page for node in t.all() for page, _ in node.marks}) > 1]
    assert len(tables) >= len(sections) + 1
    assert long
    for table in tables:
        columns = [c for c in table.each("TH") if str(c.attributes["/Scope"]) == "/Column"]
        assert {cell.parent for cell in columns} <= {table.kids[0]}


def test_figures_are_told_in_words_with_their_numbers(
    papers: Papers, trees: dict[str, Structure]
) -> None:
    made, _ = papers["en"]
    figures = trees["en"].root.each("Figure")
    assert all(figure.alt.strip() and "/BBox" in figure.attributes for figure in figures)
    alts = [figure.alt for figure in figures]
    score = str(made.scorecard.score)
    assert alts[0].startswith(f"Score {score} out of 100")
    assert f"target {made.comparison.target}" in alts[0]
    assert any(re.fullmatch(r"this visit [\d.]+.*; target .*; last visit .*", alt) for alt in alts)
    assert any(alt.startswith("Points lost by question: ") for alt in alts)
    trend = next(alt for alt in alts if made.history[0].wave in alt)
    assert str(made.history[0].score) in trend
    assert score in trend
    photos = [photo for said in made.answers for photo in said.photos]
    told = [alt for alt in alts if alt.startswith("Photo ")]
    assert len(told) >= len(photos)
    assert any(photos[0].caption in alt for alt in told)
    assert "Critical" in alts


def test_boxes_of_figures_lie_on_the_page(tree: Structure) -> None:
    for figure in tree.root.each("Figure"):
        left, low, right, top = (float(x) for x in figure.attributes["/BBox"])  # type: ignore[attr-defined]
        assert 0 <= left < right <= 596, figure.alt
        assert 0 <= low < top <= 842, figure.alt


def test_headings_go_down_one_step_at_a_time(tree: Structure) -> None:
    levels = [int(n.kind[1]) for n in tree.root.all() if re.fullmatch(r"H\d", n.kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert len(levels) > 10
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert all(node.marks for node in tree.root.all() if re.fullmatch(r"H\d", node.kind))


def test_the_story_is_read_page_by_page(tree: Structure) -> None:
    """In the order of the marks; only page 1 names the place before the chip in its corner."""
    pages = [page for node in tree.root.all() for page, _ in node.marks]
    begun = [page for at, page in enumerate(pages) if page not in pages[:at]]
    assert begun == sorted(begun)
    assert len(begun) == len(tree.marks)
    for section in tree.root.kids:
        first = min(mark for node in section.all() for mark in node.marks)
        assert first >= (0, 0)


def test_a_comment_over_two_pages_is_one_cell(tmp_path: Path) -> None:
    def long(_: object, given: Given) -> None:
        key = next(iter(given))
        given[key] = replace(given[key], comment="Dài lắm. " * 700)

    made = snapshot(shop=Shop("vi", 1), change=long)
    tree = structure(render(made, {}, tmp_path / "long.pdf").path)
    over = [
        node
        for node in tree.root.all()
        if len({page for page, _ in node.marks}) > 1 and node.kind in ("TD", "P")
    ]
    assert {node.kind for node in over} >= {"TD"}
    assert not tree.stray
    for node in over:
        assert node.marks == sorted(node.marks)


def test_the_document_says_that_it_is_tagged(paper: tuple[ReportSnapshot, Path]) -> None:
    made, path = paper
    with pikepdf.open(path) as pdf:
        assert pdf.pdf_version == "1.7"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == made.language
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert all(page.obj.Tabs == Name.S for page in pdf.pages)
        assert not pdf.check_pdf_syntax()
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            assert about["dc:title"] == str(pdf.docinfo.Title)
            assert about["pdf:Keywords"] == str(pdf.docinfo.Keywords)
            assert about["xmp:CreateDate"].startswith(f"{made.created:%Y-%m-%d}")
            assert "pdfuaid:part" not in about


@pytest.mark.needs("pdfinfo")
def test_words_keep_apart_where_lines_break(papers: Papers) -> None:
    """Between two lines of a paragraph stands a blank, for those who copy it or hear it."""
    made, path = papers["vi"]
    told = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(told.replace("\u00a0", " ").split())
    sheet = Sheet(made, {})
    for sentence in (verdict(sheet), *(e.comment for e in sheet.entries if len(e.comment) > 80)):
        assert " ".join(sentence.replace("\u00a0", " ").split()) in words


def test_letter_paper_is_tagged_too(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 1), page=PageSize.LETTER)
    tree = structure(render(made, {}, tmp_path / "letter.pdf").path)
    assert not tree.stray


def test_the_words_are_the_same_as_on_the_page(paper: tuple[ReportSnapshot, Path]) -> None:
    """Blanks that were added are not seen twice."""
    for page in read(paper[1]).pages:
        assert "   " not in page


def test_links_of_page_1_lead_to_what_they_name(
    papers: Papers, trees: dict[str, Structure]
) -> None:
    made, path = papers["en"]
    with pikepdf.open(path) as pdf:
        places = dict(pdf.Root.Dests.items()) if "/Dests" in pdf.Root else {}
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        led = []
        for note in pdf.pages[0].obj.Annots:
            assert note.F == 4
            target = note.Dest if isinstance(note.Dest, pikepdf.Array) else places[str(note.Dest)]
            led.append((str(note.Contents), pages[target[0].objgen]))
    sheet = Sheet(made, {})
    assert [name for name, _ in led[-len(sheet.parts) :]] == [part.title for part in sheet.parts]
    words = read(path).pages
    for name, page in led:
        assert page > 0
        assert "".join(name.split()) in "".join(words[page].split()), name
    links = trees["en"].root.each("Link")
    assert len(links) == len(led)
    for link in links:
        assert link.marks or any(kid.marks for kid in link.kids), "its words are in it"


def test_a_link_to_what_is_not_there_is_none(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 2))
    bare = replace(made, template=Template("bare", parts=(PartName.LEDGER,)))
    tree = structure(render(bare, {}, tmp_path / "bare.pdf").path)
    assert not tree.root.each("Link")
