"""Branding in the window: what is tried shows on the sample, what is meant is on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from auditor.domain.branding import ClientBranding, PageFormat, ReportPart, TemplateRecord
from auditor.services import sample
from auditor.services.sample import Sample
from auditor.services.workspace import Workspace
from auditor.ui.branding import part_list
from auditor.ui.branding.part_list import PartList
from auditor.ui.branding.parts import NameDialog
from auditor.ui.branding.picker import ColourPicker
from auditor.ui.branding.screen import BrandingScreen
from auditor.ui.commands import branding as commands
from auditor.ui.kit.dialog import ConfirmDialog
from auditor.ui.route import CLIENTS, VISITS, Route
from auditor.ui.undo import undo_of
from auditor.ui.window import MainWindow
from auditor.words import Words

from .conftest import OpenWindow, find, settle

Role = QAccessible.Role
LEFT = Qt.MouseButton.LeftButton
BRANDING = Route("branding")


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Sample]:
    """The photos of the sample are drawn once for all tests."""
    folder = tmp_path_factory.mktemp("sample")

    @cache
    def build(language: str, today: str) -> Sample:
        return sample.build(folder, language, date.fromisoformat(today))

    return build


@pytest.fixture(autouse=True)
def quick_sample(monkeypatch: pytest.MonkeyPatch, drawn_once: Callable[..., Sample]) -> None:
    monkeypatch.setattr(
        commands, "_sample", lambda _folder, language, today: drawn_once(language, today)
    )


def branding(qtbot: QtBot, window: MainWindow) -> BrandingScreen:
    window.resize(1366, 768)
    window.go(BRANDING)
    return drawn(qtbot, window)


def drawn(qtbot: QtBot, window: MainWindow) -> BrandingScreen:
    """Once all is on disk and the sample is the newest."""
    screen = window.screen_
    assert isinstance(screen, BrandingScreen)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: screen.preview.maker.idle, timeout=20_000)
    settle(qtbot, window)
    return screen


def kept(folder: Path) -> tuple[ClientBranding, list[TemplateRecord]]:
    reader = Workspace.open(folder, write=False)
    try:
        return reader.brandings.of(1), reader.templates.all("en")
    finally:
        reader.close()


def inks(screen: BrandingScreen) -> set[tuple[int, ...]]:
    """The colours at the head of the sample's first page."""
    assert screen.preview.pdf is not None
    with pypdfium2.PdfDocument(screen.preview.pdf.path) as document:
        image = document[0].render(scale=3).to_pil().convert("RGB")
    return {rgb for _, rgb in image.crop((130, 100, 420, 190)).getcolors(99_999) or []}


def retype(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def test_a_colour_is_tried_on_the_sample_then_kept_and_taken_back(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    assert (0x1F, 0x5C, 0x4A) in inks(screen)
    edit = find(window, "Main colour", Role.EditableText, QLineEdit)
    retype(edit, "#C2185B")
    drawn(qtbot, window)
    assert (0xC2, 0x18, 0x5B) in inks(screen)
    assert kept(furnished)[0].brands[0].colour == "#1F5C4A"
    QTest.keyClick(edit, Qt.Key.Key_Return)
    drawn(qtbot, window)
    assert kept(furnished)[0].brands[0].colour == "#C2185B"
    qtbot.mouseClick(find(window, "Undo", Role.Button), LEFT)
    drawn(qtbot, window)
    assert kept(furnished)[0].brands[0].colour == "#1F5C4A"
    assert screen.look.first.edit.text() == "#1F5C4A"
    assert (0x1F, 0x5C, 0x4A) in inks(screen)
    qtbot.mouseClick(find(window, "Back to the clients", Role.Button), LEFT)
    settle(qtbot, window)
    assert window.route == CLIENTS


def test_a_contrast_that_fails_says_so_and_offers_the_nearest(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    second = screen.look.second
    assert "2.2 : 1, and 4.5 is needed" in second.note.text()
    assert "printed in the main colour" in second.note.text()
    nearest = second.use.caption.removeprefix("Use ")
    qtbot.mouseClick(second.use, LEFT)
    drawn(qtbot, window)
    assert kept(furnished)[0].brands[0].colour2 == nearest
    assert "printed in it" in second.note.text()
    assert not second.use.isVisible()


def test_what_is_no_colour_holds_the_person_back(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    retype(screen.look.first.edit, "#12")
    QTest.keyClick(screen.look.first.edit, Qt.Key.Key_Return)
    assert "no colour" in screen.look.first.note.text()
    assert not window.go(VISITS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConfirmDialog)
    qtbot.mouseClick(dialog.yes, LEFT)
    settle(qtbot, window)
    assert window.route == CLIENTS
    assert kept(furnished)[0].brands[0].colour == "#1F5C4A"


def test_a_window_closes_while_a_sample_waits_to_be_drawn(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    screen.look.first.tried.emit("#C2185B")
    assert not screen.preview.maker.idle
    window.close()
    assert screen.preview.maker.idle
    assert not screen.preview.maker._timer.isActive()


def test_the_picker_moves_by_keys_and_escape_takes_it_back(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    for key, changed in ((Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, True)):
        qtbot.mouseClick(screen.look.first.swatch, LEFT)
        picker = window.findChild(ColourPicker)
        assert isinstance(picker, ColourPicker)
        QTest.keyClick(picker.hues, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert screen.look.first.colour != "#1F5C4A"
        with qtbot.waitSignal(picker.destroyed):
            QTest.keyClick(picker.shades, key)
        drawn(qtbot, window)
        assert (kept(furnished)[0].brands[0].colour != "#1F5C4A") is changed


def test_a_logo_gets_onto_the_sample_and_offers_its_colours(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    file = tmp_path / "logo.png"
    Image.new("RGB", (200, 90), "#00897B").save(file)
    screen.look.logo.take(str(file))
    drawn(qtbot, window)
    assert (0x00, 0x89, 0x7B) in inks(screen)
    assert kept(furnished)[0].brands[0].logo is not None
    qtbot.mouseClick(find(window, "Main colour: #00897B, from the logo", Role.Button), LEFT)
    drawn(qtbot, window)
    assert kept(furnished)[0].brands[0].colour == "#00897B"
    qtbot.mouseClick(screen.look.logo.remove, LEFT)
    drawn(qtbot, window)
    assert kept(furnished)[0].brands[0].logo is None


def test_a_hostile_logo_is_refused_beside_its_field(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, tmp_path: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    file = tmp_path / "logo.svg"
    file.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()"/>')
    screen.look.logo.take(str(file))
    drawn(qtbot, window)
    assert "holds a program" in screen.look.logo.note.text()
    assert screen.look.logo.choose.isEnabled()
    assert kept(furnished)[0].brands[0].logo is None


def test_footer_and_page_are_kept(qtbot: QtBot, open_window: OpenWindow, furnished: Path) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    footer = screen.look.footer
    retype(footer.edit, "x" * 121)
    assert "121 of 120 characters" in footer.error
    retype(footer.edit, "Confidential")
    assert footer.note.text() == "12 of 120 characters"
    screen.look.page.segments[1].click()
    drawn(qtbot, window)
    assert screen.preview.pdf is not None
    assert screen.preview.pdf.sizes[0] == (612, 792)
    window.go(VISITS)
    settle(qtbot, window)
    found = kept(furnished)[0]
    assert (found.footer, found.page) == ("Confidential", PageFormat.LETTER)


def templates(qtbot: QtBot, window: MainWindow) -> BrandingScreen:
    screen = branding(qtbot, window)
    screen.tabs.tabs[1].click()
    return drawn(qtbot, window)


def outline(screen: BrandingScreen) -> list[str]:
    assert screen.preview.pdf is not None
    return [entry.title for entry in screen.preview.pdf.outline if entry.level == 0]


def test_parts_are_ticked_and_ordered_by_keys(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = templates(qtbot, window)
    parts = screen.parts.list
    parts.setFocus()
    parts.setCurrentRow(0)
    QTest.keyClick(parts, Qt.Key.Key_Space)
    parts.setCurrentRow(7)
    QTest.keyClick(parts, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    drawn(qtbot, window)
    record = next(each for each in kept(furnished)[1] if each.name == "Full report")
    assert ReportPart.TREND not in record.parts
    assert record.parts[-3:] == (ReportPart.LEDGER, ReportPart.PHOTOS, ReportPart.CHANGES)
    titles = outline(screen)
    assert titles.index("Score ledger") < titles.index("Photos")
    assert not any("over visits" in title for title in titles)
    for _ in range(2):
        undo_of(window.context).undo()
        drawn(qtbot, window)
    record = next(each for each in kept(furnished)[1] if each.name == "Full report")
    assert record.parts == tuple(ReportPart)
    assert parts.parts == tuple(ReportPart)


class Hand(QDrag):
    """The screen of tests knows no drags: one that goes over the list and lets go at once."""

    over: ClassVar[int]

    def exec(self, actions: Qt.DropAction) -> Qt.DropAction:  # type: ignore[override]
        parts = self.source()
        assert isinstance(parts, PartList)
        at = QPointF(parts.visualItemRect(parts.item(self.over)).center() + QPoint(0, 9))
        rest = (actions, self.mimeData(), LEFT, Qt.KeyboardModifier.NoModifier)
        for event in (
            QDragEnterEvent(at.toPoint(), *rest),
            QDragMoveEvent(at.toPoint(), *rest),
            QDropEvent(at, *rest),
        ):
            QApplication.sendEvent(parts.viewport(), event)
            assert event.isAccepted()
        return actions


def drag(parts: PartList, row: int, over: int) -> None:
    """Press on ``row`` and pull it until it lies below the middle of ``over``."""
    Hand.over = over
    view = parts.viewport()
    start = parts.visualItemRect(parts.item(row)).center()
    QTest.mousePress(view, LEFT, pos=start)
    for pulled in (20, 40):
        at = QPointF(start + QPoint(0, pulled))
        move = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), LEFT, LEFT,
                           Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, pos=start + QPoint(0, 40))


def test_parts_are_ordered_by_drag(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part_list, "QDrag", Hand)
    parts = PartList(Words("en"))
    qtbot.addWidget(parts)
    every = tuple(ReportPart)
    parts.show_parts(every)
    parts.show()
    with qtbot.waitSignal(parts.changed):
        drag(parts, 0, over=3)
    assert parts.parts == (*every[1:4], every[0], *every[4:])
    with qtbot.waitSignal(parts.changed):
        drag(parts, 3, over=0)
    assert parts.parts == (every[1], every[0], *every[2:])
    with qtbot.assertNotEmitted(parts.changed):
        drag(parts, 2, over=1)


def test_a_template_is_added_named_and_deleted(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = templates(qtbot, window)
    for name, refused in (("One page", "here already"), ("Short", "")):
        if QApplication.activeModalWidget() is None:
            qtbot.mouseClick(screen.parts.add, LEFT)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NameDialog)
        dialog.name.edit.setText(name)
        qtbot.mouseClick(dialog.yes, LEFT)
        drawn(qtbot, window)
        if refused:
            assert refused in dialog.name.error
        else:
            assert QApplication.activeModalWidget() is None
    assert screen.parts.choice.currentText() == "Short"
    qtbot.mouseClick(screen.parts.delete, LEFT)
    drawn(qtbot, window)
    assert screen.parts.choice.findText("Short") == -1


def test_a_template_in_use_is_not_deleted(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = branding(qtbot, window)
    at = screen.look.template.findText("One page")
    screen.look.template.setCurrentIndex(at)
    screen.look.template.activated.emit(at)
    drawn(qtbot, window)
    assert outline(screen)[0] == "Summary"
    assert len(screen.preview.pdf.sizes if screen.preview.pdf else ()) <= 2
    screen.tabs.tabs[1].click()
    drawn(qtbot, window)
    screen.parts.choice.setCurrentIndex(screen.parts.choice.findText("One page"))
    screen.parts.choice.activated.emit(screen.parts.choice.currentIndex())
    assert "Used by Ẩm thực Ngõ Cũ" in screen.parts.used.text()
    qtbot.mouseClick(screen.parts.delete, LEFT)
    drawn(qtbot, window)
    assert any(each.name == "One page" for each in kept(furnished)[1])


@pytest.mark.parametrize("size", [(1024, 600), (1366, 768)])
def test_the_window_keeps_its_size(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path, size: tuple[int, int]
) -> None:
    window = open_window(furnished, language="vi")
    window.resize(*size)
    window.go(BRANDING)
    screen = drawn(qtbot, window)
    for tab in (1, 0):
        screen.tabs.tabs[tab].click()
        drawn(qtbot, window)
        assert (window.width(), window.height()) == size
        area = screen._areas[tab]
        assert area.inner.width() <= area.viewport().width()


def test_the_place_is_kept_in_another_language(
    qtbot: QtBot, open_window: OpenWindow, furnished: Path
) -> None:
    window = open_window(furnished)
    screen = templates(qtbot, window)
    at = screen.parts.choice.findText("One page")
    screen.parts.choice.setCurrentIndex(at)
    screen.parts.choice.activated.emit(at)
    window.context.change_settings(language="vi")
    qtbot.waitUntil(lambda: window.screen_ is not screen)
    again = drawn(qtbot, window)
    assert again.tabs.index == 1
    assert again.parts.choice.currentText() == "One page"
