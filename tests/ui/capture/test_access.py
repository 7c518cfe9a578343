"""Each card as a screen reader and the Tab key meet it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from auditor.ui.capture.cards.answers import AnswerButton, RowCheck, RowRadio
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.photos.tiles import PhotoTile
from auditor.ui.capture.screen import CaptureScreen
from forms import library
from tests.ui.capture import gallery, shots
from tests.ui.capture.editors_of import types_shown
from tests.ui.capture.hands import press

Open = Callable[..., CaptureScreen]
Role = QAccessible.Role
#: What a control of an answer is to a screen reader.
ROLES = {AnswerButton: Role.RadioButton, RowRadio: Role.RadioButton, RowCheck: Role.CheckBox}
KNOWN = {
    Role.RadioButton,
    Role.CheckBox,
    Role.PushButton,
    Role.Button,
    Role.EditableText,
    Role.Client,
    Role.Grouping,
    Role.Graphic,
    Role.ListItem,
}


def _cards(screen: CaptureScreen) -> Iterator[QuestionCard]:
    """The cards of every section, one section after another."""
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        shots.settle(screen)
        yield from list(screen.page.cards.values())


def _stops(card: QuestionCard) -> list[QWidget]:
    """Where Tab stops in the card, in the order of Tab."""
    if not card.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return []
    card.setFocus()
    stops: list[QWidget] = []
    for _ in range(99):
        press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or not card.isAncestorOf(focus):
            return stops
        stops.append(focus)
    raise AssertionError(f"Tab never leaves {card.accessibleName()}")


def _interface(widget: QWidget):  # type: ignore[no-untyped-def]
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None, widget
    return interface


def _name(widget: QWidget) -> str:
    return str(_interface(widget).text(QAccessible.Text.Name)).strip()


def _say(card: QuestionCard, widget: QWidget) -> str:
    return f"{card.accessibleName()}: {type(widget).__name__} {_name(widget)!r}"


def _box(widget: QWidget, card: QuestionCard) -> QRect:
    return QRect(widget.mapTo(card, QPoint(0, 0)), widget.size())


def _photo_of(widget: QWidget) -> QWidget:
    """The photo whose words a widget is, else the widget."""
    parent: QWidget | None = widget
    while parent is not None and not isinstance(parent, PhotoTile):
        parent = parent.parentWidget()
    return parent or widget


@pytest.fixture
def visit(open_capture: Open) -> Callable[[str, str], CaptureScreen]:
    """``visit(language, state)``: of every type, with files; see ``gallery``."""

    def opened(language: str, state: str) -> CaptureScreen:
        screen = open_capture(library.path("every-type"), language=language)
        gallery.attach(screen)
        gallery.put(screen, state)
        return screen

    return opened


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", [gallery.EMPTY, gallery.FAILED])
def test_every_stop_of_a_card_says_what_it_is_and_comes_in_order(
    state: str, language: str, visit: Callable[[str, str], CaptureScreen]
) -> None:
    screen = visit(language, state)
    wrong: list[str] = []
    types: set[str] = set()
    for card in _cards(screen):
        types.add(card.group.question.type)
        stops = _stops(card)
        wrong += [*_nameless(card, stops), *_doubled(card, stops), *_astray(card, stops)]
    assert not wrong, "\n".join(wrong)
    assert types == types_shown()


def _nameless(card: QuestionCard, stops: list[QWidget]) -> Iterator[str]:
    for stop in (card, *stops):
        role = _interface(stop).role()
        if not _name(stop) or role not in KNOWN:
            yield f"{_say(card, stop)} {role.name}"


def _doubled(card: QuestionCard, stops: list[QWidget]) -> Iterator[str]:
    for name, count in Counter(map(_name, stops)).items():
        if count > 1:
            yield f"{card.accessibleName()}: {name!r} ×{count}"


def _astray(card: QuestionCard, stops: list[QWidget]) -> Iterator[str]:
    """A stop that is neither right of the one before on its line nor begins below its middle."""
    for before, after in itertools.pairwise(stops):
        one, two = _box(_photo_of(before), card), _box(_photo_of(after), card)
        is_right = two.left() >= one.right() and two.bottom() > one.top()
        if one != two and not (is_right or two.top() >= one.center().y()):
            yield f"{_say(card, before)} {one} → {_name(after)!r} {two}"


def test_answers_say_whether_they_are_chosen(visit: Callable[[str, str], CaptureScreen]) -> None:
    met = 0
    for card in _cards(visit("vi", gallery.FAILED)):
        for button in card.findChildren(QAbstractButton):
            if not (button.isVisible() and isinstance(button, tuple(ROLES))):
                continue
            met += 1
            state = _interface(button).state()
            assert _interface(button).role() is ROLES[type(button)], _say(card, button)
            assert state.checkable, _say(card, button)
            assert bool(state.checked) == button.isChecked(), _say(card, button)
    assert met > 80


def test_tab_leaves_a_card_for_the_next_one(visit: Callable[[str, str], CaptureScreen]) -> None:
    """Tab through a section: cards come top down, each once; then out of the page, and back."""
    screen = visit("en", gallery.EMPTY)
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        shots.settle(screen)
        page = screen.page
        order = list(page.order)
        page.make_current(order[0])
        seen = [order[0]]
        for _ in range(400):
            press(Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            if focus is None or not page.isAncestorOf(focus):
                break
            if page.current != seen[-1]:
                seen.append(page.current)
        assert seen == order, section
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert page.isAncestorOf(QApplication.focusWidget()), section


def test_names_are_in_the_language_of_the_person(open_capture: Open, contexts: list) -> None:
    """Whatever is no number differs between the languages, or stands in the checklist so."""
    said: dict[str, list[tuple[str, str]]] = {}
    visit = None
    for language in ("vi", "en"):
        screen = open_capture(library.path("every-type"), visit=visit, language=language)
        visit = screen.visit_id
        said[language] = [
            (card.group.id, _name(stop)) for card in _cards(screen) for stop in _stops(card)
        ]
        screen.hide()
        contexts.pop().close()
    assert [question for question, _ in said["vi"]] == [question for question, _ in said["en"]]
    same = {
        (question, vi)
        for (question, vi), (_, en) in zip(said["vi"], said["en"], strict=True)
        if vi == en and not vi.isdigit() and vi != "N/A"
    }
    assert not same
