from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from auditor.store.opening import Opened
from auditor.store.tables import CLIENT
from auditor.store.times import from_utc_text, utc_text, uuid7
from auditor.store.types import json_text

moments = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001
    max_value=datetime(2199, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@given(moments, moments)
def test_text_of_moments_keeps_them_and_their_order(one: datetime, other: datetime) -> None:
    assert from_utc_text(utc_text(one)) == one
    assert (utc_text(one) < utc_text(other)) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        utc_text(datetime(2026, 11, 22))  # noqa: DTZ001


def test_a_moment_comes_back_as_the_same_moment(opened: Opened) -> None:
    hanoi = datetime(2026, 11, 22, 14, 2, tzinfo=timezone(timedelta(hours=7)))
    with opened.store.unit() as unit:
        unit.execute(insert(CLIENT).values(name="A", created_at=hanoi))
    found = opened.store.read(lambda c: c.execute(select(CLIENT.c.created_at)).scalar_one())
    assert (found, found.tzinfo) == (hanoi, UTC)


def test_uuid7_tells_its_time_and_sorts_by_it() -> None:
    before = datetime.now(UTC)
    made = UUID(uuid7())
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    told = datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
    assert abs(told - before) < timedelta(seconds=5)
    assert len({uuid7() for _ in range(1000)}) == 1000


def test_json_refuses_what_breaks_a_query() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text({"score": float("nan")})
