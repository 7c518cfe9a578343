"""What the list of sections and the header say of a draft."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TypeAlias

from auditor.ui.capture.drafting.draft import Draft
from auditor.ui.capture.sections import SectionFace
from auditor.ui.theme import Tone
from forms.scorecard import Scorecard

#: Errors and open warnings by section.
Counts: TypeAlias = tuple[dict[str, int], dict[str, int]]


def section_faces(draft: Draft, counts: Counts = ({}, {})) -> list[SectionFace]:
    """The visible sections in order, with what the check counts in each."""
    ratios = {section.id: section.ratio for section in draft.score().sections}
    errors, warnings = counts
    marked = Counter(item.section.id for item in draft.marked)
    faces = []
    for number, section in enumerate(draft.compiled.checklist.sections, 1):
        if not draft.filling.section_relevant(section.id):
            continue
        progress = draft.filling.progress(section.id)
        scored = progress.answered and not draft.rules.hide_score
        face = SectionFace(
            section.id,
            number,
            draft.text(section.title),
            progress.answered,
            progress.total,
            whole_percent(ratios.get(section.id)) if scored else "",
            errors.get(section.id, 0),
            warnings.get(section.id, 0),
            marked.get(section.id, 0),
        )
        faces.append(face)
    return faces


def whole_percent(ratio: Fraction | None) -> str:
    """A ratio of 0 to 1 as "67%", half up; "" where there is none."""
    return "" if ratio is None else f"{int(ratio * 100 + Fraction(1, 2))}%"


def running_percent(card: Scorecard) -> str:
    return "" if card.raw is None else whole_percent(card.raw / 100)


def score_tone(draft: Draft) -> Tone:
    """Green where it would pass, amber where not, red where a critical question failed."""
    card = draft.score()
    if card.critical:
        return Tone.DANGER
    mark = draft.compiled.checklist.scoring.pass_mark
    if mark is None or card.raw is None:
        return Tone.NEUTRAL
    return Tone.SUCCESS if card.raw >= Fraction(mark) else Tone.WARNING
