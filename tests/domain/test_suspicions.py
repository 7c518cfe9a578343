"""Suspicions of a visit: contradicting answers, photos and times; their words and identities."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.domain.facts import VisitFacts
from auditor.domain.records import EvidenceRecord
from auditor.domain.suspicion import TITLES
from auditor.domain.suspicions import Inspector, Sureness, Suspicion
from auditor.words import WORDS
from forms.answers import Answer, AnswerKey
from forms.compiled import CompiledChecklist
from forms.complaint_words import ComplaintWords
from forms.filling import Filling
from tests.forms.small import NA, checklist, question, section
from tests.forms.small import given as answers_of

AT = datetime.fromisoformat("2026-11-12T10:05")
FACTS = VisitFacts(
    arrived=datetime.fromisoformat("2026-11-12T10:02"),
    left=datetime.fromisoformat("2026-11-12T10:31"),
)
A, B, C = "a" * 64, "b" * 64, "c" * 64
TIMED = {"label": "Được chào trong vòng 30 giây?", "tags": {"measure": "greeting"}}
VISIT = checklist(
    section(
        "s",
        question("gate"),
        question("q", **TIMED),
        question("t", "duration", standard=30, tags={"measure": "greeting"}),
        question("r"),
        question("p", "photo", allow_na=True),
        question("h", relevant="${gate} = 'yes'"),
    )
)


def record(sha256: str, taken: str | None = None, kind: str = "photo") -> EvidenceRecord:
    taken_at = None if taken is None else datetime.fromisoformat(taken)
    return EvidenceRecord(sha256, kind, "image/jpeg", 9, "x.jpg", "x", taken_at=taken_at)


def inspect(
    answers: dict[AnswerKey, Answer],
    files: tuple[EvidenceRecord, ...] = (),
    facts: VisitFacts = FACTS,
    elsewhere: dict[str, tuple[str, ...]] | None = None,
    compiled: CompiledChecklist = VISIT,
    at: datetime = AT,
) -> tuple[Suspicion, ...]:
    """What is said of all, having checked that each item says its part of it."""
    inspector = Inspector(compiled, ComplaintWords.default())
    filling = Filling(compiled, answers, at)
    rest = (facts, {each.sha256: each for each in files}, at, elsewhere or {})
    all_ = inspector.all(filling, *rest)
    for item in compiled.items:
        mine = tuple(each for each in all_ if item.id in (each.question, each.other))
        assert inspector.of(item, filling, *rest) == mine
    return all_


def shown(*sha256: str, **more: Any) -> Answer:
    return Answer(evidence=sha256, **more)


def photo(taken: str | None, facts: VisitFacts = FACTS, **more: Any) -> tuple[Suspicion, ...]:
    return inspect(answers_of(p=shown(A)), (record(A, taken),), facts, **more)


def test_an_empty_visit_has_none() -> None:
    assert inspect({}, facts=VisitFacts()) == ()
    assert inspect({}, (record(A, "2020-01-01T00:00"),), VisitFacts(), {A: ("V-0001",)}) == ()


def test_a_contradiction_is_a_suspicion() -> None:
    (one,) = inspect(answers_of(q="yes", t=48))
    assert (one.code, one.key) == ("contradicts-timer", "contradicts-timer:q:t")
    assert (one.question, one.other, one.sure) == ("q", "t", Sureness.CERTAIN)
    assert one.title("vi") == "Câu trả lời trái với đồng hồ bấm giờ"
    assert "48 giây" in one.text("vi")
    assert "Look at both" in one.text("en")


# photos against the visit


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        ("2026-11-12T12:41", "Chụp lúc 12:41, 2 giờ 10 phút sau lượt ghé thăm (10:02–10:31)."),
        ("2026-11-12T09:40", "Chụp lúc 09:40, 22 phút trước lượt ghé thăm (10:02–10:31)."),
        ("2026-11-10T10:05", "Chụp ngày 10/11/2026 lúc 10:05, nhưng lượt ghé thăm là ngày"),
    ],
)
def test_a_photo_outside_the_visit(taken: str, words: str) -> None:
    (one,) = photo(taken)
    assert (one.code, one.question, one.sha256) == ("photo-outside", "p", A)
    assert one.text("vi").startswith(words)
    assert one.text("vi").endswith("bỏ ảnh này, hoặc giữ nguyên và ghi lý do.")


def test_the_span_reads_in_english_too() -> None:
    (one,) = photo("2026-11-12T12:41:30")
    assert one.text("en").startswith("Taken at 12:41, 2 h 10 min after the visit (10:02–10:31).")


@pytest.mark.parametrize(
    "taken", ["2026-11-12T10:10", "2026-11-12T09:52", "2026-11-12T10:41", None]
)
def test_a_photo_of_the_visit_or_without_a_time_is_none(taken: str | None) -> None:
    assert photo(taken) == ()


@pytest.mark.parametrize(("edge", "odd"), [("09:51:59", True), ("10:41:01", True)])
def test_ten_minutes_of_grace_and_no_more(edge: str, odd: bool) -> None:
    assert bool(photo(f"2026-11-12T{edge}")) is odd


@pytest.mark.parametrize("name", ["arrived", "left", None])
def test_without_both_times_the_day_decides(name: str | None) -> None:
    facts = VisitFacts() if name is None else VisitFacts(**{name: AT})
    assert photo("2026-11-12T23:59", facts) == photo("2026-11-12T00:01", facts) == ()
    (one,) = photo("2026-11-13T10:05", facts)
    assert one.text("en").startswith("Taken on 13 Nov 2026 at 10:05, but the visit was on 12 Nov")


def test_a_visit_that_begins_late_runs_into_the_next_day() -> None:
    late = datetime.fromisoformat("2026-11-12T23:00")
    assert photo("2026-11-13T00:40", VisitFacts(), at=late) == ()
    assert photo("2026-11-13T04:40", VisitFacts(), at=late)
    facts = VisitFacts(arrived=late, left=late + timedelta(hours=2))
    assert photo("2026-11-13T00:40", facts, at=late) == ()


def test_only_photos_have_a_time_to_check() -> None:
    answers = answers_of(p=shown(A))
    assert inspect(answers, (record(A, "2020-01-01T00:00", kind="file"),)) == ()
    assert inspect(answers, ()) == ()


# the same photo


def test_the_same_photo_at_two_questions_names_both() -> None:
    answers = answers_of(p=shown(A), r=Answer("yes", evidence=(B, A)))
    (one,) = inspect(answers, (record(A), record(B)))
    assert (one.code, one.question, one.other, one.sha256) == ("photo-repeated", "r", "p", A)
    assert one.sure is Sureness.CERTAIN
    assert "1.4" in one.text("vi")
    assert "1.5" in one.text("vi")


def test_the_same_photo_twice_at_one_question() -> None:
    (one,) = inspect(answers_of(p=shown(A, B, A)), (record(A), record(B)))
    assert (one.code, one.question, one.other) == ("photo-repeated", "p", None)


def test_a_photo_of_another_visit() -> None:
    elsewhere = {A: ("V-0140", "V-0007"), B: ()}
    (one,) = inspect(answers_of(p=shown(A, B)), (record(A), record(B)), elsewhere=elsewhere)
    assert (one.code, one.sure) == ("photo-elsewhere", Sureness.CERTAIN)
    assert "V-0007, V-0140" in one.text("en")


def test_a_photo_is_odd_only_once() -> None:
    """Outside the visit and elsewhere is said at the first question, repeated for each."""
    answers = answers_of(p=shown(A), q=shown(A), r=shown(A))
    found = inspect(answers, (record(A, "2026-11-12T20:00"),), elsewhere={A: ("V-0007",)})
    assert [(each.code, each.question, each.other) for each in found] == [
        ("photo-elsewhere", "q", None),
        ("photo-outside", "q", None),
        ("photo-repeated", "q", "p"),
        ("photo-repeated", "q", "r"),
    ]


def test_hidden_questions_take_no_part() -> None:
    files = (record(A, "2026-11-12T20:00"),)
    answers = answers_of(gate="no", h=shown(A), p=shown(A))
    (one,) = inspect(answers, files)
    assert (one.code, one.question) == ("photo-outside", "p")
    assert inspect(answers_of(gate="no", h=shown(A)), files, elsewhere={A: ("V-1",)}) == ()


# arrival and departure


def facts(arrived: str | None, left: str | None) -> VisitFacts:
    moments = [None if text is None else datetime.fromisoformat(text) for text in (arrived, left)]
    return VisitFacts(arrived=moments[0], left=moments[1])


@pytest.mark.parametrize(
    ("arrived", "left", "codes"),
    [
        ("2026-11-12T10:02", "2026-11-12T10:31", []),
        (None, None, []),
        ("2026-11-12T10:02", None, []),
        (None, "2026-11-12T10:31", []),
        ("2026-11-12T10:31", "2026-11-12T10:02", ["departure-before-arrival"]),
        ("2026-11-12T10:02", "2026-11-12T10:02", []),
        ("2026-11-12T10:02", "2026-11-11T10:31", ["departure-before-arrival"]),
        ("2026-11-11T10:02", None, ["arrived-other-day"]),
        ("2026-11-11T10:02", "2026-11-11T10:31", ["arrived-other-day"]),
        (None, "2026-11-11T10:31", ["left-other-day"]),
        (None, "2026-11-14T10:31", ["left-other-day"]),
        ("2026-11-12T10:02", "2026-11-12T22:02", []),
        ("2026-11-12T10:02", "2026-11-12T22:03", ["visit-long"]),
        ("2026-11-12T23:30", "2026-11-13T00:40", []),
        ("2026-11-12T10:02", "2026-11-14T10:31", ["visit-long"]),
    ],
)
def test_arrival_and_departure(arrived: str | None, left: str | None, codes: list[str]) -> None:
    found = inspect({}, facts=facts(arrived, left))
    assert [each.code for each in found] == codes
    assert [each.key for each in found] == [f"facts:{code}" for code in codes]
    assert all(each.question is None and each.other is None for each in found)


def test_what_the_facts_say_reads_in_both_languages() -> None:
    (back,) = inspect({}, facts=facts("2026-11-12T10:31", "2026-11-12T10:02"))
    assert back.text("vi").startswith("Giờ rời đi 10:02 sớm hơn giờ đến 10:31.")
    (long,) = inspect({}, facts=facts("2026-11-12T01:00", "2026-11-12T14:30"))
    assert "13 giờ 30 phút" in long.text("vi")
    assert "13 h 30 min" in long.text("en")
    (other,) = inspect({}, facts=facts("2026-11-11T10:02", None))
    assert "11/11/2026" in other.text("vi")
    assert "12/11/2026" in other.text("vi")


def test_backward_times_are_no_window_for_photos() -> None:
    backward = facts("2026-11-12T10:31", "2026-11-12T10:02")
    assert [each.code for each in photo("2026-11-12T18:00", backward)] == [
        "departure-before-arrival"
    ]


def test_the_facts_come_first_then_the_checklist() -> None:
    answers = answers_of(q="yes", t=48, gate=Answer("yes", comment="Nhân viên thô lỗ"))
    answers |= answers_of(p=shown(A))
    found = inspect(answers, (record(A, "2026-11-01T10:05"),), facts("2026-11-11T10:02", None))
    assert [each.code for each in found] == [
        "arrived-other-day", "negative-comment", "contradicts-timer", "photo-outside",
    ]  # fmt: skip


# identity


ANSWERS = answers_of(
    q=Answer("yes", comment="Nhân viên chào tôi ngay ở cửa"),
    t=48,
    r=Answer("yes", comment="nhân viên CHÀO tôi ngay ở cửa", evidence=(A,)),
    p=shown(A, B),
)
FILES = (record(A, "2026-11-12T12:41"), record(B))


def prints(answers: dict[AnswerKey, Answer], **more: Any) -> dict[str, str]:
    return {each.key: each.fingerprint for each in inspect(answers, FILES, **more)}


def test_an_unrelated_change_asks_for_nothing_again() -> None:
    before = prints(ANSWERS, elsewhere={A: ("V-1",)})
    assert len(before) == 5
    changed = ANSWERS | answers_of(gate=Answer("no", comment="Cửa khóa lúc tôi đến"))
    noted = VisitFacts(arrived=FACTS.arrived, left=FACTS.left, notes="Mưa", staff="Lan")
    assert prints(changed, facts=noted, elsewhere={A: ("V-1",), B: ()}) == before
    assert len(set(before.values())) == len(before)


@pytest.mark.parametrize(
    ("change", "more", "asks"),
    [
        (answers_of(t=49), {}, {"contradicts-timer:q:t"}),
        ({}, {"elsewhere": {A: ("V-1", "V-2")}}, {f"photo-elsewhere:r:{A}"}),
        ({}, {"facts": facts("2026-11-12T10:02", "2026-11-12T10:35")}, {f"photo-outside:r:{A}"}),
    ],
)
def test_a_change_of_the_cause_asks_again(
    change: dict[AnswerKey, Answer], more: dict[str, Any], asks: set[str]
) -> None:
    usual: dict[str, Any] = {"elsewhere": {A: ("V-1",)}}
    before, after = prints(ANSWERS, **usual), prints(ANSWERS | change, **(usual | more))
    assert {key for key, value in after.items() if before.get(key) != value} == asks


def test_words_in_another_case_are_the_same_words() -> None:
    louder = ANSWERS | answers_of(r=Answer("yes", comment="NHÂN viên chào tôi ngay ở cửa"))
    key = "comment-repeated:q:r"
    assert prints(louder)[key] == prints(ANSWERS)[key]


# properties

COMMENTS = st.sampled_from(
    ["", "Tốt", "Nhân viên thô lỗ", "....", "BÀN GHẾ RẤT SẠCH SẼ", "Nhân viên chào tôi ở cửa"]
)
MOMENTS = st.datetimes(datetime(2026, 11, 10), datetime(2026, 11, 15))  # noqa: DTZ001
SHOWN = st.lists(st.sampled_from([A, B, C]), max_size=3).map(tuple)


@st.composite
def visits(draw: st.DrawFn) -> tuple[dict[AnswerKey, Answer], tuple[Any, ...]]:
    values = {"t": st.integers(0, 60), "p": st.none()}
    choice = st.sampled_from(["yes", "no", "na", None])
    answers = {
        (item.id, 0): Answer(
            draw(values.get(item.id, choice)), comment=draw(COMMENTS), evidence=draw(SHOWN)
        )
        for item in VISIT.items
    }
    moment = st.none() | MOMENTS
    visit = VisitFacts(arrived=draw(moment), left=draw(moment))
    files = tuple(
        EvidenceRecord(sha, "photo", "image/jpeg", 1, "x", "x", taken_at=draw(moment))
        for sha in (A, B, C)
    )
    return answers, (files, visit, {A: ("V-1",)})


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(visits(), st.randoms(use_true_random=False))
def test_the_order_of_answering_changes_nothing(
    visit: tuple[dict[AnswerKey, Answer], tuple[Any, ...]], shuffle: random.Random
) -> None:
    answers, rest = visit
    found = inspect(answers, *rest)
    pairs = list(answers.items())
    shuffle.shuffle(pairs)
    assert inspect(dict(pairs), *rest) == found
    keys = [each.key for each in found]
    assert len(set(keys)) == len(keys)
    for each in found:
        assert each.text("vi") != each.text("en")
        assert each.title("vi") == WORDS.text("vi", TITLES[each.code])
        assert "{" not in each.text("vi") + each.text("en")


@settings(deadline=None, max_examples=50)
@given(visits())
def test_na_contradicts_nothing(visit: tuple[dict[AnswerKey, Answer], tuple[Any, ...]]) -> None:
    answers, _ = visit
    na = dict.fromkeys(answers, NA)
    assert inspect(na, facts=VisitFacts(arrived=AT)) == ()


def test_the_start_of_a_visit_may_have_no_time_of_day() -> None:
    start = datetime.combine(date(2026, 11, 12), datetime.min.time())
    assert inspect(ANSWERS, FILES, at=start) == inspect(ANSWERS, FILES)
