"""The typeface in the file: fixed codes for what most reports are written with, and the rest."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from forms.answers import Answer
from forms.compiled import CompiledChecklist
from reports.embedding import CODES, TABLE, encoded
from reports.render import render
from reports.snapshot import ReportSnapshot
from reports.typeface import DIGITS, faces
from tests.reports.paper import read
from tests.reports.samples import Given, Shop, snapshot

#: In the font and not among the fixed: Polish, Icelandic, Croatian, signs.
FAR = "Łódź Þingvellir Ðurđević ‰ ¿"


def saying(words: str) -> ReportSnapshot:
    def say(_: CompiledChecklist, given: Given) -> None:
        given["map_listing", 0] = Answer("no", comment=words)

    return snapshot(shop=Shop("vi", 1), change=say)


def test_every_fixed_character_is_in_every_face_once() -> None:
    assert len(TABLE) == len(set(TABLE)) == 256
    for face in faces():
        assert {chr(code) for code in TABLE[1:]} <= set(face.widths), face.name
    assert all(TABLE[ord(c)] == ord(c) for c in "Aa0 ~")
    for letter in "ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđƠƯĐ₫−×÷“”–…":
        assert letter in CODES


def test_codes_in_one_call_are_those_of_each_character() -> None:
    """Signs that end a string, and the end of a line, which readers would take for another."""
    said = "".join(map(chr, TABLE[1:]))
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(f"{encoded(said)} Tj".encode("latin-1"))
        [(operands, _)] = pikepdf.parse_content_stream(page)
    assert bytes(operands[0]).hex() == "".join(CODES[character] for character in said)
    assert encoded("a\u00a0b") == encoded("a b")
    with pytest.raises(UnicodeEncodeError):
        encoded("Ł")


def test_what_is_further_off_is_printed_and_found(tmp_path: Path) -> None:
    assert not set(FAR) - set(faces()[0].widths) - {" "}
    assert set(FAR) - set(CODES)
    report = render(saying(f"Tên là {FAR}, nhé."), {}, tmp_path / "far.pdf")
    assert f"Tên là {FAR}, nhé." in read(report.path).flat.replace("\u00a0", " ")
    assert not report.warnings
    with pikepdf.open(report.path) as pdf:
        names = {name for page in pdf.pages for name in page.Resources.Font}
    assert "/Regular+1" in names


def test_names_of_any_script_do_not_mix_between_reports(tmp_path: Path) -> None:
    """Two documents in one process: what one taught the font, the other does not know."""
    plain = saying("Không có gì.")
    before = render(plain, {}, tmp_path / "a.pdf").sha256
    odd = replace(saying(FAR), location=replace(plain.location, name="Łódź"))
    render(odd, {}, tmp_path / "b.pdf")
    assert render(plain, {}, tmp_path / "c.pdf").sha256 == before
    gc.collect()
    assert all(len(face.font.state) == 0 for face in faces())


def test_only_faces_that_are_used_are_embedded(tmp_path: Path) -> None:
    report = render(saying("Không có gì."), {}, tmp_path / "a.pdf")
    with pikepdf.open(report.path) as pdf:
        fonts = {str(f.BaseFont): f for p in pdf.pages for f in p.Resources.Font.values()}
        for name, font in fonts.items():
            assert name.startswith("/AAAAAA+BeVietnamPro-")
            program = font.FontDescriptor.FontFile2
            assert len(program.read_bytes()) == int(program.Length1)
            assert len(font.Widths) == 256
            told = font.ToUnicode.read_bytes().lower()
            for code in (0x1EBF, 0x20AB, ord("A")):
                assert f"<{code:04x}>".encode() in told
    assert not any("Bold" in name.removesuffix("SemiBold") for name in fonts)


def test_digits_stand_in_cells_of_one_width() -> None:
    for face in faces():
        assert {face.figures_width(digit) for digit in DIGITS} == {face.figure}
        assert face.figures_width("1,1") == 2 * face.figure + face.width(",")
