"""What an office plans and keeps: evaluators, rules of waves, actions, branding, roll-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CHECKLIST = "REFERENCES checklist_version (id)"

#: Added in place: the visits of years are not copied for a column.
COLUMNS = {
    "client": (
        "contacts TEXT DEFAULT '' NOT NULL",
        "footer TEXT DEFAULT '' NOT NULL",
        "page VARCHAR(8) DEFAULT 'a4' NOT NULL",
        "template_id INTEGER CONSTRAINT fk_client_template_id REFERENCES report_template (id)",
        "version INTEGER DEFAULT 1 NOT NULL",
    ),
    "brand": ("version INTEGER DEFAULT 1 NOT NULL",),
    "program": (
        "objectives TEXT DEFAULT '' NOT NULL",
        f"checklist_version_id INTEGER CONSTRAINT fk_program_checklist_version_id {CHECKLIST}",
        "target VARCHAR(20)",
        "dayparts_only BOOLEAN DEFAULT 1 NOT NULL",
        "receipt_needed BOOLEAN DEFAULT 0 NOT NULL",
        "photos_least INTEGER DEFAULT 0 NOT NULL",
        "windows TEXT DEFAULT '[]' NOT NULL",
        "quota INTEGER DEFAULT 1 NOT NULL",
        "rotation INTEGER DEFAULT 0 NOT NULL",
        "lockout_days INTEGER DEFAULT 0 NOT NULL",
        "most_visits INTEGER DEFAULT 0 NOT NULL",
        "fee VARCHAR(20)",
        "expense_cap VARCHAR(20)",
        "currency VARCHAR(3) DEFAULT 'VND' NOT NULL",
        "template_id INTEGER CONSTRAINT fk_program_template_id REFERENCES report_template (id)",
        "active BOOLEAN DEFAULT 1 NOT NULL",
        "version INTEGER DEFAULT 1 NOT NULL",
    ),
    "wave": (
        f"checklist_version_id INTEGER CONSTRAINT fk_wave_checklist_version_id {CHECKLIST}",
        "target VARCHAR(20)",
        "quota INTEGER",
        "fee VARCHAR(20)",
        "expense_cap VARCHAR(20)",
        "version INTEGER DEFAULT 1 NOT NULL",
    ),
    "assignment": (
        "evaluator_id INTEGER CONSTRAINT fk_assignment_evaluator_id REFERENCES evaluator (id)",
        "not_before DATE",
        "daypart VARCHAR(12)",
        "fee VARCHAR(20)",
        "expense_cap VARCHAR(20)",
        "note TEXT DEFAULT '' NOT NULL",
        "version INTEGER DEFAULT 1 NOT NULL",
    ),
    "visit": ("evaluator_id INTEGER CONSTRAINT fk_visit_evaluator_id REFERENCES evaluator (id)",),
}

#: Index, table, columns.
INDICES = (
    ("ix_evaluator_region_id", "evaluator", ["region_id"]),
    ("ix_evaluator_sort_code", "evaluator", ["sort_code"]),
    ("ix_evaluator_sort_name", "evaluator", ["sort_name"]),
    ("ix_wave_quota_location_id", "wave_quota", ["location_id"]),
    ("ix_corrective_action_location_id_status", "corrective_action", ["location_id", "status"]),
    ("ix_corrective_action_program_id", "corrective_action", ["program_id"]),
    ("ix_corrective_action_status_due", "corrective_action", ["status", "due"]),
    ("ix_corrective_action_visit_id", "corrective_action", ["visit_id"]),
    ("ix_evaluator_grade_evaluator_id", "evaluator_grade", ["evaluator_id"]),
    ("ix_evaluator_grade_visit_id", "evaluator_grade", ["visit_id"]),
    ("ix_location_rollup_change_location_id", "location_rollup", ["change", "location_id"]),
    ("ix_location_rollup_last_visit_id", "location_rollup", ["last_visit_id"]),
    ("ix_location_rollup_last_at_location_id", "location_rollup", ["last_at", "location_id"]),
    ("ix_location_rollup_score_location_id", "location_rollup", ["score", "location_id"]),
    ("ix_assignment_due_id", "assignment", ["due", "id"]),
    ("ix_assignment_evaluator_id_planned_for", "assignment", ["evaluator_id", "planned_for"]),
    ("ix_assignment_planned_for_id", "assignment", ["planned_for", "id"]),
    ("ix_visit_evaluator_id_location_id", "visit", ["evaluator_id", "location_id"]),
)

#: Statuses of visits that an office sees.
SEEN = "'submitted', 'in_review', 'on_hold', 'approved', 'released', 'disputed', 'recalled'"

#: What each location's lists show: of its newest visit with a score, the change from the one before
#: it with the same checklist.
ROLLUPS = f"""
INSERT INTO location_rollup (location_id, visits, last_visit_id, last_at, score, band, change)
WITH seen AS (
    SELECT visit.id, location_id, started_at, score, band, checklist_id,
        count(*) OVER (PARTITION BY location_id) AS visits,
        row_number() OVER (
            PARTITION BY location_id ORDER BY started_at DESC, visit.id DESC
        ) AS place
    FROM visit JOIN checklist_version ON checklist_version.id = checklist_version_id
    WHERE status IN ({SEEN})
), scored AS (
    SELECT location_id, band, CAST(score AS REAL) AS score,
        CAST(lead(score) OVER (PARTITION BY location_id, checklist_id
            ORDER BY started_at DESC, id DESC) AS REAL) AS earlier,
        row_number() OVER (PARTITION BY location_id ORDER BY started_at DESC, id DESC) AS place
    FROM seen WHERE score IS NOT NULL
)
SELECT seen.location_id, visits, seen.id, started_at, scored.score, scored.band,
    round(scored.score - earlier, 6)
FROM seen LEFT JOIN scored ON scored.location_id = seen.location_id AND scored.place = 1
WHERE seen.place = 1
"""


def upgrade() -> None:
    _report_template()
    _evaluator()
    _evaluator_grade()
    _wave_quota()
    _location_rollup()
    _corrective_action()
    _saved_view()
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for name, table, names in INDICES:
        op.create_index(name, table, names)
    archived = sa.text("active = 0")
    op.create_index("ix_location_archived", "location", ["sort_code"], sqlite_where=archived)
    op.execute(ROLLUPS)


def _report_template() -> None:
    op.create_table(
        "report_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("cover", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_template")),
        sa.UniqueConstraint("name", name=op.f("uq_report_template_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_report_template_uid")),
    )


def _evaluator() -> None:
    op.create_table(
        "evaluator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("qualifications", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("sort_code", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_evaluator_region_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluator")),
        sa.UniqueConstraint("code", name=op.f("uq_evaluator_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_evaluator_uid")),
    )


def _evaluator_grade() -> None:
    op.create_table(
        "evaluator_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluator_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 10", name=op.f("ck_evaluator_grade_grade")),
        sa.ForeignKeyConstraint(
            ["evaluator_id"], ["evaluator.id"], name=op.f("fk_evaluator_grade_evaluator_id")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_evaluator_grade_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluator_grade")),
    )


def _wave_quota() -> None:
    op.create_table(
        "wave_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=False),
        sa.CheckConstraint("quota >= 0", name=op.f("ck_wave_quota_quota")),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_wave_quota_location_id")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["wave.id"], name=op.f("fk_wave_quota_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wave_quota")),
        sa.UniqueConstraint(
            "wave_id", "location_id", name=op.f("uq_wave_quota_wave_id_location_id")
        ),
    )


def _location_rollup() -> None:
    op.create_table(
        "location_rollup",
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("last_visit_id", sa.Integer(), nullable=True),
        sa.Column("last_at", sa.String(27), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("change", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["last_visit_id"], ["visit.id"], name=op.f("fk_location_rollup_last_visit_id")
        ),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_location_rollup_location_id")
        ),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_location_rollup")),
    )


def _corrective_action() -> None:
    op.create_table(
        "corrective_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(12), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("proof_name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("closed_at", sa.String(27), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "cause IN ('', 'people', 'process', 'product', 'system')",
            name=op.f("ck_corrective_action_cause"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'under_way', 'done', 'closed', 'dropped')",
            name=op.f("ck_corrective_action_status"),
        ),
        sa.CheckConstraint("instance >= 0", name=op.f("ck_corrective_action_instance")),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name=op.f("fk_corrective_action_location_id")
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_corrective_action_program_id")
        ),
        sa.ForeignKeyConstraint(
            ["proof"], ["evidence.sha256"], name=op.f("fk_corrective_action_proof")
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_corrective_action_visit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrective_action")),
        sa.UniqueConstraint("uid", name=op.f("uq_corrective_action_uid")),
    )


def _saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(36), nullable=False),
        sa.Column("screen", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("screen", "name", name=op.f("uq_saved_view_screen_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
    )
