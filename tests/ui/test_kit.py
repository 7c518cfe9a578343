"""The kit: what assistive technology reads, keys, measures, contrast."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QColor
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from auditor.domain.folding import matches
from auditor.ui import icons, theme
from auditor.ui.kit import Button, Card, Chip, ConfirmDialog, Field, Kind, Ring, Segmented, Toast
from auditor.ui.kit.dialog import Dialog
from auditor.ui.kit.header import Header
from auditor.ui.kit.toast import WIDTH
from auditor.ui.theme import DARK, LIGHT, Tokens
from reports import fonts

from .telling import standing

LEFT = Qt.MouseButton.LeftButton
Role = QAccessible.Role


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.load_fonts(fonts.FILES.values())
    theme.apply(qapp, LIGHT)


def says(widget: QWidget) -> tuple[QAccessible.Role, str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.role(), interface.text(QAccessible.Text.Name)


def luminance(value: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(value).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_contrast_of_text_and_of_controls(tokens: Tokens) -> None:
    tones = [getattr(tokens, name) for name in ("accent", "success", "danger", "warning")]
    softs = [getattr(tokens, f"{name}_soft") for name in ("accent", "success", "danger", "warning")]
    grounds = (tokens.bg, tokens.surface, tokens.surface2, tokens.neutral_soft, *softs)
    inks = (tokens.text, tokens.text2, tokens.text3, *tones)
    texts = [(ink, ground) for ink in inks for ground in grounds]
    texts += [(tokens.text, ground) for ground in (*tokens.heat, tokens.band)]
    texts += [(tokens.on_accent, tone) for tone in (*tones, tokens.accent_hover)]
    assert {pair: contrast(*pair) for pair in texts if contrast(*pair) < 4.5} == {}
    parts = [(tone, ground) for tone in (tokens.border_strong, *tones) for ground in grounds]
    assert {pair: contrast(*pair) for pair in parts if contrast(*pair) < 3} == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_button_says_its_caption_and_enter_presses_it(qtbot: QtBot, kind: Kind) -> None:
    button = Button("Kiểm tra & gửi", kind, icon="check", hint="Ctrl Enter")
    qtbot.addWidget(button)
    button.show()
    assert says(button) == (Role.Button, "Kiểm tra & gửi")
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_button_of_an_icon_has_a_name(qtbot: QtBot) -> None:
    button = Button(icon="x", kind=Kind.TEXT, name="Close")
    qtbot.addWidget(button)
    assert says(button) == (Role.Button, "Close")


def test_choosing_a_segment_moves_nothing(qtbot: QtBot) -> None:
    control = Segmented(["Tất cả", "Cần làm", "Bị trả lại"], "Which")
    qtbot.addWidget(control)
    control.show()
    before = [segment.geometry() for segment in control.segments]
    with qtbot.waitSignal(control.changed) as sent:
        qtbot.mouseClick(control.segments[2], LEFT)
    assert sent.args == [2]
    assert [segment.geometry() for segment in control.segments] == before
    assert says(control.segments[2]) == (Role.RadioButton, "Bị trả lại")


def test_selecting_a_card_moves_nothing(qtbot: QtBot) -> None:
    card = Card()
    inner = Button("Inside")
    card.body.addWidget(inner)
    qtbot.addWidget(card)
    card.show()
    before = card.size(), inner.geometry()
    card.set_selected(True)
    QApplication.processEvents()
    assert (card.size(), inner.geometry()) == before


def test_a_field_gives_nfc_and_says_its_error(qtbot: QtBot) -> None:
    field = Field("Khách hàng")
    qtbot.addWidget(field)
    field.edit.setText("  Ẩm thực ")  # a letter and its marks apart, as some keyboards send
    assert field.text() == "Ẩm thực"
    field.set_error("Hãy nhập tên khách hàng.")
    assert field.edit.accessibleDescription() == "Hãy nhập tên khách hàng."
    field.set_error(None)
    assert field.error == ""


def test_what_cannot_be_undone_focuses_no(qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Erase?", "All of it.", "Erase", "Keep", danger=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.focusWidget() is dialog.no
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.no, Qt.Key.Key_Return)


def test_a_toast_offers_undo_and_replaces_the_one_before(qtbot: QtBot) -> None:
    window = QWidget()
    QVBoxLayout(window)
    window.resize(600, 300)
    qtbot.addWidget(window)
    window.show()
    Toast.show_in(window, "First")
    toast = Toast.show_in(window, "Deleted", "Undo")
    assert standing(window) is toast
    assert window.rect().contains(toast.geometry())
    with qtbot.waitSignal(toast.acted):
        qtbot.mouseClick(toast.button, LEFT)


@pytest.fixture
def footed(qtbot: QtBot) -> QWidget:
    """A window whose foot is full of buttons, with a head that has none."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addStretch(1)
    foot = QHBoxLayout()
    column.addLayout(foot)
    for n in range(6):
        foot.addWidget(Button(f"Button {n}"), 1)
    window.resize(1024, 600)
    qtbot.addWidget(window)
    window.show()
    return window


def covers(toast: Toast, window: QWidget) -> list[str]:
    """The buttons that it lies on."""
    area = toast.geometry()
    return [
        button.accessibleName()
        for button in window.findChildren(QPushButton)
        if button.isVisible()
        and not toast.isAncestorOf(button)
        and area.intersects(QRect(button.mapTo(window, QPoint()), button.size()))
    ]


def test_a_toast_lies_on_no_button_and_breaks_long_sentences(qtbot: QtBot, footed: QWidget) -> None:
    long = "Twelve visits that are not begun stay theirs: replace them in their waves. " * 2
    short = Toast.show_in(footed, "The wave is saved.", "Undo")
    assert short.label.heightForWidth(short.label.width()) < 2 * short.label.fontMetrics().height()
    toast = Toast.show_in(footed, long, "Undo")
    assert covers(toast, footed) == []
    assert footed.rect().contains(toast.geometry())
    assert toast.width() <= WIDTH
    assert toast.label.height() >= toast.label.heightForWidth(toast.label.width())
    late = Button("Late", parent=footed)
    late.setGeometry(toast.geometry())
    late.show()
    toast.raise_()
    qtbot.waitUntil(lambda: covers(toast, footed) == [])


def test_a_toast_stays_while_it_is_held_and_goes_by_escape_or_a_click(
    qtbot: QtBot, footed: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.ui.kit.toast.LASTS_MS", 40)
    with qtbot.waitActive(footed):
        footed.activateWindow()
    toast = Toast.show_in(footed, "Removed", "Undo")
    toast.button.setFocus()
    assert not toast._timer.isActive()
    toast.button.clearFocus()
    qtbot.waitUntil(lambda: not shiboken6.isValid(toast))
    for end in (
        lambda each: qtbot.keyClick(footed, Qt.Key.Key_Escape),
        lambda each: qtbot.mouseClick(each.label, LEFT),
        lambda each: qtbot.mouseClick(each.shut, LEFT),
    ):
        toast = Toast.show_in(footed, "Removed")
        end(toast)
        assert not toast.isVisible()


def bars() -> list[QScrollBar]:
    """The scroll bars that Python holds, dead ones too."""
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, QScrollBar)]


def test_a_toast_keeps_nothing_that_it_made_way_for(qtbot: QtBot, footed: QWidget) -> None:
    before = bars()
    screen = QWidget(footed)
    QScrollArea(screen)  # its bars are Qt's own
    screen.show()
    toast = Toast.show_in(footed, "The wave is saved.")
    toast._make_way()
    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    known = {id(each) for each in before}
    assert [each for each in bars() if id(each) not in known] == []


def test_a_toast_is_announced(footed: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    toast = Toast.show_in(footed, "The wave is removed.")
    said = [each for each in told if isinstance(each, QAccessibleAnnouncementEvent)]
    assert [each.message() for each in said] == ["The wave is removed."]
    assert toast.accessibleName() == "The wave is removed."


def test_buttons_of_a_head_fold_before_its_title_is_cut(qtbot: QtBot) -> None:
    header = Header("Corrective actions")
    plain = Button("Export to Excel", icon="download")
    first = Button("Add an action", Kind.PRIMARY, icon="plus")
    for button in (plain, first):
        header.add(button)
    window = QWidget()
    QVBoxLayout(window).addWidget(header)
    window.resize(900, 90)
    qtbot.addWidget(window)
    window.show()
    whole = plain.width()
    window.resize(500, 90)
    qtbot.waitUntil(lambda: plain.width() < whole and first.width() == first.whole_width())
    assert plain.toolTip() == plain.accessibleName() == "Export to Excel"
    assert header.title.width() >= header.title.sizeHint().width()
    window.resize(900, 90)
    qtbot.waitUntil(lambda: plain.width() == whole)
    assert plain.toolTip() == ""


def test_a_dialog_is_no_wider_than_its_window(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog("Wide", window, width=900)
    dialog.say("A sentence. " * 40)
    dialog.open()
    assert dialog.width() < window.width()


def test_marks_grow_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    chip = Chip("Hạn hôm nay", icon="alarm-clock")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    theme.apply(qapp, LIGHT, 1.5)
    after = chip.sizeHint()
    theme.apply(qapp, LIGHT)
    assert after.height() == 33
    assert after.width() > before.width() * 1.3


def test_a_ring_says_how_far(qtbot: QtBot) -> None:
    ring = Ring()
    qtbot.addWidget(ring)
    ring.set(3, 8)
    assert ring.accessibleDescription() == "3/8"
    assert not ring.complete
    ring.set(8, 8)
    assert ring.complete


def test_no_icon_is_left_over() -> None:
    sources = (Path(icons.FOLDER).parent).rglob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [path.stem for path in icons.FOLDER.glob("*.svg") if f'"{path.stem}"' not in code]
    assert unused == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("thao dien", True), ("ĐIỀN thảo", True), ("sv-003", True), ("dien quan", False), ("", True)],
)
def test_search_folds_marks(query: str, found: bool) -> None:
    assert matches(query, "Cà phê – Thảo Điền", "SV-003") is found
