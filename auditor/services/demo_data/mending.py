"""What is done about the findings of the demo: closed, waiting for a check, under way, late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from auditor.domain.actions import ActionStatus
from auditor.services.workspace import Workspace

MANAGER, AREA, REPAIRS, TRAINING = (
    "Quản lý cửa hàng",
    "Quản lý vùng",
    "Bộ phận bảo trì",
    "Phụ trách đào tạo",
)
#: When the office reads what came in.
AT = time(9, 30)


@dataclass(frozen=True, slots=True)
class Remedy:
    """For what a visit (``turn`` of the location ``place``) found at ``question``. The day it is
    due lies ``after`` days after the visit, or ``left`` days from today. ``moves`` are what became
    of it, each so many days after the visit. Without words it was found again."""

    place: int
    turn: int
    question: str
    action: str = ""
    owner: str = ""
    after: int | None = None
    left: int | None = None
    moves: tuple[tuple[int, ActionStatus], ...] = ()
    note: str = ""


_CLOSED, _DONE, _UNDER_WAY = ActionStatus.CLOSED, ActionStatus.DONE, ActionStatus.UNDER_WAY

REMEDIES: tuple[Remedy, ...] = (
    Remedy(
        2, 0, "price_right",
        "Xóa dòng phụ thu khỏi máy tính tiền và hoàn tiền cho khách bị tính sai.",
        MANAGER, after=7, moves=((5, _DONE), (9, _CLOSED)),
        note="Đã xem hóa đơn in thử: không còn dòng phụ thu.",
    ),
    Remedy(
        2, 0, "greeted",
        "Luôn có một người nhìn ra cửa; chào khách trong vòng 15 giây.",
        TRAINING, after=30, moves=((28, _DONE), (34, _CLOSED)),
    ),
    Remedy(
        3, 1, "asked_taste",
        "Thêm câu “Anh chị thích vị gì?” vào kịch bản gọi món, tập trong buổi giao ca.",
        TRAINING, left=-6, moves=((12, _UNDER_WAY),),
    ),
    Remedy(
        5, 1, "qr_worked",
        "In lại mã QR ở quầy, ép nhựa và để sẵn một bản dự phòng.",
        MANAGER, after=5, moves=((3, _DONE), (8, _CLOSED)),
    ),
    Remedy(
        1, 1, "wait_time",
        "Treo phiếu gọi món lên ray ngang tầm mắt để không bị khay che mất.",
        MANAGER, left=-2, moves=((20, _DONE),),
        note="Cửa hàng báo đã lắp ray; chờ lượt ghé sau để kiểm tra.",
    ),
    Remedy(
        1, 1, "queue_time",
        "Mở cả hai máy tính tiền từ 11 giờ 30 đến 13 giờ 30.",
        AREA, left=9, moves=((15, _UNDER_WAY),),
    ),
    Remedy(
        4, 1, "emergency_exit",
        "Dọn hàng khỏi cửa sau và chuyển chỗ nhận hàng sang kho bên hông.",
        MANAGER, left=2, moves=((6, _DONE),),
    ),
    Remedy(4, 2, "emergency_exit", moves=((2, _UNDER_WAY),)),
    Remedy(
        4, 2, "parking_help",
        "Xếp một người trông xe vào buổi tối và dán hướng dẫn chỗ để xe.",
        MANAGER, left=10,
    ),
    Remedy(
        3, 2, "order_right",
        "Nhắc lại món với khách trước khi tính tiền; đọc lại món khi đưa.",
        TRAINING, left=-1, moves=((2, _UNDER_WAY),),
    ),
    Remedy(
        3, 2, "receipt",
        "Để sẵn hai cuộn giấy in ở quầy và luôn đưa hóa đơn.",
        MANAGER, left=5,
    ),
    Remedy(3, 2, "drink_heat", "Đo nhiệt độ sữa bằng nhiệt kế ở mỗi ca.", AREA),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A visit that is handed in, and the day of it."""

    visit_id: int
    day: date


def mend(
    workspace: Workspace,
    made: Mapping[tuple[int, int], Made],
    today: date,
    at: Callable[[date, time], None],
) -> None:
    """Do what ``REMEDIES`` tell about the visits of ``made``, by location and turn. ``at`` sets the
    clock."""
    here = [each for each in REMEDIES if (each.place, each.turn) in made]
    for place, turn in dict.fromkeys((each.place, each.turn) for each in here):
        visit = made[place, turn]
        at(visit.day + timedelta(days=1), AT)
        mine = [each for each in here if (each.place, each.turn) == (place, turn)]
        found = workspace.actions.make(visit.visit_id, "vi", [(each.question, 0) for each in mine])
        for key in (*found.made, *found.found_again):
            record = workspace.actions.get(key)
            remedy = next(each for each in mine if each.question == record.question)
            if remedy.action:
                due = _due(remedy, visit.day, today)
                told = replace(record.input, action=remedy.action, owner=remedy.owner, due=due,
                               note=remedy.note)  # fmt: skip
                workspace.actions.change(key, told, record.version)
            for days, status in remedy.moves:
                at(visit.day + timedelta(days=days), AT)
                workspace.actions.set_status([key], status, "vi")


def _due(remedy: Remedy, visited: date, today: date) -> date | None:
    if remedy.after is not None:
        return visited + timedelta(days=remedy.after)
    return None if remedy.left is None else today + timedelta(days=remedy.left)
