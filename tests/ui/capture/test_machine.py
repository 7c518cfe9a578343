"""Anything a person may do to a draft, in any order: after each step the screen, the database and
the score are what a plain model says.

``MACHINE_EXAMPLES=500 MACHINE_STEPS=60`` searches longer; ``MACHINE_SKIP=shrink,explain`` shows
what fails at once and at length.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from auditor.ui.capture.cards.answers import AnswerButton, RowCheck, RowRadio
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.editors.expectation import ExpectationEditor
from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.cards.editors.number import NumberEditor
from auditor.ui.capture.cards.inputs import TextInput
from auditor.ui.capture.cards.typed import read_day, read_duration
from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.capture.photos.tiles import PhotoTile
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms.compiled import Item
from forms.problems import Severity
from forms.scoring import score
from tests.ui.capture.eyes import look
from tests.ui.capture.hands import compose, focus, on_disk, press
from tests.ui.capture.model import WATCH, Model, stored_rows
from tests.ui.capture.stage import FIXTURES, begin_visit, make_context

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "5"))
STEPS = int(os.environ.get("MACHINE_STEPS", "25"))
PHASES = [phase for phase in Phase if phase.name not in os.environ.get("MACHINE_SKIP", "explain")]
PATIENCE_S = 10
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
HANGED_ON = ("open", "clean.floor", "slow", "last")
CHOICES = ("choice", "choices", "matrix")
SCALES = ("scale", "nps", "expectation")
WORDS = st.sampled_from(
    ("", "a", "Nguyễn", "Chị Hường chào tôi", unicodedata.normalize("NFD", "Phở bò tái"), "na 1 c")
)

#: The page of the visit's facts has no cards.
on_a_card = precondition(lambda self: self.screen.page is not None)


class Draft(RuleBasedStateMachine):
    """One person, one visit, many windows."""

    template: ClassVar[Path]
    visit: ClassVar[int]
    count: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).count += 1
        self.folder = self.template.parent / f"w{self.count}"
        shutil.copytree(self.template, self.folder)
        self.raised: list[BaseException] = []
        self._hook = sys.excepthook
        sys.excepthook = lambda _type, error, _trace: self.raised.append(error)
        self.context: AppContext | None = None
        self.colours: dict[int, str] = {}

    @initialize(
        language=st.sampled_from(("vi", "en")),
        small=st.booleans(),
        keys=st.sampled_from(("", *"12n")),
    )
    def begin(self, language: str, small: bool, keys: str) -> None:
        """``keys`` answer the first question: others come up."""
        self.language = language
        self.size = (1024, 600) if small else (1366, 768)
        self._open()
        self.model = Model(self.screen.draft.compiled, self.screen.draft.at)
        if keys:
            self.answer_what_others_hang_on(keys, "open")

    def teardown(self) -> None:
        sys.excepthook = self._hook
        if self.context is not None:
            self._close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # windows

    def _open(self) -> None:
        self.context = make_context(self.folder, self.language)
        self._show(CaptureScreen(self.context, self.visit))

    def _show(self, screen: CaptureScreen) -> None:
        self.screen = screen
        screen.resize(*self.size)
        screen.show()
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        self._until(lambda: screen.frame is not None and screen.frame.isVisible())
        self._see_all()
        screen.focus_first()

    def _close(self) -> None:
        self.screen.hide()
        self.context.close()
        self.screen.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < end, "waited in vain"
            QTest.qWait(1)

    def _see_all(self) -> None:
        """Cards that are not built yet are built, and painted."""
        QApplication.processEvents()
        page = self.screen.page
        if page is not None:
            page.complete()
            self._until(lambda: all(card.isVisible() for card in page.cards.values()))

    # where one is

    @property
    def card(self) -> QuestionCard:
        assert self.screen.page is not None
        assert self.screen.page.current_card is not None
        card = self.screen.page.current_card
        if not card.hasFocus() and card.isAncestorOf(focus()):
            press(Qt.Key.Key_Escape)
        elif not card.hasFocus():
            self.screen.focus_first()  # it was on Check or on Undo
        assert card.hasFocus(), focus()
        card._keys.forget()  # as if 0.6 s had passed
        return card

    @property
    def item(self) -> Item:
        return self.card.item

    def _place(self) -> tuple[str, str | None]:
        page = self.screen.page
        return self.screen.frame.section, None if page is None else page.current

    def _go(self, *ids: str) -> Item | None:
        """Where there is something to do: the current item if it is one of ``ids``, else the first
        of them that is shown."""
        filling = self.model.filling()
        shown = [id for id in ids if filling.relevant(id)]
        if not shown:
            return None
        if self.screen.page is None or self.item.id not in shown:
            self.screen.go_to(shown[0])
            self._see_all()
        return self.item

    # answering by keys

    @rule(key=st.sampled_from("12n"), id=st.sampled_from(HANGED_ON))
    def answer_what_others_hang_on(self, key: str, id: str) -> None:
        """Questions come and go with it."""
        item = self._go(id)
        if item is None:
            return
        press(key)
        if key == "n":
            self.model.say_na(item)
        else:
            self.model.pick(item, int(key))

    @rule(data=st.data())
    def answer_several(self, data: st.DataObject) -> None:
        """Enough for a score."""
        for id in HANGED_ON:
            self.answer_what_others_hang_on(data.draw(st.sampled_from("12n")), id)

    @on_a_card
    @rule(digit=st.integers(0, 9))
    def press_digit(self, digit: int) -> None:
        card, item = self.card, self.card.item
        found = isinstance(card.editor, ExpectationEditor) and card.editor._on_found
        kind = item.question.type
        press(str(digit))
        if kind in CHOICES or kind in SCALES:
            self.model.pick(item, digit, found=found)
        else:
            self._leave_field(item, str(digit))

    @rule()
    def press_ten(self) -> None:
        item = self._go("rate")
        if item is not None:
            press("10")
            self.model.change(item, value=1, not_applicable=False)
            self.model.change(item, value=10, not_applicable=False)

    @on_a_card
    @rule()
    def press_n(self) -> None:
        item = self.item
        press("n")
        self.model.say_na(item)

    @on_a_card
    @rule()
    def press_backspace(self) -> None:
        item = self.item
        press(Qt.Key.Key_Backspace)
        self.model.clear(item)

    @on_a_card
    @rule()
    def mark_for_later(self) -> None:
        item = self.item
        press("m")
        self.model.change(item, later=not self.model.answer(item).later)

    @rule()
    def press_t(self) -> None:
        item = self._go("wait")
        if item is None:
            return
        press("t")
        if item.id not in self.model.running:
            self.model.turn_watch(item, None)
            return
        seconds = self.screen.draft.answer(item).value
        assert isinstance(seconds, int)
        assert 0 <= seconds < PATIENCE_S * STEPS
        self.model.turn_watch(item, seconds)

    # typing

    @rule(
        text=st.sampled_from(("0", "2", "7", "12.5", "12,5", "abc", "-3", "1e", "61", "150")),
        id=st.sampled_from(("heads", "wait", "heat", "day")),
    )
    def type_number(self, text: str, id: str) -> None:
        item = self._go(id)
        if item is None:
            return
        card = self.card
        press(Qt.Key.Key_Return)
        press("a", CTRL)
        press(text)
        self._leave_field(item, text)
        assert self.screen.page.current_card is card

    def _leave_field(self, item: Item, text: str) -> None:
        """The value that the whole of ``text`` is; one step."""
        editor = self.screen.page.current_card.editor
        match item.question.type:
            case "integer" | "decimal":
                assert isinstance(editor, NumberEditor)
                value: Any = editor._read(text)
            case "duration":
                value = read_duration(text)
            case "date":
                day = read_day(text, self.model.at.date())
                value = None if day is None else day.isoformat()
            case _:
                return
        self._typed(item, value=value, not_applicable=False)
        press(Qt.Key.Key_Escape)
        if item.id in self.model.running and value is not None:
            self.model.step((WATCH + item.id, False))

    def _typed(self, item: Item, **what: Any) -> None:
        """A run of typing is one step to undo, whatever stood there between."""
        new = replace(self.model.answer(item), **what)
        stack = self.screen.draft.undo_stack
        if stack.index() == len(self.model.done):  # written over with the same words
            assert new == self.model.answer(item)
            if stack.index() == stack.count():
                self.model.undone.clear()
            return
        self.model.step((item.id, new))

    @rule(words=WORDS, composed=st.booleans())
    def write_text(self, words: str, composed: bool) -> None:
        item = self._go("why", "story")
        if item is None:
            return
        press(Qt.Key.Key_Return)
        self._write(words, composed)
        self._typed(item, value=unicodedata.normalize("NFC", words) or None, not_applicable=False)
        press(Qt.Key.Key_Escape)

    @on_a_card
    @rule(words=WORDS, composed=st.booleans())
    def write_comment(self, words: str, composed: bool) -> None:
        item = self.item
        press("c")
        self._write(words, composed)
        self._typed(item, comment=unicodedata.normalize("NFC", words))
        press(Qt.Key.Key_Escape)

    @on_a_card
    @rule(words=WORDS, key=st.sampled_from((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_F8)))
    def leave_a_word_half_composed(self, words: str, key: Qt.Key) -> None:
        """The input method still holds the word when the section changes."""
        item = self.item
        press("c")
        press("a", CTRL)
        press(Qt.Key.Key_Backspace)
        compose(words, commit=False)
        press(key)
        if isinstance(focus(), TextInput):  # there is no section further on
            press(Qt.Key.Key_Escape)
        self._typed(item, comment=unicodedata.normalize("NFC", words))

    def _write(self, words: str, composed: bool) -> None:
        press("a", CTRL)
        press(Qt.Key.Key_Backspace)
        if composed:
            compose(words)
        elif words.isascii():
            press(words)
        else:
            QGuiApplication.clipboard().setText(words)
            press("v", CTRL)

    # the mouse

    @on_a_card
    @rule(data=st.data())
    def click_an_answer(self, data: st.DataObject) -> None:
        kinds = (AnswerButton, RowRadio, RowCheck)
        every = [
            (card, button)
            for card in self.screen.page.cards.values()
            for button in card.findChildren(QAbstractButton)
            if isinstance(button, kinds) and button.isVisible()
        ]
        if not every:
            return
        card, button = every[data.draw(st.integers(0, len(every) - 1))]
        item = self._item_of(card, button)
        option = button.option.id
        pair = self._pair(card, button)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if not option:
            on = item.row is not None or not self.model.answer(item).not_applicable
            self.model.change(item, value=None, not_applicable=on)
        elif pair is not None:
            self.model.pick(item, int(option), found=pair)
        elif item.choices:
            self.model.choose(item, option)
        else:
            self.model.change(item, value=int(option), not_applicable=False)

    def _item_of(self, card: QuestionCard, button: QAbstractButton) -> Item:
        if isinstance(card.editor, MatrixEditor):
            return next(row.item for row in card.editor.rows if row.isAncestorOf(button))
        return card.group.first

    def _pair(self, card: QuestionCard, button: QAbstractButton) -> bool | None:
        """Whether ``button`` is of the second row of a pair; None where there is no pair."""
        if not isinstance(card.editor, ExpectationEditor):
            return None
        return card.editor.found.isAncestorOf(button)

    @rule(data=st.data())
    def click_a_section(self, data: st.DataObject) -> None:
        section = data.draw(st.sampled_from(self.model.sections()))
        QTest.mouseClick(self.screen.frame.sections.items[section], Qt.MouseButton.LeftButton)
        assert self.screen.frame.section == section

    # going about

    @on_a_card
    @rule(steps=st.integers(-5, 5))
    def walk(self, steps: int) -> None:
        _ = self.card
        for _ in range(abs(steps)):
            press(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)

    @rule(forth=st.booleans())
    def turn_the_page(self, forth: bool) -> None:
        order = [VISIT_PAGE, *self.model.sections()]
        at = order.index(self.screen.frame.section) + (1 if forth else -1)
        press(Qt.Key.Key_PageDown if forth else Qt.Key.Key_PageUp)
        assert self.screen.frame.section == order[min(max(at, 0), len(order) - 1)]

    @rule(back=st.booleans())
    def go_to_unanswered(self, back: bool) -> None:
        after = None if self.screen.page is None else self.item.id
        expected = self.model.filling().next_unanswered(after, back=back)
        if expected is None:
            return
        press(Qt.Key.Key_F8, SHIFT if back else Qt.KeyboardModifier.NoModifier)
        self._see_all()
        assert self.item.id == expected

    @rule(small=st.booleans())
    def resize(self, small: bool) -> None:
        self.size = (1024, 600) if small else (1366, 768)
        self.screen.resize(*self.size)
        QApplication.processEvents()

    # undo and redo

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            press("z", CTRL)
            self._see_all()
            self._is_at(self.model.undo())

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            press("z", CTRL | SHIFT)
            self._see_all()
            self._is_at(self.model.redo())

    def _is_at(self, slot: str | None) -> None:
        """Undo brings the place into view."""
        item = None if slot is None else slot.removeprefix(WATCH)
        if item and self.model.filling().relevant(item):
            assert self.item.id == item

    # evidence

    @on_a_card
    @rule(colour=st.integers(0, 3))
    def paste_a_photo(self, colour: int) -> None:
        item = self.item
        if item.question.type == "text":
            return
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(colour * 80, 200, 200))
        QGuiApplication.clipboard().setImage(image)
        press("v", CTRL)
        self._until(lambda: not self.screen.session.attaching.busy)
        sha256 = self.colours.get(colour) or self.screen.draft.answer(item).evidence[-1]
        assert sha256 not in [other for c, other in self.colours.items() if c != colour]
        self.colours[colour] = sha256
        before = self.model.answer(item).evidence
        if sha256 not in before:
            self.model.change(item, evidence=(*before, sha256))

    @on_a_card
    @rule(data=st.data())
    def delete_a_photo(self, data: st.DataObject) -> None:
        tiles = [t for t in self.screen.page.findChildren(PhotoTile) if t.isVisible()]
        if not tiles:
            return
        tile = tiles[data.draw(st.integers(0, len(tiles) - 1))]
        card = next(c for c in self.screen.page.cards.values() if c.isAncestorOf(tile))
        item = card.group.first
        if isinstance(card.editor, MatrixEditor):
            item = next(row.item for row in card.editor.rows if row.isAncestorOf(tile))
        tile.setFocus()
        press(Qt.Key.Key_Delete)
        kept = tuple(s for s in self.model.answer(item).evidence if s != tile.record.sha256)
        self.model.change(item, evidence=kept)

    @rule(data=st.data())
    def move_a_photo(self, data: st.DataObject) -> None:
        """From one question to another, to the tray, or out of it."""
        items = self.model.compiled.items
        held = [(i, sha) for i in items for sha in self.model.answer(i).evidence]
        sources: list[tuple[Item | None, str]] = [*held, *((None, sha) for sha in self.model.tray)]
        if not sources:
            return
        source, sha256 = sources[data.draw(st.integers(0, len(sources) - 1))]
        target = data.draw(st.sampled_from((None, *(i for i in items if i.takes_answer))))
        if target is source or (target and sha256 in self.model.answer(target).evidence):
            return
        self.screen.draft.move_file(sha256, source, target)
        self.model.move(sha256, source, target)

    # closing and opening

    @rule()
    def check_and_come_back(self) -> None:
        press(Qt.Key.Key_Return, CTRL)
        problems = self.model.filling().problems()
        assert self.screen.check is not None
        assert self.screen.check.errors == sum(p.severity is Severity.ERROR for p in problems)
        press(Qt.Key.Key_Escape)
        assert self.screen.check is None

    @rule()
    def leave_and_come_back(self) -> None:
        at = self._place()
        assert self.screen.leave()
        self._close()
        self.model.forget_steps()
        self._open()
        assert self._place() == at

    @rule()
    def die_and_come_back(self) -> None:
        """Nothing is said to the screen; what it called saved is there."""
        assert self.screen.session.saver.wait()
        self._close()
        self.model.forget_steps()
        self._open()

    @rule(language=st.sampled_from(("vi", "en")))
    def change_the_language(self, language: str) -> None:
        self.language = language
        self.context.words.language = language
        place, old = self.screen.place(), self.screen
        other = CaptureScreen(self.context, self.visit)
        other.return_to(place)
        old.hide()
        old.deleteLater()
        self._show(other)
        assert other.frame.section == place.section

    # what must hold

    @invariant()
    def nothing_was_raised(self) -> None:
        if self.raised:
            raise self.raised[0]

    @precondition(lambda self: self.context is not None)
    @invariant()
    def the_screen_shows_it(self) -> None:
        self._see_all()
        frame, page, draft = self.screen.frame, self.screen.page, self.screen.draft
        answers = {id: a for (id, _), a in draft.filling.answers.items()}
        assert answers == self.model.answers
        assert draft.tray == self.model.tray
        assert set(self.screen.session.stopwatches.running) == self.model.running
        assert sorted(frame.sections.items) == sorted(self.model.sections())
        if page is None:
            assert frame.section == VISIT_PAGE
            return
        assert frame.section in self.model.sections()
        wanted = self.model.cards(frame.section)
        shown = sorted(page.cards.values(), key=lambda card: card.y())
        assert [card.group.id for card in shown] == wanted
        wrong = [
            each
            for card in shown
            for item in card.group.items
            for each in look(card, item, self.model.answer(item), self.language)
        ]
        assert not wrong, wrong

    @precondition(lambda self: self.context is not None)
    @invariant()
    def the_header_says_it(self) -> None:
        header, filling = self.screen.frame.header, self.model.filling()
        progress = filling.progress()
        assert header.count.text() == f"{progress.answered}/{progress.total}"
        answers = {(id, 0): answer for id, answer in self.model.answers.items()}
        raw = score(self.model.compiled, answers, self.model.at, draft=True).raw
        percent = "" if raw is None else f"{int(raw + Fraction(1, 2))}%"
        assert header.score.isVisible() == bool(percent)
        if percent:
            assert header.score.text().split()[-1].replace("\u00a0", "") == percent

    @precondition(lambda self: self.context is not None)
    @invariant()
    def the_disk_holds_it(self) -> None:
        assert self.screen.session.saver.wait()
        rows = on_disk(
            self.folder,
            "SELECT question, value, not_applicable, comment, evidence, later FROM answer",
        )
        assert stored_rows(rows) == self.model.rows()
        watches = on_disk(self.folder, "SELECT question FROM stopwatch")
        assert {question for (question,) in watches} == self.model.running
        progress = self.model.filling().progress()
        if self.model.answers:
            found = on_disk(self.folder, "SELECT answered, total FROM visit")
            assert found == [(progress.answered, progress.total)]

    @precondition(lambda self: self.context is not None)
    @invariant()
    def undo_has_as_many_steps(self) -> None:
        stack = self.screen.draft.undo_stack
        assert (stack.index(), stack.count() - stack.index()) == (
            len(self.model.done),
            len(self.model.undone),
        )


def test_any_order_of_things(tmp_path: Path) -> None:
    Draft.template = tmp_path / "template"
    Draft.visit = begin_visit(Draft.template, FIXTURES / "machine.yaml").id
    run_state_machine_as_test(
        Draft,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=PHASES,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
