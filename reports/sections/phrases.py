"""What page 1 and the lists after it say in the same words."""

from __future__ import annotations

from reports import text
from reports.charts import Bar
from reports.figures import NBSP, rounded
from reports.findings import ServiceTime, service_time
from reports.sheet import Entry, Part, Sheet
from reports.snapshot import Worth
from reports.theme import DANGER, TITLE, Style
from reports.typeface import figures_width
from reports.words import mark


def brief(duration: str) -> str:
    """``4 min 48 s`` as ``4 min 48``: the last unit says itself."""
    parts = duration.split(NBSP)
    return NBSP.join(parts[:-1]) if len(parts) > 2 else duration


def lost_anchor(entry: Entry) -> str:
    """Where the question stands among those that lost points."""
    return f"lost.{entry.ref}.{entry.score.instance}"


def section_anchor(part: Part) -> str:
    """Where the questions of the section begin."""
    return f"section.{part.number}"


def lost_style(words: str) -> Style:
    """Points lost stand out; longer figures are set smaller, to stay inside the margin."""
    style = TITLE.inked(DANGER)
    room = figures_width(words, style)
    return style if room <= 40 else style._replace(size=max(8.0, style.size * 38 / room))


def section_bar(sheet: Sheet, part: Part) -> Bar:
    """The section's ratio, the target, and the ratio of the last visit where it is known."""
    history = sheet.snapshot.history
    last = history[-1].sections.get(part.section.id) if history else None
    return Bar(part.score.ratio, sheet.target_ratio, last)


def share_words(sheet: Sheet, part: Part) -> tuple[str, str]:
    """What the section puts into the total, and what it could at most put in."""
    share, whole = part.score.share, part.score.whole
    if share is None or whole is None:
        return sheet.figures.percent(part.score.ratio or 0), ""
    decimals = sheet.decimals
    return sheet.figures.number(share, decimals), sheet.figures.short(whole, decimals)


def total_words(sheet: Sheet) -> str:
    """ "Total", and that a rule changed the sum where one did."""
    if is_moved(sheet):
        return sheet.say(mark("Total, after critical questions and limits"))
    shares = [part.score.share for part in sheet.parts if part.score.share is not None]
    shown = sum(rounded(share, sheet.decimals) for share in shares)
    if sheet.card.score is not None and shown != rounded(sheet.card.score, sheet.decimals):
        return sheet.say(mark("Total (sections are rounded)"))
    return sheet.say(mark("Total"))


def is_moved(sheet: Sheet) -> bool:
    """Whether a critical question, a limit or a floor made the total another than the sum."""
    shares = [part.score.share for part in sheet.parts if part.score.share is not None]
    return sheet.card.raw is not None and bool(shares) and sum(shares) != sheet.card.raw


def sentence(words: str) -> str:
    """With a full stop, unless it ends in a mark of its own."""
    return words if words.endswith((".", "?", "!", "…")) else f"{words}."


def worth_sentence(sheet: Sheet, worth: Worth | None) -> str:
    """What mending the priorities is worth: both sides rounded, then the difference."""
    if worth is None or sheet.card.score is None:
        return sheet.say(mark("Most points lost first."))
    gain = worth.score - sheet.card.score
    values = {
        "gain": sheet.figures.number(gain, sheet.scoring.decimals),
        "now": sheet.score_text(sheet.card.score),
        "then": sheet.score_text(worth.score),
    }
    if gain <= 0:
        return sheet.say(mark("Done fully, the score stays at {now}."), **values)
    target = sheet.snapshot.comparison.target
    if target is not None and sheet.card.score < target <= worth.score:
        values["target"] = sheet.figures.short(target)
        return sheet.say(
            mark("Done fully: {gain} points more, from {now} to {then}, past the target {target}."),
            **values,
        )
    return sheet.say(mark("Done fully: {gain} points more, from {now} to {then}."), **values)


def describe(sheet: Sheet, entry: Entry) -> str:
    """What was measured, what was said; else the answer."""
    time = service_time(entry)
    parts = [measured(sheet, time)] if time else []
    comment = entry.comment.replace("\n", " ")
    if comment:
        parts.append(comment)
    elif not parts:
        answer = text.line(entry.item.read(entry.answer, sheet.snapshot.language))
        if answer:
            parts.append(sheet.say(mark("Answer: {answer}."), answer=answer))
    return " ".join(parts)


def praise(sheet: Sheet, entry: Entry) -> str:
    """What was said of a strength; else the answer and what it put into the total."""
    time = service_time(entry)
    comment = entry.comment.replace("\n", " ")
    if time or comment:
        return describe(sheet, entry)
    answer = text.line(entry.item.read(entry.answer, sheet.language)).rstrip(".")
    points = sheet.figures.number(entry.score.share or 0, sheet.decimals)
    if not answer:
        return sheet.say(mark("Worth {points} points."), points=points)
    return sheet.say(mark("Answer: {answer}. Worth {points} points."), answer=answer, points=points)


def against(sheet: Sheet, time: ServiceTime) -> str:
    """The standard alone, where the time itself stands beside it."""
    standard = sheet.figures.duration(int(time.standard))
    return sheet.say(mark("Standard {standard}."), standard=standard)


def measured(sheet: Sheet, time: ServiceTime) -> str:
    return sheet.say(
        mark("Measured {time}, standard {standard}."),
        time=sheet.figures.duration(time.seconds),
        standard=sheet.figures.duration(int(time.standard)),
    )
