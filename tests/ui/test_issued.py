"""What a person saves, sends or makes in the window is entered as issued, and told there."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from auditor.domain.issued import IssuedReport, Kind
from auditor.services.collecting import Product
from auditor.store import driver
from auditor.ui.commands.batch import Batch, BatchRun
from auditor.ui.commands.collecting import CollectRun, Wanted
from auditor.ui.report.issued import IssuedLine, line
from auditor.words import Words

from .conftest import OpenWindow, settle
from .test_reports import report

COLUMNS = "kind, visit_id, pack_id, pages, file_name, file_sha256"


def rows(folder: Path) -> list[tuple[object, ...]]:
    with closing(driver.connect(folder / driver.DATABASE, look_only=True)) as raw:
        return raw.execute(f"SELECT {COLUMNS} FROM issued_report ORDER BY id").fetchall()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_preview_is_not_issued_and_a_saved_copy_is(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished, language="en")
    screen = report(qtbot, window)
    shown = screen.options.issued
    qtbot.waitUntil(lambda: shown.last.text() == "Not issued yet.")
    assert rows(furnished) == []
    target = tmp_path / "report.pdf"
    screen.save_to(str(target))
    qtbot.waitUntil(lambda: rows(furnished) != [])
    pages = len(screen._made.pdf.sizes)
    assert rows(furnished) == [("location", 1, None, pages, "report.pdf", sha256(target))]
    qtbot.waitUntil(lambda: shown.last.text().startswith("Issued "))
    assert shown.last.text().endswith(", revision A, English")
    assert not shown.changed.isVisibleTo(shown)
    screen.choose_language("vi")
    qtbot.waitUntil(lambda: shown.changed.text() == "Never issued in this language.", timeout=30000)


def test_a_file_that_is_sent_is_issued(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = report(qtbot, window)
    screen.handing_on.copy_file()
    settle(qtbot, window)
    [row] = rows(furnished)
    assert row[4] == screen._made.name


def test_runs_of_many_are_issued(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    batch = BatchRun(window.context, Batch((1,), "vi", tmp_path), window)
    with qtbot.waitSignal(batch.ended, timeout=60_000):
        batch.start()
    settle(qtbot, window)
    [made] = batch.written
    assert [row[0] for row in rows(furnished)] == ["location"]
    again = BatchRun(window.context, Batch((1,), "vi", tmp_path), window)
    with qtbot.waitSignal(again.ended, timeout=60_000):
        again.start()
    settle(qtbot, window)
    assert again.kept == {made}
    assert len(rows(furnished)) == 1, "what was there already is entered once"
    pack = CollectRun(window.context, Wanted(Product.BOUND, (1,), "vi", tmp_path), window)
    with qtbot.waitSignal(pack.ended, timeout=60_000):
        pack.start()
    assert (pack.failures, pack.missed) == ([], None)
    [bound] = pack.written
    one, whole, member = rows(furnished)
    assert one[4:] == (made.name, sha256(made))
    assert (whole[0], whole[1], whole[4:]) == ("pack", None, (bound.name, sha256(bound)))
    assert (member[0], member[1], member[4:]) == ("bound", 1, whole[4:])
    assert (member[3], whole[3]) == (one[3], int(str(one[3])) + 1), "an index in front"


def issued(number: int, **other: object) -> IssuedReport:
    given: dict[str, object] = {
        "id": number, "kind": Kind.LOCATION, "visit_id": 1, "wave_id": None, "pack_id": None,
        "revision": number, "language": "vi", "seal": str(number) * 64, "file_sha256": "a" * 64,
        "pages": 8, "template": "", "file_name": "a.pdf", "has_password": False,
        "is_signed": False, "issued_at": datetime(2026, 11, 12, 7, 2, tzinfo=UTC),
    }  # fmt: skip
    return IssuedReport(**{**given, **other})  # type: ignore[arg-type]


def test_the_line_tells_the_last_one_and_whether_it_is_another(qtbot: QtBot) -> None:
    words = Words("en")
    shown = IssuedLine(words)
    qtbot.addWidget(shown)
    assert shown.last.text() == "", "not read yet"
    shown.show_issued([issued(2), issued(1)])
    at = issued(2).issued_at.astimezone()
    assert shown.last.text() == f"Issued {at.day} Nov 2026, {at:%H:%M}, revision B, Vietnamese"
    assert shown.more.text() == "1 time before that"
    assert "revision A" in shown.more.toolTip()
    shown.compare("2" * 64, "vi")
    assert shown.changed.text() == ""
    shown.compare("3" * 64, "vi")
    assert shown.changed.text().startswith("What is shown is not what was issued")
    bound = line(words, issued(1, kind=Kind.BOUND, file_name="pack.pdf"))
    assert bound.endswith("bound in pack.pdf")
