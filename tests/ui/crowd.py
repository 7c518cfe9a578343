"""A workspace that is hard on the eye: long names, many visits, every status."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from auditor.services.workspace import Workspace
from auditor.store import driver
from forms import library
from forms.answers import Answer
from forms.filling import Progress

ZONE = "Asia/Ho_Chi_Minh"
NAMES = (
    "Trung tâm thương mại Nguyễn Huệ, tầng hầm thứ hai, lối vào đường Tôn Thất Thiệp, quầy số 17",
    "Bến Thành",
    (
        "Cửa hàng tiện lợi ở khu đô thị mới phía đông thành phố Hồ Chí Minh, ngã tư Võ Nguyên Giáp "
        "và đường dẫn cao tốc Long Thành – Dầu Giây, đối diện cổng sau bệnh viện quốc tế, quầy "
        "bên trái lối vào"
    ),
    "Supercalifragilisticexpialidocious-and-one-word-without-any-space-in-it-at-all-of-60",
    "Ỷ Ỗ Ẵ Ệ Ợ Ự gỵ",
)
BRAND = "Chuỗi cửa hàng cà phê và bánh mì Nắng Sớm Sài Gòn Gia Định Chợ Lớn"
DUE, DRAFTS = 110, 12


def build(folder: Path) -> None:
    workspace = Workspace.open(folder)
    version = workspace.checklists.add(library.path("cafe-visit"), "cafe-visit.yaml")
    client = workspace.places.add_client("Công ty Cổ phần Tập đoàn Dịch vụ Ăn uống Ẩm thực Việt")
    brand = workspace.places.add_brand(client.id, BRAND, "#1F5C4A", "#DFA23A")
    places = [
        workspace.places.add_location(brand.id, f"NS-{i:03}", name, "12 Lê Lợi", "TP.HCM")
        for i, name in enumerate(NAMES, 1)
    ]
    today = datetime.now().astimezone().date()
    visits = workspace.visits
    for index in range(DUE):
        place = places[index % len(places)]
        visits.plan(place.id, version.id, due=today + timedelta(days=index % 40 - 3))
    for index in range(DRAFTS):
        visit = visits.start(places[index % len(places)].id, version.id, today, ZONE, "E-07")
        visits.save_answer(visit.id, ("map_listing", 0), Answer("yes"), Progress(index * 5, 64))
    workspace.close()
    _as_the_office_left_them(folder / "workspace.db")


def _as_the_office_left_them(database: Path) -> None:
    """Statuses and scores that only the office gives."""
    rows = driver.module.connect(database)
    ids = [row[0] for row in rows.execute("select id from visit where status = 'draft'")]
    done = ("approved", "on_hold", "in_review", "disputed", "released", "recalled")
    for id, status in zip(ids, done, strict=False):
        rows.execute(
            "update visit set status = ?, score = '100.0', submitted_at = saved_at,"
            " answered = total where id = ?",
            (status, id),
        )
    for id in ids[len(done) : len(done) + 2]:
        rows.execute("update visit set revision = 12 where id = ?", (id,))
    rows.commit()
    rows.close()
