"""Alembic and the live tables tell the same schema; a migration is whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from auditor.domain.errors import WorkspaceError
from auditor.store import driver, migrate, opening
from auditor.store.opening import Opened

Schema = dict[tuple[str, str], frozenset[object]]


def schema(raw: driver.Connection) -> Schema:
    """Every table, index and trigger by what it means: a column that was added later stands
    elsewhere in the text of its table."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        (kind, name): frozenset(table(raw, name, sql) if kind == "table" else sql.split())
        for kind, name, sql in rows
    }


def table(raw: driver.Connection, name: str, sql: str) -> Iterator[object]:
    yield "rowid", "WITHOUT ROWID" not in sql
    for column in raw.execute(f"PRAGMA table_xinfo({name})").fetchall():
        yield "column", *column[1:]
    for key in raw.execute(f"PRAGMA foreign_key_list({name})").fetchall():
        yield "foreign key", *key[2:]
    for _, index, unique, origin, partial in raw.execute(f"PRAGMA index_list({name})").fetchall():
        columns = raw.execute(f"PRAGMA index_info({index})").fetchall()
        yield "index", unique, origin, partial, tuple(column[2] for column in columns)
    for check in re.findall(r"CONSTRAINT \w+ CHECK \(.*\)", sql):
        yield "check", check


def empty(path: Path) -> driver.Connection:
    raw = driver.connect(path)
    raw.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
    return raw


def test_migrations_lead_to_the_live_tables(opened: Opened, tmp_path: Path) -> None:
    raw = empty(tmp_path / "old.db")
    migrate.migrate(raw)
    told, live = schema(raw), schema(opened.store.raw)
    assert told.keys() == live.keys()
    for name, lines in live.items():
        assert told[name] == lines, name
    assert driver.pragma(raw, "user_version") == driver.SCHEMA
    versions = "SELECT version_num FROM alembic_version"
    assert raw.execute(versions).fetchall() == opened.store.raw.execute(versions).fetchall()
    raw.close()


def test_the_schema_number_is_that_of_the_newest_migration() -> None:
    head = ScriptDirectory(str(migrate.SCRIPTS)).get_current_head()
    assert head == f"{driver.SCHEMA:04d}"


#: A draft with one answer, as the first schema kept it.
OLD_VISIT = f"""
INSERT INTO checklist_version (id, checklist_id, version, sha256, canonical, title, languages,
    questions, added_at) VALUES (1, 'c', '1', '{"a" * 64}', '', '{{}}', '[]', 1, '2026');
INSERT INTO client (id, uid, name, created_at) VALUES (1, 'u1', 'Firm', '2026');
INSERT INTO brand (id, uid, client_id, name, colour, colour2)
    VALUES (1, 'u2', 1, 'Brand', '#000000', '#000000');
INSERT INTO program (id, uid, client_id, name) VALUES (1, 'u3', 1, 'Study');
INSERT INTO location (id, uid, brand_id, code, name, address, active, created_at)
    VALUES (1, 'u4', 1, 'L1', 'Shop', '', 1, '2026');
INSERT INTO visit (id, uid, number, status, revision, location_id, checklist_version_id, evaluator,
    zone, answered, total, photos, created_at, version)
    VALUES (1, 'u5', 'V-0001', 'draft', 1, 1, 1, 'E-1', 'UTC', 1, 2, 0, '2026', 1);
INSERT INTO answer (visit_id, question, instance, value, not_applicable, comment, evidence,
    updated_at) VALUES (1, 'q', 0, '"yes"', 0, 'Sạch', '[]', '2026')
"""


def test_a_workspace_of_the_first_schema_keeps_everything(tmp_path: Path) -> None:
    raw = empty(tmp_path / "old.db")
    migrate.migrate(raw, "0001")
    for statement in OLD_VISIT.split(";"):
        raw.execute(statement)
    migrate.migrate(raw)
    kept = raw.execute("SELECT value, comment, later FROM answer").fetchall()
    assert kept == [('"yes"', "Sạch", 0)]
    assert raw.execute("SELECT tray, briefed_at, last_scroll FROM visit").fetchall() == [
        ("[]", None, 0)
    ]
    assert raw.execute("SELECT hide_score, document FROM program").fetchall() == [(0, None)]
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def test_what_lists_show_of_locations_is_made_of_the_visits_that_are_there(tmp_path: Path) -> None:
    raw = empty(tmp_path / "old.db")
    migrate.migrate(raw, "0003")
    for statement in OLD_VISIT.split(";"):
        raw.execute(statement)
    seen = """INSERT INTO visit (id, uid, number, status, revision, location_id, score, band,
        checklist_version_id, evaluator, zone, started_at, answered, total, photos, created_at,
        version) VALUES (?, ?, ?, ?, 1, 1, ?, 'good', 1, '', 'UTC', ?, 0, 0, 0, '2026', 1)"""
    for key, status, score, started in (
        (2, "submitted", "71.5", "2026-05-01T09:00:00.000000Z"),
        (3, "approved", "80.2", "2026-06-01T09:00:00.000000Z"),
        (4, "submitted", None, "2026-07-01T09:00:00.000000Z"),
        (5, "void", "12.0", "2026-08-01T09:00:00.000000Z"),
    ):
        raw.execute(seen, (key, f"w{key}", f"V-000{key}", status, score, started))
    migrate.migrate(raw)
    kept = raw.execute(
        "SELECT location_id, visits, last_visit_id, score, band, change FROM location_rollup"
    ).fetchall()
    assert kept == [(1, 3, 4, 80.2, "good", 8.7)]
    raw.close()


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{number:04d}"
down_revision = "{before:04d}"


def upgrade() -> None:
    with op.batch_alter_table("client", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text(), nullable=True))
    {more}
"""


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, where a test may add the next one."""
    scripts = tmp_path / "migrations"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(migrate.SCRIPTS, scripts, ignore=ignore)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    return scripts / "versions" / "next.py"


def content(more: str) -> str:
    return NEXT.format(number=driver.SCHEMA + 1, before=driver.SCHEMA, more=more)


def test_a_rebuilt_table_keeps_its_children(
    store: opening.Store, opened: Opened, folder: Path, next_migration: Path
) -> None:
    """Batch mode drops the old table: with foreign keys on, its brands would go too."""
    next_migration.write_text(content("pass"))
    opened.close()
    raw = driver.connect(folder / driver.DATABASE)
    migrate.migrate(raw)
    assert raw.execute("SELECT count(note), count(*) FROM client").fetchone() == (0, 1)
    assert raw.execute("SELECT count(*) FROM brand").fetchone() == (1,)
    assert driver.pragma(raw, "user_version") == driver.SCHEMA + 1
    assert driver.pragma(raw, "foreign_keys") == 1
    raw.close()


@pytest.mark.parametrize("more", ['op.execute("DELETE FROM brand")', 'op.execute("nonsense")'])
def test_a_migration_that_fails_leaves_the_old_schema(
    store: opening.Store, opened: Opened, folder: Path, next_migration: Path, more: str
) -> None:
    next_migration.write_text(content(more))
    opened.close()
    raw = driver.connect(folder / driver.DATABASE)
    before = schema(raw)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - a bug raises what it raises
        migrate.migrate(raw)
    lost_parents = "DELETE" in more
    assert isinstance(caught.value, WorkspaceError) is lost_parents
    assert schema(raw) == before
    assert driver.pragma(raw, "user_version") == driver.SCHEMA
    assert raw.execute("SELECT count(*) FROM brand").fetchone() == (1,)
    assert driver.pragma(raw, "foreign_keys") == 1
    raw.close()
