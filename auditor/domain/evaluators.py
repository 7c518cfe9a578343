"""Those who visit. Of all this only ``code`` may stand in what a client gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: The longest that is kept of each, in characters.
LONGEST = {"code": 40, "name": 200, "contacts": 500, "notes": 2000}
MOST_WORDS, LONGEST_WORD = 20, 60
LOWEST, HIGHEST = 1, 10
_CODE = re.compile(r"^(?=.*[0-9])[A-Za-z0-9]+([-_./][A-Za-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class EvaluatorInput:
    """An evaluator as typed or read. ``region_id``: where they live. ``languages`` and
    ``qualifications`` are free words ("vi", "Tiếng Anh"; "xe máy", "ngân hàng")."""

    code: str
    name: str = ""
    contacts: str = ""
    languages: tuple[str, ...] = ()
    region_id: int | None = None
    qualifications: tuple[str, ...] = ()
    notes: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class EvaluatorRecord:
    """``region`` is the path of names of the home region."""

    id: int
    code: str
    name: str = ""
    contacts: str = ""
    languages: tuple[str, ...] = ()
    region_id: int | None = None
    region: str = ""
    qualifications: tuple[str, ...] = ()
    notes: str = ""
    active: bool = True
    version: int = 1

    @property
    def given(self) -> EvaluatorInput:
        """What a person may change of it."""
        told = {name: getattr(self, name) for name in EvaluatorInput.__slots__}
        return EvaluatorInput(**told)

    @property
    def label(self) -> str:
        """For the office: "EV-07 · Trần Thị Bích"."""
        return f"{self.code} · {self.name}" if self.name else self.code


class EvaluatorOrder(StrEnum):
    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class EvaluatorFilter:
    """``text``: each of its words stands somewhere in code, name, contacts, languages or
    qualifications, whatever its case and marks. ``region``: at home there or below it; 0 is
    nowhere. ``active`` None is both."""

    text: str = ""
    region: int | None = None
    active: bool | None = True


@dataclass(frozen=True, slots=True)
class GradeRecord:
    """How good a piece of work was, 1 to 10; ``visit`` is the number of the visit it is about."""

    id: int
    evaluator_id: int
    given_on: date
    grade: int
    note: str = ""
    visit_id: int | None = None
    visit: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatorWork:
    """What an evaluator has done: ``made`` visits were handed in, ``under_way`` are drafts or sent
    back, ``planned`` are not begun, ``overdue`` of all these are late. ``grade`` is the mean of
    ``grades`` grades."""

    evaluator_id: int
    made: int = 0
    under_way: int = 0
    planned: int = 0
    overdue: int = 0
    last_visit: date | None = None
    grade: float | None = None
    grades: int = 0


def looks_like_code(text: str) -> bool:
    """Whether ``text`` may stand in what a client gets: "EV-07", never a name."""
    return _CODE.match(text) is not None
