"""Folders that no workspace left behind, built for the test that asks for them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from auditor.store import driver
from tests.hostile.rounds import EXAMPLES

Spoil = Callable[[Path, Path], object]
DATABASE = driver.DATABASE


def foreign_database(place: Path, _outside: Path) -> None:
    (place / DATABASE).unlink()
    with sqlite3.connect(place / DATABASE) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()


def link_to(name: str) -> Spoil:
    """``name`` leads outside, where a copy of it lies with more in it."""

    def spoil(place: Path, outside: Path) -> None:
        target = outside / Path(name).name
        if (place / name).exists():
            (place / name).rename(target)
        if target.is_dir() or not target.suffix:
            target.mkdir(exist_ok=True)
            (target / ".precious.0.part").write_bytes(b"precious")
            (target / "2020-01-01T000000Z.db").write_bytes(b"precious")
            (target / "2020-01-02T000000Z.db").write_bytes(b"precious")
        (place / name).symlink_to(target)

    return spoil


def link_inside_evidence(place: Path, outside: Path) -> None:
    (place / "evidence" / "aa").symlink_to(outside)


def pipe_at(name: str) -> Spoil:
    def spoil(place: Path, _outside: Path) -> None:
        path = place / name
        if path.is_file():
            path.unlink()
        path.parent.mkdir(exist_ok=True)
        os.mkfifo(path)

    return spoil


def folder_at(name: str) -> Spoil:
    def spoil(place: Path, _outside: Path) -> None:
        path = place / name
        path.unlink(missing_ok=True)
        (path / "inside").mkdir(parents=True)

    return spoil


def file_at(name: str, content: bytes = b"x") -> Spoil:
    def spoil(place: Path, _outside: Path) -> None:
        path = place / name
        if path.is_dir():
            for inside in sorted(path.rglob("*"), reverse=True):
                inside.rmdir() if inside.is_dir() else inside.unlink()
            path.rmdir()
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content)

    return spoil


def crowd(place: Path, _outside: Path) -> None:
    """Very many files of somebody else."""
    (place / "evidence" / "zz").mkdir()
    for number in range(100_000 if EXAMPLES else 3_000):
        (place / "evidence" / "zz" / f"{number}.txt").touch()


def strange_names(place: Path, _outside: Path) -> None:
    for name in ("e\u0323\u0302.txt", "\u202egpj.exe", "a\nb", "x" * 250):
        (place / name).write_bytes(b"x")
        (place / "evidence" / name).write_bytes(b"x")
    folder = os.fsencode(place / "backups")
    for raw in (b"\xff\xfe.db", b"2026-01-01T000000Z\xff.db"):
        Path(os.fsdecode(folder + b"/" + raw)).write_bytes(b"x")


def note_that_leads_out(place: Path, outside: Path) -> None:
    """A restore that was cut off, says the folder; what it names is somebody else's."""
    (place / DATABASE).unlink()
    (place / ".restore-x").mkdir()
    (place / ".restore-x" / "set-aside").write_text(str(outside))
    (outside / DATABASE).write_bytes(b"precious")


FOLDERS: dict[str, Spoil] = {
    "the database of another program": foreign_database,
    "a folder as database": folder_at(DATABASE),
    "a pipe as database": pipe_at(DATABASE),
    "a pipe as journal": pipe_at(f"{DATABASE}-wal"),
    "a pipe as lock": pipe_at("workspace.lock"),
    "a folder as lock": folder_at("workspace.lock"),
    "a lock of 5,000 digits": file_at("workspace.lock", b"9" * 5000),
    "a lock of a gigabyte": lambda place, _: os.truncate(place / "workspace.lock", 2**30),
    "a pipe as mark": pipe_at("workspace.checked"),
    "a pipe as log": pipe_at("logs/auditor.log"),
    "a pipe as log of crashes": pipe_at("logs/fatal.log"),
    "a pipe as open visit": pipe_at("open-visit"),
    "a pipe as note of a move": pipe_at("MOVED.txt"),
    "a file as logs": file_at("logs"),
    "a file as evidence": file_at("evidence"),
    "a file as backups": file_at("backups"),
    "a file as what is set aside": file_at("set-aside"),
    "a pipe as backup": pipe_at("backups/2026-11-22T140200Z.auditor-backup"),
    "a backup of no day": file_at("backups/2026-99-99T999999Z.db"),
    "a backup that leads nowhere": lambda place, _: (
        place / "backups" / "2026-11-22T140200Z.db"
    ).symlink_to("nowhere"),
    "a link as database": link_to(DATABASE),
    "a link as lock": link_to("workspace.lock"),
    "a link as evidence": link_to("evidence"),
    "a link in the evidence": link_inside_evidence,
    "a link as backups": link_to("backups"),
    "a link as what is set aside": link_to("set-aside"),
    "a link as logs": link_to("logs"),
    "a note that leads out": note_that_leads_out,
    "names of every kind": strange_names,
    "very many files of others": crowd,
}
