"""What filling a visit keeps beside its answers, and what a program tells its evaluators."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

#: Added in place: the answers of years are not copied for a column.
COLUMNS = {
    "answer": ("later BOOLEAN DEFAULT 0 NOT NULL",),
    "visit_evidence": ("turn INTEGER DEFAULT 0 NOT NULL",),
    "visit": (
        "tray TEXT DEFAULT '[]' NOT NULL",
        "briefed_at VARCHAR(27)",
        "last_scroll INTEGER DEFAULT 0 NOT NULL",
        "last_focus TEXT DEFAULT '' NOT NULL",
    ),
    "program": (
        "hide_score BOOLEAN DEFAULT 0 NOT NULL",
        "show_last_visit BOOLEAN DEFAULT 0 NOT NULL",
        "staff_names BOOLEAN DEFAULT 0 NOT NULL",
        "briefing TEXT DEFAULT '' NOT NULL",
        "document VARCHAR CONSTRAINT fk_program_document REFERENCES evidence (sha256)",
        "document_name TEXT DEFAULT '' NOT NULL",
    ),
    "stopwatch": ("clock_moved BOOLEAN DEFAULT 0 NOT NULL",),
    "wave": ("scenario TEXT DEFAULT '' NOT NULL",),
    "assignment": ("scenario TEXT DEFAULT '' NOT NULL",),
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _visit_fact()
    _kept_suspicion()


def _visit_fact() -> None:
    op.create_table(
        "visit_fact",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("daypart", sa.String(12), nullable=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("purchase", sa.Text(), nullable=False),
        sa.Column("weather", sa.String(12), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_fact_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit_fact")),
    )


def _kept_suspicion() -> None:
    op.create_table(
        "kept_suspicion",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_kept_suspicion_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", "key", name=op.f("pk_kept_suspicion")),
        sqlite_with_rowid=False,
    )
