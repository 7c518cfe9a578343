"""Reports in the window: made, looked at, saved, many at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from auditor.ui.commands.preview import KEPT
from auditor.ui.report.pages import Fit
from auditor.ui.report.screen import ReportScreen
from auditor.ui.reports.screen import ReportsScreen
from auditor.ui.tasks import Task
from auditor.ui.window import MainWindow, Route

from .conftest import OpenWindow, find, settle
from .telling import told

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


def report(qtbot: QtBot, window: MainWindow, visit_id: int = 1) -> ReportScreen:
    window.go(Route("report", visit_id))
    assert isinstance(window.screen_, ReportScreen)
    screen = window.screen_
    qtbot.waitUntil(lambda: screen._made is not None, timeout=30_000)
    settle(qtbot, window)
    return screen


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_the_report_is_made_shown_and_saved(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    screen = report(qtbot, window)
    pages = len(screen._made.pdf.sizes)
    assert screen.thumbs.model().rowCount() == pages
    assert f"of {pages}" in [label.text() for label in screen.findChildren(QLabel)]
    assert screen.options.contents.count() > 0
    picture = screen.view.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(40, picture.width() - 40, 3)
        for y in range(40, 400, 7)
    }
    assert len(colours) > 3, "the page is drawn"
    target = tmp_path / "saved" / "report.pdf"
    target.parent.mkdir()
    screen.save_to(str(target))
    settle(qtbot, window)
    assert "Quận 1" in text_of(target)
    assert [path.name for path in target.parent.iterdir()] == ["report.pdf"]
    find(window, "Open folder", Role.Button)


def test_the_language_of_the_report_is_its_own(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished, language="en")
    screen = report(qtbot, window)
    assert "Clean?" in text_of(screen._made.pdf.path)
    qtbot.mouseClick(find(window, "Tiếng Việt", Role.RadioButton), LEFT)
    qtbot.waitUntil(lambda: screen._made.language == "vi", timeout=30_000)
    settle(qtbot, window)
    assert "Sạch?" in text_of(screen._made.pdf.path)
    assert window.context.language == "en"


def test_reports_that_were_looked_at_do_not_pile_up(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    scratch = window.context.scratch
    for number in range(20):
        (scratch / f"{100 + number}-vi.pdf").write_bytes(b"looked at before")
        os.utime(scratch / f"{100 + number}-vi.pdf", (number, number))
    screen = report(qtbot, window)
    kept = {path.name for path in scratch.glob("*.pdf")}
    assert len(kept) == KEPT
    assert {"118-vi.pdf", "119-vi.pdf", screen._made.pdf.path.name} < kept


def test_a_missing_folder_is_said_beside_the_button(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    from auditor.ui.kit.callout import Callout

    window = open_window(furnished)
    screen = report(qtbot, window)
    for place in (tmp_path / "nowhere" / "report.pdf", tmp_path / f"{'n' * 300}.pdf"):
        for old in window.findChildren(Callout):
            old.setAccessibleName("")
        screen.save_to(str(place))
        settle(qtbot, window)
        assert any("could not be saved" in each.accessibleName()
                   for each in window.findChildren(Callout))  # fmt: skip
    screen.saving.tell(tmp_path / "nowhere" / "report.pdf")
    screen.folder.click()
    assert told(window) == f"The folder {tmp_path / 'nowhere'} is gone."


def test_pages_keys_and_fits(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    window.resize(1366, 768)
    screen = report(qtbot, window)
    last = len(screen._made.pdf.sizes) - 1
    qtbot.keyClick(screen.view, Qt.Key.Key_End)
    assert screen.view.page == last
    assert screen.thumbs.currentIndex().row() == last
    qtbot.keyClick(screen.view, Qt.Key.Key_Home)
    assert screen.view.page == 0
    qtbot.mouseClick(find(window, "Whole page", Role.CheckBox), LEFT)
    assert screen.view.fit is Fit.PAGE
    whole = screen.toolbar.percent.text()
    qtbot.mouseClick(find(window, "Larger", Role.Button), LEFT)
    assert screen.toolbar.percent.text() != whole
    settle(qtbot, window)


def test_a_draft_has_no_report_and_says_so(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.go(Route("report", 3))
    settle(qtbot, window)
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any("is not submitted yet" in text for text in told)


def batch(qtbot: QtBot, window: MainWindow, out: Path) -> ReportsScreen:
    window.go(Route("reports"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ReportsScreen)
    screen.set_folder(str(out))
    return screen


def test_a_batch_writes_one_file_for_each_ticked_visit(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    window = open_window(furnished)
    screen = batch(qtbot, window, out)
    assert screen.make.caption == "Make 1 PDF"
    ready, drawn = window.context.renderer.run, list[Path]()

    def run(snapshot: str, images: dict[str, Path], path: Path, **then: Any) -> Task:
        drawn.append(path)
        return ready(snapshot, images, path, **then)

    window.context.renderer.run = run  # type: ignore[method-assign]
    with qtbot.waitSignal(screen.run.ended, timeout=30_000):
        qtbot.mouseClick(screen.make, LEFT)
    assert [path.name.startswith("SV-001") for path in out.iterdir()] == [True]
    assert screen.run.figure.text() == "1"
    assert screen.run.show_folder.isVisible()
    assert drawn == list(out.iterdir()), "the first one by the process that is up already"
    assert find(window, "What was made", Role.StaticText).isVisible()


def test_a_second_batch_keeps_what_is_there_and_what_is_not_its_own(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    window = open_window(furnished)
    screen = batch(qtbot, window, out)

    def make() -> None:
        with qtbot.waitSignal(screen.run.ended, timeout=30_000):
            qtbot.mouseClick(screen.make, LEFT)

    make()
    [first] = out.iterdir()
    before = (first.stat().st_ino, first.stat().st_mtime_ns)
    assert not screen.run.kept.isVisible()
    make()
    assert (first.stat().st_ino, first.stat().st_mtime_ns) == before
    assert screen.run.figure.text() == "1"
    assert screen.run.kept.isVisible()
    assert screen.run.kept.text().startswith("1 report was there already")
    first.write_bytes(b"my notes")
    make()
    assert first.read_bytes() == b"my notes"
    assert len(list(out.iterdir())) == 2
    assert not screen.run.kept.isVisible()
    assert screen.run.failures.isVisible()
    assert first.name in screen.run.failures.text()


def test_a_report_that_fails_is_named_and_the_others_are_made(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    from auditor.ui.commands.batch import Batch, BatchRun

    window = open_window(furnished)
    screen = batch(qtbot, window, tmp_path / "out")
    run = BatchRun(window.context, Batch((3, 1), "en", tmp_path / "out"), screen)
    with qtbot.waitSignal(run.ended, timeout=30_000):
        run.start()
    assert [failed.visit_id for failed in run.failures] == [3]
    assert len(run.written) == 1


def test_cancel_stops_a_batch_and_keeps_what_is_made(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    from auditor.ui.commands.batch import Batch, BatchRun

    out = tmp_path / "out"
    window = open_window(furnished)
    screen = batch(qtbot, window, out)
    run = BatchRun(window.context, Batch((1,) * 40, "en", out), screen)
    run.progressed.connect(lambda *_: run.cancel())
    with qtbot.waitSignal(run.ended, timeout=30_000):
        run.start()
    assert 0 < len(run.written) < 40
    assert all("%PDF" in path.read_bytes()[:8].decode("latin-1") for path in run.written)
