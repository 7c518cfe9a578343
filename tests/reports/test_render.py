"""The paper itself: what stands on it, that it is whole, and that it is the same every time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from forms import library
from forms.answers import Answer
from forms.compiled import CompiledChecklist
from forms.scorecard import Status
from reports.errors import ReportError
from reports.figures import Figures
from reports.findings import critical_entries
from reports.render import render, to_bytes
from reports.sheet import Sheet
from reports.snapshot import PageSize, ReportSnapshot
from tests.conftest import ROOT
from tests.reports.paper import outline, print_out, read, stray_marks
from tests.reports.samples import SAID, Given, Shop, of_text, snapshot

WAYS = [
    (name, language, page)
    for name in library.names()
    for language, page in (("vi", PageSize.A4), ("en", PageSize.LETTER))
]


@pytest.mark.parametrize(("name", "language", "page"), WAYS)
def test_library_checklists(
    name: str, language: str, page: PageSize, images: dict[str, Path], tmp_path: Path
) -> None:
    made = snapshot(name, Shop(language, 11, 0.3, tuple(images)), page=page)
    sheet = Sheet(made, images)
    paper = print_out(made, tmp_path, images)
    for entry in sheet.entries:
        assert paper.has(entry.label), entry.ref
        assert paper.has(entry.comment), entry.ref
    for part in sheet.parts:
        assert paper.has(part.title)
    assert stray_marks(paper.path, sheet.page.left) == []
    assert all(made.location.name in page_text for page_text in paper.pages)


def test_same_bytes_here_and_in_a_fresh_process(images: dict[str, Path], tmp_path: Path) -> None:
    made = snapshot(shop=Shop("vi", 3, 0.3, tuple(images)))
    first = render(made, images, tmp_path / "a.pdf")
    again = render(ReportSnapshot.from_json(made.to_json()), images, tmp_path / "b.pdf")
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest() == again.sha256

    (tmp_path / "s.json").write_text(made.to_json(), encoding="utf-8")
    moved = {sha: tmp_path / f"moved-{sha}.jpg" for sha in images}
    for sha, path in moved.items():
        path.write_bytes(images[sha].read_bytes())
    code = (
        "import sys; from pathlib import Path; from reports.snapshot import ReportSnapshot\n"
        "from reports.render import to_bytes; import hashlib\n"
        "folder = Path(sys.argv[1])\n"
        "made = ReportSnapshot.from_json((folder / 's.json').read_text(encoding='utf-8'))\n"
        "images = {p.stem.removeprefix('moved-'): p for p in folder.glob('moved-*.jpg')}\n"
        "print(hashlib.sha256(to_bytes(made, images)[0]).hexdigest())"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert fresh.stdout.strip() == first.sha256


@pytest.mark.needs("qpdf", "pdffonts", "pdfimages", "pdfinfo")
def test_a_whole_pdf_with_its_fonts(images: dict[str, Path], tmp_path: Path) -> None:
    made = snapshot(shop=Shop("vi", 3, 0.3, tuple(images)))
    path = render(made, images, tmp_path / "report.pdf").path
    assert _run("qpdf", "--check", path).returncode == 0
    listed = _run("pdffonts", path).stdout.splitlines()[2:]
    assert listed
    for line in listed:
        assert "BeVietnamPro" in line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], "embedded, subset, with Unicode"
    shown = {line.split()[2] for line in _run("pdfimages", "-list", path).stdout.splitlines()[2:]}
    assert shown == {"image"}
    about = _run("pdfinfo", path).stdout
    assert "Cầu Mây" in about
    assert "V-0142" in about
    assert "Nov 16" in about, "the date is the snapshot's"
    assert b"GPS" not in path.read_bytes()
    assert b"/Lang (vi)" in path.read_bytes()


def _run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True
    )


def test_bookmarks(tmp_path: Path, images: dict[str, Path]) -> None:
    made = snapshot(shop=Shop("en", 3, 0.3, tuple(images)))
    marks = outline(print_out(made, tmp_path, images).path)
    titles = [title for _, title in marks]
    parts = ["Summary", "Score over visits", "What lost points, most first", "Every question"]
    assert [title for title in titles if title in parts] == parts
    assert (1, "1  Before the visit") in marks
    assert titles[-1] == "Seal"


def test_figures_agree(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.3), reviewed=True)
    sheet = Sheet(made, {})
    paper = print_out(made, tmp_path)
    score = sheet.score_text(made.scorecard.score or 0)
    first, ledger = paper.pages[0], next(p for p in paper.pages if "Score ledger" in p)
    assert score in first
    assert f"Every point of {score}" in ledger
    number = Figures("en").number
    for part in sheet.parts:
        share = part.score.share
        assert share is not None
        assert number(share, 1) in first
        assert number(share, 2) in ledger
        assert sum((e.score.share or 0) for e in part.entries) == share or part.score.critical
    total = sum((part.score.share or 0) for part in sheet.parts)
    assert f"{number(total, 2)}" in ledger
    for entry in sheet.entries:
        if entry.lost > 0:
            assert number(-entry.lost, 2) in ledger
            assert paper.has(number(-entry.lost, 1))


def test_the_worth_of_the_priorities_is_a_new_score(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.3))
    assert made.worth is not None
    assert made.scorecard.score is not None
    gain = made.worth.score - made.scorecard.score
    paper = print_out(made, tmp_path)
    assert paper.has(
        f"Done fully: {gain} points more, from {made.scorecard.score} to {made.worth.score}"
    )
    lost = sum((made.scorecard.question(*key).lost or 0) for key in made.worth.questions)
    assert abs(float(lost) - float(gain)) <= 0.1, "nothing but these answers changed"


def test_not_reviewed_is_said_on_every_page(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3))
    draft = print_out(made, tmp_path)
    assert all("Not reviewed" in page for page in draft.pages)
    assert "No editor has checked it yet" in draft.pages[0]
    done = replace(made, visit=replace(made.visit, reviewed=True))
    assert not any("Not reviewed" in page for page in print_out(done, tmp_path).pages)


def test_page_numbers(tmp_path: Path) -> None:
    paper = print_out(snapshot(shop=Shop("en", 3)), tmp_path)
    total = len(paper.pages)
    for number, page in enumerate(paper.pages, 1):
        assert f"Page {number} of {total}" in page


def test_long_comments_flow_over_pages(tmp_path: Path) -> None:
    words = [f"từ{number}" for number in range(900)]

    def talk(compiled: CompiledChecklist, given: Given) -> None:
        for item in (compiled.items[8], compiled.items[40]):
            given[item.id, 0] = replace(given[item.id, 0], comment=" ".join(words))

    made = snapshot(shop=Shop("vi", 4, 0.3), change=talk)
    paper = print_out(made, tmp_path)
    assert len(" ".join(words)) > 5000
    for word in words:
        assert paper.flat.count(f" {word} ") >= 1, word
    assert stray_marks(paper.path, 48.0) == []


def _long_checklist(many: int) -> str:
    head = (
        'format: auditor-checklist/1\nid: long\nversion: "1"\ntitle: Long\nlanguages: [en]\n'
        "choice_lists:\n  yn:\n    - {id: 'yes', label: 'Yes', points: 1}\n"
        "    - {id: 'no', label: 'No', points: 0, fail: true}\nsections:\n"
    )
    body = ""
    for at in range(many):
        if at % 15 == 0:
            body += f"  - id: s{at}\n    title: Section {at // 15 + 1} about {at} things\n"
            body += "    questions:\n"
        body += f"      - {{id: q{at}, type: choice, list: yn, label: 'Is thing {at} right?'}}\n"
    return head + body


def test_three_hundred_questions(tmp_path: Path) -> None:
    given = {(f"q{at}", 0): Answer("no" if at % 7 == 0 else "yes") for at in range(300)}
    made = of_text(_long_checklist(300), given)
    begun = time.process_time()
    paper = print_out(made, tmp_path)
    assert time.process_time() - begun < 4
    assert stray_marks(paper.path, 48.0) == []
    for at in range(300):
        assert paper.has(f"Is thing {at} right?")
    assert "Page 1 of" in paper.pages[0]
    assert "Section 20" in paper.pages[0] or "more section" in paper.pages[0]


def test_headings_never_stand_alone_at_a_foot(tmp_path: Path) -> None:
    """Whatever the length of what comes before: a heading shares its page with a first row."""
    from reports.flow import Flow
    from reports.location import story
    from reports.sections.tables import ColumnHead, SectionHead

    for seed in range(6):
        sheet = Sheet(snapshot(shop=Shop("vi", seed, 0.1 * seed)), {})
        flow = Flow(sheet.page)
        for blocks in story(sheet):
            flow.add(blocks)
        for page in flow.pages:
            assert not page[-1].block.keep
            assert not isinstance(page[-1].block, SectionHead | ColumnHead)
            for place in page:
                assert place.top + place.block.height <= sheet.page.foot + 0.01


HOSTILE = [
    '<img src="/etc/passwd"/>',
    "<a href=\"javascript:alert(1)\">x</a> <link href='file:///etc/passwd'>",
    "<b>not bold</b> & <para>none</para> <br/> ]]> <!--",
    "{braces} %s %(name)s \\n \\u0000 (paren) \\) <</Type>> endstream",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_stands_as_it_was_written(words: str, tmp_path: Path) -> None:
    def say(compiled: CompiledChecklist, given: Given) -> None:
        given["greeted", 0] = replace(given["greeted", 0], comment=words)

    made = snapshot(shop=Shop("en", 3), change=say)
    made = replace(made, location=replace(made.location, name="<i>Cầu</i> Mây"))
    paper = print_out(made, tmp_path)
    assert paper.has(words)
    assert "<i>Cầu</i> Mây" in paper.pages[0]


@pytest.mark.needs("qpdf")
def test_hostile_text_is_quick_and_whole(tmp_path: Path) -> None:
    bad = [
        "\x00\x1b[31mred",
        "\u202eabc\u2066",
        "x" * 200_000,
        "\ud800 half",
        "日本語 текст العربية",
        "𝕏" * 50,
    ]

    def say(compiled: CompiledChecklist, given: Given) -> None:
        for item, words in zip(compiled.items[1:], bad, strict=False):
            given[item.id, 0] = replace(given.get((item.id, 0), Answer()), comment=words)

    made = snapshot(shop=Shop("en", 3), change=say)
    made = replace(made, client="\x00", program="\u202e", verdict="x" * 5000)
    begun = time.process_time()
    path = render(made, {}, tmp_path / "report.pdf").path
    assert time.process_time() - begun < 3
    assert _run("qpdf", "--check", path).returncode == 0
    assert stray_marks(path, 48.0) == []


def test_no_file_under_the_name_when_it_fails(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3))
    out = tmp_path / "out" / "report.pdf"

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(made, {}, out, stop)
    assert not out.exists()

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match="could not be written"):
        render(made, {}, tmp_path / "file" / "report.pdf")

    out.mkdir(parents=True)
    with pytest.raises(ReportError):
        render(made, {}, out)
    assert list(out.parent.iterdir()) == [out], "no temporary file is left"


def test_hidden_and_not_applicable_are_told_apart(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 5, 0.2))
    statuses = {score.status for score in made.scorecard.questions}
    assert {Status.HIDDEN, Status.NOT_APPLICABLE} <= statuses
    paper = print_out(made, tmp_path)
    assert "Not asked" in paper.text
    assert paper.has("Left out by a rule of the checklist.")
    assert paper.has("Asked, but it could not apply that day.")


def test_a_visit_without_a_score_says_so(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 5), change=lambda _, given: given.clear(), history=False)
    assert made.scorecard.score is None
    paper = print_out(made, tmp_path)
    assert "Not scored" in paper.pages[0]
    assert paper.has("No question that counts was answered, so there is no score.")
    assert "Score ledger" not in paper.text
    assert "0.0" not in paper.pages[0].replace(made.checklist_version, "")
    assert "Score over visits" not in paper.text, "there is no history"


@pytest.mark.parametrize("many", [1, 2, 5])
def test_critical_failures_stand_on_page_one(many: int, tmp_path: Path) -> None:
    failed: list[str] = []

    def fail(compiled: CompiledChecklist, given: Given) -> None:
        for item in compiled.items:
            if item.critical and item.choices and len(failed) < many:
                worst = min((c for c in item.choices if not c.na), key=lambda c: c.points or 0)
                given[item.id, 0] = Answer(worst.id, comment=SAID["en"][3])
                failed.append(item.id)

    made = snapshot("bank-branch", Shop("en", 2, 0.0), change=fail)
    listed = made.scorecard.critical
    assert set(failed) <= set(listed)
    paper = print_out(made, tmp_path)
    words = "Critical question failed" if len(listed) == 1 else f"{len(listed)} critical questions"
    assert words in paper.pages[0]
    harshest = critical_entries(Sheet(made, {}))[0]
    assert harshest.short in paper.pages[0]
    assert harshest.score.critical == "audit" or many < 3


def test_missing_and_damaged_photos_are_named(images: dict[str, Path], tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3, 0.3, tuple(images)))
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 no jpeg")
    paper = print_out(made, tmp_path, dict.fromkeys(list(images)[:3], broken))
    assert paper.text.count("Photo missing") >= len(images)


def test_the_seal_names_what_it_was_made_from(tmp_path: Path) -> None:
    made = snapshot(shop=Shop("en", 3))
    paper = print_out(made, tmp_path)
    assert made.content_hash in paper.text
    assert made.checklist_sha256[:4] in paper.pages[-1]
    assert made.checklist_version in paper.pages[-1]
    assert made.engine in paper.pages[-1]


def test_progress_reaches_the_end() -> None:
    seen: list[tuple[int, int]] = []
    pages = to_bytes(snapshot(shop=Shop("vi", 3)), {}, lambda *at: seen.append(at)).pages
    assert pages > 5
    assert seen[-1][0] == seen[-1][1]
    assert seen == sorted(seen)


def test_a_person_writes_the_verdict(tmp_path: Path) -> None:
    made = replace(snapshot(shop=Shop("vi", 3)), verdict="Đồ uống rất tốt, nhưng phải chờ lâu.")
    assert print_out(made, tmp_path).has("Đồ uống rất tốt, nhưng phải chờ lâu.")
    assert read(tmp_path / "report.pdf").pages[0].count("Cầu Mây") >= 2
