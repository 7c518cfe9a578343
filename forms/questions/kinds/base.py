"""What every kind of value can do, and what an answer earns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Generic, TypeVar, cast

from forms.answers import Answer, Value

V = TypeVar("V", bound=Value)

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a value is refused: a code of the catalogue and its named values."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


class ValueRefusedError(Exception):
    """JSON that this kind of value refuses."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.code)
        self.complaint = complaint


class Tariff(ABC, Generic[V]):
    """What the answers of one scored question earn, before its weight.

    ``possible`` is what the best answer earns, never below 0 (0 is a pure penalty). ``says_fail``
    is whether any choice or band has a word of its own about failing.
    """

    __slots__ = ("possible", "says_fail")

    def __init__(self, possible: Fraction, says_fail: bool) -> None:
        self.possible = possible
        self.says_fail = says_fail

    @abstractmethod
    def earned(self, value: V) -> Fraction:
        """What ``value`` earns: may be negative, and above ``possible`` only by a checklist
        whose parts do not add up."""

    @abstractmethod
    def marked(self, value: V) -> bool:
        """Whether the choice or band of ``value`` says ``fail: true``."""

    @abstractmethod
    def grains(self) -> Iterable[Fraction]:
        """Amounts such that every ``earned`` is a sum of some of them."""

    def spot(self, value: V) -> object:
        """What decides, hashable: values with the same spot earn and fail alike, and a spot that
        is equal to a value is that value's own."""
        return value


class Kind(ABC, Generic[V]):
    """How one question is answered. Holds what it needs of the question, and no answer."""

    #: False for what is only shown or computed.
    takes_answer: ClassVar[bool] = True
    #: True when the answer is its evidence and there is no value.
    is_evidence: ClassVar[bool] = False
    #: True when the value follows from other answers and is never given.
    is_calculated: ClassVar[bool] = False

    @abstractmethod
    def refuse(self, value: object) -> Complaint | None:
        """Why ``value``, which is not None, is no value of this kind; None when it is one."""

    @abstractmethod
    def from_json(self, data: object) -> V | None:
        """The value that parsed JSON stands for (numbers ``int`` or ``Decimal``); None for a
        blank one. Raises ValueRefusedError."""

    @abstractmethod
    def read(self, value: V, language: str, order: tuple[str, ...]) -> str:
        """``value`` as a person reads it in ``language``; labels fall back along ``order``."""

    def read_answer(self, answer: Answer, language: str, order: tuple[str, ...]) -> str:
        """The answer as a person reads it, N/A apart; "" when there is none."""
        return "" if answer.value is None else self.read(cast(V, answer.value), language, order)

    def tariff(self, points: Decimal | None) -> Tariff[V] | None:
        """What answers earn; None when the question is not scored. ``points`` are the
        question's own."""
        return None

    def answered(self, answer: Answer) -> bool:
        """Whether there is an answer, N/A apart."""
        return answer.value is not None

    def not_applicable(self, value: V) -> bool:
        """Whether ``value`` itself says N/A."""
        return False

    def complaints(self, value: V) -> tuple[Complaint, ...]:
        """Broken rules of the type that a draft may hold and a submission may not."""
        return ()


def shown(data: object) -> str:
    """JSON data in a few words, for a problem."""
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (dict, list, tuple)):
        return "{…}" if isinstance(data, dict) else "[…]"
    text = f'"{data}"' if isinstance(data, str) else str(data)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= 40 else f"{text[:39]}…"
