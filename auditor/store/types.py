"""Column types. Here and in ``engine`` alone is known which database keeps them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from auditor.store.times import from_utc_text, utc_text

#: Characters of a text that is worth keeping parsed: a title is, a scorecard is not.
SHORT = 2000


class Utc(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite drops offsets in silence: there it is text."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return utc_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return from_utc_text(value) if isinstance(value, str) else value


class Json(TypeDecorator[Any]):
    """JSON text, as exact as it was written. NaN is refused: it breaks every JSON query."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        return _parsed(value) if len(value) <= SHORT else json.loads(value)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Any:
    """Lists repeat the same few texts (titles of checklists): nobody changes what is returned."""
    return json.loads(text)


def json_text(value: Any) -> str:
    """Compact JSON with its keys in order: equal values are equal text."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
