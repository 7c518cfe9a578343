"""The question types: one module each, and the one tuple that registers them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from forms.questions.audio import AudioQuestion
from forms.questions.calculate import CalculateQuestion
from forms.questions.ces import CesQuestion
from forms.questions.choice import ChoiceQuestion
from forms.questions.choices import ChoicesQuestion
from forms.questions.csat import CsatQuestion
from forms.questions.date import DateQuestion
from forms.questions.datetime import DatetimeQuestion
from forms.questions.decimal import DecimalQuestion
from forms.questions.duration import DurationQuestion
from forms.questions.expectation import ExpectationQuestion
from forms.questions.file import FileQuestion
from forms.questions.integer import IntegerQuestion
from forms.questions.matrix import MatrixQuestion
from forms.questions.note import NoteQuestion
from forms.questions.nps import NpsQuestion
from forms.questions.photo import PhotoQuestion
from forms.questions.scale import ScaleQuestion
from forms.questions.signature import SignatureQuestion
from forms.questions.text import TextQuestion
from forms.questions.time import TimeQuestion

Question: TypeAlias = Annotated[
    ChoiceQuestion
    | ChoicesQuestion
    | ScaleQuestion
    | CsatQuestion
    | NpsQuestion
    | CesQuestion
    | IntegerQuestion
    | DecimalQuestion
    | DurationQuestion
    | ExpectationQuestion
    | MatrixQuestion
    | TextQuestion
    | DateQuestion
    | TimeQuestion
    | DatetimeQuestion
    | PhotoQuestion
    | AudioQuestion
    | FileQuestion
    | SignatureQuestion
    | NoteQuestion
    | CalculateQuestion,
    Field(discriminator="type"),
]

QUESTION_TYPES = (
    ChoiceQuestion,
    ChoicesQuestion,
    ScaleQuestion,
    CsatQuestion,
    NpsQuestion,
    CesQuestion,
    IntegerQuestion,
    DecimalQuestion,
    DurationQuestion,
    ExpectationQuestion,
    MatrixQuestion,
    TextQuestion,
    DateQuestion,
    TimeQuestion,
    DatetimeQuestion,
    PhotoQuestion,
    AudioQuestion,
    FileQuestion,
    SignatureQuestion,
    NoteQuestion,
    CalculateQuestion,
)
