"""A visit with everything in it that the check asks about."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from PIL import ExifTags, Image

from auditor.domain.facts import VisitFacts
from auditor.ui.capture.drafting.notes import FACTS
from auditor.ui.capture.screen import CaptureScreen
from forms.answers import Answer

ANSWERS = {
    "sign": Answer("yes"),
    "door": Answer("yes"),
    "greeted": Answer("yes"),
    "time": Answer(48),
    "smiled": Answer("yes"),
    "offer": Answer("no"),
    "friendly": Answer("yes", comment="Đưa ly rồi quay đi, rất thô lỗ và bất lịch sự."),
    "floor": Answer("yes", comment="SÀN NHÀ SẠCH SẼ, KHÔNG CÓ RÁC"),
}


def answer(screen: CaptureScreen) -> None:
    draft = screen.draft
    for question, given in ANSWERS.items():
        draft.change(draft.compiled.item(question), given)


def answer_well(screen: CaptureScreen) -> None:
    """Everything, and nothing of it is odd."""
    draft = screen.draft
    given = dict.fromkeys(("sign", "door", "greeted", "smiled", "offer"), Answer("yes"))
    given |= dict.fromkeys(("friendly", "clean", "floor"), Answer("yes"))
    given |= {"time": Answer(20), "story": Answer("Quán sạch và nhanh.")}
    for question, wanted in given.items():
        draft.change(draft.compiled.item(question), wanted)


def tell_times(screen: CaptureScreen) -> None:
    came = screen.draft.at.replace(hour=10, minute=2, second=0, microsecond=0)
    screen.draft.change_note(FACTS, VisitFacts(came, came + timedelta(minutes=29)))


def jpeg(taken: datetime, colour: str = "peru") -> bytes:
    """A photo that says when it was taken."""
    exif = Image.Exif()
    said = exif.get_ifd(ExifTags.IFD.Exif)
    said[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    held = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(held, "JPEG", exif=exif)
    return held.getvalue()


def attach_late_photo(screen: CaptureScreen, question: str = "sign") -> None:
    """Taken more than two hours after the visit."""
    item = screen.draft.compiled.item(question)
    taken = screen.draft.at.replace(hour=12, minute=41, second=0)
    screen.session.attaching.add(item, jpeg(taken), "quầy.jpg")
