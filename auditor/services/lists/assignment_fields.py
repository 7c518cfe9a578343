"""What a column of a table of assignments may hold."""

from __future__ import annotations

from enum import StrEnum

from auditor.domain.visits import VisitStatus
from auditor.services.lists.columns import Kind
from auditor.words import mark


class AssignmentField(StrEnum):
    NUMBER = "number"
    LOCATION = "location"
    NAME = "name"
    EVALUATOR = "evaluator"
    PLANNED = "planned"
    NOT_BEFORE = "not_before"
    DUE = "due"
    STATUS = "status"


F = AssignmentField
KIND = Kind(
    "assignments",
    {
        F.NUMBER: mark("Visit"),
        F.LOCATION: mark("Location code"),
        F.NAME: mark("Location"),
        F.EVALUATOR: mark("Evaluator"),
        F.PLANNED: mark("Planned for"),
        F.NOT_BEFORE: mark("Not before"),
        F.DUE: mark("Due"),
        F.STATUS: mark("Status"),
    },
    {
        F.NUMBER: "luot|luot ghe tham|so luot|visit|visit number|visit no|so visit",
        F.LOCATION: (
            "ma|code|ma dia diem|location code|ma cua hang|ma ch|store code|outlet code|ma diem"
            "|ma chi nhanh|branch code|ma cn|ma diem ban|location id|store id"
        ),
        F.NAME: "dia diem|location|ten|name|ten cua hang|cua hang|ten dia diem|store|store name",
        F.EVALUATOR: (
            "nguoi danh gia|ma nguoi danh gia|evaluator|evaluator code|shopper|shopper code"
            "|ma shopper|ma ndg|phan cong|giao cho|assigned to|ma ctv|ctv"
        ),
        F.PLANNED: (
            "ngay|ngay ke hoach|ke hoach|du kien|ngay du kien|ngay ghe tham|planned for|planned"
            "|date|visit date|planned date|ngay di"
        ),
        F.NOT_BEFORE: "tu ngay|khong som hon|khong truoc|not before|from|from date|earliest",
        F.DUE: "han|han chot|han nop|den ngay|due|due date|deadline|to|to date|latest",
        F.STATUS: "trang thai|tinh trang|status",
    },
    F.LOCATION,
)
STATUS = {
    VisitStatus.PLANNED: mark("Planned"),
    VisitStatus.DRAFT: mark("Draft"),
    VisitStatus.SUBMITTED: mark("Submitted"),
    VisitStatus.IN_REVIEW: mark("In review"),
    VisitStatus.ON_HOLD: mark("On hold"),
    VisitStatus.SENT_BACK: mark("Sent back"),
    VisitStatus.APPROVED: mark("Approved"),
    VisitStatus.RELEASED: mark("Released"),
    VisitStatus.DISPUTED: mark("Disputed"),
    VisitStatus.RECALLED: mark("Recalled"),
    VisitStatus.VOID: mark("Void"),
}
