"""Names of reports that stay the same from run to run, and what they never overwrite."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from auditor.services.report_files import LEFT_SECONDS, Place, Shelf, Written
from auditor.words import Words
from reports.stamp import stamp

SAME, OTHER = "a" * 64, "b" * 64


def report(number: str, made: str = SAME) -> bytes:
    canvas = Canvas("x.pdf", invariant=1)
    canvas.drawString(9, 9, number)
    return stamp(canvas.getpdfdata(), number, made)


def run(
    folder: Path, visits: Sequence[tuple[str, str]], *, again: bool = False, write: bool = True
) -> list[Place]:
    """A run for visits with the names they would have; each report is written as its place says."""
    shelf, places = Shelf(folder, again=again), []
    for name, number in visits:
        place = shelf.place(name, number, lambda: SAME)
        places.append(place)
        if write and not place.is_current:
            place.path.write_bytes(report(number))
    return places


def names(places: Sequence[Place]) -> list[str]:
    return [place.path.name for place in places]


THREE = [("a.pdf", "V-1"), ("A.pdf", "V-2"), ("a-2.pdf", "V-3"), ("b.pdf", "V-4")]
GIVEN = ["a.pdf", "A-2.pdf", "a-2-2.pdf", "b.pdf"]


def test_names_do_not_collide_and_stay_the_same(tmp_path: Path) -> None:
    assert names(run(tmp_path, THREE)) == GIVEN
    again = run(tmp_path, THREE)
    assert names(again) == GIVEN
    assert [place.is_current for place in again] == [True] * 4


def test_a_part_of_the_visits_finds_its_own(tmp_path: Path) -> None:
    alike = [("a.pdf", "V-1"), ("a.pdf", "V-2"), ("a.pdf", "V-3")]
    assert names(run(tmp_path, alike)) == ["a.pdf", "a-2.pdf", "a-3.pdf"]
    [second, third] = run(tmp_path, alike[1:])
    assert names([second, third]) == ["a-2.pdf", "a-3.pdf"]
    assert second.is_current
    assert third.is_current


def test_what_was_made_of_something_else_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(report("V-1", OTHER))
    (tmp_path / "b.pdf").write_bytes(report("V-4")[:-5])
    places = run(tmp_path, [("a.pdf", "V-1"), ("b.pdf", "V-4")])
    assert names(places) == ["a.pdf", "b.pdf"]
    assert [place.is_current for place in places] == [False, False]
    assert [place.beside for place in places] == [(), ()]


def test_again_makes_all_anew_and_still_overwrites_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"mine")
    run(tmp_path, [("a.pdf", "V-1")])
    [place] = run(tmp_path, [("a.pdf", "V-1")], again=True)
    assert (place.path.name, place.is_current) == ("a-2.pdf", False)
    assert (tmp_path / "a.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("what", ["words", "folder", "link"])
def test_what_is_no_report_stays_and_is_told(tmp_path: Path, what: str) -> None:
    stays = tmp_path / "a.pdf"
    if what == "words":
        stays.write_bytes(b"mine")
    elif what == "folder":
        stays.mkdir()
    else:
        (tmp_path / "mine").write_bytes(b"mine")
        stays.symlink_to(tmp_path / "mine")
    for is_there in (False, True):
        [place] = run(tmp_path, [("a.pdf", "V-1")])
        assert (place.path.name, place.is_current) == ("a-2.pdf", is_there)
        [line] = Written((place.path,), beside=place.beside).lines(Words("vi"))
        assert "a.pdf" in line
        assert "a-2.pdf" in line
    assert stays.is_dir() or stays.read_bytes() == b"mine"


def test_how_many_were_there_is_told(tmp_path: Path) -> None:
    files = (tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert Written(files).lines(Words("en")) == []
    [one] = Written(files, frozenset(files[:1])).lines(Words("en"))
    [both] = Written(files, frozenset(files)).lines(Words("vi"))
    assert one.startswith("1 report was there already")
    assert both.startswith("2 báo cáo đã có sẵn")


def test_a_folder_that_is_not_there_or_a_file_ends(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "gone", tmp_path / "file"):
        [place] = run(folder, [("a.pdf", "V-1")], write=False)
        assert place == Place(folder / "a.pdf")


def test_unfinished_reports_of_runs_that_were_cut_off_go(tmp_path: Path) -> None:
    old = time.time() - LEFT_SECONDS - 5
    for name, content, age in (
        (".report-half", report("V-1")[:400], old),
        (".report-none", b"", old),
        (".report-mine", b"my report", old),
        (".report-under-way", report("V-1")[:400], time.time()),
    ):
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (age, age))
    Shelf(tmp_path).sweep()
    Shelf(tmp_path / "nowhere").sweep()
    assert {path.name for path in tmp_path.iterdir()} == {".report-mine", ".report-under-way"}
