"""Run by Alembic: applies migrations to the connection that ``migrate`` hands over."""

from __future__ import annotations

from typing import Any

from alembic import context


def _record(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:  # noqa: ARG001
    """Keep ``user_version`` with Alembic's own table, in the same transaction."""
    ctx.connection.exec_driver_sql(f"PRAGMA user_version={int(step.up_revision_id)}")


context.configure(
    connection=context.config.attributes["connection"],
    render_as_batch=True,
    transactional_ddl=True,
    on_version_apply=_record,
)
with context.begin_transaction():
    context.run_migrations()
