"""A backup in one file: whole, or refused with nothing changed and nothing written outside."""

from __future__ import annotations

import errno
import hashlib
import json
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.domain.errors import NotFoundError, NotSavedError, WorkspaceError
from auditor.domain.work import Cancel, Cancelled, silent
from auditor.store import backup, driver, opening, portable, restoring
from auditor.store.evidence import EvidenceFiles
from auditor.store.opening import Opened
from auditor.store.queries import visits as visit_queries
from auditor.store.units import Store, utc_now

CONTENT = b"\xff\xd8\xff photo"
SHA = hashlib.sha256(CONTENT).hexdigest()
PHOTO = f"evidence/{SHA[:2]}/{SHA}.jpg"


@pytest.fixture
def packed(store: Store, opened: Opened, folder: Path, tmp_path: Path) -> Path:
    EvidenceFiles(folder).write(SHA, "image/jpeg", CONTENT, (b"print", b"thumb"))
    final = tmp_path / "x.auditor-backup"
    copy = tmp_path / "copy.db"
    backup.copy_database(store.raw, copy)
    portable.write(final, copy, EvidenceFiles(folder), utc_now(), silent, Cancel())
    opened.close()
    return final


def restore(source: Path, place: Path) -> Path | None:
    return restoring.restore(source, place, utc_now(), silent, Cancel())


def test_a_workspace_comes_back_whole(packed: Path, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    assert restore(packed, place) is None
    assert (place / PHOTO).read_bytes() == CONTENT
    opened = opening.open_store(place)
    assert opened.store.read(visit_queries.visits)[0].number == "V-0001"
    opened.close()
    assert not list(place.glob(".*"))


def test_the_pictures_of_a_turned_photo_come_along(
    store: Store, opened: Opened, folder: Path, tmp_path: Path
) -> None:
    files = EvidenceFiles(folder)
    files.write(SHA, "image/jpeg", CONTENT, (b"print", b"thumb"))
    files.write_turned(SHA, 90, (b"print on its side", b"thumb on its side"))
    final, copy = tmp_path / "x.auditor-backup", tmp_path / "copy.db"
    backup.copy_database(store.raw, copy)
    portable.write(final, copy, files, utc_now(), silent, Cancel())
    opened.close()
    place = tmp_path / "elsewhere"
    restore(final, place)
    assert EvidenceFiles(place).print(SHA, 90).read_bytes() == b"print on its side"
    assert EvidenceFiles(place).thumb(SHA, 90).read_bytes() == b"thumb on its side"


def test_a_file_that_cannot_be_read_is_named_and_not_the_disk_of_the_copy(
    store: Store, opened: Opened, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = EvidenceFiles(folder)
    files.write(SHA, "image/jpeg", CONTENT, None)
    copy = tmp_path / "copy.db"
    backup.copy_database(store.raw, copy)
    look = Path.open

    def refuse(path: Path, *args: Any, **named: Any) -> Any:
        if path == folder / PHOTO:
            raise PermissionError(errno.EACCES, "denied", str(path))
        return look(path, *args, **named)

    monkeypatch.setattr(Path, "open", refuse)
    out = tmp_path / "usb"
    out.mkdir()
    with pytest.raises(NotFoundError) as told:
        portable.write(out / "x.auditor-backup", copy, files, utc_now(), silent, Cancel())
    assert told.value.values["path"] == folder / PHOTO
    assert list(out.iterdir()) == []
    opened.close()


def test_what_was_there_is_kept_aside(packed: Path, folder: Path) -> None:
    (folder / PHOTO).write_bytes(b"altered")
    other = folder / "evidence" / "00" / f"{'0' * 64}.jpg"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_bytes(b"newer photo")
    before = (folder / driver.DATABASE).read_bytes()
    aside = restore(packed, folder)
    assert aside is not None
    assert (aside / driver.DATABASE).read_bytes() == before
    assert (folder / PHOTO).read_bytes() == CONTENT
    assert other.read_bytes() == b"newer photo"
    kept = [path.read_bytes() for path in (folder / "set-aside").rglob("*.jpg")]
    assert kept == [b"altered"]


def test_an_open_workspace_is_not_replaced(packed: Path, folder: Path) -> None:
    opened = opening.open_store(folder)
    with pytest.raises(WorkspaceError) as caught:
        restore(packed, folder)
    assert caught.value.code == "in_use"
    opened.close()


def test_a_cancelled_restore_changes_nothing(packed: Path, folder: Path) -> None:
    cancel, before = Cancel(), (folder / driver.DATABASE).read_bytes()

    def stop(done: int, total: int, what: str) -> None:
        if done == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        restoring.restore(packed, folder, utc_now(), stop, cancel)
    assert (folder / driver.DATABASE).read_bytes() == before
    assert not list(folder.glob(".restore*"))


def rewritten(source: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> Path:
    """The backup with its entries and manifest changed by hand, hashes of the manifest kept."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries.pop(portable.MANIFEST))
    change(entries, manifest)
    target = source.with_name("hostile.auditor-backup")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        if manifest:
            archive.writestr(portable.MANIFEST, json.dumps(manifest))
    return target


def listed(manifest: dict[str, Any], name: str, content: bytes) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    manifest["files"].append({"name": name, "bytes": len(content), "sha256": sha256})


def adding(name: str) -> Callable[[dict[str, bytes], dict[str, Any]], None]:
    def change(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
        entries[name] = b"evil"
        listed(manifest, name, b"evil")

    return change


def unlisted(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries["evidence/aa/" + "a" * 64 + ".jpg"] = b"evil"


def lost(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del entries[PHOTO]


def flipped(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[PHOTO] = b"\xfe" + CONTENT[1:]


def flipped_print(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[f"prints/{SHA[:2]}/{SHA}.jpg"] = b"Print"


def longer(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    entries[PHOTO] = CONTENT + b"x" * 50_000_000


def other_database(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["files"] = [f for f in manifest["files"] if f["name"] != driver.DATABASE]
    entries[driver.DATABASE] = b"not a database"
    listed(manifest, driver.DATABASE, b"not a database")


def no_manifest(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest.clear()


def other_format(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["format"] = "auditor-backup/2"


def nonsense(entries: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["files"] = [{"name": 3}]


HOSTILE = {
    "traversal": adding("../../evil.txt"),
    "absolute": adding("/tmp/evil.txt"),
    "backslash": adding("evidence\\..\\..\\evil.txt"),
    "stream": adding("evidence/aa/" + "a" * 64 + ".jpg:evil"),
    "device": adding("CON"),
    "journal": adding("workspace.db-wal"),
    "upper case": adding("EVIDENCE/aa/" + "a" * 64 + ".jpg"),
    "folder": adding("evidence/aa/"),
    "unlisted": unlisted,
    "lost": lost,
    "flipped": flipped,
    "flipped print": flipped_print,
    "longer": longer,
    "other database": other_database,
    "no manifest": no_manifest,
    "other format": other_format,
    "nonsense": nonsense,
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_backup_changes_nothing(
    packed: Path, folder: Path, tmp_path: Path, change: Callable[..., None]
) -> None:
    hostile = rewritten(packed, change)
    before = (folder / driver.DATABASE).read_bytes()
    around = sorted(tmp_path.rglob("*"))
    with pytest.raises(WorkspaceError) as caught:
        restore(hostile, folder)
    assert caught.value.code == "bad_backup"
    assert hostile.name in caught.value.text("vi")
    assert (folder / driver.DATABASE).read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == around


def test_a_link_is_only_bytes(packed: Path, folder: Path) -> None:
    """An entry that says it is a symbolic link is unpacked as a file, and its bytes are wrong."""
    with zipfile.ZipFile(packed) as archive:
        entries = {info: archive.read(info) for info in archive.infolist()}
    hostile = packed.with_name("link.auditor-backup")
    with zipfile.ZipFile(hostile, "w") as archive:
        for info, content in entries.items():
            link = info.filename == PHOTO
            if link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, b"/etc/passwd" if link else content)
    with pytest.raises(WorkspaceError):
        restore(hostile, folder)


def test_entries_of_one_name_are_refused(packed: Path, folder: Path) -> None:
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(PHOTO, b"second")
    with pytest.raises(WorkspaceError):
        restore(packed, folder)


def test_a_size_that_lies_is_refused(packed: Path, folder: Path) -> None:
    """The archive's own record of the size is made huge."""
    content = bytearray(packed.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 0xFFFFFFF0)
    packed.write_bytes(content)
    with pytest.raises(WorkspaceError):
        restore(packed, folder)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", b"\x00" * 4096])
def test_what_is_no_backup_is_told(tmp_path: Path, folder: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(WorkspaceError) as caught:
        restore(tmp_path / "x", folder)
    assert caught.value.code == "bad_backup"
    with pytest.raises(NotFoundError):
        restore(tmp_path / "gone", folder)


def test_a_backup_of_a_newer_program_is_told(store: Store, folder: Path, tmp_path: Path) -> None:
    path = backup.make(store.raw, folder, utc_now())
    raw = driver.connect(path)
    raw.execute(f"PRAGMA user_version={driver.SCHEMA + 1}")
    raw.close()
    with pytest.raises(WorkspaceError) as caught:
        restore(path, tmp_path / "new")
    assert caught.value.code == "newer"


def test_a_copy_of_all_is_offered_too(packed: Path, folder: Path) -> None:
    kept = backup.fresh_name(folder / "backups", utc_now(), portable.ENDING)
    kept.write_bytes(packed.read_bytes())
    cut = kept.with_name(f"2999-01-01T000000Z{portable.ENDING}")
    cut.write_bytes(packed.read_bytes()[:-200])
    (folder / driver.DATABASE).write_bytes(b"")
    with pytest.raises(WorkspaceError) as caught:
        opening.open_store(folder)
    assert caught.value.values["backup"] == kept
    assert backup.thin(folder, utc_now()) == 0
    restore(kept, folder)
    opening.open_store(folder).close()


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_refused(packed: Path, folder: Path, packing: int) -> None:
    """Spoiled, each fails in a way of its own, which is no disk that fails and no bug."""
    with zipfile.ZipFile(packed) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        at = archive.getinfo(driver.DATABASE).header_offset + 60
    content = bytearray(packed.read_bytes())
    content[at : at + 20] = b"\xff" * 20
    packed.write_bytes(content)
    with pytest.raises(WorkspaceError) as caught:
        restore(packed, folder)
    assert caught.value.code == "bad_backup"


def test_a_place_before_the_file_is_refused(packed: Path, folder: Path) -> None:
    """The archive's end says that its list is longer than all that stands before it."""
    content = bytearray(packed.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    (at,) = struct.unpack_from("<I", content, end + 16)
    struct.pack_into("<I", content, end + 16, at + 100_000)
    packed.write_bytes(content)
    with pytest.raises(WorkspaceError) as caught:
        restore(packed, folder)
    assert caught.value.code == "bad_backup"


def test_a_big_database_fits_into_a_copy(
    store: Store, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond 2 GB the wide format must be asked for before the first byte is written."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100_000)
    copy = tmp_path / "copy.db"
    backup.copy_database(store.raw, copy)
    final = tmp_path / "x.auditor-backup"
    portable.write(final, copy, EvidenceFiles(folder), utc_now(), silent, Cancel())
    assert copy.stat().st_size > 100_000
    restore(final, tmp_path / "elsewhere")


def test_a_restore_that_fails_at_the_last_step_leaves_all_as_it_was(
    packed: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, before = Path.replace, (folder / driver.DATABASE).read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        if ".restore-" in str(self) and self.name == driver.DATABASE:
            raise OSError(errno.EIO, "held by another program")
        return replace(self, target)

    (folder / f"{driver.DATABASE}-wal").write_bytes(b"commits")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NotSavedError):
        restore(packed, folder)
    assert (folder / driver.DATABASE).read_bytes() == before
    assert (folder / f"{driver.DATABASE}-wal").read_bytes() == b"commits"
    assert not list((folder / "set-aside").glob("*/*.db*"))


def test_what_was_set_aside_after_a_crash_comes_back_with_its_journal(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """The last answers are in the journal only: without it they would be lost in silence."""
    store.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.raw.execute("UPDATE visit SET evaluator = 'E-99'")
    aside = tmp_path / "aside"
    aside.mkdir()
    for path in folder.glob(f"{driver.DATABASE}*"):
        (aside / path.name).write_bytes(path.read_bytes())
    place = tmp_path / "elsewhere"
    restore(aside / driver.DATABASE, place)
    opened = opening.open_store(place)
    assert opened.store.read(visit_queries.visits)[0].evaluator == "E-99"
    opened.close()
    assert not list(place.glob(".*"))
