"""What Ctrl+K offers of the open visit: what to do next, its sections, its questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditor.ui.capture.facts.list_item import VISIT_PAGE
from auditor.ui.palette import Here, Hit

if TYPE_CHECKING:
    from auditor.ui.capture.screen import CaptureScreen

_SECTION, _QUESTION = "section:", "question:"


def destinations_in(screen: CaptureScreen) -> Iterator[Hit]:
    """In the order in which they stand in the visit."""
    if screen.frame is None or screen.draft.handing_in:
        return
    yield from _steps(screen)
    words, draft = screen.context.words, screen.draft
    shown = screen.frame.visible_sections()
    sections = {section.id: section for section in draft.compiled.checklist.sections}
    titles = {}
    for number, id in enumerate(sections, 1):
        if id in shown:
            titles[id] = f"{number}. {draft.text(sections[id].title)}"
            yield Hit("list-checks", titles[id], words("Section"), Here(_SECTION + id))
    for item in draft.compiled.items:
        if item.takes_answer and draft.filling.relevant(item.id) and item.section.id in titles:
            icon = "circle-check" if draft.filling.answered(item) else "minus"
            icon = "bookmark" if draft.answer(item).later else icon
            title = f"{item.number} {draft.text(item.label)}"
            yield Hit(icon, title, titles[item.section.id], Here(_QUESTION + item.id))


def _steps(screen: CaptureScreen) -> Iterator[Hit]:
    words, writable = screen.context.words, screen.draft.writable
    if writable:
        yield Hit("arrow-down", words("Next unanswered"), "F8", Here("next"))
        yield Hit("send", words("Check and submit"), "Ctrl Enter", Here("check"))
    yield Hit("clock", words("The visit"), words("Times, staff, receipt"), Here("facts"))
    if screen.draft.briefing.given:
        yield Hit("book-open", words("Briefing"), "", Here("briefing"))
    if writable:
        count = len(screen.draft.tray)
        note = words.plural("{count} photo", "{count} photos", count) if count else ""
        yield Hit("images", words("Unassigned photos"), note, Here("tray"))


def go_to(screen: CaptureScreen, key: str) -> None:
    """What was chosen of ``destinations_in``."""
    if screen.draft.handing_in:
        return
    if key.startswith(_SECTION):
        screen.choose_section(key.removeprefix(_SECTION))
    elif key.startswith(_QUESTION):
        screen.go_to(key.removeprefix(_QUESTION))
    elif key == "next":
        screen.next_unanswered()
    elif key == "check":
        screen.open_check()
    elif key == "facts":
        screen.choose_section(VISIT_PAGE)
    elif key == "briefing":
        screen.show_briefing()
    elif key == "tray":
        screen.open_tray()
