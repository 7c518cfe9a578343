"""Forty reports with a poisoned one among them, killed batches, and texts that look like markup."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from auditor.services import report_batch
from auditor.services.report_batch import NotAllWrittenError
from auditor.services.report_worker import RenderPool
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.checklists import DOOR
from tests.faults.room import ZONE, picture
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
    monkeypatch.setattr(report_batch, "RenderPool", partial(RenderPool, seconds=2.0))
    monkeypatch.setattr(report_batch.os, "cpu_count", lambda: 2)
    with pytest.raises(NotAllWrittenError) as caught:
        workspace.reports.write(workspace.reports.latest_of_each_location(), "vi", out)
    workspace.close()
    assert [failure.visit for failure in caught.value.failures] == [poisoned.record.number]
    assert len(caught.value.written) == FORTY - 1
    assert {path.name for path in out.iterdir()} == {path.name for path in caught.value.written}
    assert all(read(path).pages for path in caught.value.written)
    assert poisoned.record.number in caught.value.text("vi")


BATCH = "from auditor.cli import app; app(standalone_mode=True)"


def batch(folder: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    words = ["report", "--all", "--out", str(out), "--workspace", str(folder), *more]
    return subprocess.Popen(
        [sys.executable, "-c", BATCH, *words],
        cwd=HERE.parents[1],
        env=os.environ | {"LC_ALL": "en_US.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_after(first: subprocess.Popen[str], out: Path, count: int) -> None:
    deadline = time.monotonic() + 60
    while len(visible(out)) < count and time.monotonic() < deadline:
        time.sleep(0.01)  # another process writes: nothing tells when
    first.send_signal(signal.SIGKILL)
    first.communicate()


def said_by(run: subprocess.Popen[str]) -> str:
    """What it tells people, once it has ended well."""
    said = run.communicate(timeout=120)[1]
    assert run.returncode == 0, said
    return said


def visible(out: Path) -> list[Path]:
    return sorted(out.glob("*.pdf")) if out.exists() else []


def marks(out: Path) -> dict[str, tuple[int, int, str]]:
    """Which file each name is, when it was written, and what is in it."""
    return {
        path.name: (
            path.stat().st_ino, path.stat().st_mtime_ns, sha256(path.read_bytes()).hexdigest()
        )
        for path in visible(out)
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_after_a_kill_only_the_missing_reports_are_made(forty: Path, room: Path) -> None:
    """What has its final name is whole and is not touched again; what lies torn under a name is
    made anew, and a file of somebody else stays beside its report."""
    out = room / "out"
    kill_after(batch(forty, out), out, 5)
    done = marks(out)
    assert 5 <= len(done) < FORTY
    assert all(read(path).pages for path in visible(out))
    torn, changed, *_ = sorted(done)
    (out / torn).write_bytes((out / torn).read_bytes()[:-700])
    mine = b"%PDF-1.4 My own notes of this visit"
    (out / changed).unlink()
    (out / changed).write_bytes(mine)
    said = said_by(batch(forty, out))
    kept = done.keys() - {torn, changed}
    after = marks(out)
    assert {name: after[name] for name in kept} == {name: done[name] for name in kept}
    assert f"{len(kept)} report" in said
    assert "already" in said
    assert len(after) == FORTY + 1
    assert after[torn][2] == done[torn][2]
    assert (out / changed).read_bytes() == mine
    beside = changed.replace(".pdf", "-2.pdf")
    assert beside in said
    assert after[beside][2] == done[changed][2]


def test_the_canary_makes_all_of_them_again(
    world: MakeWorld, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody knows what a report was made of, and where a person says so."""
    folder, out = Path(shutil.copytree(world("submitted") / "workspace", room / "ws")), room / "out"
    workspace = Workspace.open(folder, write=False)
    workspace.reports.write([2, 3], "vi", out)
    first = marks(out)
    assert len(workspace.reports.bring_up([2, 3], "vi", out).kept) == len(first) == 2
    assert marks(out) == first
    monkeypatch.setattr(report_batch, "made_of", lambda *_: secrets.token_hex(32))
    assert workspace.reports.bring_up([2, 3], "vi", out).kept == frozenset()
    workspace.close()
    second = marks(out)
    assert "already" not in said_by(batch(folder, out, "--again"))
    third = marks(out)
    assert first.keys() == second.keys() == third.keys()
    assert not set(first.values()) & set(second.values())
    assert not set(second.values()) & set(third.values())


def test_what_changed_since_is_made_anew(world: MakeWorld, room: Path) -> None:
    """A photo that is gone, a name that is another one: only those reports that say so."""
    folder, out = Path(shutil.copytree(world("submitted") / "workspace", room / "ws")), room / "out"
    workspace = Workspace.open(folder)
    try:
        two, three = workspace.reports.write([2, 3], "vi", out)
        before = marks(out)
        [photo] = workspace.visits.open(3).evidence.values()
        assert photo.print_path is not None
        Path(photo.print_path).unlink()
        told = workspace.reports.bring_up([3, 2], "vi", out)
        assert (told.files, told.kept) == ((three, two), {two})
        after = marks(out)
        assert after[two.name] == before[two.name]
        assert after[three.name][2] != before[three.name][2]
        told = workspace.reports.bring_up([2, 3], "en", out)
        assert told.kept == frozenset()
        assert marks(out).items() > after.items(), "those in the other language stay"
    finally:
        workspace.close()


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
