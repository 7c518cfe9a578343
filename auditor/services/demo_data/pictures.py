"""The photos of the demo: drawn scenes as JPEG files, with the time they were "taken"."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from PIL import Image

from auditor.services.demo_data import scenes_clean, scenes_place, scenes_service, scenes_street
from auditor.services.demo_data.canvas import Canvas
from auditor.services.demo_data.look import LOOKS, MARIGOLD, PAPER, TEAL, Shot
from auditor.services.demo_data.props import kite

_DATE_TIME, _EXIF_IFD, _DATE_TIME_ORIGINAL = 0x0132, 0x8769, 0x9003


class Scene(StrEnum):
    """What can be photographed. Each has a good and a bad state."""

    STOREFRONT = "storefront"
    COUNTER = "counter"
    QUEUE = "queue"
    STANDEE = "standee"
    MENU = "menu"
    PASTRY = "pastry"
    DRINKS = "drinks"
    RECEIPT = "receipt"
    SEATING = "seating"
    TABLE = "table"
    RESTROOM = "restroom"
    WASTE = "waste"
    EXIT = "exit"
    STAFF = "staff"


_DRAWN: MappingProxyType[Scene, Callable[[Shot], Canvas]] = MappingProxyType(
    {
        Scene.STOREFRONT: scenes_street.storefront,
        Scene.COUNTER: scenes_service.counter,
        Scene.QUEUE: scenes_service.queue,
        Scene.STANDEE: scenes_service.standee,
        Scene.MENU: scenes_service.menu,
        Scene.PASTRY: scenes_service.pastry,
        Scene.DRINKS: scenes_service.drinks,
        Scene.RECEIPT: scenes_service.receipt,
        Scene.SEATING: scenes_place.seating,
        Scene.TABLE: scenes_clean.table,
        Scene.RESTROOM: scenes_clean.restroom,
        Scene.WASTE: scenes_clean.waste,
        Scene.EXIT: scenes_place.emergency_exit,
        Scene.STAFF: scenes_place.staff_notice,
    }
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture to be drawn: ``look`` counts the locations, ``taken`` is local time;
    ``iced`` the drink in it."""

    scene: Scene
    look: int
    taken: datetime
    bad: bool = False
    iced: bool = True

    def jpeg(self) -> bytes:
        """1600 by 1200, the same bytes for the same photo."""
        chance = random.Random(f"{self.scene} {self.look} {self.taken:%Y%m%d%H%M}")
        look, taken = LOOKS[self.look % len(LOOKS)], self.taken
        shot = Shot(look, chance, taken.hour, taken.minute, self.bad, self.iced)
        out = io.BytesIO()
        picture = _DRAWN[self.scene](shot).finished()
        picture.save(out, "JPEG", quality=84, exif=_exif(taken))
        return out.getvalue()


def _exif(taken: datetime) -> Image.Exif:
    stamp = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif = Image.Exif()
    exif[_DATE_TIME] = stamp
    exif.get_ifd(_EXIF_IFD)[_DATE_TIME_ORIGINAL] = stamp
    return exif


def logo() -> bytes:
    """The brand's sign as a PNG of 600 by 600: the kite in its disc, clear around it."""
    canvas = Canvas(TEAL)
    kite(canvas, 842, 500, 640, MARIGOLD, PAPER)
    disc = Canvas((0, 0, 0))
    disc.ellipse(800, 600, 590, 590, (255, 255, 255))
    box = (205, 5, 1395, 1195)
    sign = canvas.finished(0).crop(box).resize((600, 600), Image.Resampling.LANCZOS)
    clear = disc.finished(0).crop(box).resize((600, 600), Image.Resampling.LANCZOS)
    sign.putalpha(clear.convert("L"))
    out = io.BytesIO()
    sign.save(out, "PNG")
    return out.getvalue()
