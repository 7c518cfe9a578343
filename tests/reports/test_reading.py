"""Two files compared: what was changed in one is found, how it was packed is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from reports.errors import ReportError
from reports.fingerprints import TOO_MUCH
from reports.reading import Differs, Reading, differences, read
from reports.render import to_bytes
from reports.snapshot import PartName, Template
from tests.reports.samples import Shop, snapshot

Edit: TypeAlias = Callable[[Pdf], object]


@pytest.fixture(scope="module")
def data(images: dict[str, Path]) -> bytes:
    made = snapshot(shop=Shop("en", 3, 0.3, tuple(images)))
    parts = (PartName.FAILED, PartName.LEDGER)
    return to_bytes(replace(made, template=Template(parts=parts)), images).data


@pytest.fixture(scope="module")
def ours(data: bytes) -> Reading:
    return read(data)


def edited(data: bytes, edit: Edit, **how: Any) -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(file, **how)
    return file.getvalue()


def found(data: bytes, ours: Reading) -> list[Differs]:
    return [each.differs for each in differences(read(data), ours)]


def picture(pdf: Pdf) -> Any:
    pictures: Any = pdf.pages[1].obj.Resources.XObject
    return next(iter(pictures.values()))


def font(pdf: Pdf) -> Any:
    return pdf.pages[0].obj.Resources.Font["/Regular+0"]


def note(pdf: Pdf) -> Any:
    notes: Any = pdf.pages[0].obj.Annots
    return notes[0]


def script(pdf: Pdf) -> Dictionary:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))


def other_picture_in_print(pdf: Pdf) -> None:
    white = Stream(pdf, b"\xff", Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    other = Dictionary(Image=pdf.make_indirect(white), DefaultForPrinting=True)
    picture(pdf).Alternates = Array([other])


def colours_left_out(pdf: Pdf) -> None:
    picture(pdf).Mask = Array([0, 255, 0, 255, 0, 255])


def layer(pdf: Pdf) -> None:
    picture(pdf).OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="x"))


def other_font_program(pdf: Pdf) -> None:
    program = Stream(pdf, b"OTTO", Subtype=Name.OpenType)
    font(pdf).FontDescriptor.FontFile3 = pdf.make_indirect(program)


def seal_that_shows(pdf: Pdf) -> None:
    """A field for a signature that has a face, and lies over the score."""
    face = Stream(pdf, b"1 g 0 0 200 200 re f", Subtype=Name.Form, BBox=[0, 0, 200, 200])
    seal = pdf.make_indirect(
        Dictionary(
            Subtype=Name.Widget, FT=Name.Sig, T="Signature1", Rect=[60, 600, 260, 800],
            AP=Dictionary(N=pdf.make_indirect(face)),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.Annots, seal])
    pdf.Root.AcroForm = Dictionary(Fields=Array([seal]), SigFlags=3)


def frame_as_thick_as_a_line(pdf: Pdf) -> None:
    note(pdf).Border, note(pdf).C = Array([0, 0, 60]), Array([1, 1, 1])


def link_to_another_page(pdf: Pdf) -> None:
    note(pdf).Dest = Array([pdf.pages[0].obj, Name.XYZ, 0, 100, 0])


def script_of_a_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script(pdf))


def script_of_a_link(pdf: Pdf) -> None:
    note(pdf).AA = Dictionary(E=script(pdf))


def number_cut_in_two(pdf: Pdf) -> None:
    content = pdf.pages[0].Contents.read_bytes()
    at = content.index(b"0.5") + 1
    halves = [pdf.make_indirect(Stream(pdf, half)) for half in (content[:at], content[at:])]
    pdf.pages[0].obj.Contents = Array(halves)


def faint(pdf: Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)


@pytest.mark.parametrize(
    "edit",
    [
        other_picture_in_print,
        colours_left_out,
        layer,
        other_font_program,
        seal_that_shows,
        frame_as_thick_as_a_line,
        link_to_another_page,
        script_of_a_page,
        script_of_a_link,
        number_cut_in_two,
        faint,
    ],
)
def test_what_changes_how_a_page_looks_is_found(data: bytes, ours: Reading, edit: Edit) -> None:
    """Words and operators are the same, and so are the bytes of pictures and typefaces."""
    drawn = found(edited(data, edit), ours)
    assert drawn
    assert set(drawn) == {Differs.DRAWING}


def turned_above_the_pages(pdf: Pdf) -> None:
    for page in pdf.pages:
        del page.obj["/Rotate"]
    pdf.Root.Pages.Rotate = 180


def cut_above_the_pages(pdf: Pdf) -> None:
    pdf.Root.Pages.CropBox = Array([0, 400, 595, 842])


@pytest.mark.parametrize("edit", [turned_above_the_pages, cut_above_the_pages])
def test_what_pages_inherit_counts(data: bytes, ours: Reading, edit: Edit) -> None:
    theirs = read(edited(data, edit))
    assert all(one != other for one, other in zip(theirs.marks, ours.marks, strict=True))


def blank_page(pdf: Pdf) -> None:
    pdf.add_blank_page(page_size=(595.28, 841.89))
    del pdf.pages[-1].obj["/Contents"]


def page_taken_out(pdf: Pdf) -> None:
    del pdf.pages[1]


def pages_in_another_order(pdf: Pdf) -> None:
    page = pdf.pages[0]
    del pdf.pages[0]
    pdf.pages.append(page)


@pytest.mark.parametrize(
    ("edit", "differs", "number"),
    [
        (blank_page, Differs.ADDED, None),
        (page_taken_out, Differs.MISSING, 2),
        (pages_in_another_order, Differs.MOVED, 1),
    ],
)
def test_pages_that_come_go_or_move_are_told_as_such(
    data: bytes, ours: Reading, edit: Edit, differs: Differs, number: int | None
) -> None:
    one, *more = differences(read(edited(data, edit)), ours)
    assert (one.differs, one.page) == (differs, number or len(ours.pages) + 1)
    assert not more


def boxes_above_the_pages(pdf: Pdf) -> None:
    for page in pdf.pages:
        pdf.Root.Pages.MediaBox = page.obj.MediaBox
        page.obj.CropBox = page.obj.MediaBox
        del page.obj["/MediaBox"]


def test_how_a_file_is_packed_is_no_difference(data: bytes, ours: Reading) -> None:
    """As other programs write the same."""
    loose = pikepdf.StreamDecodeLevel.generalized
    again = edited(
        data, boxes_above_the_pages, compress_streams=False, stream_decode_level=loose,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )  # fmt: skip
    theirs = read(again)
    assert not found(again, ours)
    assert (theirs.tags, theirs.bookmarks, theirs.extras) == (ours.tags, ours.bookmarks, ())


def test_a_report_that_was_printed_to_a_file_is_called_one(data: bytes) -> None:
    """Its words are there, and nothing that the report says of itself."""

    def printed(pdf: Pdf) -> None:
        del pdf.trailer["/Info"]

    with pytest.raises(ReportError) as refused:
        read(edited(data, printed))
    assert refused.value.code == "printed"
    assert read(data).claims.seal[:12] in refused.value.text("en")


def test_a_file_that_unpacks_to_gigabytes_is_refused_at_once(data: bytes) -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(33)) + packer.flush()

    def bomb(pdf: Pdf) -> None:
        pdf.pages[0].Contents.write(packed, filter=Name.FlateDecode)

    with pytest.raises(ReportError) as refused:
        read(edited(data, bomb))
    assert refused.value.message == TOO_MUCH


def test_a_page_that_cannot_be_drawn_makes_a_file_unreadable(data: bytes) -> None:
    def broken(pdf: Pdf) -> None:
        pdf.pages[1].obj.Type = Name.Pages

    with pytest.raises(ReportError) as refused:
        read(edited(data, broken))
    assert refused.value.code == "unreadable"
