"""No card is empty, cut off or in its own way: every type, every state, every size of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from auditor.ui import theme
from auditor.ui.capture.cards.head import Head
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from auditor.ui.kit.button import Button
from forms import library
from tests.ui.capture import faults, gallery
from tests.ui.capture.editors_of import types_shown
from tests.ui.capture.gallery import STATES, Shelf

Open = Callable[..., CaptureScreen]
#: Text size and width of the column: 1366 and 1024 wide, and 1024 with its sections unfolded.
COLUMNS = (("vi", 1.0, 640), ("vi", 1.5, 668), ("en", 1.5, 904), ("en", 1.0, 1260))


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[theme.Tokens, float], None]]:
    """Put on a theme; the usual one is back afterwards."""

    def put_on(tokens: theme.Tokens, scale: float) -> None:
        theme.apply(qapp, tokens, scale)

    yield put_on
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def set_up(open_capture: Open, dress: Callable[..., None]) -> Callable[..., CaptureScreen]:
    """``set_up(language, tokens, scale)``: the visit of every type with its files."""

    def begin(language: str, tokens: theme.Tokens, scale: float) -> CaptureScreen:
        dress(tokens, scale)
        screen = open_capture(library.path("every-type"), language=language)
        gallery.attach(screen)
        return screen

    return begin


def _shelf(screen: CaptureScreen, width: int) -> Shelf:
    shelf = Shelf(screen.frame.desk, width)
    shelf.setParent(screen)  # not a window of its own
    shelf.settle()
    return shelf


@pytest.mark.parametrize(("language", "scale", "width"), COLUMNS)
def test_nothing_is_cut_off_or_in_the_way(
    language: str, scale: float, width: int, set_up: Callable[..., CaptureScreen]
) -> None:
    screen = set_up(language, theme.LIGHT, scale)
    found: list[str] = []
    seen: set[str] = set()
    for state in STATES:
        gallery.put(screen, state)
        shelf = _shelf(screen, width)
        seen |= {card.group.question.type for card in shelf.cards}
        for card in shelf.cards:  # with its key hints
            card.set_current(True)
        shelf.settle()
        found += [f"{state}: {fault}" for card in shelf.cards for fault in faults.of_layout(card)]
        shelf.hide()
        shelf.deleteLater()
    assert not found, "\n".join(sorted(set(found)))
    assert seen == types_shown()


@pytest.mark.parametrize("name", [name for name in library.names() if name != "every-type"])
def test_the_cards_of_what_is_shipped_are_whole(
    name: str, open_capture: Open, dress: Callable[..., None], contexts: list[AppContext]
) -> None:
    """Their questions and answers are longer than those of the checklist of every type."""
    found: list[str] = []
    visit = None
    for language, scale, width in (("vi", 1.0, 704), ("en", 1.5, 904)):
        dress(theme.LIGHT, scale)
        screen = open_capture(library.path(name), visit=visit, language=language)
        visit = screen.visit_id
        shelf = _shelf(screen, width)
        found += [fault for card in shelf.cards for fault in faults.of_layout(card)]
        screen.hide()
        contexts.pop().close()
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize(
    ("language", "tokens"), [("vi", theme.LIGHT), ("en", theme.DARK)], ids=["vi-light", "en-dark"]
)
def test_every_word_is_painted(
    language: str, tokens: theme.Tokens, set_up: Callable[..., CaptureScreen]
) -> None:
    screen = set_up(language, tokens, 1.0)
    for state in (gallery.EMPTY, gallery.FAILED, gallery.WRONG):
        gallery.put(screen, state)
        shelf = _shelf(screen, 840)
        found = [fault for card in shelf.cards for fault in faults.of_painting(card)]
        assert not found, "\n".join((state, *found))
        shelf.hide()
        shelf.deleteLater()


def test_what_is_wrong_would_be_found(set_up: Callable[..., CaptureScreen]) -> None:
    """The checks see a card whose parts were spoilt."""
    screen = set_up("vi", theme.LIGHT, 1.0)
    card = _shelf(screen, 840).cards[1]
    assert not faults.of_layout(card)
    assert not faults.of_painting(_shelf(screen, 840).cards[1])
    button = next(each for each in card.findChildren(Button) if each.isVisible())
    button.setFixedWidth(20)
    assert any("needs" in fault for fault in faults.of_layout(card))
    over = QLabel("trên", card.editor)
    over.setGeometry(4, 4, 40, 20)
    over.show()
    assert any("overlap" in fault for fault in faults.of_layout(card))
    over.move(card.width(), 0)
    assert any("sticks out" in fault for fault in faults.of_layout(card))
    card.findChild(Head).paintEvent = lambda _event: None  # type: ignore[union-attr]
    unpainted = QWidget.grab(card.findChild(Head)).toImage()  # type: ignore[arg-type]
    assert faults._colours(unpainted) == 1
