from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import insert

from auditor.domain.changes import Changes, Saved
from auditor.domain.errors import NotSavedError
from auditor.store import driver, opening, saving
from auditor.store.opening import Opened
from auditor.store.queries import visits as visit_queries
from auditor.store.saving import NotDraftError
from auditor.store.stored import StoredAnswer
from auditor.store.tables import EVIDENCE, VISIT_EVIDENCE
from auditor.store.units import Store

SHAS = ("a" * 64, "b" * 64, "c" * 64)


def answer(question: str = "greeted", **parts: object) -> StoredAnswer:
    usual: dict[str, object] = {
        "question": question,
        "instance": 0,
        "value": '"yes"',
        "not_applicable": False,
        "comment": "",
        "evidence": "[]",
    }
    return StoredAnswer(**(usual | parts))  # type: ignore[arg-type]


def save(store: Store, given: StoredAnswer, done: int = 1) -> Saved:
    return saving.save_answer(store, 1, given, (done, 3), "arrival")


def test_an_answer_is_there_after_opening_again(store: Store, opened: Opened, folder: Path) -> None:
    kept = [answer("a", value="3"), answer("b", comment="Tiếng Việt 👋"), answer("a", instance=1)]
    for given in kept:
        saved = save(store, given)
    opened.close()
    again = opening.open_store(folder, write=False)
    found = again.store.read(visit_queries.answers, 1)
    assert sorted(found, key=lambda a: (a.question, a.instance)) == [kept[0], kept[2], kept[1]]
    record = again.store.read(visit_queries.visit, 1)
    assert (record.saved_at, record.answered, record.total) == (saved.at, 1, 3)
    assert (record.last_section, record.last_question) == ("arrival", "a")
    again.close()


def test_the_last_of_several_answers_counts(store: Store) -> None:
    save(store, answer(value='"yes"'))
    save(store, answer(value=None, not_applicable=True, comment="closed"))
    assert store.read(visit_queries.answers, 1) == [
        answer(value=None, not_applicable=1, comment="closed")
    ]


def test_a_blank_answer_removes_the_row(store: Store) -> None:
    save(store, answer())
    saved = save(store, answer(value=None), done=0)
    assert store.read(visit_queries.answers, 1) == []
    assert store.read(visit_queries.visit, 1).saved_at == saved.at


def test_a_save_tells_which_visit_it_touched(store: Store) -> None:
    heard: list[Changes] = []
    store.subscribe(heard.append)
    one = frozenset({1})
    assert save(store, answer()).changes == Changes(answers=one, visits=one)
    assert heard == [Changes(answers=one, visits=one)]


@pytest.mark.parametrize("status", ["planned", "submitted", "void", "approved"])
def test_only_a_draft_takes_answers(store: Store, status: str) -> None:
    store.raw.execute("UPDATE visit SET status = ?", (status,))
    with pytest.raises(NotDraftError):
        save(store, answer())
    with pytest.raises(NotDraftError):
        saving.save_place(store, 1, "arrival", None)
    assert store.read(visit_queries.answers, 1) == []
    with pytest.raises(NotDraftError):
        saving.save_answer(store, 99, answer(), (0, 3), "arrival")


def test_answer_and_progress_are_one_transaction(store: Store) -> None:
    """Progress that the table refuses takes the answer with it."""
    with pytest.raises(driver.DatabaseError, match="progress"):
        save(store, answer(), done=4)
    assert store.read(visit_queries.answers, 1) == []
    save(store, answer())


def test_a_full_disk_keeps_the_old_answer(store: Store) -> None:
    save(store, answer(comment="old"))
    pages = driver.pragma(store.raw, "page_count")
    store.raw.execute(f"PRAGMA max_page_count={pages}")
    heard: list[Changes] = []
    store.subscribe(heard.append)
    with pytest.raises(NotSavedError) as caught:
        save(store, answer(comment="new" * 10_000), done=2)
    assert caught.value.code == "disk_full"
    assert heard == []
    assert store.read(visit_queries.answers, 1)[0].comment == "old"
    assert store.read(visit_queries.visit, 1).answered == 1
    store.raw.execute("PRAGMA max_page_count=1000000")
    save(store, answer(comment="new" * 10_000), done=2)
    assert store.read(visit_queries.visit, 1).answered == 2


def test_photos_are_those_that_answers_name(store: Store) -> None:
    with store.unit() as unit:
        for sha, kind in zip(SHAS, ("photo", "photo", "audio"), strict=True):
            unit.execute(
                insert(EVIDENCE).values(
                    sha256=sha, media_type="image/jpeg", bytes=1, created_at=unit.at
                )
            )
            link = {"visit_id": 1, "sha256": sha, "name": "x", "kind": kind}
            unit.execute(insert(VISIT_EVIDENCE).values(**link, added_at=unit.at))

    def photos(*shas: str, question: str = "a") -> int:
        save(store, answer(question, value=None, evidence=json.dumps(shas, separators=(",", ":"))))
        return store.read(visit_queries.visit, 1).photos

    assert photos(SHAS[0]) == 1
    assert photos(SHAS[0], SHAS[1], SHAS[2]) == 2
    assert photos(SHAS[1], question="b") == 2
    assert photos(SHAS[0]) == 2
    assert photos(question="b") == 1
    assert photos() == 0


def test_the_place_is_remembered(store: Store) -> None:
    saving.save_place(store, 1, "counter", "smile")
    record = store.read(visit_queries.visit, 1)
    assert (record.last_section, record.last_question) == ("counter", "smile")


def test_a_data_file_that_was_moved_away_takes_nothing(store: Store, folder: Path) -> None:
    """Linux lets an open file be deleted or moved; commits to it would be lost with it."""
    save(store, answer())
    aside = (folder / driver.DATABASE).rename(folder / "moved.db")
    with pytest.raises(NotSavedError) as caught:
        save(store, answer("b"))
    assert caught.value.code == "moved_away"
    with pytest.raises(NotSavedError), store.unit():
        pass
    aside.rename(folder / driver.DATABASE)
    save(store, answer("b"))
    assert len(store.read(visit_queries.answers, 1)) == 2
