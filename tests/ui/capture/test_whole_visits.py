"""Every checklist that is shipped, filled and handed in by keys alone."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.store.folder import EVIDENCE
from auditor.ui.capture.screen import CaptureScreen
from forms import library
from forms.answers import Answer, AnswerKey
from forms.answers_json import value_to_json
from forms.scoring import score
from tests.ui.capture.evaluator import Evaluator, Memory
from tests.ui.capture.hands import on_disk

Open = Callable[..., CaptureScreen]
#: How many different visits of each checklist: ``VISIT_ROUNDS=50`` for a long search.
ROUNDS = int(os.environ.get("VISIT_ROUNDS", "1"))
#: In the usual suite; the others differ in their words alone.
SHORT = ("cafe-visit", "bank-branch", "every-type")
SIZES = ((1366, 768), (1024, 600))


def _visible(memory: Memory) -> dict[AnswerKey, Answer]:
    """What is handed in: hidden answers are dropped."""
    filling = memory.filling
    return {key: given for key, given in memory.answers.items() if filling.relevant(key[0])}


@pytest.mark.parametrize("name", library.names() if ROUNDS > 1 else SHORT)
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_whole_visit_by_keyboard(
    name: str, round_: int, open_capture: Open, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    luck = random.Random(f"{name} {round_}")
    screen = open_capture(library.path(name), language=luck.choice(("vi", "en")))
    memory = Memory(screen.draft.compiled, screen.draft.at, luck)
    person = Evaluator(screen, memory, qtbot, tmp_path)
    person.fill()
    person.submit("E-07")
    _compare(folder, screen.visit_id, memory)
    count, seconds = len(_visible(memory)), time.monotonic() - began
    print(f"{name}: {count} answers, {person.photos} files, {person.keys} keys, {seconds:.1f} s")


def _compare(folder: Path, visit: int, memory: Memory) -> None:
    handed_in = _visible(memory)
    expected = {
        id: (
            None if answer.value is None else value_to_json(answer.value),
            answer.not_applicable,
            answer.comment,
            list(answer.evidence),
        )
        for (id, _), answer in handed_in.items()
    }
    rows = on_disk(
        folder,
        "SELECT question, value, not_applicable, comment, evidence FROM answer WHERE visit_id = ?",
        visit,
    )
    stored = {id: (value, bool(na), said, json.loads(files)) for id, value, na, said, files in rows}
    assert stored == expected
    card = score(memory.compiled, handed_in, memory.at)
    [(raw, shown, band, passed)] = on_disk(
        folder, "SELECT raw, score, band, passed FROM visit_score WHERE visit_id = ?", visit
    )
    assert (Fraction(raw), Decimal(shown), band) == (card.raw, card.score, card.band)
    assert (passed if passed is None else bool(passed)) == card.passed
    asked = memory.filling.progress()
    status = on_disk(folder, "SELECT status, answered, total FROM visit WHERE id = ?", visit)
    assert status == [("submitted", asked.answered, asked.total)]
    assert asked.answered == asked.total
    _compare_files(folder, handed_in)


def _compare_files(folder: Path, handed_in: dict[AnswerKey, Answer]) -> None:
    """The file of every hash is there, and is the file of that hash."""
    named = {sha256 for answer in handed_in.values() for sha256 in answer.evidence}
    files = {path.stem: path for path in (folder / EVIDENCE).rglob("*") if path.is_file()}
    for sha256 in named:
        assert hashlib.sha256(files[sha256].read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("size", SIZES)
def test_the_current_card_is_always_in_view(
    size: tuple[int, int], open_capture: Open, qtbot: QtBot
) -> None:
    """↓ through every section: the card that keys act on is in the window, if it is not taller."""
    screen = open_capture(library.path("cafe-visit"), size=size)
    for _ in range(len(screen.draft.compiled.items)):
        before = screen.page.current
        qtbot.keyClick(screen.page.current_card, Qt.Key.Key_Down)
        qtbot.wait(0)
        card, view = screen.page.current_card, screen.page.viewport()
        top = card.mapTo(view, card.rect().topLeft()).y()
        seen = top + min(card.height(), view.height() - 60)
        assert top >= -8, screen.page.current
        assert seen <= view.height(), screen.page.current
        if screen.page.current == before:
            section = screen.frame.section
            qtbot.keyClick(screen.page.current_card, Qt.Key.Key_PageDown)
            if screen.frame.section == section:
                return
    raise AssertionError("the sections never end")
