"""What an office keeps of its locations, and how they are searched and ordered."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: Added in place: a location is named by all of its visits.
COLUMNS = {
    "client": ("active BOOLEAN DEFAULT 1 NOT NULL",),
    "brand": ("active BOOLEAN DEFAULT 1 NOT NULL",),
    "location": (
        "contacts TEXT DEFAULT '' NOT NULL",
        "hours TEXT DEFAULT '' NOT NULL",
        "tags TEXT DEFAULT '[]' NOT NULL",
        "folded TEXT DEFAULT '' NOT NULL",
        "sort_name TEXT DEFAULT '' NOT NULL",
        "sort_code TEXT DEFAULT '' NOT NULL",
        "merged_into INTEGER CONSTRAINT fk_location_merged_into REFERENCES location (id)",
        "version INTEGER DEFAULT 1 NOT NULL",
    ),
}

#: Kept by triggers: as in the tables of today, and as they were when this was written.
SEARCH = (
    (
        "CREATE VIRTUAL TABLE location_search USING fts5"
        "(folded, content='location', content_rowid='id', tokenize='trigram')"
    ),
    (
        "CREATE TRIGGER location_search_insert AFTER INSERT ON location BEGIN "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_delete AFTER DELETE ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_update AFTER UPDATE OF folded ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
)


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _fold()
    op.create_index("ix_location_brand_id", "location", ["brand_id", "sort_code"])
    op.create_index("ix_location_merged_into", "location", ["merged_into"])
    listed = sa.text("active = 1")
    op.create_index("ix_location_code", "location", ["sort_code"], sqlite_where=listed)
    op.create_index("ix_location_name", "location", ["sort_name"], sqlite_where=listed)
    op.create_index("ix_location_region", "location", ["region_id"], sqlite_where=listed)
    for statement in SEARCH:
        op.execute(statement)
    op.execute("INSERT INTO location_search(location_search) VALUES ('rebuild')")


def _fold() -> None:
    location = sa.table(
        "location", *(sa.column(n) for n in ("id", "code", "name", "address")),
        *(sa.column(n) for n in ("folded", "sort_name", "sort_code")),
    )  # fmt: skip
    bind = op.get_bind()
    query = sa.select(location.c.id, location.c.code, location.c.name, location.c.address)
    rows = bind.execute(query).all()
    new = sa.update(location).where(location.c.id == sa.bindparam("key"))
    for key, code, name, address in rows:
        values = {"sort_code": _folded(code), "sort_name": _folded(name)}
        told = _folded(f"{code} {name} {address}")
        bind.execute(new.values(folded=told, **values), {"key": key})


def _folded(text: str) -> str:
    """As ``auditor.domain.folding`` folds when this was written."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char))
