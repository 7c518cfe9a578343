"""Touch mode, and large text: everything that is pressed fits a finger, and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScroller, QWidget

from auditor.domain.facts import VisitRules
from auditor.ui import theme
from auditor.ui.capture.cards.answers import AnswerButton
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.drafting.stopwatches import Stopwatches
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.button import Button
from auditor.ui.theme import FINGER
from forms import library
from tests.ui.capture.test_rules import begin

Open = Callable[..., CaptureScreen]
EVERY = library.path("every-type")


@pytest.fixture
def restyle(qapp: QApplication) -> Iterator[Callable[..., None]]:
    yield lambda scale=1.0, touch=False: theme.apply(qapp, theme.LIGHT, scale, touch=touch)
    theme.apply(qapp, theme.LIGHT)


def sections(screen: CaptureScreen) -> Iterator[QuestionCard]:
    """Every card, laid out."""
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        screen.page.complete()
        for _ in range(4):
            QApplication.processEvents()
        yield from screen.page.cards.values()


def pressed(root: QWidget) -> list[QWidget]:
    kinds = (Button, AnswerButton, QLineEdit, QAbstractButton)
    found = [w for w in root.findChildren(QWidget) if isinstance(w, kinds)]
    return [w for w in found if w.isVisibleTo(root) and w.isEnabled()]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_all_that_is_pressed_fits_a_finger(
    open_capture: Open, restyle: Callable[..., None], size: tuple[int, int]
) -> None:
    restyle(touch=True)
    screen = open_capture(EVERY, size=size)
    small = {}
    for each in sections(screen):
        for widget in pressed(each):
            if widget.height() < FINGER or widget.width() < FINGER:
                name = widget.accessibleName() or type(widget).__name__
                small[name] = (widget.width(), widget.height())
    for widget in (*pressed(screen.frame.header), *pressed(screen.frame.sections)):
        if widget.height() < FINGER or widget.width() < FINGER:
            small[widget.accessibleName()] = (widget.width(), widget.height())
    assert not small
    assert (screen.width(), screen.height()) == size


def test_the_page_follows_a_finger_in_touch_mode_only(
    open_capture: Open, restyle: Callable[..., None]
) -> None:
    screen = open_capture(EVERY)
    assert not QScroller.hasScroller(screen.page.viewport())
    restyle(touch=True)
    screen._rebuild()
    assert QScroller.hasScroller(screen.page.viewport())


@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_cut_in_large_text(
    open_capture: Open,
    restyle: Callable[..., None],
    size: tuple[int, int],
    language: str,
    touch: bool,
) -> None:
    restyle(1.5, touch)
    screen = open_capture(EVERY, size=size, language=language)
    assert (screen.width(), screen.height()) == size
    cut: list[str] = []
    for each in sections(screen):
        cut += [f"{each.group.id}: {what}" for what in _cut(each)]
    assert not cut


def _cut(card: QuestionCard) -> Iterator[str]:
    """Controls beyond the edge of their card or on another control; words that lack room."""
    shown = [
        w
        for w in card.findChildren(QWidget)
        if isinstance(w, (QAbstractButton, QLineEdit, QLabel)) and w.isVisibleTo(card)
    ]
    boxes = {w: QRect(w.mapTo(card, QPoint(0, 0)), w.size()) for w in shown}
    for widget, box in boxes.items():
        if not card.rect().contains(box):
            yield f"{widget.accessibleName() or widget} is out of the card: {box} {card.rect()}"
        least = widget.minimumSizeHint()
        low = widget.width() < least.width() - 1 or widget.height() < least.height() - 1
        if low and least.isValid() and not isinstance(widget, QLineEdit):
            yield f"{widget.accessibleName() or widget} is too small: {widget.size()} {least}"
    for a in shown:
        for b in shown:
            apart = not (a.isAncestorOf(b) or b.isAncestorOf(a)) and id(a) < id(b)
            if apart and boxes[a].intersects(boxes[b]):
                yield f"{a.accessibleName() or a} lies on {b.accessibleName() or b}"


def test_a_row_that_says_much_is_not_cut(
    open_capture: Open, restyle: Callable[..., None], folder: Path
) -> None:
    restyle(1.5)
    visit = begin(folder, VisitRules(show_last_visit=True))
    screen = open_capture(visit=visit, size=(1024, 600))
    for item in screen.draft.compiled.items:
        if item.question.id == "clean":
            screen.draft.set_value(item, "no")
            screen.draft.mark_later(item, True)
    cut = [what for each in sections(screen) if each.group.id == "clean" for what in _cut(each)]
    assert not cut


def test_the_clock_doubt_has_room_in_large_text(
    open_capture: Open, restyle: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stopwatches, "doubtful", lambda *_: True)
    restyle(1.5)
    screen = open_capture(EVERY, size=(1024, 600))
    cut = [what for each in sections(screen) if each.group.id == "queue" for what in _cut(each)]
    assert not cut
