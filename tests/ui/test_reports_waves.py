"""One file of a wave from the Reports screen: chosen, made, cancelled, refused, opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from auditor.services.collecting import Product
from auditor.services.workspace import Workspace
from auditor.ui.commands import report_list
from auditor.ui.commands.collecting import CollectRun, Wanted
from auditor.ui.reports.products import PRODUCTS
from auditor.ui.reports.screen import ReportsScreen
from auditor.ui.window import MainWindow, Route
from forms.answers import Answer
from forms.filling import Progress

from .conftest import ZONE, OpenWindow, settle

LEFT = Qt.MouseButton.LeftButton
Role = QAccessible.Role


@pytest.fixture
def with_wave(furnished: Path) -> Path:
    """Two visits of a wave handed in, beside the one that is of none."""
    workspace = Workspace.open(furnished)
    program = workspace.programs.add_program(1, "Trải nghiệm")
    wave = workspace.programs.add_wave(program.id, "Q4")
    today = datetime.now().astimezone().date()
    for place in (2, 3):
        visit = workspace.visits.start(place, 1, today - timedelta(days=1), ZONE, "E-07", wave.id)
        for at in range(4):
            answer = Answer("no" if at == place - 2 else "yes")
            workspace.visits.save_answer(visit.id, (f"q{at}", 0), answer, Progress(at + 1, 4))
        workspace.visits.submit(visit.id, "E-07")
    workspace.close()
    return furnished


def screen_of(qtbot: QtBot, window: MainWindow, out: Path) -> ReportsScreen:
    window.go(Route("reports"))
    settle(qtbot, window)
    screen = window.screen_
    assert isinstance(screen, ReportsScreen)
    screen.set_folder(str(out))
    return screen


def choose(
    qtbot: QtBot,
    screen: ReportsScreen,
    product: Product | None,
    wave: str = "Q4 · Trải nghiệm",
) -> None:
    screen.product.setCurrentIndex(PRODUCTS.index(product))
    screen.wave.setCurrentIndex(screen.wave.findText(wave))
    qtbot.waitUntil(lambda: screen.settled)


def make(qtbot: QtBot, screen: ReportsScreen) -> Path:
    with qtbot.waitSignal(screen.run.ended, timeout=60_000):
        qtbot.mouseClick(screen.make, LEFT)
    assert screen._runs.present is not None
    run = screen._runs.present.run
    assert run.failures == []
    (path,) = run.written
    return path


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def test_a_wave_narrows_the_visits(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    screen = screen_of(qtbot, open_window(with_wave), tmp_path)
    assert len(screen.model.visits) == 3
    choose(qtbot, screen, None)
    assert [visit.wave for visit in screen.model.visits] == ["Q4", "Q4"]
    assert screen.make.caption == "Make 2 PDFs"


def test_of_very_many_visits_the_last_are_listed_and_a_wave_shows_its_own(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(report_list, "NEWEST", 2)
    screen = screen_of(qtbot, open_window(with_wave), tmp_path)
    assert not screen.cut.isVisible(), "of each location the latest: they are all there"
    screen.which.segments[1].click()
    qtbot.waitUntil(lambda: screen.settled)
    assert len(screen.model.visits) == 2
    assert screen.cut.text().startswith("The 2 visits that were handed in last.")
    assert screen.cut.isVisible()
    choose(qtbot, screen, None)
    assert not screen.cut.isVisible()


def test_a_program_report_needs_a_wave_and_says_so(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, tmp_path)
    choose(qtbot, screen, Product.PROGRAM, "All programs")
    assert not screen.make.isEnabled()
    assert "Choose a wave" in screen.note.text()
    choose(qtbot, screen, Product.PROGRAM)
    path = make(qtbot, screen)
    assert path.name == "Trải-nghiệm-Q4.pdf"
    assert "Program summary, wave Q4" in text_of(path)
    assert screen.run.of.text() == "program report"
    make(qtbot, screen)
    assert "there already" in screen.run.kept.text()


def test_the_reports_of_a_wave_are_bound_in_one_file(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, tmp_path)
    choose(qtbot, screen, Product.BOUND)
    steps: list[tuple[int, int]] = []
    assert screen.batching.resume.isEnabled()
    qtbot.mouseClick(screen.make, LEFT)
    assert not screen.batching.resume.isEnabled(), "one run at a time"
    assert screen._runs.present is not None
    screen._runs.present.run.progressed.connect(lambda done, total, _: steps.append((done, total)))
    with qtbot.waitSignal(screen.run.ended, timeout=60_000):
        pass
    (path,) = screen._runs.present.run.written
    assert path.name == "Trải-nghiệm-Q4-locations.pdf"
    text = text_of(path)
    assert text.index("Sheet") < text.index("Lê Lợi")
    assert steps == [(1, 3), (2, 3), (2, 3)]


@pytest.mark.parametrize(
    ("product", "name"), [(Product.BOOK, "Q4.xlsx"), (Product.ANSWERS, "Q4.csv")]
)
def test_a_table_never_replaces_a_file(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path,
    product: Product, name: str,
) -> None:  # fmt: skip
    screen = screen_of(qtbot, open_window(with_wave), tmp_path / "out")
    choose(qtbot, screen, product)
    first = make(qtbot, screen)
    assert first.name == f"Trải-nghiệm-{name}"
    kept = first.read_bytes()
    second = make(qtbot, screen)
    assert second.name == f"Trải-nghiệm-{name.replace('.', '-2.')}"
    assert first.read_bytes() == kept
    assert [path.name for path in (tmp_path / "out").iterdir() if "part" in path.name] == []


def test_the_file_opens_from_the_list(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, tmp_path)
    choose(qtbot, screen, None)
    with qtbot.waitSignal(screen.run.ended, timeout=60_000):
        qtbot.mouseClick(screen.make, LEFT)
    table = screen.batching.table
    assert table.model.rowCount() == 2
    qtbot.keyClick(table.table, Qt.Key.Key_Return)
    assert [Path(path).parent for path in opened] == [tmp_path]


def test_cancel_leaves_no_file(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, out)
    visits = tuple(visit.id for visit in screen.model.visits) * 20
    run = CollectRun(window.context, Wanted(Product.BOOK, visits, "en", out), screen)
    screen.run.watch(run, out)
    run.progressed.connect(lambda *_: screen.run.stop())
    with qtbot.waitSignal(run.ended, timeout=60_000):
        run.start()
    assert run.written == []
    assert list(out.iterdir()) == []
    told = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert "Stopped. No file was written." in told or screen.run.what.text().startswith("Stopped")


def test_a_visit_that_cannot_be_read_is_named_and_left_out(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, tmp_path)
    draft = next(each for each in (1, 2, 3) if each not in {v.id for v in screen.model.visits})
    visits = (draft, *(visit.id for visit in screen.model.visits))
    run = CollectRun(window.context, Wanted(Product.ANSWERS, visits, "en", tmp_path), screen)
    with qtbot.waitSignal(run.ended, timeout=60_000):
        run.start()
    assert [failed.visit_id for failed in run.failures] == [draft]
    assert run.made == len(visits) - 1
    assert len(run.written) == 1


def test_what_was_chosen_stays_when_the_theme_changes(
    qtbot: QtBot, open_window: OpenWindow, with_wave: Path, tmp_path: Path
) -> None:
    window = open_window(with_wave)
    screen = screen_of(qtbot, window, tmp_path)
    choose(qtbot, screen, Product.BOOK)
    window.context.restyled.emit()
    settle(qtbot, window)
    again = window.screen_
    assert isinstance(again, ReportsScreen)
    assert PRODUCTS[again.product.currentIndex()] is Product.BOOK
    assert again.wave.currentText() == "Q4 · Trải nghiệm"
    assert again.make.caption == "Make workbook"
