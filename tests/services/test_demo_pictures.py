"""The demo's photos: drawn the same for the same shot, small enough, with the camera's time."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from PIL import Image

from auditor.services.demo_data.look import LOOKS
from auditor.services.demo_data.pictures import Photo, Scene, logo
from auditor.services.pictures import prepare

TAKEN = datetime.fromisoformat("2026-05-12T18:24:00")


@pytest.mark.parametrize("scene", Scene)
def test_a_scene_is_a_jpeg_of_its_own_in_both_states(scene: Scene) -> None:
    good, bad = (Photo(scene, 1, TAKEN, bad).jpeg() for bad in (False, True))
    assert good != bad
    for content in (good, bad):
        assert len(content) < 150_000
        kept = prepare(content, "a.jpg")
        assert (kept.media_type, kept.width, kept.height) == ("image/jpeg", 1600, 1200)
        assert kept.taken_at == TAKEN


def test_the_same_shot_is_the_same_file_and_another_is_not() -> None:
    shot = Photo(Scene.COUNTER, 0, TAKEN)
    assert shot.jpeg() == Photo(Scene.COUNTER, 0, TAKEN).jpeg()
    later = Photo(Scene.COUNTER, 0, TAKEN.replace(minute=25))
    elsewhere = Photo(Scene.COUNTER, 1, TAKEN)
    assert len({shot.jpeg(), later.jpeg(), elsewhere.jpeg()}) == 3


def test_a_location_keeps_its_colours() -> None:
    walls = [
        Image.open(io.BytesIO(Photo(Scene.COUNTER, look, TAKEN).jpeg())).getpixel((800, 20))
        for look in range(len(LOOKS))
    ]
    assert len(set(walls)) == len(LOOKS)


def test_the_logo_is_a_disc_with_clear_corners() -> None:
    sign = Image.open(io.BytesIO(logo()))
    assert (sign.format, sign.size, sign.mode) == ("PNG", (600, 600), "RGBA")
    clear = sign.getchannel("A")
    assert clear.getpixel((2, 2)) == 0
    assert clear.getpixel((300, 560)) == 255
