"""Running stopwatches: the start is on disk, whatever happens to the window."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from auditor.domain.errors import RefusedError
from auditor.domain.records import VisitRecord
from auditor.services.workspace import Workspace

KEY = ("wait", 0)
SINCE = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


def test_a_running_stopwatch_is_there_after_a_restart(
    workspace: Workspace, draft: VisitRecord
) -> None:
    workspace.visits.drafts.stopwatch(draft.id, KEY, SINCE)
    folder = workspace.folder
    workspace.close()
    again = Workspace.open(folder)
    try:
        assert again.visits.open(draft.id).stopwatches == {KEY: SINCE}
    finally:
        again.close()


def test_started_again_it_runs_from_the_later_start(
    workspace: Workspace, draft: VisitRecord
) -> None:
    workspace.visits.drafts.stopwatch(draft.id, KEY, SINCE)
    later = SINCE.replace(hour=4)
    workspace.visits.drafts.stopwatch(draft.id, KEY, later)
    assert workspace.visits.open(draft.id).stopwatches == {KEY: later}


def test_stopped_it_is_gone(workspace: Workspace, draft: VisitRecord) -> None:
    workspace.visits.drafts.stopwatch(draft.id, KEY, SINCE)
    workspace.visits.drafts.stopwatch(draft.id, KEY, None)
    assert workspace.visits.open(draft.id).stopwatches == {}


def test_only_a_draft_has_one(workspace: Workspace, draft: VisitRecord) -> None:
    workspace.visits.void(draft.id, "trùng")
    with pytest.raises(RefusedError):
        workspace.visits.drafts.stopwatch(draft.id, KEY, SINCE)
