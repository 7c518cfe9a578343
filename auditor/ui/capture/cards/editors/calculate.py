"""``calculate``: a value that follows from others. Not shown: it has no card."""

from __future__ import annotations

from auditor.ui.capture.cards.editors.base import Editor


class CalculateEditor(Editor):
    offers_na = False
