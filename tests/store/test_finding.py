"""Visits that are looked for by a few words."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert

from auditor.domain.folding import folded
from auditor.domain.visits import VisitStatus
from auditor.store.queries import finding
from auditor.store.queries.places import search_text
from auditor.store.tables import BRAND, LOCATION
from auditor.store.units import Store

CALLED = {VisitStatus.DRAFT: "Bản nháp", VisitStatus.SUBMITTED: "Đã gửi"}


@pytest.fixture
def places(store: Store, new_visit: Any) -> Store:
    """V-0002 and V-0003 at Lê Lợi, one of them handed in; V-0004 of another brand. V-0001 at the
    place of the fixture is a draft."""
    with store.unit() as unit:
        unit.insert(
            insert(BRAND).values(client_id=1, name="Trà Đào", colour="#111", colour2="#222")
        )
        for brand, code, name in ((1, "SV-7", "Lê Lợi"), (2, "TD-1", "Cầu Giấy")):
            texts = {"folded": search_text(code, name, "", ()), "sort_code": folded(code)}
            names = {"sort_name": folded(name), "code": code, "name": name}
            values = {"brand_id": brand, "created_at": unit.at, **texts, **names}
            unit.insert(insert(LOCATION).values(values))
        new_visit(unit, "V-0002", "submitted", location_id=2)
        new_visit(unit, "V-0003", "draft", location_id=2)
        new_visit(unit, "V-0004", "submitted", location_id=3)
    return store


def found(store: Store, text: str, limit: int = 10) -> list[str]:
    visits = store.read(finding.find_visits, text, CALLED, limit)
    return [visit.number for visit in visits]


ASKED = {
    "": ["V-0004", "V-0003", "V-0002", "V-0001"],
    "le loi": ["V-0003", "V-0002"],
    "LỢI nhap": ["V-0003"],
    "sv-7 da gui": ["V-0002"],
    "tra dao": ["V-0004"],
    "3": ["V-0003"],
    "v-000": ["V-0004", "V-0003", "V-0002", "V-0001"],
    "v-0002 cau giay": [],
    "%": [],
}


def test_every_word_stands_somewhere(places: Store) -> None:
    assert {text: found(places, text) for text in ASKED} == ASKED
    firsts = {text: numbers[:1] for text, numbers in ASKED.items()}
    assert {text: found(places, text, 1) for text in ASKED} == firsts


def test_old_visits_are_found_by_their_place_or_number(
    places: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "NEWEST", 1)
    assert found(places, "le loi") == ["V-0003", "V-0002"]
    assert found(places, "v-0001") == ["V-0001"]
    assert found(places, "le loi nhap") == [], "how far an old one is, is not looked at"
