"""What persons do, step by step, each through the same calls as the window and the shell."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from auditor import cli
from auditor.domain.facts import Kept, VisitFacts, Weather
from auditor.domain.places import LocationFilter
from auditor.domain.settings import Settings
from auditor.domain.visits import VisitStatus
from auditor.services import moving, rollups, settings
from auditor.services.sheets.reading import read as read_table
from auditor.services.workspace import restore_workspace
from auditor.store import backup
from auditor.store.queries.drafts import Spot
from auditor.words import Words
from forms.answers import Answer
from forms.complaint_words import ComplaintWords
from forms.filling import Progress
from tests.faults.checklists import DOOR, DOOR_2, QUESTIONS
from tests.faults.office_acts import OFFICE, PLAN
from tests.faults.room import BEGIN, ZONE, Act, Room, Session, picture, undo

SHOWN = ("shown", 0)


# one answer after the other


def value_of(step: int) -> str:
    return f"trả lời {step}"


def answer(step: int) -> Act:
    """Step 1 answers question 1 …; after the last question they are answered anew."""
    key = (f"q{(step - 1) % QUESTIONS + 1}", 0)
    done = Progress(min(step, QUESTIONS), QUESTIONS + 1)
    return lambda room: room.workspace.visits.save_answer(1, key, Answer(value_of(step)), done)


def photo(shade: int, *, tray: bool = False) -> Act:
    key = None if tray else SHOWN
    return lambda room: room.workspace.visits.attach(1, key, picture(shade), f"{shade}.png")


# the notes of a draft


def held(room: Room, at: int) -> str:
    """The hash of the photo that was attached as the ``at``-th."""
    named = room.workspace.visits.open(1)
    return (*named.answers[SHOWN].evidence, *named.tray)[at]


def facts(amount: str, notes: str) -> Act:
    told = VisitFacts(
        arrived=datetime.fromisoformat("2026-11-22T14:02"),
        left=datetime.fromisoformat("2026-11-22T14:40"),
        staff="áo xanh, kính", receipt="HD-17", amount=Decimal(amount), purchase="Cà phê sữa",
        weather=Weather.RAIN, notes=notes,
    )  # fmt: skip
    return lambda room: room.workspace.visits.drafts.save_facts(1, told, ZONE)


def in_draft(name: str, *given: object, **named: object) -> Act:
    return lambda room: getattr(room.workspace.visits.drafts, name)(1, *given, **named)


NOTES: tuple[Act, ...] = (
    photo(1),
    photo(2, tray=True),
    photo(3, tray=True),
    lambda room: room.workspace.visits.drafts.save_tray(1, [held(room, 2), held(room, 1)]),
    facts("45000", "Quầy vắng"),
    lambda room: room.workspace.visits.drafts.caption(1, held(room, 0), "Mặt tiền"),
    lambda room: room.workspace.visits.drafts.turn(1, held(room, 0), 90),
    in_draft("keep", "wait", Kept("f" * 64, "Tôi đếm bằng đồng hồ")),
    in_draft("stopwatch", ("q3", 0), BEGIN),
    facts("47500.5", "Quầy vắng, nhạc to"),
    in_draft("stopwatch", ("q3", 0), BEGIN, moved=True),
    lambda room: room.workspace.visits.drafts.turn(1, held(room, 0), 180),
    lambda room: room.workspace.visits.save_place(1, "all", "q7", Spot(240, "comment")),
    lambda room: room.workspace.visits.save_answer(
        1, ("q7", 0), Answer("mang về", comment="hỏi lại", later=True), Progress(1, 61)
    ),
    in_draft("stopwatch", ("q3", 0), None),
    in_draft("keep", "wait", None),
    in_draft("read_briefing"),
    lambda room: room.workspace.visits.save_answer(1, ("q7", 0), Answer(), Progress(0, 61)),
)

# the life of a visit


def say(question: str, *, visit: int = 2, done: int = 1, value: str = "yes") -> Act:
    return lambda room: room.workspace.visits.save_answer(
        visit, (question, 0), Answer(value), Progress(done, 3)
    )


def send_back(room: Room) -> None:
    """No screen does it yet: the reviewer's decision, by hand."""
    with room.workspace.store.unit() as unit:
        unit.connection.exec_driver_sql(
            "UPDATE visit SET status = ? WHERE id = 2", (VisitStatus.SENT_BACK.value,)
        )
        rollups.rebuild(unit, [1])


def add_place(room: Room) -> None:
    room.workspace.places.add_location(1, "SG-2", "Bến Thành", "1 Lê Lợi", "Miền Nam / TP.HCM")


LIFE: tuple[Act, ...] = (
    lambda room: room.workspace.checklists.add(DOOR, "door.yaml"),
    lambda room: room.workspace.places.add_client("Sen Việt"),
    lambda room: room.workspace.places.add_brand(2, "Sen"),
    add_place,
    lambda room: room.workspace.programs.add_program(1, "Trải nghiệm"),
    lambda room: room.workspace.programs.add_wave(1, "Q4"),
    lambda room: room.workspace.programs.set_document(1, b"Doc truoc khi di", "brief.txt"),
    lambda room: room.workspace.visits.plan(1, 2, date(2026, 11, 23), wave_id=1),
    lambda room: room.workspace.visits.begin(2, ZONE, "E-02"),
    say("greeted", value="no"),
    say("why", value="Không ai nhìn lên", done=2),
    say("greeted", done=1),
    lambda room: room.workspace.visits.attach(2, ("queue", 0), picture(9), "q.png"),
    lambda room: room.workspace.visits.submit(2, "E-02"),
    send_back,
    lambda room: room.workspace.visits.reopen(2),
    say("greeted", value="no", done=2),
    lambda room: room.workspace.checklists.add(DOOR_2, "door.yaml"),
    lambda room: room.workspace.visits.migrating.migrate(2, 3),
    lambda room: room.workspace.visits.submit(2, "E-02"),
    lambda room: room.workspace.visits.start(1, 3, date(2026, 11, 22), ZONE, "E-03"),
    say("greeted", visit=3),
    lambda room: room.workspace.visits.void(3, "Cửa hàng đóng cửa"),
    lambda room: room.workspace.evidence.keep_picture(picture(77), "logo.png"),
    lambda room: room.workspace.complaints.save(ComplaintWords(("chậm",), ("slow",))),
    lambda room: room.workspace.set_fact("seen", "1"),
)

# many places at once


def import_table(*lines: str) -> Act:
    """A table of locations, as the shell takes it: all of its rows or none."""
    whole = "\n".join(("Mã;Tên;Khu vực;Thương hiệu", *lines)).encode()

    def act(room: Room) -> None:
        lists = room.workspace.location_lists
        with tempfile.TemporaryDirectory() as elsewhere:
            table = Path(elsewhere) / "shops.csv"
            table.write_bytes(whole)
            plan = lists.plan(read_table(table), lists.client("A"))
        assert not plan.refused
        lists.apply(plan, table.name)

    return act


def export_table(room: Room) -> None:
    wanted = LocationFilter(client=1, active=None)
    room.workspace.location_lists.export(room.out / "places.csv", wanted, "vi")


PLACES: tuple[Act, ...] = (
    import_table(
        "1;Hồ Gươm;Miền Bắc / Hà Nội;A", *(f"L{n};Quán {n};Miền Nam;A" for n in range(30))
    ),
    lambda room: room.workspace.places.set_active([2, 3], False),
    lambda room: room.workspace.places.move([4, 5], "Miền Trung / Huế"),
    lambda room: room.workspace.places.merge(6, [7, 8]),
    lambda room: room.workspace.places.set_active([1], False),
    undo("places"),
    import_table(
        "1;Hồ Gươm;Miền Bắc / Hà Nội;A", *(f"L{n};Tiệm {n};Miền Nam;A" for n in range(9, 20))
    ),
    export_table,
)

# copies


def back_up(days: float) -> Act:
    """The backup that is made by itself, so many days after the first; the older ones are thinned.
    One that was cut off right at its end is not due again."""

    def act(room: Room) -> None:
        room.clock.now = BEGIN + timedelta(days=days)
        backups = room.workspace.backups
        backups.make_if_due() or backups.make()

    return act


BACKUPS: tuple[Act, ...] = tuple(
    act
    for number, days in enumerate((0, 0.1, 2, 2.1, 2.2, 9, 9.5, 40, 41), 1)
    for act in (answer(number), back_up(days))
)
EXPORT: tuple[Act, ...] = (
    photo(1),
    lambda room: room.workspace.backups.export(room.out / "a.auditor-backup"),
    answer(1),
    lambda room: room.workspace.backups.export(),
    photo(2),
    lambda room: room.workspace.backups.export(room.out / "deep" / "er" / "b.auditor-backup"),
)


def restore(name: str) -> Act:
    def act(room: Room) -> None:
        room.close()
        restore_workspace(room.out / name, room.folder, clock=room.clock)

    return act


def restore_copy(room: Room) -> None:
    room.close()
    restore_workspace(backup.listed(room.folder, room.clock())[0], room.folder, clock=room.clock)


def export_bare(room: Room) -> None:
    room.workspace.backups.export(room.out / "a.auditor-backup")


RESTORE: tuple[Act, ...] = (
    photo(1),
    export_bare,
    photo(2),
    answer(1),
    restore("a.auditor-backup"),
    answer(2),
    lambda room: room.workspace.backups.make(),
    answer(3),
    restore_copy,
    answer(4),
    restore("a.auditor-backup"),
)


#: Into a workspace without a backup or a photo of its own: nothing but the rows tells of it.
BARE: tuple[Act, ...] = (answer(1), export_bare, answer(2), restore("a.auditor-backup"), answer(3))


def move(room: Room) -> None:
    """To another folder; the old one stays, and is gone on with here."""
    room.close()
    moving.move(room.folder, room.out / "new" / "place", Words("vi"))


MOVE: tuple[Act, ...] = (photo(1), answer(1), move, answer(2))


# around the workspace


def choose(text_size: int) -> Act:
    chosen = Settings(text_size=text_size, evaluator=f"E-{text_size}")
    return lambda room: settings.save(chosen, room.world / "config" / "new" / "settings.json")


def report(language: str) -> Act:
    """All of them on disk and entered as issued: what is not entered is told, and made up for by
    whoever runs it again."""

    def act(room: Room) -> None:
        missed = room.workspace.reports.bring_up([2, 3], language, room.out / "pdf").missed
        if missed is not None:
            raise missed.refusal

    return act


def shell(*words: str) -> Act:
    """A command of the shell on the closed workspace; {world} is filled in."""

    def act(room: Room) -> None:
        room.close()
        given = [word.format(world=room.world) for word in words]
        cli.app([*given, "--workspace", str(room.folder)], standalone_mode=False)

    return act


SHELL: tuple[Act, ...] = (
    shell("checklist", "add", "{world}/config/door.yaml"),
    shell("backup", "--to", "{world}/out/a.auditor-backup"),
    shell("report", "--all", "--out", "{world}/out/pdf"),
    shell("backup"),
    shell("report", "V-0002", "--lang", "en", "--out", "{world}/out/pdf"),
    shell("restore", "{world}/out/a.auditor-backup"),
)


def opened(room: Room) -> None:
    assert room.workspace.writable


NEW: tuple[Act, ...] = (
    opened,
    lambda room: room.workspace.places.add_client("A"),
    lambda room: room.workspace.places.add_brand(1, "A"),
    lambda room: room.workspace.places.add_location(1, "1", "A"),
    lambda room: room.workspace.checklists.add(DOOR, "door.yaml"),
    lambda room: room.workspace.visits.start(1, 1, date(2026, 11, 22), ZONE, "E-01"),
    lambda room: room.workspace.visits.attach(1, ("queue", 0), picture(1), "q.png"),
    lambda room: room.workspace.backups.make(),
)

SESSIONS = {
    "answers": Session(tuple(map(answer, range(1, 91)))),
    "photos": Session(tuple(photo(n, tray=n % 3 == 0) for n in range(1, 13))),
    "notes": Session(NOTES),
    "life": Session(LIFE),
    "places": Session(PLACES),
    "plan": Session(PLAN, world="staffed"),
    "office": Session(OFFICE, world="submitted"),
    "backups": Session(BACKUPS),
    "export": Session(EXPORT),
    "restore": Session(RESTORE),
    "restore, bare": Session(BARE, world="bare"),
    "move": Session(MOVE),
    "migration": Session((opened, answer(9), answer(10)), world="first schema"),
    "new workspace": Session(NEW, world="nothing", place="data/app/workspace"),
    "settings": Session(tuple(map(choose, (95, 110, 120, 100))), world="bare"),
    "reports": Session((report("vi"), report("en"), report("vi")), world="submitted"),
    "shell": Session(SHELL, world="submitted", real_clock=True),
}
