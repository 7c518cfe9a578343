"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _checklist_version()
    _client()
    _evidence()
    _meta()
    _brand()
    _program()
    _region()
    _location()
    _wave()
    _assignment()
    _visit()
    _answer()
    _event()
    _section_score()
    _stopwatch()
    _visit_evidence()
    _visit_score()
    _event_payload()
    for table, action in (("event", "UPDATE"), ("event", "DELETE"), ("event_payload", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _checklist_version() -> None:
    op.create_table(
        "checklist_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_checklist_version_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_version")),
        sa.UniqueConstraint(
            "checklist_id", "version", name=op.f("uq_checklist_version_checklist_id_version")
        ),
        sa.UniqueConstraint("sha256", name=op.f("uq_checklist_version_sha256")),
    )


def _client() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sa.UniqueConstraint("name", name=op.f("uq_client_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_client_uid")),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.CheckConstraint("bytes >= 0", name=op.f("ck_evidence_bytes")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_evidence_hash")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_evidence")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_uid")),
    )


def _meta() -> None:
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )


def _brand() -> None:
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.String(7), nullable=False),
        sa.Column("colour2", sa.String(7), nullable=False),
        sa.Column("logo", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_brand_client_id")),
        sa.ForeignKeyConstraint(["logo"], ["evidence.sha256"], name=op.f("fk_brand_logo")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand")),
        sa.UniqueConstraint("client_id", "name", name=op.f("uq_brand_client_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_brand_uid")),
    )


def _program() -> None:
    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_program_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("client_id", "name", name=op.f("uq_program_client_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_program_uid")),
    )


def _region() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_region_no_own_parent")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_region_client_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["region.id"], name=op.f("fk_region_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint(
            "client_id", "parent_id", "name", name=op.f("uq_region_client_id_parent_id_name")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_region_uid")),
    )


def _location() -> None:
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], name=op.f("fk_location_brand_id")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_location_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("brand_id", "code", name=op.f("uq_location_brand_id_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_location_uid")),
    )
    op.create_index(op.f("ix_location_region_id"), "location", ["region_id"], unique=False)


def _wave() -> None:
    op.create_table(
        "wave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_wave_starts_before_it_ends")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_wave_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave")),
        sa.UniqueConstraint("program_id", "name", name=op.f("uq_wave_program_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_wave_uid")),
    )


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=True),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("evaluator", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_assignment_location_id")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_assignment_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assignment_uid")),
    )
    op.create_index(op.f("ix_assignment_location_id"), "assignment", ["location_id"], unique=False)
    op.create_index(op.f("ix_assignment_wave_id"), "assignment", ["wave_id"], unique=False)


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("checklist_version_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("wave_id", sa.Integer(), nullable=True),
        sa.Column("evaluator", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=True),
        sa.Column("arrived_at", sa.String(27), nullable=True),
        sa.Column("left_at", sa.String(27), nullable=True),
        sa.Column("saved_at", sa.String(27), nullable=True),
        sa.Column("submitted_at", sa.String(27), nullable=True),
        sa.Column("declared_by", sa.Text(), nullable=True),
        sa.Column("last_section", sa.Text(), nullable=True),
        sa.Column("last_question", sa.Text(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("score", sa.String(20), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'draft', 'submitted', 'in_review', 'on_hold', 'sent_back', "
            "'approved', 'released', 'disputed', 'recalled', 'void')",
            name=op.f("ck_visit_status"),
        ),
        sa.CheckConstraint("answered BETWEEN 0 AND total", name=op.f("ck_visit_progress")),
        sa.CheckConstraint("photos >= 0", name=op.f("ck_visit_photos")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_visit_revision")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_visit_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["checklist_version_id"],
            ["checklist_version.id"],
            name=op.f("fk_visit_checklist_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_visit_location_id")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_visit_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_visit_assignment_id")),
        sa.UniqueConstraint("number", name=op.f("uq_visit_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_visit_uid")),
    )
    op.create_index(
        op.f("ix_visit_checklist_version_id"), "visit", ["checklist_version_id"], unique=False
    )
    op.create_index(
        op.f("ix_visit_location_id_started_at"),
        "visit",
        ["location_id", "started_at"],
        unique=False,
    )
    op.create_index(op.f("ix_visit_status"), "visit", ["status"], unique=False)
    op.create_index(op.f("ix_visit_wave_id"), "visit", ["wave_id"], unique=False)


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(27), nullable=False),
        sa.CheckConstraint("instance >= 0", name=op.f("ck_answer_instance")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_answer_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "question", "instance", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_event_digest")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_event_hash")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_event_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_visit_id"), "event", ["visit_id"], unique=False)


def _section_score() -> None:
    op.create_table(
        "section_score",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("earned", sa.Text(), nullable=False),
        sa.Column("possible", sa.Text(), nullable=False),
        sa.Column("ratio", sa.Text(), nullable=True),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_section_score_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "revision", "section", name=op.f("pk_section_score")),
        sqlite_with_rowid=False,
    )


def _stopwatch() -> None:
    op.create_table(
        "stopwatch",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.CheckConstraint("instance >= 0", name=op.f("ck_stopwatch_instance")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_stopwatch_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "question", "instance", name=op.f("pk_stopwatch")),
        sqlite_with_rowid=False,
    )


def _visit_evidence() -> None:
    op.create_table(
        "visit_evidence",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.CheckConstraint(
            "kind IN ('photo', 'audio', 'file', 'signature')", name=op.f("ck_visit_evidence_kind")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["evidence.sha256"], name=op.f("fk_visit_evidence_sha256")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_evidence_visit_id")
        ),
        sa.PrimaryKeyConstraint("visit_id", "sha256", name=op.f("pk_visit_evidence")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_visit_evidence_sha256"), "visit_evidence", ["sha256"], unique=False)


def _visit_score() -> None:
    op.create_table(
        "visit_score",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("score", sa.Text(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("scored_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_score_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "revision", name=op.f("pk_visit_score")),
        sqlite_with_rowid=False,
    )


def _event_payload() -> None:
    op.create_table(
        "event_payload",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_payload_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_payload")),
    )
