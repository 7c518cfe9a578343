"""What watches over the hostile cases can see each kind of failure."""

from __future__ import annotations

import os

import pytest

from auditor.domain.errors import UserError
from tests.hostile import bounds


def test_a_case_that_never_ends_is_stopped() -> None:
    def loop() -> None:
        while True:
            pass

    with pytest.raises(bounds.OverrunError):
        bounds.refusal(loop, seconds=0.05)


def test_a_case_that_waits_for_ever_is_stopped() -> None:
    read, write = os.pipe()
    with pytest.raises(bounds.OverrunError), bounds.in_time(still=0.05):
        os.read(read, 1)
    os.close(read)
    os.close(write)


def test_a_bug_is_no_refusal() -> None:
    with pytest.raises(ZeroDivisionError):
        bounds.refusal(lambda: 1 // 0)


@pytest.mark.parametrize(
    "vietnamese",
    ["Không lưu được: No space left on device.", "", "It failed.", "Lỗi ValueError.", "[Errno 2]"],
)
def test_words_of_the_system_and_of_the_program_are_found(vietnamese: str) -> None:
    with pytest.raises(AssertionError):
        bounds.check_sentences("It failed.", vietnamese)


def test_memory_that_was_freed_again_is_seen() -> None:
    spent = bounds.measured(lambda: len(bytearray(os.urandom(1)) * 80_000_000))
    assert 60 < spent.megabytes < 120


def test_a_refusal_tells_its_code() -> None:
    def refuse() -> None:
        raise UserError("no_visit", "Name visits (V-0001 …), or use --all.")

    assert bounds.refusal(refuse) == "no_visit"
