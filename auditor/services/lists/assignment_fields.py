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
        F.DUE: mark("Deadline"),
        F.STATUS: mark("Status"),
    },
    {
        F.NUMBER: (
            "luot|luot ghe tham|so luot|visit|visit number|visit no|visit id|so visit|ma luot"
            "|ma luot ghe tham|ma visit"
        ),
        F.LOCATION: (
            "ma|code|ma dia diem|location code|ma cua hang|ma ch|store code|outlet code|ma diem"
            "|ma chi nhanh|branch code|ma cn|ma diem ban|location id|store id|ma so|ma so cua hang"
            "|ma nha hang|ma pgd|ma phong giao dich|ma sieu thi|ma dai ly|ma showroom|ma don vi"
            "|ma dv|ma shop|ma store|ma outlet|shop code|site code|branch id|outlet id|shop id"
        ),
        F.NAME: (
            "dia diem|location|ten|name|ten cua hang|cua hang|ten dia diem|store|store name"
            "|ten chi nhanh|chi nhanh|ten nha hang|nha hang|ten diem ban|diem ban|outlet"
            "|outlet name|branch|branch name|ten phong giao dich|ten sieu thi"
        ),
        F.EVALUATOR: (
            "nguoi danh gia|danh gia vien|ma nguoi danh gia|ma danh gia vien|evaluator"
            "|evaluator code|evaluator id|shopper|shopper code|shopper id|ma shopper|ma ndg|ma dgv"
            "|phan cong|phan cong cho|giao cho|nguoi thuc hien|assigned to|assignee|ma ctv|ctv"
            "|cong tac vien|ma cong tac vien|ma nv|ma nhan vien"
        ),
        F.PLANNED: (
            "ngay|ngay ke hoach|ke hoach|du kien|ngay du kien|ngay ghe tham|ngay ghe|ngay danh gia"
            "|ngay thuc hien|ngay khao sat|ngay ghe tham du kien|planned for|planned|date"
            "|visit date|planned date|ngay di"
        ),
        F.NOT_BEFORE: (
            "tu ngay|khong som hon|khong truoc|som nhat|ngay bat dau|bat dau|not before|from"
            "|from date|earliest|start|start date"
        ),
        F.DUE: (
            "han|can lam|han chot|han nop|han cuoi|thoi han|den ngay|tre nhat|ngay ket thuc"
            "|ket thuc|due|due date|deadline|to|to date|latest|end date|end"
        ),
        F.STATUS: "trang thai|tinh trang|status",
    },
    F.LOCATION,
    F.NAME,
    spare={
        F.EVALUATOR: (
            "ten nguoi danh gia|ten danh gia vien|ten ctv|ten shopper|ho ten|ho va ten"
            "|ho ten ctv|evaluator name|shopper name|ten nhan vien|nhan vien"
        )
    },
    others=(
        "stt|so tt|so thu tu|tt|no|ngay tao|ngay sinh|ngay gui|ngay cap|ngay nop|created|created at"
        "|dia chi|address|khu vuc|tinh|quan|phuong|ghi chu|note|notes|ma vung|ma khu vuc|ma tinh"
        "|sdt|dien thoai|phone|email|dia chi cua hang|store address|phi|cong|kinh phi|fee"
        "|ngay lam viec|ngay trong tuan|thu"
    ),
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
