"""What the program asks for stands in the check until it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from PySide6.QtCore import Qt

from auditor.domain.facts import VisitFacts, VisitRules
from auditor.domain.visit_hours import VisitHours
from auditor.ui.capture.check.findings import Goal
from auditor.ui.capture.check.screen import CheckPanel
from auditor.ui.capture.drafting.notes import FACTS
from auditor.ui.capture.screen import CaptureScreen
from forms.problems import Severity
from tests.ui.capture.hands import press
from tests.ui.capture.test_rules import begin

Open = Callable[..., CaptureScreen]
ASKED = VisitRules(
    receipt_needed=True, photos_least=2, windows=(VisitHours(opens=time(9), closes=time(21)),)
)


def checked(screen: CaptureScreen) -> CheckPanel:
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.check is not None
    return screen.check


def test_receipt_and_photos_must_be_there(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, ASKED), language="vi")
    check = checked(screen)
    found = {each.key: each for each in check.findings}
    assert found["receipt-needed"].severity is Severity.ERROR
    assert found["receipt-needed"].goal is Goal.FACTS
    assert "hóa đơn" in found["receipt-needed"].sentence
    photos = found["photos-least"]
    assert (photos.severity, photos.goal) == (Severity.ERROR, Goal.QUESTION)
    assert photos.question is not None
    assert screen.draft.compiled.item(photos.question).question.type == "photo"
    errors = check.errors
    screen.draft.change_note(FACTS, VisitFacts(receipt="HD-1"))
    assert check.errors == errors - 1
    assert "receipt-needed" not in {each.key for each in check.findings}


def test_an_arrival_at_night_is_to_be_checked(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, ASKED), language="en")
    arrived = datetime.combine(screen.draft.at.date(), time(22, 30))
    screen.draft.change_note(FACTS, replace(screen.draft.facts, arrived=arrived))
    (found,) = [each for each in checked(screen).findings if each.key == "facts:outside-hours"]
    assert found.severity is Severity.WARNING
    assert "22:30" in found.sentence
    assert found.fingerprint


def test_without_rules_nothing_more_is_asked(open_capture: Open, folder: Path) -> None:
    screen = open_capture(visit=begin(folder, VisitRules()), language="en")
    keys = {each.key for each in checked(screen).findings}
    assert not keys & {"receipt-needed", "photos-least", "facts:outside-hours"}
