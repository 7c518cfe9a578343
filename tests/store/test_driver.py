from __future__ import annotations

import sqlite3
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from auditor.store import driver


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_an_old_sqlite_does_not_share_a_wal(version: tuple[int, ...], safe: bool) -> None:
    assert driver.wal_is_safe(version) is safe
    assert driver.durability(version) == (("WAL", "FULL") if safe else ("DELETE", "EXTRA"))


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/an/a b#1"), "file:///home/an/a%20b%231"),
        (PureWindowsPath("C:/Users/Lê/w.db"), "file:///C:/Users/L%C3%AA/w.db"),
        (PureWindowsPath(r"\\server\share\w.db"), "file:////server/share/w.db"),
    ],
)
def test_an_address_of_a_database_names_no_computer(path: PurePath, uri: str) -> None:
    """SQLite refuses one that does ("invalid uri authority")."""
    assert driver.uri(path) == uri


def settings(path: Path) -> dict[str, object]:
    connection = driver.connect(path)
    driver.settle(connection)
    names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
    found = {name: driver.pragma(connection, name) for name in names}
    connection.close()
    return found


def test_a_connection_is_set_for_durability(tmp_path: Path) -> None:
    wal = driver.JOURNAL == "WAL"
    assert settings(tmp_path / "a.db") == {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "trusted_schema": int(driver.module.sqlite_version_info < driver.INDEX_IS_HARMLESS),
        "busy_timeout": 5000,
    }


def test_a_full_text_index_takes_what_its_triggers_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Python's own SQLite too, which may be too old to trust its index by itself."""
    monkeypatch.setattr(driver, "module", sqlite3)
    raw = driver.connect(tmp_path / "a.db")
    raw.execute("CREATE TABLE place (name)")
    raw.execute("CREATE VIRTUAL TABLE found USING fts5(name)")
    raw.execute(
        "CREATE TRIGGER kept AFTER INSERT ON place BEGIN INSERT INTO found VALUES (new.name); END"
    )
    raw.execute("INSERT INTO place VALUES ('Huế')")
    assert raw.execute("SELECT name FROM found WHERE found MATCH 'Huế'").fetchall() == [("Huế",)]
    raw.close()


def test_an_old_sqlite_syncs_its_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "JOURNAL", "DELETE")
    monkeypatch.setattr(driver, "SYNCHRONOUS", "EXTRA")
    found = settings(tmp_path / "a.db")
    assert (found["journal_mode"], found["synchronous"]) == ("delete", 3)


def test_a_file_system_without_wal_gets_the_strict_journal(tmp_path: Path) -> None:
    """In memory no WAL can be had: the setting must follow what SQLite chose."""
    connection = driver.connect(Path(":memory:"))
    driver.settle(connection)
    assert driver.pragma(connection, "synchronous") == 3
    connection.close()
