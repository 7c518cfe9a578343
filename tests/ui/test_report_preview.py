"""A report that is looked at: words found on it, pages printed, copied, sent."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QObject, QProcess, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from auditor.domain.work import Cancel, Cancelled
from auditor.ui.kit.chip import Chip
from auditor.ui.kit.find import FindBar
from auditor.ui.report import pages, pdf
from auditor.ui.report import pictures as keeping
from auditor.ui.report.pdf import PageImage, draw_page, each_page, opened
from auditor.ui.report.pictures import Pictures
from auditor.ui.report.printing import pages_of, printer_for
from auditor.ui.report.screen import ReportScreen
from auditor.ui.report.searching import find_words
from auditor.ui.tasks import ImagePool
from auditor.ui.window import MainWindow

from .conftest import OpenWindow, find, settle
from .telling import told
from .test_reports import report

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def seen(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> tuple[MainWindow, ReportScreen]:
    window = open_window(furnished, language="en")
    screen = report(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()
    screen.focus_first()
    return window, screen


def said(screen: ReportScreen) -> list[str]:
    labels = screen.window().findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def marked(screen: ReportScreen) -> int:
    """Pixels of the marker's yellow in view."""
    picture = screen.view.grab().toImage()
    found = 0
    for x in range(0, picture.width(), 2):
        for y in range(0, picture.height(), 2):
            colour = picture.pixelColor(x, y)
            found += colour.red() > 200 and colour.green() > 180 and colour.blue() < 170
    return found


def look_for(qtbot: QtBot, screen: ReportScreen, words: str) -> FindBar:
    qtbot.keyClick(screen.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = screen.finder.bar
    assert bar is not None
    qtbot.keyClicks(bar.field, words)
    qtbot.waitUntil(lambda: bar.count.text() != "", timeout=10_000)
    return bar


def test_words_are_found_without_marks_and_gone_through(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    window, screen = seen
    assert screen._made is not None
    many = len(find_words(screen._made.pdf.path, "Quận 1").matches)
    assert many > 1
    before = marked(screen)
    bar = look_for(qtbot, screen, "quan 1")
    assert bar.count.text() == f"1 of {many}"
    assert marked(screen) > before
    for _ in range(many):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == f"1 of {many}"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"{many} of {many}"
    assert screen.page == screen.finder._found[-1].page
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert screen.view.hasFocus()
    assert marked(screen) < before + 20


def test_words_that_are_not_there_are_said(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    _, screen = seen
    bar = look_for(qtbot, screen, "zebra")
    assert bar.count.text() == "Not in this report"
    assert not bar.on.isEnabled()


def test_the_words_are_looked_for_again_in_another_language(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    window, screen = seen
    bar = look_for(qtbot, screen, "clean?")
    assert bar.count.text().startswith("1 of")
    qtbot.mouseClick(find(window, "Tiếng Việt", Role.RadioButton), LEFT)
    qtbot.waitUntil(lambda: bar.count.text() == "Not in this report", timeout=30_000)


def test_a_phrase_over_two_lines_is_one_place(tmp_path: Path) -> None:
    from reports.render import render
    from tests.reports.samples import Shop, snapshot

    path = tmp_path / "x.pdf"
    render(snapshot(shop=Shop("vi")), {}, path)
    places = find_words(path, "hai nhan vien dang noi chuyen rieng, quay lung ra cua").matches
    assert places
    assert any(len(match.boxes) > 1 for match in places)
    with pypdfium2.PdfDocument(path) as document:
        sizes = [document.get_page_size(at) for at in range(len(document))]
    for match in places:
        for left, top, right, bottom in match.boxes:
            wide, high = sizes[match.page]
            assert 0 <= left < right <= wide
            assert 0 <= top < bottom <= high


def test_a_page_and_the_file_go_to_the_clipboard(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen]
) -> None:
    window, screen = seen
    assert screen._made is not None
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()  # another test's picture
    qtbot.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not clipboard.image().isNull(), timeout=10_000)
    wide, high = screen._made.pdf.sizes[0]
    image = clipboard.image()
    assert image.height() / image.width() == pytest.approx(high / wide, rel=0.01)
    screen.handing_on.copy_file()
    qtbot.waitUntil(lambda: clipboard.mimeData().hasUrls(), timeout=10_000)
    copied = Path(clipboard.mimeData().urls()[0].toLocalFile())
    assert copied.name == screen._made.name
    assert copied.read_bytes() == screen._made.pdf.path.read_bytes()
    clipboard.clear()
    settle(qtbot, window)


def test_both_languages_are_looked_at_in_turn_and_leave_as_two_files(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    window, screen = seen
    qtbot.mouseClick(find(window, "Both", Role.RadioButton), LEFT)
    qtbot.waitUntil(lambda: not screen._stale, timeout=30_000)
    assert screen.language == "en"
    qtbot.waitUntil(lambda: screen.options.other.isVisible(), timeout=30_000)
    qtbot.mouseClick(find(window, "Show Tiếng Việt", Role.Button), LEFT)
    qtbot.waitUntil(lambda: screen.language == "vi", timeout=30_000)
    made = screen._made
    assert made is not None
    other = tmp_path / made.name.replace("-vi.", "-en.")
    other.write_bytes(b"my notes")
    screen.save_into(str(tmp_path))
    told_of = f"Both files are saved in {tmp_path}."
    qtbot.waitUntil(lambda: screen.saving._saved is not None, timeout=30_000)
    assert told(window) == told_of
    names = {path.name for path in tmp_path.glob("*.pdf")}
    assert names == {made.name, other.name, f"{other.stem}-2.pdf"}
    assert other.read_bytes() == b"my notes", "what is no report of that visit stays"
    assert (tmp_path / made.name).read_bytes() == made.pdf.path.read_bytes()
    with pypdfium2.PdfDocument(tmp_path / f"{other.stem}-2.pdf") as document:
        assert "of 100" in document[0].get_textpage().get_text_bounded()
    clipboard = QGuiApplication.clipboard()

    def urls() -> list[QUrl]:
        mime = clipboard.mimeData()
        return [] if mime is None else mime.urls()

    screen.handing_on.copy_file()
    qtbot.waitUntil(lambda: len(urls()) == 2, timeout=30_000)
    clipboard.clear()
    settle(qtbot, window)


def test_a_draft_is_opened_with_the_report_attached(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, screen = seen
    assert screen._made is not None
    opened: list[QUrl] = []
    monkeypatch.setattr("shutil.which", lambda _name: None)

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    screen.handing_on.send()
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    draft = email.message_from_bytes(
        Path(opened[0].toLocalFile()).read_bytes(), policy=email.policy.default
    )
    assert draft["X-Unsent"] == "1"
    assert "Quận 1" in draft["Subject"]
    (attached,) = draft.iter_attachments()
    assert attached.get_filename() == screen._made.name
    assert attached.get_content() == screen._made.pdf.path.read_bytes()


def test_the_desktops_mail_program_is_asked_where_there_is_one(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, screen = seen
    assert screen._made is not None
    started: list[tuple[str, list[str]]] = []

    def start(program: str, told: list[str]) -> tuple[bool, int]:
        started.append((program, told))
        return len(started) > 1, 1

    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr(QProcess, "startDetached", start)
    screen.handing_on.send()
    qtbot.waitUntil(lambda: any("No mail program" in text for text in said(screen)), timeout=10_000)
    program, told = started[0]
    assert program == "/bin/xdg-email"
    assert told[-2] == "--attach"
    assert Path(told[-1]).name == screen._made.name


def to_file(screen: ReportScreen, path: Path) -> QPrinter:
    assert screen._made is not None
    printer = printer_for(screen._made.pdf)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def pictures(path: Path) -> list[QImage]:
    with pypdfium2.PdfDocument(path) as document:
        found = []
        for page in document:
            bitmap = page.render(scale=1, rev_byteorder=True)
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
                           QImage.Format.Format_RGB888)  # fmt: skip
            found.append(image.copy())
        return found


Printed = Callable[[Path], Any]


def test_every_page_is_printed_as_it_looks(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    _, screen = seen
    assert screen._made is not None
    path = tmp_path / "printed.pdf"
    screen.handing_on.print_to(to_file(screen, path))
    qtbot.waitUntil(lambda: "Sent to the printer." in said(screen), timeout=60_000)
    printed, made = pictures(path), pictures(screen._made.pdf.path)
    assert len(printed) == len(made)
    for one, other in zip(printed, made, strict=True):
        assert abs(one.width() - other.width()) <= 1
        assert abs(one.height() - other.height()) <= 1
        assert _difference(one, other) < 6


def _difference(one: QImage, other: QImage) -> float:
    """Mean of the differences of grey, over every third pixel."""
    total = count = 0
    for x in range(0, one.width(), 3):
        for y in range(0, one.height(), 3):
            total += abs(
                QColor(one.pixel(x, y)).lightness() - QColor(other.pixel(x, y)).lightness()
            )
            count += 1
    return total / count


def test_some_pages_alone(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    _, screen = seen
    path = tmp_path / "one.pdf"
    printer = to_file(screen, path)
    printer.setFromTo(2, 2)
    screen.handing_on.print_to(printer)
    qtbot.waitUntil(lambda: "Sent to the printer." in said(screen), timeout=60_000)
    assert len(pictures(path)) == 1


def test_the_page_one_looks_at_in_grey(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    _, screen = seen
    path = tmp_path / "grey.pdf"
    printer = to_file(screen, path)
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    screen.handing_on.print_to(printer)
    qtbot.waitUntil(lambda: "Sent to the printer." in said(screen), timeout=60_000)
    [page] = pictures(path)
    places = ((x, y) for x in range(0, page.width(), 2) for y in range(0, page.height(), 2))
    assert all(QColor(page.pixel(*place)).hslSaturation() < 8 for place in places)


def test_the_last_page_may_come_first() -> None:
    printer = QPrinter()
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setFromTo(2, 9)
    assert pages_of(printer, 4, 0) == [3, 2, 1]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_told(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], tmp_path: Path
) -> None:
    _, screen = seen
    screen.handing_on.print_to(to_file(screen, tmp_path / "not there" / "x.pdf"))
    qtbot.waitUntil(lambda: any("did not take it" in text for text in said(screen)), timeout=60_000)
    assert screen.handing_on._printing is None, "one can try again"


# quickly, and meanwhile


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Twelve pages that say who they are."""
    canvas = Canvas(str(tmp_path / "paper.pdf"), pagesize=(300, 400))
    for page in range(12):
        canvas.drawString(40, 200, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return tmp_path / "paper.pdf"


@pytest.fixture
def pool() -> Iterator[ImagePool]:
    made = ImagePool(1)
    yield made
    made.close()


def test_pages_that_are_only_passed_are_not_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, paper: Path, pool: ImagePool
) -> None:
    begun: list[int] = []
    go = threading.Event()

    def slowly(path: Path, page: int, width: int) -> PageImage:
        begun.append(page)
        go.wait(20)
        return draw_page(path, page, width)

    monkeypatch.setattr(keeping, "draw_page", slowly)
    seen = QObject()
    of = Pictures(pool, seen)
    of.show_file(paper, 12)
    of.want({0: 100})
    qtbot.waitUntil(lambda: begun == [0])
    with qtbot.waitSignal(of.drawn, timeout=20_000) as drawn:
        for page in range(1, 12):
            of.want({page: 100})
        go.set()
    assert begun == [0, 11]
    assert drawn.args == [11]
    assert of.width(11) == 100
    assert of.width(0) == 0


def test_pictures_take_no_more_than_their_room_but_for_those_in_view(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, paper: Path, pool: ImagePool
) -> None:
    monkeypatch.setattr(keeping, "MOST", 300_000)
    seen = QObject()
    of = Pictures(pool, seen)
    of.show_file(paper, 12)
    for page in range(4):  # 160 kB each
        with qtbot.waitSignal(of.drawn, timeout=20_000):
            of.want({page: 200})
    assert [page for page in range(4) if of.find(page) is not None] == [3]
    drawn: list[int] = []
    of.drawn.connect(drawn.append)
    of.want({3: 200, 4: 200, 5: 200})
    qtbot.waitUntil(lambda: len(drawn) == 2, timeout=20_000)
    assert all(of.find(page) is not None for page in (3, 4, 5))


def test_who_waits_for_a_page_has_its_turn_before_a_search_goes_on(paper: Path) -> None:
    order: list[str] = []

    def draw() -> None:
        with opened(paper):
            order.append("drawn")

    with closing(each_page(paper)) as found:
        next(found)
        drawing = threading.Thread(target=draw)
        drawing.start()
        while not pdf._NEXT.locked():
            drawing.join(0.001)
        next(found)
        order.append("searched")
    drawing.join()
    assert order == ["drawn", "searched"]


def test_a_search_that_nobody_waits_for_ends(paper: Path) -> None:
    asked = Cancel()
    assert [match.page for match in find_words(paper, "PAGE 12", cancel=asked).matches] == [11]
    asked.set()
    with pytest.raises(Cancelled):
        find_words(paper, "page", cancel=asked)


def test_a_report_follows_what_happens_to_its_file_and_to_its_visit(
    qtbot: QtBot, seen: tuple[MainWindow, ReportScreen], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, screen = seen
    view = screen.view
    assert screen._made is not None
    path = screen._made.pdf.path
    path.unlink()
    monkeypatch.setattr(pages, "WIDEST", 900)
    for _ in range(9):
        view.zoom_in()
    assert screen.toolbar.percent.text() == "400%"
    qtbot.waitUntil(lambda: path.exists() and view.is_sharp(view.page), timeout=30_000)
    assert view._pictures.width(view.page) == 900  # no larger than can be held
    settle(qtbot, window)
    window.context.save(lambda workspace: workspace.visits.void(1, "Wrong shop"))
    qtbot.waitUntil(lambda: not screen.save.isEnabled(), timeout=30_000)
    settle(qtbot, window)
    assert any("is void, so there is no report of it" in each for each in said(screen))
    marks = [chip.text() for chip in screen.header.findChildren(Chip) if chip.isVisible()]
    assert screen.options.pages.text() == "", "nothing is made any more"
    assert marks[0] == "Void"
    assert "Submitted" not in marks
