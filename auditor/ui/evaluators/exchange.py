"""Evaluators into a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.evaluators import EvaluatorFilter
from auditor.ui.commands import evaluators
from auditor.ui.planning.exchange import save_table, saved

if TYPE_CHECKING:
    from auditor.ui.evaluators.screen import EvaluatorsScreen


def export_evaluators(screen: EvaluatorsScreen, wanted: EvaluatorFilter) -> None:
    context = screen.context

    def chosen(path: str) -> None:
        evaluators.export(context, Path(path), wanted, context.language, saved(context, screen),
                          context.report_error)  # fmt: skip

    save_table(context, screen, context.words("Evaluators"), chosen)
