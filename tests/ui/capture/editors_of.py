"""The types that have a card."""

from __future__ import annotations

from auditor.ui.capture.cards.editors import EDITORS


def types_shown() -> set[str]:
    return set(EDITORS) - {"calculate"}
