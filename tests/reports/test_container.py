"""What goes behind the file that ReportLab wrote, and what is used of ReportLab for that."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from reports import structure
from reports.container import Pdf, Told
from reports.tagging import Tags
from reports.typeface import INITIAL, faces

DAY = date(2026, 7, 14)
USED = {
    "document": "Reference objectcounter numberToId idToObjectNumberAndVersion idToOffset "
    "idToObject delayedFonts Outlines Catalog Pages info signature fontMapping",
    "catalog": "Outlines ViewerPreferences",
    "outlines": "prepare ready",
    "page": "__NoDefault__ stream Contents Resources Annots",
    "info": "title author subject keywords producer creator",
    "fonts": "State splitString getSubsetInternalName addObjects",
    "font": "state face",
    "face": "makeSubset addSubsetObjects getCharWidth charWidths defaultWidth flags bbox",
}


def test_reportlab_has_what_is_used_of_it() -> None:
    faces()
    canvas = Canvas("a.pdf", initialFontName=INITIAL)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showPage()
    document = canvas._doc
    have = {
        "document": document,
        "catalog": document.Catalog,
        "outlines": document.Outlines,
        "page": document.Pages.pages[-1],
        "info": document.info,
        "fonts": TTFont,
        "font": faces()[0].font,
        "face": faces()[0].font.face,
    }
    lacks = [
        f"{kind}: {name}"
        for kind, names in USED.items()
        for name in names.split()
        if not hasattr(have[kind], name)
    ]
    assert not lacks, f"this ReportLab lacks what reports/container.py uses: {lacks}"


def _pdf(pages: int = 3) -> tuple[Pdf, Tags]:
    pdf = Pdf(Told("Title", "Subject", "Author", "1 2 3", "vi"))
    out: list[str] = []
    tags = Tags(out, 842)
    for at in range(pages):
        pdf.target(f"page {at}", 800.0 - at)
        tags.leaf("P")
        tags.words()
        key = tags.annotation(pdf.link_number)
        pdf.link("10 10 20 20", "Đến trang", f"page {(at + 1) % pages}", key)
        key = tags.end_page()
        pdf.add_page(595, 842, "\n".join(out), key)
        out.clear()
    return pdf, tags


def _closed(pdf: Pdf, tags: Tags) -> pikepdf.Pdf:
    data = pdf.close(structure.write(pdf.settle(), tags), DAY)
    file = pikepdf.open(BytesIO(data))
    assert file.check_pdf_syntax() == []
    return file


def test_links_lead_where_their_targets_stand() -> None:
    with _closed(*_pdf()) as file:
        for at, page in enumerate(file.pages):
            [link] = page.Annots
            to, kind, left, top, zoom = link.Dest
            following = (at + 1) % 3
            assert to.objgen == file.pages[following].objgen
            assert (kind, left, float(top), zoom) == ("/XYZ", 0, 800.0 - following, 0)
            assert str(link.Contents) == "Đến trang"
            element = file.Root.StructTreeRoot.ParentTree.Nums[link.StructParent * 2 + 1]
            assert element.S == "/Link"
            assert element.K[1].Obj.objgen == link.objgen


def test_the_outline_counts_the_lines_that_one_sees() -> None:
    pdf, tags = _pdf(2)
    for title, level, closed in (
        ("One", 0, False), ("One A", 1, False), ("One A a", 2, False), ("One B", 1, True),
        ("One B a", 2, False), ("Two", 0, True), ("Two A", 1, False),
    ):  # fmt: skip
        pdf.outline(title, "page 1", level, closed=closed)
    with _closed(pdf, tags) as file:
        assert file.Root.PageMode == "/UseOutlines"
        assert file.Root.Outlines.Count == 5
        with file.open_outline() as outline:
            one, two = outline.root
            assert [line.title for line in one.children] == ["One A", "One B"]
            assert [kid.title for line in one.children for kid in line.children] == [
                "One A a", "One B a",
            ]  # fmt: skip
            assert (one.is_closed, one.children[1].is_closed, two.is_closed) == (False, True, True)
        assert file.Root.Outlines.First.Count == 3
        assert file.Root.Outlines.Last.Count == -1
        assert file.Root.Outlines.First.Dest[0].objgen == file.pages[1].objgen


def test_without_an_outline_the_catalog_names_none() -> None:
    with _closed(*_pdf(1)) as file:
        assert "/Outlines" not in file.Root
        assert file.docinfo.CreationDate == "D:20260714000000+00'00'"


def test_pages_that_move_keep_their_links() -> None:
    pdf, tags = _pdf()
    pdf.move_to_front(1)
    with _closed(pdf, tags) as file:
        third, first, _ = file.pages
        assert third.Annots[0].Dest[0].objgen == first.objgen
        assert float(third.Annots[0].Dest[3]) == 800


def test_numbers_that_reportlab_takes_too_late_are_told() -> None:
    pdf, tags = _pdf(1)
    root = structure.write(pdf.settle(), tags)
    pdf.document.Catalog.Threads = PDFDictionary()
    with pytest.raises(RuntimeError, match="took numbers"):
        pdf.close(root, DAY)
