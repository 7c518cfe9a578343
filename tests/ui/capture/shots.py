"""Pictures of capture and check, for eyes:
``python -m tests.ui.capture.shots FOLDER [WORDS...]``; WORDS as in ``tests.screenshots``.

One visit of the checklist of every type and one of the café in each language; each look opens
them, goes through the states, and leaves the disk as it was.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.ui import offscreen

os.environ.setdefault("QT_QPA_PLATFORM", offscreen.platform())

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QCursor,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from auditor.domain.errors import NotSavedError
from auditor.store import failures
from auditor.ui import app as application
from auditor.ui import theme
from auditor.ui.capture.cards.editors.moment import MomentEditor
from auditor.ui.capture.cards.suspicion_lines import SuspicionLine
from auditor.ui.capture.drafting.saver import SaveState
from auditor.ui.capture.leaving import LeaveDialog, Unsaved
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from auditor.ui.keys import KeysDialog
from auditor.ui.palette import Palette
from forms import library
from forms.answers import Answer, Expectation
from reports import fonts
from tests.ui.capture import doubts
from tests.ui.capture.stage import FIXTURES, begin_visit, make_context
from tests.ui.looks import Look, close_others, drag_over, forget_hover, grab, hover, looks

ANSWERS: dict[str, Answer] = {
    "greeted": Answer("yes"),
    "exit_clear": Answer("no", comment="Thùng hàng chắn lối thoát hiểm phía sau quầy."),
    "licence": Answer("na"),
    "mood": Answer("flat"),
    "offered": Answer(("cake", "card")),
    "clean.tables": Answer("yes"),
    "clean.floor": Answer("no"),
    "comfort.heat": Answer(2),
    "taste": Answer(4),
    "recommend": Answer(8),
    "effort": Answer(3),
    "coffee": Answer(Expectation(4, 2)),
    "queue": Answer(228),
    "heat": Answer(Decimal("64.5")),
    "thanked": Answer("no"),
    "said": Answer("Cảm ơn."),
    "story": Answer("Bước vào lúc 10:02. Thu ngân không nhìn lên, đọc thực đơn rất nhanh."),
    "day": Answer("2026-11-12"),
    "moment": Answer("2026-11-12T10:02"),
}
Step = tuple[str, Callable[[CaptureScreen], object]]


def turn(milliseconds: int = 0) -> None:
    """Let events, timers and deletions have their turn."""
    if milliseconds:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop, loop.quit)
        loop.exec()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def opened(context: AppContext, visit: int, size: tuple[int, int]) -> CaptureScreen:
    screen = CaptureScreen(context, visit)
    screen.resize(*size)
    screen.show()
    screen.activateWindow()
    loop = QEventLoop()
    screen.opened.connect(loop.quit)
    QTimer.singleShot(10_000, loop.quit)
    loop.exec()
    return screen


def picture(number: int = 0) -> QImage:
    """One of many, a table in a room."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    hue = (25 + number * 47) % 360
    ground = QLinearGradient(0, 0, 800, 600)
    ground.setColorAt(0, QColor.fromHsv(hue, 150, 120))
    ground.setColorAt(1, QColor.fromHsv(hue, 90, 220))
    painter.fillRect(image.rect(), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromHsv((hue + 20) % 360, 60, 245))
    painter.drawEllipse(QPoint(400, 360), 260, 120)
    painter.setBrush(QColor.fromHsv((hue + 200) % 360, 60, 90))
    painter.drawEllipse(QPoint(330 + number * 7 % 120, 340), 60, 40)
    painter.end()
    return image


def signature() -> QImage:
    image = QImage(840, 280, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    path = QPainterPath(QPointF(120, 180))
    for turn_ in range(6):
        x = 120 + turn_ * 90
        path.cubicTo(x + 20, 40, x + 60, 260, x + 90, 150)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, QPen(QColor("#10233F"), 5))
    painter.end()
    return image


def settle(screen: CaptureScreen) -> None:
    """Until nothing is on its way to the disk and every card is built."""
    context = screen.context
    for _ in range(4000):
        turn()
        session = screen.session
        saved = session.saver.clean or session.saver.now.error is not None
        if saved and not (context.lane.busy or context.images.busy or session.attaching.busy):
            break
        QTest.qWait(5)
    if screen.page is not None:
        screen.page.complete()
        screen.page.show_suspicions()
    turn()


def fill(screen: CaptureScreen) -> None:
    """Answers of every type; of the café the first sections, and a fail."""
    draft = screen.draft
    if draft.compiled.checklist.id == "doubts":
        doubts.answer(screen)
        doubts.tell_times(screen)
        doubts.attach_late_photo(screen)
        return
    for question, answer in ANSWERS.items():
        item = draft.compiled.find(question)
        if item is not None and draft.compiled.find("recording") is not None:
            draft.change(item, replace(answer, evidence=draft.answer(item).evidence))
    if draft.compiled.find("picture") is not None:
        attach = screen.session.attaching
        attach.add(draft.compiled.item("picture"), picture(), "quầy.png")
        attach.add(draft.compiled.item("attachment"), b"%PDF-1.4" * 99, "thực đơn.pdf", "file")
        return
    for place, item in enumerate(draft.compiled.items[:24]):
        if item.choices and draft.filling.relevant(item.id) and item.row is None:
            choice = item.choices[1 if place == 9 else 0].id
            many = item.question.type == "choices"
            draft.change(item, Answer((choice,) if many else choice))


# states


def section(number: int, *, end: bool = False) -> Callable[[CaptureScreen], object]:
    def act(screen: CaptureScreen) -> None:
        assert screen.frame is not None
        screen.choose_section(screen.frame.visible_sections()[number])
        settle(screen)
        assert screen.page is not None
        bar = screen.page.verticalScrollBar()
        bar.setValue(bar.maximum() if end else 0)

    return act


def at(question: str, act: Callable[[CaptureScreen], object]) -> Callable[[CaptureScreen], object]:
    def go(screen: CaptureScreen) -> None:
        screen.go_to(question)
        settle(screen)
        act(screen)

    return go


def _current(screen: CaptureScreen):  # type: ignore[no-untyped-def]
    assert screen.page is not None
    assert screen.page.current_card is not None
    return screen.page.current_card


def _focus_answer(screen: CaptureScreen) -> None:
    _current(screen).focusNextPrevChild(True)


def _hover_answer(screen: CaptureScreen) -> None:
    found = [b for b in _current(screen).findChildren(QAbstractButton) if b.isVisible()]
    hover(found[1])
    hover(found[-1])


def _drag(screen: CaptureScreen) -> None:
    drag_over(_current(screen), Path("/tmp/a.png"))


def _run_watch(screen: CaptureScreen) -> None:
    _current(screen).editor.stopwatch()


def _calendar(screen: CaptureScreen) -> None:
    editor = _current(screen).editor
    assert isinstance(editor, MomentEditor)
    editor.pick_day.click()


def _bad_number(screen: CaptureScreen) -> None:
    editor = _current(screen).editor
    editor.type_text("abc")
    QTest.keyClick(editor.field, Qt.Key.Key_Tab)


def _broken_photo(screen: CaptureScreen) -> None:
    item = screen.draft.compiled.item("picture")
    screen.session.attaching.add(item, b"not a picture", "hỏng.jpg")
    settle(screen)


def _not_saved(screen: CaptureScreen) -> None:
    folder = "/home/mai/Mystery Auditor"
    error = NotSavedError("disk_full", failures._FULL, folder=folder)
    screen._show_saved(SaveState(3, None, error))


def _leave(screen: CaptureScreen) -> None:
    LeaveDialog(screen._leaving, Unsaved(3, 1, 0), None).open()


def _check(screen: CaptureScreen) -> None:
    screen.open_check()


def _check_section(screen: CaptureScreen) -> None:
    assert screen.check is not None
    next(iter(screen.check.sections.items.values())).setFocus()


def _check_end(screen: CaptureScreen) -> None:
    assert screen.check is not None
    bar = screen.check.list.verticalScrollBar()
    bar.setValue(bar.maximum())


def _check_ready(screen: CaptureScreen) -> None:
    """Nothing is wrong: Submit opens with the declaration."""
    screen.close_check()
    doubts.answer_well(screen)
    settle(screen)
    screen.open_check()
    assert screen.check is not None
    screen.check.pane.tick.setChecked(True)
    screen.check.pane.submit.setFocus()


def _check_busy(screen: CaptureScreen) -> None:
    assert screen.check is not None
    screen.draft.handing_in = True
    screen.check.show_busy()


def _check_refused(screen: CaptureScreen) -> None:
    assert screen.check is not None
    screen.draft.handing_in = False
    screen.check.say_refused("Lượt ghé này đã được gửi từ máy khác.")


def _leave_card(screen: CaptureScreen) -> None:
    QTest.keyClick(_current(screen), Qt.Key.Key_Down)


def _write_reason(screen: CaptureScreen) -> None:
    _current(screen).findChild(SuspicionLine).ask_reason()


def _check_reason(screen: CaptureScreen) -> None:
    assert screen.check is not None
    entry = next(row for row in screen.check.rows if row.finding.fingerprint)
    entry.ask_reason()
    assert entry.field is not None
    entry.field.line.setText("Nhân viên chào từ xa")


def _check_kept(screen: CaptureScreen) -> None:
    assert screen.check is not None
    entry = next(row for row in screen.check.rows if row.finding.fingerprint)
    assert entry.field is not None
    entry.field.keep()


def _put_in_tray(count: int) -> Callable[[CaptureScreen], object]:
    def act(screen: CaptureScreen) -> None:
        attach = screen.session.attaching
        for number in range(len(screen.draft.tray), count):
            attach.add(None, picture(number + 1), f"IMG_{2041 + number}.jpg")
        settle(screen)
        screen.open_tray()

    return act


def _break_in_tray(screen: CaptureScreen) -> None:
    screen.session.attaching.add(None, b"not a picture", "IMG_2099.jpg")
    settle(screen)


def _look_large(screen: CaptureScreen) -> None:
    item = screen.draft.compiled.item("picture")
    sha256 = screen.draft.answer(item).evidence[0]
    screen.open_photo(sha256)


def _leave_large(screen: CaptureScreen) -> None:
    assert screen.frame is not None
    assert screen.frame.photos.lightbox is not None
    screen.frame.photos.lightbox.leave()


def _caption(screen: CaptureScreen) -> None:
    _leave_large(screen)
    screen.go_to("picture")
    settle(screen)
    strip = _current(screen).editor.strip
    caption = next(iter(strip.pieces.values())).caption
    caption.edit()
    caption.field.setText("Quầy lúc 10:06")


def _sign(screen: CaptureScreen) -> None:
    item = screen.draft.compiled.item("signed")
    screen.session.attaching.add(item, signature(), "Chữ ký.png", "signature")
    settle(screen)


def _mark(screen: CaptureScreen) -> None:
    _current(screen).mark()


def _ask_place(screen: CaptureScreen) -> None:
    assert screen.frame is not None
    screen.open_tray()
    screen.frame.album.ask_place(screen.draft.tray[0], None)


def _find(text: str) -> Callable[[CaptureScreen], object]:
    def act(screen: CaptureScreen) -> None:
        screen.finder.open()
        assert screen.finder.bar is not None
        screen.finder.bar.field.setText(text)
        turn(200)

    return act


def _find_no_more(screen: CaptureScreen) -> None:
    screen.finder.close()


def _facts(screen: CaptureScreen) -> None:
    screen.show_facts()


def _facts_end(screen: CaptureScreen) -> None:
    assert screen.frame is not None
    assert screen.frame.facts is not None
    bar = screen.frame.facts.verticalScrollBar()
    bar.setValue(bar.maximum())


def _keys(screen: CaptureScreen) -> None:
    KeysDialog(screen.context.words, screen).open()


def _go_to(screen: CaptureScreen) -> None:
    Palette(screen.context, screen, screen.destinations()).open()


def _undo(screen: CaptureScreen) -> None:
    from auditor.ui.kit.toast import Toast

    words = screen.context.words
    Toast.show_in(screen, words("{name} was removed.", name="quầy.png"), words("Undo"))


STEPS: dict[str, tuple[Step, ...]] = {
    "every-type": (
        ("0", section(0)),
        ("0-end", section(0, end=True)),
        ("1", section(1)),
        ("1-end", section(1, end=True)),
        ("2", section(2)),
        ("2-end", section(2, end=True)),
        ("focus", at("greeted", _focus_answer)),
        ("hover", at("exit_clear", _hover_answer)),
        ("drag", at("exit_clear", _drag)),
        ("watch", at("queue", _run_watch)),
        ("calendar", at("day", _calendar)),
        ("bad-number", at("heat", _bad_number)),
        ("broken-photo", at("picture", _broken_photo)),
        ("not-saved", _not_saved),
        ("leave", _leave),
        ("saved-again", lambda screen: screen._show_saved(screen.session.saver.now)),
        ("undo", _undo),
        ("signed", at("signed", _sign)),
        ("signed", section(2, end=True)),
        ("marked", at("greeted", _mark)),
        ("tray-one", _put_in_tray(1)),
        ("tray-many", _put_in_tray(20)),
        ("tray-refused", _break_in_tray),
        ("tray-place", _ask_place),
        ("large", _look_large),
        ("caption", _caption),
        ("find", _find("thoát")),
        ("find-none", _find("zzz")),
        ("find-over", _find_no_more),
        ("facts", _facts),
        ("facts-end", _facts_end),
        ("keys", _keys),
        ("go-to", _go_to),
        ("check", _check),
        ("check-side", _check_section),
        ("check-end", _check_end),
    ),
    "cafe-visit": (("0", section(0)), ("2", section(2)), ("check", _check)),
    "doubts": (
        ("cards", at("greeted", _leave_card)),
        ("card-reason", at("greeted", _write_reason)),
        ("check", _check),
        ("check-reason", _check_reason),
        ("check-kept", _check_kept),
        ("check-end", _check_end),
        ("check-ready", _check_ready),
        ("check-busy", _check_busy),
        ("check-refused", _check_refused),
    ),
}


class Studio:
    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder, self.words = folder, words
        self.count = 0
        self._data = folder / ".capture"
        shutil.rmtree(self._data, ignore_errors=True)

    def wanted(self, name: str, look: Look) -> bool:
        return all(word in f"{name}-{look.name}" for word in self.words)

    def shoot(self, look: Look, name: str) -> None:
        steps = [step for step in STEPS[name] if self.wanted(f"{name}-{step[0]}", look)]
        if not steps:
            return
        tokens, scale = look.colours
        application_ = QApplication.instance()
        assert isinstance(application_, QApplication)
        theme.apply(application_, tokens, scale)
        context, screen = self._open(look, name)
        for state, act in self._until(STEPS[name], steps[-1]):
            screen.activateWindow()
            act(screen)
            settle(screen)
            if self.wanted(f"{name}-{state}", look):
                grab(screen, self.folder / f"{name}-{state}-{look.name}.png")
                self.count += 1
            self._measure(screen, look, f"{name}-{state}")
            close_others(screen)
            forget_hover()
        screen._abandoned = True
        screen.close()
        context.close()
        screen.deleteLater()
        turn()

    def _until(self, steps: tuple[Step, ...], last: Step) -> Iterator[Step]:
        for step in steps:
            yield step
            if step is last:
                return

    def _open(self, look: Look, name: str) -> tuple[AppContext, CaptureScreen]:
        workspace = self._data / f"{name}-{look.name}"
        own = FIXTURES / f"{name}.yaml"
        source = own if own.exists() else library.path(name)
        visit = begin_visit(workspace, source)
        context = make_context(workspace, look.language)
        screen = opened(context, visit.id, look.size)
        fill(screen)
        settle(screen)
        return context, screen

    def _measure(self, screen: CaptureScreen, look: Look, name: str) -> None:
        if (screen.width(), screen.height()) != look.size:
            print(f"{name}-{look.name}: {screen.width()}×{screen.height()}")
            screen.resize(*look.size)


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    application.create(fonts.FILES.values())
    QCursor.setPos(QPoint(5000, 5000))
    studio = Studio(out, sys.argv[2:])
    for look in looks():
        for name in STEPS:
            studio.shoot(look, name)
    print(f"{studio.count} pictures in {out}, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
