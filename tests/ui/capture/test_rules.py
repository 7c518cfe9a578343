"""What the program of a visit decides: whether its evaluator sees the score, and the last visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from auditor.domain.facts import VisitRules
from auditor.services.workspace import Workspace
from auditor.ui.capture.cards.last_visit import LastAnswer
from auditor.ui.capture.screen import CaptureScreen
from forms import library
from forms.answers import Answer
from forms.filling import Progress
from tests.ui.capture.hands import card, press
from tests.ui.capture.stage import DAY, ZONE

Open = Callable[..., CaptureScreen]
EVERY = library.path("every-type")
BEFORE = {
    "licence": Answer("no"),
    "taste": Answer(4),
    "heat": Answer(Decimal("58.5")),
    "clean.tables": Answer("yes"),
    "clean.floor": Answer(not_applicable=True),
    "story": Answer("Bước vào lúc mười giờ, không ai nhìn lên. " * 8),
}


def begin(folder: Path, rules: VisitRules) -> int:
    """A draft of a program with ``rules``, at a place that was visited a month ago."""
    workspace = Workspace.open(folder)
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Cà phê", "#1A5FB4", "#E4EEFA")
    place = workspace.places.add_location(brand.id, "Q1", "Quận 1", "", "")
    version = workspace.checklists.add(EVERY, "every-type.yaml")
    program = workspace.programs.add_program(client.id, "Đợt thử")
    workspace.programs.update_program(program.id, rules=rules)
    wave = workspace.programs.add_wave(program.id, "11/2026")
    visits = workspace.visits
    old = visits.start(place.id, version.id, DAY - timedelta(days=30), ZONE, "E-01")
    for item, answer in BEFORE.items():
        visits.save_answer(old.id, (item, 0), answer, Progress(1, 9))
    _submit(workspace, old.id)
    new = visits.start(place.id, version.id, DAY, ZONE, "E-07", wave_id=wave.id)
    workspace.close()
    return new.id


def _submit(workspace: Workspace, visit_id: int) -> None:
    """What the check would refuse does not matter here: only the status does."""
    from sqlalchemy import update

    from auditor.store.tables import VISIT

    with workspace.store.unit() as unit:
        unit.execute(update(VISIT).where(VISIT.c.id == visit_id).values(status="submitted"))


def said(screen: CaptureScreen, question: str) -> list[str]:
    labels = card(screen, question).findChildren(LastAnswer)
    return [label.text() for label in labels if label.isVisibleTo(screen)]


def test_the_last_visit_stands_beside_the_answer(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, VisitRules(show_last_visit=True)))
    assert said(screen, "licence") == ["Lần trước: Không"]
    assert said(screen, "heat") == ["Lần trước: 58,5 °C"]
    assert said(screen, "clean") == ["Lần trước: Có", "Lần trước: Không áp dụng"]
    assert said(screen, "greeted") == []
    assert "Lần trước: Không" in card(screen, "licence").accessibleDescription()


def test_a_long_answer_is_cut_and_whole_in_the_tool_tip(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, VisitRules(show_last_visit=True)))
    there = card(screen, "story")
    (label,) = there.findChildren(LastAnswer)
    assert label.width() <= 230
    assert label.toolTip() == label.text()
    assert label.text().startswith("Lần trước: Bước vào")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_last_visit_is_shown_only_where_the_program_says_so(
    open_capture: Open, folder: Path, language: str
) -> None:
    screen = open_capture(visit=begin(folder, VisitRules()), language=language)
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        screen.page.complete()
        assert not screen.page.findChildren(LastAnswer)


def test_a_hidden_score_is_nowhere(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, VisitRules(hide_score=True)), language="en")
    card(screen, "licence")
    press("1")
    card(screen, "taste")
    press("3")
    assert not screen.frame.header.score.isVisible()
    faces = [item.face for item in screen.frame.sections.items.values()]
    assert [face.percent for face in faces if face.percent] == []
    for section in screen.frame.visible_sections():
        screen.choose_section(section)
        screen.page.complete()
        chips = [m.text for c in screen.page.cards.values() for m in c.head.marks]
        assert not [chip for chip in chips if chip.endswith((" pt", " pts"))]
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    texts = [w.accessibleName() for w in screen.check.findChildren(object) if hasattr(
        w, "accessibleName")]  # fmt: skip
    assert not [text for text in texts if "Running score" in text]


def test_a_score_that_is_not_hidden_is_there(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, VisitRules()), language="en")
    card(screen, "taste")
    press("3")
    assert screen.frame.header.score.isVisible()
    chips = [m.text for c in screen.page.cards.values() for m in c.head.marks]
    assert [chip for chip in chips if chip.endswith((" pt", " pts"))]
