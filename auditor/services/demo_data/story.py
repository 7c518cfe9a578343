"""The shape of a story: one visit as its evaluator lived it, told once, without contradiction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType
from typing import Final, TypeAlias

from auditor.domain.facts import Weather
from auditor.services.demo_data.pictures import Scene


class NotApplicable:
    """Says that a question did not apply."""


NA: Final = NotApplicable()
Told: TypeAlias = str | int | tuple[str, ...] | NotApplicable

#: The menu, in thousands of dong: what was ordered tells what was paid.
MENU = MappingProxyType(
    {
        "Cà phê sữa đá, cỡ vừa": 39,
        "Cà phê muối đá, cỡ vừa": 45,
        "Bạc xỉu đá, cỡ lớn": 49,
        "Trà lài mận đá, cỡ vừa": 49,
        "Trà ổi xá lị đá, cỡ lớn": 55,
        "Cà phê phin nóng, cỡ nhỏ": 35,
        "Americano nóng, cỡ vừa": 45,
        "Latte nóng, cỡ vừa": 55,
        "Cappuccino nóng, cỡ vừa": 55,
        "bánh mì que": 19,
        "bánh chuối nướng": 32,
        "croissant bơ": 35,
        "bông lan trứng muối": 38,
    }
)


@dataclass(frozen=True, slots=True)
class Shoot:
    """A photo for a question, and what the evaluator says of it."""

    question: str
    scene: Scene
    caption: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """The problem, or the small request, that staff were told of; how it was settled, in words,
    and in how many seconds."""

    comment: str
    seconds: int
    settled: str = "fully"
    told_again: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A visit. What is not said went as it should; ``differs`` holds the rest by question.

    Times in seconds. ``reply`` None: no message was sent. ``hot`` None: a cold drink. ``greeting``
    "" : nobody greeted. ``extra`` is what was charged beyond the menu, in thousands of dong.
    ``stay`` is minutes from the door in to the door out; ``staff`` and ``office`` (what no question
    asks) are for the office alone. ``expected`` and ``taste`` to ``spirit`` and ``satisfied`` are 1
    to 5, ``ease`` 1 to 7, ``recommend`` 0 to 10.
    """

    evaluator: str
    arrived: time
    drink: str
    story: str
    fix_first: str
    request: Request
    photos: tuple[Shoot, ...]
    stay: int
    weather: Weather
    staff: str
    office: str = ""
    food: str = ""
    hot: str | None = None
    extra: int = 0
    reply: int | None = None
    greet: int = 12
    greeting: str = ""
    queue: int = 80
    wait: int = 280
    taste: int = 4
    expected: int = 4
    found: int = 4
    value: int = 4
    smell: int = 1
    spirit: int = 4
    satisfied: int = 4
    ease: int = 6
    recommend: int = 8
    comes_back: str = "surely"
    delight: str = ""
    differs: dict[str, Told] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def paid(self) -> int:
        """Thousands of dong."""
        return MENU[self.drink] + (MENU[self.food] if self.food else 0) + self.extra
