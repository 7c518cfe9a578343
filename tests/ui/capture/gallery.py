"""Every card of a checklist in every state, without the window around it.

``python -m tests.ui.capture.gallery FOLDER [WORDS...]`` writes a picture of each question type in
each look (language, theme, window size, text size), its states below each other.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.ui import offscreen

os.environ.setdefault("QT_QPA_PLATFORM", offscreen.platform())

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QCursor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from auditor.domain.settings import Theme
from auditor.ui import app as application
from auditor.ui import theme
from auditor.ui.capture.cards.card import QuestionCard
from auditor.ui.capture.cards.groups import groups_of
from auditor.ui.capture.drafting.desk import Desk
from auditor.ui.capture.screen import CaptureScreen
from forms import library
from forms.answers import Answer, Expectation
from reports import fonts
from tests.ui.capture import shots
from tests.ui.capture.stage import begin_visit, make_context
from tests.ui.looks import SIZES, Look

GAP = 8
EMPTY, ANSWERED, FAILED, WRONG, NA = "empty", "answered", "failed", "wrong", "na"
STATES = (EMPTY, ANSWERED, FAILED, WRONG, NA)
SAID = "Thu ngân không nhìn lên, đọc thực đơn rất nhanh và quay đi khi tôi hỏi về khuyến mãi."

GOOD: dict[str, Answer] = {
    **shots.ANSWERS,
    "licence": Answer("yes"),
    "exit_clear": Answer("yes"),
    "receipt": Answer("yes"),
    "mood": Answer("good"),
    "faults": Answer(("none",)),
    "delighted": Answer("yes"),
    "clean.floor": Answer("yes"),
    "clean.bins": Answer("na"),
    "comfort.noise": Answer(1),
    "smell": Answer(10),
    "satisfied": Answer(5),
    "ease": Answer(5),
    "empty_tables": Answer(12500),
    "thanked": Answer("yes"),
    "said": Answer("Cảm ơn anh, hẹn gặp lại."),
    "clock": Answer("10:02"),
}
BAD: dict[str, Answer] = {
    **GOOD,
    **{id: Answer("no", comment=SAID) for id in ("greeted", "licence", "receipt", "thanked")},
    "exit_clear": Answer("no"),
    "mood": Answer("bad", comment=SAID),
    "offered": Answer(("nothing",), comment=SAID),
    "faults": Answer(("light", "leak")),
    "clean.tables": Answer("no", comment=SAID),
    "clean.floor": Answer("no"),
    "clean.bins": Answer("no"),
    "comfort.heat": Answer(4, comment=SAID),
    "queue": Answer(1228, comment=SAID),
    "heat": Answer(Decimal("190.25"), comment=SAID),
    "said": Answer("Cảm ơn anh, hẹn gặp lại.", comment=SAID),
}
WRONGS: dict[str, Answer] = {
    **{id: Answer("no") for id in ("greeted", "exit_clear", "receipt", "thanked")},
    "clean.tables": Answer("no"),
    "clean.bins": Answer("no"),
    "coffee": Answer(Expectation(4, None)),
    "queue": Answer(9000),
    "said": Answer("Cảm"),
    "day": Answer("2027-01-01"),
}
ANSWERS = {EMPTY: {}, ANSWERED: GOOD, FAILED: BAD, WRONG: WRONGS, NA: GOOD}


class Shelf(QWidget):
    """The cards of all sections below each other, each ``width`` wide."""

    def __init__(self, desk: Desk, width: int) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        checklist, filling = desk.draft.compiled.checklist, desk.draft.filling
        groups = [g for s in checklist.sections for g in groups_of(desk.draft.compiled, s.id)]
        self.cards = [QuestionCard(desk, group) for group in groups if group.visible(filling)]
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        self.setFixedWidth(width)

    def settle(self) -> None:
        """Shown, and as high as its cards want to be."""
        self.show()
        for _ in range(4):
            shots.turn()
            self.resize(self.width(), self.layout().heightForWidth(self.width()))


def put(screen: CaptureScreen, state: str) -> None:
    """The answers of ``state``; files are attached once and stay on disk."""
    draft = screen.draft
    draft.checked = state == WRONG
    for item in draft.compiled.items:
        if not item.takes_answer:
            continue
        wanted = ANSWERS[state].get(item.id, Answer())
        if state == NA and item.allows_na:
            own = [choice.id for choice in item.choices if choice.na]
            many = item.question.type == "choices"
            wanted = Answer(((own[0],) if many else own[0]) if own else None,
                            not_applicable=not own)  # fmt: skip
        files = FILES.get(item.id, ()) if state in (ANSWERED, FAILED) else ()
        draft.change(item, replace(wanted, evidence=tuple(f for f in files if f in draft.evidence)))


#: The files that ``attach`` made, by question.
FILES: dict[str, tuple[str, ...]] = {}


def attach(screen: CaptureScreen) -> None:
    """A picture for the questions that show one, a file, a recording, a signature."""
    draft, adding = screen.draft, screen.session.attaching
    wanted = (
        ("picture", shots.picture(), "quầy.png", "photo"),
        ("exit_clear", _plain("#7A4A2B"), "lối thoát.png", "photo"),
        ("attachment", b"%PDF-1.4" * 99, "thực đơn.pdf", "file"),
        ("recording", b"ID3\x04" + bytes(900), "ghi âm lúc gọi món.mp3", "audio"),
        ("signed", shots.signature(), "chữ ký.png", "signature"),
    )
    for question, source, name, kind in wanted:
        adding.add(draft.compiled.item(question), source, name, kind)
    shots.settle(screen)
    for question, *_ in wanted:
        FILES[question] = draft.answer(draft.compiled.item(question)).evidence


def _plain(colour: str) -> QImage:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


# pictures


def all_looks() -> Iterator[Look]:
    """Both languages and themes, both window sizes, 100 and 150 %."""
    for language, tone, size, text in itertools.product(
        ("vi", "en"), (Theme.LIGHT, Theme.DARK), SIZES, (100, 150)
    ):
        yield Look(language, tone, text, size)


class Studio:
    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder, self.words, self.count = folder, words, 0
        self._data = folder / ".cards"
        shutil.rmtree(self._data, ignore_errors=True)

    def shoot(self, look: Look) -> None:
        compiled_types = _types_wanted(look, self.words)
        if not compiled_types:
            return
        tokens, scale = look.colours
        application_ = QApplication.instance()
        assert isinstance(application_, QApplication)
        theme.apply(application_, tokens, scale)
        workspace = self._data / look.name
        visit = begin_visit(workspace, library.path("every-type"))
        context = make_context(workspace, look.language)
        screen = shots.opened(context, visit.id, look.size)
        attach(screen)
        sheets: dict[str, list[list[QPixmap]]] = {}
        for state in STATES:
            self._take(screen, state, sheets)
        for type in compiled_types:
            self._save(sheets[type], self.folder / f"card-{type}-{look.name}.png")
        screen._abandoned = True
        screen.close()
        context.close()
        screen.deleteLater()
        shots.turn()

    def _take(
        self, screen: CaptureScreen, state: str, sheets: dict[str, list[list[QPixmap]]]
    ) -> None:
        """The cards of ``state`` as the page shows them, a column for each type."""
        put(screen, state)
        for columns in sheets.values():
            columns.append([])
        assert screen.frame is not None
        for section in screen.frame.visible_sections():
            screen.choose_section(section)
            shots.settle(screen)
            assert screen.page is not None
            for card in screen.page.cards.values():
                sheets.setdefault(card.group.question.type, [[]])[-1].append(card.grab())

    def _save(self, columns: list[list[QPixmap]], path: Path) -> None:
        """The states beside each other."""
        width = max(card.width() for column in columns for card in column) + GAP
        height = max(sum(card.height() + GAP for card in column) for column in columns)
        sheet = QPixmap(width * len(columns) + GAP, height + GAP)
        sheet.fill(theme.colour(theme.current().tokens.bg))
        painter = QPainter(sheet)
        for index, column in enumerate(columns):
            top = GAP
            for card in column:
                painter.drawPixmap(QPoint(GAP + index * width, top), card)
                top += card.height() + GAP
        painter.end()
        sheet.save(str(path))
        self.count += 1


def _types_wanted(look: Look, words: list[str]) -> list[str]:
    from forms.formats import native

    checklist = native.read(library.path("every-type")).checklist
    assert checklist is not None
    types = {q.type for s in checklist.sections for q in s.questions} - {"calculate"}
    return [t for t in sorted(types) if all(w in f"card-{t}-{look.name}" for w in words)]


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    application.create(fonts.FILES.values())
    QCursor.setPos(QPoint(5000, 5000))
    studio = Studio(folder, words)
    for look in all_looks():
        studio.shoot(look)
    print(f"{studio.count} pictures in {folder}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"), sys.argv[2:])
