"""What the office does: it plans waves, keeps brands and evaluators, and follows what was found."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from PIL import Image

from auditor.domain.actions import ActionStatus
from auditor.domain.branding import PageFormat, ReportPart, TemplateInput
from auditor.domain.evaluators import EvaluatorInput
from auditor.domain.facts import Daypart, VisitRules
from auditor.domain.planning import Clash, PlanAsk, Rule, Spread, Staffing
from auditor.domain.programs import ProgramInput, Terms, WaveInput, months
from auditor.domain.visit_hours import VisitHours
from auditor.domain.visits import VisitStatus
from auditor.services import logos
from auditor.services.pictures import prepare
from auditor.store.queries import seats as seat_queries
from forms.answers import Answer
from forms.filling import Progress
from tests.faults.room import ZONE, Act, Room, picture, undo

TODAY = date(2026, 11, 22)
WORKING = VisitHours(frozenset(range(6)), time(9), time(21))
PROGRAM = ProgramInput(
    "Trải nghiệm",
    "Đo sự niềm nở",
    "Đọc trước khi đi",
    VisitRules(photos_least=1, windows=(WORKING,)),
    Terms(2, Decimal(85), quota=2, rotation=1, lockout_days=10, most_visits=6, fee=Decimal(150000)),
)
WAVES = [WaveInput(f"{days[0]:T%m}", *days) for days in months(date(2026, 12, 1), 2)]

# planning


def with_status(room: Room, wave: int, status: VisitStatus = VisitStatus.PLANNED) -> list[int]:
    """Ids of the visits of a wave, in their order."""
    seats = room.workspace.read(seat_queries.seats_of_waves, [wave])
    return [seat.visit_id for seat in seats if seat.status is status]


def plan(wave: int, ask: PlanAsk) -> Act:
    def act(room: Room) -> None:
        planning = room.workspace.planning
        assert planning.make(planning.preview([wave], ask, TODAY))

    return act


def staff(wave: int) -> Act:
    def act(room: Room) -> None:
        planning = room.workspace.planning
        assert planning.staff(planning.staff_preview([wave], Staffing()))

    return act


def reassign(room: Room) -> None:
    """The first visit of the first wave, to another than who has it."""
    first = with_status(room, 1)[:1]
    (seat,) = room.workspace.read(seat_queries.seats_of_visits, first)
    other = 1 if seat.evaluator_id != 1 else 2
    room.workspace.assignments.assign(first, other, anyway=True)


def cancel(places: Sequence[int]) -> Act:
    """Those that stand there among the planned visits of the first wave."""

    def act(room: Room) -> None:
        planned = with_status(room, 1)
        room.workspace.assignments.cancel([planned[at] for at in places], "Sửa quán")

    return act


def draft(room: Room) -> int:
    (begun,) = with_status(room, 1, VisitStatus.DRAFT)
    return begun


PLAN: tuple[Act, ...] = (
    lambda room: room.workspace.programs.add(1, PROGRAM),
    lambda room: room.workspace.programs.add_waves(1, WAVES),
    plan(1, PlanAsk(dayparts=(Daypart.MORNING, Daypart.EVENING))),
    plan(2, PlanAsk(rule=Rule.REGION, per_region=2, spread=Spread.OPEN, staffing=None)),
    staff(2),
    reassign,
    lambda room: room.workspace.assignments.shift(with_status(room, 1)[2:5], 2, anyway=True),
    lambda room: room.workspace.planning.move_wave(
        1, date(2026, 12, 8), date(2026, 12, 24), Clash.RELEASE
    ),
    undo("planning"),
    lambda room: room.workspace.planning.move_wave(
        1, date(2026, 12, 3), date(2026, 12, 27), Clash.ANYWAY
    ),
    lambda room: room.workspace.planning.set_quota(1, 1),
    cancel((0, 2)),
    undo("assignments"),
    cancel((1,)),
    plan(1, PlanAsk()),
    lambda room: room.workspace.planning.replace_evaluator(1, 3, clash=Clash.RELEASE),
    lambda room: room.workspace.programs.update_program(
        1, rules=VisitRules(hide_score=True, photos_least=1)
    ),
    lambda room: room.workspace.visits.begin(with_status(room, 1)[0], ZONE, ""),
    lambda room: room.workspace.visits.attach(draft(room), ("queue", 0), picture(5), "q.png"),
    lambda room: room.workspace.visits.save_answer(
        draft(room), ("greeted", 0), Answer("yes"), Progress(1, 2)
    ),
    lambda room: room.workspace.visits.submit(draft(room), "EV-02"),
    lambda room: room.workspace.planning.cancel_wave(2, "Khách dừng"),
    undo("planning"),
)

# the rest of the office


def logo(room: Room) -> None:
    """A block of colour with clear edges."""
    image = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    image.paste("#C2185B", (10, 10, 80, 50))
    out = io.BytesIO()
    image.save(out, "PNG")
    read = logos.read(out.getvalue(), "sen.png")
    assert isinstance(read, logos.Logo)
    room.workspace.brandings.set_logo(1, read)


def say(question: str, value: str, done: int) -> Act:
    return lambda room: room.workspace.visits.save_answer(
        4, (question, 0), Answer(value), Progress(done, 3)
    )


SHORT = TemplateInput("Ngắn", (ReportPart.FAILED, ReportPart.ACTIONS), cover=True)
OFFICE: tuple[Act, ...] = (
    logo,
    lambda room: room.workspace.brandings.set_colours(1, "#C2185B", "#1A5FB4"),
    lambda room: room.workspace.brandings.set_footer(1, "Bảo mật · Sen Việt"),
    lambda room: room.workspace.brandings.set_page(1, PageFormat.LETTER),
    lambda room: room.workspace.templates.all("vi"),
    lambda room: room.workspace.templates.add(SHORT),
    lambda room: room.workspace.brandings.set_template(1, 4),
    lambda room: room.workspace.evaluators.add(
        EvaluatorInput("E-02", "Trần Thị Bích", "0900 000 002", ("vi", "en"))
    ),
    lambda room: room.workspace.evaluators.add_grade(1, 8, TODAY, "Kể rõ", 2),
    lambda room: room.workspace.visits.start(2, 2, TODAY, ZONE, "E-02"),
    say("greeted", "no", 1),
    say("why", "Không ai nhìn lên", 2),
    lambda room: room.workspace.visits.submit(4, "E-02"),
    lambda room: room.workspace.actions.make(
        4, "vi", owner="Cửa hàng trưởng", due=date(2026, 12, 1)
    ),
    lambda room: room.workspace.actions.set_proof(1, prepare(picture(200), "sau.png")),
    lambda room: room.workspace.actions.set_status([1], ActionStatus.DONE, "vi"),
    lambda room: room.workspace.saved_views.add("locations", "Cần xem", {"score_below": 50}),
    lambda room: room.workspace.places.retag([1, 2], add=("trung tâm", "mới"), take=("cũ",)),
    lambda room: room.workspace.places.merge(1, [2]),
    undo("places"),
    lambda room: room.workspace.visits.void(3, "Sai địa điểm"),
    lambda room: room.workspace.brandings.set_logo(1, None),
    undo("brandings"),
    lambda room: room.workspace.actions.set_proof(1, None),
    undo("actions"),
)
