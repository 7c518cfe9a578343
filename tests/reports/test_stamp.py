"""What a file under the name of a report is: one of ours, torn, or somebody else's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from reports.protecting import Credential, Protection, protect
from reports.render import render
from reports.sealing import self_signed, signatures
from reports.snapshot import ReportSnapshot
from reports.stamp import PROTECTED, SIGNED, THEIRS, Found, State, find, made_of, visit_mark
from tests.reports.paper import read
from tests.reports.samples import Shop, snapshot

Images = dict[str, Path]


@pytest.fixture(scope="module")
def made(images: Images) -> ReportSnapshot:
    return snapshot(shop=Shop("vi", 3, 0.3, tuple(images)))


@pytest.fixture(scope="module")
def data(made: ReportSnapshot, images: Images, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return render(made, images, tmp_path_factory.mktemp("made") / "a.pdf").path.read_bytes()


def test_a_report_says_what_it_was_made_of(
    made: ReportSnapshot, images: Images, data: bytes, tmp_path: Path
) -> None:
    report = tmp_path / "a.pdf"
    report.write_bytes(data)
    found = find(report)
    assert found == Found(State.WHOLE, visit_mark(made.visit.number), made_of(made, images))
    assert read(report).pages
    assert THEIRS not in data
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", report], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_all_that_decides_on_the_paper_is_in_the_hash(
    made: ReportSnapshot, images: Images, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = made_of(made, images)
    assert made_of(ReportSnapshot.from_json(made.to_json()), dict(images)) == usual
    [first, *rest] = sorted(images)
    other = tmp_path / "other.jpg"
    Image.new("RGB", (9, 9), (1, 2, 3)).save(other)
    ways = {
        usual,
        made_of(replace(made, wave="X"), images),
        made_of(replace(made, language="en"), images),
        made_of(made, {sha: images[sha] for sha in rest}),
        made_of(made, images | {first: other}),
        made_of(made, images | {first: tmp_path / "gone.jpg"}),
    }
    monkeypatch.setattr("reports.stamp.renderer", lambda: "another")
    assert len(ways | {made_of(made, images)}) == 7


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(made: ReportSnapshot, data: bytes, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert find(tmp_path / "pipe").state is State.FOREIGN
    assert made_of(made, {"a" * 64: tmp_path / "pipe"})


def cut(data: bytes, at: int) -> bytes:
    return data[:at]


def middle(data: bytes) -> int:
    return len(data) // 2


CHANGES: list[tuple[str, Callable[[bytes], bytes], State]] = [
    ("nothing", lambda data: b"", State.TORN),
    ("zeros", lambda data: bytes(5000), State.TORN),
    ("half", lambda data: cut(data, middle(data)), State.TORN),
    ("half, then zeros", lambda data: cut(data, middle(data)) + bytes(5000), State.TORN),
    ("without its last byte", lambda data: data[:-1], State.TORN),
    ("without its end", lambda data: data[: data.rindex(b"startxref")], State.TORN),
    ("to its stamp", lambda data: data[: data.rindex(b"%made")], State.TORN),
    ("zeros behind", lambda data: data + bytes(512), State.TORN),
    (
        "one byte in the middle",
        lambda data: data[: middle(data)] + bytes([data[middle(data)] ^ 1])
        + data[middle(data) + 1 :],
        State.TORN,
    ),
    ("words", lambda data: b"Ghi chu cua toi", State.FOREIGN),
    ("one letter", lambda data: b"x", State.FOREIGN),
    ("another PDF", lambda data: b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n", State.FOREIGN),
    ("words behind", lambda data: data + b"9 0 obj (note) endobj\n%%EOF\n", State.FOREIGN),
    ("cut-off words behind", lambda data: data + b"9 0 obj (no", State.FOREIGN),
]  # fmt: skip


@pytest.mark.parametrize(("how", "change", "state"), CHANGES, ids=[c[0] for c in CHANGES])
def test_what_lies_there(
    data: bytes, tmp_path: Path, how: str, change: Callable[[bytes], bytes], state: State
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(change(data))
    assert find(path) == Found(state)


def test_a_report_in_which_somebody_wrote_is_theirs(data: bytes, tmp_path: Path) -> None:
    """Saved anew by another program, whole or only with what is new."""
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(data)
    document = pdfium.PdfDocument(str(source))
    document.save(str(target))
    document.close()
    assert read(target).pages
    assert find(target) == Found(State.FOREIGN)


def test_one_of_the_time_before_stamps_is_ours(data: bytes, tmp_path: Path) -> None:
    from reports.stamp import HEADS, Kind

    line = data.rindex(b"%made of")
    before = data[:line].replace(HEADS[Kind.LOCATION], THEIRS) + data[data.rindex(b"startxref") :]
    (tmp_path / "a.pdf").write_bytes(before)
    assert find(tmp_path / "a.pdf") == Found(State.WHOLE)
    (tmp_path / "a.pdf").write_bytes(before + b"9 0 obj (note) endobj\n%%EOF\n")
    assert find(tmp_path / "a.pdf") == Found(State.FOREIGN)
    (tmp_path / "a.pdf").write_bytes(before.replace(b"(Mystery Auditor)", b"(Another program)"))
    assert find(tmp_path / "a.pdf") == Found(State.FOREIGN)


def test_a_giant_is_not_read(data: bytes, tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(data)
        file.truncate(50 * 1024**3)
    assert find(tmp_path / "a.pdf") == Found(State.FOREIGN)


def test_folders_links_and_nothing(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "link").symlink_to(tmp_path / "a.pdf")
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    states = [find(tmp_path / name).state for name in ("folder", "link", "dead", "gone", "a.pdf/b")]
    assert states == [State.FOREIGN] * 3 + [State.ABSENT] * 2


@pytest.fixture(scope="module")
def credential() -> Credential:
    return self_signed("Thử nghiệm")


@pytest.mark.parametrize("how", ["password", "signature", "both"])
def test_a_protected_report_is_ours_and_is_never_what_would_be_made(
    made: ReportSnapshot, data: bytes, credential: Credential, tmp_path: Path, how: str
) -> None:
    """Until somebody writes behind it, as one who signs it too."""
    by = Protection(
        "" if how == "signature" else "mật khẩu", None if how == "password" else credential
    )
    report = tmp_path / "a.pdf"
    report.write_bytes(protect(data, by))
    kind = PROTECTED if how == "password" else SIGNED
    assert find(report) == Found(State.WHOLE, visit_mark(made.visit.number), kind)
    document = pdfium.PdfDocument(str(report), password=by.password or None)
    assert len(document) > 1
    document.close()
    if how != "password":
        [signer] = signatures(report.read_bytes(), by.password)
        assert (signer.intact, signer.whole) == (True, True)
    whole = report.read_bytes()
    report.write_bytes(whole + b"9 0 obj (note) endobj\nstartxref\n1\n%%EOF\n")
    assert find(report) == Found(State.FOREIGN)
    report.write_bytes(whole[: len(whole) // 3])
    assert find(report).state is not State.WHOLE
