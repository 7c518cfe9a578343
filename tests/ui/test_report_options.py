"""What a report is to hold: ticked, remembered, saved; with the keys of the whole screen."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from auditor.domain.branding import ReportPart, TemplateInput
from auditor.domain.report_choice import Safety, Worn
from auditor.domain.visits import VisitStatus
from auditor.services.report_about import dressed
from auditor.services.workspace import Workspace
from auditor.ui.branding.parts import NameDialog
from auditor.ui.commands import preview
from auditor.ui.commands.preview import Remembered
from auditor.ui.report.contents import ContentsList, _merged
from auditor.ui.report.pages import Fit, Spot, follow
from auditor.ui.report.pdf import Part
from auditor.ui.report.screen import ReportScreen
from auditor.ui.window import MainWindow, Route
from auditor.words import Words
from forms.answers import Answer
from forms.filling import Progress

from .conftest import ZONE, OpenWindow, find, settle
from .test_reports import report, text_of

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def seen(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> tuple[MainWindow, ReportScreen]:
    window = open_window(furnished, language="en")
    window.resize(1366, 768)
    screen = report(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    return window, screen


def row_of(contents: ContentsList, part: ReportPart) -> int:
    item = contents._item_of(part)
    assert item is not None
    return contents.row(item)


def wait_for(qtbot: QtBot, window: MainWindow, screen: ReportScreen, worn: Worn) -> None:
    qtbot.waitUntil(lambda: not screen._stale and screen._made.worn == worn, timeout=30_000)
    settle(qtbot, window)


def test_what_is_ticked_is_shown_saved_and_remembered(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    window, screen = seen
    contents, options = screen.options.contents, screen.options
    held = tuple(part for part in ReportPart if part is not ReportPart.QUESTIONS)
    without = Worn(given=TemplateInput("", held))
    assert "Every question" in text_of(screen._made.pdf.path)
    assert not options.save.isVisible()
    screen.view.go_to(screen._made.parts[-1].first - 1)
    contents.setFocus()
    contents.setCurrentRow(row_of(contents, ReportPart.QUESTIONS))
    qtbot.keyClick(contents, Qt.Key.Key_Space)
    done: list[str] = []
    assert not screen.when_made(partial(done.append, "saved")), "the old one is stale"
    wait_for(qtbot, window, screen, without)
    assert done == ["saved"], "what was asked for meanwhile is done now"
    assert "Every question" not in text_of(screen._made.pdf.path)
    assert screen.view.page == screen._made.parts[-1].first - 1, "the same part"
    assert options.template.currentText() == "Chosen here"
    assert "Ẩm thực Ngõ Cũ" in options.own_note.text()
    screen.save_to(str(tmp_path / "saved.pdf"))
    settle(qtbot, window)
    assert (tmp_path / "saved.pdf").read_bytes() == screen._made.pdf.path.read_bytes()
    # the next report of that client
    window.go(Route("visits"))
    again = report(qtbot, window)
    assert again._made.worn == without
    assert again.options._own.isVisible()
    # a template of its own
    qtbot.mouseClick(again.options.save, LEFT)
    dialog = again.findChild(NameDialog)
    dialog.name.edit.setText("Short")
    qtbot.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: again._made.worn.template_id is not None, timeout=30_000)
    settle(qtbot, window)
    assert again.options.template.currentText() == "Short"
    qtbot.mouseClick(find(window, "As it is set", Role.Button), LEFT)
    wait_for(qtbot, window, again, Worn())
    assert "Every question" in text_of(again._made.pdf.path)


def test_keys_work_with_the_focus_anywhere(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    window, screen = seen
    screen.options.template.setFocus()
    qtbot.keyClick(screen.options.template, Qt.Key.Key_PageDown)
    assert screen.page == 1
    before = screen.toolbar.percent.text()
    qtbot.keyClick(screen.options.template, Qt.Key.Key_Plus, CTRL)
    assert screen.toolbar.percent.text() != before
    assert screen.page == 1, "a larger page is the same page"
    qtbot.keyClick(screen.thumbs, Qt.Key.Key_0, CTRL)
    assert screen.toolbar.percent.text() == before
    qtbot.keyClick(screen.thumbs, Qt.Key.Key_9, CTRL)
    assert screen.view.fit is Fit.PAGE
    qtbot.keyClick(screen.options.contents, Qt.Key.Key_F, CTRL)
    assert screen.finder.bar is not None
    qtbot.keyClick(screen.finder.bar.field, Qt.Key.Key_O, CTRL)
    assert not screen.options.isVisible()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.keyClick(screen.view, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "SV-001" in clipboard.text() or "Quận 1" in clipboard.text())
    clipboard.clear()
    settle(qtbot, window)


def test_a_report_that_was_drawn_is_not_drawn_again(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, screen = seen
    drawn: list[object] = []
    run = window.context.renderer.run

    def noted(*given: Any, **named: Any) -> Any:
        drawn.append(given)
        return run(*given, **named)

    monkeypatch.setattr(window.context.renderer, "run", noted)
    window.go(Route("visits"))
    again = report(qtbot, window)
    assert again._made.pdf.path == screen._made.pdf.path
    assert drawn == []


def test_small_windows_fold_the_options(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    window, screen = seen
    assert screen.options.isVisible()
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: not screen.options.isVisible())
    qtbot.mouseClick(find(window, "Show the options", Role.Button), LEFT)
    assert screen.options.isVisible()
    assert screen.options.template.hasFocus()
    assert window.width() == 1024


def test_what_one_looked_at_is_found_again() -> None:
    before = [Part("trend", 2, 2), Part("questions", 3, 6), Part("ledger", 7, 8)]
    now = [Part("questions", 2, 4), Part("ledger", 5, 6)]
    assert follow(Spot(6, 0.3), now, before) == Spot(4, 0.3)
    assert follow(Spot(5, 0.1), now, before) == Spot(3, 0.1), "its last page"
    assert follow(Spot(1, 0.0), now, before) == Spot(1, 0.0), "a part that is gone"


def test_a_part_that_is_ticked_again_stands_where_it_stood() -> None:
    order = [ReportPart.LEDGER, ReportPart.TREND, ReportPart.FAILED]
    others = [part for part in ReportPart if part not in order]
    shown = [*order, *others]
    merged = _merged((ReportPart.LEDGER, ReportPart.FAILED), shown)
    assert merged[:3] == order
    assert sorted(merged) == sorted(ReportPart)


def test_what_the_client_does_not_get_is_told(furnished: Path) -> None:
    from datetime import date

    workspace = Workspace.open(furnished)
    visits = workspace.visits
    location = visits.get(1).location_id
    version = visits.get(1).checklist_version_id
    visit = visits.start(location, version, date(2026, 11, 12), ZONE, "Lê Thị Hồng Nhung")
    said = ("Lúc 14h05 chưa có ai.", "Hồng Nhung là tôi.", "Chờ 5:30 phút.",
            "Lê thị hồng nhung ký tên.")  # fmt: skip
    for at, comment in enumerate(said):
        answer = Answer("yes", comment=comment)
        visits.save_answer(visit.id, (f"q{at}", 0), answer, Progress(at + 1, 4))
    visits.submit(visit.id, "x")
    found = dressed(workspace, visit.id, "vi", Worn())
    only = dressed(workspace, visit.id, "vi", Worn(given=TemplateInput("", ())))
    workspace.close()
    assert found.about.safety == Safety(timed=("1.1",), named=("1.4",))
    assert found.about.client == "Ẩm thực Ngõ Cũ"
    assert only.snapshot.template.parts == ()
    assert only.about.worn.parts == ()
    assert found.snapshot.template.parts != ()


def test_lines_that_want_a_look_come_first(furnished: Path) -> None:
    from types import SimpleNamespace

    from auditor.ui.report.safety import lines

    safety = Safety(evaluator="E-07", photos=9, timed=("3.2",), missing=1)
    made = SimpleNamespace(about=SimpleNamespace(safety=safety), remarks=())
    told = lines(Words("en"), made, VisitStatus.APPROVED)  # type: ignore[arg-type]
    assert [each.fine for each in told] == [False, False, True, True, True]
    assert "3.2" in told[0].text
    assert told[-1].text == "Place and camera data taken from 9 photos."
    told = lines(Words("vi"), made, VisitStatus.SUBMITTED)  # type: ignore[arg-type]
    assert told[0].text.startswith("Chưa duyệt")


def test_what_is_remembered_goes_with_the_workspace(
    open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    memory = Remembered.of(window.context)
    memory.keep("A", preview.Chosen("en", Worn(template_id=3)))
    assert Remembered.of(window.context).all()["A"].worn.template_id == 3
    window.context.folder = furnished.parent
    assert memory.all() == {}
    window.context.folder = furnished


def test_a_part_is_where_its_bookmark_is(tmp_path: Path) -> None:
    from auditor.ui.report.pdf import open_pdf
    from reports.render import render
    from tests.reports.samples import Shop, pictures, snapshot, whole

    images = pictures(tmp_path / "photos", 2)
    made = render(
        whole(snapshot(shop=Shop("en", photos=tuple(images)))), images, tmp_path / "x.pdf"
    )
    marked = {entry.page + 1 for entry in open_pdf(made.path).outline if entry.level == 0}
    assert [part.name for part in made.parts] == [str(part) for part in ReportPart]
    assert {part.first for part in made.parts} <= marked
    for part, after in pairwise(made.parts):
        assert part.first <= part.last <= after.last
        assert after.first >= part.last
    assert made.parts[-1].last == made.pages


def test_a_first_report_is_made_ready_for_where_a_visit_is_finished(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    window.idle._warm_up()
    settle(qtbot, window)
    drawn: list[str] = []
    window.context.renderer.run = lambda *given, **_: drawn.append(given[0])  # type: ignore[method-assign,assignment,return-value]
    screen = report(qtbot, window)
    assert screen._made is not None
    assert drawn == [], "it was made while nobody waited"
    preview._get_ready(window.context, None)
    assert drawn == []
