from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError

from auditor.domain.changes import Changes
from auditor.domain.errors import NotSavedError
from auditor.store import driver, opening
from auditor.store.opening import Opened
from auditor.store.tables import CLIENT
from auditor.store.units import Store


def names(store: Store) -> list[str]:
    return store.read(lambda c: list(c.execute(select(CLIENT.c.name)).scalars()))


def add(store: Store, name: str) -> None:
    with store.unit() as unit:
        unit.execute(insert(CLIENT).values(name=name, created_at=unit.at))
        unit.touch(Changes(places=True))


def test_a_unit_tells_what_it_touched_after_it_is_committed(opened: Opened) -> None:
    seen: list[tuple[Changes, list[str]]] = []
    opened.store.subscribe(lambda changes: seen.append((changes, names(opened.store))))
    add(opened.store, "A")
    assert seen == [(Changes(places=True), ["A"])]


def test_a_unit_that_fails_leaves_nothing_and_tells_nobody(opened: Opened) -> None:
    seen: list[Changes] = []
    opened.store.subscribe(seen.append)
    with pytest.raises(IntegrityError), opened.store.unit() as unit:  # noqa: PT012
        for name in ("A", "B", "A"):
            unit.execute(insert(CLIENT).values(name=name, created_at=unit.at))
    assert (names(opened.store), seen) == ([], [])
    add(opened.store, "C")
    assert names(opened.store) == ["C"]


def test_tables_made_in_a_unit_roll_back_too(opened: Opened) -> None:
    with pytest.raises(KeyError), opened.store.unit() as unit:  # noqa: PT012
        unit.execute(text("CREATE TABLE extra (id INTEGER)"))
        raise KeyError
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'extra'"
    assert opened.store.raw.execute(tables).fetchone() == (0,)


def test_units_do_not_nest(opened: Opened) -> None:
    with (
        pytest.raises((InvalidRequestError, OperationalError)),
        opened.store.unit(),
        opened.store.unit(),
    ):
        pass
    add(opened.store, "A")


def test_a_parent_that_is_used_stays(store: Store) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), store.unit() as unit:
        unit.execute(text("DELETE FROM client"))


def test_a_reader_sees_one_state_while_another_writes(store: Store, folder: Path) -> None:
    reader = opening.open_store(folder, write=False)

    def twice(connection: object) -> tuple[int, int]:
        count = text("SELECT count(*) FROM client")
        first = reader_count(connection, count)
        if driver.JOURNAL == "WAL":
            add(store, "during")
        return first, reader_count(connection, count)

    def reader_count(connection: object, query: object) -> int:
        return connection.execute(query).scalar_one()  # type: ignore[attr-defined,no-any-return]

    assert reader.store.read(twice) == (1, 1)
    add(store, "after")
    assert "after" in names(reader.store)
    reader.close()


def test_a_database_held_by_another_program_is_told(store: Store, folder: Path) -> None:
    store.raw.execute("PRAGMA busy_timeout=10")
    other = driver.connect(folder / driver.DATABASE)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(NotSavedError) as caught:
        add(store, "A")
    assert caught.value.code == "busy"
    other.execute("ROLLBACK")
    add(store, "A")
    other.close()


def test_a_full_disk_is_told_and_trying_again_works(store: Store) -> None:
    pages = driver.pragma(store.raw, "page_count")
    store.raw.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(NotSavedError) as caught:
        add(store, "x" * 20_000)
    assert caught.value.code == "disk_full"
    store.raw.execute("PRAGMA max_page_count=1000000")
    add(store, "x" * 20_000)
    assert len(names(store)) == 2


def test_a_commit_that_found_the_file_busy_leaves_nothing_open(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without WAL a reader makes COMMIT wait, then fail: the next unit must begin all the same."""
    monkeypatch.setattr(driver, "JOURNAL", "DELETE")
    opened = opening.open_store(folder)
    opened.store.raw.execute("PRAGMA busy_timeout=10")
    reader = driver.connect(folder / driver.DATABASE)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM client").fetchall()
    with pytest.raises(NotSavedError) as caught:
        add(opened.store, "A")
    assert caught.value.code == "busy"
    reader.close()
    add(opened.store, "B")
    assert names(opened.store) == ["B"]
    opened.close()
