"""Looks of brands and clients, from a file to the paper; report templates."""

from __future__ import annotations

import io
import re
import zlib
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from auditor.domain.branding import (
    NEEDED,
    PageFormat,
    ReportPart,
    TemplateInput,
    clean_colour,
    contrast,
    name_ink,
    readable,
)
from auditor.domain.errors import NotFoundError, RefusedError
from auditor.domain.records import VisitRecord
from auditor.services import logos
from auditor.services.sample import build
from auditor.services.workspace import Workspace
from auditor.store import events
from auditor.ui.branding.rasterising import rasterise
from forms.answers import Answer
from forms.filling import Progress
from reports import theme
from reports.render import render
from reports.snapshot import Brand, PartName

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
<defs><g id="leaf"><path d="M0 0h30v30z"/></g></defs>
<rect width="60" height="40" rx="8" fill="#0F5B5E"/><circle cx="80" cy="20" r="15" fill="#E3A02C"/>
<use href="#leaf"/></svg>"""
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'
TODAY = date(2026, 11, 22)


def png(size: tuple[int, int] = (300, 120), colour: str = "#C2185B", edge: int = 20) -> bytes:
    """A block of colour with clear edges."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste(colour, (edge, edge, size[0] - edge, size[1] - edge))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def set_logo(workspace: Workspace, content: bytes, name: str) -> logos.Logo:
    found = logos.read(content, name)
    if isinstance(found, logos.Drawing):
        found = logos.from_drawing(found, rasterise(found))
    workspace.brandings.set_logo(1, found)
    return found


@pytest.fixture
def visited(workspace: Workspace, draft: VisitRecord) -> int:
    workspace.visits.save_answer(draft.id, ("greeted", 0), Answer("no"), Progress(1, 1))
    workspace.visits.submit(draft.id, "E-07")
    return draft.id


# colours

HEX = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@settings(max_examples=200)
@given(HEX)
def test_the_nearest_colour_passes_and_is_itself_where_it_does(value: str) -> None:
    found = readable(value)
    assert contrast(found.nearest, "#FFFFFF") >= NEEDED
    assert found.passes == (contrast(value, "#FFFFFF") >= NEEDED) == (found.nearest == value)
    assert found.passes or found.ratio < NEEDED
    if not found.passes:
        assert contrast(found.nearest, "#FFFFFF") < NEEDED + 0.2


@settings(max_examples=200)
@given(HEX, HEX)
def test_what_is_said_of_contrast_is_what_reports_do(colour: str, colour2: str) -> None:
    paper = theme.branding(Brand("x", colour, colour2))
    inks = {"second": colour2, "first": colour, "dark": "#18212C"}
    assert paper.name == theme.colour(inks[name_ink(colour, colour2).value])
    assert (paper.on_mark == theme.WHITE) == readable(colour).passes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#1a5fb4", "#1A5FB4"), (" 1A5FB4 ", "#1A5FB4"), ("#12", ""), ("red", ""), ("#12345G", "")],
)
def test_colours_as_people_type_them(typed: str, kept: str) -> None:
    assert clean_colour(typed) == kept


# files


@pytest.mark.parametrize(
    ("code", "svg"),
    [
        ("svg_script", HEAD + "><script>1</script></svg>"),
        ("svg_script", HEAD + ' onload="x()"/>'),
        ("svg_script", HEAD + "><foreignObject/></svg>"),
        ("svg_outside", HEAD + '><use href="http://x.test/y#a"/></svg>'),
        ("svg_outside", HEAD + '><style>@import "http://x.test/y";</style></svg>'),
        ("svg_outside", HEAD + '><rect fill="url(http://x.test/y)"/></svg>'),
        ("svg_outside", HEAD + '><rect style="fill:url(//x.test/y)"/></svg>'),
        ("svg_outside", '<?xml-stylesheet href="a.css"?>' + HEAD + "/>"),
        ("svg_picture", HEAD + '><image href="#a"/></svg>'),
        ("svg_text", HEAD + "><text>Cà phê</text></svg>"),
        ("svg_strange", HEAD + "><filter/></svg>"),
        ("svg_strange", HEAD + "><animate/></svg>"),
        ("svg_entities", '<!DOCTYPE svg [<!ENTITY a "a">]>' + HEAD + ">&a;</svg>"),
        ("svg_deep", HEAD + ">" + "<g>" * 99 + "</g>" * 99 + "</svg>"),
        (
            "svg_many",
            HEAD + '><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
        ),
        (
            "svg_many",
            HEAD
            + '><g id="g0"><rect/></g>'
            + "".join(
                f'<g id="g{at}">' + f'<use href="#g{at - 1}"/>' * 10 + "</g>" for at in range(1, 9)
            )
            + "</svg>",
        ),
        ("svg_many", HEAD + ">" + "<rect/>" * 20_001 + "</svg>"),
        ("svg_size", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("svg_size", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 9"/>'),
        ("svg_not_svg", "<html/>"),
        ("svg_broken", HEAD),
        ("logo_too_big", HEAD + "><!--" + "x" * 2_100_000 + "--></svg>"),
    ],
)
def test_hostile_svg_gets_a_sentence(code: str, svg: str) -> None:
    with pytest.raises(RefusedError) as refused:
        logos.read(svg.encode(), "logo.svg")
    assert refused.value.code == code
    assert refused.value.text("vi") != refused.value.text("en")


def bomb() -> bytes:
    """A PNG that says it is 40,000 pixels square."""
    good = bytearray(png())
    good[16:24] = (40_000).to_bytes(4, "big") * 2
    good[29:33] = zlib.crc32(good[12:29]).to_bytes(4, "big")
    return bytes(good)


@pytest.mark.parametrize(
    ("code", "content", "name"),
    [
        ("too_many_pixels", bomb(), "bomb.png"),
        ("photo_unreadable", png()[:200], "cut.png"),
        ("photo_unreadable", b"\x1f\x8b\x08" + bytes(50), "packed.svgz"),
        ("empty_file", b"", "logo.png"),
        ("logo_small", png((40, 40), edge=2), "small.png"),
        ("logo_too_big", png() + bytes(11 * 1024 * 1024), "big.png"),
    ],
)
def test_bad_pictures_get_a_sentence(code: str, content: bytes, name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        logos.read(content, name)
    assert refused.value.code == code


def test_other_pictures_are_no_logos() -> None:
    out = io.BytesIO()
    Image.new("RGB", (90, 90), "red").save(out, "GIF")
    with pytest.raises(RefusedError, match="PNG, JPEG or SVG"):
        logos.read(out.getvalue(), "a.gif")


def test_a_drawing_that_hangs_ends_with_its_process() -> None:
    drawing = logos.read(SVG.encode(), "logo.svg")
    assert isinstance(drawing, logos.Drawing)
    with pytest.raises(RefusedError, match="too complicated"):
        rasterise(drawing, seconds=0.0)


def test_an_svg_that_shows_nothing_is_told() -> None:
    drawing = logos.read((HEAD + "><defs><rect/></defs></svg>").encode(), "logo.svg")
    assert isinstance(drawing, logos.Drawing)
    with pytest.raises(RefusedError, match="Nothing shows"):
        logos.from_drawing(drawing, rasterise(drawing))


def test_an_svg_is_drawn_once_at_print_resolution(workspace: Workspace) -> None:
    logo = set_logo(workspace, SVG.encode(), "logo.svg")
    look = workspace.brandings.of(1).brands[0]
    assert look.logo == logo.prepared.sha256
    assert workspace.evidence.files.original(look.logo, "image/svg+xml").read_text() == SVG
    with Image.open(look.logo_picture or "") as image:
        assert image.format == "PNG"
        assert max(image.size) > 1400
        assert image.mode == "RGBA"
    assert logo.colours[:2] == ("#0F5B5E", "#E3A02C")


def test_clear_edges_are_cut_off(workspace: Workspace) -> None:
    set_logo(workspace, png(), "logo.png")
    with Image.open(workspace.brandings.of(1).brands[0].logo_picture or "") as image:
        assert image.size == (260, 80)
        assert image.getpixel((0, 0)) == (194, 24, 91, 255)


# the client


def test_looks_are_kept_told_and_taken_back(workspace: Workspace) -> None:
    brandings = workspace.brandings
    template = workspace.templates.all("vi")[0]
    changes = (
        lambda: brandings.set_colours(1, "#c2185b", "#4A2C2A"),
        lambda: set_logo(workspace, png(), "logo.png"),
        lambda: brandings.set_footer(1, "  Bảo mật \n nội bộ "),
        lambda: brandings.set_page(1, PageFormat.LETTER),
        lambda: brandings.set_template(1, template.id),
        lambda: set_logo(workspace, SVG.encode(), "logo.svg"),
        lambda: brandings.set_logo(1, None),
    )
    states, steps = [brandings.of(1)], []
    for change in changes:
        change()
        assert brandings.last is not None
        steps.append(brandings.last)
        states.append(brandings.of(1))
        assert states[-1] != states[-2]
    assert (states[-1].footer, states[-1].page) == ("Bảo mật nội bộ", "letter")
    for at in reversed(range(len(steps))):
        brandings.undo(steps[at])
        assert brandings.of(1) == states[at]
    kinds = [event.kind for event in workspace.read(events.events)]
    assert {"brand.colours", "brand.logo", "client.report", "brand.logo.undone"} <= set(kinds)


def test_what_does_not_fit_is_refused(workspace: Workspace) -> None:
    brandings = workspace.brandings
    for bad in (
        lambda: brandings.set_footer(1, "x" * 121),
        lambda: brandings.set_colours(1, "#12", "#123456"),
        lambda: brandings.set_template(1, 99),
        lambda: brandings.set_page(99, PageFormat.A4),
        lambda: brandings.of(99),
    ):
        with pytest.raises((RefusedError, NotFoundError)):
            bad()
    assert brandings.last is None


# the paper


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def corner(path: Path) -> set[tuple[int, ...]]:
    """The colours of the upper left of page 1, where the logo stands."""
    with pypdfium2.PdfDocument(path) as document:
        image = document[0].render(scale=3).to_pil().convert("RGB")
    return {rgb for _, rgb in image.crop((130, 100, 320, 190)).getcolors(99_999) or []}


def test_logo_colours_footer_and_page_get_onto_the_paper(
    workspace: Workspace, visited: int, tmp_path: Path
) -> None:
    brandings, reports = workspace.brandings, workspace.reports
    brandings.set_colours(1, "#C2185B", "#7B1FA2")
    brandings.set_footer(1, "Bảo mật Sông Hồng")
    brandings.set_page(1, PageFormat.LETTER)
    [plain] = reports.write([visited], "vi", tmp_path / "a")
    assert (0xC2, 0x18, 0x5B) in corner(plain)
    assert (0x7B, 0x1F, 0xA2) in corner(plain)
    assert all("Bảo mật Sông Hồng" in text for text in pages(plain))
    with pypdfium2.PdfDocument(plain) as document:
        assert document.get_page_size(0) == (612, 792)
    set_logo(workspace, png(colour="#00897B"), "logo.png")
    [with_logo] = reports.write([visited], "vi", tmp_path / "b")
    assert (0x00, 0x89, 0x7B) in corner(with_logo)
    assert b"logo.png" not in with_logo.read_bytes()


def test_a_template_decides_the_parts_and_their_order(
    workspace: Workspace, visited: int, tmp_path: Path
) -> None:
    templates, reports = workspace.templates, workspace.reports
    chosen = templates.add(
        TemplateInput("Ngược", (ReportPart.LEDGER, ReportPart.QUESTIONS, ReportPart.FAILED))
    )
    workspace.brandings.set_template(1, chosen.id)
    [report] = reports.write([visited], "en", tmp_path)
    with pypdfium2.PdfDocument(report) as document:
        titles = [entry.get_title() for entry in document.get_toc(max_depth=1)]
    order = [
        titles.index(title) for title in titles if re.match("Score ledger|Every q|What lost", title)
    ]
    assert order == sorted(order)
    names = [title for title in titles if re.match("Score ledger|Every q|What lost", title)]
    assert names[0].startswith("Score ledger")
    assert names[-1].startswith("What lost")
    templates.change(chosen.id, TemplateInput("Ngược", (), cover=True), 1)
    snapshot = reports.snapshot(visited, "en")
    assert snapshot.template.parts == ()
    assert snapshot.template.cover


def test_a_program_goes_before_its_client(workspace: Workspace) -> None:
    program = workspace.programs.add_program(1, "Ghé quán")
    wave = workspace.programs.add_wave(program.id, "Q4")
    mine, theirs = workspace.templates.all("en")[:2]
    here = workspace.visits.start(1, 1, TODAY, "Asia/Ho_Chi_Minh", "E-07", wave.id)
    assert workspace.brandings.for_report(here.id).template is None
    workspace.brandings.set_template(1, mine.id)
    found = workspace.brandings.for_report(here.id).template
    assert found is not None
    assert found.id == mine.id
    with workspace.store.unit() as unit:
        unit.connection.exec_driver_sql("UPDATE program SET template_id = ?", (theirs.id,))
    found = workspace.brandings.for_report(here.id).template
    assert found is not None
    assert found.id == theirs.id


def test_the_domain_names_the_parts_that_reports_have() -> None:
    assert [part.value for part in ReportPart] == [part.value for part in PartName]


# templates


def test_starting_points_are_made_once(workspace: Workspace) -> None:
    first = workspace.templates.all("vi")
    assert [each.name for each in first] == ["Báo cáo đầy đủ", "Không có sổ điểm", "Một trang"]
    assert [len(each.parts) for each in first] == [9, 8, 0]
    for each in first:
        workspace.templates.delete(each.id)
    assert workspace.templates.all("vi") == []


def test_one_that_only_reads_makes_none(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    reading = Workspace.open(folder, write=False)
    assert reading.templates.all("en") == []
    reading.close()


def test_templates_change_and_every_change_is_taken_back(workspace: Workspace) -> None:
    templates = workspace.templates
    full = templates.all("en")[0]
    states, steps = [templates.all("en")], []
    copy = templates.copy(full.id, "en")
    assert copy.name == "Full report (copy)"
    assert templates.copy(full.id, "en").name == "Full report (copy 2)"
    states.append(templates.all("en"))
    parts = (ReportPart.FAILED, ReportPart.TREND)
    changed = templates.change(copy.id, TemplateInput("Short", parts, True, True), copy.version)
    assert (changed.parts, changed.cover, changed.blank_actions) == (parts, True, True)
    steps.append(templates.last)
    templates.delete(copy.id)
    steps.append(templates.last)
    for step in reversed(steps):
        assert step is not None
        templates.undo(step)
    assert templates.all("en") == states[1]


def test_a_template_in_use_says_by_whom(workspace: Workspace) -> None:
    chosen = workspace.templates.all("en")[0]
    workspace.brandings.set_template(1, chosen.id)
    with pytest.raises(RefusedError, match="used by Sông Hồng"):
        workspace.templates.delete(chosen.id)
    assert workspace.templates.get(chosen.id).used_by == ("Sông Hồng",)


def test_names_of_templates_are_one_of_a_kind(workspace: Workspace) -> None:
    templates = workspace.templates
    full = templates.all("en")[0]
    for name in ("FULL REPORT", "", "x" * 61):
        with pytest.raises(RefusedError):
            templates.add(TemplateInput(name))
    with pytest.raises(RefusedError, match="changed meanwhile"):
        templates.change(full.id, full.input, full.version + 1)


# the sample


def test_the_sample_is_a_whole_report_in_the_clients_looks(
    workspace: Workspace, tmp_path: Path
) -> None:
    from auditor.domain.branding import Dress

    set_logo(workspace, png(colour="#00897B"), "logo.png")
    look = workspace.brandings.of(1).brands[0]
    sample = build(tmp_path, "vi", TODAY)
    dressed = sample.in_dress(Dress("Sông Hồng", look, "Chân trang", PageFormat.A4, None))
    report = render(dressed.snapshot, dressed.images, tmp_path / "sample.pdf")
    assert report.pages > 8
    assert (0x00, 0x89, 0x7B) in corner(report.path)
    assert "Chân trang" in pages(report.path)[0]
    assert dressed.snapshot.created == TODAY - timedelta(days=8)
    one = sample.in_dress(
        Dress("Sông Hồng", look, "", PageFormat.A4, TemplateInput("Một trang", ()))
    )
    assert render(one.snapshot, one.images, tmp_path / "one.pdf").pages <= 2
