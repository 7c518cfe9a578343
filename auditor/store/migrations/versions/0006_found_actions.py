"""What a search looks in for corrective actions: their words without marks, in lower case."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE corrective_action ADD COLUMN folded TEXT DEFAULT '' NOT NULL")
    names = ("id", "finding", "action", "owner", "folded")
    actions = sa.table("corrective_action", *(sa.column(name) for name in names))
    bind = op.get_bind()
    query = sa.select(actions.c.id, actions.c.finding, actions.c.action, actions.c.owner)
    rows = bind.execute(query).all()
    new = sa.update(actions).where(actions.c.id == sa.bindparam("key"))
    told = [{"key": key, "told": _folded(" ".join(said))} for key, *said in rows]
    if told:
        bind.execute(new.values(folded=sa.bindparam("told")), told)


def _folded(text: str) -> str:
    """As ``auditor.domain.folding`` folds when this was written."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(char for char in apart if not unicodedata.combining(char))
