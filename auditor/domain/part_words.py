"""What the parts of a report are called, and what each holds."""

from __future__ import annotations

from auditor.domain.branding import ReportPart
from auditor.words import mark

PARTS = {
    ReportPart.TREND: (mark("Trend and rank"), mark("Score over the visits, place in the wave")),
    ReportPart.FAILED: (mark("What lost points"), mark("Worst first, with comment and photo")),
    ReportPart.JOURNEY: (
        mark("Customer journey"),
        mark("By stage, touchpoint and channel; indices; causes"),
    ),
    ReportPart.QUESTIONS: (mark("All answers"), mark("Every question by section")),
    ReportPart.NARRATIVE: (mark("Narrative"), mark("The visit in the evaluator's words")),
    ReportPart.ACTIONS: (mark("Action plan"), mark("Finding, cause, action, owner, due day")),
    ReportPart.PHOTOS: (mark("Photo appendix"), mark("All photos with captions")),
    ReportPart.LEDGER: (mark("Score ledger"), mark("Every point explained, question by question")),
    ReportPart.CHANGES: (mark("Changes"), mark("Of a later revision: what was changed, and why")),
}
