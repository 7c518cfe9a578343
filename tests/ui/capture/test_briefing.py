"""The briefing: read before the visit opens, said once, and read again at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from auditor.services.workspace import Workspace
from auditor.ui.capture.briefing.page import BriefingPage, paragraphs
from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms.answers import Answer
from forms.filling import Progress
from tests.ui.capture.hands import focus, named, on_disk, press
from tests.ui.capture.stage import FIXTURES, begin_in_program, make_context

Show = Callable[[], CaptureScreen]
SMALL = FIXTURES / "small.yaml"
CTRL = Qt.KeyboardModifier.ControlModifier
TEXT = "Vào như khách <b>thường</b> & lặng lẽ.\n\nTrước khi vào:\n- Sạc pin\n- Tiền mặt\n\nHết."
PDF = b"%PDF-1.4 x"


@pytest.fixture
def visit(folder: Path) -> int:
    document = (PDF, "Hướng dẫn.pdf")
    return begin_in_program(
        folder, SMALL, briefing=TEXT, scenario="Gọi một ly.", document=document
    ).id


@pytest.fixture
def show(qtbot: QtBot, folder: Path, visit: int) -> Iterator[Show]:
    """A window on the visit; the one before it is closed."""
    opened: list[tuple[CaptureScreen, AppContext]] = []

    def close() -> None:
        for screen, context in opened:
            assert screen.leave()
            screen.hide()
            context.close()
        opened.clear()

    def open_() -> CaptureScreen:
        close()
        context = make_context(folder)
        screen = CaptureScreen(context, visit)
        screen.resize(1366, 768)
        qtbot.addWidget(screen)
        with qtbot.waitSignal(screen.opened, timeout=10_000):
            screen.show()
        with qtbot.waitActive(screen):
            screen.activateWindow()
        opened.append((screen, context))
        return screen

    yield open_
    close()


def gate(screen: CaptureScreen) -> BriefingPage:
    page = screen.briefed.page
    assert page is not None
    assert page.isVisible()
    return page


def texts(page: BriefingPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def read_at(folder: Path, visit: int) -> str | None:
    return on_disk(folder, "SELECT briefed_at FROM visit WHERE id = ?", visit)[0][0]


def test_it_stands_before_the_visit(show: Show, folder: Path, visit: int, qtbot: QtBot) -> None:
    screen = show()
    page = gate(screen)
    assert screen.frame is None
    shown = texts(page)
    assert shown.index("Gọi một ly.") < shown.index("Vào như khách <b>thường</b> & lặng lẽ.")
    assert "Trải nghiệm khách hàng · Q4/2026" in shown
    assert shown[shown.index("Trước khi vào:") + 1 :][:5] == [
        "•",
        "Sạc pin",
        "•",
        "Tiền mặt",
        "Hết.",
    ]
    assert not page.start.isEnabled()
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    named(page, type(page.tick), "Tôi đã đọc").click()
    page.start.click()
    assert screen.page is not None
    assert screen.page.isVisible()
    assert screen.briefed.page is None
    screen.session.saver.flush()
    qtbot.waitUntil(lambda: read_at(folder, visit) is not None)


def test_enter_reads_and_enter_starts(show: Show) -> None:
    screen = show()
    page = gate(screen)
    assert focus() is page.tick
    press(Qt.Key.Key_Return)
    assert page.tick.isChecked()
    assert focus() is page.start
    press(Qt.Key.Key_Return)
    assert focus() is screen.page.current_card
    press("1")
    assert screen.draft.filling.answer("greeted").value == "yes"


def test_nothing_passes_the_gate_by_keys(show: Show, folder: Path, visit: int) -> None:
    screen = show()
    for key, modifier in (
        (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, CTRL),
        (Qt.Key.Key_Z, CTRL),
    ):
        press(key, modifier)
    screen.show_facts()
    screen.show_briefing()
    gate(screen)
    assert screen.frame is None
    assert read_at(folder, visit) is None


def test_who_goes_back_reads_it_next_time(show: Show, qtbot: QtBot) -> None:
    screen = show()
    with qtbot.waitSignal(screen.closed):
        press(Qt.Key.Key_Escape)
    gate(show())


def test_it_is_shown_once(show: Show) -> None:
    screen = show()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    screen = show()
    assert screen.briefed.page is None
    assert screen.page is not None


def test_it_is_read_again_from_the_page_of_facts(show: Show) -> None:
    screen = show()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    screen.show_facts()
    page = screen.frame.facts
    assert page.briefing.said.text().startswith("Đã đọc ngày")
    named(page.briefing, QPushButton, "Đọc lại").click()
    again = gate(screen)
    assert not screen.frame.isVisible()
    assert not again.start.isVisible()
    assert "Sạc pin" in texts(again)
    assert focus() is again.header.back
    press(Qt.Key.Key_Escape)
    assert screen.frame.isVisible()
    assert screen.frame.section == VISIT_PAGE
    screen.show_briefing()
    press(Qt.Key.Key_F8)
    assert screen.briefed.page is None
    assert screen.page.isVisible()


def test_reading_is_no_step_to_undo(show: Show) -> None:
    screen = show()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert not screen.draft.undo_stack.canUndo()


def test_the_window_changes_size_while_it_is_read(show: Show, qtbot: QtBot) -> None:
    screen = show()
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    screen.show_briefing()
    screen.resize(1024, 600)
    qtbot.waitUntil(lambda: screen.frame.compact)
    assert screen.briefed.page is None or not screen.frame.isVisible()
    assert (screen.width(), screen.height()) == (1024, 600)


def test_a_visit_without_briefing_opens_at_once(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    visit = begin_in_program(tmp_path / "other", SMALL).id
    context = make_context(tmp_path / "other")
    screen = CaptureScreen(context, visit)
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.opened, timeout=10_000):
        screen.show()
    assert screen.frame is not None
    screen.show_facts()
    assert screen.frame.facts.briefing is None
    screen.show_briefing()
    assert screen.briefed.page is None
    context.close()


def test_a_visit_that_was_handed_in_shows_it_to_be_read(
    show: Show, folder: Path, visit: int
) -> None:
    workspace = Workspace.open(folder)
    for question, value in (("greeted", "no"), ("story", "Đủ ba từ đây"), ("taste", 3)):
        answer = Answer(value, comment="Không ai chào" if question == "greeted" else "")
        workspace.visits.save_answer(visit, (question, 0), answer, Progress(1, 8))
    workspace.visits.submit(visit, "E-07")
    workspace.close()
    screen = show()
    assert screen.frame is not None
    screen.show_facts()
    press(Qt.Key.Key_Up)
    assert focus() is screen.frame.facts.briefing
    press(Qt.Key.Key_Return)
    assert "Sạc pin" in texts(gate(screen))


# the document


@pytest.fixture
def urls(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    asked: list[Path] = []

    def take(url: QUrl) -> bool:
        asked.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return asked


def test_a_copy_of_the_document_is_opened(show: Show, urls: list[Path], qtbot: QtBot) -> None:
    screen = show()
    page = gate(screen)
    kept = Path(screen.draft.briefing.document_path)
    for _ in range(2):
        urls.clear()
        named(page, QPushButton, "Mở tài liệu").click()
        qtbot.waitUntil(lambda: bool(urls))
        assert urls[0].name == "Hướng dẫn.pdf"
        assert urls[0].read_bytes() == PDF
        assert urls[0] != kept
        urls[0].write_bytes(b"scribbled on")
    assert kept.read_bytes() == PDF


def test_a_document_that_is_gone_is_told(show: Show, urls: list[Path], qtbot: QtBot) -> None:
    screen = show()
    page = gate(screen)
    Path(screen.draft.briefing.document_path).unlink()
    page.open.click()
    qtbot.waitUntil(lambda: page.said.text() == "Hướng dẫn.pdf không còn trên máy này.")
    assert urls == []
    page.tick.click()
    assert page.start.isEnabled()


def test_nothing_opens_it(show: Show, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    page = gate(show())
    page.open.click()
    qtbot.waitUntil(lambda: page.said.text().startswith("Máy này không có phần mềm mở"))


def test_a_program_is_never_started(show: Show, urls: list[Path]) -> None:
    screen = show()
    object.__setattr__(screen.draft.briefing, "document_name", "Hướng dẫn.pdf.EXE")
    page = screen.briefed._make(gate=True)
    page._open_document()
    assert "là một chương trình" in page.said.text()
    assert urls == []
    page.deleteLater()


# paragraphs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("một\nhai\n\n\nba", [("một\nhai", False), ("ba", False)]),
        ("- một\n- hai", [("một", True), ("hai", True)]),
        ("Cần:\n* một\n  tiếp\n• hai\n\nHết", [
            ("Cần:", False), ("một\ntiếp", True), ("hai", True), ("Hết", False)]),
        ("-một - hai", [("-một - hai", False)]),
        ("– một\r\n\r\nhai", [("một", True), ("hai", False)]),
        ("<script>x</script>", [("<script>x</script>", False)]),
    ],
)  # fmt: skip
def test_paragraphs(text: str, told: list[tuple[str, bool]]) -> None:
    assert list(paragraphs(text)) == told
