"""Where the person is in a visit, for a screen that is built anew in other words or sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.ui.capture.cards.writing import UNTYPED, Typed, Writing, type_on, typed_on, writing_on

if TYPE_CHECKING:
    from auditor.ui.capture.check.pane import Declared
    from auditor.ui.capture.drafting.session import Session
    from auditor.ui.capture.facts.page import FactSpot
    from auditor.ui.capture.newer.banner import Moved
    from auditor.ui.capture.screen import CaptureScreen


@dataclass(frozen=True, slots=True)
class Place:
    """``declared`` is what stands in the check, None where it is closed; ``fact`` the part of the
    visit's facts that has the focus; ``photo`` the hash of the one that is seen large, or ""."""

    session: Session
    section: str
    question: str | None
    writing: Writing
    arrived: Moved | None = None
    top: int = 0
    declared: Declared | None = None
    fact: FactSpot | None = None
    photo: str = ""
    typed: Typed = UNTYPED


def place_on(screen: CaptureScreen) -> Place | None:
    """None before there is anything to see."""
    frame, page = screen.frame, screen.page
    if frame is None:
        return None
    card = None if page is None else page.current_card
    lightbox = frame.photos.lightbox
    return Place(
        screen.session,
        frame.section,
        None if card is None else card.item.id,
        writing_on(card),
        screen.newer.arrived,
        0 if page is None else page.top(),
        None if screen.check is None else screen.check.pane.declared_so_far(),
        None if frame.facts is None else frame.facts.spot(),
        lightbox.sha256 if lightbox is not None and frame.photos.looking else "",
        typed_on(card),
    )


def take_up(screen: CaptureScreen, place: Place) -> None:
    """The check is open again, or the photo, or the caret is where one was writing."""
    frame = screen.frame
    if place.declared is not None:
        screen.open_check()
        if screen.check is not None:
            screen.check.pane.take_up(place.declared)
    elif frame is not None and frame.facts is not None and place.fact is not None:
        frame.facts.stand(place.fact)
    else:
        screen.stand(place.question, place.top, place.writing)
        if place.writing is Writing.ANSWER and screen.page is not None:
            type_on(screen.page.current_card, place.typed)
    if place.photo:
        screen.open_photo(place.photo)
