"""What the list of sections and the header say of a draft."""

from __future__ import annotations

from fractions import Fraction

from auditor.ui.capture.draft import Draft
from auditor.ui.capture.sections import SectionFace
from auditor.ui.theme import Tone
from forms.problems import Severity
from forms.scorecard import Scorecard


def section_faces(draft: Draft, *, problems: bool = False) -> list[SectionFace]:
    """The visible sections in order; with ``problems``, how many of each the check found."""
    ratios = {section.id: section.ratio for section in draft.score().sections}
    errors, warnings = _counts(draft) if problems else ({}, {})
    faces = []
    for number, section in enumerate(draft.compiled.checklist.sections, 1):
        if not draft.filling.section_relevant(section.id):
            continue
        progress = draft.filling.progress(section.id)
        face = SectionFace(
            section.id,
            number,
            draft.text(section.title),
            progress.answered,
            progress.total,
            whole_percent(ratios.get(section.id)) if progress.answered else "",
            errors.get(section.id, 0),
            warnings.get(section.id, 0),
        )
        faces.append(face)
    return faces


def _counts(draft: Draft) -> tuple[dict[str, int], dict[str, int]]:
    counts: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for problem in draft.filling.problems():
        if problem.where.question is None:
            continue
        section = draft.compiled.item(problem.where.question).section.id
        into = counts[problem.severity is not Severity.ERROR]
        into[section] = into.get(section, 0) + 1
    return counts


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
