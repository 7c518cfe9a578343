from __future__ import annotations

from pathlib import Path

import pytest

from auditor.store import files, folder

MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:40 / /mnt/team rw - nfs4 server:/team rw
41 40 8:2 / /mnt/team/local rw - ext4 /dev/sdb1 rw
42 22 0:42 / /mnt/my\\040share rw shared:7 - cifs //server/share rw
nonsense
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/an/workspace", "ext4"),
        ("/mnt/team/audits", "nfs4"),
        ("/mnt/team/local/audits", "ext4"),
        ("/mnt/my share/audits", "cifs"),
        ("/mnt/teamwork", "ext4"),
    ],
)
def test_the_file_system_of_a_folder(place: str, kind: str) -> None:
    assert folder._filesystem(Path(place), MOUNTS) == kind


@pytest.mark.parametrize(
    ("place", "synced"),
    [
        ("OneDrive - Firm/audits", True),
        ("Dropbox/audits", True),
        ("Library/Mobile Documents/audits", True),
        ("Nextcloud", True),
        ("audits", False),
        ("my onedrive notes", False),
    ],
)
def test_a_synced_folder_is_known_by_its_name(tmp_path: Path, place: str, synced: bool) -> None:
    (tmp_path / place).mkdir(parents=True)
    assert folder.is_synced(tmp_path / place) is synced


def test_a_synced_folder_is_known_by_its_mark(tmp_path: Path) -> None:
    place = tmp_path / "share" / "audits"
    place.mkdir(parents=True)
    assert folder.warnings(place) == ()
    (tmp_path / "share" / ".stfolder").mkdir()
    (warning,) = folder.warnings(place)
    assert warning.code == "synced"
    assert str(place) in warning.text("vi")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    files.write_durably(path, b"old")

    def fail(file: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError(28, "full")

    with pytest.raises(OSError, match="full"):
        files.write_durably(path, fail)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir() if p.is_file()] == [("x", b"old")]


def test_the_home_of_a_sync_program_is_no_synced_folder(tmp_path: Path) -> None:
    """Dropbox keeps its own settings in ``~/.dropbox``, above all that a person has."""
    (tmp_path / ".dropbox").mkdir()
    assert not folder.is_synced(tmp_path / "audits")
    (tmp_path / ".dropbox.cache").mkdir()
    assert folder.is_synced(tmp_path / "audits")
