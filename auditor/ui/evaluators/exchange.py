"""Evaluators from a table, and into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.domain.evaluators import EvaluatorFilter
from auditor.ui.commands import evaluators, sheets
from auditor.ui.planning.exchange import choose_table, open_table, save_table, saved

if TYPE_CHECKING:
    from auditor.ui.evaluators.screen import EvaluatorsScreen


def import_evaluators(screen: EvaluatorsScreen) -> None:
    context = screen.context

    def chosen(path: str) -> None:
        title = context.words("Import evaluators")
        open_table(context, sheets.evaluators(), Path(path), title, screen)

    choose_table(context, screen, chosen)


def export_evaluators(screen: EvaluatorsScreen, wanted: EvaluatorFilter) -> None:
    context = screen.context

    def chosen(path: str) -> None:
        evaluators.export(context, Path(path), wanted, context.language, saved(context, screen),
                          context.report_error)  # fmt: skip

    save_table(context, screen, context.words("Evaluators"), chosen)
