"""Bring an older database up to date with Alembic. Imported only when the schema is old."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from auditor.domain.errors import WorkspaceError
from auditor.store import driver
from auditor.store.engine import make_engine

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(raw: driver.Connection, target: str = "head") -> None:
    """Run the missing migrations in one transaction: after a crash it is the old or the new.

    The caller has made a backup. Foreign keys are off meanwhile, set before BEGIN: a table that
    batch mode copies and drops would else take its children with it by ON DELETE CASCADE.
    Raises WorkspaceError, with nothing changed, when a row would lose its parent.
    """
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with make_engine(raw).begin() as connection:
            command.upgrade(configuration(connection), target)
            _require_whole(raw)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def configuration(connection: Connection) -> Config:
    """Alembic's settings for ``connection``: no file, no folder to stand in."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _require_whole(raw: driver.Connection) -> None:
    broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise WorkspaceError(
            "migration",
            "The workspace could not be brought up to date and stays as it was (table {table}). "
            "Run a check with: auditor doctor.",
            table=broken[0],
        )
