"""The SQLAlchemy engine over one driver connection. Here it is known that SQLite is in use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy import Engine as SqlEngine
from sqlalchemy.pool import StaticPool

from auditor.store import driver

#: Execution option of a SQLAlchemy connection: the statement that begins its transactions.
BEGIN = "auditor_begin"
WRITE, READ = "BEGIN IMMEDIATE", "BEGIN"


def make_engine(raw: driver.Connection) -> SqlEngine:
    """An engine whose every connection is ``raw``: one connection, one lane, no pool.

    The driver begins no transaction by itself (it would not roll back DDL): the engine does, when
    SQLAlchemy says so.
    """
    engine = create_engine(
        "sqlite://", module=driver.module, creator=lambda: raw, poolclass=StaticPool
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql(options.get(BEGIN, WRITE))
