"""Reports that were issued, and what each of them was made of. What My visits is read by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

#: Index, table, columns.
INDICES = (
    ("ix_issued_report_visit_id", "issued_report", ["visit_id"]),
    ("ix_issued_report_wave_id", "issued_report", ["wave_id"]),
    ("ix_issued_report_pack_id", "issued_report", ["pack_id"]),
    ("ix_issued_report_seal", "issued_report", ["seal"]),
    ("ix_issued_report_file_sha256", "issued_report", ["file_sha256"]),
    ("ix_visit_submitted_at", "visit", ["submitted_at"]),
    (
        "ix_visit_evaluator_status_submitted_at_wave_id",
        "visit",
        ["evaluator", "status", "submitted_at", "wave_id"],
    ),
)


def upgrade() -> None:
    _issued_report()
    _issued_snapshot()
    for name, table, names in INDICES:
        op.create_index(name, table, names)
    for table, action in (
        ("issued_report", "UPDATE"),
        ("issued_report", "DELETE"),
        ("issued_snapshot", "UPDATE"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _issued_report() -> None:
    op.create_table(
        "issued_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("wave_id", sa.Integer(), nullable=True),
        sa.Column("pack_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("has_password", sa.Boolean(), nullable=False),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.CheckConstraint(
            "kind IN ('location', 'bound', 'pack', 'program')", name=op.f("ck_issued_report_kind")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_issued_report_revision")),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_issued_report_seal")),
        sa.CheckConstraint("length(file_sha256) = 64", name=op.f("ck_issued_report_file")),
        sa.CheckConstraint(
            "(visit_id IS NOT NULL) = (kind IN ('location', 'bound'))",
            name=op.f("ck_issued_report_visit"),
        ),
        sa.CheckConstraint(
            "(pack_id IS NOT NULL) = (kind = 'bound')", name=op.f("ck_issued_report_pack")
        ),
        sa.ForeignKeyConstraint(
            ["pack_id"], ["issued_report.id"], name=op.f("fk_issued_report_pack_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_issued_report_visit_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_issued_report_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_issued_report_uid")),
    )


def _issued_snapshot() -> None:
    op.create_table(
        "issued_snapshot",
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("checklist", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(seal) = 64", name=op.f("ck_issued_snapshot_seal")),
        sa.ForeignKeyConstraint(
            ["checklist"], ["checklist_version.sha256"], name=op.f("fk_issued_snapshot_checklist")
        ),
        sa.PrimaryKeyConstraint("seal", name=op.f("pk_issued_snapshot")),
    )
