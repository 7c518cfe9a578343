"""What a client must never find in a report, searched for in every byte of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from auditor.domain.facts import VisitFacts, Weather
from auditor.services.reporting import printed_code
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from tests.reports.paper import read
from tests.services.test_verifying import CHECKLIST

ZONE = "Asia/Ho_Chi_Minh"
NAME = "Nguyễn Văn Kín"
FILE = "IMG_20261112_Kin.jpg"
MODEL = "Pixel 42 Pro"
#: Latitude 21° 1' 42.5": as EXIF keeps it, and as people would write it.
PLACE = (21.0, 1.0, 42.5)
SECRETS = (
    NAME, "Văn Kín", "Nguyen Van Kin", FILE, "IMG_2026", MODEL, "Google", "HD-778899", "123456.78",
    "123.456,78", "Cô Kiều", "Ghi chú cho văn phòng", "trà lài mận", "14:51", "15:20", "07:51",
    "21.028", "Exif", "GPS", "Photoshop", "http://ns.adobe.com/exif",
)  # fmt: skip
PHOTO_QUESTION = """
      - {id: front, type: photo, label: {vi: "Ảnh mặt tiền", en: "Front"}}
"""


def photo() -> bytes:
    """From a phone that writes down who, where and when."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B], exif[0x8298] = "Google", MODEL, NAME, NAME
    exif[0x0132] = "2026:11:12 14:51:00"
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (105.0, 51.0, 8.4)})
    exif.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0GPS 21.028"})
    file = BytesIO()
    image = Image.new("RGB", (640, 480), (90, 120, 90))
    image.save(file, "JPEG", exif=exif, comment=NAME.encode())
    return file.getvalue()


@dataclass
class Delivered:
    """A report on disk, and the keys of the workspace that it is of."""

    file: Path
    keys: list[str]
    folder: Path


@pytest.fixture(scope="module", params=["vi", "en"])
def delivered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Delivered:
    folder = tmp_path_factory.mktemp("client")
    clock = datetime(2026, 11, 12, 9, tzinfo=UTC)
    workspace = Workspace.open(folder / "ws", clock=lambda: clock)
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#7B2D43", "#4A2C2A")
    place = workspace.places.add_location(brand.id, "SV-01", "Quán 1", "1 phố Ga", "").id
    checklist = workspace.checklists.add((CHECKLIST + PHOTO_QUESTION).encode(), "small.yaml").id
    visits = workspace.visits
    here = visits.start(place, checklist, date(2026, 11, 12), ZONE, NAME)
    arrived = datetime.fromisoformat("2026-11-12T14:51")
    facts = VisitFacts(
        arrived, arrived + timedelta(minutes=29), None, "Cô Kiều tóc ngắn", "HD-778899",
        Decimal("123456.78"), "USD", "trà lài mận", Weather.STORM, "Ghi chú cho văn phòng",
    )  # fmt: skip
    visits.drafts.save_facts(here.id, facts, ZONE)
    sha = visits.attach(here.id, ("front", 0), photo(), FILE).sha256
    visits.save_answer(here.id, ("front", 0), Answer(evidence=(sha,)), Progress(1, 2))
    said = Answer("no", comment="Không ai chào")
    visits.save_answer(here.id, ("greeted", 0), said, Progress(2, 2))
    visits.submit(here.id, NAME)
    [file] = workspace.reports.write([here.id], request.param, folder / "out")
    workspace.close()
    [database] = (folder / "ws").glob("*.db")
    return Delivered(file, keys(database), folder / "ws")


def keys(database: Path) -> list[str]:
    """All that looks like a key that tells when it was made."""
    with sqlite3.connect(database) as connection:
        told = "\n".join(connection.iterdump())
    connection.close()
    found = re.findall(r"'([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})'", told)
    assert len(found) >= 3
    return found


def everything(file: Path) -> bytes:
    """Every object, string and stream of a PDF, packed and unpacked, and its words."""
    parts = [file.read_bytes()]
    with pikepdf.open(file) as pdf:
        for of in pdf.objects:
            parts.append(of.unparse())
            if isinstance(of, pikepdf.Stream):
                parts.append(of.read_raw_bytes())
                if of.get("/Subtype") != "/Image":
                    parts.append(of.read_bytes())
            parts += [text.encode() for text in strings(of)]
    parts += [page.encode() for page in read(file).pages]
    told = b"\n".join(parts)
    actual = re.findall(rb"<feff([0-9a-f]+)>", told)
    return told + b"\n".join(bytes.fromhex(a.decode()).decode("utf-16-be").encode() for a in actual)


def strings(of: pikepdf.Object) -> Iterator[str]:
    if isinstance(of, pikepdf.String):
        yield str(of)
    elif isinstance(of, pikepdf.Array):
        for each in of:
            yield from strings(each) if not getattr(each, "is_indirect", False) else ()
    elif isinstance(of, pikepdf.Dictionary | pikepdf.Stream):
        for each in dict(of).values():
            yield from strings(each) if not getattr(each, "is_indirect", False) else ()


def forms(secret: str) -> Iterator[bytes]:
    """As it may stand in a PDF: plain, in UTF-16, and either in hexadecimal."""
    plain, wide = secret.encode(), secret.encode("utf-16-be")
    yield from (plain, wide, plain.hex().encode(), wide.hex().encode(), wide.hex().upper().encode())


def test_the_photo_that_was_handed_in_tells_all() -> None:
    assert all(each in photo() for each in (MODEL.encode(), b"Google", NAME.encode()))
    assert Image.open(BytesIO(photo())).getexif().get_ifd(0x8825)[2] == PLACE


def test_nothing_private_stands_in_any_byte(delivered: Delivered) -> None:
    told = everything(delivered.file)
    assert "Không ai chào".encode() in told  # it can find what is there
    for secret in SECRETS:
        for form in forms(secret):
            assert form not in told, secret
    assert str(delivered.folder).encode() not in told


def test_no_key_tells_when_it_was_made(delivered: Delivered) -> None:
    told = everything(delivered.file).lower()
    for key in delivered.keys:
        bare = key.replace("-", "")
        assert key.encode() not in told
        assert bare.encode() not in told
        assert bytes.fromhex(bare) not in told


def test_pictures_say_nothing_beside_what_they_show(delivered: Delivered) -> None:
    with pikepdf.open(delivered.file) as pdf:
        pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
        jpegs = [o.read_raw_bytes() for o in pictures if o.get("/Subtype") == "/Image"]
    assert jpegs
    for data in jpegs:
        image = Image.open(BytesIO(data))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        segments = re.findall(rb"\xff([\xe1-\xef\xfe])", data[: data.index(b"\xff\xda")])
        assert not segments


def test_properties_are_few(delivered: Delivered) -> None:
    with pikepdf.open(delivered.file) as pdf:
        told = {str(name): str(value) for name, value in pdf.docinfo.items()}
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "/Metadata" not in pdf.pages[0].obj
    assert set(told) == {
        "/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer",
        "/CreationDate", "/ModDate", "/Trapped",
    }  # fmt: skip
    assert (told["/Author"], told["/Creator"]) == ("Cà phê Sen Việt", "Mystery Auditor")
    assert told["/CreationDate"] == told["/ModDate"] == "D:20261112000000+00'00'"
    assert "xmpMM" not in packet
    assert "uuid" not in packet.lower()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("E-27", "E-27"), ("2711", "2711"), ("2026-0027", "2026-0027"), ("Kín", ""),
        ("0912345678", ""), ("0912-345-678", ""), ("001090012345", ""),
    ],
)  # fmt: skip
def test_only_a_code_stands_for_an_evaluator(typed: str, printed: str) -> None:
    """Some offices take telephone numbers for codes."""
    assert printed_code(typed) == printed


def test_a_name_in_place_of_a_code_is_left_out(delivered: Delivered) -> None:
    """The evaluator was typed in by name; the paper then has no evaluator at all."""
    assert "Kín" not in " ".join(read(delivered.file).pages)
