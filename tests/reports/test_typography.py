"""Type on paper: sizes, characters that the typeface lacks, units, hostile text everywhere."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from forms import library
from forms.answers import Answer
from forms.compiled import CompiledChecklist
from reports import text
from reports.render import render, to_bytes
from reports.snapshot import Brand, PageSize, ReportSnapshot
from reports.theme import (
    DANGER,
    MET_BAR,
    MISSED_BAR,
    PAGES,
    SUCCESS,
    TEXT,
    TEXT2,
    TEXT3,
    TRACK,
    WHITE,
    branding,
    contrast,
    luminance,
)
from reports.typeface import MISSING, faces
from tests.reports.paper import print_out, read, stray_marks
from tests.reports.samples import Given, Shop, snapshot, whole

LEAST = 7.5


@pytest.mark.parametrize("name", library.names())
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_set_smaller_than_can_be_read(name: str, language: str) -> None:
    made = whole(snapshot(name, Shop(language, 4, 0.6), page=PageSize.LETTER))
    with pikepdf.open(io.BytesIO(to_bytes(made, {}).data)) as pdf:
        sizes = {
            float(size)
            for page in pdf.pages
            for size in re.findall(rb"/\S+ ([\d.]+) Tf", page.Contents.read_bytes())
        }
    assert len(sizes) > 5
    assert min(sizes) >= LEAST


def test_text_reads_on_paper_and_charts_in_grey_print() -> None:
    assert all(contrast(ink, WHITE) >= 4.5 for ink in (TEXT, TEXT2, TEXT3, DANGER, SUCCESS))
    assert luminance(MISSED_BAR) * 2 < luminance(MET_BAR) < luminance(TRACK) / 2


@pytest.mark.parametrize("first", ["#FFFF00", "#FFFFFF", "#101010", "#7B2D43", "#00FFAA", "red"])
@pytest.mark.parametrize("second", ["#FFEEAA", "#4A2C2A", ""])
def test_colours_of_a_brand_are_made_to_read(first: str, second: str) -> None:
    found = branding(Brand("Sen", first, second))
    assert contrast(found.name, WHITE) >= 4.5
    assert contrast(found.on_mark, found.mark) >= 4.5


#: What people and their machines write, and what must stand on paper of it.
FOREIGN = {
    "日本語": MISSING * 3,
    "العربية": MISSING * 7,
    "ngon 👍🏽👨‍👩‍👧": f"ngon {MISSING * 4}",
    "Ａ１ ﬁn 𝕏 → 5″": 'A1 fin X -> 5"',
    "a\u202eb\u2066c\x00\x1b[31m": "abc[31m",
    "Café ế ệ ữ ₫ € – “ok” ½ ×": "Café ế ệ ữ ₫ € – “ok” ½ ×",
    "\ud800 nửa": " nửa",
}


def _saying(words: str, bad: float = 0.0) -> ReportSnapshot:
    def say(compiled: CompiledChecklist, given: Given) -> None:
        given["map_listing", 0] = Answer("no", comment=words)

    return snapshot(shop=Shop("en", 3, bad), change=say)


@pytest.mark.parametrize("words", FOREIGN)
def test_what_the_typeface_lacks_is_replaced_in_sight(words: str, tmp_path: Path) -> None:
    made = _saying(f"[{words}]")
    report = render(made, {}, tmp_path / "report.pdf")
    assert f"[{FOREIGN[words]}]" in read(report.path).flat.replace("\u00a0", " ")
    lacked = {c for c in text.clean(words) if c not in faces()[0].widths and not c.isspace()}
    assert bool(lacked) == (MISSING in FOREIGN[words])
    told = [remark.text("en") for remark in report.warnings]
    assert bool(told) == bool(lacked)
    for character in lacked:
        assert character in told[0]
    noted = f"{MISSING} stands for a character that the typeface lacks." in read(report.path).flat
    assert noted == bool(lacked)


def test_a_number_stays_with_its_unit() -> None:
    assert text.clean("chờ 7 phút 20 giây") == "chờ 7\u00a0phút 20\u00a0giây"
    assert text.clean("10.000 ₫, 2 ly") == "10.000\u00a0₫, 2\u00a0ly"
    assert text.clean("5 minutes, 3 menus") == "5\u00a0minutes, 3 menus"


def test_words_with_a_bound_blank_are_found_by_a_search(tmp_path: Path) -> None:
    paper = print_out(_saying("chờ 7 phút"), tmp_path)
    assert "chờ 7 phút" in paper.text, "a plain blank in the text of the file"


def test_very_many_lines_run_on_and_lose_no_words(tmp_path: Path) -> None:
    """5,000 line ends would fill 80 pages."""
    words = "\n".join(f"w{at}" for at in range(1200))
    report = render(_saying(words), {}, tmp_path / "report.pdf")
    plain = render(_saying("short"), {}, tmp_path / "plain.pdf")
    assert report.pages <= plain.pages + 6
    told = read(report.path).flat
    assert all(f"w{at}" in told for at in (0, 99, 100, 101, 1199))


def test_words_that_are_cut_say_so(tmp_path: Path) -> None:
    cut, whole_one = (
        read(render(_saying("ab " * many), {}, tmp_path / f"{many}.pdf").path).flat
        for many in (4000, 3000)
    )
    assert "[only the first 10,000 characters]" in cut
    assert "[only the first" not in whole_one


HOSTILE = (
    "<b>x</b> & <img src='/etc/passwd'/> ]]>",
    "x" * 200_000,
    "\x00\x1b\u202e\ufeff",
    "日本語 العربية 👍 " * 40,
    "từ " * 3000,
    "a\n" * 500,
    "({[<%s>]}) \\) endstream BT /F1 99 Tf",
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_wherever_a_person_may_write(words: str, tmp_path: Path) -> None:
    some = words[:1500]
    made = whole(_saying(words, 0.3))
    made = replace(
        made,
        verdict=words,
        client=words,
        program=words,
        wave=words[:60],
        brand=replace(made.brand, name=words or "B", footer=words),
        location=replace(made.location, name=words, code=words[:30], address=words[:400]),
        actions=tuple(
            replace(each, finding=some, action=some, owner=some, number=words[:20])
            for each in made.actions
        ),
        changes=tuple(replace(each, was=some, now=some, why=some) for each in made.changes),
        answers=tuple(
            replace(each, value=words) if each.question == "story" else each
            for each in made.answers
        ),
    )
    begun = time.process_time()
    path = render(made, {}, tmp_path / "report.pdf").path
    assert time.process_time() - begun < 8
    assert stray_marks(path, PAGES[made.page].left) == []
    with pikepdf.open(path) as pdf:
        assert not pdf.check_pdf_syntax()
        assert not any("/JavaScript" in str(o) for o in pdf.Root.get("/Names", {}))
