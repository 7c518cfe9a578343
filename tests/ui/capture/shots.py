"""Pictures of capture and check, for eyes: ``python -m tests.ui.capture.shots FOLDER``."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication

from auditor.ui import app as application
from auditor.ui import theme
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.context import AppContext
from forms import library
from forms.answers import Answer, Expectation
from reports import fonts
from tests.ui.capture.stage import begin_visit, make_context

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


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def opened(context: AppContext, visit: int, size: tuple[int, int]) -> CaptureScreen:
    screen = CaptureScreen(context, visit)
    screen.resize(*size)
    screen.show()
    loop = QEventLoop()
    screen.opened.connect(loop.quit)
    QTimer.singleShot(10_000, loop.quit)
    loop.exec()
    return screen


def picture() -> QImage:
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    ground = QLinearGradient(0, 0, 800, 600)
    ground.setColorAt(0, QColor("#7A4A2B"))
    ground.setColorAt(1, QColor("#D9B48A"))
    painter.fillRect(image.rect(), ground)
    painter.end()
    return image


def fill(screen: CaptureScreen, answers: dict[str, Answer]) -> None:
    compiled = screen.draft.compiled
    for question, answer in answers.items():
        found = compiled.find(question)
        if found is not None:
            kept = screen.draft.answer(found)
            screen.draft.change(found, replace(answer, evidence=kept.evidence))


def shoot(out: Path, language: str, dark: bool, size: tuple[int, int], name: str) -> None:
    app = application.create(fonts.FILES.values())
    theme.apply(app, theme.tokens_for(dark=dark))
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "ws"
        visit = begin_visit(workspace, library.path(name))
        context = make_context(workspace, language)
        screen = opened(context, visit.id, size)
        draft = screen.draft
        if name == "every-type":
            fill(screen, ANSWERS)
            screen.session.attaching.add(draft.compiled.item("picture"), picture(), "quầy.png")
        else:
            _answer_some(screen)
        wait(400)
        stem = f"{name}-{language}-{'dark' if dark else 'light'}-{size[0]}"
        for number, section in enumerate(screen.frame.visible_sections()[:3]):
            screen.choose_section(section)
            wait(60)
            screen.grab().save(str(out / f"{stem}-{number}.png"))
            bar = screen.page.verticalScrollBar()
            if name == "every-type" and bar.maximum() > 200:
                bar.setValue(bar.maximum())
                wait(30)
                screen.grab().save(str(out / f"{stem}-{number}b.png"))
        screen.open_check()
        wait(60)
        screen.grab().save(str(out / f"{stem}-check.png"))
        screen.close_check()
        screen.leave()
        context.close()
        screen.deleteLater()
        wait(10)


def _answer_some(screen: CaptureScreen) -> None:
    """The first sections of a long checklist, and a fail."""
    draft = screen.draft
    for place, item in enumerate(draft.compiled.items[:24]):
        if item.choices and draft.filling.relevant(item.id) and item.row is None:
            choice = item.choices[1 if place == 9 else 0].id
            many = item.question.type == "choices"
            draft.change(item, Answer((choice,) if many else choice))


def main() -> int:
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    names = sys.argv[2:] or ["every-type", "cafe-visit"]
    assert QApplication.instance() is None
    for name in names:
        for language, dark, size in (
            ("vi", False, (1366, 768)),
            ("en", True, (1366, 768)),
            ("vi", False, (1024, 600)),
        ):
            shoot(out, language, dark, size, name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
