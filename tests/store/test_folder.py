from __future__ import annotations

from pathlib import Path

import pytest

from auditor.domain.errors import WorkspaceError
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


def test_a_drive_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows: the stick with Z: was taken out. It has no parent that could be made."""
    monkeypatch.setattr(Path, "is_dir", lambda _self: False)
    with pytest.raises(FileExistsError):
        files.make_folder(Path("/"))


@pytest.mark.parametrize("name", ["logs", "evidence"])
def test_a_part_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Root may read all: the system's answer is put in its mouth."""
    (tmp_path / name).mkdir()
    look, scan = Path.lstat, folder.os.scandir

    def refuse_below(path: Path) -> object:
        if path.parent.name == "logs" == name:
            raise PermissionError(13, "denied", str(path))
        return look(path)

    def refuse(path: Path) -> object:
        if path.name == "evidence" == name:
            raise PermissionError(13, "denied", str(path))
        return scan(path)

    monkeypatch.setattr(Path, "lstat", refuse_below)
    monkeypatch.setattr(folder.os, "scandir", refuse)
    with pytest.raises(WorkspaceError) as told:
        folder.prepare(tmp_path, create=True)
    assert told.value.code == "no_access"
