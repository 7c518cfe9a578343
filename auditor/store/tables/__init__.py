"""The tables. Rows stay inside ``store``: queries return the records of ``auditor.domain``.

What travels between machines has a ``uid`` (UUIDv7). Times are UTC; ``visit.zone`` is the IANA
zone that its local times are read in. A change here needs a migration; a test compares both.
"""

from __future__ import annotations

from sqlalchemy import DDL
from sqlalchemy import event as listening

from auditor.store.tables.base import Row, table
from auditor.store.tables.files import EvidenceRow, VisitEvidenceRow
from auditor.store.tables.issued import IssuedReportRow, IssuedSnapshotRow
from auditor.store.tables.office import (
    CorrectiveActionRow,
    LocationRollupRow,
    ReportTemplateRow,
    SavedViewRow,
)
from auditor.store.tables.places import BrandRow, ClientRow, LocationRow, RegionRow
from auditor.store.tables.studies import (
    AssignmentRow,
    ChecklistVersionRow,
    EvaluatorGradeRow,
    EvaluatorRow,
    ProgramRow,
    WaveQuotaRow,
    WaveRow,
)
from auditor.store.tables.trail import EventPayloadRow, EventRow, MetaRow
from auditor.store.tables.visits import (
    AnswerRow,
    KeptSuspicionRow,
    SectionScoreRow,
    StopwatchRow,
    VisitFactRow,
    VisitRow,
    VisitScoreRow,
)

METADATA = Row.metadata
META = table(MetaRow)
CLIENT = table(ClientRow)
BRAND = table(BrandRow)
REGION = table(RegionRow)
LOCATION = table(LocationRow)
PROGRAM = table(ProgramRow)
WAVE = table(WaveRow)
WAVE_QUOTA = table(WaveQuotaRow)
CHECKLIST = table(ChecklistVersionRow)
EVALUATOR = table(EvaluatorRow)
EVALUATOR_GRADE = table(EvaluatorGradeRow)
ASSIGNMENT = table(AssignmentRow)
VISIT = table(VisitRow)
VISIT_FACT = table(VisitFactRow)
KEPT_SUSPICION = table(KeptSuspicionRow)
ANSWER = table(AnswerRow)
STOPWATCH = table(StopwatchRow)
EVIDENCE = table(EvidenceRow)
VISIT_EVIDENCE = table(VisitEvidenceRow)
VISIT_SCORE = table(VisitScoreRow)
SECTION_SCORE = table(SectionScoreRow)
LOCATION_ROLLUP = table(LocationRollupRow)
CORRECTIVE_ACTION = table(CorrectiveActionRow)
REPORT_TEMPLATE = table(ReportTemplateRow)
SAVED_VIEW = table(SavedViewRow)
ISSUED_REPORT = table(IssuedReportRow)
ISSUED_SNAPSHOT = table(IssuedSnapshotRow)
EVENT = table(EventRow)
EVENT_PAYLOAD = table(EventPayloadRow)

#: What the database itself refuses, whoever asks; migrations create the same triggers.
TRIGGERS = (
    (EVENT.name, "UPDATE"),
    (EVENT.name, "DELETE"),
    (EVENT_PAYLOAD.name, "UPDATE"),
    (ISSUED_REPORT.name, "UPDATE"),
    (ISSUED_REPORT.name, "DELETE"),
    (ISSUED_SNAPSHOT.name, "UPDATE"),
)


def trigger(of: str, action: str) -> str:
    """The statement that makes ``action`` on the table ``of`` fail."""
    return (
        f"CREATE TRIGGER {of}_no_{action.lower()} BEFORE {action} ON {of} "
        f"BEGIN SELECT RAISE(ABORT, '{of} is append-only'); END"
    )


for _name, _action in TRIGGERS:
    _ddl = DDL(trigger(_name, _action))  # type: ignore[no-untyped-call]
    listening.listen(METADATA.tables[_name], "after_create", _ddl)

#: Every three letters of ``location.folded``, kept by triggers: words of a search are found among
#: 100,000 locations in under a millisecond, where a walk takes 30.
SEARCH = (
    (
        "CREATE VIRTUAL TABLE location_search USING fts5"
        "(folded, content='location', content_rowid='id', tokenize='trigram')"
    ),
    (
        "CREATE TRIGGER location_search_insert AFTER INSERT ON location BEGIN "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_delete AFTER DELETE ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); END"
    ),
    (
        "CREATE TRIGGER location_search_update AFTER UPDATE OF folded ON location BEGIN "
        "INSERT INTO location_search(location_search, rowid, folded) "
        "VALUES ('delete', old.id, old.folded); "
        "INSERT INTO location_search(rowid, folded) VALUES (new.id, new.folded); END"
    ),
)
for _statement in SEARCH:
    listening.listen(LOCATION, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
