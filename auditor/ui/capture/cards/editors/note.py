"""``note``: words for the evaluator; nothing to answer."""

from __future__ import annotations

from auditor.ui.capture.cards.editors.base import Editor


class NoteEditor(Editor):
    offers_na = False
