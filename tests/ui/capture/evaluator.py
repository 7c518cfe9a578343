"""An evaluator who fills a visit with the keyboard alone.

Knows what happened in the shop (``Memory``) and what stands on the current card. Every change is
made by a key, an input method or the clipboard where the focus is; nothing is called on the
application but what a person reads off the screen.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.typed import show_day, show_duration, show_number, show_time
from auditor.ui.capture.photos.attaching import png
from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer, AnswerKey, Expectation, Value
from forms.compiled import CompiledChecklist, Item
from forms.filling import Filling
from tests.ui.capture.hands import focus

CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
STORY = (
    "Cô thu ngân tên Thủy chào tôi ngay ở cửa và hỏi tôi cần gì",
    "Anh nhân viên để tôi đợi, không nhìn lên, rồi đưa nhầm hàng",
    "Kệ hàng bên trái phủ bụi, nhãn giá bong một nửa, đèn nhấp nháy",
    "Tôi hỏi hai lần mới được trả lời, giọng gắt, không xin lỗi",
)
PATIENCE_MS = 10_000


@dataclass
class Memory:
    """What the evaluator saw, decided question by question as each is asked; the comparison with
    the disk is made with this and not with what the application holds."""

    compiled: CompiledChecklist
    at: datetime
    luck: random.Random
    answers: dict[AnswerKey, Answer] = field(default_factory=dict)

    @property
    def filling(self) -> Filling:
        return Filling(self.compiled, self.answers, self.at)

    def recall(self, item: Item) -> Answer:
        """The answer to ``item``: any that the checklist takes without a complaint."""
        for value in self._values(item):
            answer = Answer(value) if value is not None else Answer(not_applicable=True)
            if not item.check(answer) and self._is_sound(item, answer):
                return answer
        raise AssertionError(f"no sound answer to {item.id}")

    def _is_sound(self, item: Item, answer: Answer) -> bool:
        told = {problem.code for problem in self._with(item, answer).problems_of(item)}
        return not told - {"comment-missing", "photo-missing"}

    def _with(self, item: Item, answer: Answer) -> Filling:
        return Filling(self.compiled, {**self.answers, (item.id, 0): answer}, self.at)

    def _values(self, item: Item) -> Iterator[Value | None]:
        if item.allow_na and self.luck.random() < 0.15:
            yield None
        for _ in range(200):
            yield self._value(item)

    def _value(self, item: Item) -> Value:
        luck, question = self.luck, item.question
        if item.choices and item.question.type == "choices":
            return self._several(item)
        if item.choices:
            return luck.choice(item.choices).id
        match question.type:
            case "expectation":
                return Expectation(luck.choice(_range(item)), luck.choice(_range(item)))
            case "integer":
                return luck.choice((0, 1, 3, 12, 40, 250, 12500))
            case "decimal":
                return luck.choice([Decimal(n) for n in ("0.5", "7", "12.5", "64", "74.25", "190")])
            case "duration":
                return luck.choice((0, 9, 48, 75, 200, 440, 1500, 4040))
            case "text":
                told = luck.sample(STORY, k=luck.randint(1, len(STORY)))
                return f"{'. '.join(told)} {item.number}."
            case "date":
                return self.at.date().isoformat()
            case "time":
                return self._clock()
            case "datetime":
                return f"{self.at.date().isoformat()}T{self._clock()}"
        return luck.choice(_range(item))

    def _clock(self) -> str:
        return f"{self.luck.randint(7, 21):02}:{self.luck.randint(0, 59):02}"

    def _several(self, item: Item) -> tuple[str, ...]:
        chosen = self.luck.choice(item.choices)
        if chosen.exclusive or chosen.na:
            return (chosen.id,)
        others = [c.id for c in item.choices if not (c.exclusive or c.na)]
        kept = {chosen.id, *self.luck.sample(others, k=min(2, len(others)))}
        return tuple(c.id for c in item.choices if c.id in kept)


def _range(item: Item) -> range:
    kind = getattr(item.kind, "scale", item.kind)
    return range(kind.low, kind.high + 1)


class Evaluator:
    """Sits before ``screen``. ``keys`` counts every key and every committed word."""

    def __init__(self, screen: CaptureScreen, memory: Memory, qtbot: QtBot, desk: Path) -> None:
        self.screen, self.memory, self.qtbot, self.desk = screen, memory, qtbot, desk
        self.keys = 0
        self.photos = 0

    # hands

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        for each in key if isinstance(key, str) else (key,):
            self.keys += 1
            QTest.keyClick(focus(), each, modifiers)

    def write(self, text: str) -> None:
        """Through an input method: each word is composed, then committed."""
        for index, word in enumerate(text.split(" ")):
            said = word if index == 0 else f" {word}"
            QApplication.sendEvent(focus(), QInputMethodEvent(said, []))
            event = QInputMethodEvent()
            event.setCommitString(said)
            QApplication.sendEvent(focus(), event)
            self.keys += 1

    def type(self, text: str) -> None:
        """Keys of the number row, signs included."""
        self.press(text)

    # eyes

    @property
    def card(self) -> QuestionCard:
        """The card that has the ring."""
        page = self.screen.page
        assert page is not None
        assert page.current_card is not None
        card = page.current_card
        assert focus() is card or card.isAncestorOf(focus()), (focus(), card.accessibleName())
        return card

    @property
    def is_done(self) -> bool:
        """F8 had nothing left to go to: the button of the check has the focus."""
        frame = self.screen.frame
        assert frame is not None
        return focus() is frame.header.check

    # a visit

    def fill(self) -> None:
        """Section by section from the top, then F8 to whatever came up above."""
        while True:
            self.fill_section()
            before = self.screen.frame.section if self.screen.frame else ""
            self.press(Qt.Key.Key_PageDown)
            if self.screen.frame is None or self.screen.frame.section == before:
                break
        for _ in range(len(self.memory.compiled.items)):
            self.press(Qt.Key.Key_F8)
            if self.is_done:
                return
            self.answer_card()
        raise AssertionError(f"F8 never ends: {self.card.accessibleName()}")

    def fill_section(self) -> None:
        """From the first card down to where ↓ goes no further."""
        before = None
        while self.card is not before:
            before = self.card
            self.answer_card()
            self.press(Qt.Key.Key_Down)

    def answer_card(self) -> None:
        """All that is asked for on the current card; the rows of a matrix one after another."""
        for item in self.card.group.items:
            if self.memory.filling.relevant(item.id) and (item.id, 0) not in self.memory.answers:
                self.answer(item)

    def answer(self, item: Item) -> None:
        assert self.card.item is item, (self.card.item.id, item.id)
        if item.kind.is_evidence:
            self.memory.answers[item.id, 0] = Answer()
            self.attach(item)
            return
        answer = self.memory.recall(item)
        self.memory.answers[item.id, 0] = answer
        filling = self.memory.filling
        comment = filling.wants_comment(item)
        photo = filling.wants_photo(item)
        if item.row is not None and (comment or photo):  # before the answer goes on to the next row
            self._prove(item, comment=comment, photo=photo)
            self.give(item, answer)
        else:
            self.give(item, answer)
            self._prove(item, comment=comment, photo=photo)

    def _prove(self, item: Item, *, comment: bool, photo: bool) -> None:
        """The comment and the photo that the answer asks for."""
        if comment:
            self.press("c")
            said = f"{self.memory.luck.choice(STORY)} ({item.number})."
            assert isinstance(focus(), QPlainTextEdit), "C opens the comment"
            self.write(said)
            self.press(Qt.Key.Key_Escape)
            self._remember(item, comment=said)
        if photo:
            self.attach(item)

    def _remember(self, item: Item, **what: object) -> None:
        kept = self.memory.answers[item.id, 0]
        self.memory.answers[item.id, 0] = replace(kept, **what)  # type: ignore[arg-type]

    def attach(self, item: Item) -> None:
        """Ctrl+V of a picture; of a file where the question asks for one. A signature is a picture
        that P chooses."""
        self.photos += 1
        if item.question.type == "signature":
            self._choose_picture()
        else:
            if item.question.type in ("audio", "file"):
                self._copy_file(item)
            else:
                QGuiApplication.clipboard().setImage(self._picture())
            self.press("v", CTRL)
        draft = self.screen.draft
        self.qtbot.waitUntil(lambda: bool(draft.answer(item).evidence), timeout=PATIENCE_MS)
        self._remember(item, evidence=draft.answer(item).evidence)

    def _picture(self) -> QImage:
        image = QImage(64, 48, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(self.photos * 37 % 360, 200, 200))
        return image

    def _choose_picture(self) -> None:
        """Its path, typed into the file dialog."""
        path = self.desk / f"chu-ky-{self.photos}.png"
        path.write_bytes(png(self._picture()))
        card = self.card
        self.press("p")
        self.qtbot.waitUntil(lambda: isinstance(focus().window(), QFileDialog))
        self.press(str(path))
        completing = QApplication.activePopupWidget()
        if completing is not None:
            QTest.keyClick(completing, Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Return)
        with self.qtbot.waitActive(self.screen):
            self.screen.activateWindow()  # as a window manager does
        self.qtbot.waitUntil(card.hasFocus)

    def _copy_file(self, item: Item) -> None:
        audio = item.question.type == "audio"
        path = self.desk / (f"ghi âm {self.photos}.mp3" if audio else f"hóa đơn {self.photos}.pdf")
        path.write_bytes(b"ID3\x04" + bytes(200) if audio else b"%PDF-1.4\n%%EOF\n")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(data)

    # answers, by the type of the question

    def give(self, item: Item, answer: Answer) -> None:
        if answer.not_applicable:
            self.press("n")
            return
        value = answer.value
        kind = item.question.type
        if isinstance(value, tuple):
            for id in value:
                self.press(self._key_of(item, id))
        elif isinstance(value, Expectation):
            assert value.expected is not None
            assert value.perceived is not None
            self._number_key(item, value.expected)
            self._number_key(item, value.perceived)
        elif item.choices and isinstance(value, str):
            self.press(self._key_of(item, value))
        elif kind == "text" and isinstance(value, str):
            self.press(Qt.Key.Key_Return)
            assert isinstance(focus(), (QLineEdit, QPlainTextEdit))
            self.write(value)
            self.press(Qt.Key.Key_Escape)
        elif kind in ("integer", "decimal") and isinstance(value, (int, Decimal)):
            self._into_field(show_number(value, self.memory.luck.choice(("vi", "en"))))
        elif kind == "duration" and isinstance(value, int):
            self._time_it(value)
        elif kind in ("date", "time", "datetime") and isinstance(value, str):
            self._moment(kind, value)
        else:
            assert isinstance(value, int)
            self._number_key(item, value)

    def _key_of(self, item: Item, choice: str) -> str:
        """The key that stands on the answer."""
        if any(each.id == choice and each.na for each in item.choices):
            return "n"
        real = [each.id for each in item.choices if not each.na]
        place = real.index(choice) + 1
        assert place <= 10, f"{item.id}: the {place}th answer has no key"
        return str(place % 10)

    def _number_key(self, item: Item, value: int) -> None:
        if value == 10:
            self.press("10")
        else:
            low = _range(item).start
            self.press(str(value) if low >= 0 else str((value - low + 1) % 10))

    def _into_field(self, text: str) -> None:
        """Typing on the card goes into its field; Return comes back."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def _time_it(self, seconds: int) -> None:
        """The stopwatch first, then the time as it was; then by hand."""
        if self.memory.luck.random() < 0.3:
            self.press("t")
            self.press("t")
            item = self.card.item
            assert self.screen.draft.answer(item).value in (0, 1), "T starts, and stops"
            self.press(Qt.Key.Key_Backspace)
        self._into_field(show_duration(seconds))

    def _moment(self, kind: str, value: str) -> None:
        if kind == "time":
            self._into_field(show_time(datetime.fromisoformat(f"2026-01-01T{value}").time()))
            return
        moment = datetime.fromisoformat(value)
        self._into_field(show_day(moment.date()))
        if kind == "datetime":
            self._into_field(show_time(moment.time()))

    # handing in

    def submit(self, code: str) -> None:
        """Ctrl+Enter, the declaration, Ctrl+Enter."""
        self.press(Qt.Key.Key_Return, CTRL)
        check = self.screen.check
        assert check is not None, "Ctrl+Enter opens the check"
        assert check.errors == 0, [problem.code for problem in self.memory.filling.problems()]
        for _ in range(len(self.memory.compiled.items)):
            if isinstance(focus(), QCheckBox):
                break
            self.press(Qt.Key.Key_F8)
        self.press(Qt.Key.Key_Space)
        with self.qtbot.waitSignal(self.screen.submitted, timeout=PATIENCE_MS):
            self.press(Qt.Key.Key_Return, CTRL)
