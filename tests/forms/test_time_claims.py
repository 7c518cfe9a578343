"""A yes or no against the stopwatch that measured the same."""

from __future__ import annotations

from typing import Any

import pytest

from forms.compiled import CompiledChecklist
from forms.complaint_words import ComplaintWords
from forms.contradictions import Contradiction, Contradictions, Sureness
from forms.filling import Filling
from forms.formats.native import read
from forms.library import names, path
from forms.problems import Severity
from forms.time_claims import time_claims
from forms.time_limits import TimeLimit, time_limits
from tests.forms.small import AT, NA, YES_NO, checklist, question, section
from tests.forms.small import given as answers_of

CERTAIN, LIKELY, POSSIBLE = Sureness


def found(compiled: CompiledChecklist, **values: Any) -> tuple[Contradiction, ...]:
    filling = Filling(compiled, answers_of(**values), AT)
    return Contradictions(compiled, ComplaintWords.default()).all(filling)


def codes(compiled: CompiledChecklist, **values: Any) -> list[str]:
    return [each.code for each in found(compiled, **values)]


def timed(label: str = "Được chào trong vòng 30 giây?", **more: Any) -> CompiledChecklist:
    """A yes/no (``choices`` may be others) and a stopwatch of the same measure."""
    claim = {"label": label, "tags": {"measure": "greeting"}, **more}
    timer = {"standard": 30, "tags": {"measure": "greeting"}}
    return checklist(section("s", question("q", **claim), question("t", "duration", **timer)))


@pytest.mark.parametrize(
    ("said", "seconds", "sure"),
    [
        ("yes", 48, CERTAIN), ("yes", 31, CERTAIN), ("yes", 30, None), ("yes", 0, None),
        ("no", 12, CERTAIN), ("no", 30, CERTAIN), ("no", 31, None), ("na", 48, None),
        (None, 48, None), ("yes", None, None), (NA, 48, None), ("yes", NA, None),
    ],
)  # fmt: skip
def test_the_stopwatch_against_the_answer(said: Any, seconds: Any, sure: Sureness | None) -> None:
    assert [each.sure for each in found(timed(), q=said, t=seconds)] == ([sure] if sure else [])


def test_the_sentence_says_both_and_what_to_do() -> None:
    (one,) = found(timed(), q="yes", t=48)
    assert (one.question, one.other) == ("q", "t")
    assert one.problem.severity is Severity.WARNING
    assert one.problem.text("vi") == (
        "“Có” ở câu 1.1 không khớp với 48 giây ở câu 1.2: mức giới hạn là 30 giây. Hãy xem lại cả "
        "hai: một trong hai câu sai, hoặc giữ nguyên và ghi lý do."
    )
    assert one.problem.text("en") == (
        "“Yes” in 1.1 does not fit the 48 s of 1.2: the limit is 30 s. Look at both: one of them "
        "is wrong, or keep them and say why."
    )


@pytest.mark.parametrize(
    "label",
    ["Chào trong 30 s?", "Greeted within half a minute?", "Greeted in 30 seconds or less?",
     "Không quá 30 giây mới được chào?", "Được chào sau chưa đến 31 giây?"],
)  # fmt: skip
def test_labels_that_name_the_limit(label: str) -> None:
    assert codes(timed(label), q="yes", t=31) == ["contradicts-timer"]
    assert codes(timed(label), q="no", t=29) == ["contradicts-timer"]
    assert codes(timed(label), q="yes", t=29) == codes(timed(label), q="no", t=31) == []


def test_another_limit_than_the_standard_is_less_sure() -> None:
    (one,) = found(timed("Được chào trong 1 phút?"), q="yes", t=61)
    assert one.sure is LIKELY
    assert found(timed("Được chào trong 1 phút?"), q="yes", t=60) == ()


@pytest.mark.parametrize(
    "label", ["Bạn có phải chờ quá 30 giây không?", "Did it take more than 30 seconds?"]
)
def test_yes_may_mean_too_slow(label: str) -> None:
    slow = [{**YES_NO[0], "points": 0, "fail": True}, {**YES_NO[1], "points": 1}]
    for choices in (slow, [{"id": "yes", "label": "Có"}, {"id": "no", "label": "Không"}]):
        compiled = timed(label, choices=choices)
        assert codes(compiled, q="no", t=31) == codes(compiled, q="yes", t=30)
        assert codes(compiled, q="no", t=31) == ["contradicts-timer"]
        assert codes(compiled, q="yes", t=31) == codes(compiled, q="no", t=30) == []


def test_pass_and_fail_are_read_by_their_points() -> None:
    choices = [
        {"id": "ok", "label": "Đạt", "points": 2},
        {"id": "so", "label": "Tạm", "points": 1},
        {"id": "bad", "label": "Không đạt", "points": 0},
    ]
    compiled = timed(choices=choices)
    assert codes(compiled, q="ok", t=48) == codes(compiled, q="bad", t=12) == ["contradicts-timer"]
    assert codes(compiled, q="so", t=48) == codes(compiled, q="so", t=12) == []


def test_without_a_limit_in_the_label_the_standard_decides() -> None:
    (over,) = found(timed("Nhân viên có chào bạn không?"), q="yes", t=48)
    (within,) = found(timed("Nhân viên có chào bạn không?"), q="no", t=12)
    assert (over.sure, within.sure) == (LIKELY, POSSIBLE)


def test_without_a_standard_the_bands_decide() -> None:
    bands = [{"max": 30, "points": 4}, {"max": 60, "points": 2}, {"points": 0, "fail": True}]
    claim = question("q", label="Chào nhanh không?", tags={"measure": "greeting"})
    timer = question("t", "duration", bands=bands, tags={"measure": "greeting"})
    compiled = checklist(section("s", claim, timer))
    assert codes(compiled, q="yes", t=61) == codes(compiled, q="no", t=30) == ["contradicts-timer"]
    assert codes(compiled, q="yes", t=60) == codes(compiled, q="no", t=31) == []


def test_a_label_that_asks_for_more_may_fail_for_that() -> None:
    label = "Được chào trong vòng 30 giây và mỉm cười?"
    assert [each.sure for each in found(timed(label), q="no", t=12)] == [POSSIBLE]
    assert [each.sure for each in found(timed(label), q="yes", t=48)] == [CERTAIN]


def test_the_only_pair_of_a_measure_may_stand_in_two_sections() -> None:
    claim = question("q", label="Được chào trong 30 giây?", tags={"measure": "greeting"})
    timer = question("t", "duration", standard=30, tags={"measure": "greeting"})
    second = {**claim, "id": "q2"}
    assert codes(checklist(section("a", claim), section("b", timer)), q="yes", t=48)
    two = checklist(section("a", claim, second), section("b", timer))
    assert codes(two, q="yes", q2="yes", t=48) == []


def beside(label: str, standard: int | None, *more: dict[str, Any]) -> CompiledChecklist:
    timer = question("t", "duration", **({} if standard is None else {"standard": standard}))
    return checklist(section("s", timer, question("q", label=label), *more))


def test_a_limit_beside_a_stopwatch_without_tags() -> None:
    held = beside("Đồ uống ra trong vòng 3 phút?", 180)
    loose = beside("Đồ uống ra trong vòng 3 phút?", None)
    assert [each.sure for each in found(held, q="yes", t=181)] == [LIKELY]
    assert [each.sure for each in found(loose, q="no", t=10)] == [POSSIBLE]
    assert found(beside("Nhân viên có cười không?", 180), q="yes", t=999) == ()


def test_between_two_stopwatches_the_standard_chooses() -> None:
    after = question("u", "duration", standard=60)
    compiled = beside("Đồ uống ra trong vòng 3 phút?", 180, after)
    (one,) = found(compiled, q="yes", t=181, u=181)
    assert one.other == "t"
    unclear = beside("Đồ uống ra trong vòng 3 phút?", None, after)
    assert found(unclear, q="yes", t=181, u=181) == ()


def test_another_measure_is_another_time() -> None:
    claim = question("q", label="Chào trong 30 giây?", tags={"measure": "greeting"})
    timer = question("t", "duration", standard=30, tags={"measure": "queue"})
    assert codes(checklist(section("s", claim, timer)), q="yes", t=48) == []


def test_rows_of_a_matrix_claim_too() -> None:
    rows = [{"id": "a", "label": "Chào trong 30 giây", "tags": {"measure": "greeting"}}]
    matrix = question("m", "matrix", list="yna", rows=rows)
    timer = question("t", "duration", standard=30, tags={"measure": "greeting"})
    (one,) = found(checklist(section("s", matrix, timer)), m__a="yes", t=48)
    assert (one.question, one.other) == ("m.a", "t")


@pytest.mark.parametrize(
    ("label", "limits"),
    [
        ("trong vòng 1 phút 30 giây", [TimeLimit(90, over=False)]),
        ("within one minute and 30 seconds", [TimeLimit(90, over=False)]),
        ("dưới 2 phút rưỡi", [TimeLimit(150, over=False, inclusive=False)]),
        ("under 1.5 minutes", [TimeLimit(90, over=False, inclusive=False)]),
        ("khoảng 1–2 phút", [TimeLimit(120)]),
        ("ít nhất 5'", [TimeLimit(300, over=True, inclusive=False)]),
        ("10 minutes or more", [TimeLimit(600, over=True, inclusive=False)]),
        ("không phải chờ quá 3 phút", [TimeLimit(180, over=False)]),
        ("trong 2 giờ", [TimeLimit(7200, over=False)]),
        ("lúc 9 giờ", []),
        ("Did a second till open?", []),
        ("2 món, 3 người, 5 m", []),
    ],
)
def test_times_in_labels(label: str, limits: list[TimeLimit]) -> None:
    assert list(time_limits(label)) == limits


@pytest.mark.parametrize("name", names())
def test_the_library_pairs_no_strangers(name: str) -> None:
    """Nothing of the shipped checklists claims a time by mistake."""
    checklist_ = read(path(name)).checklist
    assert checklist_ is not None
    for pair in time_claims(CompiledChecklist(checklist_)):
        measures = {pair.claim.tags.measure, pair.timer.tags.measure}
        named = time_limits(str(pair.claim.label))
        assert named or len(measures) == 1
