"""What all tables share: one metadata, with names that migrations can rely on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, cast

from sqlalchemy import MetaData, Table, text
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
HASH = "length({0}) = 64"
#: What rows hold that are older than the column.
OFF, ONE, EMPTY, NONE_YET = ({"server_default": text(value)} for value in ("0", "1", "''", "'[]'"))


def among(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


class Row(SQLModel):
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def table(row: type[Row]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]
