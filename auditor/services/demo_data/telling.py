"""From a story to the answers and photos of its visit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from auditor.domain.facts import VisitFacts
from auditor.services.demo_data.pictures import Photo, Scene
from auditor.services.demo_data.story import NA, NotApplicable, Shoot, Story
from forms.answers import Answer, Expectation, Value
from forms.compiled import Item

Given: TypeAlias = Value | NotApplicable

#: Minutes from the door to the photo, where the pace of service does not tell them.
_MINUTES = {
    Scene.STOREFRONT: -4,
    Scene.MENU: -1,
    Scene.COUNTER: 1,
    Scene.STANDEE: 1,
    Scene.QUEUE: 2,
    Scene.STAFF: 3,
    Scene.PASTRY: 3,
    Scene.TABLE: 16,
    Scene.SEATING: 18,
    Scene.WASTE: 20,
    Scene.RESTROOM: 24,
    Scene.EXIT: 26,
}
#: Minutes at the cash desk, from the end of the queue to the receipt.
_ORDERING = 2
#: Minutes from the door to the first answer in the car.
STAY = 42


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo that is to be attached to ``question``."""

    question: str
    caption: str
    name: str
    photo: Photo


def pictures(story: Story, day: date, look: int) -> tuple[Picture, ...]:
    """The photos of the visit, each a minute from the next of its kind."""
    told = []
    taken: set[tuple[Scene, datetime]] = set()
    for shoot in story.photos:
        at = datetime.combine(day, story.arrived) + _since_door(story, shoot)
        while (shoot.scene, at) in taken:
            at += timedelta(minutes=1)
        taken.add((shoot.scene, at))
        iced = story.hot is None or shoot.bad
        photo = Photo(shoot.scene, look, at, shoot.bad, iced)
        told.append(Picture(shoot.question, shoot.caption, f"IMG_{at:%Y%m%d_%H%M%S}.jpg", photo))
    return tuple(told)


def _since_door(story: Story, shoot: Shoot) -> timedelta:
    paid = story.queue + 60 * _ORDERING
    if shoot.scene is Scene.RECEIPT:
        return timedelta(seconds=paid + 30)
    if shoot.scene is Scene.DRINKS:
        return timedelta(seconds=paid + story.wait)
    return timedelta(minutes=_MINUTES[shoot.scene])


def facts(story: Story, day: date, code: str) -> VisitFacts:
    """What stands beside the answers. ``code`` is the location's: receipts begin with it."""
    arrived = datetime.combine(day, story.arrived)
    printed = story.differs.get("receipt") != "no"
    bought = ", ".join(f"1 {each}" for each in (story.drink, story.food) if each)
    return VisitFacts(
        arrived=arrived,
        left=arrived + timedelta(minutes=story.stay),
        staff=story.staff,
        receipt=f"{code}-{day:%d%m}-{story.queue + story.wait:04}" if printed else "",
        amount=Decimal(story.paid) * 1000,
        purchase=bought,
        weather=story.weather,
        notes=story.office,
    )


def answer(item: Item, story: Story, evidence: tuple[str, ...]) -> Answer:
    """What the story says to ``item``. Raises KeyError for a question it does not know."""
    comment = story.notes.get(item.id, "")
    if item.id == "problem_solved":
        comment = story.request.comment
    if item.question.type == "photo":
        return Answer(comment=comment, evidence=evidence)
    given = told(story)[item.id]
    if not isinstance(given, NotApplicable):
        return Answer(given, comment=comment, evidence=evidence)
    choice = next((choice.id for choice in item.choices if choice.na), None)
    return Answer(choice, choice is None, comment, evidence)


def told(story: Story) -> dict[str, Given]:
    """A value for every question that the story can meet, asked or not, by question id."""
    return {**_went_well(), **_measured(story), **_felt(story), **story.differs}


def _went_well() -> dict[str, Given]:
    """What a visit is like where nothing is remarked."""
    yes = (
        "map_listing hours_online sign_in_order parking_help second_till asked_taste "
        "order_repeated name_badge price_right qr_worked receipt order_right had_problem "
        "first_choice restroom_supplies hygiene emergency_exit farewell"
    )
    rows = ("tables", "floor", "counter", "cups", "restroom")
    return {
        **dict.fromkeys(yes.split(), "yes"),
        **dict.fromkeys(("parking_charge", "pushed", "pests"), "no"),
        **dict.fromkeys(("menu_online", "reply_useful", "front_clean", "warmth"), "fully"),
        **dict.fromkeys(("menu_knowledge", "food_fresh"), "fully"),
        **{f"clean.{row}": "clean" for row in rows},
        "tables_uncleared": 0,
        "pay_options": ("cash", "card", "qr", "wallet"),
        "defects": ("none",),
    }


def _measured(story: Story) -> dict[str, Given]:
    """Times, amounts and what was said and ordered."""
    request = story.request
    return {
        "messaged": "no" if story.reply is None else "yes",
        "reply_time": story.reply or 0,
        "arrived_at": f"{story.arrived:%H:%M}",
        "greet_time": story.greet,
        "greeted": "yes" if story.greeting else "no",
        "greeting_words": story.greeting,
        "queue_time": story.queue,
        "amount_paid": Decimal(story.paid),
        "wait_time": story.wait,
        "problem_solved": request.settled,
        "solve_time": request.seconds,
        "told_again": "yes" if request.told_again else "no",
        "drink": story.drink,
        "drink_heat": NA if story.hot is None else Decimal(story.hot),
        "food_ordered": "yes" if story.food else "no",
    }


def _felt(story: Story) -> dict[str, Given]:
    """How the evaluator rated it, and the visit in words."""
    return {
        "team_spirit": story.spirit,
        "drink_taste": story.taste,
        "drink_expectation": Expectation(story.expected, story.found),
        "value_for_money": story.value,
        "smell": story.smell,
        "satisfaction": story.satisfied,
        "effort": story.ease,
        "recommend": story.recommend,
        "would_return": story.comes_back,
        "delighted": "yes" if story.delight else "no",
        "delight": story.delight,
        "story": story.story,
        "fix_first": story.fix_first,
    }


def by_question(attached: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Hashes by question, from questions by hash, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for sha256, question in attached.items():
        found[question].append(sha256)
    return {question: tuple(hashes) for question, hashes in found.items()}
