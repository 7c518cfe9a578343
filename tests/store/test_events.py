from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from auditor.store import events
from auditor.store.units import Store


@pytest.fixture
def trail(store: Store) -> Store:
    for number in range(4):
        with store.unit() as unit:
            events.append(unit, "visit.draft", 1, {"number": number, "who": "Nguyễn"})
    return store


def run(store: Store, *statements: str) -> None:
    """As someone with another program would, who drops the triggers first."""
    for statement in statements:
        store.raw.execute(statement)


def test_the_trail_of_a_visit_in_order(trail: Store) -> None:
    found = trail.read(events.events, 1)
    assert [event.payload for event in found] == [
        f'{{"number":{number},"who":"Nguyễn"}}' for number in range(4)
    ]
    assert trail.read(events.broken_links) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET kind = 'x'",
        "DELETE FROM event",
        "UPDATE event_payload SET payload = '{}'",
    ],
)
def test_the_trail_refuses_change(trail: Store, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), trail.unit() as unit:
        unit.execute(text(statement))


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["DROP TRIGGER event_no_update", "UPDATE event SET kind = 'x' WHERE id = 2"], [2]),
        (["DROP TRIGGER event_no_update", "UPDATE event SET visit_id = NULL WHERE id = 3"], [3]),
        (
            [
                "DROP TRIGGER event_payload_no_update",
                "UPDATE event_payload SET payload = '{}' WHERE event_id = 1",
            ],
            [1],
        ),
        (
            [
                "DROP TRIGGER event_no_delete",
                "DELETE FROM event_payload WHERE event_id = 2",
                "DELETE FROM event WHERE id = 2",
            ],
            [3],
        ),
    ],
)
def test_tampering_shows(trail: Store, statements: list[str], broken: list[int]) -> None:
    run(trail, *statements)
    assert trail.read(events.broken_links) == broken


def test_erasing_words_leaves_the_chain_whole(trail: Store) -> None:
    run(trail, "DELETE FROM event_payload WHERE event_id = 2")
    assert trail.read(events.broken_links) == []
    assert trail.read(events.events)[1].payload is None


def test_equal_words_have_unequal_digests(store: Store) -> None:
    """Salted: whoever holds the digests cannot guess a name from a list."""
    with store.unit() as unit:
        events.append(unit, "x", None, {"who": "An"})
        events.append(unit, "x", None, {"who": "An"})
    digests = store.raw.execute("SELECT DISTINCT digest FROM event").fetchall()
    assert len(digests) == 2
