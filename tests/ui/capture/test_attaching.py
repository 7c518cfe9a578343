"""Files on their way into a visit: good ones arrive, the others are told, none stops another."""

from __future__ import annotations

import io
import os
import struct
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from auditor.domain.errors import NotSavedError
from auditor.services import kept, pictures
from auditor.services.photo_reader import PhotoReader
from auditor.store.evidence import EvidenceFiles
from auditor.ui.capture.photos import attaching
from auditor.ui.capture.photos.refusals import Refusals
from auditor.ui.capture.screen import CaptureScreen
from auditor.ui.kit.button import Button
from auditor.ui.tasks import Priority
from tests.ui.capture.conftest import Open
from tests.ui.capture.darkroom import PHOTOS, attach, held, jpeg, rest, strip, tray
from tests.ui.capture.hands import card, drop, focus, on_disk, picture, press

Again = Callable[[CaptureScreen], CaptureScreen]
HEIC = Path(__file__).parents[2] / "services" / "data" / "red.heic"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Photos are read by the pool itself, so that a test can stand in for disk and decoder."""

    def prepare(
        _reader: object, folder: Path, source: Path | bytes, name: str, kind: str
    ) -> pictures.Prepared:
        return kept.keep(folder, pictures.prepare(source, name, kind))

    monkeypatch.setattr(PhotoReader, "prepare", prepare)


def said(screen: CaptureScreen, question: str) -> str:
    return strip(screen, question).refusals.text


def buttons(where: Refusals, name: str) -> list[Button]:
    found = [each for each in where.findChildren(Button) if each.isVisibleTo(where)]
    return [each for each in found if each.accessibleName().startswith(name)]


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def huge() -> bytes:
    """Sixty million pixels that were never painted."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 10_000, 6_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


def sixteen_bit() -> bytes:
    return encoded(Image.new("I;16", (60, 40), 32768), "PNG")


def animated() -> bytes:
    frames = [Image.new("P", (40, 30), number) for number in range(3)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


GOOD = {
    "bình thường.jpg": jpeg(1),
    "sai đuôi.txt": jpeg(2),
    "mười sáu bit.png": sixteen_bit(),
    "cmyk.jpg": encoded(Image.new("CMYK", (60, 40), (0, 200, 200, 0)), "JPEG"),
    "động.gif": animated(),
    "IMG_0001.HEIC": HEIC.read_bytes(),
}
BAD = {
    "hỏng.jpg": (b"\xff\xd8\xff not a picture", "hỏng"),
    "cụt.jpg": (encoded(Image.effect_noise((300, 200), 80), "JPEG")[:3000], "hỏng"),
    "rỗng.jpg": (b"", "rỗng"),
    "khổng lồ.png": (huge(), "50 triệu"),
    "văn bản.jpg": (b"just words", "hỏng"),
}


def test_a_drop_of_all_kinds_brings_the_good_ones_and_tells_the_others(
    open_capture: Open, reopened: Again, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    given = []
    bad, good = list(BAD.items()), list(GOOD.items())
    for number in range(max(len(bad), len(good))):
        given += [(name, content) for name, (content, _) in bad[number : number + 1]]
        given += good[number : number + 1]
    for name, content in given:
        (tmp_path / name).write_bytes(content)
    folder = tmp_path / "thư mục"
    folder.mkdir()
    os.mkfifo(tmp_path / "ống")
    files = [tmp_path / name for name, _ in given]
    others = [folder, tmp_path / "ống", tmp_path / "đã mất.jpg"]
    drop(card(screen, "facade"), *files, *others)
    rest(screen, qtbot)
    names = [screen.draft.evidence_of(sha).name for sha in held(screen, "facade")]
    assert names == list(GOOD)
    refusals = screen.session.attaching.refusals(screen.draft.compiled.item("facade"))
    told = {each.name: each.sentence for each in refusals}
    assert set(told) == {*BAD, "thư mục", "ống", "đã mất.jpg"}
    for name, (_, word) in BAD.items():
        assert name in told[name]
        assert word in told[name]
    assert "thư mục" in told["thư mục"]
    assert [each.name for each in refusals if each.again is not None] == ["đã mất.jpg"]
    again = reopened(screen)
    assert len(held(again, "facade")) == len(GOOD)


def test_refusals_stand_beside_the_card_and_are_put_away_one_by_one(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    for name in ("a.jpg", "b.jpg"):
        screen.session.attaching.add(screen.draft.compiled.item("clean"), b"no", name)
    rest(screen, qtbot)
    where = strip(screen, "clean").refusals
    assert where.isVisible()
    assert ("a.jpg" in where.text, "b.jpg" in where.text) == (True, True)
    buttons(where, "Đóng thông báo: a.jpg")[0].click()
    assert ("a.jpg" in where.text, "b.jpg" in where.text) == (False, True)
    buttons(where, "Đóng thông báo: b.jpg")[0].click()
    assert not where.isVisible()


@pytest.mark.usefixtures("in_process")
def test_forty_megabytes_are_taken_and_more_than_a_hundred_are_never_read(
    open_capture: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    big, bigger = tmp_path / "bốn mươi.jpg", tmp_path / "quá lớn.jpg"
    big.write_bytes(jpeg(1) + b"\0" * 40_000_000)
    with bigger.open("wb") as file:
        file.truncate(150_000_000)
    sizes: list[int] = []
    real = pictures._prepare_picture
    monkeypatch.setattr(
        pictures, "_prepare_picture", lambda *given: (sizes.append(len(given[3])), real(*given))[1]
    )
    drop(card(screen, "facade"), bigger, big)
    rest(screen, qtbot)
    (photo,) = held(screen, "facade")
    assert Path(screen.draft.evidence_of(photo).path).stat().st_size == big.stat().st_size
    assert "100 MB" in said(screen, "facade")
    assert sizes == [big.stat().st_size]


@pytest.mark.usefixtures("in_process")
def test_only_one_photo_is_in_memory_at_a_time(
    open_capture: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    real, under_way, most = pictures.prepare, [0], [0]

    def counting(*given: object) -> object:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        try:
            return real(*given)  # type: ignore[arg-type]
        finally:
            under_way[0] -= 1

    monkeypatch.setattr(pictures, "prepare", counting)
    light: list[int] = []
    attach_real = attaching._attach

    def looking(workspace: object, visit: int, key: object, prepared: pictures.Prepared) -> object:
        light.append(len(prepared.content))
        return attach_real(workspace, visit, key, prepared)  # type: ignore[arg-type]

    monkeypatch.setattr(attaching, "_attach", looking)
    files = []
    for number in range(8):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(jpeg(number))
    drop(card(screen, "facade"), *files)
    rest(screen, qtbot)
    assert len(held(screen, "facade")) == 8
    assert most == [1]
    assert light == [0] * 8, "what waits for the database holds no bytes"


def test_the_same_file_twice_is_one_and_that_is_said(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    first, copy = tmp_path / "một.jpg", tmp_path / "bản sao.jpg"
    first.write_bytes(jpeg(1))
    copy.write_bytes(jpeg(1))
    drop(card(screen, "facade"), first, copy)
    rest(screen, qtbot)
    assert len(held(screen, "facade")) == 1
    assert said(screen, "facade") == "bản sao.jpg đã có ở câu này."
    (told,) = screen.session.attaching.refusals(screen.draft.compiled.item("facade"))
    assert told.harmless
    drop(tray(screen), first, copy)
    rest(screen, qtbot)
    assert len(held(screen, None)) == 1
    assert "bản sao.jpg" in tray(screen).refusals.text


@pytest.mark.usefixtures("in_process")
def test_a_full_disk_keeps_the_name_and_the_way_back(
    open_capture: Open,
    reopened: Again,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = open_capture(PHOTOS)
    (tmp_path / "quầy.jpg").write_bytes(jpeg(1))
    (tmp_path / "cửa.jpg").write_bytes(jpeg(2))
    full = [True]
    real = EvidenceFiles.write

    def write(files: EvidenceFiles, *given: object) -> None:
        if full[0]:
            raise OSError(28, "No space left on device")
        real(files, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(EvidenceFiles, "write", write)
    drop(card(screen, "facade"), tmp_path / "quầy.jpg")
    rest(screen, qtbot)
    where = strip(screen, "facade").refusals
    assert where.text.startswith("quầy.jpg: ")
    assert "đầy" in where.text
    full[0] = False
    drop(card(screen, "facade"), tmp_path / "cửa.jpg")
    rest(screen, qtbot)
    assert "quầy.jpg" in where.text, "the next drop does not wipe away what can be retried"
    buttons(where, "Thử lại: quầy.jpg")[0].click()
    rest(screen, qtbot)
    assert where.text == ""
    names = [screen.draft.evidence_of(sha).name for sha in held(screen, "facade")]
    assert names == ["cửa.jpg", "quầy.jpg"]
    assert len(held(reopened(screen), "facade")) == 2


def test_a_database_that_takes_no_row_keeps_the_name_too(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    real = attaching._attach

    def refuse(*_: object) -> None:
        raise NotSavedError("disk_full", "The disk is full: make room, then try again.")

    monkeypatch.setattr(attaching, "_attach", refuse)
    attach(screen, qtbot, "facade", jpeg(1))
    monkeypatch.setattr(attaching, "_attach", real)
    buttons(strip(screen, "facade").refusals, "Thử lại")[0].click()
    rest(screen, qtbot)
    assert len(held(screen, "facade")) == 1


@pytest.mark.usefixtures("in_process")
def test_a_bug_in_a_decoder_stops_no_other_photo(
    open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_capture(PHOTOS)
    real = pictures.prepare

    def stumble(source: object, name: str, kind: str) -> object:
        if name == "ảnh 0.jpg":
            raise AssertionError("a decoder's bug")
        return real(source, name, kind)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "prepare", stumble)
    with qtbot.captureExceptions() as bugs:
        attach(screen, qtbot, "facade", jpeg(1), jpeg(2))
    assert len(bugs) == 1
    assert len(held(screen, "facade")) == 1
    assert "ảnh 0.jpg" in said(screen, "facade")


def test_orientation_is_applied_once_and_the_original_is_untouched(
    open_capture: Open, qtbot: QtBot
) -> None:
    screen = open_capture(PHOTOS)
    upright = Image.new("RGB", (160, 120), "white")
    upright.paste((220, 20, 20), (0, 0, 80, 120))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    content = encoded(upright.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)
    (photo,) = attach(screen, qtbot, "facade", content)
    record = screen.draft.evidence_of(photo)
    assert (record.width, record.height) == (160, 120)
    assert Path(record.path).read_bytes() == content
    thumb = screen.session.thumbs.get(record)
    assert thumb is not None, "it is there with the record: nothing is read again"
    image = thumb.toImage()
    assert (image.width(), image.height()) == (160, 120)
    assert QColor(image.pixel(20, 60)).red() > 180
    assert QColor(image.pixel(20, 60)).green() < 90


def test_several_files_of_a_dialog(open_capture: Open, qtbot: QtBot, tmp_path: Path) -> None:
    screen = open_capture(PHOTOS)
    card(screen, "facade")
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(jpeg(number))
    press("p")
    dialog = screen.findChildren(QFileDialog)[-1]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.close()
    rest(screen, qtbot)
    names = [screen.draft.evidence_of(sha).name for sha in held(screen, "facade")]
    assert names == ["0.jpg", "1.jpg", "2.jpg"]


def test_files_are_pasted_as_well_as_pictures(
    open_capture: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    card(screen, "clean").comment()
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    QGuiApplication.clipboard().setMimeData(data)
    press("v", CONTROL)
    QGuiApplication.clipboard().setImage(picture())
    press("v", CONTROL)
    rest(screen, qtbot)
    names = [screen.draft.evidence_of(sha).name for sha in held(screen, "clean")]
    assert names == ["a.jpg", "Ảnh dán.png"]
    assert screen.draft.filling.answer("clean").comment == ""


def test_recordings_and_files_keep_to_their_questions(
    open_capture: Open, reopened: Again, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    sound, paper = tmp_path / "chào.mp3", tmp_path / "menu.pdf"
    sound.write_bytes(b"ID3\x04" + b"\0" * 99)
    paper.write_bytes(b"%PDF-1.7 menu")
    drop(card(screen, "greeting"), sound)
    drop(card(screen, "menu"), paper)
    drop(card(screen, "greeting"), paper)
    rest(screen, qtbot)
    assert "menu.pdf" in said(screen, "greeting")
    again = reopened(screen)
    kinds = [
        again.draft.evidence_of(held(again, question)[0]).kind for question in ("greeting", "menu")
    ]
    assert kinds == ["audio", "file"]


def test_typing_goes_on_while_photos_arrive_and_each_is_undone_by_itself(
    open_capture: Open, reopened: Again, qtbot: QtBot, tmp_path: Path
) -> None:
    screen = open_capture(PHOTOS)
    there = card(screen, "clean")
    there.comment()
    field = focus()
    press("be")
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    (tmp_path / "b.jpg").write_bytes(jpeg(2))
    drop(there, tmp_path / "a.jpg", tmp_path / "b.jpg")
    press("fore")
    rest(screen, qtbot)
    assert focus() is field
    press(" after")
    answer = screen.draft.filling.answer("clean")
    assert (answer.comment, len(answer.evidence)) == ("before after", 2)
    screen.draft.undo()
    assert screen.draft.filling.answer("clean").comment == "before"
    screen.draft.undo()
    assert screen.draft.filling.answer("clean").evidence == ()
    screen.draft.redo()
    answer = reopened(screen).draft.filling.answer("clean")
    assert (answer.comment, len(answer.evidence)) == ("before", 2)


def test_a_crash_right_after_a_photo_arrived_leaves_it_where_it_was_put(
    open_capture: Open, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window never learns of it: neither answer nor tray is saved by the form."""
    screen = open_capture(PHOTOS)
    monkeypatch.setattr(screen.draft, "add_evidence", lambda *_: None)
    screen.session.attaching.add(screen.draft.compiled.item("clean"), jpeg(1), "a.jpg")
    screen.session.attaching.add(None, jpeg(2), "b.jpg")
    rest(screen, qtbot)
    assert screen.draft.filling.answers == {}
    assert on_disk(folder, "SELECT photos FROM visit") == [(1,)]
    screen._abandoned = True
    screen.context.close()
    again = open_capture(visit=screen.visit_id)
    assert [len(held(again, place)) for place in ("clean", None)] == [1, 1]


def test_the_window_is_never_asked_for_a_file(
    open_capture: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick or a share may be slow: only the process that reads photos looks at the file."""
    screen = open_capture(PHOTOS)
    (tmp_path / "a.jpg").write_bytes(jpeg(1))
    there = card(screen, "facade")
    seen: list[str] = []
    real = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        if path.name == "a.jpg":
            seen.append(path.name)
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    drop(there, tmp_path / "a.jpg")
    rest(screen, qtbot)
    assert len(held(screen, "facade")) == 1
    assert seen == []


@pytest.mark.parametrize("place", ["clean", None])
def test_a_crash_behind_an_older_save_leaves_the_photo_where_it_was_put(
    place: str | None, open_capture: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The photo is named on disk, then a save from before the window knew of it, then a kill."""
    screen = open_capture(PHOTOS)
    first, *_ = attach(screen, qtbot, place, jpeg(1), jpeg(2))
    item = screen.draft.compiled.item("clean")
    arrive = threading.Event()
    monkeypatch.setattr(screen.session.attaching, "arrived", lambda *_: None)
    started = threading.Event()
    screen.context.lane.run(lambda: (started.set(), arrive.wait(10)), priority=Priority.SAVE)
    assert started.wait(10)
    target = None if place is None else item
    screen.session.attaching.add(target, jpeg(3), "c.jpg")
    screen.session.attaching.add(target, jpeg(1), "a.jpg")
    qtbot.waitUntil(lambda: len(screen.session.attaching.landing(place)) == 2)
    album = screen.frame.desk.album
    album.remove(first, target)
    arrive.set()
    assert screen.session.saver.wait()
    screen._abandoned = True
    screen.context.close()
    again = open_capture(visit=screen.visit_id)
    names = [again.draft.evidence_of(sha).name for sha in held(again, place)]
    assert sorted(names) == ["c.jpg", "ảnh 0.jpg", "ảnh 1.jpg"]
