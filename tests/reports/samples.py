"""Made-up visits to the library's checklists, their snapshots, and pictures drawn by code."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw

from forms import library
from forms.answers import Answer, AnswerKey, Expectation, Value
from forms.canonical import canonical_json, content_hash, from_canonical
from forms.checklist import Checklist
from forms.compiled import CompiledChecklist, Item
from forms.formats.native import read
from forms.questions.duration import DurationQuestion
from forms.questions.text import TextQuestion
from forms.scorecard import Scorecard, Status
from forms.scoring import score
from reports.findings import best_value, worth
from reports.snapshot import (
    Action,
    ActionStatus,
    Brand,
    Change,
    Comparison,
    Daypart,
    IndexCounts,
    Location,
    Network,
    PageSize,
    PastVisit,
    Photo,
    Rank,
    ReportSnapshot,
    Role,
    Said,
    Template,
    Visit,
)

Given: TypeAlias = dict[AnswerKey, Answer]
Alter: TypeAlias = Callable[[CompiledChecklist, Given], None]

AT = datetime.fromisoformat("2026-11-12T14:05")
SAID = {
    "vi": (
        "Quán vắng, tôi đi thẳng tới quầy. Hai nhân viên đang nói chuyện riêng, quay lưng ra cửa.",
        "Hai ly ra cùng lúc sau 7 phút 20 giây, dù trước tôi chỉ có ba khách.",
        "Hóa đơn có dòng trân châu 10.000 ₫ mà tôi không gọi; được hoàn khi tôi nhắc.",
        "Ba thùng giấy và một xe đẩy chắn hết cửa sau. Muốn mở cửa phải kéo xe ra trước.",
        "Lối dốc bị xe máy dựng kín một nửa.",
    ),
    "en": (
        "The shop was quiet. Two members of staff were chatting, their backs to the door.",
        "Both drinks came after 7 minutes 20 seconds, with only three customers before me.",
        "The receipt had a line of 10,000 ₫ that I had not ordered; refunded when I asked.",
        "Three boxes and a trolley block the whole back door.",
        "The ramp is half blocked by parked motorbikes.",
    ),
}


@lru_cache(maxsize=8)
def from_library(name: str) -> tuple[Checklist, CompiledChecklist, str, str]:
    """The checklist, compiled, as canonical JSON, and its hash."""
    checklist = read(library.path(name)).checklist
    assert checklist is not None
    return (
        checklist,
        CompiledChecklist(checklist),
        canonical_json(checklist),
        content_hash(checklist),
    )


def from_text(source: str) -> Checklist:
    reading = read(source.encode())
    assert reading.checklist is not None, [problem.line() for problem in reading.problems]
    return reading.checklist


def pictures(folder: Path, many: int = 6, wide: int = 400) -> dict[str, Path]:
    """JPEGs by hash, as evidence keeps them: every third one upright."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for at in range(many):
        size = (wide, wide * 3 // 4) if at % 3 else (wide * 3 // 4, wide)
        image = Image.new("RGB", size, (205 - 12 * at, 212, 220 - 8 * at))
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, size[1] * 0.6, size[0], size[1]), fill=(150, 130, 115))
        draw.rectangle(
            (size[0] * 0.3, size[1] * 0.2, size[0] * 0.5, size[1] * 0.6), fill=(70, 80, 90)
        )
        path = folder / f"{at}.jpg"
        image.save(path, quality=80)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        found[sha256] = path.rename(folder / f"{sha256}.jpg")
    return found


@dataclass(frozen=True)
class Shop:
    """How a made-up visit went: ``bad`` is the share of poor answers."""

    language: str = "vi"
    seed: int = 3
    bad: float = 0.22
    photos: tuple[str, ...] = ()


def answers(compiled: CompiledChecklist, shop: Shop) -> Given:
    """An answer to every question, good or poor by chance; comments and photos on poor ones."""
    chance = random.Random(shop.seed)
    photos = list(shop.photos)
    given: Given = {}
    for item in compiled.items:
        kind = item.question.type
        if kind in ("note", "calculate"):
            continue
        poor = chance.random() < shop.bad
        evidence: tuple[str, ...] = ()
        if photos and (poor or kind == "photo"):
            evidence = (photos.pop(),)
        if kind in ("audio", "file"):
            evidence = ("f" * 64,)
        if item.allow_na and chance.random() < 0.1:
            given[item.id, 0] = Answer(not_applicable=True)
            continue
        comment = chance.choice(SAID[shop.language]) if poor or chance.random() < 0.12 else ""
        given[item.id, 0] = Answer(_value(item, poor, chance, shop), False, comment, evidence)
    return given


def _value(item: Item, poor: bool, chance: random.Random, shop: Shop) -> Value | None:
    question = item.question
    if question.type in ("photo", "audio", "file", "signature"):
        return None
    if isinstance(question, TextQuestion):
        return chance.choice(SAID[shop.language])
    if question.type in ("date", "time", "datetime"):
        return {"date": "2026-11-12", "time": "14:05", "datetime": "2026-11-12T14:05"}[
            question.type
        ]
    if item.choices:
        return _choice(item, poor, chance)
    if isinstance(question, DurationQuestion) and question.standard:
        return int(question.standard * Decimal("2.2" if poor else "0.6"))
    if question.type in ("integer", "duration", "decimal"):
        best = best_value(item) if getattr(question, "bands", ()) else 7
        assert isinstance(best, int | Decimal)
        value = best + 30 if poor else best
        return Decimal(value) if question.type == "decimal" else int(value)
    best = best_value(item)
    if isinstance(best, Expectation):
        return Expectation(4, 2 if poor else 5)
    assert isinstance(best, int)
    return (2 if best > 2 else 4) if poor else best


def _choice(item: Item, poor: bool, chance: random.Random) -> Value:
    real = [choice for choice in item.choices if not choice.na]
    if item.question.type == "choices":
        several = tuple(c.id for c in real if not c.exclusive and chance.random() < 0.7)
        return several or (real[0].id,)
    if len(real) < len(item.choices) and chance.random() < 0.05:
        return next(choice.id for choice in item.choices if choice.na)
    ordered = sorted(real, key=lambda choice: choice.points or 0)
    return ordered[0 if poor else -1].id


def snapshot(
    name: str = "cafe-visit",
    shop: Shop | None = None,
    *,
    change: Alter | None = None,
    history: bool = True,
    page: PageSize = PageSize.A4,
    reviewed: bool = False,
) -> ReportSnapshot:
    """A whole snapshot of a visit to a checklist of the library."""
    checklist, compiled, text, sha256 = from_library(name)
    shop = shop or Shop()
    given = answers(compiled, shop)
    if change is not None:
        change(compiled, given)
    made = of(checklist, compiled, (text, sha256), given, shop.language)
    past = _history(compiled, shop) if history else ()
    comparison = Comparison(checklist.scoring.pass_mark)
    if history:
        comparison = replace(
            comparison,
            network=Network(Fraction(416, 5), 5, Decimal("6.2104")),
            usual_change=Decimal("6.6"),
            changes=8,
        )
    return replace(
        made,
        page=page,
        history=past,
        comparison=comparison,
        visit=replace(made.visit, reviewed=reviewed),
    )


def whole(made: ReportSnapshot) -> ReportSnapshot:
    """With all that an office adds: cover, rank, indices over visits, actions, changes."""
    checklist = from_canonical(made.checklist)
    kinds = {q.id: q.type for section in checklist.sections for q in section.questions}
    counts = {"csat": ((3, 2), (5, 2)), "nps": ((6, 1), (8, 2), (10, 1)), "ces": ((4, 1), (5, 3))}
    many = {
        "csat": ((2, 4), (3, 9), (4, 21), (5, 10)),
        "nps": ((3, 6), (7, 16), (9, 22)),
        "ces": ((2, 4), (5, 40)),
    }
    indices = tuple(
        IndexCounts(id, counts[kind], many[kind]) for id, kind in kinds.items() if kind in counts
    )
    rank = Rank(10, 11, Fraction(74), 4, 0, (8, 11), 1)
    return replace(
        made,
        brand=replace(made.brand, footer="© Sen Việt 2026"),
        comparison=replace(made.comparison, rank=rank, indices=indices),
        actions=_actions(made),
        changes=_changes(made),
        template=Template("Sen Việt 2026", cover=True, blank_actions=True),
    )


def failed(made: ReportSnapshot) -> list[str]:
    """Ids of failed questions, in the checklist's order."""
    return [score.id for score in made.scorecard.questions if score.failed]


def _actions(made: ReportSnapshot) -> tuple[Action, ...]:
    first, second, third = failed(made)[:3]
    return (
        Action(
            "Lối thoát hiểm bị chặn", "Dọn cửa sau, kẻ vạch cấm để hàng, kiểm đầu mỗi ca", first,
            owner="Quản lý cửa hàng", due=date(2026, 11, 13), status=ActionStatus.UNDER_WAY,
            carried=date(2026, 8, 13),
        ),
        Action(
            "Chào khách sau 48 giây", "Luôn có một người hướng ra cửa", second,
            owner="Trưởng ca", due=date(2026, 11, 23),
        ),
        Action(
            "Tính thừa 10.000 ₫", "Bỏ món mặc định ở cỡ lớn trên máy tính tiền", third,
            owner="Công nghệ thông tin", due=date(2026, 11, 12), status=ActionStatus.DONE,
        ),
        Action("Nhà vệ sinh hết xà phòng", "Thêm mục xà phòng", "no_such", "6.22"),
    )  # fmt: skip


def _changes(made: ReportSnapshot) -> tuple[Change, ...]:
    """Two that moved the score and one that did not."""
    first, second, third = failed(made)[:3]
    assert made.scorecard.score is not None
    now = made.scorecard.score
    between = now + Decimal("0.5")
    return (
        Change(
            first, "Không", "Một phần", "Ảnh cho thấy nửa cửa còn mở được.", Role.EDITOR,
            points_before=Fraction(0), points_after=Fraction(1),
            score_before=now - Decimal("2.5"), score_after=between,
        ),
        Change(
            second, "", "Khách phải chờ", "", Role.EVALUATOR,
            points_before=Fraction(1), points_after=Fraction(1),
            score_before=between, score_after=between,
        ),
        Change(
            third, "Có", "Không", "Khiếu nại được chấp nhận.", Role.MANAGER,
            points_before=Fraction(5, 2), points_after=Fraction(2),
            score_before=between, score_after=now,
        ),
    )  # fmt: skip


def of_text(source: str, given: Given, language: str = "en") -> ReportSnapshot:
    """A snapshot of ``given`` answers to a checklist written in the native format."""
    checklist = from_text(source)
    compiled = CompiledChecklist(checklist)
    written = canonical_json(checklist), content_hash(checklist)
    return of(checklist, compiled, written, given, language)


def of(
    checklist: Checklist,
    compiled: CompiledChecklist,
    written: tuple[str, str],
    given: Given,
    language: str,
) -> ReportSnapshot:
    card = score(compiled, given, AT)
    return ReportSnapshot(
        language=language,
        page=PageSize.A4,
        created=date(2026, 11, 16),
        brand=Brand("Cà phê Sen Việt", "#7B2D43", "#4A2C2A"),
        client="Sen Việt",
        location=Location("SV-07", "Cầu Mây", "12 phố Cầu Mây", "Lào Cai"),
        program="Trải nghiệm khách hàng 2026",
        wave="Q4/2026",
        visit=Visit("V-0142", "A", False, AT.date(), "E-27", daypart=Daypart.AFTERNOON, minutes=46),
        checklist=written[0],
        checklist_version=checklist.version,
        checklist_sha256=written[1],
        answers=said(card, given),
        scorecard=card,
        engine="1.0",
        comparison=Comparison(checklist.scoring.pass_mark),
        worth=worth(compiled, given, AT, card),
    )


def said(card: Scorecard, given: Given) -> tuple[Said, ...]:
    """As the app builds it: hidden answers left out, evidence as photos but for recordings."""
    hidden = {(q.id, q.instance) for q in card.questions if q.status is Status.HIDDEN}
    return tuple(
        Said(
            key[0],
            key[1],
            answer.value,
            answer.not_applicable,
            answer.comment,
            tuple(Photo(sha, "Quầy, nhìn từ cửa") for sha in answer.evidence if sha != "f" * 64),
            sum(sha == "f" * 64 for sha in answer.evidence),
        )
        for key, answer in given.items()
        if key not in hidden
    )


def _history(compiled: CompiledChecklist, shop: Shop) -> tuple[PastVisit, ...]:
    past = []
    waves: Sequence[tuple[str, date]] = (
        ("Q2/2026", date(2026, 5, 14)),
        ("Q3/2026", date(2026, 8, 13)),
    )
    for at, (wave, day) in enumerate(waves):
        earlier = answers(compiled, Shop(shop.language, shop.seed + 50 + at, shop.bad + 0.05))
        card = score(compiled, earlier, AT)
        if card.score is None:
            continue
        ratios = {s.id: s.ratio for s in card.sections if s.ratio is not None}
        failed = tuple(q.id for q in card.questions if q.failed)
        past.append(PastVisit(day, wave, card.score, ratios, failed))
    return tuple(past)
