"""The editors: one file each, and the one registry by question type."""

from __future__ import annotations

from auditor.ui.capture.cards.editors.attachment import AudioEditor, FileEditor
from auditor.ui.capture.cards.editors.base import Editor
from auditor.ui.capture.cards.editors.calculate import CalculateEditor
from auditor.ui.capture.cards.editors.choice import ChoiceEditor
from auditor.ui.capture.cards.editors.choices import ChoicesEditor
from auditor.ui.capture.cards.editors.duration import DurationEditor
from auditor.ui.capture.cards.editors.expectation import ExpectationEditor
from auditor.ui.capture.cards.editors.matrix import MatrixEditor
from auditor.ui.capture.cards.editors.moment import DateEditor, DatetimeEditor, TimeEditor
from auditor.ui.capture.cards.editors.note import NoteEditor
from auditor.ui.capture.cards.editors.number import DecimalEditor, IntegerEditor
from auditor.ui.capture.cards.editors.photo import PhotoEditor
from auditor.ui.capture.cards.editors.scale import CesEditor, CsatEditor, NpsEditor, ScaleEditor
from auditor.ui.capture.cards.editors.signature import SignatureEditor
from auditor.ui.capture.cards.editors.text import TextEditor

EDITORS: dict[str, type[Editor]] = {
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
    "scale": ScaleEditor,
    "csat": CsatEditor,
    "nps": NpsEditor,
    "ces": CesEditor,
    "integer": IntegerEditor,
    "decimal": DecimalEditor,
    "duration": DurationEditor,
    "expectation": ExpectationEditor,
    "matrix": MatrixEditor,
    "text": TextEditor,
    "date": DateEditor,
    "time": TimeEditor,
    "datetime": DatetimeEditor,
    "photo": PhotoEditor,
    "audio": AudioEditor,
    "file": FileEditor,
    "signature": SignatureEditor,
    "note": NoteEditor,
    "calculate": CalculateEditor,
}

__all__ = ["EDITORS", "Editor"]
