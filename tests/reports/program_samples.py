"""Made-up waves of a program, as the app would gather them from the visits."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reports.program.snapshot import (
    Asked,
    CriticalFailure,
    IndexKind,
    Place,
    ProgramSnapshot,
    Rated,
    Scored,
    SectionHead,
    Version,
    Wave,
)
from reports.snapshot import Brand, PageSize

NAMES = (
    "Hồ Sen", "Bến Trúc", "Đồi Thông", "Vườn Lài", "Phố Đá", "Ngã Năm", "Bờ Kè", "Ga Xanh",
    "Làng Hoa", "Cầu Mây", "Chợ Cũ", "Đảo Ngọc",
)  # fmt: skip
TITLES = {
    "vi": ("Trước khi đến", "Không gian", "Đón khách", "Phục vụ", "Đồ uống", "Vệ sinh",
           "Sau khi mua"),
    "en": ("Before", "Space", "Welcome", "Service", "Drinks", "Cleanliness", "After"),
}  # fmt: skip
WAVES = ("Q3/2025", "Q4/2025", "Q1/2026", "Q2/2026", "Q3/2026", "Q4/2026")
REGIONS = (
    ("Miền Bắc", "Hà Nội"), ("Miền Bắc", "Lào Cai"), ("Miền Nam", "Hồ Chí Minh"),
    ("Miền Trung", "Đà Nẵng"),
)  # fmt: skip
ASKED = {
    "vi": ("Chào trong 30 giây", "Giới thiệu khuyến mãi", "Đồ uống ra trong 5 phút",
           "Nhà vệ sinh sạch, đủ đồ", "Không phải kể lại", "Cảm ơn, mời quay lại",
           "Hóa đơn đúng với thực đơn", "Lối thoát hiểm thông thoáng"),
    "en": ("Greeted within 30 seconds", "Promotion mentioned", "Drinks within 5 minutes",
           "Toilet clean and stocked", "Nothing told twice", "Thanked and invited back",
           "Receipt as on the menu", "Emergency exit is clear"),
}  # fmt: skip


@dataclass(frozen=True)
class Study:
    """``many`` locations over the last ``waves`` waves; ``visits`` of each in a wave."""

    language: str = "vi"
    many: int = 12
    waves: int = 6
    sections: int = 7
    visits: int = 1
    seed: int = 4


def sections(study: Study) -> tuple[SectionHead, ...]:
    titles = TITLES[study.language]
    return tuple(
        SectionHead(f"s{at}", at + 1, titles[at % len(titles)] + (" 2" if at >= 7 else ""))
        for at in range(study.sections)
    )


def places(study: Study) -> tuple[Place, ...]:
    chance = random.Random(study.seed)
    return tuple(_place(study, at, chance) for at in range(study.many))


def _place(study: Study, at: int, chance: random.Random) -> Place:
    level = chance.uniform(70, 93)
    scores = []
    for wave in range(study.waves):
        missed = chance.random() < 0.1 or (at == 11 and wave < study.waves - 1)
        if missed and wave < study.waves - 1:
            continue
        for _ in range(study.visits):
            figure = min(100.0, max(0.0, level + wave + chance.gauss(0, 4)))
            scores.append(Scored(wave, Decimal(f"{figure:.1f}")))
    ratios = tuple(
        Fraction(min(20, max(6, round(level / 5 + chance.gauss(0, 2.6)))), 20)
        for _ in range(study.sections)
    )
    name = NAMES[at] if at < len(NAMES) else f"{NAMES[at % len(NAMES)]} {at // len(NAMES) + 1}"
    region = REGIONS[at % len(REGIONS)]
    return Place(f"SV-{at + 1:03}", name, region, tuple(scores), ratios, planned=True)


def questions(study: Study, n: int) -> tuple[Asked, ...]:
    chance = random.Random(study.seed + 1)
    found = []
    for at, label in enumerate(ASKED[study.language]):
        failed = round(n * (0.66 - 0.08 * at))
        lost = Fraction(failed * chance.randint(10, 40), 10)
        section = at % max(study.sections, 1)
        number = f"{section + 1}.{at + 1}"
        found.append(Asked(f"q{at}", number, label, section, n, failed, lost, critical=at == 7))
    return tuple(found)


def program(study: Study | None = None) -> ProgramSnapshot:
    study = study or Study()
    found = places(study)
    heads = sections(study)
    last = study.waves - 1
    n = sum(each.wave == last for place in found for each in place.scores)
    chance = random.Random(study.seed + 2)
    waves = tuple(
        Wave(
            name,
            date(2025 + (at + 2) // 4, (at + 2) % 4 * 3 + 1, 1),
            None,
            tuple(Fraction(chance.randint(70, 96), 100) for _ in heads),
        )
        for at, name in enumerate(WAVES[-study.waves :])
    )
    return ProgramSnapshot(
        language=study.language,
        page=PageSize.A4,
        created=date(2026, 11, 20),
        brand=Brand("Cà phê Sen Việt", "#7B2D43", "#4A2C2A"),
        client="Sen Việt",
        program="Trải nghiệm khách hàng 2026",
        waves=waves,
        sections=heads,
        places=found,
        target=Decimal(85),
        questions=questions(study, n),
        critical=(CriticalFailure(min(9, study.many - 1), "exit", "6.4"),),
        indices=(
            Rated("7.5", "Giới thiệu cho bạn bè?", IndexKind.NPS, ((9, 5), (7, 4), (3, 3)),
                  ((10, 3), (8, 5), (6, 3))),
            Rated("7.4", "Hài lòng?", IndexKind.CSAT, ((5, 6), (4, 3), (2, 3)), ((4, 8), (1, 3))),
            Rated("7.6", "Dễ dàng?", IndexKind.CES, ((6, 8), (3, 4)), (), 7),
        ),
        versions=(Version("Ghé quán", "3.2", "ab" * 32, n),),
        engine="1.0",
        visits=n,
        reviewed=n,
    )  # fmt: skip


def with_places(of: ProgramSnapshot, *found: Place) -> ProgramSnapshot:
    return replace(of, places=found, critical=())
