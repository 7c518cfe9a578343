"""Every sentence that a person can meet exists in both languages, with the same named values."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"\{(\w+)[^}]*\}")
#: A date is written with other parts in each language; the code hands over all of them.
DATE_PARTS = {"day", "month", "year", "dd", "mm", "weekday"}


def _collector() -> ModuleType:
    spec = importlib.util.spec_from_file_location("collect_words", ROOT / ".ci/collect_words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


COLLECTOR = _collector()


@pytest.mark.parametrize("package", COLLECTOR.PACKAGES)
def test_nothing_lacks_vietnamese(package: str) -> None:
    assert COLLECTOR.messages(package), "the extractor finds the words"
    assert list(COLLECTOR.missing(package)) == []


@pytest.mark.parametrize("package", COLLECTOR.PACKAGES)
def test_translations_name_the_same_values(package: str) -> None:
    for entry in COLLECTOR.read(package):
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        asked = set(NAMED.findall(ids[-1]))
        for string in _strings(entry):
            named = set(NAMED.findall(string))
            assert named - DATE_PARTS == asked - DATE_PARTS, (package, entry.id)


#: A word that is natural Vietnamese, but not the one that the product says, and that one.
OTHER_WORDS = {
    "người đánh giá": "đánh giá viên",
    "đã nộp": "đã gửi",
    "chưa nộp": "chưa gửi",
    "mong đợi": "kỳ vọng",
    "sổ tính": "bảng tính",
    "e-mail": "email",
    "bảng tạm": "bộ nhớ tạm",
    "kế hoạch hành động": "kế hoạch khắc phục",
}


@pytest.mark.parametrize("package", COLLECTOR.PACKAGES)
def test_a_thing_has_one_name_in_vietnamese(package: str) -> None:
    said = [string for entry in COLLECTOR.read(package) if entry.id for string in _strings(entry)]
    found = [(word, text) for word in OTHER_WORDS for text in said if word in text.casefold()]
    assert found == [], OTHER_WORDS


def _strings(entry: Message) -> Sequence[str]:
    return entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
