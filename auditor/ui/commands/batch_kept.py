"""A run of reports that is not finished, kept in the workspace; the templates one may choose."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from auditor.ui.commands.batch import Batch
from auditor.ui.context import AppContext

if TYPE_CHECKING:
    from auditor.domain.branding import TemplateRecord
    from auditor.services.workspace import Workspace

LOG = logging.getLogger("auditor")


def keep_run(context: AppContext, batch: Batch) -> None:
    """So that it can be gone on with after the window was closed, or cut off."""
    context.ask(_keep_run, batch, failed=_not_kept)


def forget_run(context: AppContext) -> None:
    context.ask(_forget_run, failed=_not_kept)


def read_run(workspace: Workspace) -> Batch | None:
    from auditor.services.report_run import unfinished

    plan = unfinished(workspace)
    if plan is None:
        return None
    return Batch(plan.visits, plan.language, plan.folder, plan.worn, plan.wave_id, plan.merged)


def read_templates(workspace: Workspace, language: str) -> list[TemplateRecord]:
    return workspace.templates.all(language)


def _keep_run(workspace: Workspace, batch: Batch) -> None:
    from auditor.services.report_run import RunPlan, keep

    keep(
        workspace,
        RunPlan(
            batch.visits, batch.language, batch.folder, batch.worn, batch.wave_id, batch.merged
        ),
    )


def _forget_run(workspace: Workspace) -> None:
    from auditor.services.report_run import forget

    forget(workspace)


def _not_kept(error: Exception) -> None:
    """The reports are made all the same; a workspace that may only be read keeps no run."""
    LOG.info("the run of reports is not kept: %s", error)
