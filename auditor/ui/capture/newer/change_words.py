"""What another version of the checklist changes, in words: groups of rows for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from auditor.ui.capture.cards.typed import show_number
from auditor.ui.capture.newer.rule_words import sentence
from auditor.ui.theme import Tone
from auditor.words import Words, mark
from forms.answers import Answer
from forms.compiled import Item
from forms.questions.base import Cap, Critical, Text, text_in
from forms.version_change import (
    Fate,
    Policy,
    Removed,
    Rescored,
    RuleChange,
    VersionChange,
    Wording,
    fitted,
)

#: Of an answer, which may be a whole story.
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Change:
    """One row: ``diff`` is old and new words, ``required`` marks a question that needs an answer,
    ``lost`` tells the answer that must be given again."""

    number: str
    title: str
    notes: tuple[str, ...] = ()
    diff: tuple[str, str] | None = None
    required: bool = False
    lost: str = ""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    title: str
    icon: str
    tone: Tone
    note: str
    rows: tuple[Change, ...] = field(default=())


def groups_of(change: VersionChange, words: Words, *, scores: bool) -> list[ChangeGroup]:
    """The groups that have rows, those that ask for work first; ``scores``: the evaluator may
    know what answers earn."""
    return [group for group in _Told(change, words).groups(scores=scores) if group.rows]


class _Told:
    def __init__(self, change: VersionChange, words: Words) -> None:
        self.change, self.words = change, words
        self.language = words.language

    def groups(self, *, scores: bool) -> Iterator[ChangeGroup]:
        words, change = self.words, self.change
        yield ChangeGroup(
            words("Answer again"),
            "rotate-cw",
            Tone.WARNING,
            words("the new question does not take your answer"),
            tuple(self._rule(each) for each in change.again),
        )
        yield ChangeGroup(words("New questions"), "plus", Tone.ACCENT, "", tuple(self._added()))
        yield ChangeGroup(
            words("No longer asked"),
            "minus",
            Tone.NEUTRAL,
            words("answers are put aside, not erased"),
            tuple(self._removed(each) for each in change.removed),
        )
        yield ChangeGroup(
            words("Other rules"),
            "list-checks",
            Tone.NEUTRAL,
            words("your answers stay"),
            tuple(self._rule(each) for each in change.still_fit),
        )
        yield ChangeGroup(
            words("Reworded"), "pencil-line", Tone.NEUTRAL, "", tuple(self._reworded())
        )
        yield ChangeGroup(
            words("In another section"), "move-horizontal", Tone.NEUTRAL, "", tuple(self._moved())
        )
        if scores:
            yield ChangeGroup(
                words("Scoring"),
                "chart-no-axes-column",
                Tone.NEUTRAL,
                "",
                (*self._rescored(), *self._scoring()),
            )

    # texts

    def text(self, text: Text | None, item: Item | None = None) -> str:
        languages = self.change.new.checklist.languages if item is None else item.languages
        return text_in(text, self.language, languages)

    def title(self, item: Item) -> str:
        label = self.text(item.label, item)
        return label if item.row is None else f"{self.text(item.question.label, item)} · {label}"

    def said(self, item: Item, answer: Answer) -> str:
        """The answer with what hangs on it, in a few words."""
        parts = [item.read(answer, self.language).strip(), answer.comment.strip()]
        if answer.evidence and not item.kind.is_evidence:
            count = len(answer.evidence)
            parts.append(self.words.plural("{count} file", "{count} files", count))
        return " · ".join(short(part) for part in parts if part)

    # groups

    def _added(self) -> Iterator[Change]:
        for added in self.change.added:
            yield Change(added.item.number, self.title(added.item), required=added.required)

    def _removed(self, removed: Removed) -> Change:
        item, answer = removed.item, removed.answer
        if answer is None or not (said := self.said(item, answer)):
            return Change(item.number, self.title(item))
        note = self.words("Your answer: {answer}", answer=said)
        return Change(item.number, self.title(item), (note,))

    def _rule(self, rule: RuleChange) -> Change:
        said = (sentence(aspect, rule, self.words) for aspect in rule.aspects)
        lost = ""
        if rule.fate is Fate.AGAIN:
            answer = self.said(rule.old, rule.answer)
            lost = self.words("Your answer was: {answer}", answer=answer)
        notes = (*said, *self._kept(rule))
        return Change(rule.new.number, self.title(rule.new), notes, lost=lost)

    def _kept(self, rule: RuleChange) -> Iterator[str]:
        words, was = self.words, self.said(rule.old, rule.answer)
        now = self.said(rule.new, fitted(rule.new, rule.answer))
        if rule.fate in (Fate.STAYS, Fate.HIDDEN) and was != now:
            yield words("Your answer {old} reads {new} from now on", old=was, new=now)
        if rule.fate is Fate.HIDDEN:
            yield words("Your answer is kept, but as things are the question is not asked")

    def _reworded(self) -> Iterator[Change]:
        for wording in self.change.wordings:
            old, new = wording.in_language(self.language)
            if old != new:
                yield self._wording(wording, old, new)

    def _wording(self, wording: Wording, old: str, new: str) -> Change:
        item = wording.item
        if item is None:
            number = next(
                str(place)
                for place, section in enumerate(self.change.new.checklist.sections, 1)
                if section.id == wording.section.id
            )
            return Change(number, "", diff=(old, new))
        titled = wording.part.value in ("label", "matrix")
        return Change(item.number, "" if titled else self.title(item), diff=(old, new))

    def _moved(self) -> Iterator[Change]:
        for moved in self.change.moved:
            old, new = (self.text(item.section.title, item) for item in (moved.old, moved.new))
            note = self.words("{old} → {new}", old=old, new=new)
            yield Change(moved.new.number, self.title(moved.new), (note,))

    def _rescored(self) -> Iterator[Change]:
        for found in self.change.rescored:
            notes = tuple(self._score_notes(found))
            yield Change(found.new.number, self.title(found.new), notes)

    def _score_notes(self, found: Rescored) -> Iterator[str]:
        words = self.words
        if found.before != found.after:
            yield words(
                "Points: {old} → {new}", old=self._points(found.before),
                new=self._points(found.after),
            )  # fmt: skip
        if found.answers:
            yield words("Its answers share out the points in another way")
        if found.critical is not None:
            old, new = (self._critical(each) for each in found.critical)
            yield words("If it fails: {old} → {new}", old=old, new=new)
        if found.bonus:
            yield words("It is a bonus now") if found.new.bonus else words("No longer a bonus")

    def _points(self, points: Fraction | None) -> str:
        if points is None:
            return self.words("not scored")
        return self._number(Decimal(points.numerator) / Decimal(points.denominator))

    def _number(self, value: Decimal) -> str:
        return show_number(value.quantize(Decimal("0.01")).normalize() + 0, self.language)

    def _critical(self, critical: Critical) -> str:
        words = self.words
        if isinstance(critical, Cap):
            return words("at most {score} in all", score=self._number(critical.cap))
        return {
            False: words("nothing more"),
            "flag": words("listed as critical"),
            "section": words("0 for its section"),
            "audit": words("0 in all"),
        }[critical]

    def _scoring(self) -> Iterator[Change]:
        old, new = self.change.old.checklist, self.change.new.checklist
        places = {section.id: place for place, section in enumerate(new.sections, 1)}
        for each in self.change.reweighted:
            old_weight, new_weight = (self._number(part.weight) for part in (each.old, each.new))
            note = self.words("Weight: {old} → {new}", old=old_weight, new=new_weight)
            yield Change(str(places[each.new.id]), self.text(each.new.title), (note,))
        for policy in self.change.policy:
            if policy is Policy.PASS_MARK:
                marks = (old.scoring.pass_mark, new.scoring.pass_mark)
                none = self.words("none")
                was, now = (none if each is None else self._number(each) for each in marks)
                yield Change("", self.words("Pass mark: {old} → {new}", old=was, new=now))
            else:
                yield Change("", self.words(_POLICIES[policy]))


def short(text: str) -> str:
    """``text`` on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


_POLICIES = {
    Policy.NA: mark("N/A counts in another way"),
    Policy.UNANSWERED: mark("What is not answered counts in another way"),
    Policy.SECTION: mark("The score of a section is worked out in another way"),
    Policy.TOTAL: mark("The total is worked out in another way"),
    Policy.CAP: mark("Other rules for scores above 100%"),
    Policy.DECIMALS: mark("The score is rounded in another way"),
    Policy.BANDS: mark("Other bands"),
}
