"""What a revision changed since the report that its reader has: two snapshots compared.

Words are those of the paper, in the language of the new report. Each change is scored on its own,
one after the other in the checklist's order, so that the steps lead from the score on the old paper
to the one on the new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from forms.answers import Answer, AnswerKey
from forms.scoring import score
from reports import text
from reports.answers import shown
from reports.sheet import Entry, Sheet
from reports.snapshot import Before, Change, ReportSnapshot, Role, Said, Template
from reports.words import WORDS, mark

#: Nothing is told further on: what an answer says stands in the change.
_PLAIN = Template(parts=())


@dataclass(frozen=True, slots=True)
class _Told:
    """A change without its points: of a question, or of the whole visit."""

    key: AnswerKey
    was: str
    now: str


def with_changes(
    new: ReportSnapshot,
    old: ReportSnapshot,
    answers: Mapping[AnswerKey, Answer],
    at: datetime,
    why: str = "",
) -> ReportSnapshot:
    """``new`` with all that changed since ``old``, the report of an earlier revision of the same
    visit. ``answers`` are those that ``new`` was scored from, ``at`` is the visit's start; ``why``
    the visit was opened again."""
    compared = _Comparison(new, old, answers, at)
    sections = {each.id: each.ratio for each in old.scorecard.sections}
    before = Before(
        revision=old.visit.revision,
        created=old.created,
        score=old.scorecard.score,
        sections={id: ratio for id, ratio in sections.items() if ratio is not None},
        why=why,
    )
    return replace(new, before=before, changes=tuple(compared.changes()))


class _Comparison:
    def __init__(
        self,
        new: ReportSnapshot,
        old: ReportSnapshot,
        answers: Mapping[AnswerKey, Answer],
        at: datetime,
    ) -> None:
        self._new, self._old, self._answers, self._at = new, old, answers, at
        self._ours = Sheet(replace(new, template=_PLAIN), {})
        self._theirs = Sheet(replace(old, template=_PLAIN, language=new.language), {})

    def changes(self) -> Iterator[Change]:
        told = list(self._questions())
        known = [each for each in told if each.key in self._ours.by_key]
        start = self._start(known)
        current = self._old.scorecard.score
        for each in self._visit(moved=self._score(start) != current):
            then = self._score(start)
            yield _whole(each, current, then)
            current = then
        for each in told:
            then = current
            if each.key in self._ours.by_key:
                self._put(start, each.key, self._answers.get(each.key))
                then = self._score(start)
            yield self._change(each, current, then)
            current = then

    # what is different

    @cached_property
    def _said(self) -> tuple[dict[AnswerKey, Said], dict[AnswerKey, Said]]:
        theirs = {said.key: said for said in self._old.answers}
        return theirs, {said.key: said for said in self._new.answers}

    def _questions(self) -> Iterator[_Told]:
        """In the order of the checklist; questions that it no longer has at the end."""
        theirs, ours = self._said
        mine, other = self._ours.by_key, self._theirs.by_key
        order = [*mine, *(key for key in other if key not in mine)]
        for key in order:
            was, now = theirs.get(key), ours.get(key)
            if was == now or (_same(was, now)):
                continue
            pair = self._pair(other.get(key), mine.get(key))
            if pair[0] != pair[1]:
                yield _Told(key, *self._named(other.get(key), key, pair))

    def _named(self, entry: Entry | None, key: AnswerKey, pair: tuple[str, str]) -> tuple[str, str]:
        """A question that the checklist no longer has is named by its words."""
        if key in self._ours.by_key or entry is None:
            return pair
        return f"{entry.short}: {pair[0]}", self._ours.say(mark("no longer asked"))

    def _pair(self, was: Entry | None, now: Entry | None) -> tuple[str, str]:
        """What both sides say: of the answer, the comment and the photos those that differ."""
        lines: tuple[list[str], list[str]] = ([], [])
        for words in (_answer, _comment, _photos, _captions):
            one = "" if was is None else words(was, self._theirs)
            other = "" if now is None else words(now, self._ours)
            if one != other or (words is _photos and _other_photos(was, now)):
                lines[0].append(one)
                lines[1].append(other)
        if len(lines[0]) == 1 and lines[0] == lines[1]:
            lines[1][0] = self._ours.say(mark("{photos}, others"), photos=lines[1][0])
        return "\n".join(filter(None, lines[0])), "\n".join(filter(None, lines[1]))

    def _visit(self, *, moved: bool) -> Iterator[_Told]:
        """What is different of the whole visit; ``moved``: the same answers score otherwise."""
        found = list(self._facts())
        if moved and not found:
            words = self._ours.say(mark("scored by other rules"))
            found.append(_Told(("", 0), "", words))
        yield from found

    def _facts(self) -> Iterator[_Told]:
        say, old, new = self._ours.say, self._old, self._new
        figures = self._ours.figures
        version = mark("Checklist, version {version}")
        for words, was, now in (
            (version, old.checklist_version, new.checklist_version),
            (mark("Scoring engine {version}"), old.engine, new.engine),
            (mark("Visited on {day}"), figures.day(old.visit.on), figures.day(new.visit.on)),
            (mark("Visited {when}"), figures.moment(old.visit), figures.moment(new.visit)),
        ):
            if was != now:
                one, other = (
                    say(words, version=text.line(v), day=v, when=v) if v else "" for v in (was, now)
                )
                yield _Told(("", 0), one, other)
        if old.visit.reviewed != new.visit.reviewed:
            states = (say(mark("Not reviewed")), say(mark("Reviewed")))
            yield _Told(("", 0), states[old.visit.reviewed], states[new.visit.reviewed])

    # scores

    def _start(self, told: list[_Told]) -> dict[AnswerKey, Answer]:
        """The answers of now, but those that changed as they were before; what the checklist of
        now does not take of them is left out."""
        theirs = self._said[0]
        answers = dict(self._answers)
        for each in told:
            said = theirs.get(each.key)
            self._put(answers, each.key, None if said is None else said.answer)
        return answers

    def _put(self, answers: dict[AnswerKey, Answer], key: AnswerKey, answer: Answer | None) -> None:
        item = self._ours.compiled.item(key[0])
        if answer is None or item.check(answer):
            answers.pop(key, None)
        else:
            answers[key] = answer

    def _score(self, answers: Mapping[AnswerKey, Answer]) -> Decimal | None:
        return score(self._ours.compiled, answers, self._at).score

    def _change(self, of: _Told, before: Decimal | None, after: Decimal | None) -> Change:
        here = of.key in self._ours.by_key
        return Change(
            question=of.key[0] if here else "",
            instance=of.key[1] if here else 0,
            was=of.was,
            now=of.now,
            why="",
            role=Role.EVALUATOR,
            points_before=_points(self._theirs.by_key.get(of.key)),
            points_after=_points(self._ours.by_key.get(of.key)),
            score_before=before,
            score_after=after,
        )


def _whole(of: _Told, before: Decimal | None, after: Decimal | None) -> Change:
    return Change("", of.was, of.now, "", Role.EVALUATOR, score_before=before, score_after=after)


def _points(entry: Entry | None) -> Fraction | None:
    return None if entry is None else entry.score.share


def _same(was: Said | None, now: Said | None) -> bool:
    """Whether both say the same but for how photos are turned."""
    if was is None or now is None:
        return False
    return _upright(was) == _upright(now)


def _upright(said: Said) -> Said:
    return replace(said, photos=tuple(replace(photo, turn=0) for photo in said.photos))


def _answer(entry: Entry, sheet: Sheet) -> str:
    if entry.photos or (entry.said is not None and entry.said.files and entry.said.value is None):
        return ""  # told by the number of photos
    found = shown(entry, sheet)
    if entry.item.question.type == "text" and found.body:
        return found.body
    return "; ".join(filter(None, (found.chip, found.body)))


def _comment(entry: Entry, sheet: Sheet) -> str:
    return sheet.say(mark("“{words}”"), words=entry.comment) if entry.comment else ""


def _photos(entry: Entry, sheet: Sheet) -> str:
    said = []
    if entry.photos:
        many = len(entry.photos)
        said.append(WORDS.plural(sheet.language, "{count} photo", "{count} photos", many))
    if files := (entry.said.files if entry.said else 0):
        said.append(WORDS.plural(sheet.language, "{count} file", "{count} files", files))
    return ", ".join(said)


def _captions(entry: Entry, sheet: Sheet) -> str:
    del sheet
    return "; ".join(text.line(photo.caption) for photo in entry.photos if photo.caption)


def _other_photos(was: Entry | None, now: Entry | None) -> bool:
    """As many as before, but not the same."""
    sides = [set() if e is None else {photo.sha256 for photo in e.photos} for e in (was, now)]
    return sides[0] != sides[1] and len(sides[0]) == len(sides[1])
