"""What every question has, and the small parts that questions are made of."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
)

from forms.tags import Cause, Channel, Killer, Measure, ServicePart, Side, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.questions.kinds.base import Kind


class Part(BaseModel):
    """A frozen part of a checklist; a word it does not know is a problem."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _number(value: object) -> object:
    """Refuse what only looks like a number: booleans, strings, floats that lost their spelling."""
    if isinstance(value, (bool, str, float)):
        raise ValueError("number")
    return value


#: An exact number: 33.3 is 333/10. Readers hand over ``int`` or ``Decimal``, never ``float``.
Number: TypeAlias = Annotated[Decimal, BeforeValidator(_number)]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]*$")]
ChoiceId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^\S+$")]
#: A string, or a map from language to string.
Text: TypeAlias = str | dict[str, str]


def text_in(text: Text | None, language: str, order: tuple[str, ...] = ()) -> str:
    """``text`` in ``language``, else the first of ``order`` that it has, else any."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    for wanted in (language, *order):
        if text.get(wanted):
            return text[wanted]
    return next((words for words in text.values() if words), "")


class When(StrEnum):
    """When evidence or a comment is asked for."""

    NEVER = "never"
    OPTIONAL = "optional"
    ON_FAIL = "on_fail"
    ALWAYS = "always"


class Tags(Part):
    touchpoint: str | None = None
    channel: Channel | None = None
    cause: Cause | None = None
    killer: Killer | None = None
    side: Side | None = None
    part: ServicePart | None = None
    measure: Measure | None = None


class Evidence(Part):
    """Rules for the photo and the comment of a question. Both may be given unless ``never``."""

    photo: When = When.OPTIONAL
    comment: When = When.OPTIONAL


class Cap(Part):
    """A failed critical question that limits the total to ``cap`` (0 to 100)."""

    cap: Annotated[Number, Field(ge=0, le=100)]


#: ``False`` · ``"flag"``: listed · ``"section"``, ``"audit"``: makes it 0 · ``Cap``: limits it.
Critical: TypeAlias = Literal[False, "flag", "section", "audit"] | Cap
PositiveNumber: TypeAlias = Annotated[Number, Field(gt=0)]
WholeNumber: TypeAlias = Annotated[int, Field(strict=True)]
#: Words for values of a scale, by value.
Labels: TypeAlias = dict[int, Text]


class Choice(Part):
    """One answer to choose. ``points`` None means that the choice carries no points at all."""

    id: ChoiceId
    label: Text
    points: Number | None = None
    fail: StrictBool = False
    na: StrictBool = False
    exclusive: StrictBool = False


class Band(Part):
    """A range of a number: ``max`` is inclusive, ``below`` exclusive, neither is the rest."""

    max: Number | None = None
    below: Number | None = None
    points: Number | None = None
    fail: StrictBool = False
    label: Text | None = None


class Asked(Part):
    """What a question and a row of a matrix have in common."""

    id: Id
    label: Text
    short: Text | None = None
    help: Text | None = None
    points: PositiveNumber | None = None
    weight: PositiveNumber = Decimal(1)
    critical: Critical = False
    bonus: StrictBool = False
    required: StrictBool | str = False
    allow_na: StrictBool = False
    evidence: Evidence = Evidence()
    tags: Tags = Tags()


class QuestionBase(Asked):
    """What every question has. Each type adds its own fields and says how it is answered."""

    stage: Stage | None = None
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: Text | None = None

    def kind(self, choices: tuple[Choice, ...]) -> Kind[Any]:
        """How this question (each row of a matrix) is answered. ``choices`` are ``offered``."""
        raise NotImplementedError

    def offered(self, lists: Mapping[str, tuple[Choice, ...]]) -> tuple[Choice, ...]:
        """The choices to choose from, the checklist's ``lists`` resolved; () where none are."""
        return ()

    @property
    def list_name(self) -> str | None:
        """The list of the checklist that alone decides how it is answered, if one does."""
        return None


class Listed(QuestionBase):
    """A question with choices of its own, or a list of the checklist by name."""

    list: Id | None = None
    choices: tuple[Choice, ...] | None = None

    def offered(self, lists: Mapping[str, tuple[Choice, ...]]) -> tuple[Choice, ...]:
        if self.choices is not None:
            return self.choices
        return () if self.list is None else lists[self.list]

    @property
    def list_name(self) -> str | None:
        return self.list if self.choices is None else None
