"""What the office adds: the template's choice of parts, cover, logo, actions, changes, rank."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from forms.answers import Answer
from reports.comparisons import ENOUGH
from reports.findings import failed_entries
from reports.flow import Flow
from reports.location import MADE, story
from reports.render import to_bytes
from reports.sections import actions, narrative
from reports.sections.changes import scored_steps
from reports.sheet import Sheet
from reports.snapshot import (
    Action,
    ActionStatus,
    PageSize,
    PartName,
    Rank,
    ReportSnapshot,
    Role,
    Template,
)
from tests.reports.paper import outline, print_out, stray_marks
from tests.reports.samples import SAID, Shop, failed, snapshot, whole

TITLES = {
    PartName.TREND: "Score over visits",
    PartName.FAILED: "What lost points, most first",
    PartName.JOURNEY: "The customer’s journey",
    PartName.QUESTIONS: "Every question",
    PartName.NARRATIVE: "In the evaluator’s words",
    PartName.ACTIONS: "Action plan",
    PartName.PHOTOS: "Photos",
    PartName.LEDGER: "Score ledger",
    PartName.CHANGES: "What this revision changed",
}


@pytest.fixture
def made(images: dict[str, Path]) -> ReportSnapshot:
    return whole(snapshot(shop=Shop("en", 3, 0.3, tuple(images))))


def _parts(made: ReportSnapshot, *parts: PartName, **more: bool) -> ReportSnapshot:
    return replace(made, template=Template("own", parts, **more))


# templates


def test_every_part_has_its_maker_and_its_title() -> None:
    assert set(MADE) == set(TITLES) == set(PartName)


def test_all_parts_in_the_design_s_order(
    made: ReportSnapshot, images: dict[str, Path], tmp_path: Path
) -> None:
    paper = print_out(made, tmp_path, images)
    marks = [title for level, title in outline(paper.path) if level == 0]
    assert marks[:2] == ["Cover", "Summary"]
    named = [title for title in marks if title in TITLES.values()]
    assert named == [TITLES[name] for name in PartName]
    assert stray_marks(paper.path, 48.0) == []


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (PartName.LEDGER, PartName.FAILED),
        (PartName.PHOTOS, PartName.ACTIONS, PartName.TREND, PartName.ACTIONS),
    ],
)
def test_a_template_chooses_and_orders(
    made: ReportSnapshot, images: dict[str, Path], parts: tuple[PartName, ...], tmp_path: Path
) -> None:
    paper = print_out(_parts(made, *parts), tmp_path, images)
    marks = [title for level, title in outline(paper.path) if level == 0]
    assert marks[0] == "Summary", "whatever the template says"
    named = [title for title in marks if title in TITLES.values()]
    assert named == [TITLES[name] for name in dict.fromkeys(parts)]
    assert marks.count("Seal") == 1, "the seal is never left out"
    if PartName.LEDGER not in parts:
        assert marks[-1] == "Seal"


def test_the_template_is_part_of_the_seal(made: ReportSnapshot) -> None:
    assert made.content_hash != _parts(made, PartName.TREND).content_hash
    assert ReportSnapshot.from_json(made.to_json()) == made


# cover and logo


def test_a_cover_says_whose_report_it_is_and_no_score(made: ReportSnapshot, tmp_path: Path) -> None:
    paper = print_out(made, tmp_path)
    cover = paper.pages[0]
    for words in ("Cà phê Sen Việt", "Cầu Mây", "SV-07", "Q4/2026", "12 Nov 2026", "V-0142"):
        assert words in cover
    assert str(made.scorecard.score) not in cover
    assert "Page 1 of" not in cover, "no frame"
    assert f"Page 2 of {len(paper.pages)}" in paper.pages[1]
    bare = replace(made, template=Template())
    assert len(print_out(bare, tmp_path).pages) < len(paper.pages)
    assert "Page 1 of" in print_out(bare, tmp_path).pages[0]


def test_a_long_name_stays_on_the_cover(made: ReportSnapshot, tmp_path: Path) -> None:
    name = "Trung tâm thương mại Vincom Mega Mall Smart City tầng trệt khu ẩm thực phía Đông"
    long = replace(made, location=replace(made.location, name=name))
    paper = print_out(long, tmp_path)
    assert re.sub(r"\s+", "", name) in re.sub(r"\s+", "", paper.pages[0])
    assert stray_marks(paper.path, 48.0) == []


def _logo(kind: str, folder: Path, size: tuple[int, int] = (300, 120)) -> tuple[str, Path]:
    image = Image.new("RGBA" if kind == "clear" else "RGB", size, (123, 45, 67))
    if kind == "clear":
        image.putpixel((0, 0), (0, 0, 0, 0))
    file = io.BytesIO()
    image.save(file, "JPEG" if kind == "jpeg" else "PNG")
    sha256 = hashlib.sha256(file.getvalue()).hexdigest()
    path = folder / sha256
    path.write_bytes(file.getvalue())
    return sha256, path


@pytest.mark.parametrize("kind", ["jpeg", "png", "clear"])
def test_a_logo_is_held_once_and_drawn_on_every_page(
    kind: str, made: ReportSnapshot, tmp_path: Path
) -> None:
    sha256, path = _logo(kind, tmp_path)
    made = replace(made, brand=replace(made.brand, logo=sha256))
    data = to_bytes(made, {sha256: path}).data
    assert data == to_bytes(made, {sha256: path}).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pictures = [o for o in pdf.objects if _is_picture(o)]
        masks = [o for o in pictures if o.ColorSpace == "/DeviceGray"]
        assert len(pictures) - len(masks) == 1
        assert len(masks) == (kind == "clear")
        assert all(page.Resources.get("/XObject") for page in pdf.pages)
        [shown] = [o for o in pictures if o not in masks]
        assert (shown.Width, shown.Height) == (300, 120)
        assert ("/SMask" in shown) == (kind == "clear")


def _is_picture(thing: object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"


def test_a_logo_keeps_its_shape_and_a_damaged_one_gives_the_initial(
    made: ReportSnapshot, tmp_path: Path
) -> None:
    sha256, path = _logo("png", tmp_path, (2400, 100))
    made = replace(made, brand=replace(made.brand, logo=sha256))
    with pikepdf.open(io.BytesIO(to_bytes(made, {sha256: path}).data)) as pdf:
        words = pdf.pages[1].Contents.read_bytes().decode("latin-1")
        [(wide, high)] = re.findall(r"q ([\d.]+) 0 0 ([\d.]+) [\d.]+ [\d.]+ cm /\S+ Do", words)
        assert float(wide) <= 120.0
        assert abs(float(wide) / float(high) - 24) < 0.3
        [picture] = [o for o in pdf.objects if _is_picture(o)]
        assert picture.Width == 1600, "no more than print needs"
    for damaged in (b"\x89PNG\r\n\x1a\n nothing", b"GIF89a", b""):
        path.write_bytes(damaged)
        paper = print_out(made, tmp_path, {sha256: path})
        assert paper.pages[1].startswith("C"), "the initial"


def test_the_footer_of_the_brand_stands_on_every_page(made: ReportSnapshot, tmp_path: Path) -> None:
    assert all("© Sen Việt 2026" in page for page in print_out(made, tmp_path).pages)


# rank


def _ranked(made: ReportSnapshot, rank: Rank | None, folder: Path) -> str:
    made = replace(made, comparison=replace(made.comparison, rank=rank))
    paper = print_out(_parts(made, PartName.TREND), folder)
    return " ".join(paper.pages[1].split())


def test_a_place_is_a_range_where_chance_may_move_it(made: ReportSnapshot, tmp_path: Path) -> None:
    words = _ranked(made, Rank(10, 11, Fraction(74), 4, 0, (8, 11), 1), tmp_path)
    assert "Place in the wave 8–11 of 11" in words
    assert "By the mean of the last 4 visits: 74.0." in words
    assert "That is place 10, but these places are too close to tell apart." in words
    assert "1 location with one visit is not ranked." in words


def test_a_place_that_is_certain_and_one_that_is_shared(
    made: ReportSnapshot, tmp_path: Path
) -> None:
    words = _ranked(made, Rank(2, 5, Fraction(74), 3, 0, (2, 2)), tmp_path)
    assert "Place in the wave 2 of 5" in words
    assert "too close" not in words
    words = _ranked(made, Rank(2, 5, Fraction(74), 3, 2), tmp_path)
    assert "Place in the wave 2= of 5" in words
    assert "2 other locations have the same mean." in words


@pytest.mark.parametrize("rank", [None, Rank(1, 5, Fraction(74), 1), Rank(1, 1, Fraction(74), 4)])
def test_no_place_on_one_visit_or_among_one_location(
    rank: Rank | None, made: ReportSnapshot, tmp_path: Path
) -> None:
    assert "Place in the wave" not in _ranked(made, rank, tmp_path)
    assert ENOUGH > 1


# narrative


def test_long_answers_are_told_once(made: ReportSnapshot, tmp_path: Path) -> None:
    story_ = "\n\n".join(f"{SAID['en'][at % 5]} Part {at}." for at in range(120))
    made = _told(made, "story", story_)
    sheet = Sheet(made, {})
    assert ("story", 0) in sheet.narrated
    paper = print_out(_parts(made, PartName.QUESTIONS, PartName.NARRATIVE), tmp_path)
    assert all(f"Part {at}." in paper.flat for at in range(120))
    assert paper.flat.count("Part 7.") == 1
    assert "In full further on" in paper.text
    assert stray_marks(paper.path, 48.0) == []
    tables = print_out(_parts(made, PartName.QUESTIONS), tmp_path)
    assert tables.flat.count("Part 7.") == 1, "without the narrative the table tells it"
    assert "In full further on" not in tables.text


def _told(made: ReportSnapshot, question: str, words: str) -> ReportSnapshot:
    said = tuple(
        replace(each, value=words) if each.question == question else each for each in made.answers
    )
    return replace(made, answers=said)


def test_only_texts_of_several_lines_are_narrative(made: ReportSnapshot) -> None:
    sheet = Sheet(made, {})
    kinds = {key: sheet.by_key[key].item.question for key in sheet.narrated}
    assert kinds
    assert all(q.type == "text" and getattr(q, "multiline", False) for q in kinds.values())
    short = replace(made, answers=())
    assert narrative.blocks(Sheet(short, {})) == []


# actions


def test_the_action_plan_says_what_who_and_when(made: ReportSnapshot, tmp_path: Path) -> None:
    made = _parts(made, PartName.ACTIONS)
    words = " ".join(print_out(made, tmp_path).pages[1].split()).replace("\u00a0", " ")
    assert "4 actions. 1 is overdue on 16 Nov 2026." in words
    assert "13 Nov 2026" in words
    assert "3 days late" in words
    assert "from the visit of 13 Aug 2026" in words
    for status in ("Under way", "Not started", "Done"):
        assert status in words
    assert "Trưởng ca" in words
    assert "6.22" in words, "the number of a question that this version no longer has"
    cause = Sheet(made, {}).entry(failed(made)[0])
    assert cause is not None
    assert cause.ref in words


def test_overdue_is_relative_to_the_report_and_never_what_is_finished(
    made: ReportSnapshot,
) -> None:
    sheet = Sheet(made, {})
    day = made.created - timedelta(days=1)
    late = {
        status: actions.days_late(sheet, Action("f", "a", due=day, status=status))
        for status in ActionStatus
    }
    assert late[ActionStatus.OPEN] == late[ActionStatus.UNDER_WAY] == 1
    assert not any(late[s] for s in set(ActionStatus) - actions.UNFINISHED)
    assert actions.days_late(sheet, Action("f", "a", due=made.created)) == 0


def test_findings_without_an_action_get_a_row_only_where_it_is_asked_for(
    made: ReportSnapshot, tmp_path: Path
) -> None:
    asked = _parts(made, PartName.ACTIONS, blank_actions=True)
    sheet = Sheet(asked, {})
    rows = [b for b in actions.blocks(sheet) if isinstance(b, actions.BlankRow)]
    acted = {action.question for action in made.actions}
    assert len(rows) == sum(e.item.id not in acted for e in failed_entries(sheet)) > 0
    plain = Sheet(_parts(made, PartName.ACTIONS), {})
    assert not any(isinstance(b, actions.BlankRow) for b in actions.blocks(plain))
    none = replace(plain.snapshot, actions=())
    assert actions.blocks(Sheet(none, {})) == []
    assert "Action plan" not in print_out(none, tmp_path).text


def test_a_long_action_goes_on_over_the_page(made: ReportSnapshot, tmp_path: Path) -> None:
    words = [f"việc{at}" for at in range(900)]
    long = Action("Lối thoát hiểm", " ".join(words), failed(made)[0], owner="Quản lý")
    made = _parts(replace(made, actions=(*made.actions, long)), PartName.ACTIONS)
    paper = print_out(made, tmp_path)
    assert all(f" {word} " in paper.flat for word in words)
    assert sum("Finding" in page for page in paper.pages) > 1, "the header is repeated"
    assert stray_marks(paper.path, 48.0) == []


# comments in translation


def test_a_translated_comment_says_so(made: ReportSnapshot, tmp_path: Path) -> None:
    said = next(each for each in made.answers if each.comment)
    told = replace(said, comment="Cửa mở toang.", translation="The door was open.")
    answers = tuple(told if each is said else each for each in made.answers)
    words = " ".join(print_out(replace(made, answers=answers), tmp_path).text.split())
    assert "The door was open. [translated]" in words
    assert "Cửa mở toang" not in words
    assert ReportSnapshot.from_json(replace(made, answers=answers).to_json()).answers == answers


# changes


def test_the_changes_add_up_from_before_to_after(made: ReportSnapshot, tmp_path: Path) -> None:
    made = _parts(made, PartName.CHANGES)
    words = " ".join(print_out(made, tmp_path).pages[1].split()).replace("\u00a0", " ")
    before, after = made.changes[0].score_before, made.scorecard.score
    assert f"3 changes. The score went from {before} to {after}." in words
    assert "+3.0" in words
    assert "−0.5" in words
    assert "score unchanged" in words
    assert "By the editor." in words
    assert "By the manager." in words
    for change in made.changes:
        assert change.now in words
    moves = [high - low for _, low, high in scored_steps(made.changes)]
    assert before is not None
    assert after is not None
    assert before + sum(moves) == after


def test_only_roles_stand_in_a_change() -> None:
    assert [role.value for role in Role] == ["evaluator", "editor", "manager"]


def test_a_first_revision_has_no_page_of_changes(tmp_path: Path) -> None:
    paper = print_out(snapshot(shop=Shop("en", 3, 0.3)), tmp_path)
    assert "What this revision changed" not in paper.text


def test_changes_that_are_not_scored_have_no_waterfall(made: ReportSnapshot) -> None:
    unscored = tuple(replace(c, score_before=None, score_after=None) for c in made.changes)
    assert scored_steps(unscored) == []
    still = tuple(replace(c, score_before=Decimal(7), score_after=Decimal(7)) for c in made.changes)
    assert scored_steps(still) == []


def test_many_and_long_changes_flow(made: ReportSnapshot, tmp_path: Path) -> None:
    long = replace(made.changes[0], was="cũ " * 700, now="mới " * 700, why="lý do " * 300)
    steps = []
    score = Decimal(50)
    for _ in range(30):
        steps.append(replace(long if not steps else made.changes[0], score_before=score,
                             score_after=score + 1))  # fmt: skip
        score += 1
    made = _parts(replace(made, changes=tuple(steps)), PartName.CHANGES)
    paper = print_out(made, tmp_path)
    assert "22 others" in paper.flat
    assert "+22.0" in paper.flat
    assert paper.flat.count("mới") >= 700
    assert stray_marks(paper.path, 48.0) == []


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_stands_alone_or_over_the_foot(language: str, page: PageSize) -> None:
    for seed in range(3):
        made = whole(snapshot(shop=Shop(language, seed, 0.4), page=page))
        sheet = Sheet(made, {})
        flow = Flow(sheet.page)
        for blocks in story(sheet):
            flow.add(blocks)
        for placed in flow.pages:
            assert not placed[-1].block.keep
            for place in placed:
                assert place.top + place.block.height <= sheet.page.foot + 0.01


def test_an_unscored_visit_has_the_parts_that_need_no_score(tmp_path: Path) -> None:
    made = snapshot(
        shop=Shop("en", 5), change=lambda _, given: given.update({("story", 0): Answer("Một hai.")})
    )
    empty = snapshot(shop=Shop("en", 5), change=lambda _, given: given.clear(), history=False)
    assert "Told" not in print_out(empty, tmp_path).text
    assert print_out(made, tmp_path).has("Một hai.")
    assert date(2026, 11, 16) == made.created
