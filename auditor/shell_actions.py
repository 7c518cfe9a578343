"""``auditor export actions``: corrective actions as Excel gets them from the window."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.domain.actions import CARRIED, ActionFilter
from auditor.shell import WorkspaceOption, open_workspace, words


def export_actions(
    file: Path,
    client: Annotated[
        str | None, typer.Option("--client", help="Only those of this client.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Closed and dropped ones too.")] = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Write corrective actions as .xlsx or .csv, the most overdue first."""
    with open_workspace(workspace, write=False) as opened:
        from auditor.services import action_lists

        whose = None if client is None else opened.location_lists.client(client).id
        statuses = frozenset() if all_ else CARRIED
        today = datetime.now().astimezone().date()
        wanted = ActionFilter(statuses=statuses, client=whose)
        typer.echo(str(action_lists.export(opened, file, wanted, today, words.language)))
