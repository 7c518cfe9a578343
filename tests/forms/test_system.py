"""What the system says, as part of a sentence in the person's language."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest

from forms.formats.native import read
from forms.problems import UnreadableError
from forms.system import reason
from forms.words import WORDS, mark

NUMBERS = (
    errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.ENOENT, errno.EDQUOT, errno.EFBIG,
    errno.EMFILE, errno.ENAMETOOLONG, errno.EBUSY, errno.EISDIR, errno.ENOTDIR, errno.ELOOP,
)  # fmt: skip
SENTENCE = mark(
    "The file cannot be opened ({reason}). Check that it is there and that you may read it."
)


@pytest.mark.parametrize("number", [*NUMBERS, errno.EBADMSG, 99_999])
def test_no_word_of_the_system_reaches_a_person(number: int) -> None:
    told = reason(OSError(number, os.strerror(number)))
    english, vietnamese = (WORDS.text(each, SENTENCE, reason=told) for each in ("en", "vi"))
    assert str(told) in english
    assert str(told) not in vietnamese
    assert os.strerror(number) not in vietnamese


def test_usual_refusals_differ() -> None:
    said = {number: str(reason(OSError(number, ""))) for number in NUMBERS}
    assert said[errno.ENOSPC] == said[errno.EDQUOT] == "the disk is full"
    assert len(set(said.values())) == len(NUMBERS) - 1


def test_a_reason_stays_one_on_its_way_between_processes() -> None:
    told = pickle.loads(pickle.dumps(reason(OSError(errno.ENOSPC, ""))))
    assert "đĩa đã đầy" in WORDS.text("vi", SENTENCE, reason=told)


def test_a_checklist_that_is_gone_is_told_in_vietnamese(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "gone.yaml")
    assert "không có tệp hay thư mục này" in caught.value.problems[0].text("vi")
