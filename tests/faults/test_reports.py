"""Forty reports with a poisoned one among them, killed batches, and texts that look like markup."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from auditor.services import reporting
from auditor.services.report_worker import RenderPool
from auditor.services.reporting import NotAllWrittenError
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.acts import ZONE, picture
from tests.faults.checklists import DOOR
from tests.faults.sessions import HERE, MakeWorld
from tests.reports.paper import read

FORTY = 40


@pytest.fixture(scope="module")
def forty(world: MakeWorld, quick_disk: Path) -> Path:
    """A closed workspace with forty locations, each with one submitted visit and its photo."""
    folder = Path(shutil.copytree(world("bare") / "workspace", quick_disk / "forty"))
    workspace = Workspace.open(folder)
    workspace.checklists.add(DOOR, "door.yaml")
    for number in range(2, FORTY + 2):
        place = workspace.places.add_location(1, f"L{number:02}", f"Quán {number}").id
        workspace.visits.start(place, 2, date(2026, 11, 22), ZONE, "E-01")
        workspace.visits.save_answer(number, ("greeted", 0), Answer("yes"), Progress(1, 2))
        workspace.visits.attach(number, ("queue", 0), picture(number), "q.png")
        workspace.visits.submit(number, "E-01")
    workspace.close()
    return folder


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_poisoned_report_among_forty_is_named_and_the_others_are_written(
    forty: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its photo is a pipe that nobody writes to: reading it never ends."""
    folder, out = Path(shutil.copytree(forty, room / "workspace")), room / "out"
    workspace = Workspace.open(folder)
    poisoned = workspace.visits.open(17)
    [photo] = poisoned.evidence.values()
    assert photo.print_path is not None
    Path(photo.print_path).unlink()
    os.mkfifo(photo.print_path)
    monkeypatch.setattr(reporting, "RenderPool", partial(RenderPool, seconds=2.0))
    monkeypatch.setattr(reporting.os, "cpu_count", lambda: 2)
    with pytest.raises(NotAllWrittenError) as caught:
        workspace.reports.write(workspace.reports.latest_of_each_location(), "vi", out)
    workspace.close()
    assert [failure.visit for failure in caught.value.failures] == [poisoned.record.number]
    assert len(caught.value.written) == FORTY - 1
    assert {path.name for path in out.iterdir()} == {path.name for path in caught.value.written}
    assert all(read(path).pages for path in caught.value.written)
    assert poisoned.record.number in caught.value.text("vi")


BATCH = "from auditor.cli import app; app(standalone_mode=True)"


def batch(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    words = ["report", "--all", "--out", str(out), "--workspace", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-c", BATCH, *words],
        cwd=HERE.parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def visible(out: Path) -> list[Path]:
    return sorted(out.glob("*.pdf")) if out.exists() else []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_batch_leaves_whole_reports_and_runs_again(forty: Path, room: Path) -> None:
    """What has its final name is whole; the second run writes all."""
    out = room / "out"
    first = batch(forty, out)
    deadline = time.monotonic() + 60
    while len(visible(out)) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)  # another process writes: nothing tells when
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = {path.name: path.read_bytes() for path in visible(out)}
    assert 5 <= len(done) < FORTY
    assert all(read(path).pages for path in visible(out))
    second = batch(forty, out)
    assert second.wait(timeout=120) == 0
    assert len(visible(out)) == FORTY
    assert {name: (out / name).read_bytes() for name in done} == done


MARKUP = [
    "<b>đậm</b> & <i>nghiêng</i>",
    '<a href="http://127.0.0.1:9/x">bấm</a>',
    '<img src="http://127.0.0.1:9/x.png"/>',
    '<para><font color="red">đỏ</font></para>',
    "&lt;script&gt; &#60; &amp;amp;",
    "<br/></para>]]><!-- -->",
    "%PDF-1.4 /URI (http://127.0.0.1:9) >> endobj",
    "http://127.0.0.1:9/?a=1&b=2",
    "{0} {name} %s %(x)s \\n ${greeted}",
]


def reported(workspace: Workspace, name: str, words: str, out: Path) -> Path:
    """The report of a visit in which everything that a person types is ``words``."""
    place = workspace.places.add_location(1, name, name, words)
    visit = workspace.visits.start(place.id, 2, date(2026, 11, 22), ZONE, "E-01").id
    no = Answer("no", comment=words)
    workspace.visits.save_answer(visit, ("greeted", 0), no, Progress(1, 3))
    workspace.visits.save_answer(visit, ("why", 0), Answer(words), Progress(2, 3))
    photo = workspace.visits.attach(visit, ("queue", 0), picture(len(words) % 200), "q.png")
    workspace.visits.drafts.caption(visit, photo.sha256, words)
    workspace.visits.submit(visit, "E-01")
    [report] = workspace.reports.write([visit], "vi", out)
    return report


def test_markup_is_literal_text_on_paper(start: Path, tmp_path: Path) -> None:
    """From the person's keys to the paper: as it was written, without a link or a picture of it."""
    workspace = Workspace.open(start / "workspace")
    workspace.checklists.add(DOOR, "door.yaml")
    plain = reported(workspace, "Quán", "Chữ thường", tmp_path)
    hostile = reported(workspace, MARKUP[0], "\n".join(MARKUP), tmp_path)
    workspace.close()
    paper = read(hostile)
    for words in MARKUP:
        assert paper.has(words)
        assert re.sub(r"\s", "", paper.text).count(re.sub(r"\s", "", words)) >= 3, words
    assert links(hostile) == links(plain) == 0
    assert pictures(hostile) == pictures(plain) > 0


def links(report: Path) -> int:
    """Annotations that lead out of the file."""
    return len(re.findall(rb"/URI\s*\(|/GoToR|/Launch|/JavaScript", report.read_bytes()))


def pictures(report: Path) -> int:
    document = pdfium.PdfDocument(str(report))
    try:
        return sum(
            sum(1 for _ in page.get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_IMAGE,)))
            for page in document
        )
    finally:
        document.close()
